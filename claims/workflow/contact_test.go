package workflow_test

import (
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func TestAContactIsAskedAnsweredAndUndone(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	in := workflow.ContactInput{Whom: " La  Alcaldía ", Question: "¿Cuántas?", Deadline: "2025-11-03"}
	asked, err := k.AddContact(t.Context(), k.ana, c.ID, in)
	if err != nil || asked.Whom != "La Alcaldía" || asked.Means != claims.MeansEmail || !asked.Waiting() || asked.AskedAt.IsZero() || asked.Deadline == nil {
		t.Fatalf("%v: %+v", err, asked)
	}
	in.Answer, in.Public = "Doce.", "La alcaldía dice que fueron doce."
	answered, err := k.EditContact(t.Context(), k.bea, c.ID, asked.ID, asked.Version, in)
	if err != nil || answered.AnsweredAt == nil || answered.Waiting() {
		t.Fatalf("%v: %+v", err, answered)
	}
	_, err = k.EditContact(t.Context(), k.ana, c.ID, asked.ID, asked.Version, in)
	refused(t, "stale", err, claims.KindStale, "stale.contact")
	seq := k.seq()
	if _, err := k.EditContact(t.Context(), k.ana, c.ID, asked.ID, answered.Version, in); err != nil || k.seq() != seq {
		t.Errorf("%v: nothing changed, and yet the history grew", err)
	}
	if err := k.undo(k.bea); err != nil {
		t.Fatal(err)
	}
	v, err := k.Claim(t.Context(), k.ana, c.ID)
	if err != nil || len(v.Contacts) != 1 || v.Contacts[0].Answer != "" || !v.Contacts[0].Waiting() {
		t.Errorf("%v: %+v", err, v.Contacts)
	}
	if _, err := k.Undo(t.Context(), k.ana, v.Undo.ID); err != nil {
		t.Fatal(err)
	}
	if v, err := k.Claim(t.Context(), k.ana, c.ID); err != nil || len(v.Contacts) != 0 {
		t.Errorf("%v: %+v", err, v.Contacts)
	}
	k.sound()
}

func TestContactsThatAreRefused(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	_, err := k.AddContact(t.Context(), k.ana, c.ID, workflow.ContactInput{Means: "pigeon", Deadline: "soon"})
	refused(t, "nothing said", err, claims.KindInvalid, "whom:text.missing", "question:text.missing", "means:contact.means_unknown", "deadline:date.malformed")
	_, err = k.AddContact(t.Context(), k.carla, c.ID, workflow.ContactInput{Whom: "x", Question: "y"})
	refused(t, "a contributor", err, claims.KindNotAllowed)
	_, err = k.EditContact(t.Context(), k.ana, c.ID, "NONE", 1, workflow.ContactInput{Whom: "x", Question: "y"})
	refused(t, "no such contact", err, claims.KindNotFound)
}

// TestWhatIsPrintedIsFrozenWithTheVerdict: an answer can come any time, its
// sentence on the public page only while the claim is open.
func TestWhatIsPrintedIsFrozenWithTheVerdict(t *testing.T) {
	k := newKit(t)
	c := k.move(k.ana, k.claim(claims.StateOpen), to(claims.StateInCheck))
	in := workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántas?", Public: "La alcaldía no contestó.", Closed: true}
	asked, err := k.AddContact(t.Context(), k.ana, c.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	c = k.approved(k.again(c))
	in.Answer = "Doce."
	late, err := k.EditContact(t.Context(), k.ana, c.ID, asked.ID, asked.Version, in)
	if err != nil || late.Closed {
		t.Fatalf("an answer that came late: %v, %+v", err, late)
	}
	in.Public = "Otra cosa."
	_, err = k.EditContact(t.Context(), k.ana, c.ID, asked.ID, late.Version, in)
	refused(t, "another sentence", err, claims.KindIllegalMove, "claim.frozen")
	k.move(k.luis, k.again(c), to(claims.StatePublished))
	public, err := k.PublicClaim(t.Context(), c.ID, 0)
	if err != nil || len(public.Document.Replies) != 1 || public.Document.Replies[0] != "La alcaldía no contestó." {
		t.Errorf("%v: %q", err, public.Document.Replies)
	}
	if late.AnsweredAt.Before(asked.AskedAt) {
		t.Error("answered before it was asked")
	}
	k.sound()
}

// TestWhoIsAskedTodayIsNotAskedTonight: a day counts to its end, but not beyond now.
func TestWhoIsAskedTodayIsNotAskedTonight(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateInCheck)
	today := k.clock.Now().UTC().Format(time.DateOnly)
	got := must(k.AddContact(t.Context(), k.ana, c.ID, workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántos?", AskedAt: today, Deadline: today, Answer: "Doce.", AnsweredAt: today}))
	if now := k.clock.Now(); got.AskedAt.After(now) || got.AnsweredAt.After(now) || got.Deadline.Before(now) {
		t.Errorf("asked at %s, answered at %s, until %s: it is %s", got.AskedAt, got.AnsweredAt, got.Deadline, now)
	}
}
