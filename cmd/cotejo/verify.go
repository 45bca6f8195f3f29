package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"cotejo/claims"
	"cotejo/claims/ledger"
	"cotejo/claims/workflow"
)

var verifyCommand = command{
	name: "verify", usage: "[--data DIR] [--database URL] [--checkpoint FILE] | --proof FILE [--document FILE], each with [--log-key KEY]",
	summary: "prove the history's chain and log, the snapshots and the publications, or one publication's proof; name what is broken", run: runVerify,
}

// verifying is what one call of verify is asked to prove.
type verifying struct{ checkpoint, proof, document, key string }

func runVerify(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	var v verifying
	c.dataFlags(fs)
	fs.StringVar(&v.checkpoint, "checkpoint", "", "a checkpoint kept elsewhere (from /log/checkpoint): the history must still agree with it")
	fs.StringVar(&v.proof, "proof", "", "a proof (from /c/ID@N.proof.json): check it alone, without any desk")
	fs.StringVar(&v.document, "document", "", "with --proof: the published bytes (/c/ID@N.json) that it must speak of")
	fs.StringVar(&v.key, "log-key", "", "the log's public key, as the newsroom gives it out (from /log/key); default the one in the file")
	if err := parseNone(fs, args); err != nil {
		return err
	}
	if v.proof != "" {
		return v.verifyProof(p)
	}
	if v.document != "" {
		return wrongUse("--document goes with --proof")
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := verifyStore(ctx, p, store); err != nil {
		return err
	}
	return v.verifyCheckpoint(ctx, p, store)
}

// verifyProof proves one publication to somebody who has no desk.
func (v verifying) verifyProof(p *process) error {
	raw, err := os.ReadFile(v.proof)
	if err != nil {
		return wrongUse("--proof: %v", err)
	}
	var proof ledger.Proof
	if err := json.Unmarshal(raw, &proof); err != nil {
		return wrongUse("--proof: %s is no proof: %v", v.proof, err)
	}
	sum := ""
	if v.document != "" {
		document, err := os.ReadFile(v.document)
		if err != nil {
			return wrongUse("--document: %v", err)
		}
		digest := sha256.Sum256(document)
		sum = hex.EncodeToString(digest[:])
	}
	if err := proof.Check(v.key, sum); err != nil {
		return fmt.Errorf("the proof does not hold: %w", err)
	}
	fmt.Fprintf(p.stdout, "%ssigned by %s\n", proof.Record, proof.Key)
	return nil
}

// verifyCheckpoint compares the desk with a checkpoint that was kept elsewhere,
// the only thing that shows a history whose end was cut off or written anew.
func (v verifying) verifyCheckpoint(ctx context.Context, p *process, store claims.Store) error {
	if v.checkpoint == "" {
		return nil
	}
	signed, err := os.ReadFile(v.checkpoint)
	if err != nil {
		return wrongUse("--checkpoint: %v", err)
	}
	size, err := workflow.New(store, workflow.Options{}).Agrees(ctx, string(signed), v.key)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "the first %d acts are those of the checkpoint\n", size)
	return nil
}

// verifyStore prints what was proved; what is broken stands on standard error
// and makes the command fail.
func verifyStore(ctx context.Context, p *process, store claims.Store) error {
	report, err := workflow.New(store, workflow.Options{}).Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "events %d, snapshots %d, publications %d, files %d, erased %d, checkpoints %d\n",
		report.Events, report.Snapshots, report.Publications, report.Blobs, report.Erased, report.Checkpoints)
	if report.OK() {
		fmt.Fprintln(p.stdout, "all is as it was written")
		return nil
	}
	for _, problem := range report.Problems {
		fmt.Fprintf(p.stderr, "broken: %s %s: %s\n", problem.What, problem.Where, problem.Why)
	}
	return fmt.Errorf("%d places are not as they were written; the first is %s %s", len(report.Problems), report.Problems[0].What, report.Problems[0].Where)
}
