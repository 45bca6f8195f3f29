package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/web/htmlcheck"
)

func TestWhoeverIsNotSignedInIsLedToLogin(t *testing.T) {
	s := newSite(t)
	w := s.get("/claims?state=open")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/login?next=%2Fclaims%3Fstate%3Dopen" {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	p := page200(t, s.get(w.Header().Get("Location")))
	if p.Attr("input[name=next]", "value") != "/claims?state=open" || p.Count(`form[action="/login"] input[type=password]`) != 1 {
		t.Error("the form does not lead back or asks for no password")
	}
}

func TestSignInLeadsBackAndSetsTheCookie(t *testing.T) {
	s := newSite(t)
	b := &browser{site: s}
	w := b.post("/login", url.Values{"name": {"ANA "}, "password": {password}, "next": {"/claims"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/claims" {
		t.Fatalf("%d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	c := b.cookie
	if c.Name != "cotejo" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure || c.Path != "/" || len(c.Value) < 43 {
		t.Errorf("cookie %+v", c)
	}
	if w := b.open("/help"); w.Code == http.StatusSeeOther {
		t.Errorf("still led to %s", w.Header().Get("Location"))
	}
}

func TestTheCookieIsBoundToTheHostOverHTTPS(t *testing.T) {
	s := newSiteAt(t, "https://desk.test")
	b := s.signIn(claims.RoleChecker)
	if b.cookie.Name != "__Host-cotejo" || !b.cookie.Secure || b.cookie.Domain != "" {
		t.Errorf("cookie %+v", b.cookie)
	}
	if s.get("/login").Header().Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security over https")
	}
}

func TestSignInLeadsToThisDeskOnly(t *testing.T) {
	for next, want := range map[string]string{
		"/claims": "/claims", "//evil.test": "/", "https://evil.test/": "/", `/\evil.test`: "/", "claims": "/", "": "/", "/a\nb": "/",
	} {
		if got := localPath(next); got != want {
			t.Errorf("localPath(%q) = %q, want %q", next, got, want)
		}
	}
}

func TestWrongPasswordKeepsTheNameAndSaysSo(t *testing.T) {
	s := newSite(t)
	b := &browser{site: s}
	w := b.post("/login", url.Values{"name": {"ana"}, "password": {"wrong"}, "next": {"/claims"}})
	if w.Code != http.StatusUnauthorized || b.cookie != nil {
		t.Fatalf("%d, cookie %v", w.Code, b.cookie)
	}
	p := htmlcheck.Parse(t, w.Body.String())
	if p.Attr("input[name=name]", "value") != "ana" || p.Attr("input[name=next]", "value") != "/claims" || p.Count("[role=alert]") != 1 {
		t.Error("the form lost what was typed, or says nothing")
	}
	if strings.Contains(s.log.String(), "wrong") || strings.Contains(w.Body.String(), `value="wrong"`) {
		t.Error("the password was logged or sent back")
	}
}

func TestSignInIsRateLimited(t *testing.T) {
	s := newSite(t)
	b := &browser{site: s}
	for range 20 {
		w := b.post("/login", url.Values{"name": {"ana"}, "password": {"wrong"}})
		if w.Code == http.StatusTooManyRequests {
			if w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			return
		}
	}
	t.Error("twenty wrong passwords in a row were all tried")
}

func TestSignInRotatesTheSession(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	old := b.cookie
	if w := b.post("/login", url.Values{"name": {"ana"}, "password": {password}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if b.cookie.Value == old.Value {
		t.Error("the id stayed the same")
	}
	stale := &browser{site: s, cookie: old}
	if w := stale.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("the old id still opens the desk: %d", w.Code)
	}
}

func TestAPlantedIdIsNeverTakenOver(t *testing.T) {
	s := newSite(t)
	planted := strings.Repeat("A", 43)
	b := &browser{site: s, cookie: &http.Cookie{Name: "cotejo", Value: planted}}
	b.post("/login", url.Values{"name": {"ana"}, "password": {password}})
	if b.cookie.Value == planted {
		t.Error("sign-in took over an id from outside")
	}
}

func TestSignOutEndsTheSessionOnTheServer(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	kept := *b.cookie
	if p := page200(t, b.open("/logout")); p.Count(`form[action="/logout"][method=post]`) < 1 {
		t.Error("no form to sign out by")
	}
	if w := b.post("/logout", nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/login" {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if b.cookie != nil {
		t.Error("the cookie stayed")
	}
	again := &browser{site: s, cookie: &kept}
	if w := again.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("a kept cookie still opens the desk: %d", w.Code)
	}
}

func TestARevokedSessionStaysRevoked(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(b.cookie)
	session, err := s.server.cookies.Get(r, s.server.cookieName())
	if err != nil || session.IsNew {
		t.Fatal(err, session.IsNew)
	}
	if err := s.desk.SignOutEverywhere(context.Background(), s.actor(claims.RoleChecker)); err != nil {
		t.Fatal(err)
	}
	if err := session.Save(r, httptest.NewRecorder()); err != nil {
		t.Fatal(err)
	}
	if w := b.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("a page in flight brought the session back: %d", w.Code)
	}
}

func TestDisabledPeopleAreOutAtOnce(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	ana := s.people[claims.RoleChecker]
	if err := s.desk.SetDisabled(context.Background(), s.actor(claims.RoleAdmin), ana.ID, ana.Version, true); err != nil {
		t.Fatal(err)
	}
	if w := b.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("a disabled person still sees the desk: %d", w.Code)
	}
}

func TestSessionsEndIdleAndInAnyCase(t *testing.T) {
	s := newSite(t)
	idle := s.signIn(claims.RoleChecker)
	s.clock.Advance(sessionIdle + time.Minute)
	if w := idle.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("an idle session lives after %v: %d", sessionIdle, w.Code)
	}
	used := s.signIn(claims.RoleChecker)
	days := 0
	for ; days < 60; days++ {
		s.clock.Advance(24 * time.Hour)
		if w := used.open("/logout"); w.Code == http.StatusSeeOther {
			break
		}
	}
	if days+1 != int(sessionLife/(24*time.Hour)) {
		t.Errorf("a session in daily use ended on day %d", days+1)
	}
}

func TestSignInSweepsSessionsThatEnded(t *testing.T) {
	s := newSite(t)
	s.signIn(claims.RoleChecker)
	s.clock.Advance(sessionIdle + time.Minute)
	s.signIn(claims.RoleEditor)
	rows, err := s.desk.Sessions(context.Background(), s.actor(claims.RoleChecker))
	if err != nil || len(rows) != 0 {
		t.Errorf("%d sessions that ended are kept, %v", len(rows), err)
	}
}

func TestTheDataFileSignsNobodyIn(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	rows, err := s.desk.Sessions(context.Background(), s.actor(claims.RoleChecker))
	if err != nil || len(rows) != 1 {
		t.Fatal(len(rows), err)
	}
	if rows[0].Key != auth.SessionKey(b.cookie.Value) || rows[0].Key == b.cookie.Value {
		t.Error("the row is not kept by the hash of the id")
	}
	thief := &browser{site: s, cookie: &http.Cookie{Name: "cotejo", Value: rows[0].Key}}
	if w := thief.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("the stored key opens the desk: %d", w.Code)
	}
}

func TestSetupAsksForTheCode(t *testing.T) {
	s := emptySite(t, baseURL)
	if w := s.get("/"); w.Header().Get("Location") != "/setup" {
		t.Errorf("an empty desk leads to %q", w.Header().Get("Location"))
	}
	form := url.Values{"code": {"0000"}, "name": {"eva"}, "password": {password}, "repeat": {password}}
	b := &browser{site: s}
	w := b.post("/setup", form)
	if p := htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnprocessableEntity || p.Count("#e-code") != 1 || p.Attr("input[name=name]", "value") != "eva" {
		t.Fatalf("a wrong code: %d %s", w.Code, w.Body)
	}
	form.Set("code", "7f3k9qtb 0000 abcd")
	form.Set("repeat", "something else")
	if w := b.post("/setup", form); w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("two passwords: %d", w.Code)
	}
	form.Set("repeat", password)
	if w := b.post("/setup", form); w.Code != http.StatusSeeOther || b.cookie == nil {
		t.Fatalf("the right code: %d %s", w.Code, w.Body)
	}
	if w := b.open("/setup"); w.Header().Get("Location") != "/login" {
		t.Errorf("set-up opens twice: %d", w.Code)
	}
	form.Set("name", "mallory")
	if w := (&browser{site: s}).post("/setup", form); w.Code < 400 {
		t.Errorf("a second person set themselves up: %d", w.Code)
	}
}
