package workflow

import (
	"context"
	"slices"
	"strconv"

	"cotejo/claims"
)

// ReportsView is a page of the list of reports.
type ReportsView struct {
	Reports []claims.ErrorReport
	Next    string
	Claims  map[string]claims.ClaimRow
	People  map[string]claims.Person
	Counts  claims.ReportCounts
}

// ReportView is one report with what it is about.
type ReportView struct {
	Report   claims.ErrorReport
	Claim    claims.ClaimRow
	People   map[string]claims.Person
	Events   []claims.Event // newest first
	Settings claims.Settings
}

// AnswerInput is what the desk made of a report. Note is for the desk, Public for
// readers.
type AnswerInput struct {
	Outcome claims.ReportOutcome
	Note    string
	Public  string
}

// Reports gives a page of what readers reported.
func (d *Desk) Reports(ctx context.Context, actor claims.Actor, f claims.ReportFilter) (ReportsView, error) {
	f.Page = bounded(f.Page)
	v := ReportsView{}
	err := d.look(ctx, actor, claims.ActReportLook, func(r claims.Reader) (err error) {
		v = ReportsView{Claims: map[string]claims.ClaimRow{}}
		if f.Claim != "" {
			c, err := readClaim(ctx, r, f.Claim)
			if err != nil {
				return err
			}
			f.Claim = c.ID
		}
		if v.Reports, v.Next, err = r.Reports(ctx, f); err != nil {
			return err
		}
		for _, one := range v.Reports {
			if _, known := v.Claims[one.Claim]; known {
				continue
			}
			if v.Claims[one.Claim], err = reportedClaim(ctx, r, one.Claim); err != nil {
				return err
			}
		}
		if v.Counts, err = r.CountReports(ctx, d.clock.Now()); err != nil {
			return err
		}
		v.People, err = everyone(ctx, r)
		return err
	})
	return v, err
}

func reportedClaim(ctx context.Context, r claims.Reader, id string) (claims.ClaimRow, error) {
	c, err := r.Claim(ctx, id)
	if err != nil {
		return claims.ClaimRow{}, err
	}
	a, err := r.Article(ctx, c.Article)
	return claims.ClaimRow{Claim: c, ArticleTitle: a.Title, ArticleOutlet: a.Outlet}, err
}

// Report gives one report.
func (d *Desk) Report(ctx context.Context, actor claims.Actor, id string) (ReportView, error) {
	var v ReportView
	err := d.look(ctx, actor, claims.ActReportLook, func(r claims.Reader) (err error) {
		if v.Report, err = r.Report(ctx, clip(id, maxName)); err != nil {
			return err
		}
		if v.Claim, err = reportedClaim(ctx, r, v.Report.Claim); err != nil {
			return err
		}
		if v.People, err = everyone(ctx, r); err != nil {
			return err
		}
		if v.Settings, err = r.Settings(ctx); err != nil {
			return err
		}
		v.Events, err = r.Events(ctx, claims.EventFilter{Noun: nounReport, NounID: v.Report.ID, Before: lastSeq, Limit: feedEventsMost})
		return err
	})
	return v, err
}

// TakeReport lets the actor look into a report, whoever did before.
func (d *Desk) TakeReport(ctx context.Context, actor claims.Actor, id string, version int64) (claims.ErrorReport, error) {
	return d.changeReport(ctx, actor, id, version, claims.ActReport, ActReportTake, func(t *tx, r *claims.ErrorReport) error {
		if r.Answered() {
			return claims.Refuse(claims.KindConflict, "report.answered")
		}
		r.Assignee = t.actor.ID
		return nil
	})
}

// LeaveReport gives a report back for others to look into.
func (d *Desk) LeaveReport(ctx context.Context, actor claims.Actor, id string, version int64) (claims.ErrorReport, error) {
	return d.changeReport(ctx, actor, id, version, claims.ActReport, ActReportLeave, func(_ *tx, r *claims.ErrorReport) error {
		if r.Answered() {
			return claims.Refuse(claims.KindConflict, "report.answered")
		}
		r.Assignee = ""
		return nil
	})
}

// AnswerReport says what came of a report, or says it anew.
func (d *Desk) AnswerReport(ctx context.Context, actor claims.Actor, id string, version int64, in AnswerInput) (claims.ErrorReport, error) {
	return d.changeReport(ctx, actor, id, version, claims.ActReportAnswer, ActReportAnswer, func(t *tx, r *claims.ErrorReport) error {
		before := *r
		r.Outcome, r.Note, r.Public = in.Outcome, clean(in.Note), clean(in.Public)
		var f faults
		if !slices.Contains(claims.ReportOutcomes, in.Outcome) {
			f.add("outcome", "report.outcome_unknown", clip(string(in.Outcome), maxName))
		}
		f.text("note", r.Note, maxNote)
		f.text("public", r.Public, maxWording)
		if err := f.err(); err != nil {
			return err
		}
		m, err := t.maskFor(ctx, r.Claim)
		if err != nil {
			return err
		}
		if m != nil {
			m.keep(&r.Note, before.Note)
		}
		if r.Public, err = t.sayOpenly(ctx, r.Claim, r.Public); err != nil {
			return err
		}
		if before.Answered() && r.Outcome == before.Outcome && r.Note == before.Note && r.Public == before.Public {
			return nil
		}
		now := t.now
		r.AnsweredBy, r.AnsweredAt = t.actor.ID, &now
		return nil
	})
}

// ReopenFromReport reopens the claim that a report is about, for a correction, and gives
// the report to the actor: one act, of which the history tells twice.
func (d *Desk) ReopenFromReport(ctx context.Context, actor claims.Actor, id string, version int64, reason string) (claims.Claim, error) {
	var out claims.Claim
	err := d.act(ctx, actor, func(t *tx) error {
		r, err := t.reportFor(ctx, id, version, claims.ActReport)
		if err != nil {
			return err
		}
		c, err := t.Claim(ctx, r.Claim)
		if err != nil {
			return err
		}
		if !r.Answered() && r.Assignee != actor.ID {
			after := r
			after.Assignee = actor.ID
			if err := t.saveReport(ctx, c, r, &after, ActReportTake); err != nil {
				return err
			}
		}
		out, err = t.changeClaim(ctx, c.ID, c.Version, func(t *tx, c *claims.Claim) (entry, error) {
			move, err := legal(c.State, claims.StateReopened)
			if err != nil {
				return entry{}, err
			}
			return d.move(ctx, t, c, move, MoveInput{To: claims.StateReopened, Reason: reason})
		})
		return err
	})
	return out, err
}

// EraseReport takes away what a reader wrote, where they can be reached and what the
// desk noted of it; that there was a report, and its outcome, stay.
func (d *Desk) EraseReport(ctx context.Context, actor claims.Actor, id, reason string) error {
	return d.erase(ctx, actor, reason, func(t *tx) (entry, func() error, error) {
		r, err := t.Report(ctx, clip(id, maxName))
		if err != nil {
			return entry{}, nil, err
		}
		c, err := t.Claim(ctx, r.Claim)
		return onReport(ActErase, c, r.ID, nil), func() error {
			if r.Erased {
				return claims.Refuse(claims.KindConflict, "erase.done")
			}
			r.Text, r.URL, r.Contact, r.Note, r.Public, r.Erased = "", "", "", "", "", true
			if err := t.UpdateReport(ctx, &r); err != nil {
				return err
			}
			if err := t.eraseValuesOfReport(ctx, r.ID, reason); err != nil {
				return err
			}
			return t.DeleteReplyBodies(ctx)
		}, err
	})
}

func (t *tx) eraseValuesOfReport(ctx context.Context, id, reason string) error {
	events, err := t.Events(ctx, claims.EventFilter{Noun: nounReport, NounID: id, Before: lastSeq, Limit: maxLimit})
	if err != nil {
		return err
	}
	for _, e := range events {
		undone, err := t.Events(ctx, claims.EventFilter{Noun: nounUndone, NounID: e.ID, Limit: 1})
		if err != nil {
			return err
		}
		for _, one := range append(undone, e) {
			if err := t.eraseValues(ctx, one, reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// eraseValues takes an event's values away and tells of it, as EraseEvent does.
func (t *tx) eraseValues(ctx context.Context, e claims.Event, reason string) error {
	if allErased(e) {
		return nil
	}
	if err := t.EraseValues(ctx, e.Seq); err != nil {
		return err
	}
	return t.record(ctx, entry{act: ActErase, noun: nounHistory, id: strconv.FormatInt(e.Seq, 10), article: e.Article, claim: e.Claim, reason: clean(reason)})
}

// changeReport changes a report where it is as the caller saw it.
func (d *Desk) changeReport(ctx context.Context, actor claims.Actor, id string, version int64, right claims.Act, act string, do func(*tx, *claims.ErrorReport) error) (claims.ErrorReport, error) {
	var out claims.ErrorReport
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.reportFor(ctx, id, version, right)
		if err != nil {
			return err
		}
		c, err := t.Claim(ctx, before.Claim)
		if err != nil {
			return err
		}
		out = before
		if err := do(t, &out); err != nil {
			return err
		}
		return t.saveReport(ctx, c, before, &out, act)
	})
	return out, err
}

func (t *tx) reportFor(ctx context.Context, id string, version int64, right claims.Act) (claims.ErrorReport, error) {
	r, err := t.Report(ctx, clip(id, maxName))
	if err != nil {
		return r, err
	}
	if err := fresh(nounReport, r.ID, version, r.Version); err != nil {
		return r, err
	}
	if err := t.may(right); err != nil {
		return r, err
	}
	if r.Erased {
		return r, claims.Refuse(claims.KindGone, "report.erased")
	}
	return r, nil
}

func (t *tx) saveReport(ctx context.Context, c claims.Claim, before claims.ErrorReport, after *claims.ErrorReport, act string) error {
	changes := diff(reportFields, before, *after)
	if len(changes) == 0 {
		return nil
	}
	if err := t.UpdateReport(ctx, after); err != nil {
		return err
	}
	if err := t.record(ctx, onReport(act, c, after.ID, changes)); err != nil || act != ActReportAnswer {
		return err
	}
	return t.announceReport(ctx, claims.NewsAnswered, *after)
}

// undoReport takes back an act on a report: one that was written down goes.
func (t *tx) undoReport(ctx context.Context, e claims.Event) ([]change, error) {
	now, err := t.Report(ctx, e.NounID)
	if err != nil {
		return nil, err
	}
	if e.Act == ActReportAdd {
		return gone(reportFields, now), t.DeleteReport(ctx, now.Claim, now.ID)
	}
	back := now
	if err := restore(reportFields, &back, e); err != nil {
		return nil, err
	}
	return diff(reportFields, now, back), t.UpdateReport(ctx, &back)
}

// TellReportsDue reminds those concerned of reports that are due within a day, once
// each, and says how many those were.
func (d *Desk) TellReportsDue(ctx context.Context) (int, error) {
	var due []claims.ErrorReport
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		due, err = r.ReportsToRemind(ctx, d.DueSoon())
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = d.update(ctx, job, func(t *tx) error {
		if due, err = t.ReportsToRemind(ctx, d.DueSoon()); err != nil {
			return err
		}
		for _, r := range due {
			if err := t.remind(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	return len(due), err
}

func (t *tx) remind(ctx context.Context, r claims.ErrorReport) error {
	c, err := t.Claim(ctx, r.Claim)
	if err != nil {
		return err
	}
	people := []string{r.Assignee}
	if r.Assignee == "" {
		if people, err = t.concernedBy(ctx, c); err != nil {
			return err
		}
	}
	for _, id := range people {
		p, err := t.Person(ctx, id)
		if missing(err) || err == nil && p.Disabled {
			continue
		}
		if err != nil {
			return err
		}
		if shown, err := t.claimShownTo(ctx, c.ID, p); err != nil || !shown {
			continue
		}
		if err := t.putInbox(ctx, claims.InboxItem{Person: id, Kind: claims.InboxReportDue, Claim: c.ID, Due: r.DueAt}); err != nil {
			return err
		}
	}
	return t.MarkReminded(ctx, r.ID)
}

// readReports reads what readers reported of a claim, for those who may know.
func (v *ClaimView) readReports(ctx context.Context, r claims.Reader, actor claims.Actor, c claims.Claim) (err error) {
	if c.PublishedVersion == 0 || may(ctx, r, actor, claims.ActReportLook) != nil {
		return nil
	}
	v.Reports, _, err = r.Reports(ctx, claims.ReportFilter{Claim: c.ID, Page: claims.Page{Limit: maxLimit}})
	return err
}

// readReports reads the reports that wait for an answer.
func (v *DeskView) readReports(ctx context.Context, r claims.Reader) (err error) {
	if v.Reports.Counts, err = r.CountReports(ctx, v.Now); err != nil {
		return err
	}
	if v.Reports.Reports, _, err = r.Reports(ctx, claims.ReportFilter{Open: true, Page: claims.Page{Limit: deskRows}}); err != nil {
		return err
	}
	v.Reports.Claims = map[string]claims.ClaimRow{}
	for _, one := range v.Reports.Reports {
		if v.Reports.Claims[one.Claim], err = reportedClaim(ctx, r, one.Claim); err != nil {
			return err
		}
	}
	return nil
}
