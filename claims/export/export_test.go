package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
)

func ptr[T any](v T) *T { return &v }

// sample is an approved claim with everything filled in.
func sample() claims.ClaimRow {
	at := time.Date(2026, 3, 4, 5, 6, 7, 891000, time.UTC)
	return claims.ClaimRow{
		Claim: claims.Claim{
			Assertion: claims.Assertion{
				Fragments:  []claims.Fragment{{Span: claims.Span{Start: 10, End: 21}, Text: "unas 3,2 t."}, {Span: claims.Span{Start: 30, End: 36}, Text: "de pan"}},
				Standalone: "[La panadería] vendió unas 3,2 t. de pan", Kind: claims.KindQuantity, Checkable: true,
				Attributions: []claims.Attribution{{Mode: claims.ModeIndirect,
					Sources:  []claims.Link{{Text: "el gremio", Name: "Gremio; Pan|Sal", Kind: claims.KindOrganization}},
					Via:      []claims.Link{{Text: "Radio Uno", Name: "Radio Uno", Kind: claims.KindMedia}},
					Original: &claims.Link{Name: "Memoria anual", Kind: claims.KindDocument}}},
				Quantities: []claims.Quantity{{Text: "unas 3,2 t.", Value: ptr(-3.2), Bound: claims.BoundExact, Approx: true, Unit: "t", Hedge: "unas"}},
				Times:      []claims.Time{{Text: "en marzo", From: ptr(claims.Date("2026-03")), To: ptr(claims.Date("2026-03"))}},
			},
			ID: "7F3K9Q", Article: "A000000001", Language: "es", State: claims.StateApproved, Tags: []string{"pan;dulce", "sal"},
			Verdict:    &claims.Verdict{Content: "half_true", Attribution: "accurate", Rationale: "=SUM(A1)\nsegunda línea", WhatIsTrue: "-2 t", Scale: 1, ChangedBy: "P1"},
			ReviewedAt: &at, UpdatedAt: at, Version: 9, MadeOn: ptr(claims.Date("2026-02-28")),
		},
		ArticleTitle: "'Pan'", ArticleOutlet: "El Horno", ArticleURL: "https://horno.example/pan",
		ArticlePublished: ptr(claims.Date("2026-03-01")), SnapshotSHA256: strings.Repeat("a", 64),
	}
}

func document(t *testing.T, version int) Document {
	t.Helper()
	base, err := url.Parse("https://cotejo.example/desk")
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	return NewDocument(DocumentInput{Row: sample(), Scale: claims.DefaultScale(), Settings: claims.Settings{Newsroom: "Mesa", NewsroomURL: "https://mesa.example"},
		BaseURL: base, Version: version, FirstAt: first, PublishedAt: first.AddDate(0, 0, version-1),
		Evidence: []claims.Evidence{{URL: "https://e.example/1"}, {URL: "https://e.example/2"}}})
}

func read(t *testing.T, raw []byte) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, rec := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = rec[i]
		}
		out = append(out, row)
	}
	return out
}

func write(t *testing.T, o Options, rows ...VerdictRow) []byte {
	t.Helper()
	return fill(t, NewVerdictWriter, o, rows...)
}

func TestVerdictCSV(t *testing.T) {
	row := VerdictRow{ClaimRow: sample(), URL: "https://cotejo.example/c/7F3K9Q", Scale: claims.DefaultScale(), AssigneeName: "ana",
		Evidence: []claims.Evidence{{URL: "https://e.example/1"}, {URL: "https://e.example/2"}}}
	raw := write(t, Options{}, row)
	if !bytes.HasPrefix(raw, []byte(strings.Join(VerdictColumns, ",")+"\r\n")) {
		t.Fatalf("header: %.200q", raw)
	}
	got := read(t, raw)[0]
	want := map[string]string{
		"schema_version": "1", "claim_id": "7F3K9Q", "claim_version": "9", "article_title": "''Pan'", "quote": "unas 3,2 t. […] de pan",
		"quote_start": "10", "quote_end": "36", "figure_value": "-3.2", "figure_bound": "exact", "figure_hedge": "unas", "time_from": "2026-03",
		"sources":       `Gremio\; Pan\|Sal|organization|source; Radio Uno|media|via; Memoria anual|document|original`,
		"origin_source": "Memoria anual", "attribution_mode": "indirect", "attribution_verdict": "accurate",
		"verdict_code": "half_true", "verdict_label": "Verdad a medias", "verdict_scale": "1", "rating_value": "3", "rating_worst": "1", "rating_best": "5",
		"rationale": "'=SUM(A1)\nsegunda línea", "what_is_true": "'-2 t", "evidence_count": "2", "evidence_urls": "https://e.example/1 https://e.example/2",
		"assigned_to": "ana", "reviewed_at": "2026-03-04T05:06:07Z", "tags": `pan\;dulce; sal`, "claim_made_on": "2026-02-28", "published_at": "",
	}
	for name, v := range want {
		if got[name] != v {
			t.Errorf("%s = %q, want %q", name, got[name], v)
		}
	}
	if len(got) != len(VerdictColumns) {
		t.Errorf("%d columns, want %d", len(got), len(VerdictColumns))
	}
}

func TestVerdictCSVOptions(t *testing.T) {
	raw := write(t, Options{Raw: true, BOM: true, Lang: "en"}, VerdictRow{ClaimRow: sample(), Scale: claims.DefaultScale()})
	if !bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
		t.Error("no byte order mark")
	}
	got := read(t, bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))[0]
	if got["what_is_true"] != "-2 t" || got["verdict_label"] != "Half true" {
		t.Errorf("raw cell %q, label %q", got["what_is_true"], got["verdict_label"])
	}
}

func TestDefuse(t *testing.T) {
	for in, want := range map[string]string{"": "", "a=1": "a=1", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "'x": "''x"} {
		if got := defuse(in); got != want {
			t.Errorf("defuse(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPublicRowSaysWhatTheDocumentFroze(t *testing.T) {
	d := document(t, 2)
	raw, _, err := d.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	back, err := ReadDocument(raw)
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, write(t, Options{}, PublicRow(back)))[0]
	for name, want := range map[string]string{"state": "published", "published_version": "2", "verdict_label": "Verdad a medias", "rating_value": "3",
		"rating_worst": "1", "rating_best": "5", "claim_url": "https://cotejo.example/desk/c/7F3K9Q", "attribution_verdict": "accurate", "assigned_to": ""} {
		if got[name] != want {
			t.Errorf("%s = %q, want %q", name, got[name], want)
		}
	}
}

func TestDocumentIsCanonical(t *testing.T) {
	raw, sha, err := document(t, 1).Freeze()
	if err != nil {
		t.Fatal(err)
	}
	if len(sha) != 64 {
		t.Errorf("hash %q", sha)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	again, err := Canonical(v)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(raw, again) {
		t.Error("canonical form changes when it is made canonical again")
	}
	if bytes.Contains(raw, []byte(`\u003c`)) || bytes.Contains(raw, []byte("null,null")) {
		t.Errorf("not RFC 8785: %s", raw)
	}
}

func TestClaimReview(t *testing.T) {
	first, second := document(t, 1).ClaimReview, document(t, 2).ClaimReview
	if first.DateModified != "" || second.DateModified != "2026-03-06T00:00:00Z" || second.DatePublished != "2026-03-05T00:00:00Z" {
		t.Errorf("dates: first %+v, second %+v", first, second)
	}
	if first.ItemReviewed.DatePublished != "2026-02-28" || first.ItemReviewed.Appearance != "https://horno.example/pan" {
		t.Errorf("item: %+v", first.ItemReviewed)
	}
	if a := first.ItemReviewed.Author; len(a) != 1 || a[0].Type != "Organization" || a[0].Name != "Gremio; Pan|Sal" {
		t.Errorf("author: %+v", a)
	}
	if r := first.ReviewRating; *r.RatingValue != 3 || r.AlternateName != "Verdad a medias" || r.RatingExplanation == "" {
		t.Errorf("rating: %+v", r)
	}
}

func TestClaimReviewLeavesOutWhatIsNotKnown(t *testing.T) {
	row := sample()
	row.Verdict.Content, row.Verdict.Attribution, row.MadeOn, row.Attributions = "unproven", "", nil, nil
	base, _ := url.Parse("https://x.example")
	d := NewDocument(DocumentInput{Row: row, Scale: claims.DefaultScale(), BaseURL: base, Version: 1})
	raw, err := json.Marshal(d.ClaimReview)
	if err != nil {
		t.Fatal(err)
	}
	for _, absent := range []string{"ratingValue", "bestRating", "worstRating", "ratingExplanation", "dateModified"} {
		if bytes.Contains(raw, []byte(absent)) {
			t.Errorf("%s stands in %s", absent, raw)
		}
	}
	if d.ClaimReview.ItemReviewed.DatePublished != "" {
		t.Error("a date for a claim whose date is not known")
	}
	if a := d.ClaimReview.ItemReviewed.Author; len(a) != 1 || a[0].Name != "El Horno" {
		t.Errorf("the article's own voice is the outlet's: %+v", a)
	}
}

func TestAssertionCSV(t *testing.T) {
	var b bytes.Buffer
	w, err := NewAssertionWriter(&b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := sample().Assertion
	a.Attributions[0].Cue = &claims.Cue{Text: "según"}
	a.Worth, a.Reasons = 0.914, []string{"figure", "named-source"}
	if err := w.Write(AssertionRow{"-x.txt", "es", ptr(claims.Date("2026-03-01")), a}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.Bytes())[0]
	for name, want := range map[string]string{"file": "'-x.txt", "quote_start": "10", "worth": "0.91", "reasons": "figure; named-source",
		"cue": "según", "figure_value": "-3.2", "article_published_at": "2026-03-01", "checkable": "true", "language": "es"} {
		if got[name] != want {
			t.Errorf("%s = %q, want %q", name, got[name], want)
		}
	}
}
