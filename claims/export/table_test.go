package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cotejo/claims"
)

var update = flag.Bool("update", false, "write golden files anew")

// verdictRows are rows with all that a table can get wrong.
func verdictRows() []VerdictRow {
	full := sample()
	full.Fragments[0].Text = "unas \"3,2 t.\",\ny más"
	full.Verdict.AsOf = ptr(claims.Date("2026-03-04"))
	nasty := sample()
	nasty.ID, nasty.Standalone, nasty.Tags, nasty.Quantities, nasty.Times, nasty.Attributions = "0E1234", "@risa 😀 & <b>\u00a0fin", nil, nil, nil, nil
	nasty.Verdict.Rationale, nasty.Verdict.WhatIsTrue = "\ttabulador; coma, «comillas» \"\"", "'apóstrofo'"
	nasty.ArticleTitle, nasty.ArticleOutlet, nasty.ArticlePublished = "\ufeffmarca", "+34 600", ptr(claims.Date("2026"))
	bare := claims.ClaimRow{Claim: claims.Claim{ID: "000001", Article: "A000000002", State: claims.StateSuggested, Version: 1, Language: "en", UpdatedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}
	out := []VerdictRow{}
	for _, c := range []claims.ClaimRow{full, nasty, bare} {
		out = append(out, VerdictRow{ClaimRow: c, URL: "https://cotejo.example/c/" + c.ID, Scale: claims.DefaultScale(), AssigneeName: "Ana =1", Locator: "página 3",
			Evidence: []claims.Evidence{{URL: "https://e.example/1"}, {URL: "https://e.example/2"}}})
	}
	return out
}

func linkRows() []LinkRow {
	c := sample()
	return []LinkRow{
		{ClaimRow: c, URL: "https://cotejo.example/c/7F3K9Q", Attribution: 1, Role: "source", Position: 1, Link: c.Attributions[0].Sources[0],
			Source: claims.Source{ID: "S1", Name: "Gremio", Kind: claims.KindOrganization, SameAs: []string{"https://w.example/Q1", "https://gremio.example/"}}},
		{ClaimRow: c, URL: "https://cotejo.example/c/7F3K9Q", Attribution: 1, Role: "original", Position: 1, Link: *c.Attributions[0].Original},
	}
}

func evidenceRows() []EvidenceRow {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	return []EvidenceRow{{ClaimRow: sample(), URL: "https://cotejo.example/c/7F3K9Q", AddedBy: "ana", Document: claims.Evidence{
		ID: "E1", URL: "https://e.example/1", Title: "=Título", Stance: claims.StanceAgainst, Grade: claims.GradePrimary, Quote: "dos\nlíneas", Locator: "12:30", AddedAt: at,
		Copy: claims.KeptCopy{SHA256: strings.Repeat("b", 64), At: &at},
	}}}
}

func fill[R any](t *testing.T, begin func(io.Writer, Options) (*Writer[R], error), o Options, rows ...R) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := begin(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// table is a profile filled with sample rows.
func tableOf(t *testing.T, name string, o Options) []byte {
	t.Helper()
	switch name {
	case "verdicts":
		return fill(t, NewVerdictWriter, o, verdictRows()...)
	case "sources":
		return fill(t, NewLinkWriter, o, linkRows()...)
	case "evidence":
		return fill(t, NewEvidenceWriter, o, evidenceRows()...)
	}
	return fill(t, NewReviewWriter, o, document(t, 1), document(t, 2))
}

func TestGoldenTables(t *testing.T) {
	for _, p := range Profiles {
		for _, f := range Formats {
			got := tableOf(t, p.Name, Options{Format: f})
			if f == XLSX {
				got = part(t, got, "xl/worksheets/sheet1.xml")
			}
			golden(t, p.Name+"."+string(f), got)
		}
		described, err := Metadata(p, p.Name+".csv")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, p.Name+".csv-metadata.json", described)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "tables", name)
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, got, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s is not as it was (go test ./claims/export -update writes it anew):\n%s", name, got)
	}
}

// part is a file of a workbook.
func part(t *testing.T, book []byte, name string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestFormatsSayTheSame: the cells of JSON Lines and of a workbook are those of the CSV.
func TestFormatsSayTheSame(t *testing.T) {
	for _, p := range Profiles {
		records, err := csv.NewReader(bytes.NewReader(tableOf(t, p.Name, Options{Raw: true}))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var objects []map[string]any
		for _, line := range bytes.Split(bytes.TrimSpace(tableOf(t, p.Name, Options{Format: JSONLines})), []byte("\n")) {
			var o map[string]any
			d := json.NewDecoder(bytes.NewReader(line))
			d.UseNumber()
			if err := d.Decode(&o); err != nil {
				t.Fatalf("%s: %v in %s", p.Name, err, line)
			}
			objects = append(objects, o)
		}
		book, err := excelize.OpenReader(bytes.NewReader(tableOf(t, p.Name, Options{Format: XLSX})))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if len(objects) != len(records)-1 || len(rows) != len(records) {
			t.Fatalf("%s: %d rows in CSV, %d objects, %d rows in the workbook", p.Name, len(records)-1, len(objects), len(rows)-1)
		}
		for n, record := range records[1:] {
			for i, c := range p.Columns {
				if got := plainJSON(objects[n][c.Name]); c.Type != List && got != record[i] {
					t.Errorf("%s: %s is %q in JSON, %q in CSV", p.Name, c.Name, got, record[i])
				}
				cell := ""
				if i < len(rows[n+1]) {
					cell = rows[n+1][i]
				}
				if want := inBook(c, record[i]); cell != want {
					t.Errorf("%s: %s is %q in the workbook, %q in CSV", p.Name, c.Name, cell, want)
				}
			}
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}

// inBook is a value as spreadsheets show it.
func inBook(c Column, value string) string {
	switch c.Type {
	case Boolean:
		return strings.ToUpper(value)
	case Instant:
		return strings.TrimSuffix(strings.Replace(value, "T", " ", 1), "Z")
	}
	return BookText(value)
}

func plainJSON(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, plainJSON(x))
		}
		return strings.Join(out, " ")
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return "?"
}

func TestListsAreArraysInJSONLines(t *testing.T) {
	line, _, _ := bytes.Cut(tableOf(t, "verdicts", Options{Format: JSONLines}), []byte("\n"))
	var o struct {
		Tags    []string
		Sources []sourceItem
		Figure  float64 `json:"figure_value"`
	}
	if err := json.Unmarshal(line, &o); err != nil {
		t.Fatal(err)
	}
	if len(o.Tags) != 2 || o.Tags[0] != "pan;dulce" || len(o.Sources) != 3 || o.Sources[0] != (sourceItem{"Gremio; Pan|Sal", "organization", "source"}) || o.Figure != -3.2 {
		t.Errorf("%+v", o)
	}
}

// TestFullSheetsGoOn: what a sheet or a cell cannot hold is nowhere lost in silence.
func TestFullSheetsGoOn(t *testing.T) {
	var file bytes.Buffer
	b, err := newBook(&file, VerdictProfile)
	if err != nil {
		t.Fatal(err)
	}
	b.most = 3
	long := strings.Repeat("á😀", 20000)
	for i := range 5 {
		row := cells{"claim_id": {value: "ID" + string(rune('0'+i))}}
		if i == 4 {
			row.set("rationale", long)
		}
		if err := b.row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), ","); got != "verdicts,verdicts 2,verdicts 3,notes" {
		t.Fatalf("sheets %s", got)
	}
	last, err := book.GetRows("verdicts 3")
	if err != nil || len(last) != 2 || last[0][1] != "claim_id" || last[1][1] != "ID4" {
		t.Fatalf("%v %.200q", err, last)
	}
	cut := last[1][34]
	if !strings.HasSuffix(cut, CutMark) || units(cut) > bookChars || units(cut) < bookChars-2 || !strings.HasPrefix(long, strings.TrimSuffix(cut, CutMark)) {
		t.Errorf("cut to %d units, ends %q", units(cut), cut[len(cut)-40:])
	}
	notes, err := book.GetRows("notes")
	if err != nil || len(notes) != 2 || strings.Join(notes[1], "|") != "verdicts 3|2|rationale|40000" {
		t.Errorf("%v %q", err, notes)
	}
}

func TestWorkbooksAreTheSameBytesEachTime(t *testing.T) {
	if !bytes.Equal(tableOf(t, "claimreview", Options{Format: XLSX}), tableOf(t, "claimreview", Options{Format: XLSX})) {
		t.Error("two workbooks of the same rows differ")
	}
}

func TestFormatsThatAreNone(t *testing.T) {
	if _, err := NewVerdictWriter(io.Discard, Options{Format: "ods"}); claims.KindOf(err) != claims.KindInvalid {
		t.Error(err)
	}
}

func TestEveryColumnIsWrittenDown(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "EXPORTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Profiles {
		_, part, ok := strings.Cut(string(raw), "\n## Columns of "+p.Name+"\n")
		part, _, _ = strings.Cut(part, "\n## ")
		for _, c := range p.Columns {
			if name := "`" + c.Name + "`"; !strings.HasPrefix(c.Name, "itemReviewed.appearance.") && (!ok || !strings.Contains(part, name)) {
				t.Errorf("docs/EXPORTS.md says nothing of column %s of %s", c.Name, p.Name)
			}
		}
	}
}
