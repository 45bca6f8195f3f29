package web

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// checkNext reads what can be done with a check now, and what publishing it would do.
func (s *Server) checkNext(c echo.Context, p *desk.CheckPage) error {
	ctx, settings := c.Request().Context(), visitOf(c).settings
	for _, m := range claims.CheckMoves {
		if m.From != p.Check.State || m.To == claims.CheckWithdrawn && !p.Check.Public() || m.Alone && settings.ReviewChecks {
			continue
		}
		choice := desk.CheckMoveChoice{CheckMove: m}
		if err := claims.MayOnCheck(actorOf(c), m.Act, p.Check, settings); err != nil {
			e, _ := refusal(err)
			choice.Refused = wordsOf(c).Refusal(e)
		}
		choice.Reason = m.Reason || m.Act == claims.ActCheckReturn && p.Check.SubmittedBy != actorOf(c).ID
		p.Moves = append(p.Moves, choice)
	}
	people, err := s.names(c)
	if err != nil {
		return err
	}
	p.People = people
	if p.Schedule, err = s.scheduleShown(c, claims.ScheduleOfCheck, p.ID); err != nil {
		return err
	}
	plan, err := s.desk.CheckPlan(ctx, actorOf(c), p.Slug)
	if claims.KindOf(err) == claims.KindNotAllowed {
		return nil
	}
	p.Plan, p.Zone = planView(c, plan), settings.TimeZone
	if err == nil {
		p.Plan.Overridable = settings.ReviewLint == claims.Block && s.may(c, claims.ActOverride)
	}
	return err
}

func planView(c echo.Context, plan workflow.CheckPlan) *desk.CheckPlan {
	w := wordsOf(c)
	out := &desk.CheckPlan{N: plan.N, Along: plan.Along()}
	if plan.Refused != nil {
		e, _ := refusal(plan.Refused)
		out.Refused = w.Refusal(e)
	}
	for _, one := range plan.Claims {
		row := desk.PlannedClaim{ID: one.ID, Claim: one.Claim, Version: one.Version, Along: one.Along, Newer: one.Newer}
		for _, f := range one.Blockers {
			row.Blockers = append(row.Blockers, w.Field(f))
		}
		out.Claims = append(out.Claims, row)
	}
	return out
}

func checkMoveTyped(c echo.Context) desk.CheckMoveForm {
	return desk.CheckMoveForm{To: c.FormValue("to"), Reason: c.FormValue("reason"), Effect: c.FormValue("effect"), Notice: c.FormValue("notice"),
		Override: c.FormValue("override"), At: c.FormValue("at"), Embargo: c.FormValue("embargo") != ""}
}

func (s *Server) checkMove(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := checkMoveTyped(c)
	check, err := s.desk.MoveCheckWith(c.Request().Context(), actorOf(c), c.Param("slug"), seen, workflow.CheckMoveInput{
		To: claims.CheckState(typed.To), Reason: typed.Reason, Effect: claims.Effect(typed.Effect), Notice: typed.Notice,
		Along: c.FormValue("along") != "", Override: typed.Override,
	})
	if claims.KindOf(err) == claims.KindNotFound {
		err = s.checkMovedOn(c, err)
	}
	if err != nil {
		return s.checkMoveRefused(c, err, typed)
	}
	s.flash(c, "checks.moved."+typed.To)
	return seeOther(c, "/checks/"+check.Slug+"/edit")
}

// checkMoveRefused shows the check again, with what was typed for its move.
func (s *Server) checkMoveRefused(c echo.Context, err error, typed desk.CheckMoveForm) error {
	p, readErr := s.checkAsKept(c)
	if readErr != nil {
		return readErr
	}
	p.Move, p.Reason = typed, typed.Reason
	return s.checkRefused(c, err, p)
}

func (s *Server) checkSchedule(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := checkMoveTyped(c)
	in, err := scheduleTyped(c)
	if err == nil {
		_, err = s.desk.ScheduleCheck(c.Request().Context(), actorOf(c), c.Param("slug"), seen, in)
	}
	if claims.KindOf(err) == claims.KindNotFound {
		err = s.checkMovedOn(c, err)
	}
	if err != nil {
		return s.checkMoveRefused(c, err, typed)
	}
	s.flash(c, "schedule.set")
	return seeOther(c, "/checks/"+c.Param("slug")+"/edit")
}

func (s *Server) claimSchedule(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	in, err := scheduleTyped(c)
	if err == nil {
		_, err = s.desk.ScheduleClaim(c.Request().Context(), actorOf(c), c.Param("id"), seen, in)
	}
	if err != nil {
		return s.claimRefused(c, err, "schedule", func(f *desk.ClaimForms) {
			f.Schedule = desk.ScheduleForm{At: c.FormValue("at"), Embargo: c.FormValue("embargo") != "", Effect: c.FormValue("effect"), Notice: c.FormValue("notice"), Override: c.FormValue("override")}
		})
	}
	s.flash(c, "schedule.set")
	return seeOther(c, "/claims/"+c.Param("id"))
}

// localTime is how forms give a moment, to the minute.
const localTime = "2006-01-02T15:04"

// scheduleTyped reads when something shall be published, in the newsroom's time zone.
func scheduleTyped(c echo.Context) (workflow.ScheduleInput, error) {
	zone, _ := visitOf(c).settings.Zone()
	in := workflow.ScheduleInput{Embargo: c.FormValue("embargo") != "", Effect: claims.Effect(c.FormValue("effect")), Notice: c.FormValue("notice"),
		Along: c.FormValue("along") != "", Override: c.FormValue("override")}
	typed := c.FormValue("at")
	if typed == "" {
		return in, claims.Invalid("at", "text.missing")
	}
	at, err := time.ParseInLocation(localTime, cut(typed, len(localTime)), zone)
	if err != nil {
		return in, claims.Invalid("at", "schedule.malformed", cut(typed, maxShown))
	}
	in.At = at
	return in, nil
}

func (s *Server) scheduleCancel(c echo.Context) error {
	sched, err := s.desk.CancelSchedule(c.Request().Context(), actorOf(c), c.Param("sid"))
	if err != nil {
		return err
	}
	s.flash(c, "schedule.cancelled")
	if back := c.FormValue("back"); back != "" {
		return seeOther(c, localPath(back))
	}
	if sched.Noun == claims.ScheduleOfClaim {
		return seeOther(c, "/claims/"+sched.NounID)
	}
	return seeOther(c, "/checks/"+sched.NounID+"/edit")
}

// scheduleShown reads what was decided of a thing's publishing; nil for nothing.
func (s *Server) scheduleShown(c echo.Context, noun, id string) (*desk.ScheduleShow, error) {
	sched, err := s.desk.ScheduleOf(c.Request().Context(), actorOf(c), noun, id)
	if err != nil || sched == nil {
		return nil, err
	}
	out := scheduleShow(c, *sched)
	out.MayCancel = s.may(c, claims.ActCheckPublish)
	out.Late = out.Waits && workflow.Scheduled{Schedule: *sched}.Late(s.clock.Now())
	return &out, nil
}

func scheduleShow(c echo.Context, sched claims.Schedule) desk.ScheduleShow {
	w := wordsOf(c)
	zone, _ := visitOf(c).settings.Zone()
	out := desk.ScheduleShow{ID: sched.ID, At: desk.Zoned(w, sched.At, zone), Embargo: sched.Embargo, Waits: sched.State == claims.ScheduleWaiting, By: sched.Person}
	if sched.Problem != nil {
		out.Problem = w.T(sched.Problem.Key, sched.Problem.Args...)
	}
	return out
}

// scheduledTimes gives when which checks will be published, by their ids.
func (s *Server) scheduledTimes(c echo.Context) (map[string]desk.ScheduleShow, error) {
	all, err := s.desk.ScheduledNext(c.Request().Context(), actorOf(c))
	out := map[string]desk.ScheduleShow{}
	for _, one := range all {
		out[one.NounID] = scheduleShow(c, one.Schedule)
	}
	return out, err
}

// scheduledRows lists what will be published next.
func (s *Server) scheduledRows(c echo.Context, ctx context.Context) ([]desk.ScheduledRow, error) {
	all, err := s.desk.ScheduledNext(ctx, actorOf(c))
	rows := make([]desk.ScheduledRow, len(all))
	for i, one := range all {
		rows[i] = desk.ScheduledRow{ScheduleShow: scheduleShow(c, one.Schedule), Claim: one.Claim, Check: one.Check}
		rows[i].Late = one.Late(s.clock.Now())
	}
	return rows, err
}
