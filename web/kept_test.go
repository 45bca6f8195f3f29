package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

// multiBytes is multi with one file of these bytes.
func multiBytes(t *testing.T, path string, fields url.Values, field, name, content string) *http.Request {
	t.Helper()
	return multipartForm(t, path, fields, map[string]string{field: name}, content)
}

// multi makes a request of the kind that a form with files sends.
func multi(t *testing.T, path string, fields url.Values, files map[string]string) *http.Request {
	t.Helper()
	return multipartForm(t, path, fields, files, "the bytes of the file")
}

func multipartForm(t *testing.T, path string, fields url.Values, files map[string]string, content string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			if err := m.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for field, name := range files {
		part, err := m.CreateFormFile(field, name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// hidden reads the hidden fields of the form with this action, as a browser
// would send them.
func hidden(p *htmlcheck.Page, action string) url.Values {
	selector := `form[action="` + action + `"] input[type=hidden]`
	names, values := p.Attrs(selector, "name"), p.Attrs(selector, "value")
	out := url.Values{}
	for i, name := range names {
		out.Add(name, values[i])
	}
	return out
}

// signInWith fills the sign-in page that a form was answered with.
func signInWith(t *testing.T, b *browser, p *htmlcheck.Page, pass string) *httptest.ResponseRecorder {
	t.Helper()
	form := hidden(p, "/login")
	form.Set("name", "ana")
	form.Set("password", pass)
	return b.send(multi(t, "/login", form, nil))
}

const typedNote = "Llamé al ayuntamiento.\r\n\"Son <1.150>\", dicen & esperan."

func TestAFormOutlivesItsSession(t *testing.T) {
	for lang, words := range map[string]struct{ ended, kept string }{
		"en": {"The session had ended", "Your form is still here"},
		"es": {"La sesión había terminado", "Tu formulario sigue aquí"},
	} {
		t.Run(lang, func(t *testing.T) {
			s := newSite(t)
			b := s.signIn(claims.RoleChecker)
			ledTo(t, b.post("/account/language", url.Values{"language": {lang}}))
			path := "/claims/" + s.newClaim(articleQuote).ID + "/notes"
			if err := s.desk.SignOutEverywhere(t.Context(), s.actor(claims.RoleChecker)); err != nil {
				t.Fatal(err)
			}
			r := multi(t, path, url.Values{"text": {typedNote}}, nil)
			r.Header.Set("Accept-Language", lang)
			w := b.send(r)
			if w.Code != http.StatusUnauthorized {
				t.Fatalf("%d: %s", w.Code, w.Body)
			}
			p := htmlcheck.Parse(t, w.Body.String())
			keepsTheRules(t, p, w.Body.String(), lang)
			if !strings.HasPrefix(p.Text(".session-ended"), words.ended) || p.Count(`form[action="/login"] input[type=password]`) != 1 {
				t.Errorf("the page says %q", p.Text(".session-ended"))
			}
			wrong := signInWith(t, b, p, "not this one")
			if wrong.Code != http.StatusUnauthorized {
				t.Fatalf("a wrong password: %d", wrong.Code)
			}
			w = signInWith(t, b, htmlcheck.Parse(t, wrong.Body.String()), password)
			p = page200(t, w)
			keepsTheRules(t, p, w.Body.String(), lang)
			if p.Text("h1") != words.kept || p.Count("form.kept button") != 1 || p.Attr("main a.discard", "href") != "/" {
				t.Errorf("after the sign-in: %q", p.Text("h1"))
			}
			sent := hidden(p, path)
			if strings.ReplaceAll(sent.Get("text"), "\n", "\r\n") != typedNote {
				t.Errorf("of the text there is %q", sent.Get("text"))
			}
			ledTo(t, b.send(multi(t, path, sent, nil)))
			if page := b.open(strings.TrimSuffix(path, "/notes")); !strings.Contains(page.Body.String(), "Llamé al ayuntamiento.") {
				t.Error("the note is not on the claim")
			}
		})
	}
}

func TestSecretsAndFilesAreNotCarried(t *testing.T) {
	s := newSite(t)
	w := s.do(multi(t, "/articles/new", url.Values{"title": {"El embalse"}, "password": {"hunter"}, "code": {"7F3K"}}, map[string]string{"file": "nota.txt"}))
	p := htmlcheck.Parse(t, w.Body.String())
	body := w.Body.String()
	if w.Code != http.StatusUnauthorized || strings.Contains(body, "hunter") || strings.Contains(body, "7F3K") || strings.Contains(body, "the bytes") {
		t.Fatalf("%d: %s", w.Code, body)
	}
	if p.Count(".left-secret") != 1 || !strings.Contains(p.Text(".left-file"), "nota.txt") {
		t.Error("what is left out is not said")
	}
	b := &browser{site: s}
	p = page200(t, signInWith(t, b, p, password))
	if p.Count(`form.kept input[type=file][name=file]`) != 1 || p.Count(".left-secret") != 1 || hidden(p, "/articles/new").Get("title") != "El embalse" {
		t.Error("the file cannot be chosen again, or the title is lost")
	}
	forged := url.Values{"name": {"ana"}, "password": {password}, keptPath: {"/account/password"}, keptField + "new": {"hunter"}}
	if w := b.post("/login", forged); strings.Contains(w.Body.String(), "hunter") {
		t.Error("a secret came back through the sign-in")
	}
}

func TestWhatIsTooLongToCarryIsSaid(t *testing.T) {
	s := newSite(t)
	long := strings.Repeat("palabra ", maxKeptBytes/8+1)
	w := s.do(multi(t, "/articles/new", url.Values{"text": {long}, "title": {"El embalse"}}, nil))
	p := htmlcheck.Parse(t, w.Body.String())
	if w.Code != http.StatusUnauthorized || !strings.Contains(p.Text(".left-long"), "text") || strings.Contains(p.Text(".session-ended"), "Nothing") {
		t.Errorf("%d: %q", w.Code, p.Text(".session-ended"))
	}
	if sent := hidden(p, "/login"); sent.Get(keptField+"title") != "El embalse" || sent.Has(keptField+"text") {
		t.Error("the short field did not come along")
	}
	whole := strings.Repeat("a", formBound-100)
	b := &browser{site: s}
	p = htmlcheck.Parse(t, b.post("/account/language", url.Values{"language": {whole}}).Body.String())
	p = page200(t, signInWith(t, b, p, password))
	if got := hidden(p, "/account/language").Get("language"); got != whole {
		t.Errorf("of %d bytes %d came through", len(whole), len(got))
	}
}

func TestAForgedFormIsNotKept(t *testing.T) {
	s := newSite(t)
	for name, header := range map[string][2]string{"cross-site": {"Sec-Fetch-Site", "cross-site"}, "an old browser": {"Origin", "https://evil.test"}} {
		for _, path := range []string{"/people", "/login"} {
			r := multi(t, path, url.Values{keptPath: {"/people"}, keptField + "name": {"mallory"}, "name": {"mallory"}}, nil)
			r.Host = "desk.test"
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set(header[0], header[1])
			if w := s.do(r); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "mallory") {
				t.Errorf("%s to %s: %d", name, path, w.Code)
			}
		}
	}
}

func TestAKeptFormGoesToRoutesThatTakeForms(t *testing.T) {
	s := newSite(t)
	for to, want := range map[string]bool{
		"/claims/7F3K9Q/notes": true, "/people": true, "/articles/new": true, "/account/language?x=1": true,
		"": false, "/": false, "/claims": false, "/login": false, "/logout": false, "/setup": false, "/c/7F3K9Q": false, "/nowhere": false,
		"https://evil.test/people": false, "//evil.test/people": false, `/\evil.test`: false, "people": false, "javascript:alert(1)": false,
		"/claims/../logout": false, "/claims/%2e%2e/notes": false, "/claims/a%2Fb/notes": false, "/claims//notes": false, "/people/": false,
		"/people#x": false, "/api/v1/claims": false, "/people\n": false,
	} {
		if got := s.server.takesForms(to); got != want {
			t.Errorf("takesForms(%q) = %v, want %v", to, got, want)
		}
		if want {
			continue
		}
		b := &browser{site: s}
		w := b.post("/login", url.Values{"name": {"ana"}, "password": {password}, keptPath: {to}, keptField + "x": {"1"}})
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" {
			t.Errorf("a form for %q: %d to %q", to, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestASessionThatEndsWhileTheFormIsTakenLosesNothing(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleAdmin)
	gone := func(echo.Context) error { return claims.Refuse(claims.KindUnauthenticated, "sign_in_first") }
	r := route{post, "/gone", staff(claims.ActLook), gone, 0}
	s.server.index = append(s.server.index, r)
	s.server.echo.POST(r.path, s.server.guard(r)(r.handler))
	w := b.post(r.path, url.Values{"text": {"typed"}})
	p := htmlcheck.Parse(t, w.Body.String())
	if w.Code != http.StatusUnauthorized || hidden(p, "/login").Get(keptField+"text") != "typed" || p.Count("nav") != 0 {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

func TestAFormForAnEmptyDeskLeadsToSetup(t *testing.T) {
	s := emptySite(t, baseURL)
	b := &browser{site: s}
	if w := b.post("/people", url.Values{"name": {"x"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/setup" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
}
