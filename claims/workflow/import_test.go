package workflow_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// plan says what would become of rows, and checks that nothing was written.
func (k *kit) plan(in workflow.ImportRequest) workflow.ImportReport {
	k.Helper()
	before := k.seq()
	out, err := k.PlanImport(k.Context(), k.ana, in)
	if err != nil {
		k.Fatal(err)
	}
	if k.seq() != before {
		k.Error("a plan wrote something")
	}
	return out
}

// imported has a job take rows in.
func (k *kit) imported(in workflow.ImportRequest) workflow.ImportReport {
	k.Helper()
	j, err := k.AskImport(k.Context(), k.ana, in)
	if err != nil {
		k.Fatal(err)
	}
	k.work()
	if j, err = k.Job(k.Context(), k.ana, j.ID); err != nil || j.State != claims.JobDone {
		k.Fatalf("%s, %+v, %v", j.State, j.Problem, err)
	}
	out, ok, err := workflow.ImportReportOf(j)
	if !ok || err != nil {
		k.Fatal(ok, err)
	}
	return out
}

// told is a report in short: the fate of each line, with why.
func toldOf(r workflow.ImportReport) string {
	var b strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "%d %s", row.Line, row.Fate)
		if row.Problem != nil {
			b.WriteString(" " + row.Problem.Key)
		}
		if row.Fetches {
			b.WriteString(" fetches")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func wantTold(t *testing.T, what string, r workflow.ImportReport, want string) {
	t.Helper()
	if got := toldOf(r); got != want {
		t.Errorf("%s:\n%swant:\n%s", what, got, want)
	}
	n := 0
	for _, count := range r.Counts {
		n += count
	}
	if n != len(r.Rows) {
		t.Errorf("%s: %v do not sum up to %d", what, r.Counts, len(r.Rows))
	}
}

func TestAListIsTakenIn(t *testing.T) { onEveryEngine(t, aListIsTakenIn) }

func aListIsTakenIn(t *testing.T, k *kit) {
	p := newPaper(t)
	k.watching(p)
	if _, err := k.FetchArticle(t.Context(), k.ana, pageOf(p.URL+"/n/9")); err != nil {
		t.Fatal(err)
	}
	p.put("/n/404", says(404, ""))
	p.put("/n/503", says(503, ""))
	list := "# los de hoy\n" + strings.Join([]string{p.URL + "/n/1", p.URL + "/n/9", "", p.URL + "/n/1", "javascript:alert(1)", "http://127.0.0.1:1/", p.URL + "/n/404", p.URL + "/n/503", p.URL + "/n/2"}, "\r\n")
	in := workflow.ImportRequest{Kind: workflow.ImportAddresses, Name: "hoy.txt", Text: list}
	const rest = "3 duplicate\n5 duplicate import.twice\n6 refused url.malformed\n7 refused fetch.address\n"
	wantTold(t, "the plan", k.plan(in), "2 ready fetches\n"+rest+"8 ready fetches\n9 ready fetches\n10 ready fetches\n")
	first := k.imported(in)
	wantTold(t, "the first run", first, "2 taken\n"+rest+"8 refused fetch.status\n9 failed fetch.status\n10 taken\n")
	if row := first.Rows[0]; row.Article == "" || row.Claims == 0 || len(row.Snapshot) != 64 || row.What != p.URL+"/n/1" {
		t.Errorf("%+v", row)
	}
	p.put("/n/503", nil)
	wantTold(t, "the second run", k.imported(in), "2 done\n"+rest+"8 refused fetch.status\n9 taken\n10 done\n")
	if p.times("/n/1") != 1 {
		t.Error("what was done was fetched again")
	}
	wantTold(t, "the plan of a third", k.plan(in), "2 done\n"+rest+"8 ready fetches\n9 done\n10 done\n")
	k.sound()
}

// TestAnInterruptedImportGoesOn: a worker vanishes in the middle; another begins anew
// and does only what is left, and the late one can write nothing.
func TestAnInterruptedImportGoesOn(t *testing.T) { onEveryEngine(t, anInterruptedImport) }

func anInterruptedImport(t *testing.T, k *kit) {
	ctx := t.Context()
	p := newPaper(t)
	k.watching(p)
	j, err := k.AskImport(ctx, k.ana, workflow.ImportRequest{Kind: workflow.ImportAddresses, Text: p.URL + "/n/1\n" + p.URL + "/n/2\n" + p.URL + "/n/3"})
	if err != nil {
		t.Fatal(err)
	}
	slow := leased(t, k.Desk, claims.JobImport)
	cut, stop := context.WithCancel(ctx)
	err = k.RunImport(cut, slow, func(_ string, done, total int64) {
		if total != 3 {
			t.Errorf("of %d rows", total)
		}
		if done == 2 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	k.clock.Advance(workflow.JobLease * 2)
	k.work()
	if j, err = k.Job(ctx, k.ana, j.ID); err != nil || j.State != claims.JobDone || j.Attempt != 2 {
		t.Fatalf("%+v, %v", j, err)
	}
	report, _, err := workflow.ImportReportOf(j)
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, "all of it", report, "1 taken\n2 taken\n3 taken\n")
	for _, path := range []string{"/n/1", "/n/2", "/n/3"} {
		if n := p.times(path); n != 1 {
			t.Errorf("%s was fetched %d times", path, n)
		}
	}
	if err := k.RunImport(ctx, slow, silent); claims.KindOf(err) != claims.KindStale {
		t.Errorf("the late worker: %v", err)
	}
	k.sound()
}

func TestATableOfClaimsIsTakenIn(t *testing.T) { onEveryEngine(t, aTableIsTakenIn) }

func aTableIsTakenIn(t *testing.T, k *kit) {
	ctx := t.Context()
	p := newPaper(t)
	k.watching(p)
	a := k.article()
	known, err := k.AddClaim(ctx, k.ana, workflow.NewClaim{Article: a.ID, Quote: "Según la alcaldía"})
	if err != nil {
		t.Fatal(err)
	}
	p.put("/n/404", says(404, ""))
	table := "claim_id,article_id,article_url,quote,quote_start,claim_text,claim_kind,sources,attribution_mode,claim_made_on,tags,verdict_code,attribution_verdict,rationale,assigned_to\n" +
		`,` + a.ID + `,,el puente costó alrededor de 15.000 euros,,'=El puente costó 15.000 euros,quantity,la alcaldía|government|source; EFE|media|via,indirect,2025-10-01,puente; obras,false,accurate,Costó 20.000.,luis` + "\n" +
		`,` + a.ID + `,,el puente […] euros,,,,,,,,,,,` + "\n" +
		`,` + a.ID + `,,el puente costó alrededor de 15.000 euros,,,,,,,,,,,` + "\n" +
		`,` + a.ID + `,,nadie dijo esto,,,,,,,,,,,` + "\n" +
		known.ID + `,` + a.ID + `,,Según la alcaldía,,,,,,,,,,,` + "\n" +
		`,,` + p.URL + `/n/7,La obra número 7,,,,,,,,,,,` + "\n" +
		`,,` + p.URL + `/n/7,costó 15.000 euros,,,,,,,,,,,` + "\n" +
		`,,` + p.URL + `/n/404,x y,,,,,,,,,,,` + "\n" +
		`,,,sin artículo,,,,,,,,,,,` + "\n" +
		`,NOSUCHARTI,,x,,,,,,,,,,,` + "\n" +
		`,` + a.ID + `,,El río creció dos metros,,,rumour,,,,,,,,` + "\n" +
		`,` + a.ID + `,,El río creció dos metros,,,,,,ayer,,nonsense,,,` + "\n" +
		`,` + a.ID + `,,,,,,,,,,,,,` + "\n"
	in := workflow.ImportRequest{Kind: workflow.ImportClaims, Name: "tabla.csv", Text: table}
	const wrong = "10 refused import.no_article\n11 refused not_found.article\n12 refused claim.kind_unknown\n13 refused date.malformed\n14 refused claim.quote_missing\n"
	plan := k.plan(in)
	wantTold(t, "the plan", plan, "2 ready\n3 ready\n4 ready\n5 refused claim.quote_not_found\n6 known\n7 ready fetches\n8 ready fetches\n9 ready fetches\n"+wrong)
	if len(plan.Unread) != 1 || plan.Unread[0] != "assigned_to" {
		t.Errorf("unread %v", plan.Unread)
	}
	got := k.imported(in)
	wantTold(t, "the run", got, "2 taken\n3 taken\n4 duplicate\n5 refused claim.quote_not_found\n6 known\n7 taken\n8 taken\n9 refused fetch.status\n"+wrong)
	made := k.claimOf(got.Rows[0].Claim)
	if made.Standalone != "=El puente costó 15.000 euros" || made.State != claims.StateOpen || made.CreatedBy != k.ana.ID || made.MadeOn == nil || *made.MadeOn != "2025-10-01" || strings.Join(made.Tags, ",") != "puente,obras" || made.Quantities[0].Text == "" {
		t.Errorf("%+v", made)
	}
	if at := made.Attributions; len(at) != 1 || at[0].Mode != claims.ModeIndirect || at[0].Sources[0].Name != "la alcaldía" || at[0].Sources[0].Kind != claims.KindGovernment || at[0].Via[0].Name != "EFE" {
		t.Errorf("%+v", at)
	}
	if v := made.Verdict; v == nil || v.Content != "false" || v.Attribution != "accurate" || v.ChangedBy != k.ana.ID {
		t.Errorf("%+v", v)
	}
	if two := got.Rows[5].Article; two == "" || two != got.Rows[6].Article || p.times("/n/7") != 1 {
		t.Errorf("an article for each row: %+v", got.Rows[5:7])
	}
	if fragments := k.claimOf(got.Rows[1].Claim).Fragments; len(fragments) != 2 || fragments[0].Text != "el puente" || fragments[1].Text != "euros" {
		t.Errorf("%+v", fragments)
	}
	wantTold(t, "the second run", k.imported(in), "2 done\n3 done\n4 duplicate\n5 refused claim.quote_not_found\n6 known\n7 done\n8 done\n9 refused fetch.status\n"+wrong)
	k.sound()
}

func (k *kit) claimOf(id string) claims.Claim {
	k.Helper()
	v, err := k.Claim(k.Context(), k.ana, id)
	if err != nil {
		k.Fatal(err)
	}
	return v.Row.Claim
}

// TestAnExportGoesIntoAnotherDesk: claims come to the same article there with their
// wording, chains, tags and verdicts.
func TestAnExportGoesIntoAnotherDesk(t *testing.T) {
	k, other := newKit(t), newKitOf(t)
	ctx := t.Context()
	text := pasted(wire)
	text.Hint = ingest.Hint{Title: "El puente", URL: "https://rio.test/puente"}
	taken, err := k.TakeIn(ctx, k.ana, text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.TakeIn(ctx, other.ana, text); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := k.ExportVerdicts(ctx, k.ana, claims.ClaimFilter{}, &file, export.Options{BOM: true}); err != nil {
		t.Fatal(err)
	}
	in := workflow.ImportRequest{Kind: workflow.ImportClaims, Text: file.String()}
	home := k.plan(in)
	if home.Counts[workflow.ImportKnown] != taken.Claims {
		t.Errorf("at home: %s", toldOf(home))
	}
	away := other.imported(in)
	if away.Counts[workflow.ImportTaken] != taken.Claims {
		t.Errorf("elsewhere: %s", toldOf(away))
	}
	for i, row := range away.Rows {
		was, is := k.claimOf(home.Rows[i].Claim), other.claimOf(row.Claim)
		if was.Quote() != is.Quote() || was.Standalone != is.Standalone || was.Kind != is.Kind || len(was.Attributions) > 0 != (len(is.Attributions) > 0) {
			t.Errorf("%+v became %+v", was.Assertion, is.Assertion)
		}
	}
}

func newKitOf(t *testing.T) *kit { return newKitAt(t, t.TempDir()+"/cotejo.db") }

func TestImportsThatAreRefused(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	for key, in := range map[string]workflow.ImportRequest{
		"kind:import.kind_unknown": {Kind: "recipes", Text: "x"},
		"file:sheet.empty":         {Kind: workflow.ImportAddresses, Text: "# nada"},
		"file:sheet.no_columns":    {Kind: workflow.ImportClaims, Text: "a,b\n1,2"},
		"file:sheet.broken":        {Kind: workflow.ImportClaims, Text: "quote,article_id\n\"x,2\n"},
		"file:import.too_large":    {Kind: workflow.ImportAddresses, Text: strings.Repeat("x", workflow.MaxImport+1)},
		"file:sheet.too_long":      {Kind: workflow.ImportAddresses, Text: strings.Repeat("https://x.test/\n", workflow.MaxImportRows+1)},
		"file:text.malformed":      {Kind: workflow.ImportAddresses, Text: "https://x.test/\x00"},
	} {
		_, err := k.PlanImport(ctx, k.ana, in)
		refused(t, key, err, claims.KindInvalid, key)
		_, err = k.AskImport(ctx, k.ana, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	ok := workflow.ImportRequest{Kind: workflow.ImportAddresses, Text: "https://x.test/"}
	_, err := k.AskImport(ctx, k.carla, ok)
	refused(t, "a contributor", err, claims.KindNotAllowed)
	_, err = k.PlanImport(ctx, k.carla, ok)
	refused(t, "a contributor", err, claims.KindNotAllowed)
}

// TestFilesByTheRow are what the command line takes in of folders.
func TestFilesByTheRow(t *testing.T) {
	k := newKit(t)
	run := func(dry bool, text string) workflow.ImportOutcome {
		t.Helper()
		out, err := k.NewImporter(k.ana, workflow.ImportOptions{Hint: ingest.Hint{Outlet: "Diario"}}, dry).File(t.Context(), "notas/a.txt", func() (ingest.Input, error) {
			return ingest.Input{Raw: []byte(text), Filename: "a.txt"}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := run(true, wire); out.Fate != workflow.ImportReady || out.What != "notas/a.txt" {
		t.Errorf("%+v", out)
	}
	first := run(false, wire)
	if first.Fate != workflow.ImportTaken || first.Claims == 0 {
		t.Errorf("%+v", first)
	}
	if out := run(false, wire); out.Fate != workflow.ImportDone || out.Article != first.Article {
		t.Errorf("%+v", out)
	}
	for _, dry := range []bool{true, false} {
		if out := run(dry, "\ufeff"+strings.ReplaceAll(wire, "\n", "\r\n")); out.Fate != workflow.ImportDuplicate || out.Article != first.Article {
			t.Errorf("%+v", out)
		}
		if out := run(dry, " "); out.Fate != workflow.ImportRefused || out.Problem.Key != "ingest.empty" {
			t.Errorf("%+v", out)
		}
	}
}
