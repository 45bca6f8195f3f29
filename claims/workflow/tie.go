package workflow

import (
	"context"
	"slices"
	"strconv"

	"cotejo/claims"
	"cotejo/claims/text"
)

// The roles of a link in a chain.
const (
	roleSource   = "source"
	roleVia      = "via"
	roleOriginal = "original"
)

// LinkPlace says which link of a claim's chains is meant: the N-th of its role
// ("source", "via", "original"; counted from 0) in one attribution.
type LinkPlace struct {
	Attribution int
	Role        string
	N           int
}

// in gives the link to change; nil where there is none.
func (p LinkPlace) in(list []claims.Attribution) *claims.Link {
	if p.Attribution < 0 || p.Attribution >= len(list) {
		return nil
	}
	a := &list[p.Attribution]
	links := a.Sources
	switch p.Role {
	case roleSource:
	case roleVia:
		links = a.Via
	case roleOriginal:
		if p.N == 0 {
			return a.Original
		}
		return nil
	default:
		return nil
	}
	if p.N < 0 || p.N >= len(links) {
		return nil
	}
	return &links[p.N]
}

// places lists every link's place, chain by chain.
func places(list []claims.Attribution) []LinkPlace {
	var out []LinkPlace
	for i, a := range list {
		for n := range a.Via {
			out = append(out, LinkPlace{i, roleVia, n})
		}
		for n := range a.Sources {
			out = append(out, LinkPlace{i, roleSource, n})
		}
		if a.Original != nil {
			out = append(out, LinkPlace{i, roleOriginal, 0})
		}
	}
	return out
}

// TieOffer is a link that is tied to no record yet, and the known sources of
// that name; a protected one is offered to its readers only.
type TieOffer struct {
	LinkPlace
	Link    claims.Link
	Sources []claims.Source
}

// offersOf finds for every loose link the sources of its name.
func offersOf(ctx context.Context, r claims.SourceReader, list []claims.Attribution) ([]TieOffer, error) {
	var out []TieOffer
	var names []string
	for _, place := range places(list) {
		if l := *place.in(list); l.Source == "" && l.Name != "" {
			out = append(out, TieOffer{LinkPlace: place, Link: l})
			names = append(names, namesOf(l)...)
		}
	}
	known, err := r.SourcesNamed(ctx, names)
	for i := range out {
		own := namesOf(out[i].Link)
		for _, s := range known {
			if slices.ContainsFunc(s.Names(), func(n string) bool { return slices.Contains(own, text.Fold(n)) }) {
				out[i].Sources = append(out[i].Sources, s)
			}
		}
	}
	return out, err
}

// namesOf are the folded names of a link, each once.
func namesOf(l claims.Link) []string {
	names := []string{text.Fold(l.Name)}
	if t := text.Fold(l.Text); t != "" && t != names[0] {
		names = append(names, t)
	}
	return names
}

// TieInput says what a link shall be tied to: the record of an id, or a new one
// made from the link, protected for whoever makes it where Protect says so.
type TieInput struct {
	Place   LinkPlace
	Source  string // "" for a new record
	Protect bool
}

// TieLink ties one link of a claim to a source.
func (d *Desk) TieLink(ctx context.Context, actor claims.Actor, id string, version int64, in TieInput) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		e := onClaim(ActClaimEdit, *c)
		if !c.State.Editable() {
			return e, frozen(*c)
		}
		if err := claims.MayOnClaim(actor, claims.ActClaimEdit, *c, t.settings); err != nil {
			return e, err
		}
		before := c.Attributions
		c.Attributions = claims.CopyAttributions(before)
		l := in.Place.in(c.Attributions)
		if l == nil {
			return e, claims.NotFound("link", strconv.Itoa(in.Place.Attribution)+"."+clip(in.Place.Role, maxTag)+"."+strconv.Itoa(in.Place.N))
		}
		if l.Source != "" {
			return e, claims.Refuse(claims.KindConflict, "source.link_tied")
		}
		if l.Source = in.Source; l.Source == "" {
			s, err := t.addSource(ctx, SourceInput{Name: l.Name, Kind: l.Kind, Code: l.Code, Protected: in.Protect})
			if err != nil {
				return e, err
			}
			l.Source = s.ID
		}
		c.Origin.Accepted = true
		var f faults
		return e, errorOf(t.settleTies(ctx, &f, c.ID, before, c.Attributions), &f)
	})
}

// errorOf is an error, or else what the faults say.
func errorOf(err error, f *faults) error {
	if err != nil {
		return err
	}
	return f.err()
}

// settleTies checks what the links of a claim are tied to. A record that was
// merged gives way to the one that stands for it. A link to a protected source
// that the actor may not see is given back as it was: all they saw, and sent, is
// its label; nobody can tie to what they may not see.
func (t *tx) settleTies(ctx context.Context, f *faults, claim string, before, after []claims.Attribution) error {
	old := heldLinks(before)
	for _, place := range places(after) {
		l := place.in(after)
		if l.Source == "" {
			continue
		}
		s, err := standingSource(ctx, t, l.Source)
		switch {
		case missing(err) || err == nil && !s.ShownTo(t.actor.ID):
			was, ok := old.take(l.Source)
			if !ok {
				f.add(place.field(), "source.unknown", clip(l.Source, maxTag))
				continue
			}
			was.SawOriginal = l.SawOriginal
			*l = was
		case err != nil:
			return err
		default:
			l.Source = s.ID
			if err := t.learnName(ctx, s, *l); err != nil {
				return err
			}
		}
	}
	return t.keepCues(ctx, claim, before, after)
}

func (p LinkPlace) field() string {
	name := at("attributions", p.Attribution)
	switch p.Role {
	case roleVia:
		return at(name+".via", p.N) + ".source"
	case roleOriginal:
		return name + ".original.source"
	}
	return at(name+".sources", p.N) + ".source"
}

// held are a claim's links by the source they are tied to.
type held map[string][]claims.Link

func heldLinks(list []claims.Attribution) held {
	out := held{}
	for _, place := range places(list) {
		l := *place.in(list)
		out[l.Source] = append(out[l.Source], l)
	}
	return out
}

func (h held) take(source string) (claims.Link, bool) {
	list := h[source]
	if len(list) == 0 {
		return claims.Link{}, false
	}
	h[source] = list[1:]
	return list[0], true
}

// learnName lets a protected source keep as an alias what a link calls it.
func (t *tx) learnName(ctx context.Context, s claims.Source, l claims.Link) error {
	before := s
	if !s.Protected || !learn(&s, l) {
		return nil
	}
	_, err := t.saveSource(ctx, before, s)
	return err
}

// keepCues gives cues back that the actor sent as they saw them.
func (t *tx) keepCues(ctx context.Context, claim string, before, after []claims.Attribution) error {
	m, err := t.maskFor(ctx, claim)
	if m == nil || err != nil {
		return err
	}
	for i := range after {
		for _, was := range before {
			if now := after[i].Cue; now != nil && was.Cue != nil && now.Text != was.Cue.Text && now.Text == m.text(was.Cue.Text) {
				cue := *was.Cue
				after[i].Cue = &cue
			}
		}
	}
	return nil
}

// maskFor is the mask through which the actor sees a claim; nil for none.
func (t *tx) maskFor(ctx context.Context, claim string) (*mask, error) {
	seen, err := veil(ctx, t, t.actor.ID)
	if v, ok := seen.(*veiled); ok && err == nil {
		return v.maskOf(ctx, claim)
	}
	return nil, err
}

// unveil gives texts back that the actor sent as they saw them, a label in the
// place of a name.
func (t *tx) unveil(ctx context.Context, before claims.Claim, after *claims.Claim) error {
	m, err := t.maskFor(ctx, before.ID)
	if m == nil || err != nil {
		return err
	}
	keep := m.keep
	keep(&after.Standalone, before.Standalone)
	after.Tags = slices.Clone(after.Tags)
	for i := range after.Tags {
		for _, was := range before.Tags {
			keep(&after.Tags[i], was)
		}
	}
	if now, was := after.Verdict, before.Verdict; now != nil && was != nil {
		keep(&now.Rationale, was.Rationale)
		keep(&now.WhatIsTrue, was.WhatIsTrue)
		if now.Same(*was) {
			*now = *was
		}
	}
	return nil
}

// keep gives a text back that was sent as it was seen.
func (m *mask) keep(now *string, was string) {
	if *now == m.text(was) {
		*now = was
	}
}

// unveilContact does the same for a contact.
func (t *tx) unveilContact(ctx context.Context, before claims.Contact, after *claims.Contact) error {
	m, err := t.maskFor(ctx, before.Claim)
	if m == nil || err != nil {
		return err
	}
	m.keep(&after.Whom, before.Whom)
	m.keep(&after.Question, before.Question)
	m.keep(&after.Answer, before.Answer)
	m.keep(&after.Public, before.Public)
	return nil
}

// originsOf finds where the tellings of a claim lead to one origin: its own and
// those of the claims that were merged into it.
func originsOf(ctx context.Context, r claims.Reader, row claims.ClaimRow, evidence []claims.Evidence) ([]claims.SharedOrigin, error) {
	reports := []claims.Report{{Outlet: row.ArticleOutlet, Attributions: row.Attributions}}
	merged, _, err := r.Claims(ctx, claims.ClaimFilter{DuplicateOf: row.ID, Page: claims.Page{Limit: maxLimit}})
	if err != nil {
		return nil, err
	}
	for _, m := range merged {
		reports = append(reports, claims.Report{Outlet: m.ArticleOutlet, Attributions: m.Attributions})
	}
	roots := map[string]string{}
	for _, report := range reports {
		for _, id := range claims.TiedTo(report.Attributions) {
			s, err := standingSource(ctx, r, id)
			if err != nil && !missing(err) {
				return nil, err
			}
			roots[id] = s.ID
		}
	}
	byName := map[string]string{}
	for _, report := range reports {
		claims.EachLink(report.Attributions, func(l *claims.Link) {
			if root := roots[l.Source]; root != "" {
				byName[text.Fold(l.Name)] = root
			}
		})
	}
	return claims.SharedOrigins(reports, evidence, func(l claims.Link) string {
		if root := roots[l.Source]; root != "" {
			return root
		}
		name := text.Fold(l.Name)
		if root := byName[name]; root != "" {
			return root
		}
		return name
	}), nil
}
