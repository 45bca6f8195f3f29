package workflow

import (
	"context"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
)

var (
	stances = []claims.Stance{claims.StanceFor, claims.StanceAgainst, claims.StanceContext}
	grades  = []claims.Grade{claims.GradePrimary, claims.GradeSecondary}
)

// evidenceFields is what the history tells of a piece of evidence.
var evidenceFields = []field[claims.Evidence]{
	plain("url", func(e *claims.Evidence) *string { return &e.URL }),
	plain("title", func(e *claims.Evidence) *string { return &e.Title }),
	plain("publisher", func(e *claims.Evidence) *string { return &e.Publisher }),
	plain("stance", func(e *claims.Evidence) *claims.Stance { return &e.Stance }),
	plain("grade", func(e *claims.Evidence) *claims.Grade { return &e.Grade }),
	plain("quote", func(e *claims.Evidence) *string { return &e.Quote }),
	plain("locator", func(e *claims.Evidence) *string { return &e.Locator }),
	plain("added_by", func(e *claims.Evidence) *string { return &e.AddedBy }),
	stamped("added_at", func(e *claims.Evidence) *time.Time { return &e.AddedAt }),
}

// AddEvidence puts a document beside a claim. It stands by its URL; a stance
// left open is context, a grade left open secondary.
func (d *Desk) AddEvidence(ctx context.Context, actor claims.Actor, id string, version int64, e claims.Evidence) (claims.Evidence, error) {
	var added claims.Evidence
	_, err := d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		if err := t.mayWeigh(*c); err != nil {
			return entry{}, err
		}
		added = e
		if err := checkEvidence(&added); err != nil {
			return entry{}, err
		}
		evidenceID, err := t.newID()
		if err != nil {
			return entry{}, err
		}
		added.ID, added.Claim, added.AddedBy, added.AddedAt = evidenceID, c.ID, actor.ID, t.now
		if err := t.CreateEvidence(ctx, added); err != nil {
			return entry{}, err
		}
		c.Evidence++
		return onEvidence(ActEvidenceAdd, *c, evidenceID, born(evidenceFields, added)), nil
	})
	if err != nil {
		return claims.Evidence{}, err
	}
	return added, nil
}

// RemoveEvidence takes a document away from a claim; the history keeps it.
func (d *Desk) RemoveEvidence(ctx context.Context, actor claims.Actor, claim, id string, version int64) error {
	_, err := d.changeClaim(ctx, actor, claim, version, func(t *tx, c *claims.Claim) (entry, error) {
		if err := t.mayWeigh(*c); err != nil {
			return entry{}, err
		}
		all, err := t.Evidence(ctx, c.ID)
		if err != nil {
			return entry{}, err
		}
		i := slices.IndexFunc(all, func(e claims.Evidence) bool { return e.ID == id })
		if i < 0 {
			return entry{}, claims.NotFound("evidence", clip(id, maxName))
		}
		if err := t.DeleteEvidence(ctx, c.ID, id); err != nil {
			return entry{}, err
		}
		c.Evidence--
		return onEvidence(ActEvidenceRemove, *c, id, gone(evidenceFields, all[i])), nil
	})
	return err
}

// EvidenceOf gives the evidence of each of the claims, by the claim's id, in one
// snapshot; a claim without evidence is left out. At most a page of claims (500)
// is asked for at once.
func (d *Desk) EvidenceOf(ctx context.Context, actor claims.Actor, ids []string) (map[string][]claims.Evidence, error) {
	if len(ids) > maxLimit {
		return nil, claims.Invalid("claims", "list.too_long", len(ids), maxLimit)
	}
	var out map[string][]claims.Evidence
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		out = map[string][]claims.Evidence{}
		for _, id := range ids {
			all, err := r.Evidence(ctx, id)
			if err != nil {
				return err
			}
			if len(all) > 0 {
				out[id] = all
			}
		}
		return nil
	})
	return out, err
}

func (t *tx) mayWeigh(c claims.Claim) error {
	if !c.State.Editable() {
		return frozen(c)
	}
	return claims.MayOnClaim(t.actor, claims.ActEvidenceAdd, c, t.settings)
}

func checkEvidence(e *claims.Evidence) error {
	e.URL, e.Title, e.Publisher = strings.TrimSpace(e.URL), strings.TrimSpace(e.Title), strings.TrimSpace(e.Publisher)
	e.Quote, e.Locator = clean(e.Quote), strings.TrimSpace(e.Locator)
	if e.Stance == "" {
		e.Stance = claims.StanceContext
	}
	if e.Grade == "" {
		e.Grade = claims.GradeSecondary
	}
	var f faults
	if e.URL == "" {
		f.add("url", "text.missing")
	}
	f.link("url", e.URL)
	f.text("title", e.Title, maxLine)
	f.text("publisher", e.Publisher, maxLine)
	f.text("quote", e.Quote, maxQuote)
	f.text("locator", e.Locator, maxLine)
	if !slices.Contains(stances, e.Stance) {
		f.add("stance", "evidence.stance_unknown", clip(string(e.Stance), maxName))
	}
	if !slices.Contains(grades, e.Grade) {
		f.add("grade", "evidence.grade_unknown", clip(string(e.Grade), maxName))
	}
	return f.err()
}

func onEvidence(act string, c claims.Claim, id string, changes []change) entry {
	return entry{act: act, noun: "evidence", id: id, article: c.Article, claim: c.ID, changes: changes}
}
