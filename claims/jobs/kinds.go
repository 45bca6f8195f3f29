package jobs

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// work does a job. Where it gives no error it has ended the job itself, in the same
// transaction as what it did.
type work func(*workflow.Desk, context.Context, claims.Job, workflow.Tell) error

// kinds says who does what.
var kinds = map[claims.JobKind]work{
	claims.JobLook:     (*workflow.Desk).LookAtPage,
	claims.JobIntake:   (*workflow.Desk).TakePageIn,
	claims.JobRefetch:  (*workflow.Desk).RefetchArticle,
	claims.JobSuggest:  (*workflow.Desk).SuggestForArticle,
	claims.JobFeed:     (*workflow.Desk).LookAtFeed,
	claims.JobImport:   (*workflow.Desk).RunImport,
	claims.JobWatch:    (*workflow.Desk).RefetchArticle,
	claims.JobArchive:  (*workflow.Desk).ArchivePage,
	claims.JobDeliver:  (*workflow.Desk).DeliverHook,
	claims.JobPublish:  (*workflow.Desk).PublishScheduled,
	claims.JobBacklink: (*workflow.Desk).LookForBacklink,
}
