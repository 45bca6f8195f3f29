package db

import (
	"context"

	"cotejo/claims"
)

const scheduleColumns = "id, noun, noun_id, version, at, embargo, input, state, problem, job, person, created_at, ended_at"

func scanSchedule(row scanner) (s claims.Schedule, err error) {
	err = row.Scan(&s.ID, &s.Noun, &s.NounID, &s.Version, timeColumn{&s.At}, &s.Embargo, &s.Input, &s.State, problemColumn{&s.Problem}, &s.Job,
		&s.Person, timeColumn{&s.CreatedAt}, timeColumn{&s.EndedAt})
	return s, err
}

func (r *reader) Schedule(ctx context.Context, id string) (claims.Schedule, error) {
	s, err := queryOne(ctx, r, scanSchedule, "SELECT "+scheduleColumns+" FROM schedules WHERE id = $1", id)
	if s, err = found(s, err, "schedule", id); err != nil || s.Noun != claims.ScheduleOfClaim {
		return s, err
	}
	hidden, err := r.hidesClaim(ctx, s.NounID)
	return known(s, hidden, err, "schedule", id)
}

func (r *reader) Schedules(ctx context.Context, noun, id string) ([]claims.Schedule, error) {
	if noun == claims.ScheduleOfClaim {
		if hidden, err := r.hidesClaim(ctx, id); hidden || err != nil {
			return nil, err
		}
	}
	return queryAll(ctx, r, scanSchedule, "SELECT "+scheduleColumns+" FROM schedules WHERE noun = $1 AND noun_id = $2 ORDER BY created_at DESC, id DESC", noun, id)
}

func (r *reader) ScheduledNext(ctx context.Context, limit int) ([]claims.Schedule, error) {
	var w where
	w.add("state = 'waiting'")
	r.outsider.claims(&w, "noun_id")
	return queryAll(ctx, r, scanSchedule, "SELECT "+scheduleColumns+" FROM schedules"+w.String()+" ORDER BY at, id LIMIT "+w.arg(limit), w.args...)
}

func (w *writer) CreateSchedule(ctx context.Context, s claims.Schedule) error {
	if waits, err := w.exists(ctx, "SELECT 1 FROM schedules WHERE noun = $1 AND noun_id = $2 AND state = 'waiting'", s.Noun, s.NounID); waits || err != nil {
		if err == nil {
			err = claims.Refuse(claims.KindConflict, "conflict.schedule", s.NounID)
		}
		return err
	}
	problem, err := problemText(s.Problem)
	if err != nil {
		return err
	}
	return w.create(ctx, "schedule", s.ID, insertInto("schedules", scheduleColumns), s.ID, s.Noun, s.NounID, s.Version, s.At.UnixMicro(), s.Embargo,
		s.Input, s.State, problem, s.Job, s.Person, s.CreatedAt.UnixMicro(), micros(s.EndedAt))
}

func (w *writer) UpdateSchedule(ctx context.Context, s claims.Schedule) error {
	problem, err := problemText(s.Problem)
	if err != nil {
		return err
	}
	rows, err := w.exec(ctx, "UPDATE schedules SET state = $1, problem = $2, job = $3, ended_at = $4 WHERE id = $5",
		s.State, problem, s.Job, micros(s.EndedAt), s.ID)
	if err == nil && rows == 0 {
		return claims.NotFound("schedule", s.ID)
	}
	return err
}

func (w *writer) DeleteSchedules(ctx context.Context, noun, id string) error {
	_, err := w.exec(ctx, "DELETE FROM schedules WHERE noun = $1 AND noun_id = $2", noun, id)
	return err
}
