package workflow

import (
	"context"

	"cotejo/claims"
)

// InboxView is a page of somebody's inbox, newest first.
type InboxView struct {
	Rows   []InboxRow
	Next   string
	Unread int
	People map[string]claims.Person
}

// InboxRow is one item with the claim as its reader may see it, and who acted;
// Actor is "" for due dates and for the program itself.
type InboxRow struct {
	Item  claims.InboxItem
	Claim claims.Claim
	Check claims.Check // where the item is about one, and no claim
	Actor string
}

// inboxLimit is how many items a page holds where nothing is asked for; each is
// read with its claim.
const inboxLimit = 50

// Inbox gives a page of the actor's own inbox.
func (d *Desk) Inbox(ctx context.Context, actor claims.Actor, p claims.Page) (InboxView, error) {
	if p.Limit <= 0 {
		p.Limit = inboxLimit
	}
	var v InboxView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		v = InboxView{}
		items, next, err := r.Inbox(ctx, actor.ID, bounded(p))
		if err != nil {
			return err
		}
		v.Next = next
		for _, i := range items {
			row, err := inboxRow(ctx, r, i)
			if err != nil {
				return err
			}
			v.Rows = append(v.Rows, row)
		}
		if v.Unread, err = r.CountUnread(ctx, actor.ID); err != nil {
			return err
		}
		v.People, err = everyone(ctx, r)
		return err
	})
	return v, err
}

func inboxRow(ctx context.Context, r claims.Reader, i claims.InboxItem) (InboxRow, error) {
	row := InboxRow{Item: i}
	var err error
	if i.Check != "" {
		row.Check, err = r.CheckByID(ctx, i.Check)
	} else {
		row.Claim, err = r.Claim(ctx, i.Claim)
	}
	if err != nil || i.Event == "" {
		return row, err
	}
	e, err := r.EventByID(ctx, i.Event)
	row.Actor = e.Actor
	return row, err
}

// Unread counts what the actor has not read.
func (d *Desk) Unread(ctx context.Context, actor claims.Actor) (int, error) {
	n := 0
	err := d.view(ctx, actor, func(r claims.Reader) (err error) {
		n, err = r.CountUnread(ctx, actor.ID)
		return err
	})
	return n, err
}

// MarkRead marks items of the actor's inbox as read, all of them where ids is
// empty. No event tells of it: it is nobody else's business.
func (d *Desk) MarkRead(ctx context.Context, actor claims.Actor, ids ...string) error {
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActAccount); err != nil {
			return err
		}
		if len(ids) == 0 {
			ids = []string{""}
		}
		for _, id := range ids {
			if _, err := t.MarkInboxRead(ctx, actor.ID, clip(id, maxName), t.now); err != nil {
				return err
			}
		}
		return nil
	})
}

// mention puts a note into the inboxes of those whom it names.
func (t *tx) mention(ctx context.Context, n claims.Note) error {
	people, err := t.People(ctx)
	if err != nil {
		return err
	}
	byName := map[string]claims.Person{}
	for _, p := range people {
		if !p.Disabled {
			byName[p.Name] = p
		}
	}
	known := func(name string) bool { _, ok := byName[name]; return ok }
	for _, m := range claims.Mentions(n.Text, known) {
		if err := t.tell(ctx, claims.InboxMention, n.Claim, byName[m.Name].ID); err != nil {
			return err
		}
	}
	return nil
}

// toldOf lists which moves of a claim its people are told of.
var toldOf = map[string]claims.InboxKind{
	string(claims.ActClaimReturn): claims.InboxReturned, string(claims.ActClaimApprove): claims.InboxApproved,
	string(claims.ActClaimPublish): claims.InboxPublished,
}

// tellOfClaim puts an act on a claim into the inboxes of those whose claim it
// is: who holds it, and who handed it in.
func (t *tx) tellOfClaim(ctx context.Context, act string, before, after claims.Claim) error {
	if act == ActUndo {
		return nil
	}
	if after.Assignee != before.Assignee {
		if err := t.tell(ctx, claims.InboxAssigned, after.ID, after.Assignee); err != nil {
			return err
		}
	}
	kind, ok := toldOf[act]
	if !ok {
		return nil
	}
	return t.tell(ctx, kind, after.ID, before.Assignee, before.SubmittedBy)
}

// tell puts the act that was recorded last into people's inboxes, once each, but
// not the actor's own.
func (t *tx) tell(ctx context.Context, kind claims.InboxKind, claim string, people ...string) error {
	for _, id := range people {
		if id == "" || id == t.actor.ID {
			continue
		}
		p, err := t.Person(ctx, id)
		if missing(err) || err == nil && p.Disabled {
			continue
		}
		if err != nil {
			return err
		}
		if shown, err := t.claimShownTo(ctx, claim, p); err != nil {
			return err
		} else if !shown {
			continue
		}
		if err := t.putInbox(ctx, claims.InboxItem{Person: id, Kind: kind, Claim: claim, Event: t.lastRecorded()}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putInbox(ctx context.Context, i claims.InboxItem) error {
	id, err := t.newID()
	if err != nil {
		return err
	}
	i.ID, i.At = id, t.now
	isNew, err := t.CreateInboxItem(ctx, i)
	if err != nil || !isNew {
		return err
	}
	return t.post(ctx, i)
}

// TellDue puts claims that are due within a day into the inboxes of those who
// hold them, once for each due date, and says how many that were.
func (d *Desk) TellDue(ctx context.Context) (int, error) {
	var due []claims.InboxItem
	before := d.DueSoon()
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		due, err = r.DueUntold(ctx, before)
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = d.update(ctx, job, func(t *tx) error {
		if due, err = t.DueUntold(ctx, before); err != nil {
			return err
		}
		for _, i := range due {
			if err := t.putInbox(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
	return len(due), err
}

// lastRecorded is the event that the act in hand is told by.
func (t *tx) lastRecorded() string {
	if len(t.recorded) == 0 {
		return ""
	}
	return t.recorded[len(t.recorded)-1]
}
