package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

// NewReport makes a sample report of an error in a claim.
func NewReport(claim string, n int) claims.ErrorReport {
	at := Start.Add(time.Duration(n) * time.Hour)
	return claims.ErrorReport{ID: NewID(claims.IDLen), Claim: claim, N: 1, Text: "Fueron 1.150", URL: "https://data.test/1", Contact: "lector@mail.test", Language: "es",
		ReceivedAt: at, DueAt: at.Add(7 * 24 * time.Hour)}
}

// runReports keeps what readers report, and what came of it.
func runReports(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c, other := PutClaim(t, store, a.ID, nil), PutClaim(t, store, a.ID, nil)
	first, second, third := NewReport(c.ID, 0), NewReport(c.ID, 1), NewReport(other.ID, 2)
	refused(t, store, "a report without an event", "", func(w claims.Writer) error { r := first; return w.CreateReport(ctx, &r) })
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateReport(ctx, &first), w.CreateReport(ctx, &second), w.CreateReport(ctx, &third))
	})
	refused(t, store, "a report of no claim", claims.KindNotFound, func(w claims.Writer) error { r := NewReport("NOPE00", 0); return w.CreateReport(ctx, &r) })
	at := Start.Add(48 * time.Hour)
	second.Outcome, second.Note, second.Public, second.AnsweredBy, second.AnsweredAt, second.Assignee = claims.ReportNoError, "Está bien", "Miramos.", "P1", &at, "P2"
	stale := second
	Write(t, store, func(w claims.Writer) error { return w.UpdateReport(ctx, &second) })
	refused(t, store, "a change of an older version", claims.KindStale, func(w claims.Writer) error { return w.UpdateReport(ctx, &stale) })
	now := Start.Add(7*24*time.Hour + time.Minute) // the first is overdue
	Read(t, store, func(r claims.Reader) error {
		all, next, err := r.Reports(ctx, claims.ReportFilter{Page: claims.Page{Limit: 2}})
		equal(t, "newest", []claims.ErrorReport{third, second}, all)
		rest, last, err2 := r.Reports(ctx, claims.ReportFilter{Page: claims.Page{Limit: 2, Cursor: next}})
		equal(t, "the rest", []claims.ErrorReport{first}, rest)
		equal(t, "last cursor", "", last)
		open, next, err3 := r.Reports(ctx, claims.ReportFilter{Open: true, Page: claims.Page{Limit: 1}})
		equal(t, "first due", []claims.ErrorReport{first}, open)
		open, _, err4 := r.Reports(ctx, claims.ReportFilter{Open: true, Page: claims.Page{Limit: 1, Cursor: next}})
		equal(t, "due later", []claims.ErrorReport{third}, open)
		own, _, err5 := r.Reports(ctx, claims.ReportFilter{Claim: c.ID, Answered: true})
		equal(t, "answered ones of a claim", []claims.ErrorReport{second}, own)
		counts, err6 := r.CountReports(ctx, now)
		equal(t, "counts", claims.ReportCounts{Open: 2, Overdue: 1, Answered: 1, InTime: 1}, counts)
		due, err7 := r.ReportsToRemind(ctx, now)
		equal(t, "to be reminded of", []claims.ErrorReport{first}, due)
		return errors.Join(err, err2, err3, err4, err5, err6, err7)
	})
	if err := store.Update(ctx, func(w claims.Writer) error {
		return errors.Join(w.MarkReminded(ctx, first.ID), w.CreateSharedKey(ctx, "k", "one"), w.CreateSharedKey(ctx, "k", "two"))
	}); err != nil {
		t.Errorf("reminders and keys ask for no event: %v", err)
	}
	Read(t, store, func(r claims.Reader) error {
		due, err := r.ReportsToRemind(ctx, now)
		equal(t, "reminded already", 0, len(due))
		key, err2 := r.SharedKey(ctx, "k")
		equal(t, "the key that was there first", "one", key)
		return errors.Join(err, err2)
	})
	withdrawn := NewPublication(other.ID, 1)
	corrected := NewPublication(c.ID, 2)
	corrected.Effect = claims.EffectVerdict
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreatePublication(ctx, NewPublication(c.ID, 1)), w.CreatePublication(ctx, corrected), w.CreatePublication(ctx, withdrawn),
			w.WithdrawPublications(ctx, other.ID, claims.Withdrawal{By: "P1", At: Start, Reason: "x"}))
	})
	Read(t, store, func(r claims.Reader) error {
		counts, err := r.CountPublic(ctx)
		equal(t, "what is public", claims.PublicCounts{Claims: 1, Withdrawn: 1, Corrections: 1}, counts)
		return err
	})
	missing(t, store, "no key", func(r claims.Reader) error { _, err := r.SharedKey(ctx, "other"); return err })
	Write(t, store, func(w claims.Writer) error { return w.DeleteReport(ctx, c.ID, second.ID) })
	missing(t, store, "a deleted report", func(r claims.Reader) error { _, err := r.Report(ctx, second.ID); return err })
	a.Restricted = true
	Write(t, store, func(w claims.Writer) error { return w.UpdateArticle(ctx, &a) })
	Read(t, store, func(r claims.Reader) error {
		if err := r.HideFrom(ctx, "P9"); err != nil {
			return err
		}
		all, _, err := r.Reports(ctx, claims.ReportFilter{})
		counts, err2 := r.CountReports(ctx, now)
		_, hidden := r.Report(ctx, first.ID)
		if len(all) > 0 || counts != (claims.ReportCounts{}) || claims.KindOf(hidden) != claims.KindNotFound {
			t.Errorf("of a hidden article: %v, %+v, %v", all, counts, hidden)
		}
		return errors.Join(err, err2)
	})
}
