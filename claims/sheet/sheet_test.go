package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/sheet"
)

func TestAddresses(t *testing.T) {
	rows, err := sheet.Addresses("\ufeff# notas\r\nhttps://a.test/1\r\n\r\n  https://a.test/2  \nhello\n")
	want := []sheet.Row{{Line: 2, URL: "https://a.test/1"}, {Line: 4, URL: "https://a.test/2"}, {Line: 5, URL: "hello"}}
	if d := cmp.Diff(want, rows); d != "" || err != nil {
		t.Error(d, err)
	}
	_, err = sheet.Addresses("# nothing\n")
	wants(t, "nothing", "sheet.empty", err)
	_, err = sheet.Addresses(strings.Repeat("https://a.test/\n", sheet.MaxRows+1))
	wants(t, "too much", "sheet.too_long", err)
}

func wants(t *testing.T, what, key string, err error) {
	t.Helper()
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// TestWhatIsExportedIsReadAgain: every cell that is read comes back as it was.
func TestWhatIsExportedIsReadAgain(t *testing.T) {
	made := claims.Date("2025-10-28")
	row := export.VerdictRow{ClaimRow: claims.ClaimRow{
		Claim: claims.Claim{
			ID: "7F3K9Q", Article: "A1", Language: "es", Tags: []string{"agua", "a; b|c\\d"}, MadeOn: &made, State: claims.StateOpen,
			Verdict: &claims.Verdict{Content: "false", Attribution: "accurate", Rationale: "=SUMA(1)\n«dos, líneas»", WhatIsTrue: "'comillas'"},
			Assertion: claims.Assertion{
				Fragments:  []claims.Fragment{{Span: claims.Span{Start: 7, End: 9}, Text: "-15.000 tropas"}, {Span: claims.Span{Start: 20, End: 25}, Text: "a Rusia"}},
				Standalone: "@Corea envió, \"sí\"", Kind: claims.KindQuantity,
				Attributions: []claims.Attribution{{Mode: claims.ModeDirect, Sources: []claims.Link{{Name: "Juan; el | de \\", Kind: claims.KindPerson}}, Via: []claims.Link{{Name: "EFE", Kind: claims.KindMedia}}}},
			},
		},
		ArticleTitle: "+título", ArticleURL: "https://a.test/",
	}}
	for _, o := range []export.Options{{}, {BOM: true}} {
		var file bytes.Buffer
		w, err := export.NewVerdictWriter(&file, o)
		if err == nil {
			err = errors.Join(w.Write(row), w.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := sheet.Claims(file.String())
		if err != nil || len(got.Rows) != 1 || got.Rows[0].Line != 2 || got.Rows[0].Problem != nil {
			t.Fatalf("%+v, %v", got, err)
		}
		c := got.Rows[0].Cells
		start, ok := c.Start()
		if !ok || start != 7 || !cmp.Equal(c.Quotes(), []string{"-15.000 tropas", "a Rusia"}) || !cmp.Equal(c.List("tags"), row.Tags) {
			t.Errorf("%+v", c)
		}
		want := []sheet.Link{{Name: "Juan; el | de \\", Kind: "person", Role: "source"}, {Name: "EFE", Kind: "media", Role: "via"}}
		if d := cmp.Diff(want, c.Sources()); d != "" {
			t.Error(d)
		}
		for column, value := range map[string]string{
			"claim_id": "7F3K9Q", "article_id": "A1", "article_title": "+título", "claim_text": row.Standalone, "rationale": row.Verdict.Rationale,
			"what_is_true": "'comillas'", "claim_made_on": "2025-10-28", "verdict_code": "false", "attribution_verdict": "accurate", "attribution_mode": "direct",
		} {
			if c[column] != value {
				t.Errorf("%s is %q, want %q", column, c[column], value)
			}
		}
	}
}

func TestTablesOfSpreadsheets(t *testing.T) {
	for name, text := range map[string]string{
		"semicolons": "Quote;Article_URL;nota\n\"uno; dos\";https://a.test/;x\n;;\n",
		"tabs":       "quote\tarticle_url\tnota\n\"uno; dos\"\thttps://a.test/\tx\n",
		"blank end":  "quote,article_url,nota,\n\"uno; dos\",https://a.test/,x,\n\n,,,\n",
	} {
		got, err := sheet.Claims(text)
		if err != nil || len(got.Rows) != 1 || got.Rows[0].Cells["quote"] != "uno; dos" || got.Rows[0].Cells["article_url"] != "https://a.test/" || !cmp.Equal(got.Unread, []string{"nota"}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	got, err := sheet.Claims("quote,article_id\na,1,surplus\nb,2\n")
	if err != nil || len(got.Rows) != 2 || got.Rows[0].Problem == nil || got.Rows[0].Problem.Key != "sheet.cells" || got.Rows[1].Line != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	for text, key := range map[string]string{
		"": "sheet.empty", "quote,article_id\n": "sheet.empty", "a,b\n1,2\n": "sheet.no_columns", "quote,quote,article_id\n1,2,3\n": "sheet.column_twice",
		"quote,article_id\n\"unended,2\n": "sheet.broken", "quote\nx\n": "sheet.no_columns",
	} {
		_, err := sheet.Claims(text)
		wants(t, text, key, err)
	}
}

func FuzzClaims(f *testing.F) {
	for _, s := range []string{"quote,article_id\na,1\n", "quote;article_url;sources\n'=x;y;\\;|\n", "\"quote\"\tarticle_id"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := sheet.Claims(s)
		if err != nil && claims.KindOf(err) != claims.KindInvalid {
			t.Error(err)
		}
		for _, r := range got.Rows {
			r.Cells.Sources()
			r.Cells.Quotes()
			r.Cells.List("tags")
			r.Cells.Start()
		}
	})
}
