package oidc_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/oidc"
	"cotejo/claims/oidc/oidctest"
)

func provider(t *testing.T, change func(*oidc.Config)) (*oidc.Provider, *oidctest.Provider, *claimstest.Clock) {
	t.Helper()
	clock := claimstest.NewClock()
	remote := oidctest.New(t, clock.Now)
	c := oidc.Config{Issuer: remote.URL, ClientID: oidctest.ClientID, ClientSecret: oidctest.Secret, Redirect: "https://desk.test/login/oidc/callback", Clock: clock}
	if change != nil {
		change(&c)
	}
	p, err := oidc.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return p, remote, clock
}

func TestAWholeSignIn(t *testing.T) {
	p, remote, _ := provider(t, nil)
	remote.Next(map[string]any{"sub": "7", "email": "Ana@News.test", "email_verified": true, "preferred_username": "ana", "name": "Ana Ruiz"})
	address, flow, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(address, flow.Verifier) {
		t.Error("the verifier travels with the browser")
	}
	answer := remote.Approve(address).Query()
	who, err := p.Finish(t.Context(), flow, answer)
	want := oidc.Identity{Issuer: remote.URL, Subject: "7", Email: "ana@news.test", Verified: true, Username: "ana", Name: "Ana Ruiz"}
	if err != nil || who != want {
		t.Errorf("%+v, %v", who, err)
	}
	wantKey(t, "the code twice", "oidc.refused", after(p.Finish(t.Context(), flow, answer)))
	_, other, err := p.Begin(t.Context())
	if err != nil || other.State == flow.State || other.Nonce == flow.Nonce || other.Verifier == flow.Verifier {
		t.Errorf("two sign-ins share their secrets: %v", err)
	}
}

func after(_ oidc.Identity, err error) error { return err }

func wantKey(t *testing.T, what, key string, err error) {
	t.Helper()
	var e *claims.Error
	if err != nil {
		e, _ = err.(*claims.Error)
	}
	if e == nil || e.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestWhatCannotBeTrusted(t *testing.T) {
	for name, tt := range map[string]struct {
		forge func(*oidctest.Provider)
		flow  func(*oidc.Flow)
		key   string
	}{
		"another state":    {flow: func(f *oidc.Flow) { f.State = "x" }, key: "oidc.state"},
		"no flow at all":   {flow: func(f *oidc.Flow) { *f = oidc.Flow{} }, key: "oidc.state"},
		"another nonce":    {flow: func(f *oidc.Flow) { f.Nonce = "x" }, key: "oidc.invalid"},
		"another verifier": {flow: func(f *oidc.Flow) { f.Verifier = strings.Repeat("x", 43) }, key: "oidc.refused"},
		"another audience": {forge: claim("aud", "elsewhere"), key: "oidc.invalid"},
		"another issuer":   {forge: claim("iss", "https://elsewhere.test"), key: "oidc.invalid"},
		"too old":          {forge: claim("exp", claimstest.Start.Add(-time.Hour).Unix()), key: "oidc.invalid"},
		"no subject":       {forge: claim("sub", ""), key: "oidc.invalid"},
		"another key":      {forge: (*oidctest.Provider).ForgeKey, key: "oidc.invalid"},
		"refused":          {forge: func(p *oidctest.Provider) { p.Next(nil) }, key: "oidc.refused"},
	} {
		t.Run(name, func(t *testing.T) {
			p, remote, _ := provider(t, nil)
			remote.Next(map[string]any{"sub": "7"})
			if tt.forge != nil {
				tt.forge(remote)
			}
			address, flow, err := p.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			answer := remote.Approve(address).Query()
			if tt.flow != nil {
				tt.flow(&flow)
			}
			err = after(p.Finish(t.Context(), flow, answer))
			wantKey(t, name, tt.key, err)
			if claims.KindOf(err) != claims.KindUnauthenticated || strings.Contains(err.Error(), flow.Verifier) && flow.Verifier != "" {
				t.Errorf("%v", err)
			}
		})
	}
}

func claim(name string, value any) func(*oidctest.Provider) {
	return func(p *oidctest.Provider) { p.Forge(func(c map[string]any) { c[name] = value }) }
}

func TestAnUnverifiedAddressIsToldAsSuch(t *testing.T) {
	for value, want := range map[any]bool{true: true, "true": true, false: false, "false": false, nil: false} {
		p, remote, _ := provider(t, nil)
		remote.Next(map[string]any{"sub": "7", "email": "ana@news.test", "email_verified": value})
		address, flow, err := p.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		who, err := p.Finish(t.Context(), flow, remote.Approve(address).Query())
		if err != nil || who.Verified != want {
			t.Errorf("email_verified %v: %+v, %v", value, who, err)
		}
	}
}

func TestAProviderThatIsDownIsAskedAgain(t *testing.T) {
	up := false
	var remote *oidctest.Provider
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !up {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		remote.Config.Handler.ServeHTTP(w, r)
	}))
	defer front.Close()
	p, started, _ := provider(t, func(c *oidc.Config) { c.Issuer = front.URL })
	remote = started
	remote.URL = front.URL
	_, _, err := p.Begin(t.Context())
	wantKey(t, "down", "oidc.unreachable", err)
	up = true
	if _, _, err := p.Begin(t.Context()); err != nil {
		t.Errorf("up again: %v", err)
	}
	up = false
	_, flow, err := p.Begin(t.Context())
	if err != nil {
		t.Errorf("what it said of itself is known: %v", err)
	}
	wantKey(t, "down while the code is exchanged", "oidc.unreachable", after(p.Finish(t.Context(), flow, map[string][]string{"state": {flow.State}, "code": {"x"}})))
}

func TestConfigurationsThatCannotBe(t *testing.T) {
	for name, c := range map[string]oidc.Config{
		"no issuer": {ClientID: "x"}, "no client": {Issuer: "https://id.test"}, "plain http": {Issuer: "http://id.test", ClientID: "x"},
		"another scheme": {Issuer: "ftp://id.test", ClientID: "x"}, "a password in it": {Issuer: "https://a:b@id.test", ClientID: "x"},
		"a query": {Issuer: "https://id.test?x", ClientID: "x"},
	} {
		if _, err := oidc.New(c); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := oidc.New(oidc.Config{Issuer: "http://localhost:5556/dex", ClientID: "x"}); err != nil {
		t.Error(err)
	}
}
