package workflow

import (
	"context"
	"slices"
	"strconv"
	"strings"

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

// Exposure is a place that no protection covers: a publication made before it (N
// is its version), or the article of a claim, whose own words name the source.
type Exposure struct {
	Claim   string
	Article string
	N       int // 0 for the article
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

// maxExposed bounds how many claims are looked through for names.
const maxExposed = 200

// exposures finds where the public, or everybody on the desk, reads the name of a
// protected source all the same.
func exposures(ctx context.Context, r claims.Reader, s claims.Source) ([]Exposure, error) {
	names := text.NewRedactor(s.Names())
	rows, _, err := r.Claims(ctx, claims.ClaimFilter{Source: s.ID, Page: claims.Page{Limit: maxExposed}})
	var out []Exposure
	articles := map[string]bool{}
	for _, row := range rows {
		pubs, err := r.Publications(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range pubs {
			if names.Finds(string(p.Document)) {
				out = append(out, Exposure{Claim: row.ID, Article: row.Article, N: p.N})
			}
		}
		if articles[row.Article] {
			continue
		}
		articles[row.Article] = true
		snap, err := r.Snapshot(ctx, row.Article, row.Snapshot)
		if err != nil {
			return nil, err
		}
		if names.Finds(snap.Text) {
			out = append(out, Exposure{Claim: row.ID, Article: row.Article})
		}
	}
	return out, err
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

// AddSource makes a record.
func (d *Desk) AddSource(ctx context.Context, actor claims.Actor, in SourceInput) (claims.Source, error) {
	var out claims.Source
	err := d.act(ctx, actor, func(t *tx) (err error) {
		out, err = t.addSource(ctx, in)
		return err
	})
	return out, err
}

func (t *tx) addSource(ctx context.Context, in SourceInput) (claims.Source, error) {
	if err := t.may(claims.ActSourceEdit); err != nil {
		return claims.Source{}, err
	}
	s := claims.Source{
		Name: in.Name, Kind: in.Kind, Aliases: in.Aliases, Code: in.Code, SameAs: in.SameAs, Note: in.Note,
		Protected: in.Protected, Readers: in.Readers, CreatedBy: t.actor.ID, CreatedAt: t.now, UpdatedAt: t.now,
	}
	if s.Protected && len(s.Readers) == 0 {
		s.Readers = []string{t.actor.ID}
	}
	if err := t.tidySource(ctx, &s); err != nil {
		return s, err
	}
	var err error
	if s.ID, err = t.newID(); err != nil {
		return s, err
	}
	if err := t.CreateSource(ctx, &s); err != nil {
		return s, err
	}
	return s, t.record(ctx, onSource(ActSourceAdd, s, born(sourceFields, s)...))
}

func onSource(act string, s claims.Source, changes ...change) entry {
	return entry{act: act, noun: nounSource, id: s.ID, changes: changes}
}

// tidySource evens out a record and refuses what cannot be. No refusal repeats a
// name: refusals are logged.
func (t *tx) tidySource(ctx context.Context, s *claims.Source) error {
	s.Name, s.Note = strings.Join(strings.Fields(s.Name), " "), clean(s.Note)
	s.Code = strings.ToUpper(strings.TrimSpace(s.Code))
	s.Aliases = slices.DeleteFunc(tidy(s.Aliases), func(a string) bool { return a == s.Name })
	s.SameAs = tidy(s.SameAs)
	if s.Kind == "" {
		s.Kind = claims.KindUnknown
	}
	var f faults
	f.required("name", s.Name, maxLine)
	f.text("note", s.Note, maxNote)
	f.sourceKind("kind", s.Kind)
	f.list("aliases", s.Aliases, maxAliases, maxLine)
	if !codeShape(s.Code) {
		f.add("code", "source.code_malformed")
	}
	if len(s.SameAs) > maxSameAs {
		f.add("same_as", "list.too_long", len(s.SameAs), maxSameAs)
	}
	for _, address := range s.SameAs {
		if wrong := (&faults{}); s.Protected {
			if wrong.link("same_as", address); len(*wrong) > 0 {
				f.add("same_as", "source.address_malformed")
			}
		} else {
			f.link("same_as", address)
		}
	}
	if err := f.take(t.readersOf(ctx, s)); err != nil {
		return err
	}
	return f.err()
}

// codeShape reports whether a code is like those of ISO 3166: ES, ES-CT, ESP; or "".
func codeShape(code string) bool {
	country, region, divided := strings.Cut(code, "-")
	plain := func(s string) bool {
		return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
	}
	if divided && (len(region) < 1 || len(region) > 3 || len(country) != 2) {
		return false
	}
	return code == "" || (len(country) == 2 || len(country) == 3) && plain(country) && plain(region)
}

// readersOf takes sign-in names for the people who have them; who may see a
// protected source must be somebody, and without protection nobody is named.
func (t *tx) readersOf(ctx context.Context, s *claims.Source) error {
	if !s.Protected {
		s.Readers = nil
		return nil
	}
	var err error
	s.Readers, err = t.namedReaders(ctx, s.Readers, "source.readers_missing")
	return err
}

// namedReaders gives the ids of the people behind ids or sign-in names, sorted;
// none is the key of the refusal where nobody is named.
func (t *tx) namedReaders(ctx context.Context, given []string, none string) ([]string, error) {
	given = tidy(given)
	switch {
	case len(given) == 0:
		return nil, claims.Invalid("readers", none)
	case len(given) > maxReaders:
		return nil, claims.Invalid("readers", "list.too_long", len(given), maxReaders)
	}
	var out []string
	for _, who := range given {
		p, err := t.PersonByName(ctx, strings.ToLower(who))
		if missing(err) {
			p, err = t.Person(ctx, who)
		}
		if missing(err) {
			return nil, claims.Invalid("readers", "source.reader_unknown", clip(who, maxName))
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (f *faults) sourceKind(field string, k claims.SourceKind) {
	if !slices.Contains(claims.SourceKinds, k) {
		f.add(field, "source.kind_unknown", clip(string(k), maxName))
	}
}

// EditSource changes a record. Who may see a protected one can also be changed by
// an admin who is not among them, and by that act alone.
func (d *Desk) EditSource(ctx context.Context, actor claims.Actor, id string, version int64, p SourcePatch) (claims.Source, error) {
	var out claims.Source
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := readSource(ctx, t, id)
		if err != nil {
			return err
		}
		if err := fresh(nounSource, before.ID, version, before.Version); err != nil {
			return err
		}
		if before.MergedInto != "" {
			return claims.Refuse(claims.KindConflict, "source.merged", before.MergedInto)
		}
		if err := t.mayPatchSource(before, p); err != nil {
			return err
		}
		after, err := t.patchSource(ctx, before, p)
		if err != nil {
			return err
		}
		out, err = t.saveSource(ctx, before, after)
		return err
	})
	return out, err
}

// mayPatchSource asks policy about every part of the patch.
func (t *tx) mayPatchSource(s claims.Source, p SourcePatch) error {
	protecting := p.Protected != nil && *p.Protected != s.Protected
	if p.content() || protecting || p.Readers == nil {
		if err := claims.MayOnSource(t.actor, claims.ActSourceEdit, s, t.settings); err != nil {
			return err
		}
	}
	switch {
	case p.Readers == nil && !protecting:
		return nil
	case s.ShownTo(t.actor.ID):
		return claims.MayOnSource(t.actor, claims.ActSourceProtect, s, t.settings)
	}
	return claims.MayOnSource(t.actor, claims.ActSourceName, s, t.settings)
}

func (t *tx) patchSource(ctx context.Context, s claims.Source, p SourcePatch) (claims.Source, error) {
	set(&s.Name, p.Name)
	set(&s.Kind, p.Kind)
	set(&s.Aliases, p.Aliases)
	set(&s.Code, p.Code)
	set(&s.SameAs, p.SameAs)
	set(&s.Note, p.Note)
	set(&s.Protected, p.Protected)
	set(&s.Readers, p.Readers)
	if s.Protected && len(s.Readers) == 0 && p.Readers == nil {
		s.Readers = []string{t.actor.ID}
	}
	return s, t.tidySource(ctx, &s)
}

// saveSource writes a changed record and the event of it. What a protected
// source is called in the claims tied to it is one of its names from then on.
func (t *tx) saveSource(ctx context.Context, before, after claims.Source) (claims.Source, error) {
	act := ActSourceEdit
	if before.Protected != after.Protected || !slices.Equal(before.Readers, after.Readers) {
		act = ActSourceProtect
	}
	if after.Protected && !before.Protected {
		if err := t.SeeAll(func() error { return t.learnFromClaims(ctx, &after) }); err != nil {
			return after, err
		}
	}
	changes := diff(sourceFields, before, after)
	if len(changes) == 0 {
		return before, nil
	}
	after.UpdatedAt = t.now
	if err := t.UpdateSource(ctx, &after); err != nil {
		return after, err
	}
	return after, t.record(ctx, onSource(act, after, changes...))
}

func (t *tx) learnFromClaims(ctx context.Context, s *claims.Source) error {
	ids, err := t.ClaimsTied(ctx, s.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := t.Claim(ctx, id)
		if err != nil {
			return err
		}
		for _, tied := range claims.TiedTo(c.Attributions) {
			root, err := standingSource(ctx, t, tied)
			if err != nil && !missing(err) {
				return err
			}
			if root.ID == s.ID {
				claims.EachLink(c.Attributions, func(l *claims.Link) {
					if l.Source == tied {
						learn(s, *l)
					}
				})
			}
		}
	}
	return nil
}

// learn makes what a link calls a source one of its aliases, unless that is only
// how the article puts it.
func learn(s *claims.Source, l claims.Link) bool {
	name := text.Fold(l.Name)
	known := func(n string) bool { return text.Fold(n) == name }
	if name == "" || name == text.Fold(l.Text) || slices.ContainsFunc(s.Names(), known) || len(s.Aliases) >= maxAliases {
		return false
	}
	s.Aliases = append(slices.Clone(s.Aliases), l.Name)
	return true
}

// MergeSource makes one record part of another, which takes over its names and
// addresses; claims tied to either are that one's from then on.
func (d *Desk) MergeSource(ctx context.Context, actor claims.Actor, id string, version int64, into string) (claims.Source, error) {
	var out claims.Source
	err := d.act(ctx, actor, func(t *tx) error {
		from, err := readSource(ctx, t, id)
		if err != nil {
			return err
		}
		if err := fresh(nounSource, from.ID, version, from.Version); err != nil {
			return err
		}
		if err := claims.MayOnSource(actor, claims.ActSourceMerge, from, t.settings); err != nil {
			return err
		}
		before, err := t.mergeTarget(ctx, from, into)
		if err != nil {
			return err
		}
		after := joined(before, from)
		if err := t.tidySource(ctx, &after); err != nil {
			return err
		}
		after.UpdatedAt, from.UpdatedAt, from.MergedInto = t.now, t.now, after.ID
		if err := t.UpdateSource(ctx, &after); err != nil {
			return err
		}
		if err := t.UpdateSource(ctx, &from); err != nil {
			return err
		}
		out = after
		return t.record(ctx, onSource(ActSourceMerge, after, append(diff(sourceFields, before, after), change{valueMerged, nil, from.ID})...))
	})
	return out, err
}

// mergeTarget reads the record that another shall become part of. What is
// protected and what is not, or for other people, are never made one.
func (t *tx) mergeTarget(ctx context.Context, from claims.Source, into string) (claims.Source, error) {
	if strings.TrimSpace(into) == "" {
		return claims.Source{}, claims.Invalid("into", "text.missing")
	}
	if from.MergedInto != "" {
		return claims.Source{}, claims.Refuse(claims.KindConflict, "source.merged", from.MergedInto)
	}
	target, err := standingSource(ctx, t, into)
	switch {
	case missing(err):
		return target, claims.Invalid("into", "source.unknown", clip(into, maxTag))
	case err != nil:
		return target, err
	case target.ID == from.ID:
		return target, claims.Invalid("into", "source.merge_itself")
	case target.Protected != from.Protected || !slices.Equal(target.Readers, from.Readers):
		return target, claims.Refuse(claims.KindConflict, "source.merge_protected")
	}
	return target, claims.MayOnSource(t.actor, claims.ActSourceMerge, target, t.settings)
}

// joined is a record with what another one adds to it.
func joined(s, other claims.Source) claims.Source {
	s.Aliases = append(slices.Clone(s.Aliases), other.Names()...)
	s.SameAs = append(slices.Clone(s.SameAs), other.SameAs...)
	if s.Code == "" {
		s.Code = other.Code
	}
	if s.Kind == claims.KindUnknown {
		s.Kind = other.Kind
	}
	if s.Note == "" {
		s.Note = other.Note
	} else if other.Note != "" {
		s.Note += "\n\n" + other.Note
	}
	return s
}

// undoSource takes back an act on a record.
func (t *tx) undoSource(ctx context.Context, e claims.Event) error {
	before, err := t.Source(ctx, e.NounID)
	if err != nil {
		return err
	}
	act := claims.ActSourceEdit
	if e.Act == ActSourceProtect && t.may(claims.ActSourceName) == nil {
		act = claims.ActSourceName
	}
	if err := claims.MayOnSource(t.actor, act, before, t.settings); err != nil {
		return err
	}
	if before.MergedInto != "" {
		return claims.Refuse(claims.KindConflict, "source.merged", before.MergedInto)
	}
	if e.Act == ActSourceAdd {
		return t.forgetSource(ctx, before, e)
	}
	after := before
	if err := restore(sourceFields, &after, e); err != nil {
		return err
	}
	after.UpdatedAt = t.now
	if err := t.UpdateSource(ctx, &after); err != nil {
		return err
	}
	if raw := told(e, claims.SideAfter, valueMerged); raw != nil {
		if err := t.giveBack(ctx, raw); err != nil {
			return err
		}
	}
	return t.record(ctx, undoing(e, append(diff(sourceFields, before, after), change{valueSource, nil, e.NounID})...))
}

// giveBack lets a record that was merged stand by itself again.
func (t *tx) giveBack(ctx context.Context, raw []byte) error {
	var id string
	if err := decode(raw, &id); err != nil {
		return err
	}
	s, err := t.Source(ctx, id)
	if err != nil {
		return err
	}
	s.MergedInto, s.UpdatedAt = "", t.now
	return t.UpdateSource(ctx, &s)
}

// forgetSource takes a record away again. Of a protected one the history must
// then forget the names too, since no record is left to say that they are secret.
func (t *tx) forgetSource(ctx context.Context, s claims.Source, e claims.Event) error {
	if err := t.DeleteSource(ctx, s.ID); err != nil {
		return err
	}
	if !s.Protected {
		return t.record(ctx, undoing(e, append(gone(sourceFields, s), change{valueSource, nil, s.ID})...))
	}
	events, err := t.Events(ctx, claims.EventFilter{Noun: nounSource, NounID: s.ID, Before: lastSeq, Limit: maxEvents})
	if err != nil {
		return err
	}
	for _, one := range events {
		if allErased(one) {
			continue
		}
		if err := t.EraseValues(ctx, one.Seq); err != nil {
			return err
		}
		if err := t.record(ctx, entry{act: ActErase, noun: nounHistory, id: strconv.FormatInt(one.Seq, 10)}); err != nil {
			return err
		}
	}
	return t.record(ctx, undoing(e, change{valueSource, nil, s.ID}))
}
