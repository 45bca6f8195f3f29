package workflow_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

func TestEditingAClaim(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateSuggested)
	kind := claims.KindEvent
	got, err := k.EditClaim(t.Context(), k.ana, c.ID, c.Version, workflow.ClaimPatch{
		Standalone: ptr("  El puente [nuevo] costó 15.000 euros\r\n"), Kind: &kind, Tags: ptr([]string{" obras ", "obras", ""}),
		Priority: ptr(2), Assignee: &k.ana.ID, Due: ptr("2025-11-01"), MadeOn: ptr("2025-10"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Standalone != "El puente [nuevo] costó 15.000 euros" || got.Kind != kind || !slices.Equal(got.Tags, []string{"obras"}) ||
		got.Priority != 2 || got.Assignee != k.ana.ID || got.Due.Format("2006-01-02") != "2025-11-01" || *got.MadeOn != "2025-10" {
		t.Errorf("edited to %+v", got)
	}
	if !got.Origin.Accepted || got.Origin.By != claims.ByEngine {
		t.Errorf("edited by a person, its origin is %+v", got.Origin)
	}
	e := k.lastEvent()
	if e.Act != workflow.ActClaimEdit || tells(e, claims.SideBefore, "kind") != `"quantity"` || tells(e, claims.SideAfter, "kind") != `"event"` ||
		tells(e, claims.SideBefore, "state") != "" || tells(e, claims.SideAfter, "quantities") != "" {
		t.Errorf("the event tells %+v", e.Values)
	}
	cleared, err := k.EditClaim(t.Context(), k.ana, c.ID, got.Version, workflow.ClaimPatch{Assignee: ptr(""), Due: ptr(""), MadeOn: ptr(""), Tags: ptr([]string{})})
	if err != nil || cleared.Assignee != "" || cleared.Due != nil || cleared.MadeOn != nil || len(cleared.Tags) != 0 {
		t.Errorf("cleared to %+v, %v", cleared, err)
	}
	k.sound()
}

// TestAnEditThatChangesNothing leaves no version and no event.
func TestAnEditThatChangesNothing(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen, func(c *claims.Claim) { c.Origin.Accepted = true })
	before := k.seq()
	got, err := k.EditClaim(t.Context(), k.ana, c.ID, c.Version, workflow.ClaimPatch{
		Standalone: &c.Standalone, Kind: &c.Kind, Attributions: &c.Attributions, Quantities: &c.Quantities, Times: &c.Times,
		Fragments: &c.Fragments, Tags: &c.Tags, Priority: &c.Priority,
	})
	if err != nil || got.Version != c.Version || k.seq() != before {
		t.Errorf("version %d after %d, %d events more, %v", got.Version, c.Version, k.seq()-before, err)
	}
}

// TestWhatMayBeEditedWhen: content only where the state allows it, triage always.
func TestWhatMayBeEditedWhen(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	article := k.article()
	editable := strings.Fields("suggested open in_check help_needed")
	for _, state := range states {
		c := k.inState(article, claims.State(state), k.bea, true)
		can := slices.Contains(editable, state)
		content := map[string]error{}
		_, content["wording"] = k.EditClaim(ctx, k.ana, c.ID, c.Version, workflow.ClaimPatch{Standalone: &c.Standalone})
		c = k.again(c)
		_, content["date made"] = k.EditClaim(ctx, k.ana, c.ID, c.Version, workflow.ClaimPatch{MadeOn: ptr("")})
		if !can {
			_, content["verdict"] = k.Judge(ctx, k.ana, c.ID, c.Version, verdict)
			_, content["evidence"] = k.AddEvidence(ctx, k.ana, c.ID, c.Version, claims.Evidence{URL: "https://a.test"})
			content["evidence removed"] = k.RemoveEvidence(ctx, k.ana, c.ID, "X", c.Version)
		}
		for what, err := range content {
			if can && err != nil {
				t.Errorf("%s in %s: %v", what, state, err)
			}
			if !can {
				refused(t, what+" in "+state, err, claims.KindIllegalMove, "claim.frozen")
			}
		}
		c = k.again(c)
		if _, err := k.EditClaim(ctx, k.ana, c.ID, c.Version, workflow.ClaimPatch{Tags: ptr([]string{"a"}), Priority: ptr(1)}); err != nil {
			t.Errorf("triage in %s: %v", state, err)
		}
		if _, err := k.AddNote(ctx, k.carla, c.ID, "una nota"); err != nil {
			t.Errorf("a note in %s: %v", state, err)
		}
	}
}

func TestEditsThatAreRefused(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateOpen)
	tags := strings.Fields(strings.Repeat("x ", 21))
	for i := range tags {
		tags[i] += string(rune('a' + i))
	}
	frag := func(start, end int, text string) *[]claims.Fragment {
		return &[]claims.Fragment{{Span: claims.Span{Start: start, End: end}, Text: text}}
	}
	attribution := func(a claims.Attribution) *[]claims.Attribution { return &[]claims.Attribution{a} }
	for _, tt := range []struct {
		key   string
		patch workflow.ClaimPatch
	}{
		{"standalone:text.missing", workflow.ClaimPatch{Standalone: ptr(" \n")}},
		{"standalone:text.too_long", workflow.ClaimPatch{Standalone: ptr(long(2001))}},
		{"standalone:text.malformed", workflow.ClaimPatch{Standalone: ptr("a\xffb")}},
		{"kind:claim.kind_unknown", workflow.ClaimPatch{Kind: ptr(claims.Kind("rumour"))}},
		{"priority:number.out_of_range", workflow.ClaimPatch{Priority: ptr(3)}},
		{"tags:list.too_long", workflow.ClaimPatch{Tags: &tags}},
		{"tags:text.too_long", workflow.ClaimPatch{Tags: ptr([]string{long(51)})}},
		{"due:date.malformed", workflow.ClaimPatch{Due: ptr("mañana")}},
		{"due:date.no_day", workflow.ClaimPatch{Due: ptr("2025-11")}},
		{"made_on:date.impossible", workflow.ClaimPatch{MadeOn: ptr("2025-02-30")}},
		{"assignee:assignee.unknown", workflow.ClaimPatch{Assignee: ptr("NOBODY")}},
		{"assignee:assignee.cannot_check", workflow.ClaimPatch{Assignee: &k.carla.ID}},
		{"fragments:claim.fragment_missing", workflow.ClaimPatch{Fragments: ptr([]claims.Fragment{})}},
		{"fragments[0]:claim.fragment_outside", workflow.ClaimPatch{Fragments: frag(5, 4000, "")}},
		{"fragments[0]:claim.fragment_outside", workflow.ClaimPatch{Fragments: frag(-1, 4, "")}},
		{"fragments[0].text:claim.fragment_mismatch", workflow.ClaimPatch{Fragments: frag(0, 5, "según")}},
		{"attributions[0].mode:attribution.mode_unknown", workflow.ClaimPatch{Attributions: attribution(claims.Attribution{Mode: "sung"})}},
		{"attributions[0].sources[0].name:text.missing", workflow.ClaimPatch{Attributions: attribution(claims.Attribution{Mode: claims.ModeIndirect, Sources: []claims.Link{{}}})}},
		{"attributions[0].original.kind:source.kind_unknown", workflow.ClaimPatch{Attributions: attribution(claims.Attribution{Mode: claims.ModeIndirect, Original: &claims.Link{Name: "Acta", Kind: "ghost"}})}},
		{"quantities[0].value:quantity.value_missing", workflow.ClaimPatch{Quantities: &[]claims.Quantity{{Unit: "euros"}}}},
		{"quantities[0].bound:quantity.bound_unknown", workflow.ClaimPatch{Quantities: &[]claims.Quantity{{Value: ptr(1.0), Bound: "odd"}}}},
		{"quantities[0].high:quantity.range_reversed", workflow.ClaimPatch{Quantities: &[]claims.Quantity{{Low: ptr(2.0), High: ptr(1.0)}}}},
		{"times[0].from:date.malformed", workflow.ClaimPatch{Times: &[]claims.Time{{From: ptr(claims.Date("otoño"))}}}},
	} {
		_, err := k.EditClaim(ctx, k.olga, c.ID, c.Version, tt.patch)
		refused(t, tt.key, err, claims.KindInvalid, tt.key)
	}
	if now := k.again(c); now.Version != c.Version {
		t.Error("a refused edit left a trace")
	}
	_, err := k.EditClaim(ctx, k.ana, c.ID, c.Version, workflow.ClaimPatch{Kind: ptr(claims.Kind("x")), Priority: ptr(9), Standalone: ptr("")})
	refused(t, "all at once", err, claims.KindInvalid, "kind:claim.kind_unknown", "standalone:text.missing")
	_, err = k.EditClaim(ctx, k.carla, c.ID, c.Version, workflow.ClaimPatch{Priority: ptr(1)})
	refused(t, "triage by a contributor", err, claims.KindNotAllowed)
	_, err = k.EditClaim(ctx, k.ana, c.ID, c.Version, workflow.ClaimPatch{Assignee: &k.bea.ID})
	refused(t, "a checker assigning somebody else", err, claims.KindNotAllowed)
}

// TestMismatchSaysWhatStandsThere: the caller can put it right.
func TestMismatchSaysWhatStandsThere(t *testing.T) {
	k := newKit(t)
	_, err := k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: k.article().ID, Fragments: []claims.Fragment{{Span: claims.Span{Start: 0, End: 5}, Text: "segun"}}})
	refused(t, "mismatch", err, claims.KindInvalid, "fragments[0].text:claim.fragment_mismatch")
	if !strings.Contains(err.Error(), "[Según]") {
		t.Errorf("%v does not say what stands there", err)
	}
}

func TestAddingAClaimByHand(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	a := k.article()
	c, err := k.AddClaim(ctx, k.ana, workflow.NewClaim{Article: a.ID, Quote: " El río creció\n dos metros "})
	if err != nil {
		t.Fatal(err)
	}
	if c.State != claims.StateOpen || c.Quote() != "El río creció dos metros" || c.Standalone != c.Quote() || c.Origin.By != claims.ByPerson ||
		!c.Origin.Accepted || c.Language != "es" || c.Snapshot != 1 || len(c.ID) != claims.ClaimIDLen {
		t.Errorf("added %+v", c)
	}
	if !strings.HasSuffix(c.Prefix, "euros. ") || len([]rune(c.Prefix)) != 40 || !strings.HasPrefix(c.Suffix, " desde el otoño") {
		t.Errorf("context %q … %q", c.Prefix, c.Suffix)
	}
	if e := k.lastEvent(); e.Act != workflow.ActClaimAdd || tells(e, claims.SideAfter, "standalone") == "" || tells(e, claims.SideBefore, "standalone") != "" {
		t.Errorf("event %+v", e)
	}
	two := []claims.Fragment{{Span: claims.Span{Start: 19, End: 28}}, {Span: claims.Span{Start: 62, End: 68}}}
	c, err = k.AddClaim(ctx, k.carla, workflow.NewClaim{Article: a.ID, Fragments: two, Standalone: "El puente y el río", Kind: claims.KindRelation})
	if err != nil || c.State != claims.StateSuggested || c.Quote() != "el puente […] El río" || c.Kind != claims.KindRelation {
		t.Errorf("a contributor's: %+v, %v", c, err)
	}
	k.sound()
}

func TestClaimsByHandThatAreRefused(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	a := k.article()
	span := func(start, end int) claims.Fragment {
		return claims.Fragment{Span: claims.Span{Start: start, End: end}}
	}
	for _, tt := range []struct {
		key string
		in  workflow.NewClaim
	}{
		{"quote:claim.quote_missing", workflow.NewClaim{}},
		{"claim.quote_not_found", workflow.NewClaim{Quote: "el puente costó 16.000"}},
		{"claim.quote_ambiguous", workflow.NewClaim{Quote: "l"}},
		{"claim.quote_not_found", workflow.NewClaim{Quote: "l", Start: ptr(2)}},
		{"quote:text.too_long", workflow.NewClaim{Quote: long(20001)}},
		{"fragments[1]:claim.fragment_order", workflow.NewClaim{Fragments: []claims.Fragment{span(19, 28), span(6, 17)}}},
		{"fragments[1]:claim.fragment_order", workflow.NewClaim{Fragments: []claims.Fragment{span(6, 28), span(19, 30)}}},
		{"fragments[0]:claim.fragment_outside", workflow.NewClaim{Fragments: []claims.Fragment{span(4, 4)}}},
		{"standalone:text.too_long", workflow.NewClaim{Fragments: []claims.Fragment{span(6, 17)}, Standalone: long(2001)}},
		{"kind:claim.kind_unknown", workflow.NewClaim{Fragments: []claims.Fragment{span(6, 17)}, Kind: "x"}},
	} {
		tt.in.Article = a.ID
		_, err := k.AddClaim(ctx, k.ana, tt.in)
		refused(t, tt.key, err, claims.KindInvalid, tt.key)
	}
	_, err := k.AddClaim(ctx, k.ana, workflow.NewClaim{Article: "NOSUCH", Quote: "x"})
	refused(t, "no such article", err, claims.KindNotFound, "not_found.article")
	_, err = k.AddClaim(ctx, k.ana, workflow.NewClaim{Article: a.ID, Snapshot: 2, Quote: "x"})
	refused(t, "no such snapshot", err, claims.KindNotFound, "not_found.snapshot")
	_, err = k.AddClaim(ctx, claims.Actor{}, workflow.NewClaim{Article: a.ID, Quote: "x"})
	refused(t, "nobody", err, claims.KindUnauthenticated)
}

// TestAnAmbiguousQuoteIsAskedBack with its places, any of which then does.
func TestAnAmbiguousQuoteIsAskedBack(t *testing.T) {
	k := newKit(t)
	a := k.article()
	_, err := k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: a.ID, Quote: "de"})
	refused(t, "twice", err, claims.KindInvalid, "quote:claim.quote_ambiguous")
	places := err.(*claims.Error).Args
	if len(places) < 2 {
		t.Fatalf("places %v", places)
	}
	for _, p := range places {
		place := p.(workflow.Place)
		c, err := k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: a.ID, Quote: "de", Start: &place.Start})
		if err != nil || c.Fragments[0].Start != place.Start || c.Prefix != place.Before || c.Suffix != place.After {
			t.Errorf("place %+v gave %+v, %v", place, c.Fragments, err)
		}
	}
}

// TestWordsThatMovedAreTakenAsTyped: a span that no longer covers its words is
// dropped, one that does is kept.
func TestWordsThatMovedAreTakenAsTyped(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	as := c.Attributions
	as[0].Sources[0].Text = "El Ayuntamiento"
	got, err := k.EditClaim(t.Context(), k.ana, c.ID, c.Version, workflow.ClaimPatch{Attributions: &as})
	if err != nil {
		t.Fatal(err)
	}
	if a := got.Attributions[0]; a.Sources[0].Placed() || a.Sources[0].Text != "El Ayuntamiento" || !a.Cue.Placed() {
		t.Errorf("attribution %+v", a)
	}
}

func TestJudging(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateOpen)
	got := k.judge(k.ana, c, workflow.VerdictInput{Content: "half_true", Attribution: "distorted", Rationale: " a\r\nb ", WhatIsTrue: "c", AsOf: "2025-10", ReviewAgain: "2026"})
	v := got.Verdict
	if v.Content != "half_true" || v.Attribution != "distorted" || v.Rationale != "a\nb" || *v.AsOf != "2025-10" || *v.ReviewAgain != "2026" ||
		v.Scale != 1 || v.ChangedBy != k.ana.ID || v.ChangedAt.IsZero() || !got.Origin.Accepted {
		t.Errorf("verdict %+v", v)
	}
	same := k.judge(k.bea, got, workflow.VerdictInput{Content: "half_true", Attribution: "distorted", Rationale: "a\nb", WhatIsTrue: "c", AsOf: "2025-10", ReviewAgain: "2026"})
	if same.Verdict.ChangedBy != k.ana.ID || same.Version != got.Version {
		t.Error("whoever repeats a verdict becomes its author")
	}
	for key, in := range map[string]workflow.VerdictInput{
		"content:verdict.step_unknown":     {Content: "pants_on_fire"},
		"attribution:verdict.step_unknown": {Attribution: "true"},
		"rationale:text.too_long":          {Rationale: long(50001)},
		"what_is_true:text.too_long":       {WhatIsTrue: long(2001)},
		"as_of:date.malformed":             {AsOf: "ayer"},
		"review_again:date.impossible":     {ReviewAgain: "2025-04-31"},
	} {
		_, err := k.Judge(ctx, k.ana, c.ID, got.Version, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, err := k.Judge(ctx, k.carla, c.ID, got.Version, verdict)
	refused(t, "by a contributor", err, claims.KindNotAllowed)
	_, err = k.Judge(ctx, k.ana, c.ID, c.Version, verdict)
	refused(t, "stale", err, claims.KindStale)
}

func TestEvidence(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateInCheck)
	e, err := k.AddEvidence(ctx, k.ana, c.ID, c.Version, claims.Evidence{ID: "MINE", Claim: "other", URL: " https://boe.test/1 ", Title: "Boletín", Stance: claims.StanceAgainst, Grade: claims.GradePrimary})
	if err != nil || e.ID == "MINE" || e.Claim != c.ID || e.URL != "https://boe.test/1" || e.AddedBy != k.ana.ID {
		t.Fatalf("added %+v, %v", e, err)
	}
	c = k.again(c)
	if c.Evidence != 1 || c.Version != 2 {
		t.Errorf("the claim counts %d pieces at version %d", c.Evidence, c.Version)
	}
	other := k.claim(claims.StateInCheck)
	of, err := k.EvidenceOf(ctx, k.carla, []string{c.ID, other.ID})
	if err != nil || len(of) != 1 || len(of[c.ID]) != 1 || of[c.ID][0].ID != e.ID {
		t.Errorf("the evidence of two claims: %+v, %v", of, err)
	}
	_, err = k.EvidenceOf(ctx, k.carla, make([]string, 501))
	refused(t, "of more claims than a page holds", err, claims.KindInvalid, "claims:list.too_long")
	_, err = k.EvidenceOf(ctx, claims.Actor{}, []string{c.ID})
	refused(t, "read by nobody", err, claims.KindUnauthenticated)
	for key, in := range map[string]claims.Evidence{
		"url:evidence.nothing":           {},
		"url:url.malformed":              {URL: "javascript:alert(1)"},
		"url:text.too_long":              {URL: "https://a.test/" + long(2000)},
		"stance:evidence.stance_unknown": {URL: "https://a.test", Stance: "maybe"},
		"grade:evidence.grade_unknown":   {URL: "https://a.test", Grade: "third"},
		"quote:text.too_long":            {URL: "https://a.test", Quote: long(20001)},
		"locator:text.too_long":          {URL: "https://a.test", Locator: long(501)},
	} {
		_, err := k.AddEvidence(ctx, k.ana, c.ID, c.Version, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, err = k.AddEvidence(ctx, k.carla, c.ID, c.Version, claims.Evidence{URL: "https://a.test"})
	refused(t, "by a contributor", err, claims.KindNotAllowed)
	refused(t, "of nothing", k.RemoveEvidence(ctx, k.ana, c.ID, "NOSUCH", c.Version), claims.KindNotFound, "not_found.evidence")
	refused(t, "stale", k.RemoveEvidence(ctx, k.ana, c.ID, e.ID, 1), claims.KindStale)
	if err := k.RemoveEvidence(ctx, k.ana, c.ID, e.ID, c.Version); err != nil {
		t.Fatal(err)
	}
	if ev := k.lastEvent(); ev.Act != workflow.ActEvidenceRemove || tells(ev, claims.SideBefore, "url") != `"https://boe.test/1"` || tells(ev, claims.SideAfter, "url") != "" {
		t.Errorf("event %+v", ev)
	}
	if c = k.again(c); c.Evidence != 0 || c.Version != 3 {
		t.Errorf("the claim counts %d pieces at version %d", c.Evidence, c.Version)
	}
	k.sound()
}

func TestNotes(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.claim(claims.StateOpen)
	n, err := k.AddNote(ctx, k.carla, c.ID, " ¿Y la factura?\r\n")
	if err != nil || n.Text != "¿Y la factura?" || n.Author != k.carla.ID {
		t.Fatalf("note %+v, %v", n, err)
	}
	if k.again(c).Version != c.Version {
		t.Error("a note makes others' pages stale")
	}
	_, err = k.AddNote(ctx, k.ana, c.ID, " ")
	refused(t, "empty", err, claims.KindInvalid, "text:text.missing")
	_, err = k.AddNote(ctx, k.ana, c.ID, long(20001))
	refused(t, "too long", err, claims.KindInvalid, "text:text.too_long")
	_, err = k.AddNote(ctx, claims.Actor{}, c.ID, "x")
	refused(t, "nobody", err, claims.KindUnauthenticated)
	_, err = k.AddNote(ctx, k.ana, "000000", "x")
	refused(t, "on nothing", err, claims.KindNotFound)
	reader := k.ana
	reader.ReadOnly = true
	_, err = k.AddNote(ctx, reader, c.ID, "x")
	refused(t, "with a token of read scope", err, claims.KindNotAllowed, "token_read_only")
}

func TestListsAndDesk(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	article := k.article()
	for _, s := range states {
		k.inState(article, claims.State(s), k.ana, true)
	}
	for range 9 {
		claimstest.PutClaim(t, k.store, article.ID, func(c *claims.Claim) { c.State, c.Assignee = claims.StateInCheck, k.ana.ID })
	}
	rows, _, err := k.Claims(ctx, k.carla, claims.ClaimFilter{Page: claims.Page{Limit: 1 << 30}})
	if err != nil || len(rows) != 20 || rows[0].ArticleTitle != article.Title {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	v, err := k.DeskView(ctx, k.ana)
	if err != nil || len(v.Needs.Rows) != 6 || v.Needs.Total != 9 || v.Unassigned.Total == 0 || v.Changed.Total != 0 || len(v.Articles) != 1 || v.Counts[claims.StateInCheck] != 10 {
		t.Errorf("desk %+v, %v", v, err)
	}
	counts, err := k.CountClaims(ctx, k.ana, claims.ClaimFilter{Assignee: k.ana.ID})
	if err != nil || counts[claims.StateInCheck] != 9 {
		t.Errorf("counts %v, %v", counts, err)
	}
	for what, err := range map[string]error{
		"claims": func() error { _, _, err := k.Claims(ctx, claims.Actor{}, claims.ClaimFilter{}); return err }(),
		"counts": func() error { _, err := k.CountClaims(ctx, claims.Actor{}, claims.ClaimFilter{}); return err }(),
		"claim":  func() error { _, err := k.Claim(ctx, claims.Actor{}, rows[0].ID); return err }(),
		"desk":   func() error { _, err := k.DeskView(ctx, claims.Actor{}); return err }(),
	} {
		refused(t, what+" for nobody", err, claims.KindUnauthenticated)
	}
}

func TestFiltersThatAreRefused(t *testing.T) {
	k := newKit(t)
	for key, f := range map[string]claims.ClaimFilter{
		"state:state.unknown":  {States: []claims.State{"lost"}},
		"q:text.too_long":      {Query: long(501)},
		"source:text.too_long": {Source: long(501)},
		"tag:text.malformed":   {Tag: "a\x00"},
	} {
		_, _, err := k.Claims(t.Context(), k.ana, f)
		refused(t, key, err, claims.KindInvalid, key)
		_, err = k.CountClaims(t.Context(), k.ana, f)
		refused(t, key, err, claims.KindInvalid, key)
		refused(t, key, k.ExportVerdicts(t.Context(), k.ana, f, io.Discard, export.Options{}), claims.KindInvalid, key)
	}
}

// TestAssigningByName: people know names, programs ids.
func TestAssigningByName(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	got, err := k.EditClaim(t.Context(), k.luis, c.ID, c.Version, workflow.ClaimPatch{Assignee: ptr(" Bea")})
	if err != nil || got.Assignee != k.bea.ID {
		t.Errorf("assigned to %q, %v", got.Assignee, err)
	}
	got, err = k.EditClaim(t.Context(), k.ana, c.ID, got.Version, workflow.ClaimPatch{Assignee: ptr("ana")})
	if err != nil || got.Assignee != k.ana.ID {
		t.Errorf("taken over by name: %q, %v", got.Assignee, err)
	}
}

// TestTheClaimPageKnowsEverybodyAndNoPassword: its people have names only.
func TestTheClaimPageKnowsEverybodyAndNoPassword(t *testing.T) {
	k := newKit(t)
	v, err := k.Claim(t.Context(), k.carla, k.claim(claims.StateOpen).ID)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "argon2id") || v.People[k.eva.ID].Name != "eva" {
		t.Error("the page carries password hashes, or not everybody")
	}
	if v.Snapshot.Text != claimstest.SampleText || v.Scales.Newest().Version != 1 || v.Settings.Newsroom == "" {
		t.Errorf("view %+v", v)
	}
}
