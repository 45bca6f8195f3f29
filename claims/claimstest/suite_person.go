package claimstest

import (
	"testing"
	"time"

	"cotejo/claims"
)

func runPeople(t *testing.T, store claims.Store) {
	ctx := t.Context()
	luis := PutPerson(t, store, "luis", claims.RoleEditor)
	ana := PutPerson(t, store, "ana", claims.RoleChecker)
	equal(t, "version of a new person", int64(1), ana.Version)
	missing(t, store, "unknown person", func(r claims.Reader) error { _, err := r.Person(ctx, "nobody"); return err })
	missing(t, store, "unknown name", func(r claims.Reader) error { _, err := r.PersonByName(ctx, "nobody"); return err })

	// The transaction goes on after a refusal, on every engine.
	Write(t, store, func(w claims.Writer) error {
		twin := NewPerson("ana", claims.RoleAdmin)
		wantKind(t, "taken name", claims.KindConflict, w.CreatePerson(ctx, &twin))
		again := ana
		again.Name = "eva"
		wantKind(t, "taken id", claims.KindConflict, w.CreatePerson(ctx, &again))
		renamed := ana
		renamed.Name = "luis"
		wantKind(t, "rename to a taken name", claims.KindConflict, w.UpdatePerson(ctx, &renamed))
		ghost := NewPerson("ghost", claims.RoleAdmin)
		wantKind(t, "update of nobody", claims.KindNotFound, w.UpdatePerson(ctx, &ghost))
		stale := ana
		stale.Version = 7
		wantKind(t, "stale update", claims.KindStale, w.UpdatePerson(ctx, &stale))
		equal(t, "version after a refused update", int64(7), stale.Version)
		ana.Role, ana.Disabled, ana.Language, ana.Display, ana.Password = claims.RoleAdmin, true, "", "Ana V.", "other"
		ana.Keys = "accept=q"
		ana.Tour = 3
		return w.UpdatePerson(ctx, &ana)
	})
	equal(t, "version after an update", int64(2), ana.Version)
	Read(t, store, func(r claims.Reader) error {
		got, err := r.PersonByName(ctx, "ana")
		if err != nil {
			return err
		}
		equal(t, "person by name", ana, got)
		got, err = r.Person(ctx, luis.ID)
		if err != nil {
			return err
		}
		equal(t, "person by id", luis, got)
		people, err := r.People(ctx)
		equal(t, "people by name", []claims.Person{ana, luis}, people)
		return err
	})
}

func runSessions(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana, luis := PutPerson(t, store, "ana", claims.RoleChecker), PutPerson(t, store, "luis", claims.RoleEditor)
	session := func(key, person string, hours int) claims.Session {
		at := Start.Add(time.Duration(hours) * time.Hour)
		return claims.Session{Key: key, Person: person, Data: []byte("a\x00\xff"), CreatedAt: Start, SeenAt: at, ExpiresAt: at.Add(time.Hour), Agent: "Firefox"}
	}
	first, second, other := session("k1", ana.ID, 1), session("k2", ana.ID, 2), session("k3", luis.ID, 3)
	Write(t, store, func(w claims.Writer) error {
		for _, s := range []claims.Session{first, second, other} {
			if err := w.PutSession(ctx, s); err != nil {
				return err
			}
		}
		first.Data, first.SeenAt, first.Half = []byte("new"), Start.Add(90*time.Minute), true
		return w.PutSession(ctx, first)
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Session(ctx, "k1")
		if err != nil {
			return err
		}
		equal(t, "session put twice", first, got)
		all, err := r.Sessions(ctx, ana.ID)
		equal(t, "sessions, last seen first", []claims.Session{second, first}, all)
		return err
	})
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "session of nobody", claims.KindNotFound, nil2(w.Session(ctx, "nothing")))
		if err := w.DeleteSession(ctx, "nothing"); err != nil {
			t.Errorf("deleting a session that is gone: %v", err)
		}
		if err := w.DeleteSession(ctx, "k1"); err != nil {
			return err
		}
		return w.DeleteExpiredSessions(ctx, second.ExpiresAt)
	})
	for _, key := range []string{"k1", "k2"} {
		missing(t, store, "deleted session "+key, func(r claims.Reader) error { _, err := r.Session(ctx, key); return err })
	}
	Write(t, store, func(w claims.Writer) error {
		if _, err := w.Session(ctx, "k3"); err != nil {
			t.Errorf("a session in force: %v", err)
		}
		return w.DeleteSessionsOf(ctx, luis.ID)
	})
	missing(t, store, "session of a person signed out everywhere", func(r claims.Reader) error { _, err := r.Session(ctx, "k3"); return err })
	refused(t, store, "session of an unknown person", claims.KindNotFound, func(w claims.Writer) error {
		return w.PutSession(ctx, session("k4", "nobody", 1))
	})
}

// nil2 drops a value that comes beside an error.
func nil2[T any](_ T, err error) error { return err }

func runTokens(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana, luis := PutPerson(t, store, "ana", claims.RoleChecker), PutPerson(t, store, "luis", claims.RoleEditor)
	first := claims.Token{ID: "T1", Person: ana.ID, Scope: claims.ScopeWrite, Hash: Hash("1"), CreatedAt: Start}
	second := claims.Token{ID: "T2", Person: luis.ID, Scope: claims.ScopeRead, Hash: Hash("2"), CreatedAt: Start.Add(time.Hour), ExpiresAt: Start.Add(48 * time.Hour)}
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateToken(ctx, first); err != nil {
			return err
		}
		twin := first
		twin.ID = "T3"
		wantKind(t, "taken hash", claims.KindConflict, w.CreateToken(ctx, twin))
		return w.CreateToken(ctx, second)
	})
	at := Start.Add(time.Minute)
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "revoke nothing", claims.KindNotFound, w.RevokeToken(ctx, "T9", at))
		wantKind(t, "touch nothing", claims.KindNotFound, w.TouchToken(ctx, "T9", at))
		if err := w.TouchToken(ctx, "T1", at); err != nil {
			return err
		}
		return w.RevokeToken(ctx, "T2", at)
	})
	first.UsedAt, second.RevokedAt = at, at
	Read(t, store, func(r claims.Reader) error {
		got, err := r.TokenByHash(ctx, Hash("2"))
		if err != nil {
			return err
		}
		equal(t, "token by hash", second, got)
		mine, err := r.Tokens(ctx, ana.ID)
		if err != nil {
			return err
		}
		equal(t, "tokens of one person", []claims.Token{first}, mine)
		all, err := r.Tokens(ctx, "")
		equal(t, "everybody's tokens", []claims.Token{first, second}, all)
		return err
	})
	missing(t, store, "unknown token", func(r claims.Reader) error { _, err := r.TokenByHash(ctx, Hash("3")); return err })
}
