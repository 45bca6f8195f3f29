package web

import (
	"context"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// scheduleJSON is that something will be published at a set time, or was not.
type scheduleJSON struct {
	ID      string               `json:"id"`
	Noun    string               `json:"noun" doc:"claim or check"`
	NounID  string               `json:"noun_id"`
	At      time.Time            `json:"at"`
	Embargo bool                 `json:"embargo"`
	State   claims.ScheduleState `json:"state"`
	By      string               `json:"by" doc:"Id of the person whose rights it is published under"`
	Problem *string              `json:"problem" doc:"Why it was not published"`
}

type imageJSON struct {
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Alt    string `json:"alt"`
	Credit string `json:"credit"`
}

type checkWithdrawalJSON struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// planJSON is what publishing a check would do.
type planJSON struct {
	PublishedVersion int                `json:"published_version" doc:"The number that the version would get"`
	Ready            bool               `json:"ready" doc:"Nothing stands in the way where the claims are published along"`
	Problem          *string            `json:"problem"`
	Claims           []plannedClaimJSON `json:"claims"`
}

type plannedClaimJSON struct {
	ID       string   `json:"id"`
	Version  int      `json:"version" doc:"That readers would see; 0 for none"`
	Along    bool     `json:"along" doc:"It is approved, and would be published with the check"`
	Problems []string `json:"problems"`
}

type scheduleID struct {
	Call
	ID string `path:"id"`
}

func newImageJSON(i *claims.CheckImage) *imageJSON {
	if i == nil {
		return nil
	}
	out := imageJSON(*i)
	return &out
}

func newCheckWithdrawalJSON(w *claims.Withdrawal) *checkWithdrawalJSON {
	if w == nil {
		return nil
	}
	return &checkWithdrawalJSON{w.At, w.Reason}
}

func newScheduleJSON(call Call, s claims.Schedule) scheduleJSON {
	out := scheduleJSON{ID: s.ID, Noun: s.Noun, NounID: s.NounID, At: s.At, Embargo: s.Embargo, State: s.State, By: s.Person}
	if s.Problem != nil {
		text := wordsOf(call.echo).T(s.Problem.Key, s.Problem.Args...)
		out.Problem = &text
	}
	return out
}

// momentTyped reads a moment with its offset.
func momentTyped(field, s string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return at, claims.Invalid(field, "schedule.malformed", cut(s, maxShown))
	}
	return at, nil
}

func (s *Server) apiCheckLater(ctx context.Context, in *checkSeen, version int64, body checkMove) (*single[checkJSON], error) {
	if body.To != claims.CheckPublished {
		return nil, claims.Invalid("at", "schedule.publish_only")
	}
	at, err := momentTyped("at", body.At)
	if err != nil {
		return nil, err
	}
	_, err = s.desk.ScheduleCheck(ctx, in.actor(), in.Slug, version, workflow.ScheduleInput{
		At: at, Embargo: body.Embargo, Effect: body.Effect, Notice: body.Notice, Along: body.Claims, Override: body.Override,
	})
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Check(ctx, in.actor(), in.Slug)
	if err != nil {
		return nil, err
	}
	return s.checkScheduled(ctx, in.Call, c)
}

func (s *Server) apiClaimLater(ctx context.Context, in *claimSeen, version int64, body moveInput) (*single[claimJSON], error) {
	if body.To != claims.StatePublished {
		return nil, claims.Invalid("at", "schedule.publish_only")
	}
	at, err := momentTyped("at", body.At)
	if err != nil {
		return nil, err
	}
	_, err = s.desk.ScheduleClaim(ctx, in.actor(), in.ID, version, workflow.ScheduleInput{
		At: at, Embargo: body.Embargo, Effect: body.Effect, Notice: body.Notice, Override: body.Override,
	})
	if err != nil {
		return nil, err
	}
	return s.oneClaim(ctx, in.actor(), in.ID)
}

// checkScheduled is a check with when it will be published.
func (s *Server) checkScheduled(ctx context.Context, call Call, c claims.Check) (*single[checkJSON], error) {
	out := s.oneCheck(c)
	sched, err := s.desk.ScheduleOf(ctx, call.actor(), claims.ScheduleOfCheck, c.ID)
	if err == nil && sched != nil {
		shown := newScheduleJSON(call, *sched)
		out.Body.Scheduled = &shown
	}
	return out, err
}

func (s *Server) apiCheckPlan(ctx context.Context, in *checkSlug) (*single[planJSON], error) {
	plan, err := s.desk.CheckPlan(ctx, in.actor(), in.Slug)
	if err != nil {
		return nil, err
	}
	shown := planView(in.echo, plan)
	out := planJSON{PublishedVersion: plan.N, Ready: plan.Ready(), Problem: known(shown.Refused), Claims: []plannedClaimJSON{}}
	for _, c := range shown.Claims {
		out.Claims = append(out.Claims, plannedClaimJSON{ID: c.ID, Version: c.Version, Along: c.Along, Problems: some(c.Blockers)})
	}
	return &single[planJSON]{Body: out}, nil
}

func (s *Server) apiScheduled(ctx context.Context, in *bare) (*listing[scheduleJSON], error) {
	all, err := s.desk.ScheduledNext(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	items := make([]scheduleJSON, len(all))
	for i, one := range all {
		items[i] = newScheduleJSON(in.Call, one.Schedule)
	}
	return listed(items, ""), nil
}

func (s *Server) apiUnschedule(ctx context.Context, in *scheduleID) (*single[scheduleJSON], error) {
	sched, err := s.desk.CancelSchedule(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[scheduleJSON]{Body: newScheduleJSON(in.Call, sched)}, nil
}
