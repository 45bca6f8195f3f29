package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
	"cotejo/claims/ledger"
	"cotejo/claims/workflow"
	"cotejo/db"
	"cotejo/web/htmlcheck"
)

const (
	password = "correct horse battery"
	baseURL  = "http://desk.test"

	articleText = "El embalse de Riaño está al 31 % de su capacidad, según la Confederación del Duero.\n\n" +
		"Según el alcalde, unas 1.200 familias tendrán cortes de agua desde el lunes.\n\n" +
		"La Junta anunció ayudas. La Junta anunció ayudas."
	articleQuote = "unas 1.200 familias tendrán cortes de agua"
)

// site is a desk behind HTTP with one person a role and one article.
type site struct {
	t       testing.TB
	server  *Server
	desk    *workflow.Desk
	store   claims.Store
	clock   *claimstest.Clock
	log     *bytes.Buffer
	people  map[claims.Role]claims.Person
	article claims.Article
}

func newSite(t testing.TB) *site {
	t.Helper()
	return newSiteAt(t, baseURL)
}

func newSiteAt(t testing.TB, base string) *site {
	t.Helper()
	s := emptySite(t, base)
	ctx := context.Background()
	admin := s.must(s.desk.SetUp(ctx, newcomer("eva", claims.RoleAdmin)))
	s.people = map[claims.Role]claims.Person{claims.RoleAdmin: admin}
	for name, role := range map[string]claims.Role{"luis": claims.RoleEditor, "ana": claims.RoleChecker, "cris": claims.RoleContributor} {
		s.people[role] = s.must(s.desk.AddPerson(ctx, s.actor(claims.RoleAdmin), newcomer(name, role)))
	}
	taken, err := s.desk.TakeIn(ctx, s.actor(claims.RoleChecker), workflow.Intake{Input: ingest.Input{
		Raw: []byte(articleText), ContentType: "text/plain; charset=utf-8",
		Hint: ingest.Hint{Title: "El embalse baja", Outlet: "Diario del Río", URL: "https://news.test/embalse", Language: "es", Published: "2025-10-28"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s.article = taken.Article
	return s
}

// emptySite has nobody yet.
func emptySite(t testing.TB, base string) *site {
	t.Helper()
	store, err := db.Open(context.Background(), filepath.Join(t.TempDir(), "cotejo.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s := &site{t: t, store: store, clock: claimstest.NewClock(), log: &bytes.Buffer{}}
	s.desk = workflow.New(store, workflow.Options{Clock: s.clock, BaseURL: base, Signer: newSigner(t), Fetcher: &onePage{}, Archivist: oneArchive{}, Poster: newPost(t)})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	s.server, err = New(Config{
		Desk: s.desk, Store: store, BaseURL: u, Version: "test", Clock: s.clock, Dev: true,
		Log:       slog.New(slog.NewTextHandler(s.log, nil)),
		SetupCode: func() string { return "7F3K-9QTB-0000-ABCD" },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// onePage is all of the web.
type onePage struct{ edited, gone atomic.Bool } // what became of the pages that change and go when they are asked for again

func (*onePage) Check(_ context.Context, address string) error {
	if strings.Contains(address, "127.0.0.1") {
		return claims.Refuse(claims.KindInvalid, "fetch.address")
	}
	return nil
}

func (w *onePage) Get(_ context.Context, in fetch.Request) (fetch.Page, error) {
	address := in.URL
	if err := w.Check(context.Background(), address); err != nil {
		return fetch.Page{}, err
	}
	if strings.HasSuffix(address, "/cambia") {
		return fetch.Page{URL: address, MediaType: "text/html; charset=utf-8", Body: []byte(w.changing())}, nil
	}
	if strings.HasSuffix(address, "/ya-no") && w.gone.Swap(true) {
		return fetch.Page{}, claims.Refuse(claims.KindInvalid, "fetch.status", 410)
	}
	if strings.Contains(address, "down.test") {
		return fetch.Page{}, claims.Refuse(claims.KindInvalid, "fetch.status", 503)
	}
	if strings.HasSuffix(address, "/ya-no") {
		return fetch.Page{URL: address, MediaType: "text/html; charset=utf-8", Body: []byte(savedPage)}, nil
	}
	if body, ok := webPages[address]; ok {
		return fetch.Page{URL: address, MediaType: "text/html; charset=utf-8", Body: []byte(body)}, nil
	}
	return fetch.Page{URL: address, MediaType: "text/html; charset=utf-8", Body: []byte("<script>alert(1)</script>" + address)}, nil
}

// changing is savedPage, and with another figure, name and no when asked for again.
func (w *onePage) changing() string {
	if !w.edited.Swap(true) {
		return savedPage
	}
	return strings.NewReplacer("18 %", "13 %", "llega tarde", "no llega tarde", "Riego limitado a dos noches", "Riego limitado a tres noches").Replace(savedPage)
}

// webPages are the articles of that web.
var webPages = map[string]string{
	"https://faro.test/rss":   faroFeed,
	"https://faro.test/presa": savedPage,
	"https://faro.test/app":   `<html><head><title>App</title><script src=a.js></script></head><body><div id=root></div></body></html>`,
}

// oneArchive keeps every page at once, but what is refused.
type oneArchive struct{}

func (oneArchive) Submit(_ context.Context, address string) (string, error) {
	if strings.Contains(address, "refused.test") {
		return "", claims.Refuse(claims.KindInvalid, "archive.refused", "This URL is <b>excluded</b>.")
	}
	return "r1", nil
}

func (oneArchive) Outcome(_ context.Context, receipt string) (claims.Archived, error) {
	return claims.Archived{Address: "https://archive.test/web/20260101000000/" + receipt, At: claimstest.Start}, nil
}

// newSigner signs the history with a key of its own.
func newSigner(t testing.TB) *ledger.Signer {
	t.Helper()
	secret, err := ledger.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ledger.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func newcomer(name string, role claims.Role) workflow.NewPerson {
	return workflow.NewPerson{Name: name, Display: strings.ToUpper(name[:1]) + name[1:], Password: password, Role: role, Language: "en"}
}

func (s *site) must(p claims.Person, err error) claims.Person {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func (s *site) actor(role claims.Role) claims.Actor {
	p := s.people[role]
	return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
}

// do sends a request; nothing is added to it.
func (s *site) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	return w
}

func (s *site) get(path string) *httptest.ResponseRecorder {
	return s.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// browser is somebody's browser: it keeps the cookie.
type browser struct {
	*site
	cookie *http.Cookie
}

// signIn signs a role's person in through the form.
func (s *site) signIn(role claims.Role) *browser {
	s.t.Helper()
	b := &browser{site: s}
	w := b.post("/login", url.Values{"name": {s.people[role].Name}, "password": {password}})
	if w.Code != http.StatusSeeOther || b.cookie == nil {
		s.t.Fatalf("sign-in of %s: %d %s", role, w.Code, w.Body)
	}
	return b
}

func (b *browser) send(r *http.Request) *httptest.ResponseRecorder {
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	w := b.do(r)
	for _, c := range w.Result().Cookies() {
		b.cookie = c
		if c.MaxAge < 0 {
			b.cookie = nil
		}
	}
	return w
}

func (b *browser) open(path string) *httptest.ResponseRecorder {
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// program is a caller of the API with a token.
type program struct {
	*site
	token string
}

func (s *site) program(role claims.Role, scope claims.Scope) program {
	s.t.Helper()
	plain, _, err := s.desk.CreateToken(context.Background(), s.actor(role), "", scope, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return program{s, plain}
}

// call sends JSON (nil for none) with the headers given as name, value pairs.
func (p program) call(method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	p.t.Helper()
	var in io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			p.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	r := httptest.NewRequest(method, apiRoot+path, in)
	r.Header.Set("Authorization", "Bearer "+p.token)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return p.do(r)
}

// answer reads a JSON answer and demands its status.
func answer[T any](t testing.TB, w *httptest.ResponseRecorder, status int) T {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	var out T
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return out
}

func page200(t testing.TB, w *httptest.ResponseRecorder) *htmlcheck.Page {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return htmlcheck.Parse(t, w.Body.String())
}

// newClaim adds a claim by hand, open.
func (s *site) newClaim(quote string) claims.Claim {
	s.t.Helper()
	first := strings.Index(articleText, quote)
	start := len([]rune(articleText[:max(first, 0)]))
	c, err := s.desk.AddClaim(context.Background(), s.actor(claims.RoleChecker), workflow.NewClaim{Article: s.article.ID, Quote: quote, Start: &start})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *site) move(role claims.Role, c claims.Claim, in workflow.MoveInput) claims.Claim {
	s.t.Helper()
	out, err := s.desk.MoveClaim(context.Background(), s.actor(role), c.ID, c.Version, in)
	if err != nil {
		s.t.Fatalf("to %s: %v", in.To, err)
	}
	return out
}

// judged is a claim that ana took up, judged and handed in.
func (s *site) judged(c claims.Claim, content string) claims.Claim {
	s.t.Helper()
	c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
	c, err := s.desk.Judge(context.Background(), s.actor(claims.RoleChecker), c.ID, c.Version, workflow.VerdictInput{
		Content: content, Attribution: "accurate", Rationale: "El ayuntamiento contó 1.150.\n\nLa cifra del alcalde redondea.", WhatIsTrue: "Son 1.150 familias.",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateSubmitted})
}

// published is a claim that went the whole way to its next publication.
func (s *site) published(c claims.Claim, content, notice string) claims.Claim {
	s.t.Helper()
	c = s.move(claims.RoleEditor, s.judged(c, content), workflow.MoveInput{To: claims.StateApproved})
	s.clock.Advance(60_000_000_000)
	return s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StatePublished, Notice: notice})
}

// monthPublished is when the clock of a site has claims published.
const monthPublished = "2025-10"

// listed is an open claim with tags and a source, whose record is made.
func (s *site) listed(quote, source string, tags ...string) claims.Claim {
	s.t.Helper()
	ctx := context.Background()
	src, err := s.desk.AddSource(ctx, s.actor(claims.RoleChecker), workflow.SourceInput{Name: source, Kind: claims.KindOrganization})
	if err != nil {
		s.t.Fatal(err)
	}
	c := s.newClaim(quote)
	c, err = s.desk.EditClaim(ctx, s.actor(claims.RoleChecker), c.ID, c.Version, workflow.ClaimPatch{Tags: &tags, Attributions: &[]claims.Attribution{{
		Mode: claims.ModeIndirect, Sources: []claims.Link{{Source: src.ID, Name: source, Kind: claims.KindOrganization}},
	}}})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// askWith gets a path with headers given as name, value pairs.
func (s *site) askWith(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return s.do(r)
}
