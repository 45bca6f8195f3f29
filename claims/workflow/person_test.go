package workflow_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

const (
	secret  = "tres puentes y un río"
	another = "cuatro molinos al viento"
)

// empty is a desk on which nobody is.
func empty(t *testing.T) *kit {
	t.Helper()
	k := &kit{T: t, store: openStore(t, filepath.Join(t.TempDir(), "empty.db")), clock: claimstest.NewClock()}
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}})
	return k
}

func TestSettingUp(t *testing.T) {
	k := empty(t)
	ctx := t.Context()
	if needs, err := k.NeedsSetup(ctx); err != nil || !needs {
		t.Fatalf("an empty desk needs no set-up: %v", err)
	}
	_, err := k.SetUp(ctx, workflow.NewPerson{Name: "eva", Password: "corta"})
	refused(t, "a short password", err, claims.KindInvalid, "password:auth.password_short")
	p, err := k.SetUp(ctx, workflow.NewPerson{Name: " Eva ", Display: "Eva  Ruiz", Password: secret, Role: claims.RoleContributor, Language: "es"})
	if err != nil || p.Name != "eva" || p.Display != "Eva Ruiz" || p.Role != claims.RoleAdmin || p.Password != "" || p.Version != 1 {
		t.Fatalf("set up %+v, %v", p, err)
	}
	if needs, err := k.NeedsSetup(ctx); err != nil || needs {
		t.Errorf("it still needs set-up: %v", err)
	}
	_, err = k.SetUp(ctx, workflow.NewPerson{Name: "otra", Password: secret})
	refused(t, "twice", err, claims.KindConflict, "setup.done")
	signed, err := k.SignIn(ctx, "EVA", secret, "192.0.2.1")
	if err != nil || signed.ID != p.ID {
		t.Errorf("signed in as %+v, %v", signed, err)
	}
	k.eva = claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
	events, people, err := k.Events(ctx, k.eva, claims.EventFilter{})
	if err != nil || len(events) != 2 || events[0].Act != workflow.ActSetUp || events[0].Actor != p.ID || events[1].Act != workflow.ActSignIn || people[p.ID].Password != "" {
		t.Errorf("events %+v, people %+v, %v", events, people, err)
	}
	for _, v := range events[0].Values {
		if strings.Contains(v.JSON, "argon2id") || strings.Contains(v.JSON, "puentes") {
			t.Errorf("the history knows the password: %+v", v)
		}
	}
}

// add gives somebody an account with a real password.
func (k *kit) add(name string, role claims.Role) (claims.Person, claims.Actor) {
	k.Helper()
	p, err := k.AddPerson(k.Context(), k.eva, workflow.NewPerson{Name: name, Password: secret, Role: role})
	if err != nil {
		k.Fatal(err)
	}
	return p, claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
}

func TestAddingPeople(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	p, _ := k.add("íñigo", claims.RoleChecker)
	if p.Password != "" || p.Role != claims.RoleChecker {
		t.Errorf("added %+v", p)
	}
	for key, in := range map[string]workflow.NewPerson{
		"name:text.missing":            {Password: secret, Role: claims.RoleChecker},
		"name:person.name_malformed":   {Name: "ana maría", Password: secret, Role: claims.RoleChecker},
		"name:text.too_long":           {Name: strings.Repeat("a", 101), Password: secret, Role: claims.RoleChecker},
		"role:role.unknown":            {Name: "x", Password: secret, Role: "boss"},
		"password:auth.password_short": {Name: "x", Password: "123", Role: claims.RoleChecker},
		"language:language.unknown":    {Name: "x", Password: secret, Role: claims.RoleChecker, Language: "qq"},
	} {
		_, err := k.AddPerson(ctx, k.eva, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, err := k.AddPerson(ctx, k.eva, workflow.NewPerson{Name: "ANA", Password: secret, Role: claims.RoleChecker})
	refused(t, "a name that is taken", err, claims.KindConflict)
	_, err = k.AddPerson(ctx, k.luis, workflow.NewPerson{Name: "x", Password: secret, Role: claims.RoleChecker})
	refused(t, "by an editor", err, claims.KindNotAllowed)
	_, err = k.People(ctx, k.luis)
	refused(t, "listed by an editor", err, claims.KindNotAllowed)
	people, err := k.People(ctx, k.eva)
	if err != nil || len(people) != 7 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	for _, p := range people {
		if p.Password != "" {
			t.Errorf("%s comes with the password", p.Name)
		}
	}
	if needs, err := k.NeedsSetup(ctx); err != nil || needs {
		t.Errorf("needs set-up: %v, %v", needs, err)
	}
}

func TestRolesAndTheLastAdmin(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	if err := k.SetRole(ctx, k.eva, k.ana.ID, 1, claims.RoleEditor); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActPersonRole || tells(e, claims.SideBefore, "role") != `"checker"` || tells(e, claims.SideAfter, "role") != `"editor"` {
		t.Errorf("event %+v", e)
	}
	refused(t, "stale", k.SetRole(ctx, k.eva, k.ana.ID, 1, claims.RoleChecker), claims.KindStale, "stale.person")
	refused(t, "no such role", k.SetRole(ctx, k.eva, k.ana.ID, 2, "boss"), claims.KindInvalid, "role:role.unknown")
	refused(t, "no such person", k.SetRole(ctx, k.eva, "NOBODY", 1, claims.RoleAdmin), claims.KindNotFound)
	refused(t, "by an editor", k.SetRole(ctx, k.luis, k.ana.ID, 2, claims.RoleAdmin), claims.KindNotAllowed)
	refused(t, "the last admin demoted", k.SetRole(ctx, k.eva, k.eva.ID, 1, claims.RoleEditor), claims.KindConflict, "person.last_admin")
	refused(t, "the last admin disabled", k.SetDisabled(ctx, k.eva, k.eva.ID, 1, true), claims.KindConflict, "person.last_admin")
	if err := k.SetRole(ctx, k.eva, k.olga.ID, 1, claims.RoleAdmin); err != nil {
		t.Fatal(err)
	}
	if err := k.SetDisabled(ctx, k.eva, k.olga.ID, 2, true); err != nil {
		t.Fatal(err)
	}
	refused(t, "an admin who cannot sign in does not count", k.SetRole(ctx, k.eva, k.eva.ID, 1, claims.RoleEditor), claims.KindConflict, "person.last_admin")
	if err := k.SetDisabled(ctx, k.eva, k.olga.ID, 3, false); err != nil {
		t.Fatal(err)
	}
	if err := k.SetRole(ctx, k.eva, k.eva.ID, 1, claims.RoleEditor); err != nil {
		t.Errorf("with another admin there: %v", err)
	}
	k.sound()
}

func TestSigningIn(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	var log bytes.Buffer
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	p, _ := k.add("nora", claims.RoleChecker)
	before := k.seq()
	for what, try := range map[string][2]string{
		"a wrong password": {"nora", another}, "nobody's name": {"nobody", secret}, "no name": {"", secret}, "no password": {"nora", ""},
		"a name that is none": {"'; DROP TABLE persons", secret}, "an endless password": {"nora", long(100000)},
	} {
		_, err := k.SignIn(ctx, try[0], try[1], "192.0.2."+what[:1])
		refused(t, what, err, claims.KindUnauthenticated, "sign_in.failed")
	}
	if k.seq() != before {
		t.Error("a failure stands in the history")
	}
	if text := log.String(); !strings.Contains(text, "name=nora") || strings.Contains(text, "molinos") || strings.Contains(text, "puentes") {
		t.Errorf("the log says %s", text)
	}
	got, err := k.SignIn(ctx, " Nora ", secret, "192.0.2.200")
	if err != nil || got.ID != p.ID || got.Password != "" {
		t.Errorf("signed in as %+v, %v", got, err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActSignIn || e.Actor != p.ID {
		t.Errorf("event %+v", e)
	}
	if err := k.SetDisabled(ctx, k.eva, p.ID, got.Version, true); err != nil {
		t.Fatal(err)
	}
	_, err = k.SignIn(ctx, "nora", secret, "192.0.2.200")
	refused(t, "disabled", err, claims.KindUnauthenticated, "sign_in.failed")
}

// meddling is a store in which something happens just before the next act.
type meddling struct {
	claims.Store
	before func()
}

func (m *meddling) Update(ctx context.Context, fn func(claims.Writer) error) error {
	if before := m.before; before != nil {
		m.before = nil
		before()
	}
	return m.Store.Update(ctx, fn)
}

// TestSigningInWhileTheAccountIsShut: what is proved is proved again inside the
// transaction.
func TestSigningInWhileTheAccountIsShut(t *testing.T) {
	k := newKit(t)
	p, _ := k.add("nora", claims.RoleChecker)
	store := &meddling{Store: k.store}
	d := workflow.New(store, workflow.Options{Clock: tick{k.clock}})
	store.before = func() {
		if err := k.ResetPassword(t.Context(), k.eva, p.ID, 1, another); err != nil {
			t.Error(err)
		}
	}
	_, err := d.SignIn(t.Context(), "nora", secret, "192.0.2.1")
	refused(t, "with a password that was just changed", err, claims.KindUnauthenticated, "sign_in.failed")
	store.before = func() {
		if err := k.SetDisabled(t.Context(), k.eva, p.ID, 2, true); err != nil {
			t.Error(err)
		}
	}
	_, err = d.SignIn(t.Context(), "nora", another, "192.0.2.1")
	refused(t, "into an account that was just shut", err, claims.KindUnauthenticated, "sign_in.failed")
}

// TestGuessingIsSlowedDown: after a few failures not even the right password
// helps for a while.
func TestGuessingIsSlowedDown(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	k.add("nora", claims.RoleChecker)
	var err error
	tries := 0
	for claims.KindOf(err) != claims.KindBusy && tries < 100 {
		_, err = k.SignIn(ctx, "nora", another, "192.0.2.1")
		tries++
	}
	if tries > 20 {
		t.Fatalf("%d guesses are allowed", tries)
	}
	_, err = k.SignIn(ctx, "nora", secret, "192.0.2.1")
	refused(t, "the right password while locked", err, claims.KindBusy, "auth.too_many")
	k.clock.Advance(time.Hour)
	if _, err = k.SignIn(ctx, "nora", secret, "192.0.2.1"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

// session stores a session as web does.
func (k *kit) session(p claims.Actor, lasts time.Duration) string {
	k.Helper()
	_, key := auth.NewSession()
	now := k.clock.Now()
	err := k.store.Update(k.Context(), func(w claims.Writer) error {
		return w.PutSession(k.Context(), claims.Session{Key: key, Person: p.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(lasts)})
	})
	if err != nil {
		k.Fatal(err)
	}
	return key
}

func TestSessions(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	one, two, short := k.session(k.ana, time.Hour), k.session(k.ana, time.Hour), k.session(k.ana, time.Minute)
	actor, p, err := k.ActorForSession(ctx, one)
	if err != nil || actor != k.ana || p.Password != "" || p.ID != k.ana.ID {
		t.Errorf("session of %+v, %+v, %v", actor, p, err)
	}
	k.clock.Advance(2 * time.Minute)
	_, _, err = k.ActorForSession(ctx, short)
	refused(t, "expired", err, claims.KindUnauthenticated)
	_, _, err = k.ActorForSession(ctx, "nosuch")
	refused(t, "unknown", err, claims.KindUnauthenticated)
	list, err := k.Sessions(ctx, k.ana)
	if err != nil || len(list) != 3 {
		t.Errorf("%d sessions, %v", len(list), err)
	}
	refused(t, "somebody else's", k.RevokeSession(ctx, k.bea, one), claims.KindNotFound)
	if err := k.RevokeSession(ctx, k.eva, two); err != nil {
		t.Errorf("by an admin: %v", err)
	}
	if err := k.SignOut(ctx, k.ana, one); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActSignOut || e.Actor != k.ana.ID {
		t.Errorf("event %+v", e)
	}
	_, _, err = k.ActorForSession(ctx, one)
	refused(t, "signed out", err, claims.KindUnauthenticated)

	k.session(k.ana, time.Hour)
	other := k.session(k.bea, time.Hour)
	if err := k.SignOutEverywhere(ctx, k.ana); err != nil {
		t.Fatal(err)
	}
	if list, err := k.Sessions(ctx, k.ana); err != nil || len(list) != 0 {
		t.Errorf("%d sessions left, %v", len(list), err)
	}
	if err := k.SetRole(ctx, k.eva, k.bea.ID, 1, claims.RoleContributor); err != nil {
		t.Fatal(err)
	}
	if actor, _, err := k.ActorForSession(ctx, other); err != nil || actor.Role != claims.RoleContributor {
		t.Errorf("demoted, the session still has %+v, %v", actor, err)
	}
	if err := k.SetDisabled(ctx, k.eva, k.bea.ID, 2, true); err != nil {
		t.Fatal(err)
	}
	_, _, err = k.ActorForSession(ctx, other)
	refused(t, "of somebody disabled", err, claims.KindUnauthenticated)
	k.sound()
}

func TestChangingPasswords(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	p, nora := k.add("nora", claims.RoleChecker)
	key := k.session(nora, time.Hour)
	refused(t, "with a wrong old one", k.ChangePassword(ctx, nora, another, another), claims.KindInvalid, "old:password.wrong")
	refused(t, "to a short one", k.ChangePassword(ctx, nora, secret, "x"), claims.KindInvalid, "password:auth.password_short")
	refused(t, "by nobody", k.ChangePassword(ctx, claims.Actor{}, secret, another), claims.KindUnauthenticated)
	reader := nora
	reader.ReadOnly = true
	refused(t, "with a token of read scope", k.ChangePassword(ctx, reader, secret, another), claims.KindNotAllowed)
	if err := k.ChangePassword(ctx, nora, secret, another); err != nil {
		t.Fatal(err)
	}
	_, _, err := k.ActorForSession(ctx, key)
	refused(t, "a session from before", err, claims.KindUnauthenticated)
	_, err = k.SignIn(ctx, "nora", secret, "192.0.2.1")
	refused(t, "with the old one", err, claims.KindUnauthenticated)
	if _, err = k.SignIn(ctx, "nora", another, "192.0.2.1"); err != nil {
		t.Errorf("with the new one: %v", err)
	}
	refused(t, "reset by an editor", k.ResetPassword(ctx, k.luis, p.ID, 2, secret), claims.KindNotAllowed)
	refused(t, "reset, stale", k.ResetPassword(ctx, k.eva, p.ID, 1, secret), claims.KindStale)
	refused(t, "reset to the name", k.ResetPassword(ctx, k.eva, p.ID, 2, "nora123456"), claims.KindInvalid, "password:auth.password_is_name")
	key = k.session(nora, time.Hour)
	if err := k.ResetPassword(ctx, k.eva, p.ID, 2, secret); err != nil {
		t.Fatal(err)
	}
	_, _, err = k.ActorForSession(ctx, key)
	refused(t, "a session from before the reset", err, claims.KindUnauthenticated)
	if _, err = k.SignIn(ctx, "nora", secret, "192.0.2.1"); err != nil {
		t.Errorf("after the reset: %v", err)
	}
	if e := k.lastEvent(); len(e.Values) != 0 {
		t.Errorf("the event tells %+v", e.Values)
	}
	k.sound()
}

func TestLanguage(t *testing.T) {
	k := newKit(t)
	if err := k.SetLanguage(t.Context(), k.carla, "en-GB"); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActPersonLanguage || tells(e, claims.SideAfter, "language") != `"en"` {
		t.Errorf("event %+v", e)
	}
	refused(t, "no language", k.SetLanguage(t.Context(), k.carla, "qq"), claims.KindInvalid, "language:language.unknown")
	if err := k.SetLanguage(t.Context(), k.carla, ""); err != nil {
		t.Errorf("the browser's: %v", err)
	}
}

var tokenShape = regexp.MustCompile(`^[A-Za-z0-9_-]{32,}$`)

func TestTokens(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	plain, token, err := k.CreateToken(ctx, k.ana, "", claims.ScopeRead, 0)
	if err != nil || !tokenShape.MatchString(plain) || token.Hash == plain || !token.ExpiresAt.IsZero() {
		t.Fatalf("token %q %+v, %v", plain, token, err)
	}
	actor, err := k.ActorForToken(ctx, plain)
	if want := (claims.Actor{ID: k.ana.ID, Name: "ana", Role: claims.RoleChecker, ReadOnly: true}); err != nil || actor != want {
		t.Errorf("acts as %+v, %v", actor, err)
	}
	_, _, err = k.CreateToken(ctx, actor, "", claims.ScopeWrite, 0)
	refused(t, "a read token making a write token", err, claims.KindNotAllowed, "token_read_only")
	write, _, err := k.CreateToken(ctx, k.eva, "Ana", claims.ScopeWrite, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := k.ActorForToken(ctx, write); err != nil || actor != k.ana {
		t.Errorf("acts as %+v, %v", actor, err)
	}
	k.clock.Advance(time.Hour)
	_, err = k.ActorForToken(ctx, write)
	refused(t, "expired", err, claims.KindUnauthenticated, "token.invalid")
	for what, bad := range map[string]string{"empty": "", "short": "abc", "unknown": strings.Repeat("a", 43)} {
		_, err = k.ActorForToken(ctx, bad)
		refused(t, what, err, claims.KindUnauthenticated, "token.invalid")
	}
	_, _, err = k.CreateToken(ctx, k.luis, "ana", claims.ScopeRead, 0)
	refused(t, "for somebody else", err, claims.KindNotAllowed)
	_, _, err = k.CreateToken(ctx, k.eva, "nobody", claims.ScopeRead, 0)
	refused(t, "for nobody", err, claims.KindNotFound, "not_found.person")
	_, _, err = k.CreateToken(ctx, k.ana, "", "all", 0)
	refused(t, "of no scope", err, claims.KindInvalid, "scope:token.scope_unknown")
	_, _, err = k.CreateToken(ctx, k.ana, "", claims.ScopeRead, -time.Hour)
	refused(t, "already expired", err, claims.KindInvalid, "expires:token.expired_already")
	k.checkRevoking(plain, token)
}

func (k *kit) checkRevoking(plain string, token claims.Token) {
	k.Helper()
	ctx := k.Context()
	mine, err := k.Tokens(ctx, k.ana)
	if err != nil || len(mine) != 2 {
		k.Errorf("%d tokens, %v", len(mine), err)
	}
	if none, err := k.Tokens(ctx, k.bea); err != nil || len(none) != 0 {
		k.Errorf("bea sees %d tokens, %v", len(none), err)
	}
	if all, err := k.Tokens(ctx, k.eva); err != nil || len(all) != 2 || all[0].UsedAt.IsZero() {
		k.Errorf("eva sees %+v, %v", all, err)
	}
	refused(k, "somebody else's", k.RevokeToken(ctx, k.bea, token.ID), claims.KindNotFound)
	if err := k.RevokeToken(ctx, k.ana, token.ID); err != nil {
		k.Fatal(err)
	}
	_, err = k.ActorForToken(ctx, plain)
	refused(k, "revoked", err, claims.KindUnauthenticated, "token.invalid")
	refused(k, "revoked twice", k.RevokeToken(ctx, k.ana, token.ID), claims.KindNotFound)
	other, _, err := k.CreateToken(ctx, k.bea, "", claims.ScopeWrite, 0)
	if err != nil {
		k.Fatal(err)
	}
	if err := k.SetDisabled(ctx, k.eva, k.bea.ID, 1, true); err != nil {
		k.Fatal(err)
	}
	_, err = k.ActorForToken(ctx, other)
	refused(k, "of somebody disabled", err, claims.KindUnauthenticated, "token.invalid")
	k.sound()
}

func TestARequestThatDiedIsToldApartFromOneUnderWay(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	reply, _, err := k.Reserve(ctx, k.ana, "k1", "digest")
	if err != nil {
		t.Fatal(err)
	}
	k.clock.Advance(2*time.Minute - time.Second)
	_, _, err = k.Reserve(ctx, k.ana, "k1", "digest")
	refused(t, "within two minutes", err, claims.KindBusy, "idempotency.unanswered")
	k.clock.Advance(time.Second)
	_, fresh, err := k.Reserve(ctx, k.ana, "k1", "digest")
	refused(t, "after two minutes", err, claims.KindConflict, "api.key_outcome_unknown")
	if fresh {
		t.Error("the request would be carried out twice")
	}
	_, _, err = k.Reserve(ctx, k.ana, "k1", "another")
	refused(t, "another request", err, claims.KindConflict, "idempotency.other_request")
	reply.Status = 201
	if err := k.Answer(ctx, k.ana, reply); err != nil {
		t.Fatal(err)
	}
	if again, _, err := k.Reserve(ctx, k.ana, "k1", "digest"); err != nil || again.Status != 201 {
		t.Errorf("an answer that came late: %+v, %v", again, err)
	}
}

func TestRepeatedRequests(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	reply, fresh, err := k.Reserve(ctx, k.ana, "k1", "digest")
	if err != nil || !fresh || reply.Key != "k1" {
		t.Fatalf("reserved %+v, %v, %v", reply, fresh, err)
	}
	_, fresh, err = k.Reserve(ctx, k.ana, "k1", "digest")
	refused(t, "while unanswered", err, claims.KindBusy, "idempotency.unanswered")
	if fresh {
		t.Error("two may act on one key")
	}
	reply.Status, reply.Body, reply.Header = 201, []byte("{}"), map[string]string{"ETag": `"1"`}
	if err := k.Answer(ctx, k.ana, reply); err != nil {
		t.Fatal(err)
	}
	again, fresh, err := k.Reserve(ctx, k.ana, "k1", "digest")
	if err != nil || fresh || again.Status != 201 || string(again.Body) != "{}" || again.Header["ETag"] != `"1"` || again.Key != "k1" {
		t.Errorf("answered again with %+v, %v, %v", again, fresh, err)
	}
	_, _, err = k.Reserve(ctx, k.ana, "k1", "another")
	refused(t, "another request", err, claims.KindConflict, "idempotency.other_request")
	if _, fresh, err = k.Reserve(ctx, k.bea, "k1", "another"); err != nil || !fresh {
		t.Errorf("somebody else's key: %v, %v", fresh, err)
	}
	_, _, err = k.Reserve(ctx, k.ana, long(256), "x")
	refused(t, "too long a key", err, claims.KindInvalid)
	_, _, err = k.Reserve(ctx, claims.Actor{}, "k", "x")
	refused(t, "nobody", err, claims.KindUnauthenticated)
	refused(t, "an answer to nothing", k.Answer(ctx, k.ana, claims.Reply{Key: "k2"}), claims.KindNotFound)
	k.clock.Advance(25 * time.Hour)
	if _, fresh, err = k.Reserve(ctx, k.ana, "k1", "another"); err != nil || !fresh {
		t.Errorf("a day later: %v, %v", fresh, err)
	}
}

func TestSettings(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	good := claims.Settings{Newsroom: "El Molino", NewsroomURL: "https://molino.test", SameAs: []string{"https://w.test/1"}, Language: "es", BaseURL: "https://cotejo.test/", CheckersApprove: true}
	refused(t, "by an editor", k.EditSettings(ctx, k.luis, good), claims.KindNotAllowed)
	for key, change := range map[string]func(*claims.Settings){
		"newsroom:text.missing":      func(s *claims.Settings) { s.Newsroom = " " },
		"newsroom:text.too_long":     func(s *claims.Settings) { s.Newsroom = long(101) },
		"newsroom_url:url.malformed": func(s *claims.Settings) { s.NewsroomURL = "molino" },
		"base_url:url.malformed":     func(s *claims.Settings) { s.BaseURL = "ftp://a.test" },
		"same_as:url.malformed":      func(s *claims.Settings) { s.SameAs = []string{"javascript:1"} },
		"language:language.unknown":  func(s *claims.Settings) { s.Language = "qq" },
		"language:text.missing":      func(s *claims.Settings) { s.Language = "" },
	} {
		bad := good
		change(&bad)
		refused(t, key, k.EditSettings(ctx, k.eva, bad), claims.KindInvalid, key)
	}
	if err := k.EditSettings(ctx, k.eva, good); err != nil {
		t.Fatal(err)
	}
	got, err := k.Settings(ctx)
	if err != nil || got.BaseURL != "https://cotejo.test" || got.Newsroom != "El Molino" {
		t.Errorf("settings %+v, %v", got, err)
	}
	before := k.seq()
	if err := k.EditSettings(ctx, k.eva, got); err != nil || k.seq() != before {
		t.Errorf("the same again leaves %d events, %v", k.seq()-before, err)
	}
	c := k.inState(k.article(), claims.StateSubmitted, k.bea, true)
	k.move(k.ana, c, to(claims.StateApproved))
	scale, err := k.Scale(ctx, 0)
	if err != nil || scale.Version != 1 {
		t.Errorf("scale %+v, %v", scale, err)
	}
}

// TestAccountsAreNobodyElsesHistory: admins see all of it, others what is about
// the work and about themselves, on pages that are full all the same.
func TestAccountsAreNobodyElsesHistory(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	for range 5 {
		if err := k.SetLanguage(ctx, k.ana, "es"); err != nil {
			t.Fatal(err)
		}
		if err := k.SetLanguage(ctx, k.ana, "en"); err != nil {
			t.Fatal(err)
		}
	}
	c := k.move(k.ana, k.claim(claims.StateOpen), to(claims.StateInCheck))
	if _, _, err := k.CreateToken(ctx, k.ana, "", claims.ScopeRead, 0); err != nil {
		t.Fatal(err)
	}
	count := func(actor claims.Actor, f claims.EventFilter) (private, all int) {
		t.Helper()
		events, _, err := k.Events(ctx, actor, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Noun == "person" || e.Noun == "token" {
				private++
			}
		}
		return private, len(events)
	}
	for _, tt := range []struct {
		actor   claims.Actor
		f       claims.EventFilter
		private int
		all     int
	}{
		{k.eva, claims.EventFilter{}, 10, 20},
		{k.ana, claims.EventFilter{}, 10, 20},
		{k.carla, claims.EventFilter{}, 0, 10},
		{k.carla, claims.EventFilter{Limit: 7}, 0, 7},
		{k.carla, claims.EventFilter{Limit: 4, Before: 1 << 40}, 0, 4},
		{k.carla, claims.EventFilter{Claim: c.ID}, 0, 1},
	} {
		if private, all := count(tt.actor, tt.f); private != tt.private || all != tt.all {
			t.Errorf("%s with %+v sees %d of accounts among %d, want %d among %d", tt.actor.Name, tt.f, private, all, tt.private, tt.all)
		}
	}
	_, _, err := k.Events(ctx, claims.Actor{}, claims.EventFilter{})
	refused(t, "nobody", err, claims.KindUnauthenticated)
}

// TestTheSystemActs: the command line may do what an admin may, and the history
// says that it was the program.
func TestTheSystemActs(t *testing.T) {
	k := newKit(t)
	if _, err := k.AddPerson(t.Context(), k.SystemActor(), workflow.NewPerson{Name: "x1", Password: secret, Role: claims.RoleChecker}); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Actor != k.SystemActor().ID || e.Actor == "" {
		t.Errorf("event %+v", e)
	}
}

// TestActsHaveTheirList: every act that the history tells of is in Acts, for
// which views need words.
func TestActsHaveTheirList(t *testing.T) {
	seen := map[string]bool{}
	for _, act := range workflow.Acts() {
		if seen[act] || !regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)?$`).MatchString(act) {
			t.Errorf("act %q", act)
		}
		seen[act] = true
	}
	for _, m := range claims.Moves {
		if !seen[string(m.Act)] {
			t.Errorf("%s is missing", m.Act)
		}
	}
}

// failing is a store whose transactions fail.
type failing struct{ claims.Store }

var errDisk = errors.New("the disk is gone")

func (failing) View(context.Context, func(claims.Reader) error) error   { return errDisk }
func (failing) Update(context.Context, func(claims.Writer) error) error { return errDisk }

func TestAStoreThatFailsIsNoRefusal(t *testing.T) {
	k := newKit(t)
	d := workflow.New(failing{k.store}, workflow.Options{Clock: claimstest.NewClock()})
	_, err := d.MoveClaim(t.Context(), k.ana, "7F3K9Q", 1, to(claims.StateOpen))
	if !errors.Is(err, errDisk) || claims.KindOf(err) != "" {
		t.Errorf("%v", err)
	}
	_, err = d.SignIn(t.Context(), "ana", secret, "192.0.2.1")
	if !errors.Is(err, errDisk) {
		t.Errorf("%v", err)
	}
}

// TestAnAccountThatWasAddedByMistakeIsShut, and whoever was signed in with it is out.
func TestAnAccountThatWasAddedByMistakeIsShut(t *testing.T) {
	k := newKit(t)
	p, err := k.AddPerson(t.Context(), k.eva, workflow.NewPerson{Name: "nora", Display: "Nora", Password: "una frase bastante larga", Role: claims.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.undo(k.eva); err != nil {
		t.Fatal(err)
	}
	roster, err := k.Roster(t.Context(), k.eva)
	if i := slices.IndexFunc(roster.People, func(one claims.Person) bool { return one.ID == p.ID }); err != nil || i < 0 || !roster.People[i].Disabled {
		t.Errorf("%v: %+v", err, roster.People)
	}
	k.sound()
}
