package claimstest

import (
	"crypto/rand"
	"testing"
	"time"

	"cotejo/claims"
)

// runStats tells of three claims of one article and one of another.
func runStats(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana := PutPerson(t, store, "ana", claims.RoleChecker)
	Read(t, store, func(r claims.Reader) error {
		first, err := r.FirstClaim(ctx)
		if !first.IsZero() {
			t.Errorf("the oldest of no claims came in at %v", first)
		}
		return err
	})
	a, secret := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	pike := claims.Source{ID: "S1P", Name: "Pike", Kind: claims.KindPerson, CreatedAt: Start, UpdatedAt: Start}
	into := claims.Source{ID: "S2P", Name: "Rosalind Pike", Kind: claims.KindPerson, CreatedAt: Start, UpdatedAt: Start}
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateSource(ctx, &pike); err != nil {
			return err
		}
		if err := w.CreateSource(ctx, &into); err != nil {
			return err
		}
		pike.MergedInto = into.ID
		if err := w.UpdateSource(ctx, &pike); err != nil {
			return err
		}
		secret.Restricted, secret.Readers = true, []string{ana.ID}
		return w.UpdateArticle(ctx, &secret)
	})
	at := func(hours int) time.Time { return Start.Add(time.Duration(hours) * time.Hour) }
	moment := func(hours int) *time.Time { m := at(hours); return &m }
	said := func(source string) []claims.Attribution {
		return []claims.Attribution{{Mode: claims.ModeDirect, Sources: []claims.Link{{Source: source, Name: "Pike", Text: "la señora Pike"}}}}
	}
	judged := func(article, source, step string, took int) claims.Claim {
		return PutClaim(t, store, article, func(c *claims.Claim) {
			c.State, c.Verdict = claims.StateApproved, &claims.Verdict{Content: step, Scale: 1, ChangedAt: Start}
			c.CreatedAt, c.ReviewedAt, c.ReviewedBy, c.ApprovedBy = Start, moment(took), "P1", "P1"
			c.Origin = claims.Origin{By: claims.ByEngine, Rule: "r1", Accepted: true}
			c.Attributions = said(source)
		})
	}
	first := judged(a.ID, pike.ID, "false", 2)
	judged(a.ID, into.ID, "true", 30)
	judged(a.ID, "", "true", 50)
	judged(secret.ID, into.ID, "false", 5)
	open := PutClaim(t, store, a.ID, func(c *claims.Claim) {
		c.State, c.CreatedAt, c.UpdatedAt, c.Assignee = claims.StateOpen, at(-100), at(-50), "P2"
		c.Origin = claims.Origin{By: claims.ByPerson, Accepted: true}
		c.Attributions = said(pike.ID)
	})
	PutClaim(t, store, a.ID, func(c *claims.Claim) {
		c.State, c.CreatedAt = claims.StateDismissed, Start
		c.Origin, c.Dismissed = claims.Origin{By: claims.ByEngine, Rule: "r1"}, &claims.Dismissal{Reason: claims.DismissTrivial}
		c.Verdict = &claims.Verdict{Content: "true", Scale: 1, ChangedAt: Start}
	})
	putStatEvents(t, store, first, open, at)
	Read(t, store, func(r claims.Reader) error {
		if err := r.HideFrom(ctx, "P9"); err != nil {
			return err
		}
		return statsOf(t, r, at)
	})
	Read(t, store, func(r claims.Reader) error {
		tallies, _, err := r.VerdictTallies(ctx, claims.BySource, time.Time{}, 9)
		equal(t, "verdicts of one source, nothing hidden", []claims.VerdictTally{{ID: into.ID, Name: into.Name, N: 3, Steps: map[string]int{"false": 2, "true": 1}}}, tallies)
		return err
	})
}

// putStatEvents has a claim been edited and approved, and somebody been asked about another.
func putStatEvents(t *testing.T, store claims.Store, first, open claims.Claim, at func(int) time.Time) {
	t.Helper()
	ctx := t.Context()
	Write(t, store, func(w claims.Writer) error {
		moved := NewEvent(t, "claim.approve", first.ID)
		for side, state := range map[claims.Side]claims.State{claims.SideBefore: claims.StateSubmitted, claims.SideAfter: claims.StateApproved} {
			v, err := claims.NewValue(rand.Reader, side, "state", state)
			if err != nil {
				return err
			}
			moved.Values = append(moved.Values, v)
		}
		edited := NewEvent(t, "claim.edit", first.ID)
		moved.At, edited.At = at(2), at(1)
		if err := w.AppendEvent(ctx, &edited); err != nil {
			return err
		}
		if err := w.AppendEvent(ctx, &moved); err != nil {
			return err
		}
		return w.CreateContact(ctx, &claims.Contact{ID: "K", Claim: open.ID, Whom: "x", Means: claims.MeansEmail, Question: "¿?", AskedAt: at(-3), CreatedBy: "P2", CreatedAt: Start})
	})
}

// statsOf is what somebody counts who may not know of the second article.
func statsOf(t *testing.T, r claims.Reader, at func(int) time.Time) error {
	ctx := t.Context()
	oldest, err := r.FirstClaim(ctx)
	if err != nil {
		return err
	}
	equal(t, "the oldest claim", at(-100), oldest)
	flows, err := r.StateFlows(ctx, claims.Ladder{Start: at(0), Step: time.Hour, N: 4})
	if err != nil {
		return err
	}
	equal(t, "flows", []claims.StateFlow{{Step: 2, From: claims.StateSubmitted, To: claims.StateApproved, N: 1}}, flows)
	tallies, untied, err := r.VerdictTallies(ctx, claims.BySource, at(3), 9)
	if err != nil {
		return err
	}
	equal(t, "verdicts by source since", []claims.VerdictTally{{ID: "S2P", Name: "Rosalind Pike", N: 1, Steps: map[string]int{"true": 1}}}, tallies)
	equal(t, "verdicts without a record", 1, untied)
	if tallies, _, err = r.VerdictTallies(ctx, claims.ByOutlet, time.Time{}, 9); err != nil {
		return err
	}
	if len(tallies) != 1 || tallies[0].N != 3 || tallies[0].ID != "" || tallies[0].Steps["true"] != 2 {
		t.Errorf("verdicts by outlet are %+v", tallies)
	}
	if tallies, _, err = r.VerdictTallies(ctx, claims.ByOutlet, at(1000), 9); err != nil || len(tallies) != 0 {
		t.Errorf("verdicts of the future are %+v, %v", tallies, err)
	}
	times, err := r.VerdictTimes(ctx, time.Time{}, 2)
	if err != nil {
		return err
	}
	equal(t, "times", []time.Duration{50 * time.Hour, 30 * time.Hour}, times)
	ages, err := r.BacklogAges(ctx, at(0))
	if err != nil {
		return err
	}
	equal(t, "ages", []claims.AgeCount{{State: claims.StateApproved, N: 3}, {State: claims.StateOpen, Age: 2, N: 1}}, ages)
	work, err := r.WorkGroups(ctx)
	if err != nil {
		return err
	}
	equal(t, "work", []claims.WorkGroup{
		{State: claims.StateApproved, Approver: "P1", N: 3, Since: at(2)}, {State: claims.StateOpen, Assignee: "P2", N: 1, Since: at(-50)},
	}, work)
	asked, err := r.AskedGroups(ctx)
	if err != nil {
		return err
	}
	equal(t, "questions", []claims.AskedGroup{{Asker: "P2", N: 1, Since: at(-3)}}, asked)
	suggested, missed, err := r.SuggestionTallies(ctx, time.Time{})
	equal(t, "suggestions", []claims.SuggestionTally{{By: claims.ByEngine, Rule: "r1", N: 4, Accepted: 3, Edited: 1, Dismissed: map[claims.DismissReason]int{claims.DismissTrivial: 1}}}, suggested)
	equal(t, "what machines missed", 1, missed)
	return err
}
