package jobs

import (
	"context"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// Quick makes a runner with work of the test's own.
func Quick(d *workflow.Desk, workers int, beat time.Duration, do func(context.Context, claims.Job, workflow.Tell) error) *Runner {
	own := func(_ *workflow.Desk, ctx context.Context, j claims.Job, tell workflow.Tell) error {
		return do(ctx, j, tell)
	}
	return New(d, Options{Workers: workers, Every: 10 * time.Millisecond, beat: beat, kinds: map[claims.JobKind]work{claims.JobLook: own, claims.JobIntake: own, claims.JobRefetch: own, claims.JobSuggest: own, claims.JobFeed: own, claims.JobImport: own}})
}

// Kinds are those that somebody does.
func Kinds() map[claims.JobKind]bool {
	out := map[claims.JobKind]bool{}
	for k := range kinds {
		out[k] = true
	}
	return out
}
