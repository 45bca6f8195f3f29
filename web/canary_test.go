package web

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

// canary is the name of a protected source that stands nowhere else.
const canary = "Quetzalina Canario"

// sings reports whether a text holds the canary, however it is written.
func sings(s string) bool {
	plain, err := url.QueryUnescape(s)
	if err != nil {
		plain = s
	}
	flat := func(s string) string {
		return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "", "+", "").Replace(s))
	}
	return strings.Contains(flat(s), "quetzalina") || strings.Contains(flat(plain), "quetzalina")
}

// mine is a walk through a desk on which luis, the editor, keeps a protected
// source whose name stands in every text of several claims.
type mine struct {
	walked
	source string
	claims []string        // ids, the published ones first
	check  string          // slug of a check that names the source and was published
	papers map[string]bool // ids of evidence with a file
}

func newMine(t *testing.T) mine {
	w := newWalk(t)
	m := mine{walked: w, papers: map[string]bool{}}
	src, err := w.desk.AddSource(context.Background(), m.luis(), workflow.SourceInput{
		Name: canary, Kind: claims.KindPerson, Aliases: []string{"Quetzalina", "quetzalina.canario@mail.test"}, Note: canary,
		SameAs: []string{"https://people.test/quetzalina-canario"}, Protected: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	m.source = src.ID
	published := m.published(m.guarded("La Junta anunció ayudas"), "true", "")
	reopened := m.move(claims.RoleEditor, m.published(m.guarded(articleQuote), "false", ""), workflow.MoveInput{To: claims.StateReopened, Reason: "Lo pide " + canary})
	again := m.published(reopened, "half_true", "Quetzalina Canario nos escribió")
	withdrawn := m.move(claims.RoleEditor, m.published(m.guarded("La Junta anunció"), "true", ""), workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Por " + canary})
	returned := m.move(claims.RoleEditor, m.judged(m.guarded("El embalse de Riaño"), "true"), workflow.MoveInput{To: claims.StateReturned, Reason: "Pregunta otra vez a " + canary})
	dismissed := m.move(claims.RoleChecker, m.guarded("La Junta"), workflow.MoveInput{To: claims.StateDismissed, Reason: "trivial", Note: "Según " + canary})
	open := m.guarded("familias")
	loose := m.kept(m.guarded("cortes de agua").ID)
	if _, err := m.desk.EditClaim(context.Background(), m.luis(), loose.ID, loose.Version, workflow.ClaimPatch{Attributions: &[]claims.Attribution{}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []claims.Claim{published, again, withdrawn, returned, dismissed, open, loose} {
		m.claims = append(m.claims, c.ID)
	}
	m.check = m.written(published.ID)
	return m
}

// written publishes a check whose words name the source, and edits it after.
func (m mine) written(cites string) (slug string) {
	m.t.Helper()
	ctx := context.Background()
	c, err := m.desk.CreateCheck(ctx, m.luis(), workflow.CheckInput{
		Title: "Con " + canary, Summary: canary, Authors: []string{canary}, Body: "[[" + cites + "]] **Quetzalina** Canario &#81;uetzalina",
	})
	if err == nil {
		c, err = m.desk.MoveCheck(ctx, m.luis(), c.Slug, c.Version, claims.CheckPublished, "Gracias a "+canary)
	}
	if err == nil {
		m.tookBack(c.Slug, "Tachado: "+canary)
		c, err = m.desk.Check(ctx, m.luis(), c.Slug)
	}
	if err == nil {
		summary := "Otra vez " + canary
		c, err = m.desk.EditCheck(ctx, m.luis(), c.Slug, c.Version, workflow.CheckPatch{Summary: &summary})
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.begunAndTakenBack(cites)
	return c.Slug
}

// tookBack edits the summary of a check and takes that back.
func (m mine) tookBack(slug, summary string) {
	m.t.Helper()
	c, err := m.desk.Check(context.Background(), m.luis(), slug)
	if err == nil {
		_, err = m.desk.EditCheck(context.Background(), m.luis(), slug, c.Version, workflow.CheckPatch{Summary: &summary})
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.undoLast()
}

// begunAndTakenBack begins a check that names the source, and takes that back.
func (m mine) begunAndTakenBack(cites string) {
	m.t.Helper()
	if _, err := m.desk.CreateCheck(context.Background(), m.luis(), workflow.CheckInput{Title: "Borrador", Body: "[[" + cites + "]] " + canary}); err != nil {
		m.t.Fatal(err)
	}
	m.undoLast()
}

func (m mine) undoLast() {
	m.t.Helper()
	events, _, err := m.desk.Events(context.Background(), m.luis(), claims.EventFilter{Actor: m.luis().ID, Before: 1 << 40, Limit: 1})
	if err == nil {
		_, err = m.desk.Undo(context.Background(), m.luis(), events[0].ID)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m mine) luis() claims.Actor { return m.actor(claims.RoleEditor) }

// judged judges with words that name the source.
func (m mine) judged(c claims.Claim, content string) claims.Claim {
	m.t.Helper()
	if c.State != claims.StateInCheck {
		c = m.move(claims.RoleChecker, m.kept(c.ID), workflow.MoveInput{To: claims.StateInCheck})
	}
	c, err := m.desk.Judge(context.Background(), m.actor(claims.RoleChecker), c.ID, c.Version, workflow.VerdictInput{
		Content: content, Attribution: "accurate", Rationale: "Lo confirma Quetzalina Canario.", WhatIsTrue: "Quetzalina tiene razón: " + content,
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return m.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateSubmitted})
}

func (m mine) published(c claims.Claim, content, notice string) claims.Claim {
	m.t.Helper()
	c = m.move(claims.RoleEditor, m.judged(c, content), workflow.MoveInput{To: claims.StateApproved, Reason: "Bien por " + canary})
	m.clock.Advance(60_000_000_000)
	return m.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StatePublished, Notice: notice})
}

// guarded is an open claim tied to the source, all of whose texts name it.
func (m mine) guarded(quote string) claims.Claim {
	m.t.Helper()
	ctx := context.Background()
	c := m.newClaim(quote)
	link := claims.Link{Source: m.source, Name: canary, Text: "Quetzalina", Cue: "dijo Quetzalina", Kind: claims.KindPerson}
	wording, tags := "[Según Quetzalina Canario] "+quote, []string{"quetzalina"}
	c, err := m.desk.EditClaim(ctx, m.luis(), c.ID, c.Version, workflow.ClaimPatch{
		Standalone: &wording, Tags: &tags, Attributions: &[]claims.Attribution{{
			Mode: claims.ModeIndirect, Sources: []claims.Link{link}, Via: []claims.Link{link}, Original: &link, Cue: &claims.Cue{Text: "según QUETZALINA"},
		}},
	})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, e := range []claims.Evidence{
		{URL: "https://mail.test/quetzalina%20canario", Title: "Correo"},
		{URL: "https://mail.test/1", Title: "Carta de " + canary, Publisher: canary, Quote: canary, Locator: canary},
	} {
		if _, err := m.desk.AddEvidence(ctx, m.luis(), c.ID, m.kept(c.ID).Version, e); err != nil {
			m.t.Fatal(err)
		}
	}
	e, err := m.desk.AddDocument(ctx, m.luis(), c.ID, m.kept(c.ID).Version, workflow.EvidenceInput{
		Evidence: claims.Evidence{URL: "https://mail.test/2"}, Upload: &workflow.Upload{Name: "Quetzalina.txt", Data: []byte(canary)},
	})
	if err != nil {
		m.t.Fatal(err)
	}
	if _, err := m.desk.KeepCopy(ctx, m.luis(), c.ID, e.ID, m.kept(c.ID).Version); err != nil {
		m.t.Fatal(err)
	}
	m.papers[e.ID] = true
	if _, err := m.desk.AddNote(ctx, m.luis(), c.ID, "Llamar a "+canary); err != nil {
		m.t.Fatal(err)
	}
	if _, err := m.desk.AddContact(ctx, m.luis(), c.ID, workflow.ContactInput{Whom: canary, Question: canary, Answer: "Soy " + canary, Public: "Contestó " + canary}); err != nil {
		m.t.Fatal(err)
	}
	return m.kept(c.ID)
}

// each calls fn for a route with everything of the mine that its path can name.
func (m mine) each(r route, fn func(walked)) {
	fn(m.walked)
	vary := func(param, value string) {
		other := map[string]string{}
		for k, v := range m.params {
			other[k] = v
		}
		other[param] = value
		fn(walked{m.site, other})
	}
	if strings.Contains(r.path, "sources/:id") {
		vary("sources/:id", m.source)
	}
	if strings.Contains(r.path, "checks/:slug") {
		vary("checks/:slug", m.check)
	}
	if strings.Contains(r.path, "evidence/:id") {
		for id := range m.papers {
			vary("evidence/:id", id)
		}
	}
	for n, id := range m.claims {
		if strings.Contains(r.path, "claims/:id") {
			vary("claims/:id", id)
		}
		if strings.Contains(r.path, "/c/:id") && n < 3 {
			for _, form := range []string{"", ".json", "@1", "@1.json"} {
				vary("c/:id", id+form)
			}
		}
	}
}

// TestACanaryIsNeverHeard walks every route as everybody who may not know a
// protected source, and as nobody: its name is in no answer and in no log.
func TestACanaryIsNeverHeard(t *testing.T) {
	m := newMine(t)
	for _, r := range m.server.index {
		for _, role := range []claims.Role{"", claims.RoleContributor, claims.RoleChecker, claims.RoleAdmin} {
			m.each(r, func(w walked) { m.silent(t, r.method+" "+w.path(t, r.path), role, w.ask(t, r, role)) })
		}
	}
	queries := []string{"/claims?source=" + m.source, "/claims?order=updated&limit=500", "/sources?protected=1", "/sources?kind=person", "/export/verdicts.csv?raw=1", "/export/sources.csv?raw=1", "/export/evidence.csv?raw=1", "/export/claimreview.jsonl", "/export/verdicts.xlsx", "/public/verdicts.csv", "/public/claimreview.jsonl", "/public/verdicts.xlsx"}
	for _, id := range m.claims {
		queries = append(queries, "/history?claim="+id)
	}
	for _, role := range []claims.Role{claims.RoleContributor, claims.RoleChecker, claims.RoleAdmin} {
		b := &browser{site: m.site, cookie: m.cookieOf(t, role)}
		for _, path := range queries {
			m.silent(t, path, role, b.open(path))
		}
		p := m.program(role, claims.ScopeRead)
		for _, path := range []string{"/claims?limit=500", "/events?limit=500", "/sources?protected=1", "/claims?source=" + m.source} {
			m.silent(t, "API "+path, role, p.call(http.MethodGet, path, nil))
		}
		for _, path := range []string{"/claims?q=quetzalina", "/claims?tag=quetzalina", "/claims?source=quetzalina", "/sources?q=quetzalina", "/search?q=quetzalina", "/search?q=quetzalina.canario", "/evidence?q=quetzalina", "/evidence?q=" + url.QueryEscape("https://mail.test/2")} {
			if rows := answer[page[map[string]any]](t, p.call(http.MethodGet, path, nil), http.StatusOK).Items; len(rows) != 0 {
				t.Errorf("%s finds %d for %s", path, len(rows), role)
			}
		}
	}
	m.exports(t)
	m.logs(t)
}

func (m mine) silent(t *testing.T, what string, role claims.Role, got *httptest.ResponseRecorder) {
	t.Helper()
	heads := ""
	for name, values := range got.Header() {
		heads += name + ": " + strings.Join(values, " ") + "\n"
	}
	if body := opened(t, got); sings(body) || sings(heads) {
		at := max(0, strings.Index(strings.ToLower(body), "quetzalina"))
		t.Errorf("%s tells %q who the source is: …%s…\n%s", what, role, body[max(0, at-200):min(len(body), at+60)], heads)
	}
}

// opened is the body of an answer, a workbook's files unpacked.
func opened(t *testing.T, got *httptest.ResponseRecorder) string {
	t.Helper()
	body := got.Body.String()
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != export.XLSX.MediaType() {
		return body
	}
	archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(&all, r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// exports are for nobody in particular, whoever makes them.
func (m mine) exports(t *testing.T) {
	t.Helper()
	for _, actor := range []claims.Actor{m.luis(), m.desk.SystemActor()} {
		for name, write := range map[string]exporting{"verdicts": m.desk.ExportVerdicts, "sources": m.desk.ExportSources, "evidence": m.desk.ExportEvidence, "claimreview": m.desk.ExportReviews} {
			var file bytes.Buffer
			if err := write(context.Background(), actor, claims.ClaimFilter{}, &file, export.Options{Format: export.JSONLines}); err != nil || sings(file.String()) {
				t.Errorf("the export of %s by %s names it (%v)", name, actor.Name, err)
			}
		}
	}
}

// logs has the one who knows the source search for it and fail with its name in
// every way.
func (m mine) logs(t *testing.T) {
	t.Helper()
	b := &browser{site: m.site, cookie: m.cookieOf(t, claims.RoleEditor)}
	if w := b.open("/sources/" + m.source); !sings(w.Body.String()) || sings(page200(t, w).Text("title")) {
		t.Error("its reader does not see who it is, or the page's title says it")
	}
	open := m.claims[slices.Index(m.claims, m.claims[5])]
	if w := b.open("/claims/" + open); !sings(w.Body.String()) || sings(page200(t, w).Text("title")) {
		t.Error("its reader does not see it on a claim, or the page's title says it")
	}
	b.open("/sources?q=" + url.QueryEscape(canary))
	b.open("/claims?q=" + url.QueryEscape(canary) + "&order=quetzalina")
	b.open("/sources?cursor=quetzalina")
	b.open("/sources/quetzalina")
	version := seen(m.kept(open))
	for path, form := range map[string]url.Values{
		"/claims/" + open + "/evidence":         {"url": {"quetzalina"}, "version": {version}},
		"/claims/" + open + "/edit":             {"part": {"attribution"}, "mode.0": {"quetzalina"}, "role.0.0": {"source"}, "name.0.0": {canary}, "kind.0.0": {"quetzalina"}, "version": {version}},
		"/claims/" + open + "/triage":           {"priority": {"quetzalina"}, "assignee": {"quetzalina"}, "version": {version}},
		"/sources/" + m.source + "/edit":        {"name": {canary}, "kind": {"quetzalina"}, "same_as": {"quetzalina"}, "code": {"quetzalina"}, "version": {"1"}},
		"/sources/" + m.source + "/protection":  {"readers": {"quetzalina"}, "version": {"1"}},
		"/sources/" + m.source + "/merge":       {"into": {"quetzalina"}, "version": {"1"}},
		"/claims/" + open + "/tie":              {"role": {"quetzalina"}, "attribution": {"quetzalina"}, "n": {"0"}, "version": {version}},
		"/articles/" + m.article.ID + "/claims": {"quote": {canary}},
	} {
		b.post(path, form)
	}
	line := m.log.String()
	if line == "" {
		t.Fatal("nothing was logged")
	}
	for _, one := range strings.Split(line, "\n") {
		if sings(one) && !strings.Contains(one, "path=/sources/quetzalina") { // an address that somebody made up
			t.Errorf("the log names it: %s", one)
		}
	}
}
