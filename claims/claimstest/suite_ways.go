package claimstest

import (
	"testing"
	"time"

	"cotejo/claims"
)

func runInvites(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana := PutPerson(t, store, "ana", claims.RoleAdmin)
	first := claims.Invite{ID: "I1", Hash: Hash("1"), Role: claims.RoleChecker, Name: "nora", Display: "Nora Ñ.", CreatedBy: ana.ID,
		CreatedAt: Start, ExpiresAt: Start.Add(time.Hour)}
	second := claims.Invite{ID: "I2", Hash: Hash("2"), Role: claims.RoleEditor, CreatedBy: ana.ID, CreatedAt: Start.Add(time.Minute), ExpiresAt: Start.Add(time.Hour)}
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateInvite(ctx, first); err != nil {
			return err
		}
		twin := first
		twin.ID = "I3"
		wantKind(t, "taken hash", claims.KindConflict, w.CreateInvite(ctx, twin))
		wantKind(t, "update of nothing", claims.KindNotFound, w.UpdateInvite(ctx, twin))
		return w.CreateInvite(ctx, second)
	})
	first.UsedAt, first.Person = Start.Add(30*time.Minute), ana.ID
	second.RevokedAt = Start.Add(40 * time.Minute)
	Write(t, store, func(w claims.Writer) error {
		if err := w.UpdateInvite(ctx, first); err != nil {
			return err
		}
		return w.UpdateInvite(ctx, second)
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.InviteByHash(ctx, Hash("1"))
		if err != nil {
			return err
		}
		equal(t, "invite by hash", first, got)
		if got, err = r.Invite(ctx, "I2"); err != nil {
			return err
		}
		equal(t, "invite by id", second, got)
		all, err := r.Invites(ctx)
		equal(t, "invites, newest first", []claims.Invite{second, first}, all)
		return err
	})
	missing(t, store, "unknown invite", func(r claims.Reader) error { _, err := r.Invite(ctx, "I9"); return err })
	missing(t, store, "unknown link", func(r claims.Reader) error { _, err := r.InviteByHash(ctx, Hash("9")); return err })
}

func runSecondFactors(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana, luis := PutPerson(t, store, "ana", claims.RoleChecker), PutPerson(t, store, "luis", claims.RoleEditor)
	mine := claims.SecondFactor{Person: ana.ID, Secret: "GEZDGNBV", CreatedAt: Start}
	his := claims.SecondFactor{Person: luis.ID, Secret: "GEZDGNBW", CreatedAt: Start, ConfirmedAt: Start.Add(time.Minute), LastStep: 1 << 40, Recovery: []string{Hash("a"), Hash("b")}}
	missing(t, store, "no second factor", func(r claims.Reader) error { _, err := r.SecondFactor(ctx, ana.ID); return err })
	Write(t, store, func(w claims.Writer) error {
		if err := w.PutSecondFactor(ctx, mine); err != nil {
			return err
		}
		mine.ConfirmedAt, mine.LastStep, mine.Recovery = Start.Add(time.Hour), 7, []string{Hash("c")}
		if err := w.PutSecondFactor(ctx, mine); err != nil {
			return err
		}
		return w.PutSecondFactor(ctx, his)
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.SecondFactor(ctx, ana.ID)
		if err != nil {
			return err
		}
		equal(t, "second factor put twice", mine, got)
		all, err := r.SecondFactors(ctx)
		if len(all) != 2 {
			t.Errorf("%d second factors, want 2", len(all))
		}
		return err
	})
	Write(t, store, func(w claims.Writer) error {
		if err := w.DeleteSecondFactor(ctx, ana.ID); err != nil {
			return err
		}
		return w.DeleteSecondFactor(ctx, ana.ID)
	})
	missing(t, store, "a deleted second factor", func(r claims.Reader) error { _, err := r.SecondFactor(ctx, ana.ID); return err })
	refused(t, store, "second factor of nobody", claims.KindNotFound, func(w claims.Writer) error {
		return w.PutSecondFactor(ctx, claims.SecondFactor{Person: "nobody", CreatedAt: Start})
	})
}

func runIdentities(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana, luis := PutPerson(t, store, "ana", claims.RoleChecker), PutPerson(t, store, "luis", claims.RoleEditor)
	awaited := claims.Identity{Person: ana.ID, Email: "ana@news.test"}
	linked := claims.Identity{Person: luis.ID, Issuer: "https://id.test", Subject: "7", LinkedAt: Start}
	Write(t, store, func(w claims.Writer) error {
		if err := w.PutIdentity(ctx, awaited); err != nil {
			return err
		}
		twin := linked
		twin.Email = awaited.Email
		wantKind(t, "an address that another has", claims.KindConflict, w.PutIdentity(ctx, twin))
		if err := w.PutIdentity(ctx, linked); err != nil {
			return err
		}
		twin = linked
		twin.Person = ana.ID
		wantKind(t, "a subject that another has", claims.KindConflict, w.PutIdentity(ctx, twin))
		return w.PutIdentity(ctx, awaited)
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.IdentityBySubject(ctx, "https://id.test", "7")
		if err != nil {
			return err
		}
		equal(t, "identity by subject", linked, got)
		all, err := r.Identities(ctx)
		if len(all) != 2 {
			t.Errorf("%d identities, want 2", len(all))
		}
		return err
	})
	missing(t, store, "another issuer's subject", func(r claims.Reader) error {
		_, err := r.IdentityBySubject(ctx, "https://other.test", "7")
		return err
	})
	missing(t, store, "no subject", func(r claims.Reader) error { _, err := r.IdentityBySubject(ctx, "", ""); return err })
	Write(t, store, func(w claims.Writer) error { return w.DeleteIdentity(ctx, luis.ID) })
	missing(t, store, "a deleted identity", func(r claims.Reader) error {
		_, err := r.IdentityBySubject(ctx, "https://id.test", "7")
		return err
	})
	refused(t, store, "identity of nobody", claims.KindNotFound, func(w claims.Writer) error {
		return w.PutIdentity(ctx, claims.Identity{Person: "nobody", Email: "x@y.test"})
	})
}
