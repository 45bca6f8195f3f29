package workflow_test

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

const issuer = "https://id.test"

func proved(subject, email string) workflow.Proved {
	return workflow.Proved{Issuer: issuer, Subject: subject, Email: email, Name: "Nora Vidal@id.test", Display: "Nora Vidal"}
}

func TestAnAddressTiesTheFirstSubjectThatProvesIt(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		_, err := k.SignInByIdentity(ctx, proved("7", "ana@news.test"), workflow.Arrival{})
		refused(t, "unknown", err, claims.KindUnauthenticated, "identity.unknown")
		if err := k.SetIdentity(ctx, k.eva, k.ana.ID, 1, " Ana@News.test "); err != nil {
			t.Fatal(err)
		}
		if e := k.lastEvent(); e.Act != workflow.ActPersonIdentity || tells(e, claims.SideAfter, "email") != `"ana@news.test"` {
			t.Errorf("event %+v", e)
		}
		_, err = k.SignInByIdentity(ctx, proved("7", ""), workflow.Arrival{})
		refused(t, "the address is not verified", err, claims.KindUnauthenticated, "identity.unknown")
		p, err := k.SignInByIdentity(ctx, proved("7", "ana@news.test"), workflow.Arrival{})
		if err != nil || p.ID != k.ana.ID || p.Password != "" {
			t.Fatalf("signed in as %+v, %v", p, err)
		}
		if e := k.lastEvent(); e.Act != workflow.ActSignIn || e.Actor != k.ana.ID || tells(e, claims.SideAfter, "provider") != `"`+issuer+`"` {
			t.Errorf("event %+v", e)
		}
		_, err = k.SignInByIdentity(ctx, proved("8", "ana@news.test"), workflow.Arrival{})
		refused(t, "another subject with the address", err, claims.KindUnauthenticated, "identity.unknown")
		if p, err = k.SignInByIdentity(ctx, proved("7", "ana.ruiz@elsewhere.test"), workflow.Arrival{}); err != nil || p.ID != k.ana.ID {
			t.Errorf("the subject alone counts once linked: %+v, %v", p, err)
		}
		other := proved("7", "")
		other.Issuer = "https://other.test"
		_, err = k.SignInByIdentity(ctx, other, workflow.Arrival{})
		refused(t, "another issuer's subject", err, claims.KindUnauthenticated)

		refused(t, "somebody else's address", k.SetIdentity(ctx, k.eva, k.bea.ID, 1, "ana@news.test"), claims.KindConflict, "conflict.identity")
		refused(t, "no address", k.SetIdentity(ctx, k.eva, k.bea.ID, 1, "bea"), claims.KindInvalid, "email:email.malformed")
		refused(t, "stale", k.SetIdentity(ctx, k.eva, k.ana.ID, 1, ""), claims.KindStale)
		refused(t, "by an editor", k.SetIdentity(ctx, k.luis, k.ana.ID, 2, ""), claims.KindNotAllowed)
		if err := k.SetDisabled(ctx, k.eva, k.ana.ID, 2, true); err != nil {
			t.Fatal(err)
		}
		_, err = k.SignInByIdentity(ctx, proved("7", ""), workflow.Arrival{})
		refused(t, "disabled", err, claims.KindUnauthenticated, "identity.disabled")
		if err := k.SetDisabled(ctx, k.eva, k.ana.ID, 3, false); err != nil {
			t.Fatal(err)
		}
		if err := k.SetIdentity(ctx, k.eva, k.ana.ID, 4, ""); err != nil {
			t.Fatal(err)
		}
		_, err = k.SignInByIdentity(ctx, proved("7", "ana@news.test"), workflow.Arrival{})
		refused(t, "taken away", err, claims.KindUnauthenticated, "identity.unknown")
		k.sound()
	})
}

func TestAnInviteCanBeTakenUpThroughTheProvider(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	token, invite := k.invite(workflow.NewInvite{Role: claims.RoleEditor})
	p, err := k.SignInByIdentity(ctx, proved("9", "nora@news.test"), workflow.Arrival{Invite: token})
	if err != nil || p.Role != claims.RoleEditor || p.Name != "nora.vidal" || p.Display != "Nora Vidal" {
		t.Fatalf("came in as %+v, %v", p, err)
	}
	roster, err := k.Roster(ctx, k.eva)
	if err != nil || roster.Identities[p.ID].Subject != "9" || roster.Invites[0].Person != p.ID || roster.Invites[0].ID != invite.ID {
		t.Errorf("roster %+v, %v", roster, err)
	}
	_, err = k.SignInByIdentity(ctx, proved("10", ""), workflow.Arrival{Invite: token})
	refused(t, "the invite twice", err, claims.KindGone, "invite.used")
	_, err = k.SignIn(ctx, p.Name, "", "192.0.2.1")
	refused(t, "without a password", err, claims.KindUnauthenticated, "sign_in.failed")
	nora := claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
	refused(t, "a password to change", k.ChangePassword(ctx, nora, "", secret), claims.KindInvalid, "old:password.none")
	key, _ := k.enrol(nora) // nothing to prove by: the session is enough
	if key == "" {
		t.Error("no second factor")
	}
	got, err := k.SignInByIdentity(ctx, proved("9", ""), workflow.Arrival{})
	refused(t, "the provider alone, with a second factor", err, claims.KindUnauthenticated, workflow.CodeNeeded)
	if got.ID != p.ID {
		t.Errorf("half signed in as %+v", got)
	}
	k.sound()
}

func TestNobodyComesBeforeTheFirstAdmin(t *testing.T) {
	k := empty(t)
	_, err := k.SignInByIdentity(t.Context(), proved("1", "nora@news.test"), workflow.Arrival{Newcomers: claims.RoleEditor})
	refused(t, "into an empty desk", err, claims.KindUnauthenticated, "identity.unknown")
	if needs, err := k.NeedsSetup(t.Context()); err != nil || !needs {
		t.Errorf("the desk cannot be set up any more: %v, %v", needs, err)
	}
}

func TestNewcomersGetTheConfiguredRole(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	how := workflow.Arrival{Newcomers: claims.RoleContributor}
	first, err := k.SignInByIdentity(ctx, proved("1", "nora@news.test"), how)
	if err != nil || first.Role != claims.RoleContributor {
		t.Fatalf("came in as %+v, %v", first, err)
	}
	again, err := k.SignInByIdentity(ctx, proved("1", ""), how)
	if err != nil || again.ID != first.ID {
		t.Errorf("again as %+v, %v", again, err)
	}
	who := proved("2", "nora@news.test")
	_, err = k.SignInByIdentity(ctx, who, how)
	refused(t, "an address that somebody else's identity has", err, claims.KindConflict, "conflict.identity")
	for i, tt := range []struct{ proposed, want string }{
		{"Nora Vidal", "nora.vidal2"}, {"ÑUSTA@x.test", "ñusta"}, {"--", "someone"}, {"", "someone2"}, {"<b>o</b>", "bob"},
		{strings.Repeat("a", 300), strings.Repeat("a", 60)}, {"ana", "ana2"},
	} {
		who := workflow.Proved{Issuer: issuer, Subject: "s" + string(rune('a'+i)), Name: tt.proposed, Display: long(200)}
		p, err := k.SignInByIdentity(ctx, who, how)
		if err != nil || p.Name != tt.want {
			t.Errorf("%q became %q, %v; want %q", tt.proposed, p.Name, err, tt.want)
		}
	}
	k.sound()
}
