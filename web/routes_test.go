package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/views/assets"
)

// walked is a site with one of everything that a route can name.
type walked struct {
	*site
	params map[string]string // by the noun of the path and the parameter
}

func newWalk(t *testing.T) walked {
	s := newSite(t)
	ctx := context.Background()
	c := s.newClaim(articleQuote)
	e, err := s.desk.AddDocument(ctx, s.actor(claims.RoleChecker), c.ID, c.Version, workflow.EvidenceInput{Evidence: claims.Evidence{
		URL: "https://data.test/padron", Title: "Padrón", Stance: claims.StanceAgainst, Grade: claims.GradePrimary,
	}, Upload: &workflow.Upload{Name: "padron.txt", Data: []byte("1.150 familias")}})
	if err == nil {
		e, err = s.desk.KeepCopy(ctx, s.actor(claims.RoleChecker), c.ID, e.ID, c.Version+1)
	}
	if err != nil {
		t.Fatal(err)
	}
	goes, err := s.desk.AddEvidence(ctx, s.actor(claims.RoleChecker), c.ID, c.Version+2, claims.Evidence{URL: "https://data.test/2"})
	if err != nil {
		t.Fatal(err)
	}
	contact, err := s.desk.AddContact(ctx, s.actor(claims.RoleChecker), c.ID, workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántas?"})
	if err != nil {
		t.Fatal(err)
	}
	done := s.published(s.listed("La Junta anunció ayudas", "La Junta", "Ayudas"), "true", "")
	check, err := s.desk.CreateCheck(ctx, s.actor(claims.RoleEditor), workflow.CheckInput{Slug: "agua", Title: "El agua", Body: "Uno: [[" + done.ID + "]].", Language: "es"})
	if err == nil {
		check, err = s.desk.SetCheckImage(ctx, s.actor(claims.RoleEditor), check.Slug, check.Version, workflow.CheckImageInput{Alt: "Agua", Upload: &workflow.Upload{Name: "a.png", Data: []byte(pngFile(t))}})
	}
	if err == nil {
		_, err = s.desk.MoveCheck(ctx, s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	later, err := s.desk.CreateCheck(ctx, s.actor(claims.RoleEditor), workflow.CheckInput{Slug: "luego", Title: "Luego", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := s.desk.ScheduleCheck(ctx, s.actor(claims.RoleEditor), later.Slug, later.Version, workflow.ScheduleInput{At: s.clock.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	source, err := s.desk.AddSource(ctx, s.actor(claims.RoleChecker), workflow.SourceInput{Name: "Confederación del Duero", Kind: claims.KindOrganization})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := map[string]string{}
	for _, key := range []string{"external-checks/:id", "external-checks/:xid", "external/:xid"} {
		address := "https://otro.test/" + strings.Trim(key, ":/")
		e, err := s.desk.AddExternal(ctx, s.actor(claims.RoleChecker), c.ID, workflow.ExternalPatch{URL: &address})
		if err != nil {
			t.Fatal(err)
		}
		elsewhere[key] = e.ID
	}
	token, invite, err := s.desk.CreateInvite(ctx, s.actor(claims.RoleAdmin), workflow.NewInvite{Role: claims.RoleChecker})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.desk.AskPage(ctx, s.actor(claims.RoleChecker), workflow.PageRequest{Hint: ingest.Hint{URL: "https://faro.test/presa"}})
	if err != nil {
		t.Fatal(err)
	}
	address := "https://faro.test/rss"
	feed, err := s.desk.AddFeed(ctx, s.actor(claims.RoleChecker), workflow.FeedPatch{URL: &address})
	if err != nil {
		t.Fatal(err)
	}
	address += "?2"
	deleted, err := s.desk.AddFeed(ctx, s.actor(claims.RoleChecker), workflow.FeedPatch{URL: &address})
	if err != nil {
		t.Fatal(err)
	}
	claimstest.Write(t, s.store, func(q claims.Writer) error {
		skip := claims.Skip{ID: "SK1P", Article: s.article.ID, Snapshot: 1, Span: claims.Span{End: 1}, Reason: claims.SkipOpinion, At: claimstest.Start}
		other := skip
		other.ID = "SK2P"
		return errors.Join(q.CreateSkip(ctx, skip), q.CreateSkip(ctx, other))
	})
	report, err := s.desk.AddReport(ctx, s.actor(claims.RoleChecker), done.ID, workflow.ReportInput{Text: "Son 1.150"})
	if err != nil {
		t.Fatal(err)
	}
	kinds := []claims.HookKind{claims.NewsPublished}
	hook, _, err := s.desk.AddHook(ctx, s.actor(claims.RoleAdmin), workflow.HookInput{URL: "https://hook.test/1", Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	gone, _, err := s.desk.AddHook(ctx, s.actor(claims.RoleAdmin), workflow.HookInput{URL: "https://hook.test/2", Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	goneToo, _, err := s.desk.AddHook(ctx, s.actor(claims.RoleAdmin), workflow.HookInput{URL: "https://hook.test/3", Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	message, err := s.desk.TestHook(ctx, s.actor(claims.RoleAdmin), hook.ID)
	if err != nil {
		t.Fatal(err)
	}
	return walked{s, map[string]string{
		"images/:sha256": check.Image.SHA256, "draft-images/:sha256": check.Image.SHA256,
		"external-checks/:id": elsewhere["external-checks/:id"], "external-checks/:xid": elsewhere["external-checks/:xid"], "external/:xid": elsewhere["external/:xid"],
		"methodology/:language": "es", "help/:chapter": "triage", "stats/:file": "states.csv", "figures/:file": c.ID + "-0.csv", "img/:picture": "article-en.png",
		"schedules/:sid": schedule.ID, "scheduled/:id": schedule.ID,
		"webhooks/:id": hook.ID, "webhooks/:hid": gone.ID, "hooks/:id": hook.ID, "hooks/:hid": goneToo.ID, "deliveries/:did": message.ID, "deliveries/:id": message.ID,
		"reports/:id": report.ID, "exports/:name": "verdicts.csv",
		"jobs/:id":  page.ID,
		"feeds/:id": feed.ID, "feeds/:fid": deleted.ID, "import/:id": page.ID,
		"sources/:id": source.ID, "filters/:id": "0000000000",
		"evidence/:id": e.ID, "files/:sha256": e.File.SHA256,
		"invite/:token": token, "invites/:id": invite.ID,
		"events/:id":   "0000000000",
		"articles/:id": s.article.ID, "skips/:skip": "SK1P", "skips/:sid": "SK2P", "claims/:id": c.ID, "evidence/:eid": goes.ID, "evidence/:evidence": goes.ID, "contacts/:kid": contact.ID, "contacts/:contact": contact.ID, "queue/:id": c.ID, "snapshots/:n": "1",
		"checks/:slug": check.Slug, "c/:id": done.ID, "events/:seq": "1", "users/:id": s.people[claims.RoleContributor].ID,
		"people/:id": s.people[claims.RoleContributor].ID, "sessions/:key": strings.Repeat("a", 64), "tokens/:id": "0000000000",
		"public/:month": monthPublished, "after/:claim": done.ID, "claimreview/:file": monthPublished + ".json", "sitemap/:file": "pages.xml",
		"tag/:slug": "ayudas", "ayudas/:month": monthPublished, "tag/:file": "ayudas.atom",
		"source/:slug": "la-junta", "la-junta/:month": monthPublished, "source/:file": "la-junta.json",
		"lang/:slug": "es", "es/:month": monthPublished, "lang/:file": "es.atom",
		"assets/*": strings.TrimPrefix(assets.URL("css/base.css"), assets.Root),
	}}
}

// path fills the parameters of a route.
func (w walked) path(t *testing.T, route string) string {
	t.Helper()
	parts := strings.Split(route, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") || part == "*" {
			value, ok := w.params[parts[i-1]+"/"+part]
			if !ok {
				t.Fatalf("the walk knows nothing for %s of %s", part, route)
			}
			parts[i] = value
		}
	}
	if route == "/oembed" {
		return route + "?url=" + url.QueryEscape(baseURL+"/c/"+w.params["c/:id"])
	}
	return strings.Join(parts, "/")
}

// version is what the thing that a path names has now, for If-Match.
func (w walked) version(t *testing.T, path string) string {
	t.Helper()
	thing := strings.Split(strings.TrimPrefix(path, apiRoot), "/")
	get := program{w.site, w.readToken(t)}.call(http.MethodGet, strings.Join(thing[:min(3, len(thing))], "/"), nil)
	if tag := get.Header().Get("ETag"); tag != "" {
		return tag
	}
	people, err := w.desk.People(context.Background(), w.actor(claims.RoleAdmin))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.ID == w.people[claims.RoleContributor].ID {
			return etagOf(p.Version)
		}
	}
	return ""
}

func (w walked) readToken(t *testing.T) string {
	t.Helper()
	return w.program(claims.RoleAdmin, claims.ScopeRead).token
}

// cookieOf is a fresh session of a role, made without the form.
func (w walked) cookieOf(t *testing.T, role claims.Role) *http.Cookie {
	t.Helper()
	id, key := auth.NewSession()
	now := w.clock.Now()
	err := w.store.Update(context.Background(), func(q claims.Writer) error {
		return q.PutSession(context.Background(), claims.Session{
			Key: key, Person: w.people[role].ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(sessionIdle),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return &http.Cookie{Name: w.server.cookieName(), Value: id}
}

// bodies are those of API calls that refuse an empty object before they ask
// policy; what they ask for changes nothing.
var bodies = map[string]any{
	"PATCH /api/v1/users/:id":         map[string]any{"role": "contributor"},
	"POST /api/v1/checks/:slug/moves": map[string]any{"to": "published"},
	"POST /api/v1/articles/:id/skips": map[string]any{"start": 100000, "reason": "opinion"},
	"POST /api/v1/claims":             map[string]any{"article": "ARTICLE", "quote": "La Junta anunció ayudas", "start": 0},
}

func (w walked) ask(t *testing.T, r route, role claims.Role) *httptest.ResponseRecorder {
	t.Helper()
	path := w.path(t, r.path)
	if r.access.kind == accessAPI {
		return w.call(t, r, path, role)
	}
	req := httptest.NewRequest(r.method, path, nil)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if role != "" {
		req.AddCookie(w.cookieOf(t, role))
	}
	return w.do(req)
}

func (w walked) call(t *testing.T, r route, path string, role claims.Role) *httptest.ResponseRecorder {
	t.Helper()
	if role == "" {
		return w.callWith(t, r, path, "")
	}
	return w.callWith(t, r, path, w.program(role, claims.ScopeWrite).token)
}

func (w walked) callWith(t *testing.T, r route, path, token string) *httptest.ResponseRecorder {
	t.Helper()
	var raw []byte
	if r.method != http.MethodGet && r.method != http.MethodDelete {
		body := bodies[r.method+" "+r.path]
		if body == nil {
			body = map[string]any{}
		}
		raw, _ = json.Marshal(body)
	}
	req := httptest.NewRequest(r.method, path, strings.NewReader(strings.ReplaceAll(string(raw), "ARTICLE", w.article.ID)))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("If-Match", w.version(t, path))
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return w.do(req)
}

func TestEveryRouteSaysWhoMayCallItAndKeepsToIt(t *testing.T) {
	w := newWalk(t)
	settings, err := w.desk.Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range w.server.index {
		name := r.method + " " + r.path
		checkNobody(t, w, r, name)
		if r.access.kind == accessVisitor {
			continue
		}
		for _, role := range claims.Roles {
			allowed := r.access.kind == accessPublic || slices.Contains(claims.WhoMay(r.access.act, settings), role)
			checkRole(t, w.ask(t, r, role), name, role, allowed)
		}
	}
}

func TestATokenOfReadScopeChangesNothing(t *testing.T) {
	w := newWalk(t)
	for _, r := range w.server.index {
		if r.access.kind != accessAPI || r.method == http.MethodGet {
			continue
		}
		got := w.callWith(t, r, w.path(t, r.path), w.readToken(t))
		if got.Code != http.StatusForbidden && got.Code != http.StatusConflict && got.Code != http.StatusUnprocessableEntity && got.Code != http.StatusNotFound {
			t.Errorf("%s %s: %d, want it refused: %.300s", r.method, r.path, got.Code, got.Body)
		}
	}
	if got := (program{w.site, w.readToken(t)}).call(http.MethodPost, "/tokens", map[string]any{"scope": "write"}); got.Code != http.StatusForbidden {
		t.Errorf("a read token made a write token: %d %s", got.Code, got.Body)
	}
}

func checkNobody(t *testing.T, w walked, r route, name string) {
	t.Helper()
	got := w.ask(t, r, "")
	where := got.Header().Get("Location")
	switch r.access.kind {
	case accessPublic:
		refusedForm := r.method == http.MethodPost && got.Code == http.StatusUnprocessableEntity
		if got.Code >= 400 && !refusedForm || strings.HasPrefix(where, "/login") {
			t.Errorf("%s, nobody: %d to %q, want it open to all", name, got.Code, where)
		}
		if got.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", name)
		}
	case accessVisitor:
		if got.Code == http.StatusForbidden || got.Code >= 500 {
			t.Errorf("%s, nobody: %d, want it open to all", name, got.Code)
		}
	case accessDesk:
		if r.method == http.MethodPost {
			if got.Code != http.StatusUnauthorized || !strings.Contains(got.Body.String(), `action="/login"`) {
				t.Errorf("%s, nobody: %d, want 401 and the sign-in page", name, got.Code)
			}
			return
		}
		if got.Code != http.StatusSeeOther || !strings.HasPrefix(where, "/login") {
			t.Errorf("%s, nobody: %d to %q, want 303 to /login", name, got.Code, where)
		}
	case accessAPI:
		if got.Code != http.StatusUnauthorized || got.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s, nobody: %d, want 401", name, got.Code)
		}
	default:
		t.Errorf("%s does not say who may call it", name)
	}
}

func checkRole(t *testing.T, got *httptest.ResponseRecorder, name string, role claims.Role, allowed bool) {
	t.Helper()
	if !allowed {
		if got.Code != http.StatusForbidden {
			t.Errorf("%s, %s: %d, want 403: %.300s", name, role, got.Code, got.Body)
		}
		return
	}
	refused := got.Code == http.StatusUnauthorized || got.Code == http.StatusForbidden || got.Code == http.StatusMethodNotAllowed || got.Code >= 500
	led := strings.HasPrefix(got.Header().Get("Location"), "/login?")
	if refused || led || (strings.HasPrefix(name, "GET ") && got.Code >= 400) {
		t.Errorf("%s, %s: %d, want it allowed: %.300s", name, role, got.Code, got.Body)
	}
}

func TestNoRouteIsMountedUndeclared(t *testing.T) {
	s := newSite(t)
	declared := map[string]access{}
	for _, r := range s.server.index {
		declared[r.method+" "+r.path] = r.access
		if r.method == http.MethodGet && r.access.kind != accessAPI {
			declared["HEAD "+r.path] = r.access
		}
	}
	settings := claims.DefaultSettings()
	for _, mounted := range s.server.echo.Routes() {
		if mounted.Method == echo.RouteNotFound {
			continue
		}
		a, ok := declared[mounted.Method+" "+mounted.Path]
		if !ok {
			t.Errorf("%s %s is mounted, but no index declares it", mounted.Method, mounted.Path)
		}
		if (a.kind == accessDesk || a.kind == accessAPI) && len(claims.WhoMay(a.act, settings)) == 0 {
			t.Errorf("%s %s asks policy about %q, which nobody may", mounted.Method, mounted.Path, a.act)
		}
	}
}

func TestRefusalSaysWhoCould(t *testing.T) {
	s := newSite(t)
	w := s.signIn(claims.RoleContributor).open("/articles/new")
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "checker, editor or admin") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}
