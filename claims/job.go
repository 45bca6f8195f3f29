package claims

import "time"

// JobKind says what a job does; claims/jobs holds who does it.
type JobKind string

// The kinds of jobs.
const (
	JobLook    JobKind = "look"    // get a page, for a person to look at before it is taken in
	JobIntake  JobKind = "intake"  // get a page and take it in
	JobRefetch JobKind = "refetch" // get an article's page again and see what changed
	JobSuggest JobKind = "suggest" // ask a model for further claims of an article
	JobFeed    JobKind = "feed"    // look what is new in a feed
	JobWatch   JobKind = "watch"   // see whether an article changed, without a person asking
	JobImport  JobKind = "import"  // take in a list of pages or a table of claims
)

// JobArchive has a web archive keep a page, and waits for what comes of it.
const JobArchive JobKind = "archive"

// JobPublish publishes something at a set time.
const JobPublish JobKind = "publish"

// JobDeliver sends what waits for a webhook or a hub.
const JobDeliver JobKind = "deliver"

// JobBacklink looks whether a check published elsewhere still links to a claim.
const JobBacklink JobKind = "backlink"

// JobKinds lists every kind.
var JobKinds = []JobKind{JobLook, JobIntake, JobRefetch, JobSuggest, JobFeed, JobWatch, JobImport, JobArchive, JobDeliver, JobPublish, JobBacklink}

// JobState is where a job stands.
type JobState string

// The states of jobs.
const (
	JobWaiting   JobState = "waiting"
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobFailed    JobState = "failed" // it was tried as often as it may be, or trying again is no use
	JobCancelled JobState = "cancelled"
)

// Over reports whether nobody works on such a job any more.
func (s JobState) Over() bool { return s != JobWaiting && s != JobRunning }

// Job is work that waits for no person: it stands in the database until some
// node has done it. Whoever leases it works under a number, Attempt, which later
// ones exceed: what an earlier worker wants to write is then refused.
type Job struct {
	ID          string
	Kind        JobKind
	Article     string   // that it is about, "" for none
	Person      string   // whose rights it bears; "" for the program's own
	Readers     []string // ids of those who, beside admins, may know of it; empty for everybody
	Input       string   // JSON of its kind
	Result      string   // JSON of its kind, "" before it is done
	State       JobState
	Step        string // what is being done, a word of the kind's
	Done, Total int64  // of that step; Total is 0 where it is unknown
	Attempt     int    // how often it was begun
	MaxAttempts int
	NextAt      time.Time   // waiting: when it may be begun; running: when its lease ends
	Problem     *JobProblem // of the last attempt
	CreatedAt   time.Time
	EndedAt     time.Time // zero while it is not over
}

// JobProblem says why an attempt failed: a message key with what fills it.
type JobProblem struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// JobLost is the problem of a job whose workers all vanished.
const JobLost = "job.lost"

// JobFilter narrows a list of jobs.
type JobFilter struct {
	Article string
	Kind    JobKind
	Open    bool // those that are not over
	Page
}
