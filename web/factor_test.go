package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

// enrolled sets up one-time codes through the pages.
func (b *browser) enrolled(t *testing.T) (secret string, codes []string) {
	t.Helper()
	if w := b.post("/account/second-factor", url.Values{"password": {password}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/account/second-factor" {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	w := b.open("/account/second-factor")
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), page.Attr("html", "lang"))
	secret = strings.ReplaceAll(page.Text("#secret"), " ", "")
	if page.Count("svg.qr path.dark") != 1 || !strings.HasPrefix(page.Attr(`a[href^="otpauth:"]`, "href"), "otpauth://totp/") {
		t.Error("there is no QR code, or no link to an app")
	}
	pageWith(t, b.post("/account/second-factor/confirm", url.Values{"code": {"12"}}), http.StatusUnprocessableEntity)
	w = b.post("/account/second-factor/confirm", url.Values{"code": {b.now(t, secret)}})
	page = page200(t, w)
	keepsTheRules(t, page, w.Body.String(), page.Attr("html", "lang"))
	codes = regexp.MustCompile(`[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}`).FindAllString(page.Text(".codes"), -1)
	if len(codes) != 10 || strings.Contains(w.Body.String(), secret) {
		t.Fatalf("recovery codes %q", codes)
	}
	return secret, codes
}

func (s *site) now(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, s.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// firstStep gives name and password, and demands to be led to the second step.
func firstStep(t *testing.T, s *site, next string) *browser {
	t.Helper()
	b := &browser{site: s}
	w := b.post("/login", url.Values{"name": {"ana"}, "password": {password}, "next": {next}})
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/login/code?") {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := b.open("/help"); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/login") {
		t.Fatalf("the password alone opens the desk: %d", w.Code)
	}
	return b
}

func TestSignInTakesASecondStep(t *testing.T) {
	s := newSite(t)
	secret, codes := s.signIn(claims.RoleChecker).enrolled(t)
	s.clock.Advance(time.Minute)
	b := firstStep(t, s, "/claims?state=open")
	w := b.open("/login/code?next=" + url.QueryEscape("/claims?state=open"))
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	half := b.cookie.Value
	wrong := pageWith(t, b.post("/login/code", url.Values{"next": {"/claims?state=open"}, "code": {"000000"}}), http.StatusUnprocessableEntity)
	if wrong.Text("#e-code") == "" || wrong.Attr(`input[name="next"]`, "value") != "/claims?state=open" || strings.Contains(wrong.Text("main"), "000000") {
		t.Error("a wrong code is not refused beside its field")
	}
	w = b.post("/login/code", url.Values{"next": {"/claims?state=open"}, "code": {s.now(t, secret)}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/claims?state=open" || b.cookie.Value == half {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := b.open("/help"); w.Code != http.StatusOK {
		t.Errorf("%d", w.Code)
	}
	again := firstStep(t, s, "/")
	pageWith(t, again.post("/login/code", url.Values{"code": {s.now(t, secret)}}), http.StatusUnprocessableEntity)
	if w := again.post("/login/code", url.Values{"code": {codes[0]}}); w.Code != http.StatusSeeOther {
		t.Fatalf("a recovery code: %d", w.Code)
	}
	if page := page200(t, again.open("/account")); !strings.Contains(page.Text(".flashes"), "9") || !strings.Contains(page.Text("#second-factor"), "9 recovery codes") {
		t.Error("how many recovery codes are left is not said")
	}
	late := firstStep(t, s, "/")
	s.clock.Advance(11 * time.Minute)
	if w := late.post("/login/code", url.Values{"code": {s.now(t, secret)}}); w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), `action="/login"`) {
		t.Errorf("too late: %d", w.Code)
	}
	if w := s.get("/login/code"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/login" {
		t.Errorf("without the first step: %d", w.Code)
	}
}

func TestAFormOutlivesBothSteps(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	secret, _ := b.enrolled(t)
	s.clock.Advance(time.Minute)
	path := "/claims/" + s.newClaim(articleQuote).ID + "/notes"
	if err := s.desk.SignOutEverywhere(t.Context(), s.actor(claims.RoleChecker)); err != nil {
		t.Fatal(err)
	}
	first := pageWith(t, b.send(multi(t, path, url.Values{"text": {typedNote}}, nil)), http.StatusUnauthorized)
	second := page200(t, signInWith(t, b, first, password))
	send := func(p *htmlcheck.Page, code string) *htmlcheck.Page {
		form := hidden(p, "/login/code")
		form.Set("code", code)
		w := b.send(multi(t, "/login/code", form, nil))
		return htmlcheck.Parse(t, w.Body.String())
	}
	kept := send(send(second, "000000"), s.now(t, secret))
	if got := hidden(kept, path).Get("text"); strings.ReplaceAll(got, "\n", "\r\n") != typedNote {
		t.Errorf("of the text there is %q", got)
	}
}

func TestAdminsTakeCodesAway(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	ana.enrolled(t)
	eva := s.signIn(claims.RoleAdmin)
	action := "/people/" + s.people[claims.RoleChecker].ID + "/second-factor/reset"
	if page200(t, eva.open("/people")).Count(`form[action="`+action+`"]`) != 1 {
		t.Error("it is not offered")
	}
	ledTo(t, eva.post(action, nil))
	if w := ana.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("her session lives on: %d", w.Code)
	}
	s.signIn(claims.RoleChecker) // by the password alone
	pageWith(t, eva.post(action, nil), http.StatusConflict)
}

func TestCodesAreTurnedOffAndRenewedByThePassword(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	b.enrolled(t)
	wrong := pageWith(t, b.post("/account/second-factor/disable", url.Values{"password": {"not this one"}}), http.StatusUnprocessableEntity)
	if wrong.Text("#second-factor .wrong") == "" || wrong.Count(`#problems a[href="#f-password-factor"]`) != 1 {
		t.Error("a wrong password is not refused beside its field")
	}
	if page := page200(t, b.post("/account/second-factor/codes", url.Values{"password": {password}})); len(page.Attrs(".codes li", "class")) != 10 {
		t.Error("there are no new recovery codes")
	}
	ledTo(t, b.post("/account/second-factor/disable", url.Values{"password": {password}}))
	s.signIn(claims.RoleChecker)
}

func TestWhoMustEnrolIsLedThere(t *testing.T) {
	s := newSite(t)
	luis := s.signIn(claims.RoleEditor)
	eva := s.signIn(claims.RoleAdmin)
	ledTo(t, eva.post("/settings", url.Values{"newsroom": {"El Correo"}, "language": {"en"}, "second_factor": {"yes"}}))
	if w := luis.open("/claims"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/account/second-factor" {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if page := page200(t, luis.open("/account/second-factor")); page.Count(".notice.warn") != 1 {
		t.Error("it is not said why")
	}
	if w := luis.post("/people", url.Values{"name": {"x"}}); w.Code != http.StatusForbidden {
		t.Errorf("a form: %d", w.Code)
	}
	if w := luis.post("/account/tokens", url.Values{"scope": {"write"}}); w.Code != http.StatusForbidden {
		t.Errorf("a token: %d", w.Code)
	}
	luis.enrolled(t)
	if w := luis.open("/claims"); w.Code != http.StatusOK {
		t.Errorf("after it: %d", w.Code)
	}
	if w := s.signIn(claims.RoleChecker).open("/claims"); w.Code != http.StatusOK {
		t.Errorf("a checker: %d", w.Code)
	}
}

func TestTheSecondFactorOverTheAPI(t *testing.T) {
	s := newSite(t)
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	answer[problem](t, p.call(http.MethodPost, "/account/second-factor", map[string]any{"password": "not this one"}), http.StatusUnprocessableEntity)
	key := answer[factorKeyJSON](t, p.call(http.MethodPost, "/account/second-factor", map[string]any{"password": password}), http.StatusCreated)
	codes := answer[recoveryJSON](t, p.call(http.MethodPost, "/account/second-factor/confirm", map[string]any{"code": s.now(t, key.Secret)}), http.StatusOK)
	state := answer[factorJSON](t, p.call(http.MethodGet, "/account/second-factor", nil), http.StatusOK)
	if len(codes.RecoveryCodes) != 10 || !state.Enabled || state.RecoveryLeft != 10 {
		t.Errorf("%+v, %+v", codes, state)
	}
	admin := s.program(claims.RoleAdmin, claims.ScopeWrite)
	list := answer[page[personJSON]](t, admin.call(http.MethodGet, "/users", nil), http.StatusOK)
	for _, one := range list.Items {
		if one.SecondFactor != (one.Name == "ana") {
			t.Errorf("%+v", one)
		}
	}
	if w := admin.call(http.MethodDelete, "/users/"+s.people[claims.RoleChecker].ID+"/second-factor", nil); w.Code != http.StatusNoContent {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}
