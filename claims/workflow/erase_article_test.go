package workflow_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/db"
	"cotejo/db/pgtest"
)

// trace stands in everything that an erased article said; no stem and no prefix of it
// is anybody else's.
const trace = "zqxwanfonaquelio"

const secretPage = "<html lang=es><head><title>La " + trace + " del puerto</title><meta name=author content='Rita " + trace + "'></head><body><article>" +
	"<p>La " + trace + " perdió 12 millones de euros en 2024, según la " + trace + ".</p><p>El puente " + trace + " costó 15.000 euros, dijo la alcaldía de " + trace + ".</p>" +
	"<p>Nadie resultó herido en " + trace + ", que duró tres días.</p></article></body></html>"

// everyCell walks every column of every table, as text and bytes.
func everyCell(t *testing.T, address string, fn func(table, cell string)) {
	t.Helper()
	driver, tables := "sqlite", "SELECT name FROM sqlite_master WHERE type = 'table'"
	if strings.HasPrefix(address, "postgres") {
		driver, tables = "pgx", "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	names := rowsOf(t, raw, tables)
	if len(names) < 30 {
		t.Fatalf("only %d tables: %v", len(names), names)
	}
	for _, name := range names {
		for _, cell := range rowsOf(t, raw, `SELECT * FROM "`+name[0]+`"`) {
			for _, text := range cell {
				fn(name[0], text)
			}
		}
	}
}

func rowsOf(t *testing.T, raw *sql.DB, query string) (out [][]string) {
	t.Helper()
	rows, err := raw.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, cells := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			cells[i] = &values[i]
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(query, err)
		}
		texts := make([]string, len(columns))
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			texts[i] = fmt.Sprint(v)
		}
		out = append(out, texts)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// holding gives the tables that hold the trace, or what an index makes of it.
func holding(t *testing.T, address string) map[string]int {
	t.Helper()
	out := map[string]int{}
	everyCell(t, address, func(table, cell string) {
		if strings.Contains(strings.ToLower(cell), trace[1:len(trace)-3]) { // an index may share the first letter, and stems the end
			out[table]++
		}
	})
	return out
}

// furnishSecret takes the page in and puts its words wherever people and jobs put them.
func furnishSecret(t *testing.T, k *kit) (claims.Article, claims.Claim) {
	t.Helper()
	ctx := t.Context()
	w := &web{body: secretPage}
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Fetcher: w, Archivist: &archivist{receipt: "r-" + trace}})
	work := func(do func(claims.Job) error) claims.Job {
		j, err := k.LeaseJob(ctx)
		if err == nil {
			err = do(j)
		}
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	var looks []claims.Job
	for _, address := range []string{"https://faro.test/" + trace, "https://faro.test/" + trace} { // one is looked at and left
		if _, err := k.AskPage(ctx, k.ana, workflow.PageRequest{Hint: ingest.Hint{URL: address, Outlet: trace}}); err != nil {
			t.Fatal(err)
		}
		looks = append(looks, work(func(j claims.Job) error { return k.LookAtPage(ctx, j, func(string, int64, int64) {}) }))
	}
	taken, err := k.TakeIn(ctx, k.ana, workflow.Intake{Job: looks[0].ID, Input: ingest.Input{Hint: ingest.Hint{Title: "La " + trace, Language: "es", URL: "https://faro.test/" + trace}}})
	if err != nil || taken.Claims == 0 {
		t.Fatal(taken.Claims, err)
	}
	a := taken.Article
	w.body = strings.Replace(secretPage, "tres días", "cuatro días", 1)
	if _, err := k.AskRefetch(ctx, k.ana, a.ID); err != nil {
		t.Fatal(err)
	}
	work(func(j claims.Job) error { return k.RefetchArticle(ctx, j, func(string, int64, int64) {}) })
	c := k.claimOn(a.ID, "12 millones")
	c = k.move(k.ana, c, to(claims.StateOpen))
	wording := "La " + trace + " perdió doce millones"
	if c, err = k.EditClaim(ctx, k.ana, c.ID, c.Version, workflow.ClaimPatch{Standalone: &wording, Tags: &[]string{trace}}); err != nil {
		t.Fatal(err)
	}
	report := claimstest.NewReport(c.ID, 0) // of when it was published, had it been
	report.Text, report.URL, report.Note, report.Public = trace, "https://faro.test/"+trace, trace, trace
	claimstest.Write(t, k.store, func(w claims.Writer) error { return w.CreateReport(ctx, &report) })
	if _, err := k.AddNote(ctx, k.ana, c.ID, "¿Qué "+trace+"?"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.AddContact(ctx, k.ana, c.ID, workflow.ContactInput{Whom: trace, Question: "¿" + trace + "?"}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.AddExternal(ctx, k.ana, c.ID, workflow.ExternalPatch{URL: ptr("https://otro.test/" + trace), Title: ptr(trace), Outlet: ptr(trace)}); err != nil {
		t.Fatal(err)
	}
	e, err := k.AddDocument(ctx, k.ana, c.ID, k.again(c).Version, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://acta.test/" + trace, Title: trace, Quote: trace, Stance: claims.StanceFor, Grade: claims.GradePrimary}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.KeepCopy(ctx, k.ana, c.ID, e.ID, k.again(c).Version); err != nil {
		t.Fatal(err)
	}
	if _, err := k.AskArchiveEvidence(ctx, k.ana, c.ID, e.ID); err != nil {
		t.Fatal(err)
	}
	work(func(j claims.Job) error { return k.ArchivePage(ctx, j, func(string, int64, int64) {}) })
	if _, err := k.AskArchive(ctx, k.ana, a.ID); err != nil { // left waiting
		t.Fatal(err)
	}
	if _, err := k.AskImport(ctx, k.ana, workflow.ImportRequest{Kind: workflow.ImportClaims, Name: trace, Text: "article_id,quote\n" + a.ID + ",la " + trace + "\n"}); err != nil {
		t.Fatal(err)
	}
	c = k.move(k.ana, k.again(c), to(claims.StateInCheck))
	c = k.judge(k.ana, c, workflow.VerdictInput{Content: "unproven", Attribution: "accurate", Rationale: "La " + trace + " no consta.", WhatIsTrue: trace})
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	k.move(k.luis, c, because(claims.StateReturned, "Falta la "+trace))
	v, err := k.Article(ctx, k.ana, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range v.Coverage.Sentences {
		if s.Cover == claims.CoverUnseen {
			if _, err := k.SkipSentences(ctx, k.ana, a.ID, workflow.SkipInput{Start: s.Start, Reason: claims.SkipOther, Note: "de " + trace}); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	if a, err = k.SignOff(ctx, k.luis, a.ID, v.Article.Version, "por "+trace); err != nil {
		t.Fatal(err)
	}
	scheduled := claimstest.NewSchedule(claims.ScheduleOfClaim, c.ID)
	scheduled.Input, scheduled.State = `{"notice":"`+trace+`"}`, claims.ScheduleCancelled
	claimstest.Write(t, k.store, func(w claims.Writer) error { return w.CreateSchedule(ctx, scheduled) })
	f := claimstest.NewFeed(1000)
	claimstest.Write(t, k.store, func(w claims.Writer) error {
		if err := w.CreateFeed(ctx, &f); err != nil {
			return err
		}
		if err := w.PutFeedItem(ctx, claims.FeedItem{Feed: f.ID, Key: "https://faro.test/" + trace, URL: "https://faro.test/" + trace, Title: trace, Fate: claims.FateKept, Article: a.ID, SeenAt: claimstest.Start}); err != nil {
			return err
		}
		return w.PutReply(ctx, claims.Reply{Person: k.ana.ID, Key: "x", Status: 201, Body: []byte(`{"title":"` + trace + `"}`), At: claimstest.Start})
	})
	return a, c
}

func TestAnErasedArticleLeavesNoWordOfItself(t *testing.T) { onEveryEngine(t, erasedLeavesNothing) }

func erasedLeavesNothing(t *testing.T, k *kit) {
	ctx := t.Context()
	a, c := furnishSecret(t, k)
	before := holding(t, k.file)
	for _, table := range []string{"articles", "snapshots", "claims", "evidence", "notes", "contacts", "external_checks", "reviews", "skips", "archive_requests", "jobs", "history_values", "replies", "blob_pieces", "feed_items", "claim_tags", "search_rows", "schedules"} {
		if before[table] == 0 {
			t.Errorf("the test puts nothing into %s", table)
		}
	}
	plan, err := k.ErasePlan(ctx, k.eva, a.ID)
	if err != nil || plan.Snapshots != 2 || plan.Claims == 0 || plan.Evidence != 1 || plan.Files != 1 || plan.Threads != 5 || plan.Skips != 1 || plan.Requests != 2 || plan.Jobs != 6 || plan.Events == 0 {
		t.Errorf("%+v, %v", plan, err)
	}
	refused(t, "by an editor", k.EraseArticle(ctx, k.luis, a.ID, a.ID, "x"), claims.KindNotAllowed)
	refused(t, "unconfirmed", k.EraseArticle(ctx, k.eva, a.ID, "sí", ""), claims.KindInvalid, "confirm:erase.confirm", "reason:text.missing")
	refused(t, "no such article", k.EraseArticle(ctx, k.eva, "NOSUCH", "NOSUCH", "x"), claims.KindNotFound)
	if err := k.EraseArticle(ctx, k.eva, a.ID, strings.ToLower(a.ID), "Se pegó por error"); err != nil {
		t.Fatal(err)
	}
	if left := holding(t, k.file); len(left) != 0 {
		t.Errorf("it stands in %v", left)
	}
	refused(t, "twice", k.EraseArticle(ctx, k.eva, a.ID, a.ID, "x"), claims.KindConflict, "erase.done")
	k.erasedIsClosed(a, c)
	if r := k.sound(); r.Erased == 0 {
		t.Error("verify knows of nothing erased")
	}
	k.restoredElsewhere()
}

// erasedIsClosed holds an erased article to its frame: it is shown, and nothing is done
// with it any more.
func (k *kit) erasedIsClosed(a claims.Article, c claims.Claim) {
	k.Helper()
	ctx := k.Context()
	v, err := k.Article(ctx, k.ana, a.ID)
	if err != nil || !v.Article.Erased || v.Article.Title != claims.ErasedWords || len(v.Claims) == 0 {
		k.Fatalf("%+v, %v", v.Article, err)
	}
	one, err := k.Claim(ctx, k.ana, c.ID)
	if err != nil || !one.Erased || one.Row.State != claims.StateDismissed || one.Row.Verdict != nil || one.Row.Quote() != "" {
		k.Errorf("%+v, %v", one.Row, err)
	}
	_, err = k.EditArticle(ctx, k.luis, a.ID, v.Article.Version, workflow.ArticlePatch{Title: ptr("Otra")})
	refused(k.T, "an edit", err, claims.KindGone, "article.erased_refused")
	_, err = k.LinkCopy(ctx, k.luis, a.ID, v.Article.Version, "X")
	refused(k.T, "a link", err, claims.KindGone, "article.erased_refused")
	_, err = k.MoveClaim(ctx, k.luis, c.ID, one.Row.Version, to(claims.StateOpen))
	refused(k.T, "a move", err, claims.KindGone, "claim.erased")
	refused(k.T, "a WARC of a snapshot", k.ExportWARC(ctx, k.ana, a.ID, 1, &strings.Builder{}), claims.KindGone)
	if err := k.ExportWARC(ctx, k.ana, a.ID, 0, &strings.Builder{}); err != nil {
		k.Errorf("a WARC of what is left: %v", err)
	}
	e := k.lastEvent()
	if e.Act != workflow.ActErase || e.Noun != "article" || tells(e, claims.SideReason, "reason") != `"Se pegó por error"` {
		k.Errorf("event %+v", e)
	}
}

// restoredElsewhere backs the desk up and restores it on the other engine: what was
// erased is erased there, and known to be.
func (k *kit) restoredElsewhere() {
	k.Helper()
	backup, address := filepath.Join(k.TempDir(), "b.db"), filepath.Join(k.TempDir(), "other.db")
	if !strings.HasPrefix(k.file, "postgres") {
		address = pgtest.Address(k.T)
	}
	if err := k.store.Backup(k.Context(), backup); err != nil {
		k.Fatal(err)
	}
	if err := db.Restore(k.Context(), backup, address); err != nil {
		k.Fatal(err)
	}
	other := openStore(k.T, address)
	r, err := workflow.New(other, workflow.Options{Clock: tick{k.clock}}).Verify(k.Context())
	if err != nil || !r.OK() || r.Erased == 0 {
		k.Errorf("%+v, %v", r, err)
	}
	if left := holding(k.T, address); len(left) != 0 {
		k.Errorf("restored, it stands in %v", left)
	}
}

func TestWhatStandsPublishedIsNotErased(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.published()
	refused(t, "published", k.EraseArticle(ctx, k.eva, c.Article, c.Article, "x"), claims.KindConflict, "erase.published")
	k.move(k.luis, c, because(claims.StateWithdrawn, "Era de otro"))
	plan, err := k.ErasePlan(ctx, k.eva, c.Article)
	if err != nil || len(plan.Standing) != 0 || len(plan.Tombstones) != 1 {
		t.Errorf("%+v, %v", plan, err)
	}
	if err := k.EraseArticle(ctx, k.eva, c.Article, c.Article, "x"); err != nil {
		t.Fatal(err)
	}
	if got := k.again(c); got.State != claims.StateWithdrawn || got.PublishedVersion != 1 {
		t.Errorf("%+v", got)
	}
	k.sound()
}

func TestCopiesOfAnErasedArticleStandByThemselves(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	first, err := k.TakeIn(ctx, k.ana, inSpanish(agencyWire))
	if err != nil {
		t.Fatal(err)
	}
	in := inSpanish(agencyReprint)
	in.CopyOf = first.Article.ID
	second, err := k.TakeIn(ctx, k.bea, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.EraseArticle(ctx, k.eva, first.Article.ID, first.Article.ID, "x"); err != nil {
		t.Fatal(err)
	}
	v, err := k.Article(ctx, k.bea, second.Article.ID)
	if err != nil || v.Article.CopyOf != "" || len(v.Here) != 0 || v.Snapshot.Erased {
		t.Errorf("%+v, %v", v.Article, err)
	}
	in.CopyOf = first.Article.ID
	_, err = k.TakeIn(ctx, k.bea, in)
	refused(t, "a copy of what was erased", err, claims.KindInvalid, "copy_of:family.erased")
	k.sound()
}

// TestErasedIsToldFromBroken: what an act of erasing does not tell of is broken.
func TestErasedIsToldFromBroken(t *testing.T) {
	k, raw, c := tampered(t)
	if _, err := raw.ExecContext(t.Context(), "UPDATE articles SET erased = TRUE WHERE id = $1", c.Article); err != nil {
		t.Fatal(err)
	}
	r, err := k.Verify(t.Context())
	if err != nil || len(r.Problems) != 1 || r.Problems[0].What != "article" || r.Problems[0].Where != c.Article {
		t.Errorf("%+v, %v", r.Problems, err)
	}
}
