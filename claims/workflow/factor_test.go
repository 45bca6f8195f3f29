package workflow_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/workflow"
)

// code is what an app shows now for the secret that the actor is setting up.
func (k *kit) code(key string) string {
	k.Helper()
	code, err := totp.GenerateCode(key, k.clock.Now())
	if err != nil {
		k.Fatal(err)
	}
	return code
}

// enrol gives somebody with a real password a second factor.
func (k *kit) enrol(actor claims.Actor) (key string, codes []string) {
	k.Helper()
	ctx := k.Context()
	if err := k.BeginFactor(ctx, actor, secret); err != nil {
		k.Fatal(err)
	}
	v, err := k.SecondFactorOf(ctx, actor)
	if err != nil || v.Secret == "" || v.InForce || !strings.HasPrefix(v.Address, "otpauth://totp/") {
		k.Fatalf("being set up: %+v, %v", v, err)
	}
	if codes, err = k.ConfirmFactor(ctx, actor, k.code(v.Secret)); err != nil {
		k.Fatal(err)
	}
	return v.Secret, codes
}

// half stores a session that waits for a code, as web does.
func (k *kit) half(p claims.Actor) string {
	k.Helper()
	_, key := auth.NewSession()
	now := k.clock.Now()
	err := k.store.Update(k.Context(), func(w claims.Writer) error {
		return w.PutSession(k.Context(), claims.Session{Key: key, Person: p.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(10 * time.Minute), Half: true})
	})
	if err != nil {
		k.Fatal(err)
	}
	return key
}

func TestSigningInWithACode(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		p, nora := k.add("nora", claims.RoleChecker)
		key, codes := k.enrol(nora)
		if v, err := k.SecondFactorOf(ctx, nora); err != nil || !v.InForce || v.Secret != "" || v.Address != "" || v.RecoveryLeft != 10 || len(codes) != 10 {
			t.Errorf("in force: %+v, %v", v, err)
		}
		before := k.seq()
		got, err := k.SignIn(ctx, "nora", secret, "192.0.2.1")
		refused(t, "the password alone", err, claims.KindUnauthenticated, workflow.CodeNeeded)
		if got.ID != p.ID || got.Password != "" || k.seq() != before {
			t.Errorf("half signed in as %+v", got)
		}
		_, err = k.SignIn(ctx, "nora", another, "192.0.2.1")
		refused(t, "a wrong password", err, claims.KindUnauthenticated, "sign_in.failed")

		half := k.half(nora)
		_, _, err = k.ActorForSession(ctx, half)
		refused(t, "a half session", err, claims.KindUnauthenticated)
		if sessions, err := k.Sessions(ctx, nora); err != nil || len(sessions) != 0 {
			t.Errorf("listed %+v, %v", sessions, err)
		}
		_, _, err = k.FinishSignIn(ctx, half, k.code(key), "192.0.2.1")
		refused(t, "the code that turned it on", err, claims.KindInvalid, "code:second_factor.wrong")
		k.clock.Advance(time.Minute)
		code := k.code(key)
		got, left, err := k.FinishSignIn(ctx, half, code, "192.0.2.1")
		if err != nil || got.ID != p.ID || left != -1 {
			t.Fatalf("signed in as %+v, %d, %v", got, left, err)
		}
		if e := k.lastEvent(); e.Act != workflow.ActSignIn || e.Actor != p.ID {
			t.Errorf("event %+v", e)
		}
		_, _, err = k.FinishSignIn(ctx, half, code, "192.0.2.1")
		refused(t, "the half session twice", err, claims.KindUnauthenticated)
		again := k.half(nora)
		_, _, err = k.FinishSignIn(ctx, again, code, "192.0.2.1")
		refused(t, "the code twice", err, claims.KindInvalid, "code:second_factor.wrong")

		_, left, err = k.FinishSignIn(ctx, again, strings.ToLower(codes[3]), "192.0.2.1")
		if err != nil || left != 9 {
			t.Errorf("by a recovery code: %d, %v", left, err)
		}
		if e := k.lastEvent(); tells(e, claims.SideAfter, "recovery_left") != "9" {
			t.Errorf("event %+v", e)
		}
		_, _, err = k.FinishSignIn(ctx, k.half(nora), codes[3], "192.0.2.1")
		refused(t, "the recovery code twice", err, claims.KindInvalid, "code:second_factor.wrong")
		late := k.half(nora)
		k.clock.Advance(11 * time.Minute)
		_, _, err = k.FinishSignIn(ctx, late, k.code(key), "192.0.2.1")
		refused(t, "too late", err, claims.KindUnauthenticated)
		whole := k.session(nora, time.Hour)
		_, _, err = k.FinishSignIn(ctx, whole, k.code(key), "192.0.2.1")
		refused(t, "a session that waits for nothing", err, claims.KindUnauthenticated)
		k.sound()
	})
}

func TestSecretsOfTheFactorStayInTheStore(t *testing.T) {
	k := newKit(t)
	var log bytes.Buffer
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	_, nora := k.add("nora", claims.RoleChecker)
	key, codes := k.enrol(nora)
	_, _, err := k.FinishSignIn(t.Context(), k.half(nora), "000000", "192.0.2.1")
	refused(t, "a wrong code", err, claims.KindInvalid)
	if !strings.Contains(log.String(), "second step") || !strings.Contains(log.String(), "nora") {
		t.Errorf("the log says %q", log.String())
	}
	events, _, err := k.Events(t.Context(), k.eva, claims.EventFilter{})
	if err != nil {
		t.Fatal(err)
	}
	said := log.String()
	for _, e := range events {
		for _, v := range e.Values {
			said += v.JSON
		}
	}
	for _, hidden := range append(codes, key, auth.HashRecovery(codes[0])) {
		if strings.Contains(said, hidden) {
			t.Errorf("%q stands in the log or the history", hidden)
		}
	}
}

func TestSettingTheFactorUpAndOff(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	_, nora := k.add("nora", claims.RoleChecker)
	refused(t, "with a wrong password", k.BeginFactor(ctx, nora, another), claims.KindInvalid, "password:password.wrong")
	_, err := k.ConfirmFactor(ctx, nora, "123456")
	refused(t, "confirmed before it is begun", err, claims.KindConflict, "second_factor.not_begun")
	refused(t, "off before it is begun", k.DropFactor(ctx, nora, secret), claims.KindConflict, "second_factor.off")
	_, err = k.RenewRecovery(ctx, nora, secret)
	refused(t, "codes before it is on", err, claims.KindConflict, "second_factor.off")
	if err := k.BeginFactor(ctx, nora, secret); err != nil {
		t.Fatal(err)
	}
	_, err = k.ConfirmFactor(ctx, nora, "123")
	refused(t, "no code", err, claims.KindInvalid, "code:second_factor.wrong")
	if _, err := k.SignIn(ctx, "nora", secret, "192.0.2.1"); err != nil {
		t.Errorf("what is being set up is asked for already: %v", err)
	}
	key, codes := k.enrol(nora)
	refused(t, "begun twice", k.BeginFactor(ctx, nora, secret), claims.KindConflict, "second_factor.on")
	fresh, err := k.RenewRecovery(ctx, nora, secret)
	if err != nil || len(fresh) != 10 {
		t.Fatal(fresh, err)
	}
	_, _, err = k.FinishSignIn(ctx, k.half(nora), codes[0], "192.0.2.1")
	refused(t, "an old recovery code", err, claims.KindInvalid)
	if _, _, err := k.FinishSignIn(ctx, k.half(nora), fresh[0], "192.0.2.1"); err != nil {
		t.Errorf("a new recovery code: %v", err)
	}
	refused(t, "off with a wrong password", k.DropFactor(ctx, nora, another), claims.KindInvalid, "password:password.wrong")
	if err := k.DropFactor(ctx, nora, secret); err != nil {
		t.Fatal(err)
	}
	if _, err := k.SignIn(ctx, "nora", secret, "192.0.2.1"); err != nil {
		t.Errorf("without the factor: %v", err)
	}
	if again, _ := k.enrol(nora); again == key {
		t.Error("the secret came back")
	}
}

func TestGuessingCodesIsSlowedDown(t *testing.T) {
	k := newKit(t)
	_, nora := k.add("nora", claims.RoleChecker)
	key, _ := k.enrol(nora)
	k.clock.Advance(time.Hour)
	half := k.half(nora)
	var err error
	tries := 0
	for claims.KindOf(err) != claims.KindBusy && tries < 50 {
		_, _, err = k.FinishSignIn(t.Context(), half, "000000", "192.0.2."+string(rune('1'+tries%9)))
		tries++
	}
	if tries > 10 {
		t.Fatalf("%d guesses are allowed", tries)
	}
	_, _, err = k.FinishSignIn(t.Context(), half, k.code(key), "192.0.2.1")
	refused(t, "the right code while locked", err, claims.KindBusy, "auth.too_many")
}

func TestAnAdminTakesTheFactorAway(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	p, nora := k.add("nora", claims.RoleChecker)
	refused(t, "of somebody who has none", k.ResetFactor(ctx, k.eva, p.ID), claims.KindConflict, "second_factor.none")
	k.enrol(nora)
	half, whole := k.half(nora), k.session(nora, time.Hour)
	refused(t, "by an editor", k.ResetFactor(ctx, k.luis, p.ID), claims.KindNotAllowed)
	refused(t, "of nobody", k.ResetFactor(ctx, k.eva, "NOBODY"), claims.KindNotFound)
	if err := k.ResetFactor(ctx, k.eva, p.ID); err != nil {
		t.Fatal(err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActFactorReset || e.NounID != p.ID || e.Actor != k.eva.ID {
		t.Errorf("event %+v", e)
	}
	for _, key := range []string{half, whole} {
		if _, _, err := k.ActorForSession(ctx, key); claims.KindOf(err) != claims.KindUnauthenticated {
			t.Errorf("a session lives on: %v", err)
		}
	}
	if _, err := k.SignIn(ctx, "nora", secret, "192.0.2.1"); err != nil {
		t.Errorf("the password alone: %v", err)
	}
}

func TestTheNewsroomAsksForASecondFactor(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	_, nora := k.add("nora", claims.RoleEditor)
	checker, editor := k.session(k.ana, time.Hour), k.session(nora, time.Hour)
	s, err := k.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.SecondFactor = true
	if err := k.EditSettings(ctx, k.eva, s); err != nil {
		t.Fatal(err)
	}
	if actor, _, err := k.ActorForSession(ctx, checker); err != nil || actor.MustEnrol {
		t.Errorf("a checker: %+v, %v", actor, err)
	}
	actor, _, err := k.ActorForSession(ctx, editor)
	if err != nil || !actor.MustEnrol {
		t.Fatalf("an editor: %+v, %v", actor, err)
	}
	for act := range map[claims.Act]bool{claims.ActLook: true, claims.ActClaimPublish: true, claims.ActHistory: true, claims.ActNoteAdd: true} {
		refused(t, string(act), claims.May(actor, act, s), claims.KindNotAllowed, "second_factor.required")
	}
	_, _, err = k.CreateToken(ctx, actor, "", claims.ScopeWrite, 0)
	refused(t, "a token past it", err, claims.KindNotAllowed, "second_factor.required")
	if _, err := k.Sessions(ctx, actor); err != nil {
		t.Errorf("their own sessions: %v", err)
	}
	k.enrol(actor)
	if actor, _, err = k.ActorForSession(ctx, editor); err != nil || actor.MustEnrol {
		t.Errorf("once it is set up: %+v, %v", actor, err)
	}
}
