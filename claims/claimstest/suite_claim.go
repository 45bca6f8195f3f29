package claimstest

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"cotejo/claims"
)

// fullClaim fills every field of a claim.
func fullClaim(c *claims.Claim) {
	due, submitted, reviewed, published := Start.Add(time.Hour), Start.Add(2*time.Hour), Start.Add(3*time.Hour), Start.Add(4*time.Hour)
	made, asOf, again, low, high, number := claims.Date("2025-10"), claims.Date("2025"), claims.Date("2026-01-31"), 1.5, 1e21, 0.1
	c.Fragments = append(c.Fragments, claims.Fragment{Span: claims.Span{Start: 62, End: 87}, Text: "El río creció dos metros "})
	c.Attributions[0].Original = &claims.Link{Source: "S1", Text: "un informe", Name: "Informe «Ríos» 🌊", Kind: claims.KindDocument, Code: "ES", Cue: "según", SawOriginal: true}
	c.Attributions = append(c.Attributions, claims.Attribution{Mode: claims.ModeNone})
	c.Quantities = append(c.Quantities, claims.Quantity{Text: "x", Low: &low, High: &high, Bound: claims.BoundRange}, claims.Quantity{Value: &number})
	c.State, c.Priority, c.Tags, c.Assignee, c.Due, c.MadeOn = claims.StatePublished, 2, []string{"b", "a", "á"}, "P3", &due, &made
	c.Dismissed = &claims.Dismissal{Reason: claims.DismissDuplicate, Of: "7F3K9Q", Note: "la misma"}
	c.Verdict = &claims.Verdict{Content: "half_true", Attribution: "accurate", Rationale: "Línea\ndos", WhatIsTrue: "Costó 14.200", AsOf: &asOf,
		ReviewAgain: &again, Scale: 3, ChangedBy: "P1", ChangedAt: Start}
	c.SubmittedBy, c.SubmittedAt, c.ReviewedBy, c.ReviewedAt, c.ApprovedBy = "P1", &submitted, "P2", &reviewed, "P2"
	c.PublishedVersion, c.PublishedAt, c.Corrections = 4, &published, 2
	c.Origin = claims.Origin{By: claims.ByModel, Rule: "m@1", Accepted: true}
	c.Anchor = claims.AnchorKept
	c.Worth, c.UpdatedAt = 0.1234567890123, Start.Add(5*time.Hour)
}

func runClaims(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	bare := PutClaim(t, store, a.ID, func(c *claims.Claim) {
		c.Assertion = claims.Assertion{Standalone: "Sin nada", Kind: claims.KindOther}
		c.Tags = nil
	})
	full := PutClaim(t, store, a.ID, fullClaim)
	equal(t, "version of a new claim", int64(1), full.Version)
	check := func(want claims.Claim) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			got, err := r.Claim(ctx, want.ID)
			equal(t, "claim", want, got)
			return err
		})
	}
	check(bare)
	check(full)

	Write(t, store, func(w claims.Writer) error {
		twin := NewClaim(a.ID)
		twin.ID = full.ID
		wantKind(t, "id used before", claims.KindConflict, w.CreateClaim(ctx, &twin))
		orphan := NewClaim("nothing")
		wantKind(t, "claim of no article", claims.KindNotFound, w.CreateClaim(ctx, &orphan))
		ghost := NewClaim(a.ID)
		wantKind(t, "update of no claim", claims.KindNotFound, w.UpdateClaim(ctx, &ghost))
		stale := full
		stale.Version = 2
		wantKind(t, "stale claim", claims.KindStale, w.UpdateClaim(ctx, &stale))
		endless := NewClaim(a.ID)
		endless.Worth = math.NaN()
		wantKind(t, "worth that is no number", claims.KindInvalid, w.CreateClaim(ctx, &endless))
		return nil
	})
	bare.Evidence = 9 // counted, not written
	id, article, created, version := bare.ID, bare.Article, bare.CreatedAt, bare.Version
	bare.Assertion = NewClaim(a.ID).Assertion
	fullClaim(&bare)
	bare.ID, bare.Article, bare.CreatedAt, bare.Version = id, article, created, version
	Write(t, store, func(w claims.Writer) error { return w.UpdateClaim(ctx, &bare) })
	equal(t, "version and evidence after an update", [2]int64{2, 0}, [2]int64{bare.Version, int64(bare.Evidence)})
	check(bare)
	bare.Verdict, bare.Dismissed, bare.Due, bare.MadeOn = &claims.Verdict{}, nil, nil, nil
	Write(t, store, func(w claims.Writer) error { return w.UpdateClaim(ctx, &bare) })
	check(bare)
	missing(t, store, "unknown claim", func(r claims.Reader) error { _, err := r.Claim(ctx, "000000"); return err })
}

func runClaimFilters(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, b := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	names := map[string]string{}
	put := func(name, article string, change func(*claims.Claim)) {
		names[PutClaim(t, store, article, change).ID] = name
	}
	var openID string
	put("open", a.ID, func(c *claims.Claim) { openID = c.ID })
	put("check", a.ID, func(c *claims.Claim) {
		c.State, c.Assignee, c.Tags, c.Language = claims.StateInCheck, "P1", []string{"agua", "ríos"}, "en"
		c.Standalone, c.Fragments[0].Text = "The river rose", "river rose"
		c.Attributions[0].Sources[0] = claims.Link{Name: "Ministry of Water", Text: "the ministry"}
		c.UpdatedAt, c.Quantities = Start.Add(time.Hour), nil
	})
	put("published", b.ID, func(c *claims.Claim) {
		c.State, c.PublishedVersion, c.Attributions = claims.StatePublished, 1, nil
		c.Verdict = &claims.Verdict{Content: "false"}
	})
	put("unjudged", b.ID, func(c *claims.Claim) { c.Verdict = &claims.Verdict{Rationale: "draft"}; c.Standalone = "Ñ" })
	all := []string{"open", "check", "published", "unjudged"}
	for _, tc := range []struct {
		filter claims.ClaimFilter
		want   []string
	}{
		{claims.ClaimFilter{}, all},
		{claims.ClaimFilter{States: []claims.State{claims.StateInCheck, claims.StatePublished}}, []string{"check", "published"}},
		{claims.ClaimFilter{Article: b.ID}, []string{"published", "unjudged"}},
		{claims.ClaimFilter{Source: "ALCALDIA rio"}, []string{"open", "unjudged"}},
		{claims.ClaimFilter{Source: "efe"}, []string{"open", "check", "unjudged"}},
		{claims.ClaimFilter{Source: "the ministry"}, []string{"check"}},
		{claims.ClaimFilter{Verdict: "false"}, []string{"published"}},
		{claims.ClaimFilter{Verdict: "none"}, []string{"open", "check", "unjudged"}},
		{claims.ClaimFilter{Assignee: "P1"}, []string{"check"}},
		{claims.ClaimFilter{Assignee: "none"}, []string{"open", "published", "unjudged"}},
		{claims.ClaimFilter{Language: "en"}, []string{"check"}},
		{claims.ClaimFilter{Tag: "ríos"}, []string{"check"}},
		{claims.ClaimFilter{Query: "ñ"}, []string{"unjudged"}},
		{claims.ClaimFilter{Query: "minist"}, []string{"check"}}, // the last word may be a beginning
		{claims.ClaimFilter{Query: "rose RIVER ministry"}, []string{"check"}},
		{claims.ClaimFilter{Query: "15.000 ALCALDÍA"}, []string{"open", "unjudged"}},
		{claims.ClaimFilter{Query: " " + claims.ShowID(openID) + " "}, []string{"open"}},
		{claims.ClaimFilter{UpdatedSince: Start.Add(time.Hour)}, []string{"check"}},
		{claims.ClaimFilter{Published: true}, []string{"published"}},
		{claims.ClaimFilter{Figures: true}, []string{"open", "published", "unjudged"}},
		{claims.ClaimFilter{Published: true, Language: "en"}, nil},
	} {
		t.Run(fmt.Sprintf("%+v", tc.filter), func(t *testing.T) {
			Read(t, store, func(r claims.Reader) error {
				var got []string
				total := 0
				if err := r.EachClaim(ctx, tc.filter, func(row claims.ClaimRow) error {
					got = append(got, names[row.ID])
					return nil
				}); err != nil {
					return err
				}
				slices.Sort(got)
				slices.Sort(tc.want)
				equal(t, "claims", tc.want, got)
				counts, err := r.CountClaims(ctx, tc.filter)
				for _, n := range counts {
					total += n
				}
				equal(t, "count", len(tc.want), total)
				return err
			})
		})
	}
	runDerivedAfterUpdate(t, store, openID)
}

// runDerivedAfterUpdate: filters follow an edit.
func runDerivedAfterUpdate(t *testing.T, store claims.Store, id string) {
	ctx := t.Context()
	Write(t, store, func(w claims.Writer) error {
		c, err := w.Claim(ctx, id)
		if err != nil {
			return err
		}
		c.Attributions = []claims.Attribution{{Mode: claims.ModeDirect, Sources: []claims.Link{{Name: "Vecinos"}}}}
		c.Tags, c.Standalone = []string{"nuevo"}, "Zeta"
		return w.UpdateClaim(ctx, &c)
	})
	Read(t, store, func(r claims.Reader) error {
		for _, f := range []struct {
			filter claims.ClaimFilter
			want   int
		}{
			{claims.ClaimFilter{Source: "vecinos"}, 1}, {claims.ClaimFilter{Source: "alcaldía"}, 1},
			{claims.ClaimFilter{Tag: "nuevo"}, 1}, {claims.ClaimFilter{Query: "zeta vecinos"}, 1},
		} {
			rows, _, err := r.Claims(ctx, f.filter)
			if err != nil {
				return err
			}
			if len(rows) != f.want {
				t.Errorf("%+v gives %d claims after the edit, want %d", f.filter, len(rows), f.want)
			}
		}
		return nil
	})
}

func runClaimPages(t *testing.T, store claims.Store) {
	ctx := t.Context()
	older, newer := PutArticle(t, store, "Uno"), NewArticle("Dos")
	newer.CreatedAt = Start.Add(time.Hour)
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateArticle(ctx, &newer); err != nil {
			return err
		}
		return w.CreateSnapshot(ctx, NewSnapshot(newer.ID, 1, SampleText))
	})
	var ids []string
	for i := range 7 {
		article := newer.ID
		if i%2 == 1 {
			article = older.ID
		}
		c := PutClaim(t, store, article, func(c *claims.Claim) {
			c.Fragments[0].Span = claims.Span{Start: 50 - 10*(i/2), End: 60}
			c.Priority, c.Worth = i%2, float64(i/2)/3
			c.UpdatedAt = Start.Add(time.Duration(i/3) * time.Minute)
		})
		ids = append(ids, c.ID)
	}
	pick := func(order ...int) (out []string) {
		for _, i := range order {
			out = append(out, ids[i])
		}
		return out
	}
	for _, tc := range []struct {
		order claims.Order
		want  []string
	}{
		{"", pick(5, 3, 1, 6, 4, 2, 0)},
		{claims.OrderArticle, pick(5, 3, 1, 6, 4, 2, 0)},
		{claims.OrderUpdated, pick(6, 5, 4, 3, 2, 1, 0)},
		{claims.OrderWorth, pick(5, 3, 1, 6, 4, 2, 0)},
	} {
		for _, limit := range []int{1, 2, 3, 100} {
			equal(t, fmt.Sprintf("order %q in pages of %d", tc.order, limit), tc.want, walkClaims(t, store, tc.order, limit))
		}
	}
	Read(t, store, func(r claims.Reader) error {
		rows, _, err := r.Claims(ctx, claims.ClaimFilter{Page: claims.Page{Limit: 1}})
		if err != nil {
			return err
		}
		row := rows[0]
		equal(t, "what a row knows of its article",
			[]any{older.Title, older.Outlet, older.URL, older.CanonicalURL, older.Published, Hash(SampleText)},
			[]any{row.ArticleTitle, row.ArticleOutlet, row.ArticleURL, row.ArticleCanonical, row.ArticlePublished, row.SnapshotSHA256})
		return nil
	})
	for _, f := range []claims.ClaimFilter{
		{Order: "nothing"}, {Page: claims.Page{Cursor: "?"}}, {Order: claims.OrderWorth, Page: claims.Page{Cursor: "WzEsMl0"}},
	} {
		wantKind(t, fmt.Sprintf("%+v", f), claims.KindInvalid, store.View(ctx, func(r claims.Reader) error {
			_, _, err := r.Claims(ctx, f)
			return err
		}))
	}
}

func walkClaims(t *testing.T, store claims.Store, order claims.Order, limit int) (ids []string) {
	t.Helper()
	f := claims.ClaimFilter{Order: order, Page: claims.Page{Limit: limit}}
	for range 100 {
		Read(t, store, func(r claims.Reader) error {
			rows, next, err := r.Claims(t.Context(), f)
			for _, row := range rows {
				ids = append(ids, row.ID)
			}
			f.Cursor = next
			return err
		})
		if f.Cursor == "" {
			return ids
		}
	}
	t.Fatal("pages do not end")
	return nil
}

// runNestedReads: an export reads evidence while it walks more claims than a
// batch holds.
func runNestedReads(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	const n = 450
	Write(t, store, func(w claims.Writer) error {
		for range n {
			c := NewClaim(a.ID)
			if err := w.CreateClaim(ctx, &c); err != nil {
				return err
			}
			if err := w.CreateEvidence(ctx, claims.Evidence{ID: c.ID, Claim: c.ID, URL: "https://x.test/" + c.ID, AddedAt: Start}); err != nil {
				return err
			}
		}
		return nil
	})
	Read(t, store, func(r claims.Reader) error {
		seen := map[string]bool{}
		err := r.EachClaim(ctx, claims.ClaimFilter{}, func(row claims.ClaimRow) error {
			evidence, err := r.Evidence(ctx, row.ID)
			if err != nil {
				return err
			}
			if len(evidence) != 1 || row.Claim.Evidence != 1 {
				t.Errorf("claim %s has %d pieces and counts %d, want 1", row.ID, len(evidence), row.Claim.Evidence)
			}
			seen[row.ID] = true
			return nil
		})
		equal(t, "claims walked", n, len(seen))
		return err
	})
	calls := 0
	err := store.View(ctx, func(r claims.Reader) error {
		return r.EachClaim(ctx, claims.ClaimFilter{}, func(claims.ClaimRow) error { calls++; return errStop })
	})
	if err != errStop || calls != 1 {
		t.Errorf("a walk that is stopped made %d calls and gave %v", calls, err)
	}
}

func runClaimParts(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c := PutClaim(t, store, a.ID, nil)
	evidence := []claims.Evidence{
		{ID: "E1", Claim: c.ID, URL: "https://x.test", Title: "T", Publisher: "P", Stance: claims.StanceAgainst, Grade: claims.GradePrimary,
			Quote: "«q»", Locator: "p. 3", AddedBy: "P1", AddedAt: Start.Add(time.Minute)},
		{ID: "E2", Claim: c.ID, Stance: claims.StanceFor, Grade: claims.GradeSecondary, AddedAt: Start},
	}
	notes := []claims.Note{{ID: "N1", Claim: c.ID, Author: "P1", Text: "uno", At: Start}, {ID: "N2", Claim: c.ID, Author: "P2", Text: "dos", At: Start}}
	reviews := []claims.Review{{ID: "R1", Claim: c.ID, ClaimVersion: 3, Reviewer: "P2", Outcome: claims.OutcomeReturned, Reason: "falta", At: Start, Single: true, Override: "urge",
		Checklist: []claims.CheckedItem{{ChecklistItem: claims.ChecklistItem{Code: "a", Words: map[string]string{"es": "«a»"}}, Done: true}}}}
	Write(t, store, func(w claims.Writer) error {
		for _, e := range evidence {
			if err := w.CreateEvidence(ctx, e); err != nil {
				return err
			}
		}
		for _, n := range notes {
			if err := w.CreateNote(ctx, n); err != nil {
				return err
			}
		}
		wantKind(t, "evidence twice", claims.KindConflict, w.CreateEvidence(ctx, evidence[0]))
		wantKind(t, "note twice", claims.KindConflict, w.CreateNote(ctx, notes[0]))
		return w.CreateReview(ctx, reviews[0])
	})
	Read(t, store, func(r claims.Reader) error {
		gotEvidence, err := r.Evidence(ctx, c.ID)
		if err != nil {
			return err
		}
		equal(t, "evidence, oldest first", []claims.Evidence{evidence[1], evidence[0]}, gotEvidence)
		gotNotes, err := r.Notes(ctx, c.ID)
		if err != nil {
			return err
		}
		equal(t, "notes, oldest first", notes, gotNotes)
		gotReviews, err := r.Reviews(ctx, c.ID)
		if err != nil {
			return err
		}
		equal(t, "reviews", reviews, gotReviews)
		got, err := r.Claim(ctx, c.ID)
		equal(t, "count of evidence", 2, got.Evidence)
		return err
	})
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "evidence of another claim", claims.KindNotFound, w.DeleteEvidence(ctx, "000000", "E1"))
		return w.DeleteEvidence(ctx, c.ID, "E1")
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Evidence(ctx, c.ID)
		equal(t, "evidence after a deletion", []claims.Evidence{evidence[1]}, got)
		return err
	})
	refused(t, store, "evidence of no claim", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreateEvidence(ctx, claims.Evidence{ID: "E9", Claim: "000000", AddedAt: Start})
	})
	refused(t, store, "note on no claim", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreateNote(ctx, claims.Note{ID: "N9", Claim: "000000", At: Start})
	})
}

// runPrecedents looks for what was decided before, by source and by topic.
func runPrecedents(t *testing.T, store claims.Store) {
	ctx := t.Context()
	article := PutArticle(t, store, "Antes").ID
	whole := PutSource(t, store, "Precedente", nil)
	part := PutSource(t, store, "Precedente vieja", func(s *claims.Source) { s.MergedInto = whole.ID })
	updateSource(t, store, &part, func(s *claims.Source) { s.MergedInto = "" })
	updateSource(t, store, &part, func(s *claims.Source) { s.MergedInto = whole.ID })
	hour := 0
	decided := func(state claims.State, change ...func(*claims.Claim)) string {
		hour++
		at := Start.Add(time.Duration(hour) * time.Hour)
		return PutClaim(t, store, article, func(c *claims.Claim) {
			c.State, c.PublishedAt, c.ReviewedAt = state, &at, &at
			c.Tags, c.Quantities = nil, nil
			c.Verdict = &claims.Verdict{Content: "true", Scale: 1, ChangedBy: "P1", ChangedAt: Start}
			Tied("", "Nadie en particular")(c)
			for _, f := range change {
				f(c)
			}
		}).ID
	}
	unit := func(u string) func(*claims.Claim) {
		return func(c *claims.Claim) { c.Quantities = []claims.Quantity{{Text: "x", Unit: u}} }
	}
	tag := func(tags ...string) func(*claims.Claim) { return func(c *claims.Claim) { c.Tags = tags } }
	tied, merged := decided(claims.StatePublished, Tied(whole.ID, "A")), decided(claims.StateApproved, Tied(part.ID, "B"))
	named := decided(claims.StatePublished, Tied("", "La Précedente"))
	decided(claims.StatePublished, Tied(whole.ID, "La Précedente"), func(c *claims.Claim) { c.Verdict = nil })
	decided(claims.StateReopened, Tied(whole.ID, "A"))
	decided(claims.StatePublished, func(c *claims.Claim) {
		c.Attributions[0].Via = []claims.Link{{Source: whole.ID, Name: "La Précedente"}}
	})
	percent, tagged := decided(claims.StatePublished, unit("100%_")), decided(claims.StatePublished, tag("ríos", "presas"))
	decided(claims.StatePublished, unit("100%_"), func(c *claims.Claim) { c.Kind = claims.KindEvent })
	decided(claims.StatePublished, unit("100 xx"))
	for what, one := range map[string]struct {
		f    claims.PrecedentFilter
		want []string
	}{
		"nothing asked for": {claims.PrecedentFilter{Kind: claims.KindQuantity}, nil},
		"a record":          {claims.PrecedentFilter{Sources: []string{whole.ID}}, []string{merged, tied}},
		"a merged record":   {claims.PrecedentFilter{Sources: []string{part.ID}, Claim: tied}, []string{merged}},
		"a name":            {claims.PrecedentFilter{Names: []string{"la precedente", "otra"}}, []string{named}},
		"either, the last":  {claims.PrecedentFilter{Names: []string{"la precedente"}, Sources: []string{whole.ID}, Limit: 2}, []string{named, merged}},
		"a unit":            {claims.PrecedentFilter{Kind: claims.KindQuantity, Units: []string{"100%_"}}, []string{percent}},
		"a unit or a tag":   {claims.PrecedentFilter{Kind: claims.KindQuantity, Units: []string{"100%_"}, Tags: []string{"presas"}}, []string{tagged, percent}},
	} {
		Read(t, store, func(r claims.Reader) error {
			rows, err := r.Precedents(ctx, one.f)
			var got []string
			for _, row := range rows {
				got = append(got, row.ID)
			}
			equal(t, "precedents by "+what, one.want, got)
			return err
		})
	}
}
