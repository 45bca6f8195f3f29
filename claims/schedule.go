package claims

import (
	"context"
	"time"
)

// ScheduleState is what became of a publishing at a set time.
type ScheduleState string

// The states of schedules. One that failed did not publish: what stood in the way is
// its problem.
const (
	ScheduleWaiting   ScheduleState = "waiting"
	ScheduleDone      ScheduleState = "done"
	ScheduleFailed    ScheduleState = "failed"
	ScheduleCancelled ScheduleState = "cancelled"
)

// The nouns that can be published at a set time.
const (
	ScheduleOfClaim = "claim"
	ScheduleOfCheck = "check"
)

// Schedule is that something shall be published at a set time, by a job and under the
// rights that its person has then.
type Schedule struct {
	ID        string
	Noun      string // ScheduleOfClaim or ScheduleOfCheck
	NounID    string
	Version   int64 // of the check, as it was when this was decided
	At        time.Time
	Embargo   bool   // that moment is the end of an embargo
	Input     string // JSON of what publishing is told
	State     ScheduleState
	Problem   *JobProblem // why it failed
	Job       string      // that carries it out
	Person    string      // who decided on it
	CreatedAt time.Time
	EndedAt   time.Time // zero while it waits
}

// ScheduleReader reads what shall be published when.
type ScheduleReader interface {
	Schedule(ctx context.Context, id string) (Schedule, error)
	// Schedules lists those of one thing, newest first.
	Schedules(ctx context.Context, noun, id string) ([]Schedule, error)
	// ScheduledNext lists those that wait, the next first, at most limit; claims of
	// hidden articles are left out.
	ScheduledNext(ctx context.Context, limit int) ([]Schedule, error)
}

// ScheduleWriter writes what shall be published when.
type ScheduleWriter interface {
	// CreateSchedule answers KindConflict where one waits for the same thing.
	CreateSchedule(ctx context.Context, s Schedule) error
	UpdateSchedule(ctx context.Context, s Schedule) error // its state, problem, job and end
	DeleteSchedules(ctx context.Context, noun, id string) error
}
