package workflow

import (
	"context"
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// see gives a person their Reader: protected sources that are not for them are
// veiled, and so is what was proposed on claims that wait for their own opinion.
func see(ctx context.Context, r claims.Reader, actor claims.Actor) (claims.Reader, error) {
	seen, err := veil(ctx, r, actor.ID)
	if err != nil {
		return nil, err
	}
	s, err := r.Settings(ctx)
	able := actor
	able.ReadOnly = false
	if err != nil || s.Blind != claims.Block || actor.Job || actor.ID == job.ID || claims.May(able, claims.ActOpinion, s) != nil {
		return seen, err
	}
	return &blindfold{Reader: seen, actor: actor, settings: s, known: map[string]bool{}}, nil
}

// blindfold is a Reader that keeps the proposed verdict of a claim from its
// reviewer until they have given their own opinion: verdict, what the history
// tells of it, and what others made of it.
type blindfold struct {
	claims.Reader
	actor    claims.Actor
	settings claims.Settings
	known    map[string]bool // by claim, whether its verdict is withheld
}

// withholds says whether the claim's verdict is kept from the reader.
func (b *blindfold) withholds(ctx context.Context, c claims.Claim) (bool, error) {
	if c.State != claims.StateSubmitted {
		return false, nil
	}
	if yes, ok := b.known[c.ID]; ok {
		return yes, nil
	}
	opinions, err := b.Reader.Opinions(ctx, c.ID)
	if err != nil {
		return false, err
	}
	b.known[c.ID] = claims.Withholds(b.actor, c, opinions, b.settings)
	return b.known[c.ID], nil
}

// hide keeps the verdict of a claim back where it must.
func (b *blindfold) hide(ctx context.Context, c *claims.Claim) error {
	yes, err := b.withholds(ctx, *c)
	if yes {
		c.Verdict, c.Withheld = nil, true
	}
	return err
}

func (b *blindfold) Claim(ctx context.Context, id string) (claims.Claim, error) {
	c, err := b.Reader.Claim(ctx, id)
	if err != nil {
		return c, err
	}
	err = b.hide(ctx, &c)
	return c, err
}

func (b *blindfold) Claims(ctx context.Context, f claims.ClaimFilter) ([]claims.ClaimRow, string, error) {
	f, err := b.narrowed(ctx, f)
	if err != nil {
		return nil, "", err
	}
	rows, next, err := b.Reader.Claims(ctx, f)
	for i := range rows {
		if err == nil {
			err = b.hide(ctx, &rows[i].Claim)
		}
	}
	return rows, next, err
}

func (b *blindfold) EachClaim(ctx context.Context, f claims.ClaimFilter, fn func(claims.ClaimRow) error) error {
	f, err := b.narrowed(ctx, f)
	if err != nil {
		return err
	}
	return b.Reader.EachClaim(ctx, f, func(row claims.ClaimRow) error {
		if err := b.hide(ctx, &row.Claim); err != nil {
			return err
		}
		return fn(row)
	})
}

func (b *blindfold) CountClaims(ctx context.Context, f claims.ClaimFilter) (map[claims.State]int, error) {
	f, err := b.narrowed(ctx, f)
	if err != nil {
		return nil, err
	}
	return b.Reader.CountClaims(ctx, f)
}

func (b *blindfold) Search(ctx context.Context, f claims.SearchFilter) (claims.SearchHits, error) {
	if f.Noun == claims.SearchClaim {
		telling, err := b.telling(ctx, f.Query, "")
		if err != nil {
			return claims.SearchHits{}, err
		}
		f.Without = append(slices.Clone(f.Without), telling...)
	}
	return b.Reader.Search(ctx, f)
}

// narrowed leaves out of a list what being there would tell of.
func (b *blindfold) narrowed(ctx context.Context, f claims.ClaimFilter) (claims.ClaimFilter, error) {
	telling, err := b.telling(ctx, f.Query, f.Verdict)
	f.Without = append(slices.Clone(f.Without), telling...)
	return f, err
}

// telling gives the ids of the claims of which an answer to a query or to a
// filter by verdict would tell what is withheld: all those, and those that do
// not answer the query by what their reader sees of them.
func (b *blindfold) telling(ctx context.Context, query, verdict string) (ids []string, err error) {
	if query == "" && verdict == "" {
		return nil, nil
	}
	q := text.ParseQuery(query)
	asked, _ := claims.PlainID(query)
	err = b.eachWithheld(ctx, claims.ClaimFilter{}, func(c claims.Claim) error {
		seen := strings.Join(append([]string{c.Standalone, c.Quote(), namesIn(c)}, c.Tags...), "\n")
		if verdict != "" || c.ID != asked && q.Score(text.IndexTerms(seen, c.Language)) < 1 {
			ids = append(ids, c.ID)
		}
		return nil
	})
	return ids, err
}

// eachWithheld walks the claims whose verdict is withheld, verdict and all.
func (b *blindfold) eachWithheld(ctx context.Context, f claims.ClaimFilter, fn func(claims.Claim) error) error {
	f.States = []claims.State{claims.StateSubmitted}
	return b.Reader.EachClaim(ctx, f, func(row claims.ClaimRow) error {
		if yes, err := b.withholds(ctx, row.Claim); err != nil || !yes {
			return err
		}
		return fn(row.Claim)
	})
}

// SourceRecord counts claims whose verdict is withheld as not yet judged.
func (b *blindfold) SourceRecord(ctx context.Context, id string) (claims.SourceRecord, error) {
	out, err := b.Reader.SourceRecord(ctx, id)
	if err != nil {
		return out, err
	}
	return out, b.eachWithheld(ctx, claims.ClaimFilter{Source: id}, func(c claims.Claim) error {
		said, err := saidBySource(ctx, b.Reader, c, id)
		if err != nil || !said || c.Verdict == nil {
			return err
		}
		unjudge(out.Verdicts, c.Verdict.Content)
		unjudge(out.Attributions, c.Verdict.Attribution)
		return nil
	})
}

func unjudge(counts map[string]int, step string) {
	counts[""]++
	if counts[step]--; counts[step] == 0 {
		delete(counts, step)
	}
}

// saidBySource reports whether a source, or one that became part of it, said a claim.
func saidBySource(ctx context.Context, r claims.Reader, c claims.Claim, id string) (bool, error) {
	for _, l := range claims.SaidBy(c.Attributions) {
		if l.Source == "" {
			continue
		}
		s, err := standingSource(ctx, r, l.Source)
		if err != nil || s.ID == id {
			return err == nil, err
		}
	}
	return false, nil
}

// StepUse does not name claims whose verdict is withheld; they still count, since
// the step cannot go.
func (b *blindfold) StepUse(ctx context.Context, l claims.Layer, code string, limit int) (claims.StepUse, error) {
	use, err := b.Reader.StepUse(ctx, l, code, limit)
	if err != nil || len(use.Claims) == 0 {
		return use, err
	}
	err = b.eachWithheld(ctx, claims.ClaimFilter{}, func(c claims.Claim) error {
		use.Claims = slices.DeleteFunc(use.Claims, func(id string) bool { return id == c.ID })
		return nil
	})
	return use, err
}

// Opinions of others are told once one's own is given.
func (b *blindfold) Opinions(ctx context.Context, claim string) ([]claims.Opinion, error) {
	list, err := b.Reader.Opinions(ctx, claim)
	if err != nil || len(list) == 0 {
		return list, err
	}
	c, err := b.Claim(ctx, claim)
	if c.Withheld {
		list = slices.DeleteFunc(list, func(o claims.Opinion) bool { return o.Person != b.actor.ID })
	}
	return list, err
}

func (b *blindfold) Event(ctx context.Context, seq int64) (claims.Event, error) {
	e, err := b.Reader.Event(ctx, seq)
	err = b.hideEvent(ctx, &e, err)
	return e, err
}

func (b *blindfold) EventByID(ctx context.Context, id string) (claims.Event, error) {
	e, err := b.Reader.EventByID(ctx, id)
	err = b.hideEvent(ctx, &e, err)
	return e, err
}

func (b *blindfold) Events(ctx context.Context, f claims.EventFilter) ([]claims.Event, error) {
	list, err := b.Reader.Events(ctx, f)
	for i := range list {
		if err = b.hideEvent(ctx, &list[i], err); err != nil {
			return nil, err
		}
	}
	return list, err
}

func (b *blindfold) EachEvent(ctx context.Context, fn func(claims.Event) error) error {
	return b.Reader.EachEvent(ctx, func(e claims.Event) error {
		if err := b.hideEvent(ctx, &e, nil); err != nil {
			return err
		}
		return fn(e)
	})
}

// tellsVerdict are the values of an event that tell of a proposed verdict, of
// how its evidence stands to it, and of what others made of it.
var tellsVerdict = []string{
	"content", "attribution", "rationale", "what_is_true", "as_of", "review_again", "scale", valueLacking, valueOverride, "note", "waived",
}

// hideEvent hides what an event tells of a verdict that is withheld.
func (b *blindfold) hideEvent(ctx context.Context, e *claims.Event, err error) error {
	if err != nil || e.Claim == "" {
		return err
	}
	c, err := b.Claim(ctx, e.Claim)
	if err != nil || !c.Withheld {
		return err
	}
	for i := range e.Values {
		if v := &e.Values[i]; !v.Erased && slices.Contains(tellsVerdict, v.Name) {
			hide(v, "")
		}
	}
	return nil
}
