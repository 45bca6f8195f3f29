// Package oidc asks the newsroom's OpenID Connect provider who somebody is, by
// the authorization code flow with PKCE, state and nonce. It knows nothing of
// accounts: what a proved identity may do is for claims/workflow to say.
package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"cotejo/claims"
)

const (
	timeout     = 15 * time.Second // of one answer of the provider
	maxResponse = 1 << 20          // bytes of one
)

// Config says which provider is asked, and as whom.
type Config struct {
	Issuer       string // https://…; plain http on loopback only
	ClientID     string
	ClientSecret string // "" for a public client, which PKCE alone protects
	Redirect     string // the address that the provider leads back to
	Clock        claims.Clock
}

// Provider is one OpenID Connect provider. It is asked about itself when it is
// first needed, so that a desk starts while its provider is down.
type Provider struct {
	config Config
	client *http.Client

	mu       sync.Mutex
	provider *oidc.Provider
}

// New checks the configuration; it asks nobody yet.
func New(c Config) (*Provider, error) {
	u, err := url.Parse(c.Issuer)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the issuer must be an address such as https://id.example.org")
	case u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())):
		return nil, errors.New("the issuer must be reached by https (plain http is for loopback only)")
	case c.ClientID == "":
		return nil, errors.New("the client id is missing")
	}
	if c.Clock == nil {
		c.Clock = claims.SystemClock{}
	}
	return &Provider{config: c, client: &http.Client{Timeout: timeout, Transport: bounded{http.DefaultTransport}}}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// bounded cuts what the provider answers.
type bounded struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.next.RoundTrip(r)
	if err == nil {
		whole := response.Body
		response.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(whole, maxResponse), whole}
	}
	return response, err
}

// Flow is what one sign-in must remember between its two halves, in the browser
// that began it and nowhere else.
type Flow struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
}

// Identity is who the provider says somebody is.
type Identity struct {
	Issuer, Subject string
	Email           string // lower case
	Verified        bool   // the provider has verified Email
	Username        string // "" where it gives none
	Name            string
}

// Begin gives the address at the provider to lead to, and what to remember.
func (p *Provider) Begin(ctx context.Context) (address string, flow Flow, err error) {
	flow = Flow{State: random(), Nonce: random(), Verifier: oauth2.GenerateVerifier()}
	provider, err := p.discover(ctx)
	if err != nil {
		return "", Flow{}, err
	}
	return p.oauth(provider).AuthCodeURL(flow.State, oidc.Nonce(flow.Nonce), oauth2.S256ChallengeOption(flow.Verifier)), flow, nil
}

// Finish takes what the provider sent the browser back with. A refusal of the
// provider's, or of what it sent, is of KindUnauthenticated; one that does not
// answer is of KindBusy.
func (p *Provider) Finish(ctx context.Context, flow Flow, answer url.Values) (Identity, error) {
	if flow.State == "" || subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(flow.State)) != 1 {
		return Identity{}, claims.Refuse(claims.KindUnauthenticated, "oidc.state")
	}
	if answer.Has("error") {
		return Identity{}, &claims.Error{Kind: claims.KindUnauthenticated, Key: "oidc.refused", Cause: fmt.Errorf("the provider says %.100q", answer.Get("error"))}
	}
	provider, err := p.discover(ctx)
	if err != nil {
		return Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	tokens, err := p.oauth(provider).Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(flow.Verifier))
	if err != nil {
		return Identity{}, exchangeError(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	verifier := provider.Verifier(&oidc.Config{ClientID: p.config.ClientID, Now: p.config.Clock.Now})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return Identity{}, invalid(err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(flow.Nonce)) != 1 {
		return Identity{}, invalid(errors.New("the nonce is another"))
	}
	return identity(token)
}

func identity(token *oidc.IDToken) (Identity, error) {
	var said struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some providers send it as a text
		Username string `json:"preferred_username"`
		Name     string `json:"name"`
	}
	if err := token.Claims(&said); err != nil {
		return Identity{}, invalid(err)
	}
	if token.Subject == "" {
		return Identity{}, invalid(errors.New("the subject is missing"))
	}
	return Identity{
		Issuer: token.Issuer, Subject: token.Subject, Email: strings.ToLower(strings.TrimSpace(said.Email)),
		Verified: said.Verified == true || said.Verified == "true", Username: said.Username, Name: said.Name,
	}, nil
}

// discover asks the provider about itself, once it answers.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.provider != nil {
		return p.provider, nil
	}
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.config.Issuer)
	if err != nil {
		return nil, unreachable(err)
	}
	p.provider = provider
	return provider, nil
}

func (p *Provider) oauth(provider *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, Endpoint: provider.Endpoint(),
		RedirectURL: p.config.Redirect, Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}
}

// exchangeError tells a provider that refuses the code from one that does not
// answer. Its answer stays out of the log: it may hold what was sent.
func exchangeError(err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return unreachable(err)
	}
	status := 0
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	cause := fmt.Errorf("the token endpoint answers %d %.100q", status, refused.ErrorCode)
	if status >= http.StatusInternalServerError {
		return unreachable(cause)
	}
	return &claims.Error{Kind: claims.KindUnauthenticated, Key: "oidc.refused", Cause: cause}
}

func unreachable(cause error) error {
	return &claims.Error{Kind: claims.KindBusy, Key: "oidc.unreachable", Cause: cause}
}

func invalid(cause error) error {
	return &claims.Error{Kind: claims.KindUnauthenticated, Key: "oidc.invalid", Cause: cause}
}

func random() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
