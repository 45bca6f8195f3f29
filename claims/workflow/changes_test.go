package workflow_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

// table is an exported table that somebody edits.
type table struct {
	t    *testing.T
	head []string
	rows [][]string
}

// exportedBy gives the verdicts that the actor exports.
func (k *kit) exportedBy(actor claims.Actor) *table {
	k.Helper()
	var file bytes.Buffer
	if err := k.ExportVerdicts(k.Context(), actor, claims.ClaimFilter{}, &file, export.Options{}); err != nil {
		k.Fatal(err)
	}
	all, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		k.Fatal(err)
	}
	return &table{k.T, all[0], all[1:]}
}

// set writes into the row of a claim.
func (f *table) set(claim, column, value string) {
	f.t.Helper()
	i := slices.Index(f.head, column)
	for _, row := range f.rows {
		if row[1] == claim {
			row[i] = value
			return
		}
	}
	f.t.Fatalf("no row for %s", claim)
}

// keep leaves out the other columns.
func (f *table) keep(columns ...string) {
	for _, row := range append([][]string{f.head}, f.rows...) {
		for i := len(row) - 1; i >= 0; i-- {
			if !slices.Contains(columns, f.head[i]) {
				row[i] = "\x00"
			}
		}
	}
	for n, row := range f.rows {
		f.rows[n] = slices.DeleteFunc(row, func(s string) bool { return s == "\x00" })
	}
	f.head = slices.DeleteFunc(f.head, func(s string) bool { return s == "\x00" })
}

func (f *table) text(comma rune) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = comma
	if err := w.WriteAll(append([][]string{f.head}, f.rows...)); err != nil {
		f.t.Fatal(err)
	}
	return b.String()
}

func (k *kit) planned(actor claims.Actor, f *table) workflow.ChangePlan {
	k.Helper()
	plan, err := k.PlanChanges(k.Context(), actor, workflow.ChangesInput{Text: f.text(',')})
	if err != nil {
		k.Fatal(err)
	}
	return plan
}

func cellsOf(plan workflow.ChangePlan) map[string]string {
	out := map[string]string{}
	for _, r := range plan.Rows {
		for _, c := range r.Cells {
			out[c.Column] = c.Old + " → " + c.New
			if c.Stays {
				out[c.Column] = "stays"
			}
			if c.Problem != nil {
				out[c.Column] = c.Problem.Key
			}
		}
	}
	return out
}

// figured has a figure, a time, and one chain.
func figured(c *claims.Claim) {
	c.Quantities = []claims.Quantity{{Text: "15.000", Value: ptr(15000.0), Bound: claims.BoundExact, Unit: "tropas", Hedge: "unas"}}
	c.Times = []claims.Time{{Text: "en otoño", From: ptr(claims.Date("2024-09"))}}
	c.Attributions = []claims.Attribution{{Mode: claims.ModeIndirect, Sources: []claims.Link{{Name: "Corea del Sur", Text: "Seúl", Kind: claims.KindGovernment, Code: "KR"}}, Via: []claims.Link{}}}
}

// TestAnUntouchedTableChangesNothing, in whatever format and encoding it comes back.
func TestAnUntouchedTableChangesNothing(t *testing.T) {
	k := newKit(t)
	k.claim(claims.StateInCheck, judged(k.ana, k.ana), figured, func(c *claims.Claim) {
		c.Standalone, c.Assignee, c.Tags, c.MadeOn = "'=1+1 «así», 😀", k.bea.ID, []string{"a;b", "c"}, ptr(claims.Date("2025-03-04"))
		c.Verdict.Rationale, c.Verdict.AsOf = "-uno\n\ndos \"tres\"", ptr(claims.Date("2025-10-02"))
	})
	k.published()
	f := k.exportedBy(k.ana)
	var book bytes.Buffer
	if err := k.ExportVerdicts(t.Context(), k.ana, claims.ClaimFilter{}, &book, export.Options{Format: export.XLSX}); err != nil {
		t.Fatal(err)
	}
	comma := f.text(',')
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(f.text('\t'))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	excel := strings.NewReplacer("2025-03-04", "04/03/2025", "2025-10-02", "2/10/25", ",15000,", ",\"15000,0\",").Replace(comma)
	for how, raw := range map[string][]byte{
		"CSV": []byte(comma), "CSV with a mark": []byte("\ufeff" + comma), "semicolons": []byte(f.text(';')), "tabs in UTF-16": wide,
		"a workbook": book.Bytes(), "dates and numbers as Spain has them": []byte(excel), "CRLF": []byte(strings.ReplaceAll(comma, "\n", "\r\n")),
	} {
		text, err := workflow.EditedText(raw, "")
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		plan, err := k.PlanChanges(t.Context(), k.ana, workflow.ChangesInput{Text: text})
		if err != nil || len(plan.Rows) != 0 || plan.Counts[workflow.RowSame] != 2 || plan.Ready() {
			t.Errorf("%s: %v, %+v", how, err, plan)
		}
	}
	k.sound()
}

// TestAnEditedTableIsSeenThenDone on both engines: old and new first, nothing written;
// then all of it as acts of the person's own, which one undoing takes back.
func TestAnEditedTableIsSeenThenDone(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		one := k.again(k.claim(claims.StateInCheck, judged(k.ana, k.ana), figured))
		two := k.claim(claims.StateOpen)
		f := k.exportedBy(k.ana)
		for column, value := range map[string]string{
			"claim_text": "'=Otra cosa", "tags": `pan\;dulce; sal`, "assigned_to": "ana", "verdict_code": "half_true", "what_is_true": "Fueron 12.000", "as_of": "31/12/2025",
			"figure_value": "12000,5", "time_to": "2024-12", "sources": "Corea del Sur|government|source; Yonhap|media|via", "attribution_mode": "direct", "claim_made_on": "2025-01-02",
		} {
			f.set(one.ID, column, value)
		}
		f.set(two.ID, "claim_kind", "event")
		f.set(two.ID, "state", "published") // never by a table
		events := k.lastEvent().ID
		plan := k.planned(k.ana, f)
		want := map[string]string{"verdict_code": "false → half_true", "as_of": " → 2025-12-31", "figure_value": "15000 → 12000.5", "time_to": " → 2024-12", "state": "stays", "claim_text": one.Standalone + " → =Otra cosa", "assigned_to": " → ana"}
		got := cellsOf(plan)
		for column, change := range want {
			if got[column] != change && column != "verdict_code" || !strings.HasSuffix(got[column], strings.TrimPrefix(change, "false")) {
				t.Errorf("%s: %q, want %q", column, got[column], change)
			}
		}
		if plan.Counts[workflow.RowChanged] != 2 || !plan.Ready() || k.lastEvent().ID != events {
			t.Fatalf("%+v, or looking wrote something: %+v", plan.Counts, plan.Rows)
		}
		done, err := k.ApplyChanges(t.Context(), k.ana, workflow.ChangesInput{Text: plan.Text}, plan.Pin)
		if err != nil || done.Event == "" {
			t.Fatal(err)
		}
		after := k.again(one)
		if after.Standalone != "=Otra cosa" || !slices.Equal(after.Tags, []string{"pan;dulce", "sal"}) || after.Assignee != k.ana.ID || after.Verdict.Content != "half_true" || after.Verdict.ChangedBy != k.ana.ID ||
			*after.Quantities[0].Value != 12000.5 || after.Quantities[0].Unit != "tropas" || *after.Times[0].To != "2024-12" || *after.MadeOn != "2025-01-02" || after.State != claims.StateInCheck {
			t.Errorf("%+v", after)
		}
		if a := after.Attributions; len(a) != 1 || a[0].Mode != claims.ModeDirect || a[0].Sources[0].Code != "KR" || len(a[0].Via) != 1 || a[0].Via[0].Name != "Yonhap" {
			t.Errorf("%+v", a)
		}
		if c := k.again(two); c.Kind != claims.KindEvent || c.State != claims.StateOpen {
			t.Errorf("%s %s", c.Kind, c.State)
		}
		if again := k.planned(k.ana, f); again.Counts[workflow.RowChanged] != 0 || again.Counts[workflow.RowConflict] != 0 {
			t.Errorf("the same table once more: %+v", again.Counts)
		}
		if _, err := k.Undo(t.Context(), k.ana, done.Event); err != nil {
			t.Fatal(err)
		}
		k.unchanged("undone", one, after)
		k.sound()
	})
}

// TestATableIsDoneWholeOrNotAtAll: what one row may not holds back all of them.
func TestATableIsDoneWholeOrNotAtAll(t *testing.T) {
	k := newKit(t)
	good := k.claim(claims.StateInCheck, judged(k.ana, k.ana), func(c *claims.Claim) { c.Quantities = nil })
	done := k.published()
	for name, tc := range map[string]struct {
		claim, column, value, key string
		by                        claims.Actor
	}{
		"an unknown verdict":      {good.ID, "verdict_code", "perhaps", "verdict.step_unknown", k.ana},
		"an unknown kind":         {good.ID, "claim_kind", "poem", "claim.kind_unknown", k.ana},
		"no words":                {good.ID, "claim_text", " ", "text.missing", k.ana},
		"a date that is none":     {good.ID, "as_of", "03/04/2025", "date.malformed", k.ana},
		"nobody of that name":     {good.ID, "assigned_to", "nadie", "assignee.unknown", k.ana},
		"no figure to change":     {good.ID, "figure_value", "7", "changes.no_figure", k.ana},
		"no number":               {good.ID, "figure_value", "siete", "changes.no_figure", k.ana},
		"what is published":       {done.ID, "rationale", "Otra", "claim.frozen", k.luis},
		"no version":              {good.ID, "claim_version", "", "changes.no_version", k.ana},
		"somebody else's to give": {good.ID, "assigned_to", "luis", "", k.ana},
	} {
		f := k.exportedBy(k.luis)
		f.set(good.ID, "tags", "nueva")
		f.set(tc.claim, tc.column, tc.value)
		plan := k.planned(tc.by, f)
		keys := []string{}
		for _, r := range plan.Rows {
			if r.Problem != nil {
				keys = append(keys, r.Problem.Key)
			}
			for _, c := range r.Cells {
				if c.Problem != nil {
					keys = append(keys, c.Problem.Key)
				}
			}
		}
		if plan.Ready() || len(keys) == 0 || tc.key != "" && !slices.Contains(keys, tc.key) {
			t.Errorf("%s: %v, %+v", name, keys, plan.Counts)
		}
		_, err := k.ApplyChanges(t.Context(), tc.by, workflow.ChangesInput{Text: f.text(',')}, plan.Pin)
		refused(t, name, err, claims.KindConflict, "changes.blocked")
		if c := k.again(good); c.Version != good.Version {
			t.Fatalf("%s: a part was done", name)
		}
	}
	k.sound()
}

// TestAClaimThatMovedOnIsAConflict, with both values; and what was confirmed is what is
// done, or nothing.
func TestAClaimThatMovedOnIsAConflict(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateInCheck, judged(k.ana, k.ana))
	other := k.claim(claims.StateOpen)
	f := k.exportedBy(k.ana)
	f.set(c.ID, "rationale", "La mía")
	plan := k.planned(k.ana, f)
	c = k.judge(k.bea, c, workflow.VerdictInput{Content: "true", Attribution: "accurate", Rationale: "La de Bea"})
	_, err := k.ApplyChanges(t.Context(), k.ana, workflow.ChangesInput{Text: plan.Text}, plan.Pin)
	refused(t, "what was shown is no more so", err, claims.KindConflict, "changes.moved_on")
	plan = k.planned(k.ana, f)
	if got := cellsOf(plan); plan.Counts[workflow.RowConflict] != 1 || got["rationale"] != "La de Bea → La mía" || plan.Rows[0].Edited+1 != plan.Rows[0].Now {
		t.Errorf("%v %+v", got, plan.Rows)
	}
	_, err = k.ApplyChanges(t.Context(), k.ana, workflow.ChangesInput{Text: f.text(',')}, "")
	refused(t, "a conflict", err, claims.KindConflict, "changes.blocked")

	f = k.exportedBy(k.ana)
	f.set(other.ID, "tags", "una")
	plan = k.planned(k.ana, f)
	_, err = k.ApplyChanges(t.Context(), k.ana, workflow.ChangesInput{Text: strings.Replace(plan.Text, "una", "otra", 1)}, plan.Pin)
	refused(t, "another table than was shown", err, claims.KindConflict, "changes.moved_on")
	if got := k.again(c); got.Verdict.Rationale != "La de Bea" || len(k.again(other).Tags) != len(other.Tags) {
		t.Errorf("%+v", got.Verdict)
	}
}

// TestTablesNameClaimsAsSpreadsheetsDo: few columns suffice, an id that became a number is
// found by its link, and rows that name nothing are left for another import.
func TestTablesNameClaimsAsSpreadsheetsDo(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	f := k.exportedBy(k.ana)
	f.set(c.ID, "tags", "una")
	f.set(c.ID, "claim_id", "1.23E+47")
	f.rows = append(f.rows, slices.Repeat([]string{""}, len(f.head)))
	f.rows[len(f.rows)-1][slices.Index(f.head, "quote")] = "palabras nuevas"
	f.keep("claim_id", "claim_url", "claim_version", "tags", "quote")
	plan := k.planned(k.ana, f)
	if plan.Counts[workflow.RowChanged] != 1 || plan.Counts[workflow.RowNew] != 1 || plan.Rows[0].Claim != c.ID || !plan.Ready() {
		t.Errorf("%+v", plan)
	}
	for key, text := range map[string]string{
		"sheet.no_id": "claim_id,tags\nX,una\n", "sheet.empty": "", "sheet.column_twice": "claim_id,claim_version,tags,tags\n1,2,3,4\n", "sheet.broken": "claim_id,claim_version\n\"1,2\n",
	} {
		_, err := k.PlanChanges(t.Context(), k.ana, workflow.ChangesInput{Text: text})
		refused(t, key, err, claims.KindInvalid, "file:"+key)
	}
	_, err := k.PlanChanges(t.Context(), k.carla, workflow.ChangesInput{Text: f.text(',')})
	refused(t, "by a contributor", err, claims.KindNotAllowed)
	unknown := k.planned(k.ana, &table{t, []string{"claim_id", "claim_version", "tags", "mood"}, [][]string{{"ZZZZZZ", "1", "x", "y"}, {c.ID, "1", "y", "z"}, {c.ID, "1", "z", "z"}}})
	if unknown.Counts[workflow.RowRefused] != 2 || unknown.Rows[0].Problem.Key != "changes.no_claim" || unknown.Rows[2].Problem.Key != "import.twice" || !slices.Equal(unknown.Unread, []string{"mood"}) {
		t.Errorf("%+v", unknown)
	}
}

// TestTablesKeepNamesBack: who edits a text in which a name is kept back cannot write the
// label over the name; other cells of that claim can be changed, and it stays.
func TestTablesKeepNamesBack(t *testing.T) {
	k := newKit(t)
	s, err := k.AddSource(t.Context(), k.luis, workflow.SourceInput{Name: "Quetzalina", Kind: claims.KindPerson, Protected: true})
	if err != nil {
		t.Fatal(err)
	}
	c := k.claim(claims.StateInCheck, judged(k.luis, k.luis), figured, func(c *claims.Claim) {
		c.Attributions[0].Sources[0] = claims.Link{Source: s.ID, Name: "Quetzalina", Text: "ella", Kind: claims.KindPerson}
		c.Verdict.Rationale = "Quetzalina lo confirma"
	})
	for _, who := range []claims.Actor{k.ana, k.luis} {
		f := k.exportedBy(who)
		if strings.Contains(f.text(','), "Quetzalina") {
			t.Fatal("the table names the source")
		}
		f.set(c.ID, "rationale", "Otra cosa")
		if got := cellsOf(k.planned(who, f)); got["rationale"] != "changes.masked" {
			t.Errorf("%s: %v", who.Name, got)
		}
		f = k.exportedBy(who)
		f.set(c.ID, "what_is_true", "Por "+who.Name)
		f.set(c.ID, "figure_unit", "soldados de "+who.Name)
		done, err := k.ApplyChanges(t.Context(), who, workflow.ChangesInput{Text: f.text(',')}, "")
		if err != nil {
			t.Fatalf("%s: %v, %+v", who.Name, err, done.Rows)
		}
		after := k.again(c)
		if after.Verdict.Rationale != "Quetzalina lo confirma" || after.Attributions[0].Sources[0].Name != "Quetzalina" || after.Verdict.WhatIsTrue != "Por "+who.Name {
			t.Errorf("%+v", after.Verdict)
		}
	}
	k.sound()
}

// TestWorkbooksComeBack as a spreadsheet saves them: edited cells, days as counts, sheets
// of somebody's own; and a CSV that became a workbook keeps its apostrophes.
func TestWorkbooksComeBack(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateInCheck, judged(k.ana, k.ana), func(c *claims.Claim) { c.Standalone = "'comillas'" })
	var file bytes.Buffer
	if err := k.ExportVerdicts(t.Context(), k.ana, claims.ClaimFilter{}, &file, export.Options{Format: export.XLSX}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	put := func(column string, value any) {
		name, err := excelize.CoordinatesToCellName(slices.Index(export.VerdictColumns, column)+1, 2)
		if err == nil {
			err = book.SetCellValue("verdicts", name, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put("rationale", "=SUM(A1:A2) no es una fórmula")
	put("as_of", 45933) // 2025-10-03
	put("claim_made_on", 2025)
	if _, err := book.NewSheet("mis notas"); err != nil {
		t.Fatal(err)
	}
	raw, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	text, err := workflow.EditedText(raw.Bytes(), "")
	if err != nil {
		t.Fatal(err)
	}
	done, err := k.ApplyChanges(t.Context(), k.ana, workflow.ChangesInput{Text: text}, "")
	if err != nil {
		t.Fatalf("%v %+v", err, done.Rows)
	}
	after := k.again(c)
	if after.Verdict.Rationale != "=SUM(A1:A2) no es una fórmula" || *after.Verdict.AsOf != "2025-10-03" || *after.MadeOn != "2025" || after.Standalone != "'comillas'" {
		t.Errorf("%+v %s", after.Verdict, after.Standalone)
	}
	_, err = workflow.EditedText([]byte("PK\x03\x04nothing"), "")
	refused(t, "no workbook", err, claims.KindInvalid, "file:sheet.workbook")

	foreign := excelize.NewFile()
	defer foreign.Close()
	for i, row := range [][]any{{"claim_id", "claim_version", "claim_text", "what_is_true"}, {c.ID, after.Version, "''comillas'", "'-2 t"}} {
		if err := foreign.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	raw, err = foreign.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if text, err = workflow.EditedText(raw.Bytes(), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := k.ApplyChanges(t.Context(), k.ana, workflow.ChangesInput{Text: text}, ""); err != nil {
		t.Fatal(err)
	}
	if got := k.again(c); got.Verdict.WhatIsTrue != "-2 t" || got.Standalone != "'comillas'" {
		t.Errorf("%+v %s", got.Verdict, got.Standalone)
	}
}
