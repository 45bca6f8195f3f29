package workflow

import (
	"context"
	"slices"

	"cotejo/claims"
	"cotejo/claims/text"
)

const nounSource = "source"

// Values of events on sources that are no field of one.
const (
	valueMerged = "merged" // the id of the record that became part of this one
	valueSource = "source" // the id of the source that an undone act was about
)

// Limits of a source.
const (
	maxAliases = 200
	maxSameAs  = 20
	maxReaders = 100
)

// sourceFields is what the history tells of a source.
var sourceFields = []field[claims.Source]{
	plain("name", func(s *claims.Source) *string { return &s.Name }),
	plain("kind", func(s *claims.Source) *claims.SourceKind { return &s.Kind }),
	listed("aliases", func(s *claims.Source) *[]string { return &s.Aliases }),
	plain("code", func(s *claims.Source) *string { return &s.Code }),
	listed("same_as", func(s *claims.Source) *[]string { return &s.SameAs }),
	plain("note", func(s *claims.Source) *string { return &s.Note }),
	plain("protected", func(s *claims.Source) *bool { return &s.Protected }),
	listed("readers", func(s *claims.Source) *[]string { return &s.Readers }),
}

// SourceInput is what a record starts with. Readers are ids or sign-in names;
// a protected record that names nobody is its maker's alone.
type SourceInput struct {
	Name      string
	Kind      claims.SourceKind
	Aliases   []string
	Code      string
	SameAs    []string
	Note      string
	Protected bool
	Readers   []string
}

// SourcePatch changes some fields of a record; nil leaves a field as it is.
type SourcePatch struct {
	Name      *string
	Kind      *claims.SourceKind
	Aliases   *[]string
	Code      *string
	SameAs    *[]string
	Note      *string
	Protected *bool
	Readers   *[]string
}

// who reports whether the patch changes anything but who may see it.
func (p SourcePatch) content() bool {
	return p.Name != nil || p.Kind != nil || p.Aliases != nil || p.Code != nil || p.SameAs != nil || p.Note != nil
}

// SourceView is a source with all that its page shows.
type SourceView struct {
	Source   claims.Source
	Shown    bool // the reader may see who it is
	Record   claims.SourceRecord
	Latest   []claims.ClaimRow // changed last first
	Exposed  []Exposure        // where a protected source is named for all to read
	Events   []claims.Event    // newest first
	People   map[string]claims.Person
	Undo     *claims.Event
	Settings claims.Settings
	Scales   claims.Scales
}

// Sources gives a page of the list of sources.
func (d *Desk) Sources(ctx context.Context, actor claims.Actor, f claims.SourceFilter) (rows []claims.SourceRow, next string, err error) {
	f.Page, f.Reader = bounded(f.Page), actor.ID
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		var wrong faults
		wrong.text("q", f.Query, maxLine)
		if f.Kind != "" {
			wrong.sourceKind("kind", f.Kind)
		}
		if err := wrong.err(); err != nil {
			return err
		}
		rows, next, err = r.Sources(ctx, f)
		return err
	})
	return rows, next, err
}

// latestClaims is how many claims a source's page shows.
const latestClaims = 10

// Source gives a record and what it has claimed. One that was merged is given as
// it was; its MergedInto leads on.
func (d *Desk) Source(ctx context.Context, actor claims.Actor, id string) (SourceView, error) {
	var v SourceView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		s, err := readSource(ctx, r, id)
		if err != nil {
			return err
		}
		v = SourceView{Source: s, Shown: s.ShownTo(actor.ID)}
		if s.Protected && v.Shown {
			if v.Exposed, err = exposures(ctx, r, s); err != nil {
				return err
			}
		}
		return v.read(ctx, r, actor)
	})
	return v, err
}

func (v *SourceView) read(ctx context.Context, r claims.Reader, actor claims.Actor) (err error) {
	if v.Record, err = r.SourceRecord(ctx, v.Source.ID); err != nil {
		return err
	}
	f := claims.ClaimFilter{Source: v.Source.ID, Order: claims.OrderUpdated, Page: claims.Page{Limit: latestClaims}}
	if v.Latest, _, err = r.Claims(ctx, f); err != nil {
		return err
	}
	if v.Events, err = r.Events(ctx, claims.EventFilter{Noun: nounSource, NounID: v.Source.ID, Before: lastSeq, Limit: maxEvents}); err != nil {
		return err
	}
	if v.Settings, err = r.Settings(ctx); err != nil {
		return err
	}
	if v.Scales, err = r.Scales(ctx); err != nil {
		return err
	}
	if v.Undo, err = lastOn(ctx, r, actor, v.Events); err != nil {
		return err
	}
	v.People, err = everyone(ctx, r)
	return err
}

// SourcesCalled gives, for each of the names, the records that have it as a name
// or alias, case and accents aside.
func (d *Desk) SourcesCalled(ctx context.Context, actor claims.Actor, names []string) (map[string][]claims.Source, error) {
	out := map[string][]claims.Source{}
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		var folds []string
		for _, name := range names {
			folds = append(folds, text.Fold(name))
		}
		known, err := r.SourcesNamed(ctx, folds)
		out = map[string][]claims.Source{}
		for i, name := range names {
			for _, s := range known {
				if len(out[name]) < maxOffers && slices.ContainsFunc(s.Names(), func(n string) bool { return text.Fold(n) == folds[i] }) {
					out[name] = append(out[name], s)
				}
			}
		}
		return err
	})
	return out, err
}

// maxOffers bounds how many records of one name are offered.
const maxOffers = 20

// lastOn gives the event that the actor could take back next, of one thing's
// events, newest first; nil where there is none.
func lastOn(ctx context.Context, r claims.EventReader, actor claims.Actor, events []claims.Event) (*claims.Event, error) {
	for i, e := range events {
		undone, err := r.Events(ctx, claims.EventFilter{Noun: nounUndone, NounID: e.ID, Limit: 1})
		switch {
		case err != nil:
			return nil, err
		case len(undone) > 0 || e.Actor == "":
		case e.Actor == actor.ID && !final[e.Act]:
			return &events[i], nil
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// readSource reads a record by its id in any notation.
func readSource(ctx context.Context, r claims.SourceReader, id string) (claims.Source, error) {
	plain, ok := claims.PlainID(id)
	if !ok || len(plain) != claims.IDLen {
		return claims.Source{}, claims.NotFound(nounSource, clip(id, maxName))
	}
	return r.Source(ctx, plain)
}

// standingSource follows merged records to the one that stands for this one.
func standingSource(ctx context.Context, r claims.SourceReader, id string) (claims.Source, error) {
	s, err := readSource(ctx, r, id)
	for err == nil && s.MergedInto != "" {
		s, err = r.Source(ctx, s.MergedInto)
	}
	return s, err
}
