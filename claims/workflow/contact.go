package workflow

import (
	"context"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
)

// contactFields is what the history tells of a contact.
var contactFields = []field[claims.Contact]{
	plain("whom", func(c *claims.Contact) *string { return &c.Whom }),
	plain("means", func(c *claims.Contact) *claims.Means { return &c.Means }),
	plain("question", func(c *claims.Contact) *string { return &c.Question }),
	stamped("asked_at", func(c *claims.Contact) *time.Time { return &c.AskedAt }),
	timed("deadline", func(c *claims.Contact) **time.Time { return &c.Deadline }),
	plain("answer", func(c *claims.Contact) *string { return &c.Answer }),
	timed("answered_at", func(c *claims.Contact) **time.Time { return &c.AnsweredAt }),
	plain("closed", func(c *claims.Contact) *bool { return &c.Closed }),
	plain("public", func(c *claims.Contact) *string { return &c.Public }),
}

// ContactInput is a question put to somebody, or what came of it. Times are ISO
// 8601 dates or times; an AskedAt left open is now, an AnsweredAt left open is
// now where there is an answer.
type ContactInput struct {
	Whom       string
	Means      claims.Means
	Question   string
	AskedAt    string
	Deadline   string
	Answer     string
	AnsweredAt string
	Closed     bool
	Public     string
}

// apply puts the input on a contact and refuses what cannot be.
func (in ContactInput) apply(c *claims.Contact, now time.Time) error {
	var f faults
	c.Whom, c.Question, c.Answer, c.Public = strings.Join(strings.Fields(in.Whom), " "), clean(in.Question), clean(in.Answer), clean(in.Public)
	if c.Means = in.Means; c.Means == "" {
		c.Means = claims.MeansEmail
	}
	f.required("whom", c.Whom, maxLine)
	f.required("question", c.Question, maxNote)
	f.text("answer", c.Answer, maxNote)
	f.text("public", c.Public, maxWording)
	if !slices.Contains(claims.AllMeans, c.Means) {
		f.add("means", "contact.means_unknown", clip(string(c.Means), maxName))
	}
	if asked := notAfter(now, f.moment("asked_at", in.AskedAt)); asked != nil {
		c.AskedAt = *asked
	} else if c.AskedAt.IsZero() {
		c.AskedAt = now
	}
	c.Deadline = f.moment("deadline", in.Deadline)
	answered := notAfter(now, f.moment("answered_at", in.AnsweredAt))
	switch {
	case c.Answer == "":
		c.AnsweredAt = nil
	case answered != nil:
		c.AnsweredAt = answered
	case c.AnsweredAt == nil:
		c.AnsweredAt = &now
	}
	c.Closed = in.Closed && c.Answer == ""
	return f.err()
}

// notAfter takes now for a day that has not ended: a day counts to its end.
func notAfter(now time.Time, t *time.Time) *time.Time {
	if t != nil && t.After(now) && t.Sub(now) < 24*time.Hour {
		return &now
	}
	return t
}

// AddContact writes down that somebody was asked about a claim, whatever its state.
func (d *Desk) AddContact(ctx context.Context, actor claims.Actor, claim string, in ContactInput) (claims.Contact, error) {
	var out claims.Contact
	err := d.onContact(ctx, actor, claim, func(t *tx, c claims.Claim) error {
		id, err := t.newID()
		if err != nil {
			return err
		}
		out = claims.Contact{ID: id, Claim: c.ID, CreatedBy: actor.ID, CreatedAt: t.now}
		if err := in.apply(&out, t.now); err != nil {
			return err
		}
		if err := mayPrint(c, "", out.Public); err != nil {
			return err
		}
		if err := t.CreateContact(ctx, &out); err != nil {
			return err
		}
		return t.record(ctx, onContact(ActContactAdd, c, id, born(contactFields, out)))
	})
	return out, err
}

// EditContact changes a contact: mostly, what came of it.
func (d *Desk) EditContact(ctx context.Context, actor claims.Actor, claim, id string, version int64, in ContactInput) (claims.Contact, error) {
	var out claims.Contact
	err := d.onContact(ctx, actor, claim, func(t *tx, c claims.Claim) error {
		before, err := t.Contact(ctx, c.ID, clip(id, maxName))
		if err != nil {
			return err
		}
		if err := fresh("contact", id, version, before.Version); err != nil {
			return err
		}
		out = before
		if err := in.apply(&out, t.now); err != nil {
			return err
		}
		if err := t.unveilContact(ctx, before, &out); err != nil {
			return err
		}
		if err := mayPrint(c, before.Public, out.Public); err != nil {
			return err
		}
		changes := diff(contactFields, before, out)
		if len(changes) == 0 {
			return nil
		}
		if err := t.UpdateContact(ctx, &out); err != nil {
			return err
		}
		return t.record(ctx, onContact(ActContactEdit, c, id, changes))
	})
	return out, err
}

// mayPrint refuses to change what the public page will print once the claim is
// handed in: what was approved is what is published.
func mayPrint(c claims.Claim, before, after string) error {
	if before == after || c.State.Editable() {
		return nil
	}
	return frozen(c)
}

// onContact is every act on a contact: find the claim, ask policy, do.
func (d *Desk) onContact(ctx context.Context, actor claims.Actor, claim string, do func(*tx, claims.Claim) error) error {
	return d.act(ctx, actor, func(t *tx) error {
		c, err := readClaim(ctx, t, claim)
		if err != nil {
			return err
		}
		if err := claims.MayOnClaim(actor, claims.ActContact, c, t.settings); err != nil {
			return err
		}
		return do(t, c)
	})
}

func onContact(act string, c claims.Claim, id string, changes []change) entry {
	return entry{act: act, noun: "contact", id: id, article: c.Article, claim: c.ID, changes: changes}
}

func (t *tx) undoContact(ctx context.Context, e claims.Event) ([]change, error) {
	now, err := t.Contact(ctx, e.Claim, e.NounID)
	if err != nil {
		return nil, err
	}
	if e.Act == ActContactAdd {
		return gone(contactFields, now), t.DeleteContact(ctx, e.Claim, e.NounID)
	}
	back := now
	if err := restore(contactFields, &back, e); err != nil {
		return nil, err
	}
	return diff(contactFields, now, back), t.UpdateContact(ctx, &back)
}
