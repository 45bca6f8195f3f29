package workflow

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
)

// Postman brings a letter to a person. An error with a method Permanent() bool
// that says true is not tried again; no error holds an address or a secret.
type Postman interface {
	Deliver(ctx context.Context, letter claims.Letter) error
}

// How mail is sent: a lease keeps other nodes from sending the same, and ends by
// itself where a node dies; one that died after sending sends twice.
const (
	mailEvery    = time.Minute
	mailLease    = 10 * time.Minute
	mailAttempts = 8
	mailPause    = time.Minute // after the first failure; doubled after each further one
	maxLetters   = 50          // a round
	maxProblem   = 200
)

// MailWish is where somebody wants to be sent what comes into their inbox, and
// which kinds of it.
type MailWish struct {
	Address string
	Kinds   []claims.InboxKind
}

// MailWish gives the actor's own wish.
func (d *Desk) MailWish(ctx context.Context, actor claims.Actor) (MailWish, error) {
	var out MailWish
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) error {
		p, err := r.Person(ctx, actor.ID)
		out = MailWish{Address: p.Mail, Kinds: p.MailKinds}
		return err
	})
	return out, err
}

// SetMail says where the actor wants to be sent what; an address of "" is nothing.
func (d *Desk) SetMail(ctx context.Context, actor claims.Actor, in MailWish) error {
	return d.changeSelf(ctx, actor, ActPersonMail, func(_ *tx, p *claims.Person) error {
		address := strings.TrimSpace(in.Address)
		if err := checkEmail(address); err != nil {
			return err
		}
		p.Mail, p.MailKinds = address, []claims.InboxKind{}
		for _, kind := range in.Kinds {
			if !kind.Valid() {
				return claims.Invalid("kinds", "inbox.kind_unknown", clip(string(kind), maxName))
			}
		}
		for _, kind := range claims.InboxKinds {
			if slices.Contains(in.Kinds, kind) {
				p.MailKinds = append(p.MailKinds, kind)
			}
		}
		return nil
	})
}

// post puts an inbox item on its way to who wants it by e-mail.
func (t *tx) post(ctx context.Context, i claims.InboxItem) error {
	p, err := t.Person(ctx, i.Person)
	if err != nil || !t.posts || p.Mail == "" || !slices.Contains(p.MailKinds, i.Kind) {
		return err
	}
	return t.CreateMail(ctx, claims.Mail{Item: i.ID, Person: p.ID, NextAt: t.now})
}

// SendMails sends what waits, a letter a person, and says how many letters went.
// It stops at a failure that may pass, so that a server that hangs is not asked
// once for each.
func (d *Desk) SendMails(ctx context.Context) (sent int, err error) {
	for sent < maxLetters {
		mails, letter, err := d.leaseLetter(ctx)
		if err != nil || len(mails) == 0 {
			return sent, err
		}
		if letter.To != "" {
			err = d.postman.Deliver(ctx, letter)
		}
		if settled := d.settleMails(context.WithoutCancel(ctx), mails, err); settled != nil {
			return sent, settled
		}
		if err != nil && !permanent(err) {
			return sent, err
		}
		if err == nil {
			sent++
		}
	}
	return sent, nil
}

// leaseLetter takes all that waits for one person and puts it into a letter.
func (d *Desk) leaseLetter(ctx context.Context) (mails []claims.Mail, letter claims.Letter, err error) {
	err = d.update(ctx, job, func(t *tx) error {
		if mails, err = t.LeaseMails(ctx, t.now, t.now.Add(mailLease)); err != nil || len(mails) == 0 {
			return err
		}
		p, err := t.Person(ctx, mails[0].Person)
		if err != nil {
			return err
		}
		base := d.address(t.settings)
		letter = claims.Letter{Language: p.Language, Newsroom: t.settings.Newsroom, Account: base.JoinPath("account").String()}
		if letter.Language == "" {
			letter.Language = t.settings.Language
		}
		if !p.Disabled {
			letter.To = p.Mail
		}
		for _, m := range mails {
			i, err := t.InboxItem(ctx, m.Item)
			if err != nil {
				return err
			}
			letter.Lines = append(letter.Lines, claims.LetterLine{Kind: i.Kind, Claim: i.Claim, Link: itemLink(base, i)})
		}
		return nil
	})
	return mails, letter, err
}

// itemLink leads to what an item is about.
func itemLink(base *url.URL, i claims.InboxItem) string {
	if i.Check != "" {
		return base.JoinPath("checks", i.Check, "edit").String()
	}
	return base.JoinPath("claims", i.Claim).String()
}

// settleMails forgets what was sent and says when to try the rest again.
func (d *Desk) settleMails(ctx context.Context, mails []claims.Mail, failure error) error {
	return d.update(ctx, job, func(t *tx) error {
		for _, m := range mails {
			if failure == nil {
				if err := t.DeleteMail(ctx, m.Item); err != nil {
					return err
				}
				continue
			}
			m.Problem = clip(failure.Error(), maxProblem)
			m.GaveUp = permanent(failure) || m.Attempts >= mailAttempts
			m.NextAt = t.now.Add(mailPause << (m.Attempts - 1))
			if err := t.UpdateMail(ctx, m); err != nil {
				return err
			}
			d.log.WarnContext(ctx, "an e-mail was not sent", "person", m.Person, "claim_item", m.Item, "attempt", m.Attempts, "gave_up", m.GaveUp, "err", failure)
		}
		return nil
	})
}

func permanent(err error) bool {
	var p interface{ Permanent() bool }
	return errors.As(err, &p) && p.Permanent()
}

// deliver sends what waits until ctx ends.
func (d *Desk) deliver(ctx context.Context) {
	tick := time.NewTicker(mailEvery)
	defer tick.Stop()
	for {
		if _, err := d.SendMails(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.WarnContext(ctx, "e-mail waits", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// MailState is how e-mail goes, for admins; addresses are left out.
type MailState struct {
	On      bool // a server is configured
	Waiting int  // at most 200 are counted
	Failed  []claims.Mail
	People  map[string]claims.Person
}

// MailState tells how e-mail goes.
func (d *Desk) MailState(ctx context.Context, actor claims.Actor) (MailState, error) {
	var out MailState
	err := d.look(ctx, actor, claims.ActSettings, func(r claims.Reader) error {
		out = MailState{On: d.postman != nil}
		mails, err := r.Mails(ctx)
		if err != nil {
			return err
		}
		for _, m := range mails {
			if !m.GaveUp {
				out.Waiting++
			}
			if m.Problem != "" {
				out.Failed = append(out.Failed, m)
			}
		}
		out.People, err = everyone(ctx, r)
		return err
	})
	return out, err
}

// SendsMail reports whether the desk was given somebody who brings letters.
func (d *Desk) SendsMail() bool { return d.postman != nil }
