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
	plain("file_sha256", func(e *claims.Evidence) *string { return &e.File.SHA256 }),
	plain("file_name", func(e *claims.Evidence) *string { return &e.File.Name }),
	plain("file_type", func(e *claims.Evidence) *string { return &e.File.MediaType }),
	plain("file_size", func(e *claims.Evidence) *int64 { return &e.File.Size }),
	plain("copy_sha256", func(e *claims.Evidence) *string { return &e.Copy.SHA256 }),
	plain("copy_type", func(e *claims.Evidence) *string { return &e.Copy.MediaType }),
	plain("copy_size", func(e *claims.Evidence) *int64 { return &e.Copy.Size }),
	plain("copy_url", func(e *claims.Evidence) *string { return &e.Copy.URL }),
	timed("copy_at", func(e *claims.Evidence) **time.Time { return &e.Copy.At }),
	plain("copy_problem", func(e *claims.Evidence) *string { return &e.Copy.Problem }),
}

// EvidenceInput is a document as given: its fields, of which File and Copy say
// nothing; an Upload that goes with it or replaces the file; or From, the id of
// evidence on another claim whose file and copy are taken over.
type EvidenceInput struct {
	claims.Evidence
	Upload *Upload
	From   string
}

// AddEvidence puts a document beside a claim that stands by its URL. A stance
// left open is context, a grade left open secondary.
func (d *Desk) AddEvidence(ctx context.Context, actor claims.Actor, id string, version int64, e claims.Evidence) (claims.Evidence, error) {
	return d.AddDocument(ctx, actor, id, version, EvidenceInput{Evidence: e})
}

// AddDocument is AddEvidence for a document that may be a file.
func (d *Desk) AddDocument(ctx context.Context, actor claims.Actor, id string, version int64, in EvidenceInput) (claims.Evidence, error) {
	file, bytes, err := d.readUpload(ctx, actor, in.Upload)
	if err != nil {
		return claims.Evidence{}, err
	}
	var added claims.Evidence
	_, err = d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		if err := t.mayWeigh(*c); err != nil {
			return entry{}, err
		}
		added = in.Evidence
		added.File, added.Copy = file, claims.KeptCopy{}
		if err := t.takeOver(ctx, &added, in.From); err != nil {
			return entry{}, err
		}
		if err := checkEvidence(&added); err != nil {
			return entry{}, err
		}
		evidenceID, err := t.newID()
		if err != nil {
			return entry{}, err
		}
		added.ID, added.Claim, added.AddedBy, added.AddedAt = evidenceID, c.ID, actor.ID, t.now
		if err := t.putUpload(ctx, bytes); err != nil {
			return entry{}, err
		}
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

// takeOver gives e the file, and the copy of the same address, of evidence that
// stands on another claim.
func (t *tx) takeOver(ctx context.Context, e *claims.Evidence, from string) error {
	if from == "" {
		return nil
	}
	seen, err := veil(ctx, t, t.actor.ID)
	if err != nil {
		return err
	}
	old, err := seen.EvidenceByID(ctx, clip(from, maxName))
	if missing(err) {
		return claims.Invalid("from", "evidence.from_unknown")
	}
	if err != nil {
		return err
	}
	if !e.HasFile() {
		e.File = old.File
	}
	if claims.URLKey(e.URL) == claims.URLKey(old.URL) {
		e.Copy = old.Copy
	}
	return nil
}

// EditEvidence changes what is said of a document; a new file takes the old
// one's place, and the copy of another address goes.
func (d *Desk) EditEvidence(ctx context.Context, actor claims.Actor, claim, id string, version int64, in EvidenceInput) (claims.Evidence, error) {
	file, bytes, err := d.readUpload(ctx, actor, in.Upload)
	if err != nil {
		return claims.Evidence{}, err
	}
	return d.changeEvidence(ctx, actor, claim, id, version, ActEvidenceEdit, func(t *tx, e *claims.Evidence) error {
		was := *e
		e.URL, e.Title, e.Publisher, e.Stance, e.Grade, e.Quote, e.Locator = in.URL, in.Title, in.Publisher, in.Stance, in.Grade, in.Quote, in.Locator
		if file.SHA256 != "" {
			e.File = file
		}
		if err := t.unveilEvidence(ctx, was, e); err != nil {
			return err
		}
		if err := checkEvidence(e); err != nil {
			return err
		}
		if claims.URLKey(e.URL) != claims.URLKey(was.URL) {
			e.Copy = claims.KeptCopy{}
		}
		return t.putUpload(ctx, bytes)
	})
}

// changeEvidence is every act that changes a piece of evidence; change works on
// a copy of it. Where nothing changed, nothing is written.
func (d *Desk) changeEvidence(ctx context.Context, actor claims.Actor, claim, id string, version int64, act string, change func(*tx, *claims.Evidence) error) (claims.Evidence, error) {
	var out claims.Evidence
	_, err := d.changeClaim(ctx, actor, claim, version, func(t *tx, c *claims.Claim) (entry, error) {
		if err := t.mayWeigh(*c); err != nil {
			return entry{}, err
		}
		before, err := t.evidenceOn(ctx, c.ID, id)
		if err != nil {
			return entry{}, err
		}
		out = before
		if err := change(t, &out); err != nil {
			return entry{}, err
		}
		changes := diff(evidenceFields, before, out)
		if len(changes) == 0 {
			return onEvidence(act, *c, before.ID, nil), nil
		}
		return onEvidence(act, *c, before.ID, changes), t.UpdateEvidence(ctx, out)
	})
	return out, err
}

// evidenceOn finds a piece of evidence of one claim.
func (t *tx) evidenceOn(ctx context.Context, claim, id string) (claims.Evidence, error) {
	e, err := t.EvidenceByID(ctx, clip(id, maxName))
	if err == nil && e.Claim != claim {
		err = claims.NotFound("evidence", e.ID)
	}
	return e, err
}

// unveilEvidence gives texts back that the actor sent as they saw them.
func (t *tx) unveilEvidence(ctx context.Context, was claims.Evidence, now *claims.Evidence) error {
	m, err := t.maskFor(ctx, was.Claim)
	if m == nil || err != nil {
		return err
	}
	shown := m.evidence(was)
	for _, one := range []struct {
		now       *string
		shown, is string
	}{
		{&now.URL, shown.URL, was.URL}, {&now.Title, shown.Title, was.Title}, {&now.Publisher, shown.Publisher, was.Publisher},
		{&now.Quote, shown.Quote, was.Quote}, {&now.Locator, shown.Locator, was.Locator},
	} {
		if *one.now == one.shown {
			*one.now = one.is
		}
	}
	return nil
}

// RemoveEvidence takes a document away from a claim; the history keeps it.
func (d *Desk) RemoveEvidence(ctx context.Context, actor claims.Actor, claim, id string, version int64) error {
	_, err := d.changeClaim(ctx, actor, claim, version, func(t *tx, c *claims.Claim) (entry, error) {
		if err := t.mayWeigh(*c); err != nil {
			return entry{}, err
		}
		e, err := t.evidenceOn(ctx, c.ID, id)
		if err != nil {
			return entry{}, err
		}
		if err := t.DeleteEvidence(ctx, c.ID, e.ID); err != nil {
			return entry{}, err
		}
		c.Evidence--
		return onEvidence(ActEvidenceRemove, *c, e.ID, gone(evidenceFields, e)), nil
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

// FindEvidence searches the evidence of the whole desk, newest first. What is
// told of a claim otherwise than it was written is left out: by finding it one
// would learn what it hides.
func (d *Desk) FindEvidence(ctx context.Context, actor claims.Actor, f claims.EvidenceFilter) (found []claims.Evidence, next string, err error) {
	f.Page = bounded(f.Page)
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		var wrong faults
		wrong.text("q", f.Query, maxURL)
		if err := wrong.err(); err != nil {
			return err
		}
		found, next, err = r.FindEvidence(ctx, f)
		return err
	})
	return found, next, err
}

func (t *tx) mayWeigh(c claims.Claim) error { return mayWeigh(t.actor, c, t.settings) }

// mayWeigh refuses to change the evidence of what was handed in, and of whom
// policy does not allow it.
func mayWeigh(actor claims.Actor, c claims.Claim, s claims.Settings) error {
	if !c.State.Editable() {
		return frozen(c)
	}
	return claims.MayOnClaim(actor, claims.ActEvidenceAdd, c, s)
}

// EvidenceByID gives one piece of evidence, whatever claim it stands on.
func (d *Desk) EvidenceByID(ctx context.Context, actor claims.Actor, id string) (claims.Evidence, error) {
	var e claims.Evidence
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		e, err = r.EvidenceByID(ctx, clip(id, maxName))
		return err
	})
	return e, err
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
	switch {
	case e.URL == "" && !e.HasFile():
		f.add("url", "evidence.nothing")
	case e.Title == "" && e.URL == "":
		e.Title = e.File.Name
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
