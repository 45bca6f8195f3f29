package export

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
)

// soundDocument keeps every rule of ClaimReview.
func soundDocument(t *testing.T, change ...func(*DocumentInput)) (Document, *url.URL) {
	t.Helper()
	base, err := url.Parse("https://desk.test")
	if err != nil {
		t.Fatal(err)
	}
	made, reported := claims.Date("2025-10-27"), claims.Date("2025-10-28")
	now := time.Date(2025, 11, 3, 9, 0, 0, 0, time.UTC)
	in := DocumentInput{
		Row: claims.ClaimRow{
			Claim: claims.Claim{
				ID: "7F3K9Q", Language: "es", MadeOn: &made,
				Assertion: claims.Assertion{
					Standalone:   "Unas 1.200 familias tendrán cortes de agua",
					Attributions: []claims.Attribution{{Sources: []claims.Link{{Source: "S1", Name: "El alcalde", Kind: claims.KindPerson}}}},
				},
				Verdict: &claims.Verdict{Content: "false", Attribution: "accurate", Rationale: "No."},
			},
			ArticleURL: "https://news.test/embalse", ArticlePublished: &reported,
		},
		Scale: claims.DefaultScale(),
		Settings: claims.Settings{
			Newsroom: "Mesa del Río", NewsroomURL: "https://rio.test", SameAs: []string{"https://www.wikidata.org/wiki/Q1"},
			Trust: claims.Trust{Logo: "https://rio.test/l.png", CorrectionsPolicy: "https://rio.test/c", OwnershipFundingInfo: "https://rio.test/o", Contact: "https://rio.test/k"},
		},
		BaseURL: base, Version: 1, PublishedAt: now, FirstAt: now, SameAs: map[string][]string{"S1": {"https://www.wikidata.org/wiki/Q2"}},
	}
	for _, f := range change {
		f(&in)
	}
	return NewDocument(in), base
}

// TestEachRuleIsBrokenByWhatBreaksIt, and by nothing else.
func TestEachRuleIsBrokenByWhatBreaksIt(t *testing.T) {
	sound, base := soundDocument(t)
	for _, f := range Lint(sound, base) {
		if !f.Kept {
			t.Errorf("the sound document breaks %s: %v", f.Rule, f.Args)
		}
	}
	later := claims.Date("2025-10-29")
	one := 0
	for rule, spoil := range map[Rule]func(*Document){
		RuleClaimed:    func(d *Document) { d.ClaimReview.ClaimReviewed = " " },
		RuleShort:      func(d *Document) { d.ClaimReview.ClaimReviewed = strings.Repeat("ñ", ShortClaim+1) },
		RuleNoRating:   func(d *Document) { d.ClaimReview.ClaimReviewed = "Es FALSO que haya cortes" },
		RuleURL:        func(d *Document) { d.ClaimReview.URL = "https://other.test/c/7F3K9Q" },
		RuleAuthor:     func(d *Document) { d.ClaimReview.Author.Name = "" },
		RuleAuthorURL:  func(d *Document) { d.ClaimReview.Author.URL = "/inicio" },
		RuleRatingWord: func(d *Document) { d.ClaimReview.ReviewRating.AlternateName = "" },
		RuleRatingNumber: func(d *Document) {
			d.ClaimReview.ReviewRating.WorstRating = &one
		},
		RuleAttribution:    func(d *Document) { d.ClaimReview.ReviewRating.RatingExplanation = "" },
		RuleClaimant:       func(d *Document) { d.ClaimReview.ItemReviewed.Author = nil },
		RuleClaimantType:   func(d *Document) { d.Claim.Attributions[0].Sources[0].Kind = claims.KindUnknown },
		RuleClaimantSameAs: func(d *Document) { d.ClaimReview.ItemReviewed.Author[0].SameAs = nil },
		RuleMadeOn:         func(d *Document) { d.ClaimReview.ItemReviewed.DatePublished = string(later) },
		RuleAppearance:     func(d *Document) { d.ClaimReview.ItemReviewed.Appearance = "" },
		RuleDates:          func(d *Document) { d.ClaimReview.DateModified = "2025-11-01T00:00:00Z" },
		RuleLanguage:       func(d *Document) { d.ClaimReview.InLanguage = "" },
		RuleTrust:          func(d *Document) { d.ClaimReview.Author.Trust.Logo = "" },
	} {
		d, _ := soundDocument(t)
		spoil(&d)
		var broken []Rule
		for _, f := range Lint(d, base) {
			if !f.Kept {
				broken = append(broken, f.Rule)
			}
		}
		if !slices.Equal(broken, []Rule{rule}) {
			t.Errorf("spoilt for %s, it breaks %v", rule, broken)
		}
		if blocks := len(Broken(Lint(d, base))) > 0; blocks == rule.Advice() {
			t.Errorf("%s: blocks is %v", rule, blocks)
		}
	}
	if len(lints) != len(Rules) {
		t.Errorf("%d rules are told of, %d are looked at", len(Rules), len(lints))
	}
}

// TestAStepWithoutANumberCarriesNone.
func TestAStepWithoutANumberCarriesNone(t *testing.T) {
	d, base := soundDocument(t, func(in *DocumentInput) { in.Row.Verdict.Content = "unproven" })
	if d.ClaimReview.ReviewRating.RatingValue != nil || len(Broken(Lint(d, base))) > 0 {
		t.Errorf("%+v", d.ClaimReview.ReviewRating)
	}
	five := 5
	d.ClaimReview.ReviewRating.BestRating = &five
	if b := Broken(Lint(d, base)); len(b) != 1 || b[0].Rule != RuleRatingNumber {
		t.Errorf("%+v", b)
	}
}

// TestWhatReviewersAreCalled: by their role alone unless the newsroom names them,
// and never by a sign-in name or an address.
func TestWhatReviewersAreCalled(t *testing.T) {
	for _, tt := range []struct {
		named   bool
		display string
		want    string
	}{{false, "Ana Ruiz", ""}, {true, "Ana Ruiz", "Ana Ruiz"}, {true, "", ""}, {true, "ana@rio.test", ""}} {
		d, _ := soundDocument(t, func(in *DocumentInput) {
			in.Settings.NameReviewers = tt.named
			in.Judged, in.Approved = &claims.Person{Name: "ana", Display: tt.display, Role: claims.RoleChecker}, &claims.Person{Name: "luis", Role: claims.RoleEditor}
		})
		if r := d.Review; r.Judged.Role != claims.RoleChecker || r.Judged.Name != tt.want || r.Approved.Role != claims.RoleEditor || r.Approved.Name != "" {
			t.Errorf("%+v: %+v, %+v", tt, r.Judged, r.Approved)
		}
	}
}

// TestWhatChangedBetweenVersions is told from the two documents alone.
func TestWhatChangedBetweenVersions(t *testing.T) {
	before, _ := soundDocument(t, func(in *DocumentInput) {
		in.Evidence = []claims.Evidence{{URL: "https://a.test", Title: "Padrón"}, {URL: "https://b.test", Title: "Acta", Quote: "nada"}}
	})
	if got := Changes(before, before); got != nil {
		t.Errorf("of itself: %+v", got)
	}
	day := claims.Date("2025-11-02")
	after, _ := soundDocument(t, func(in *DocumentInput) {
		in.Row.Verdict = &claims.Verdict{Content: "true", Attribution: "not_said", Rationale: "Sí.", WhatIsTrue: "Son 1.150.", AsOf: &day}
		in.Row.Standalone = "Unas 1.150 familias tendrán cortes"
		in.Row.Attributions[0].Sources[0].Name = "La alcaldesa"
		in.Evidence = []claims.Evidence{{URL: "https://b.test", Title: "Acta", Quote: "algo"}, {Title: "Padrón nuevo"}}
	})
	var got []string
	for _, c := range Changes(before, after) {
		got = append(got, string(c.Kind)+"|"+c.Before+"|"+c.After+"|"+c.Title)
	}
	want := []string{
		"verdict|Falso|Verdadero|", "attribution|Lo dijo, y así|No lo dijo|", "what_is_true||Son 1.150.|", "rationale|||", "as_of||2025-11-02|",
		"wording|Unas 1.200 familias tendrán cortes de agua|Unas 1.150 familias tendrán cortes|", "sources|||",
		"evidence_added|||Padrón nuevo", "evidence_removed|||Padrón", "evidence|||Acta",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}
