package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views/assets"
	"cotejo/web/htmlcheck"
)

// policyWanted is written out here, so that a change of the constant is a
// change of this test too.
const policyWanted = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; font-src 'self'; frame-src 'self'; manifest-src 'self'"

func checkHeaders(t *testing.T, name string, h http.Header) {
	t.Helper()
	used := "same-origin"
	if name == "asset" { // which a frame on another site needs too
		used = "cross-origin"
	}
	for header, want := range map[string]string{
		"Content-Security-Policy": policyWanted, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": used,
	} {
		if got := h.Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", name, header, got, want)
		}
	}
	for _, header := range []string{"X-Request-Id", "Cache-Control", "Permissions-Policy"} {
		if h.Get(header) == "" {
			t.Errorf("%s has no %s", name, header)
		}
	}
}

func TestEveryKindOfAnswerHasTheSecurityHeaders(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	b := s.signIn(claims.RoleChecker)
	s.server.echo.GET("/boom", func(echo.Context) error { panic("boom") })
	etag := s.get("/c/" + c.ID).Header().Get("ETag")
	again := httptest.NewRequest(http.MethodGet, "/c/"+c.ID, nil)
	again.Header.Set("If-None-Match", etag)
	for name, want := range map[string]struct {
		status int
		got    *httptest.ResponseRecorder
	}{
		"login":       {200, s.get("/login")},
		"redirect":    {303, s.get("/")},
		"no page":     {404, s.get("/nowhere")},
		"method":      {405, s.do(httptest.NewRequest(http.MethodDelete, "/login", nil))},
		"forbidden":   {403, b.open("/people")},
		"panic":       {500, s.get("/boom")},
		"csv":         {200, b.open("/export/verdicts.csv")},
		"public csv":  {200, s.get("/public/verdicts.csv")},
		"claim":       {200, s.get("/c/" + c.ID)},
		"claim json":  {200, s.get("/c/" + c.ID + ".json")},
		"unchanged":   {304, s.do(again)},
		"asset":       {200, s.get(assets.URL("css/base.css"))},
		"no asset":    {404, s.get("/assets/x/none.css")},
		"api refusal": {401, s.get("/api/v1/claims")},
		"api":         {200, s.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodGet, "/claims", nil)},
		"no api":      {404, s.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodGet, "/nowhere", nil)},
		"openapi":     {200, s.get("/api/openapi.json")},
		"health":      {200, s.get("/healthz")},
		"ready":       {200, s.get("/readyz")},
	} {
		if want.got.Code != want.status {
			t.Errorf("%s: %d, want %d: %.200s", name, want.got.Code, want.status, want.got.Body)
		}
		checkHeaders(t, name, want.got.Header())
	}
}

func TestErrorPagesSpeakTheReadersLanguageAndShowTheRequest(t *testing.T) {
	s := newSite(t)
	for accept, want := range map[string]string{"es-AR,es;q=0.9": "No se encuentra", "en": "Not found"} {
		r := httptest.NewRequest(http.MethodGet, "/nowhere", nil)
		r.Header.Set("Accept-Language", accept)
		w := s.do(r)
		p := htmlcheck.Parse(t, w.Body.String())
		if p.Text("h1") != want || p.Attr("html", "lang") != accept[:2] {
			t.Errorf("%s: %q in %q", accept, p.Text("h1"), p.Attr("html", "lang"))
		}
		if id := w.Header().Get("X-Request-Id"); !strings.Contains(w.Body.String(), id) || !strings.Contains(s.log.String(), id) {
			t.Errorf("the request's id %q is not on the page and in the log", id)
		}
	}
}

func TestWhatBrokeIsLoggedAndNotShown(t *testing.T) {
	s := newSite(t)
	s.server.echo.GET("/boom", func(echo.Context) error { return errors.New("the secret cause") })
	w := s.get("/boom")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret cause") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if !strings.Contains(s.log.String(), "the secret cause") {
		t.Error("the cause is not in the log")
	}
}

func TestTheLogHoldsNoSecrets(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	b.open("/claims?q=protected+source")
	p := s.program(claims.RoleChecker, claims.ScopeRead)
	p.call(http.MethodGet, "/claims", nil)
	for what, secret := range map[string]string{"password": password, "cookie": b.cookie.Value, "token": p.token, "query": "protected"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds the %s", what)
		}
	}
}

func TestForgedFormsAreRefused(t *testing.T) {
	s := newSite(t)
	cookie := s.signIn(claims.RoleAdmin).cookie
	forged := func(path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("language=es"))
		r.Host = "desk.test"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(cookie)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return s.do(r)
	}
	for name, headers := range map[string][]string{
		"cross-site":        {"Sec-Fetch-Site", "cross-site"},
		"same-site":         {"Sec-Fetch-Site", "same-site"},
		"an old browser":    {"Origin", "https://evil.test"},
		"a sandboxed frame": {"Origin", "null"},
	} {
		if w := forged("/account/language", headers...); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, w.Code)
		}
	}
	if w := forged("/api/v1/claims", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden || w.Header().Get("Content-Type") != problemType {
		t.Errorf("the API without a token: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	for name, headers := range map[string][]string{
		"same-origin": {"Sec-Fetch-Site", "same-origin"}, "our own origin": {"Origin", baseURL}, "no browser": {},
	} {
		if w := forged("/logout", headers...); w.Code != http.StatusSeeOther {
			t.Errorf("%s: %d, want 303", name, w.Code)
		}
	}
}

func TestTheAPIReadsNoCookie(t *testing.T) {
	s := newSite(t)
	r := httptest.NewRequest(http.MethodGet, "/api/v1/claims", nil)
	r.AddCookie(s.signIn(claims.RoleAdmin).cookie)
	if w := s.do(r); w.Code != http.StatusUnauthorized {
		t.Errorf("a cookie opens the API: %d", w.Code)
	}
}

func TestBodiesTooLargeAreRefusedInWords(t *testing.T) {
	s := newSite(t)
	live := httptest.NewUnstartedServer(nil)
	live.Config = s.server.HTTP()
	live.Start()
	defer live.Close()
	cookie := s.signIn(claims.RoleChecker).cookie
	token := s.program(claims.RoleChecker, claims.ScopeWrite).token

	var upload bytes.Buffer
	form := multipart.NewWriter(&upload)
	file, _ := form.CreateFormFile("file", "big.txt")
	_, _ = file.Write(bytes.Repeat([]byte("palabra "), 50<<20/8))
	_ = form.Close()
	for name, r := range map[string]*http.Request{
		"a form":       request(t, live.URL+"/account/language", "application/x-www-form-urlencoded", strings.NewReader("language="+strings.Repeat("a", formBound))),
		"an upload":    request(t, live.URL+"/articles/new", form.FormDataContentType(), &upload),
		"without size": request(t, live.URL+"/articles/new", form.FormDataContentType(), io.MultiReader(bytes.NewReader(upload.Bytes()))),
		"JSON":         request(t, live.URL+"/api/v1/articles", "application/json", strings.NewReader(`{"text":"`+strings.Repeat("a", articleBound)+`"}`)),
	} {
		r.AddCookie(cookie)
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(said), "MB") {
			t.Errorf("%s: %d %.300s", name, answer.StatusCode, said)
		}
	}
}

func request(t *testing.T, address, contentType string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, address, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	return r
}

func TestABrokenFormIsRefused(t *testing.T) {
	s := newSite(t)
	r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader("name=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := s.do(r); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", w.Code)
	}
}

func TestTheServerHasEveryTimeout(t *testing.T) {
	h := newSite(t).server.HTTP()
	if h.ReadHeaderTimeout <= 0 || h.ReadTimeout <= 0 || h.WriteTimeout <= 0 || h.IdleTimeout <= 0 || h.MaxHeaderBytes <= 0 {
		t.Errorf("%+v", h)
	}
}

func TestOnlyTrustedProxiesSayWhoCalls(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "10.0.0.7:4000"
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	r.Header.Set("X-Real-Ip", "203.0.113.9")
	for name, c := range map[string]struct {
		trusted []netip.Prefix
		want    string
	}{
		"nobody":        {nil, "10.0.0.7"},
		"somebody else": {[]netip.Prefix{netip.MustParsePrefix("192.168.0.0/16")}, "10.0.0.7"},
		"the proxy":     {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, "203.0.113.9"},
	} {
		if got := ipExtractor(c.trusted)(r); got != c.want {
			t.Errorf("trusting %s: %s, want %s", name, got, c.want)
		}
	}
}

func TestReadinessFollowsTheDatabase(t *testing.T) {
	s := newSite(t)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	if w := s.get("/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", w.Code)
	}
	if w := s.get("/healthz"); w.Code != http.StatusOK {
		t.Errorf("/healthz: %d", w.Code)
	}
}

func TestFiltersAreReadOrRefused(t *testing.T) {
	q, _ := url.ParseQuery("state=open,in_check&state=submitted&assignee=me&updated_since=2025-10-28&limit=5&order=worth&q=agua&from=2025-10&to=2025-10-30&worth=0.5&evidence=no&changed=1&waiting=1&pending=1&needs=me")
	f, err := filterOf(q, asking{actor: claims.Actor{ID: "P1"}, soon: time.Unix(9, 0)})
	if err != nil || len(f.States) != 3 || f.Assignee != "P1" || f.UpdatedSince.Day() != 28 || f.Limit != 5 || f.Order != claims.OrderWorth || f.Query != "agua" ||
		*f.From != "2025-10" || *f.To != "2025-10-30" || f.MinWorth != 0.5 || *f.Evidence || !f.Changed || !f.Waiting || f.Pending.Unix() != 9 || f.Needs.Person != "P1" {
		t.Errorf("%+v %v", f, err)
	}
	for _, bad := range []string{"state=lost", "limit=0", "limit=501", "limit=x", "order=random", "updated_since=yesterday", "from=then", "to=2025-02-30", "worth=2", "evidence=maybe"} {
		q, _ := url.ParseQuery(bad)
		if _, err := filterOf(q, asking{}); claims.KindOf(err) != claims.KindInvalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
