package main

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"cotejo/claims/oidc/oidctest"
)

var recoveryCode = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)

// TestBrowserWaysIn goes every way into the desk: an invite, a second step with
// codes of an app and of recovery, the newsroom's provider.
func TestBrowserWaysIn(t *testing.T) {
	remote := oidctest.New(t, time.Now)
	t.Setenv("COTEJO_OIDC_CLIENT_SECRET", oidctest.Secret)
	base, passwords := startDemoServer(t, "--oidc-issuer", remote.URL, "--oidc-client-id", oidctest.ClientID, "--oidc-name", "Casa ID")
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])

	eva.open("/people")
	eva.fill("#f-display-invite", "Nora Vidal")
	eva.submit("invite", `form[action="/people/invites"] button`)
	eva.keepEvery("people-invited", "")
	link, err := url.Parse(eva.text("#invite-link"))
	if err != nil {
		t.Fatal(err)
	}
	eva.keepEvery("invite-signed-in", link.Path)
	nora := newPerson(t, base)
	nora.keepEvery("invite", link.Path)
	nora.open(link.Path)
	nora.fill("#f-name", "nora")
	nora.fill("#f-password", "cuatro molinos al viento")
	nora.fill("#f-repeat", "cuatro molinos al viento")
	nora.submit("join", `form[action^="/invite/"] button`)
	if at := nora.address(); at != base+"/" {
		t.Fatalf("after the invite: %s: %s", at, nora.text("main"))
	}
	nora.keepEvery("invite-used", link.Path)

	key, codes := nora.enrol("cuatro molinos al viento")
	nora.keepEvery("account-enrolled", "/account")
	nora.open("/logout")
	nora.submit("sign out", `main form button`)
	nora.signInHalf("nora", "cuatro molinos al viento")
	nora.keepEvery("code", "/login/code")
	nora.fill("#f-code", "000000")
	nora.submit("a wrong code", `form[action="/login/code"] button`)
	nora.keepEvery("code-wrong", "")
	nora.fill("#f-code", codes[0])
	nora.submit("a recovery code", `form[action="/login/code"] button`)
	if got := nora.text(".flashes"); !strings.Contains(got, "9") {
		t.Errorf("after a recovery code the desk says %q", got)
	}
	if _, err := totp.GenerateCode(key, time.Now()); err != nil {
		t.Error(err)
	}

	eva.open("/people")
	eva.do("open the details", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	eva.keepEvery("people-open", "")
	eva.fill(`form[action$="/identity"] input[type="email"]`, "ana@news.test")
	eva.submit("set the address", `form[action$="/identity"] button`)
	remote.Next(map[string]any{"sub": "7", "email": "ana@news.test", "email_verified": true})
	ana := newPerson(t, base)
	ana.open("/login?next=/account")
	ana.keepEvery("login-provider", "")
	ana.submit("sign in through the provider", `main a[href^="/login/oidc"]`)
	if at := ana.address(); at != base+"/account" || !strings.Contains(ana.text("main"), "ana@news.test") {
		t.Errorf("through the provider: %s: %s", at, ana.text("main"))
	}
	eva.keepEvery("people-linked", "/people")
}

// enrol sets up one-time codes and gives the key and the recovery codes.
func (p *person) enrol(password string) (key string, codes []string) {
	p.t.Helper()
	p.open("/account/second-factor")
	p.keepEvery("factor-begin", "")
	p.fill("#f-password", password)
	p.submit("begin", `form[action="/account/second-factor"] button`)
	p.keepEvery("factor-key", "")
	key = strings.ReplaceAll(strings.TrimSpace(p.text("#secret")), " ", "")
	code, err := totp.GenerateCode(key, time.Now())
	if err != nil {
		p.t.Fatal(err)
	}
	p.fill("#f-code", code)
	p.submit("confirm", `form[action$="/confirm"] button`)
	p.keepEvery("factor-codes", "")
	return key, recoveryCode.FindAllString(p.text(".codes"), -1)
}

func (p *person) signInHalf(name, password string) {
	p.t.Helper()
	p.open("/login")
	p.fill(`input[name="name"]`, name)
	p.fill(`input[name="password"]`, password)
	p.submit("sign in", `main form button[type="submit"]`)
	if at := p.address(); !strings.Contains(at, "/login/code") {
		p.t.Fatalf("%s was not asked for a code: %s", name, at)
	}
}

// keepEvery keeps a picture of the page, or of another, on a desk and on a
// telephone, light and dark.
func (p *person) keepEvery(name, path string) {
	p.t.Helper()
	for _, l := range looks {
		p.emulate(l)
		if path != "" {
			p.open(path)
		}
		if wide := ask(p, "width", chromedp.Evaluate[int64](`document.scrollingElement.scrollWidth`)); wide > l.width {
			p.t.Errorf("%s in %s is %d pixels wide, %d are there", name, l.name, wide, l.width)
		}
		p.keep(name+"-"+l.name+".png", chromedp.FullScreenshot(100))
	}
	p.emulate(looks[0])
}
