package main

import (
	"context"
	"flag"
	"fmt"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

var verifyCommand = command{
	name: "verify", usage: "[--data DIR] [--database URL]",
	summary: "prove the history's chain, the snapshots and the publications; name what is broken", run: runVerify,
}

func runVerify(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(fs)
	if err := parseNone(fs, args); err != nil {
		return err
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return verifyStore(ctx, p, store)
}

// verifyStore prints what was proved; what is broken stands on standard error
// and makes the command fail.
func verifyStore(ctx context.Context, p *process, store claims.Store) error {
	report, err := workflow.New(store, workflow.Options{}).Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "events %d, snapshots %d, publications %d, files %d, erased %d\n",
		report.Events, report.Snapshots, report.Publications, report.Blobs, report.Erased)
	if report.OK() {
		fmt.Fprintln(p.stdout, "all is as it was written")
		return nil
	}
	for _, problem := range report.Problems {
		fmt.Fprintf(p.stderr, "broken: %s %s: %s\n", problem.What, problem.Where, problem.Why)
	}
	return fmt.Errorf("%d places are not as they were written; the first is %s %s", len(report.Problems), report.Problems[0].What, report.Problems[0].Where)
}
