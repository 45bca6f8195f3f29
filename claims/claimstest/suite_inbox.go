package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

func runInbox(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana, luis := PutPerson(t, store, "ana", claims.RoleChecker), PutPerson(t, store, "luis", claims.RoleEditor)
	c := PutClaim(t, store, PutArticle(t, store, "Uno").ID, nil)
	item := func(id, person, event string, after time.Duration) claims.InboxItem {
		return claims.InboxItem{ID: id, Person: person, Kind: claims.InboxMention, Claim: c.ID, Event: event, At: Start.Add(after)}
	}
	first, second, third := item("X1", ana.ID, "E1", 0), item("X2", ana.ID, "E2", time.Hour), item("X3", ana.ID, "E3", time.Hour)
	third.Kind, third.Event, third.Due = claims.InboxDue, "", Start.Add(24*time.Hour)
	other := item("X4", luis.ID, "E1", 0)
	// The inbox follows from the history and from due dates: no event beside it.
	put := func(i claims.InboxItem, want bool) {
		t.Helper()
		if err := store.Update(ctx, func(w claims.Writer) error {
			got, err := w.CreateInboxItem(ctx, i)
			equal(t, "new", want, got)
			return err
		}); err != nil {
			t.Errorf("an inbox item asks for no event: %v", err)
		}
	}
	for _, i := range []claims.InboxItem{first, second, third, other} {
		put(i, true)
	}
	twin := third
	twin.ID = "X9"
	put(twin, false)
	refused(t, store, "item of no claim", claims.KindNotFound, func(w claims.Writer) error {
		_, err := w.CreateInboxItem(ctx, claims.InboxItem{ID: "X8", Person: ana.ID, Claim: "NOPE00", Kind: claims.InboxDue})
		return err
	})
	Read(t, store, func(r claims.Reader) error {
		page, next, err := r.Inbox(ctx, ana.ID, claims.Page{Limit: 2})
		equal(t, "newest", []claims.InboxItem{third, second}, page)
		rest, last, err2 := r.Inbox(ctx, ana.ID, claims.Page{Limit: 2, Cursor: next})
		equal(t, "the rest", []claims.InboxItem{first}, rest)
		equal(t, "last cursor", "", last)
		n, err3 := r.CountUnread(ctx, ana.ID)
		equal(t, "unread", 3, n)
		return errors.Join(err, err2, err3)
	})
	at := Start.Add(2 * time.Hour)
	mark := func(person, id string) (n int64, err error) {
		err = store.Update(ctx, func(w claims.Writer) error { n, err = w.MarkInboxRead(ctx, person, id, at); return err })
		return n, err
	}
	if _, err := mark(luis.ID, "X1"); claims.KindOf(err) != claims.KindNotFound {
		t.Errorf("somebody else's item: %v", err)
	}
	if n, err := mark(ana.ID, "X1"); err != nil || n != 1 {
		t.Errorf("%v: %d marked", err, n)
	}
	if n, err := mark(ana.ID, "X1"); err != nil || n != 0 {
		t.Errorf("%v: %d marked again", err, n)
	}
	if err := store.Update(ctx, func(w claims.Writer) error { return errors.Join(w.DeleteUnread(ctx, "E1"), w.DeleteUnread(ctx, "")) }); err != nil {
		t.Error(err)
	}
	Read(t, store, func(r claims.Reader) error { // X1 was read and stays, X4 goes
		mine, _, err := r.Inbox(ctx, ana.ID, claims.Page{})
		first.ReadAt = at
		equal(t, "what is left", []claims.InboxItem{third, second, first}, mine)
		n, err2 := r.CountUnread(ctx, luis.ID)
		equal(t, "unread of luis", 0, n)
		return errors.Join(err, err2)
	})
	if n, err := mark(ana.ID, ""); err != nil || n != 2 {
		t.Errorf("%v: %d marked of all", err, n)
	}
	runDueUntold(t, store, ana)
	runMails(t, store, ana, luis, c)
}

func runDueUntold(t *testing.T, store claims.Store, ana claims.Person) {
	ctx := t.Context()
	a := PutArticle(t, store, "Dos")
	due := func(after time.Duration, state claims.State, assignee string) claims.Claim {
		return PutClaim(t, store, a.ID, func(c *claims.Claim) {
			at := Start.Add(after)
			c.Due, c.State, c.Assignee = &at, state, assignee
		})
	}
	soon := due(time.Hour, claims.StateInCheck, ana.ID)
	due(48*time.Hour, claims.StateInCheck, ana.ID)
	due(time.Hour, claims.StateSubmitted, ana.ID)
	due(time.Hour, claims.StateOpen, "")
	want := claims.InboxItem{Person: ana.ID, Kind: claims.InboxDue, Claim: soon.ID, Due: *soon.Due}
	untold := func(want ...claims.InboxItem) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			got, err := r.DueUntold(ctx, Start.Add(24*time.Hour))
			equal(t, "due and untold", want, got)
			return err
		})
	}
	untold(want)
	told := want
	told.ID, told.At = "X7", Start
	if err := store.Update(ctx, func(w claims.Writer) error { _, err := w.CreateInboxItem(ctx, told); return err }); err != nil {
		t.Fatal(err)
	}
	untold()
}

func runMails(t *testing.T, store claims.Store, ana, luis claims.Person, c claims.Claim) {
	ctx := t.Context()
	update := func(fn func(w claims.Writer) error) {
		t.Helper()
		if err := store.Update(ctx, fn); err != nil {
			t.Errorf("mail asks for no event: %v", err)
		}
	}
	put := func(w claims.Writer, id, person, event string, next time.Time) error {
		_, err := w.CreateInboxItem(ctx, claims.InboxItem{ID: id, Person: person, Kind: claims.InboxMention, Claim: c.ID, Event: event, At: Start})
		return errors.Join(err, w.CreateMail(ctx, claims.Mail{Item: id, Person: person, NextAt: next}))
	}
	update(func(w claims.Writer) error {
		return errors.Join(put(w, "M1", ana.ID, "F1", Start), put(w, "M2", luis.ID, "F1", Start.Add(time.Minute)), put(w, "M3", ana.ID, "F2", Start.Add(2*time.Minute)),
			put(w, "M4", ana.ID, "F3", Start), put(w, "M5", luis.ID, "F4", Start.Add(time.Hour)))
	})
	now, until := Start.Add(3*time.Minute), Start.Add(13*time.Minute)
	lease := func(want ...claims.Mail) {
		t.Helper()
		update(func(w claims.Writer) error {
			got, err := w.LeaseMails(ctx, now, until)
			equal(t, "leased", want, got)
			return err
		})
	}
	update(func(w claims.Writer) error { _, err := w.MarkInboxRead(ctx, ana.ID, "M4", now); return err })
	m1 := claims.Mail{Item: "M1", Person: ana.ID, Attempts: 1, NextAt: until}
	lease(m1, claims.Mail{Item: "M3", Person: ana.ID, Attempts: 1, NextAt: until})
	lease(claims.Mail{Item: "M2", Person: luis.ID, Attempts: 1, NextAt: until})
	lease()
	m1.GaveUp, m1.Problem = true, "no"
	update(func(w claims.Writer) error {
		return errors.Join(w.UpdateMail(ctx, m1), w.DeleteMail(ctx, "M3"), w.DeleteUnread(ctx, "F1"), w.UpdateMail(ctx, m1))
	})
	Read(t, store, func(r claims.Reader) error {
		left, err := r.Mails(ctx)
		equal(t, "mails left", []claims.Mail{{Item: "M5", Person: luis.ID, NextAt: Start.Add(time.Hour)}}, left)
		return err
	})
}
