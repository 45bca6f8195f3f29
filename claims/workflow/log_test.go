package workflow_test

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ledger"
	"cotejo/claims/workflow"
)

// signing is the kit's desk with a key of its own.
func (k *kit) signing() *workflow.Desk {
	k.Helper()
	secret, err := ledger.NewKey(rand.Reader)
	if err != nil {
		k.Fatal(err)
	}
	signer, err := ledger.NewSigner(secret)
	if err != nil {
		k.Fatal(err)
	}
	return workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Signer: signer})
}

func TestEveryPublicationCanBeProved(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		desk := k.signing()
		key, err := desk.LogKey()
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			c := k.published()
			proof, err := desk.Proof(t.Context(), c.ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			public, err := k.PublicClaim(t.Context(), c.ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			if err := proof.Check(key, public.Publication.SHA256); err != nil {
				t.Errorf("%s: %v", c.ID, err)
			}
		}
		if r := k.sound(); r.Checkpoints != 3 {
			t.Errorf("%d checkpoints", r.Checkpoints)
		}
		again, err := desk.Checkpoint(t.Context())
		if err != nil || k.sound().Checkpoints != 3 || again.Size != k.seq() {
			t.Errorf("nothing happened, and yet: %v, %d checkpoints, size %d of %d", err, k.sound().Checkpoints, again.Size, k.seq())
		}
		_, err = desk.Proof(t.Context(), k.claim(claims.StateOpen).ID, 1)
		refused(t, "never published", err, claims.KindNotFound)
		_, err = k.Checkpoint(t.Context())
		refused(t, "without a key", err, claims.KindConflict, "log.no_key")
	})
}

// TestALongLogIsSignedInBatches, erased values or not.
func TestALongLogIsSignedInBatches(t *testing.T) {
	k := newKit(t)
	desk := k.signing()
	c := k.published()
	if err := k.EraseEvent(t.Context(), k.eva, k.seq(), "petición"); err != nil {
		t.Fatal(err)
	}
	o := k.claim(claims.StateOpen)
	for range 1030 {
		if _, err := k.AddNote(t.Context(), k.ana, o.ID, "x"); err != nil {
			t.Fatal(err)
		}
	}
	got, err := desk.Checkpoint(t.Context())
	if err != nil || got.Size != k.seq() {
		t.Fatalf("%v, size %d of %d", err, got.Size, k.seq())
	}
	proof, err := desk.Proof(t.Context(), c.ID, 1)
	if err != nil || !strings.Contains(proof.Record, "publication "+c.ID+"@1 ") {
		t.Errorf("%v, %q", err, proof.Record)
	}
	k.sound()
}

// TestRewrittenHistoryIsFoundOut: by the desk's own checkpoints, and where those
// were made anew, by one that somebody kept.
func TestRewrittenHistoryIsFoundOut(t *testing.T) {
	k := newKit(t)
	desk := k.signing()
	k.published()
	early, err := desk.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	k.published()
	if size, err := desk.Agrees(t.Context(), early.Note, ""); err != nil || size != early.Size {
		t.Errorf("%v, %d", err, size)
	}
	late, err := desk.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, tamper := range map[string][]string{
		"leaf":       {"DROP TRIGGER log_leaves_update", "UPDATE log_leaves SET record = 'x' WHERE seq = 2"},
		"hash":       {"DROP TRIGGER log_hashes_update", "UPDATE log_hashes SET hash = '" + strings.Repeat("0", 64) + "' WHERE place = 1"},
		"checkpoint": {"DROP TRIGGER checkpoints_update", "UPDATE checkpoints SET root = '" + strings.Repeat("0", 64) + "'"},
	} {
		copied := k.copyOf()
		alterFile(t, copied.file, tamper...)
		report, err := copied.Verify(t.Context())
		if err != nil || report.OK() {
			t.Errorf("%s: %v, nothing is found", what, err)
		}
	}
	cut := k.copyOf()
	alterFile(t, cut.file, "DROP TRIGGER log_leaves_delete", "DROP TRIGGER checkpoints_delete",
		"DELETE FROM checkpoints WHERE size > "+itoa(early.Size), "DELETE FROM log_leaves WHERE seq > "+itoa(early.Size))
	_, err = cut.Agrees(t.Context(), late.Note, "")
	refused(t, "a log cut short", err, claims.KindConflict, "log.shorter")

	fake := newKit2(t)
	forged := fake.signing()
	for range 4 {
		fake.published()
	}
	if _, err := forged.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = forged.Agrees(t.Context(), late.Note, late.Key)
	refused(t, "another history", err, claims.KindConflict, "log.differs")
	_, err = forged.Agrees(t.Context(), late.Note, "")
	refused(t, "another key", err, claims.KindInvalid, "log.checkpoint_malformed")
}

// newKit2 is a second kit in one test.
func newKit2(t *testing.T) *kit {
	t.Helper()
	return newKitAt(t, t.TempDir()+"/other.db")
}

// copyOf is the desk in another file.
func (k *kit) copyOf() *kit {
	k.Helper()
	file := k.TempDir() + "/copy.db"
	if err := k.store.Backup(k.Context(), file); err != nil {
		k.Fatal(err)
	}
	out := *k
	out.file, out.store = file, openStore(k.T, file)
	out.Desk = workflow.New(out.store, workflow.Options{Clock: tick{k.clock}})
	return &out
}

func alterFile(t *testing.T, file string, statements ...string) {
	t.Helper()
	pool, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, s := range statements {
		if _, err := pool.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func itoa(n int64) string {
	raw, _ := json.Marshal(n)
	return string(raw)
}
