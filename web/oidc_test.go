package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/oidc"
	"cotejo/claims/oidc/oidctest"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// withProvider is a site whose people may sign in through a provider on loopback.
func withProvider(t *testing.T, newcomers claims.Role) (*site, *oidctest.Provider) {
	t.Helper()
	s := newSite(t)
	remote := oidctest.New(t, s.clock.Now)
	p, err := oidc.New(oidc.Config{Issuer: remote.URL, ClientID: oidctest.ClientID, ClientSecret: oidctest.Secret, Redirect: baseURL + OIDCCallback, Clock: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	base, err := url.Parse(baseURL)
	if err != nil {
		t.Fatal(err)
	}
	s.server, err = New(Config{
		Desk: s.desk, Store: s.store, BaseURL: base, Clock: s.clock, Log: slog.New(slog.NewTextHandler(s.log, nil)),
		Provider: &SignInProvider{Provider: p, Name: "Casa ID", Newcomers: newcomers},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, remote
}

// traveller is a browser that keeps every cookie by its name.
type traveller struct {
	*site
	jar map[string]*http.Cookie
}

func (b *traveller) open(path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range b.jar {
		r.AddCookie(c)
	}
	w := b.do(r)
	for _, c := range w.Result().Cookies() {
		if b.jar[c.Name] = c; c.MaxAge < 0 {
			delete(b.jar, c.Name)
		}
	}
	return w
}

// travel goes to the provider and back.
func travel(t *testing.T, s *site, remote *oidctest.Provider, start string) (*traveller, *httptest.ResponseRecorder) {
	t.Helper()
	b := &traveller{s, map[string]*http.Cookie{}}
	w := b.open(start)
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), remote.URL) {
		t.Fatalf("%d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	back := remote.Approve(w.Header().Get("Location"))
	if got := back.Scheme + "://" + back.Host + back.Path; got != baseURL+OIDCCallback {
		t.Fatalf("led back to %s", got)
	}
	return b, b.open(back.RequestURI())
}

func TestSignInThroughTheProvider(t *testing.T) {
	s, remote := withProvider(t, "")
	page := page200(t, s.get("/login?next=%2Fclaims"))
	if page.Attr(`main a[href^="/login/oidc"]`, "href") != "/login/oidc?next=%2Fclaims" || !strings.Contains(page.Text("main"), "Casa ID") {
		t.Errorf("the page says %q", page.Text("main"))
	}
	eva := s.signIn(claims.RoleAdmin)
	ana := s.people[claims.RoleChecker]
	remote.Next(map[string]any{"sub": "7", "email": "ana@news.test", "email_verified": true})
	_, w := travel(t, s, remote, "/login/oidc?next=/claims")
	if refused := htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnauthorized || !strings.Contains(refused.Text("#problems"), "Nobody on this desk") {
		t.Fatalf("before it is allowed: %d", w.Code)
	}
	ledTo(t, eva.post("/people/"+ana.ID+"/identity", url.Values{"version": {"1"}, "email": {"ana@news.test"}}))
	if shown := page200(t, eva.open("/people")); !strings.Contains(shown.Text("#p-"+ana.ID), "ana@news.test, not used yet") {
		t.Errorf("the list says %q", shown.Text("#p-"+ana.ID))
	}
	b, w := travel(t, s, remote, "/login/oidc?next=/claims")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/claims" {
		t.Fatalf("%d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if len(b.jar) != 1 || b.jar[s.server.cookieName()] == nil {
		t.Errorf("cookies %v", b.jar)
	}
	if shown := page200(t, b.open("/account")); !strings.Contains(shown.Text("main"), "ana@news.test") {
		t.Error("she is not signed in as herself")
	}
	if shown := page200(t, eva.open("/people")); !strings.Contains(shown.Text("#p-"+ana.ID), "ana@news.test, since") {
		t.Errorf("the list says %q", shown.Text("#p-"+ana.ID))
	}
	asked := remote.Asked[0]
	if asked.Get("code_challenge_method") != "S256" || asked.Get("scope") != "openid profile email" {
		t.Errorf("asked %v", asked)
	}
	if strings.Contains(s.log.String(), oidctest.Secret) || strings.Contains(s.log.String(), "code-1") {
		t.Error("the log holds secrets")
	}
}

func TestTheProviderDoesNotReplaceTheSecondStep(t *testing.T) {
	s, remote := withProvider(t, "")
	ana := s.people[claims.RoleChecker]
	secret, _ := s.signIn(claims.RoleChecker).enrolled(t)
	if err := s.desk.SetIdentity(context.Background(), s.actor(claims.RoleAdmin), ana.ID, 1, "ana@news.test"); err != nil {
		t.Fatal(err)
	}
	s.clock.Advance(time.Minute)
	remote.Next(map[string]any{"sub": "7", "email": "ana@news.test", "email_verified": true})
	b, w := travel(t, s, remote, "/login/oidc?next=/claims")
	if w.Header().Get("Location") != "/login/code?next=%2Fclaims" {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	whole := &browser{site: s, cookie: b.jar[s.server.cookieName()]}
	if w := whole.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("the provider alone opens the desk: %d", w.Code)
	}
	if w := whole.post("/login/code", url.Values{"next": {"/claims"}, "code": {s.now(t, secret)}}); w.Header().Get("Location") != "/claims" {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

func TestInvitesAndNewcomersThroughTheProvider(t *testing.T) {
	s, remote := withProvider(t, "")
	token, _, err := s.desk.CreateInvite(context.Background(), s.actor(claims.RoleAdmin), workflow.NewInvite{Role: claims.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	if page := page200(t, s.get("/invite/"+token)); page.Attr(`main a[href^="/login/oidc"]`, "href") != "/login/oidc?invite="+token {
		t.Error("the invite does not lead to the provider")
	}
	remote.Next(map[string]any{"sub": "8", "preferred_username": "nora", "name": "Nora Vidal", "email": "nora@news.test"})
	b, w := travel(t, s, remote, "/login/oidc?invite="+token)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	account := page200(t, b.open("/account"))
	if !strings.Contains(account.Text(".page-head"), "Nora Vidal") || account.Count(`form[action="/account/password"]`) != 0 {
		t.Errorf("the account says %q", account.Text("main"))
	}
	open, remote := withProvider(t, claims.RoleContributor)
	remote.Next(map[string]any{"sub": "9", "name": "Iria"})
	if _, w := travel(t, open, remote, "/login/oidc"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" {
		t.Errorf("a newcomer: %d", w.Code)
	}
}

func TestWhatGoesWrongAtTheProviderIsSaid(t *testing.T) {
	s, remote := withProvider(t, "")
	says := func(what string, w *httptest.ResponseRecorder, status int, words string) {
		t.Helper()
		page := htmlcheck.Parse(t, w.Body.String())
		if w.Code != status || !strings.Contains(page.Text("#problems"), words) || page.Count(`form[action="/login"]`) != 1 {
			t.Errorf("%s: %d, %q", what, w.Code, page.Text("main"))
		}
	}
	remote.Next(nil)
	b, w := travel(t, s, remote, "/login/oidc")
	says("refused", w, http.StatusUnauthorized, "did not sign you in")
	if len(b.jar) != 0 {
		t.Errorf("cookies %v stay", b.jar)
	}
	remote.Next(map[string]any{"sub": "7", "email": "ana@news.test"})
	_, w = travel(t, s, remote, "/login/oidc")
	says("unverified", w, http.StatusUnauthorized, "has not verified")
	says("no cookie", s.get(OIDCCallback+"?state=x&code=y"), http.StatusUnauthorized, "another browser")
	b = &traveller{s, map[string]*http.Cookie{}}
	back := remote.Approve(b.open("/login/oidc").Header().Get("Location"))
	s.clock.Advance(11 * time.Minute)
	says("too late", b.open(back.RequestURI()), http.StatusUnauthorized, "too long ago")
	r := httptest.NewRequest(http.MethodGet, OIDCCallback, nil)
	r.Header.Set("Accept-Language", "es")
	if page := htmlcheck.Parse(t, s.do(r).Body.String()); !strings.Contains(page.Text("#problems"), "empieza de nuevo") {
		t.Error("not in the reader's language")
	}
	down, remote := withProvider(t, "")
	remote.Close()
	says("down", down.get("/login/oidc"), http.StatusServiceUnavailable, "does not answer")
	none := newSite(t)
	for _, path := range []string{"/login/oidc", OIDCCallback} {
		if w := none.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s without a provider: %d", path, w.Code)
		}
	}
	if page := page200(t, none.get("/login")); page.Count(`a[href^="/login/oidc"]`) != 0 {
		t.Error("a provider is offered that is not there")
	}
	for _, next := range []string{"//evil.test", "https://evil.test"} {
		b := &traveller{s, map[string]*http.Cookie{}}
		remote2 := b.open("/login/oidc?next=" + url.QueryEscape(next))
		if strings.Contains(remote2.Header().Get("Location"), "evil") {
			t.Errorf("%s travels on", next)
		}
	}
}
