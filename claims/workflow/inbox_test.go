package workflow_test

import (
	"slices"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// inbox lists the kinds in somebody's inbox, newest first; read ones in brackets.
func (k *kit) inbox(actor claims.Actor) []string {
	k.Helper()
	v, err := k.Inbox(k.Context(), actor, claims.Page{})
	if err != nil {
		k.Fatal(err)
	}
	var out []string
	for _, r := range v.Rows {
		kind := string(r.Item.Kind)
		if !r.Item.Unread() {
			kind = "(" + kind + ")"
		}
		out = append(out, kind)
	}
	return out
}

func (k *kit) wantInbox(actor claims.Actor, want ...string) {
	k.Helper()
	if got := k.inbox(actor); !slices.Equal(got, want) {
		k.Errorf("the inbox of %s holds %v, want %v", actor.Name, got, want)
	}
}

func TestANoteMentionsWhoeverCanSignIn(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		gone := claimstest.PutPerson(t, k.store, "gone", claims.RoleChecker)
		if err := k.SetDisabled(t.Context(), k.eva, gone.ID, gone.Version, true); err != nil {
			t.Fatal(err)
		}
		c := k.claim(claims.StateOpen)
		if _, err := k.AddNote(t.Context(), k.ana, c.ID, "@ana @BEA, mira. @bea @gone @nadie x@luis"); err != nil {
			t.Fatal(err)
		}
		k.wantInbox(k.ana)
		k.wantInbox(k.bea, "mention")
		k.wantInbox(k.luis)
		k.wantInbox(claims.Actor{ID: gone.ID, Role: claims.RoleChecker})
		v, err := k.Inbox(t.Context(), k.bea, claims.Page{})
		if err != nil || v.Rows[0].Actor != k.ana.ID || v.Rows[0].Claim.ID != c.ID || v.Unread != 1 {
			t.Errorf("%v: %+v", err, v)
		}
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		k.wantInbox(k.bea)

		if _, err := k.AddNote(t.Context(), k.ana, c.ID, "@bea"); err != nil {
			t.Fatal(err)
		}
		refused(t, "another's item", k.MarkRead(t.Context(), k.luis, "0000000000"), claims.KindNotFound)
		before := k.seq()
		if err := k.MarkRead(t.Context(), k.bea); err != nil || k.seq() != before {
			t.Errorf("%v: marking read wrote %d events", err, k.seq()-before)
		}
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		k.wantInbox(k.bea, "(mention)")
		refused(t, "a token of read scope", k.MarkRead(t.Context(), claims.Actor{ID: k.bea.ID, Role: claims.RoleChecker, ReadOnly: true}), claims.KindNotAllowed)
		k.sound()
	})
}

func TestPeopleAreToldOfTheirClaims(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	c, err := k.EditClaim(t.Context(), k.luis, c.ID, c.Version, workflow.ClaimPatch{Assignee: &k.ana.ID})
	if err != nil {
		t.Fatal(err)
	}
	k.wantInbox(k.ana, "assigned")
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	k.wantInbox(k.ana)
	c = k.move(k.ana, k.again(c), to(claims.StateInCheck))
	k.wantInbox(k.ana)
	c = k.judge(k.ana, c, verdict)
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	c = k.move(k.luis, c, because(claims.StateReturned, "Falta una fuente."))
	k.wantInbox(k.ana, "returned")
	c = k.move(k.ana, c, to(claims.StateInCheck))
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	c = k.move(k.luis, c, to(claims.StateApproved))
	k.move(k.luis, c, workflow.MoveInput{To: claims.StatePublished, Note: "Gracias, @ana."})
	got := k.inbox(k.ana)
	slices.Sort(got[:2]) // of the same moment
	if want := []string{"mention", "published", "approved", "returned"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	k.wantInbox(k.luis)
}

func TestDueDatesAreToldOnce(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		due := k.clock.Now().Add(30 * time.Hour)
		c := k.claim(claims.StateOpen, func(c *claims.Claim) { c.Assignee, c.Due = k.ana.ID, &due })
		tell := func(want int) {
			t.Helper()
			if n, err := k.TellDue(t.Context()); err != nil || n != want {
				t.Errorf("%v: told of %d, want %d", err, n, want)
			}
		}
		tell(0)
		k.clock.Advance(8 * time.Hour)
		tell(1)
		tell(0)
		k.wantInbox(k.ana, "due")
		later := k.clock.Now().Add(20 * time.Hour).Format(time.RFC3339)
		if _, err := k.EditClaim(t.Context(), k.ana, c.ID, c.Version, workflow.ClaimPatch{Due: &later}); err != nil {
			t.Fatal(err)
		}
		tell(1)
		k.wantInbox(k.ana, "due", "due")
	})
}
