package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/db"
)

// TestVerifyProvesWhatWasKeptElsewhere: a checkpoint that somebody saved, and a
// publication's proof without any desk.
func TestVerifyProvesWhatWasKeptElsewhere(t *testing.T) {
	dir := t.TempDir()
	c := &config{Data: filepath.Join(dir, "data")}
	signer, err := c.signer()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.signer(); err != nil || again.Key() != signer.Key() {
		t.Fatalf("the key is drawn anew: %v", err)
	}
	if info, err := os.Stat(c.logKeyFile()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	store, err := db.Open(t.Context(), c.databaseURL())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	desk := workflow.New(store, workflow.Options{Signer: signer, BaseURL: "https://desk.example"})
	people, _, err := addDemoPeople(t.Context(), desk)
	if err != nil {
		t.Fatal(err)
	}
	id := publishOne(t, desk, people)
	stranger, err := (&config{Data: t.TempDir()}).signer()
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, v any) string {
		t.Helper()
		raw, ok := v.([]byte)
		if !ok {
			if raw, err = json.Marshal(v); err != nil {
				t.Fatal(err)
			}
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	proof, err := desk.Proof(t.Context(), id, 1)
	if err != nil {
		t.Fatal(err)
	}
	public, err := desk.PublicClaim(t.Context(), id, 1)
	if err != nil {
		t.Fatal(err)
	}
	checkpoint, err := desk.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kept, shown, document := write("checkpoint", []byte(checkpoint.Note)), write("proof.json", proof), write("document.json", []byte(public.Publication.Document))
	for _, test := range []struct {
		says string
		code int
		args []string
	}{
		{"the first", exitDone, []string{"verify", "--data", c.Data, "--checkpoint", kept}},
		{id + "@1", exitDone, []string{"verify", "--proof", shown, "--document", document, "--log-key", signer.Key()}},
		{"other bytes", exitFailed, []string{"verify", "--proof", shown, "--document", kept}},
		{"not signed by this key", exitFailed, []string{"verify", "--proof", shown, "--log-key", stranger.Key()}},
		{"is no proof", exitUsage, []string{"verify", "--proof", kept}},
		{"goes with --proof", exitUsage, []string{"verify", "--document", kept}},
	} {
		var out bytes.Buffer
		code := run(t.Context(), &process{strings.NewReader(""), &out, &out, nil}, test.args)
		if code != test.code || !strings.Contains(out.String(), test.says) {
			t.Errorf("%v: exit %d, want %d and %q: %s", test.args, code, test.code, test.says, out.String())
		}
	}
}

// publishOne takes a claim all the way and gives its id.
func publishOne(t *testing.T, desk *workflow.Desk, people map[string]claims.Actor) string {
	t.Helper()
	ana, luis := people["ana"], people["luis"]
	taken, err := desk.TakeIn(t.Context(), ana, workflow.Intake{Input: ingest.Input{Raw: []byte("The town bought 12 buses in 2020."), Filename: "a.txt", Hint: ingest.Hint{Language: "en"}}})
	if err != nil {
		t.Fatal(err)
	}
	start := 0
	c, err := desk.AddClaim(t.Context(), ana, workflow.NewClaim{Article: taken.Article.ID, Quote: "The town bought 12 buses", Start: &start})
	if err != nil {
		t.Fatal(err)
	}
	move := func(by claims.Actor, to claims.State) {
		t.Helper()
		if c, err = desk.MoveClaim(t.Context(), by, c.ID, c.Version, workflow.MoveInput{To: to}); err != nil {
			t.Fatal(err)
		}
	}
	move(ana, claims.StateInCheck)
	if c, err = desk.Judge(t.Context(), ana, c.ID, c.Version, workflow.VerdictInput{Content: "true", Rationale: "Counted."}); err != nil {
		t.Fatal(err)
	}
	move(ana, claims.StateSubmitted)
	move(luis, claims.StateApproved)
	move(luis, claims.StatePublished)
	return c.ID
}
