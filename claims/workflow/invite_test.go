package workflow_test

import (
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func (k *kit) invite(in workflow.NewInvite) (string, claims.Invite) {
	k.Helper()
	token, invite, err := k.CreateInvite(k.Context(), k.eva, in)
	if err != nil {
		k.Fatal(err)
	}
	return token, invite
}

func TestAnInviteLetsOnePersonIn(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		token, invite := k.invite(workflow.NewInvite{Role: claims.RoleEditor, Name: " Nora ", Display: "Nora  Vidal"})
		if invite.Hash != "" || invite.Name != "nora" || invite.Display != "Nora Vidal" || !invite.ExpiresAt.Equal(invite.CreatedAt.Add(7*24*time.Hour)) {
			t.Errorf("invite %+v", invite)
		}
		made := k.lastEvent()
		for _, v := range made.Values {
			if strings.Contains(v.JSON, token) {
				t.Errorf("the history knows the token: %+v", v)
			}
		}
		if shown, err := k.Invited(ctx, token, "192.0.2.1"); err != nil || shown.Role != claims.RoleEditor || shown.Hash != "" {
			t.Errorf("the link shows %+v, %v", shown, err)
		}
		_, err := k.AcceptInvite(ctx, token, workflow.NewPerson{Name: "nora", Password: "corta"}, "192.0.2.1")
		refused(t, "a short password", err, claims.KindInvalid, "password:auth.password_short")
		_, err = k.AcceptInvite(ctx, token, workflow.NewPerson{Name: "ana", Password: secret}, "192.0.2.1")
		refused(t, "a name that is taken", err, claims.KindConflict, "conflict.person")
		p, err := k.AcceptInvite(ctx, token, workflow.NewPerson{Name: "Nora.V", Password: secret, Role: claims.RoleAdmin, Language: "es"}, "192.0.2.1")
		if err != nil || p.Role != claims.RoleEditor || p.Name != "nora.v" || p.Password != "" {
			t.Fatalf("came in as %+v, %v", p, err)
		}
		if e := k.lastEvent(); e.Act != workflow.ActPersonJoin || e.Actor != p.ID || tells(e, claims.SideAfter, "invite") != `"`+invite.ID+`"` {
			t.Errorf("event %+v", e)
		}
		if in, err := k.SignIn(ctx, "nora.v", secret, "192.0.2.1"); err != nil || in.ID != p.ID {
			t.Errorf("signed in as %+v, %v", in, err)
		}
		_, err = k.AcceptInvite(ctx, token, workflow.NewPerson{Name: "otra", Password: secret}, "192.0.2.1")
		refused(t, "twice", err, claims.KindGone, "invite.used")
		refused(t, "revoked after use", k.RevokeInvite(ctx, k.eva, invite.ID), claims.KindGone, "invite.used")
		_, err = k.Undo(ctx, k.eva, made.ID)
		refused(t, "undone after use", err, claims.KindConflict, "invite.used")
		roster, err := k.Roster(ctx, k.eva)
		if err != nil || len(roster.Invites) != 1 || roster.Invites[0].Person != p.ID || roster.Invites[0].State(roster.Now) != claims.InviteUsed || roster.Invites[0].Hash != "" {
			t.Errorf("listed %+v, %v", roster.Invites, err)
		}
		k.sound()
	})
}

func TestInvitesEnd(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	late, _ := k.invite(workflow.NewInvite{Role: claims.RoleChecker, Days: 1})
	revoked, invite := k.invite(workflow.NewInvite{Role: claims.RoleChecker})
	if err := k.RevokeInvite(ctx, k.eva, invite.ID); err != nil {
		t.Fatal(err)
	}
	revoking := k.lastEvent()
	refused(t, "revoked twice", k.RevokeInvite(ctx, k.eva, invite.ID), claims.KindGone, "invite.revoked")
	k.clock.Advance(25 * time.Hour)
	for token, key := range map[string]string{late: "invite.expired", revoked: "invite.revoked", strings.Repeat("x", 43): "invite.unknown", "": "invite.unknown", "a b": "invite.unknown"} {
		kind := claims.KindGone
		if key == "invite.unknown" {
			kind = claims.KindNotFound
		}
		_, err := k.Invited(ctx, token, "192.0.2.1")
		refused(t, key, err, kind, key)
		_, err = k.AcceptInvite(ctx, token, workflow.NewPerson{Name: "x", Password: secret}, "192.0.2.1")
		refused(t, key, err, kind, key)
	}
	if _, err := k.Undo(ctx, k.eva, revoking.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Invited(ctx, revoked, "192.0.2.1"); err != nil {
		t.Errorf("the revoking was undone, and the link does not open: %v", err)
	}
	open, _ := k.invite(workflow.NewInvite{Role: claims.RoleContributor})
	if _, err := k.Undo(ctx, k.eva, k.lastEvent().ID); err != nil {
		t.Fatal(err)
	}
	_, err := k.Invited(ctx, open, "192.0.2.1")
	refused(t, "undone", err, claims.KindGone, "invite.revoked")
	k.sound()
}

func TestOnlyAdminsInvite(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	_, invite := k.invite(workflow.NewInvite{Role: claims.RoleChecker})
	for _, actor := range []claims.Actor{k.carla, k.ana, k.luis} {
		_, _, err := k.CreateInvite(ctx, actor, workflow.NewInvite{Role: claims.RoleContributor})
		refused(t, "made by "+actor.Name, err, claims.KindNotAllowed, "not_allowed.people")
		refused(t, "revoked by "+actor.Name, k.RevokeInvite(ctx, actor, invite.ID), claims.KindNotAllowed)
		_, err = k.Roster(ctx, actor)
		refused(t, "listed by "+actor.Name, err, claims.KindNotAllowed)
		events, _, err := k.Events(ctx, actor, claims.EventFilter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Noun == "invite" {
				t.Errorf("%s sees %+v", actor.Name, e)
			}
		}
	}
	for key, in := range map[string]workflow.NewInvite{
		"role:role.unknown": {Role: "boss"}, "name:person.name_malformed": {Role: claims.RoleChecker, Name: "ana maría"},
		"days:number.out_of_range": {Role: claims.RoleChecker, Days: 91}, "display:text.too_long": {Role: claims.RoleChecker, Display: long(101)},
	} {
		_, _, err := k.CreateInvite(ctx, k.eva, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, _, err := k.CreateInvite(ctx, k.eva, workflow.NewInvite{Role: claims.RoleChecker, Name: "ana"})
	refused(t, "for a name that is taken", err, claims.KindConflict, "conflict.person")
}

func TestOpeningLinksIsSlowedDown(t *testing.T) {
	k := newKit(t)
	var err error
	for range 40 {
		_, err = k.Invited(t.Context(), strings.Repeat("x", 43), "192.0.2.1")
	}
	refused(t, "the fortieth try", err, claims.KindBusy, "auth.too_many")
}

func TestSigningSomebodyElseOut(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	key := k.session(k.ana, time.Hour)
	refused(t, "by an editor", k.SignOutPerson(ctx, k.luis, k.ana.ID), claims.KindNotAllowed)
	refused(t, "nobody", k.SignOutPerson(ctx, k.eva, "NOBODY"), claims.KindNotFound)
	if err := k.SignOutPerson(ctx, k.eva, k.ana.ID); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActPersonSignOut || e.Actor != k.eva.ID || e.NounID != k.ana.ID {
		t.Errorf("event %+v", e)
	}
	_, _, err := k.ActorForSession(ctx, key)
	refused(t, "the session", err, claims.KindUnauthenticated)
}
