package workflow

import (
	"context"
	"encoding/json"
	"slices"

	"cotejo/claims"
	"cotejo/claims/text"
)

// veiled is a Reader through which one person looks at the desk: of protected
// sources that are not for them it gives a neutral label, and no text of a claim
// that was ever tied to one of these names it. The article's own words stay:
// what an article prints is no secret of the desk's.
type veiled struct {
	claims.Reader
	hidden map[string]claims.Source // by id, merged ones included
	lang   string                   // of labels that belong to no claim
}

// veil gives a person (an id, "" for nobody) their Reader.
func veil(ctx context.Context, r claims.Reader, person string) (claims.Reader, error) {
	all, err := r.ProtectedSources(ctx)
	if err != nil {
		return nil, err
	}
	v := &veiled{Reader: r, hidden: map[string]claims.Source{}}
	for _, s := range all {
		if !s.ShownTo(person) {
			v.hidden[s.ID] = s
		}
	}
	if len(v.hidden) == 0 {
		return r, nil
	}
	settings, err := r.Settings(ctx)
	v.lang = settings.Language
	return v, err
}

// mask hides the sources behind the ids; nil where none of them is to be hidden.
func (v *veiled) mask(ids []string, lang string) *mask {
	var names []string
	for _, id := range ids {
		for s, ok := v.hidden[id]; ok; s, ok = v.hidden[s.MergedInto] {
			names = append(names, s.Names()...)
		}
	}
	if names == nil {
		return nil
	}
	return &mask{hidden: v.hidden, names: text.NewRedactor(names), label: claims.ProtectedLabel(lang), lang: lang}
}

// maskOf is the mask of all that hangs on a claim.
func (v *veiled) maskOf(ctx context.Context, claim string) (*mask, error) {
	ties, err := v.TiesOf(ctx, []string{claim})
	if err != nil {
		return nil, err
	}
	m := v.mask(ties[claim], v.lang)
	if m == nil {
		return nil, nil
	}
	c, err := v.Reader.Claim(ctx, claim)
	return v.mask(ties[claim], c.Language), err
}

func (v *veiled) Claim(ctx context.Context, id string) (claims.Claim, error) {
	c, err := v.Reader.Claim(ctx, id)
	if err != nil {
		return c, err
	}
	err = v.veilClaims(ctx, &c)
	return c, err
}

// veilClaims masks claims in place.
func (v *veiled) veilClaims(ctx context.Context, list ...*claims.Claim) error {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	ties, err := v.TiesOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range list {
		if m := v.mask(ties[c.ID], c.Language); m != nil {
			*c = m.claim(*c)
		}
	}
	return nil
}

func (v *veiled) Claims(ctx context.Context, f claims.ClaimFilter) ([]claims.ClaimRow, string, error) {
	rows, next, err := v.Reader.Claims(ctx, f)
	if err != nil {
		return nil, "", err
	}
	list := make([]*claims.Claim, len(rows))
	for i := range rows {
		list[i] = &rows[i].Claim
	}
	return rows, next, v.veilClaims(ctx, list...)
}

func (v *veiled) EachClaim(ctx context.Context, f claims.ClaimFilter, fn func(claims.ClaimRow) error) error {
	return v.Reader.EachClaim(ctx, f, func(row claims.ClaimRow) error {
		if err := v.veilClaims(ctx, &row.Claim); err != nil {
			return err
		}
		return fn(row)
	})
}

func (v *veiled) Precedents(ctx context.Context, f claims.PrecedentFilter) ([]claims.ClaimRow, error) {
	rows, err := v.Reader.Precedents(ctx, f)
	list := make([]*claims.Claim, len(rows))
	for i := range rows {
		list[i] = &rows[i].Claim
	}
	if err != nil {
		return nil, err
	}
	return rows, v.veilClaims(ctx, list...)
}

// veilParts masks what hangs on a claim.
func veilParts[T any](ctx context.Context, v *veiled, claim string, list []T, err error, hide func(*mask, T) T) ([]T, error) {
	if err != nil || len(list) == 0 {
		return list, err
	}
	m, err := v.maskOf(ctx, claim)
	if m != nil {
		for i := range list {
			list[i] = hide(m, list[i])
		}
	}
	return list, err
}

func (v *veiled) Evidence(ctx context.Context, claim string) ([]claims.Evidence, error) {
	list, err := v.Reader.Evidence(ctx, claim)
	return veilParts(ctx, v, claim, list, err, (*mask).evidence)
}

func (v *veiled) EvidenceByID(ctx context.Context, id string) (claims.Evidence, error) {
	e, err := v.Reader.EvidenceByID(ctx, id)
	if err != nil {
		return e, err
	}
	m, err := v.maskOf(ctx, e.Claim)
	if m != nil {
		e = m.evidence(e)
	}
	return e, err
}

// FindEvidence leaves out what the mask would change, since what is searched are
// the words as they were written.
func (v *veiled) FindEvidence(ctx context.Context, f claims.EvidenceFilter) ([]claims.Evidence, string, error) {
	all, next, err := v.Reader.FindEvidence(ctx, f)
	out := make([]claims.Evidence, 0, len(all))
	for _, e := range all {
		m, err := v.maskOf(ctx, e.Claim)
		if err != nil {
			return nil, "", err
		}
		if m == nil || m.evidence(e) == e {
			out = append(out, e)
		}
	}
	return out, next, err
}

// SharedEvidence tells nothing of claims that were tied to a hidden source: the
// same document elsewhere may say what is left out here.
func (v *veiled) SharedEvidence(ctx context.Context, claim string) (map[string][]string, error) {
	m, err := v.maskOf(ctx, claim)
	if m != nil || err != nil {
		return nil, err
	}
	shared, err := v.Reader.SharedEvidence(ctx, claim)
	for id, others := range shared {
		open := others[:0]
		for _, other := range others {
			m, err := v.maskOf(ctx, other)
			if err != nil {
				return nil, err
			}
			if m == nil {
				open = append(open, other)
			}
		}
		if shared[id] = open; len(open) == 0 {
			delete(shared, id)
		}
	}
	return shared, err
}

func (v *veiled) Notes(ctx context.Context, claim string) ([]claims.Note, error) {
	list, err := v.Reader.Notes(ctx, claim)
	return veilParts(ctx, v, claim, list, err, func(m *mask, n claims.Note) claims.Note {
		n.Text = m.text(n.Text)
		return n
	})
}

func (v *veiled) Reviews(ctx context.Context, claim string) ([]claims.Review, error) {
	list, err := v.Reader.Reviews(ctx, claim)
	return veilParts(ctx, v, claim, list, err, func(m *mask, r claims.Review) claims.Review {
		r.Reason, r.Override = m.text(r.Reason), m.text(r.Override)
		return r
	})
}

func (v *veiled) Contacts(ctx context.Context, claim string) ([]claims.Contact, error) {
	list, err := v.Reader.Contacts(ctx, claim)
	return veilParts(ctx, v, claim, list, err, (*mask).contact)
}

func (v *veiled) Reports(ctx context.Context, f claims.ReportFilter) ([]claims.ErrorReport, string, error) {
	list, next, err := v.Reader.Reports(ctx, f)
	for i := range list {
		if list[i], err = v.report(ctx, list[i], err); err != nil {
			return nil, "", err
		}
	}
	return list, next, err
}

func (v *veiled) Report(ctx context.Context, id string) (claims.ErrorReport, error) {
	r, err := v.Reader.Report(ctx, id)
	return v.report(ctx, r, err)
}

func (v *veiled) report(ctx context.Context, r claims.ErrorReport, err error) (claims.ErrorReport, error) {
	if err != nil {
		return r, err
	}
	m, err := v.maskOf(ctx, r.Claim)
	if m != nil {
		r.Text, r.URL, r.Contact, r.Note, r.Public = m.text(r.Text), m.address(r.URL), m.text(r.Contact), m.text(r.Note), m.text(r.Public)
	}
	return r, err
}

func (v *veiled) Contact(ctx context.Context, claim, id string) (claims.Contact, error) {
	c, err := v.Reader.Contact(ctx, claim, id)
	list, err := veilParts(ctx, v, claim, []claims.Contact{c}, err, (*mask).contact)
	return list[0], err
}

func (v *veiled) Opinions(ctx context.Context, claim string) ([]claims.Opinion, error) {
	list, err := v.Reader.Opinions(ctx, claim)
	return veilParts(ctx, v, claim, list, err, func(m *mask, o claims.Opinion) claims.Opinion {
		o.Note = m.text(o.Note)
		return o
	})
}

func (v *veiled) Source(ctx context.Context, id string) (claims.Source, error) {
	s, err := v.Reader.Source(ctx, id)
	return v.source(s), err
}

func (v *veiled) source(s claims.Source) claims.Source {
	if _, hidden := v.hidden[s.ID]; hidden {
		return s.Neutral(v.lang)
	}
	return s
}

func (v *veiled) Sources(ctx context.Context, f claims.SourceFilter) ([]claims.SourceRow, string, error) {
	rows, next, err := v.Reader.Sources(ctx, f)
	for i := range rows {
		rows[i].Source = v.source(rows[i].Source)
	}
	return rows, next, err
}

func (v *veiled) SourcesNamed(ctx context.Context, names []string) ([]claims.Source, error) {
	list, err := v.Reader.SourcesNamed(ctx, names)
	return slices.DeleteFunc(list, func(s claims.Source) bool {
		_, hidden := v.hidden[s.ID]
		return hidden
	}), err
}

func (v *veiled) ProtectedSources(ctx context.Context) ([]claims.Source, error) {
	list, err := v.Reader.ProtectedSources(ctx)
	for i := range list {
		list[i] = v.source(list[i])
	}
	return list, err
}

func (v *veiled) Event(ctx context.Context, seq int64) (claims.Event, error) {
	e, err := v.Reader.Event(ctx, seq)
	return v.one(ctx, e, err)
}

func (v *veiled) EventByID(ctx context.Context, id string) (claims.Event, error) {
	e, err := v.Reader.EventByID(ctx, id)
	return v.one(ctx, e, err)
}

func (v *veiled) one(ctx context.Context, e claims.Event, err error) (claims.Event, error) {
	if err != nil {
		return e, err
	}
	list := []claims.Event{e}
	err = v.veilEvents(ctx, list)
	return list[0], err
}

func (v *veiled) Events(ctx context.Context, f claims.EventFilter) ([]claims.Event, error) {
	list, err := v.Reader.Events(ctx, f)
	if err != nil {
		return nil, err
	}
	return list, v.veilEvents(ctx, list)
}

func (v *veiled) EachEvent(ctx context.Context, fn func(claims.Event) error) error {
	return v.Reader.EachEvent(ctx, func(e claims.Event) error {
		e, err := v.one(ctx, e, nil)
		if err != nil {
			return err
		}
		return fn(e)
	})
}

// toldOpenly are the values of an event on a protected source that name nobody.
var toldOpenly = []string{"protected", "readers", valueMerged, valueUndone}

// veilEvents masks in place what events tell of hidden sources and of claims
// that were ever tied to one.
func (v *veiled) veilEvents(ctx context.Context, list []claims.Event) error {
	var ids []string
	for _, e := range list {
		if e.Claim != "" {
			ids = append(ids, e.Claim)
		}
	}
	ties, err := v.TiesOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		if _, hidden := v.hidden[sourceOf(*e)]; hidden {
			for j := range e.Values {
				if value := &e.Values[j]; !value.Erased && !slices.Contains(toldOpenly, value.Name) {
					hide(value, claims.ProtectedLabel(v.lang))
				}
			}
		}
		m := v.mask(ties[e.Claim], v.lang)
		if check, err := v.checkOf(ctx, *e); err != nil {
			return err
		} else if check != "" {
			if m, err = v.maskOfCheck(ctx, check, v.lang); err != nil {
				return err
			}
		}
		if m != nil {
			for j := range e.Values {
				m.value(&e.Values[j])
			}
		}
	}
	return nil
}

// checkOf is the check that an event or its undoing is about, "" for none.
func (v *veiled) checkOf(ctx context.Context, e claims.Event) (string, error) {
	switch {
	case e.Noun == nounCheck:
		return e.NounID, nil
	case e.Noun != nounUndone || e.Claim != "" || e.Article != "":
		return "", nil
	}
	undone, err := v.Reader.EventByID(ctx, e.NounID)
	if err != nil || undone.Noun != nounCheck {
		return "", err
	}
	return undone.NounID, nil
}

// sourceOf is the source that an event or its undoing is about, "" for none.
func sourceOf(e claims.Event) string {
	if e.Noun == nounSource {
		return e.NounID
	}
	var id string
	if raw := told(e, claims.SideAfter, valueSource); raw != nil && json.Unmarshal(raw, &id) == nil {
		return id
	}
	return ""
}

// sayOpenly takes the names of protected sources out of what the public will read
// about a claim.
func (t *tx) sayOpenly(ctx context.Context, claim, words string) (string, error) {
	seen, err := veil(ctx, t, "")
	v, ok := seen.(*veiled)
	if err != nil || !ok {
		return words, err
	}
	m, err := v.maskOf(ctx, claim)
	if m == nil {
		return words, err
	}
	return m.text(words), err
}
