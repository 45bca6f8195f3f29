package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// hush stands in every text of the restricted article and of what hangs on it.
const hush = "zarzaparrilla"

// hushed is a walk beside an article that luis restricts to himself.
func hushed(t *testing.T) (walked, map[string]string) {
	w := newWalk(t)
	ctx, luis := context.Background(), w.actor(claims.RoleEditor)
	taken, err := w.desk.TakeIn(ctx, luis, workflow.Intake{Input: ingest.Input{
		Raw:  []byte("La zarzaparrilla sube un 12 % en 2025, dijo el ministerio.\n\nEl gobierno compró 300 toneladas de zarzaparrilla en mayo de 2025."),
		Hint: ingest.Hint{Title: "Zarzaparrilla", Outlet: "Zarzaparrilla Press", URL: "https://zarzaparrilla.test/1", Language: "es"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.desk.AddClaim(ctx, luis, workflow.NewClaim{Article: taken.Article.ID, Quote: "300 toneladas de zarzaparrilla"})
	if err != nil {
		t.Fatal(err)
	}
	tags := []string{hush}
	if c, err = w.desk.EditClaim(ctx, luis, c.ID, c.Version, workflow.ClaimPatch{Tags: &tags}); err != nil {
		t.Fatal(err)
	}
	e, err := w.desk.AddDocument(ctx, luis, c.ID, c.Version, workflow.EvidenceInput{
		Evidence: claims.Evidence{URL: "https://data.test/padron", Title: hush, Quote: hush}, Upload: &workflow.Upload{Name: "zarzaparrilla.txt", Data: []byte(hush)},
	})
	if err == nil {
		_, err = w.desk.KeepCopy(ctx, luis, c.ID, e.ID, c.Version+1)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.AddNote(ctx, luis, c.ID, "@carla @ana zarzaparrilla"); err != nil {
		t.Fatal(err)
	}
	contact, err := w.desk.AddContact(ctx, luis, c.ID, workflow.ContactInput{Whom: hush, Question: hush})
	if err != nil {
		t.Fatal(err)
	}
	events, _, err := w.desk.Events(ctx, luis, claims.EventFilter{Claim: c.ID})
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.desk.Article(ctx, luis, taken.Article.ID)
	if err == nil {
		_, err = w.desk.EditArticle(ctx, luis, taken.Article.ID, v.Article.Version, workflow.ArticlePatch{Restricted: pointer(true), Readers: &[]string{luis.ID}})
	}
	if err != nil {
		t.Fatal(err)
	}
	address := "https://otro.test/" + hush
	x, err := w.desk.AddExternal(t.Context(), w.actor(claims.RoleAdmin), c.ID, workflow.ExternalPatch{URL: &address, Title: &address, Outlet: &address})
	if err != nil {
		t.Fatal(err)
	}
	w.log.Reset()
	hidden := map[string]string{
		"articles/:id": taken.Article.ID, "claims/:id": c.ID, "c/:id": c.ID, "queue/:id": c.ID, "evidence/:id": e.ID, "evidence/:eid": e.ID, "evidence/:evidence": e.ID,
		"external-checks/:id": x.ID, "external-checks/:xid": x.ID, "external/:xid": x.ID, "contacts/:kid": contact.ID, "contacts/:contact": contact.ID, "events/:id": events[0].ID, "files/:sha256": e.File.SHA256,
	}
	return w, hidden
}

func pointer[T any](v T) *T { return &v }

// hums reports whether a text holds the word of the restricted article.
func hums(s string) bool { return strings.Contains(strings.ToLower(s), hush) }

// TestARestrictedArticleIsNeverHeardOf walks every route as everybody who may not
// see an article, with the ids of all that belongs to it: no answer and no log
// has a word of it, and every page of it answers as that of a thing that is not.
func TestARestrictedArticleIsNeverHeardOf(t *testing.T) {
	w, hidden := hushed(t)
	absent := map[string]string{}
	for param := range hidden {
		absent[param] = "ZZZZZZ"
	}
	with := func(other map[string]string) walked {
		params := map[string]string{}
		for k, v := range w.params {
			params[k] = v
		}
		for k, v := range other {
			params[k] = v
		}
		return walked{w.site, params}
	}
	for _, r := range w.server.index {
		for _, role := range []claims.Role{"", claims.RoleContributor, claims.RoleChecker} {
			for _, walk := range []walked{w, with(hidden)} {
				got := walk.ask(t, r, role)
				if hums(got.Body.String()) || hums(strings.Join(got.Header()["Location"], " ")) {
					t.Errorf("%s %s tells %q of it", r.method, walk.path(t, r.path), role)
				}
			}
			path := with(hidden).path(t, r.path)
			if r.method != http.MethodGet || path == w.path(t, r.path) || strings.Contains(r.path, ":sha256") {
				continue
			}
			if got, want := with(hidden).ask(t, r, role).Code, with(absent).ask(t, r, role).Code; got != want {
				t.Errorf("%s answers %q with %d, and of what is not with %d", path, role, got, want)
			}
		}
	}
	for _, role := range []claims.Role{claims.RoleContributor, claims.RoleChecker} {
		b, p := &browser{site: w.site, cookie: w.cookieOf(t, role)}, w.program(role, claims.ScopeRead)
		for _, path := range []string{"/claims?order=updated", "/history?claim=" + hidden["claims/:id"], "/search?q=ministerio", "/export/verdicts.csv?raw=1", "/export/sources.csv?raw=1", "/export/evidence.csv?raw=1", "/articles?q=Press"} {
			if hums(b.open(path).Body.String()) {
				t.Errorf("%s tells %s of it", path, role)
			}
		}
		for _, path := range []string{"/claims?q=toneladas", "/search?q=zarzaparrilla", "/evidence?q=zarzaparrilla", "/claims?article=" + hidden["articles/:id"], "/claims?tag=zarzaparrilla"} {
			if rows := answer[page[map[string]any]](t, p.call(http.MethodGet, path, nil), http.StatusOK).Items; len(rows) != 0 {
				t.Errorf("%s finds %d for %s", path, len(rows), role)
			}
		}
		if hums(p.call(http.MethodGet, "/events?limit=500", nil).Body.String()) {
			t.Errorf("the events tell %s of it", role)
		}
	}
	if hums(w.log.String()) {
		t.Error("the log names it")
	}
	if b := (&browser{site: w.site, cookie: w.cookieOf(t, claims.RoleEditor)}); !hums(b.open("/claims/" + hidden["claims/:id"]).Body.String()) {
		t.Error("its reader does not see it")
	}
}

func TestRestrictingByForm(t *testing.T) {
	w := newWalk(t)
	luis := &browser{site: w.site, cookie: w.cookieOf(t, claims.RoleEditor)}
	path := "/articles/" + w.article.ID
	form := page200(t, luis.open(path+"/readers"))
	if me := form.Attrs(`input[name="readers"][checked]`, "value"); len(me) != 1 || me[0] != w.people[claims.RoleEditor].ID {
		t.Error("the one who restricts is not chosen to begin with")
	}
	version := form.Attr(`input[name="version"]`, "value")
	refused := luis.post(path+"/readers", url.Values{"version": {version}, "restrict": {"yes"}, "readers": {w.people[claims.RoleContributor].ID}})
	if refused.Code != http.StatusUnprocessableEntity || !strings.Contains(refused.Body.String(), `value="`+w.people[claims.RoleContributor].ID+`" checked`) {
		t.Errorf("%d: the form does not keep what was chosen", refused.Code)
	}
	if got := luis.post(path+"/readers", url.Values{"version": {version}, "restrict": {"yes"}, "readers": {w.people[claims.RoleEditor].ID}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if n := page200(t, luis.open(path)).Count(".badge.guarded"); n != 1 {
		t.Errorf("%d badges", n)
	}
	ana := &browser{site: w.site, cookie: w.cookieOf(t, claims.RoleChecker)}
	if got := ana.open(path); got.Code != http.StatusNotFound {
		t.Errorf("an outsider gets %d", got.Code)
	}
	p := w.program(claims.RoleEditor, claims.ScopeWrite)
	got := answer[articleJSON](t, p.call(http.MethodGet, path, nil), http.StatusOK)
	if !got.Restricted || len(got.Readers) != 1 {
		t.Errorf("%+v", got)
	}
	open := answer[articleJSON](t, p.call(http.MethodPatch, path, map[string]any{"restricted": false}, "If-Match", etagOf(got.Version)), http.StatusOK)
	if open.Restricted || len(open.Readers) != 0 {
		t.Errorf("%+v", open)
	}
}

func TestRestrictingWhatIsTakenIn(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	luis := s.people[claims.RoleEditor].ID
	form := page200(t, ana.open("/articles/new"))
	if form.Count(`input[name="restrict"][checked]`) != 0 || form.Count(`input[name="readers"][value="`+luis+`"]`) != 1 {
		t.Error("the form does not offer to name readers")
	}
	if form.Count(`input[name="readers"][value="`+s.people[claims.RoleChecker].ID+`"]`) != 0 || form.Count(`input[name="readers"][value="`+s.people[claims.RoleAdmin].ID+`"]`) != 0 {
		t.Error("the form offers who sees it anyway")
	}
	at := ledTo(t, ana.post("/articles/new", url.Values{"url": {"https://faro.test/presa"}, "fetch": {"1"}, "restrict": {"yes"}, "readers": {luis}}))
	carla := s.signIn(claims.RoleContributor)
	if got := carla.open(at); got.Code != http.StatusNotFound {
		t.Errorf("who is not named sees the job: %d", got.Code)
	}
	if page := page200(t, carla.open("/jobs")); strings.Contains(page.Text("main"), "faro.test") {
		t.Error("who is not named reads the address in the list of jobs")
	}
	s.work()
	found := page200(t, ana.open(ledTo(t, ana.open(at))))
	if found.Count(`input[name="restrict"][checked]`) != 1 || found.Count(`input[name="readers"][value="`+luis+`"][checked]`) != 1 {
		t.Error("the form forgets who may see it on the way")
	}
	article := ledTo(t, ana.post("/articles/new", url.Values{
		"job": {found.Attr(`input[name="job"]`, "value")}, "title": {"Reservado"}, "language": {"es"}, "restrict": {"yes"}, "readers": {luis},
	}))
	for who, want := range map[*browser]int{ana: 200, s.signIn(claims.RoleEditor): 200, carla: 404} {
		if got := who.open(article); got.Code != want {
			t.Errorf("%d, want %d", got.Code, want)
		}
	}
}

func TestRestrictingWhatIsTakenInByTheAPI(t *testing.T) {
	s := newSite(t)
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	text := "La presa guarda 300 toneladas de agua, dijo el ministerio en mayo de 2025."
	checkRefused(t, "readers of what is not restricted", p.call(http.MethodPost, "/articles", map[string]any{"text": text, "readers": []string{"luis"}}), refused{422, "invalid", "body.readers"})
	checkRefused(t, "an unknown reader", p.call(http.MethodPost, "/articles", map[string]any{"text": text, "restricted": true, "readers": []string{"nadie"}}), refused{422, "invalid", "body.readers"})
	made := answer[articleAnswerJSON](t, p.call(http.MethodPost, "/articles", map[string]any{"text": text, "restricted": true}), http.StatusCreated)
	got := answer[articleJSON](t, p.call(http.MethodGet, "/articles/"+made.ID, nil), http.StatusOK)
	if !got.Restricted || len(got.Readers) != 1 || got.Readers[0] != s.people[claims.RoleChecker].ID {
		t.Errorf("%+v", got)
	}
	checkRefused(t, "somebody else", s.program(claims.RoleEditor, claims.ScopeRead).call(http.MethodGet, "/articles/"+made.ID, nil), refused{404, "not_found.article", ""})
}
