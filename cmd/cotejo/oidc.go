package main

import (
	"flag"
	"net/url"

	"cotejo/claims"
	"cotejo/claims/oidc"
	"cotejo/web"
)

// oidcFlags adds the flags that say by which provider people may sign in.
func (c *config) oidcFlags(fs *flag.FlagSet) {
	fs.StringVar(&c.OIDCIssuer, "oidc-issuer", c.OIDCIssuer, "let people sign in through this OpenID Connect provider, such as https://id.example.org (default none; the client's secret is COTEJO_OIDC_CLIENT_SECRET)")
	fs.StringVar(&c.OIDCClientID, "oidc-client-id", c.OIDCClientID, "the desk's client id at the provider, whose redirect address is /login/oidc/callback under the base URL")
	fs.StringVar(&c.OIDCName, "oidc-name", c.OIDCName, "what the sign-in page calls the provider (default its host)")
	fs.StringVar(&c.OIDCRole, "oidc-role", c.OIDCRole, "the role of people whom the provider knows and nobody invited: contributor, checker or editor (default: they are not let in)")
}

// signInProvider is the provider that people may sign in through; nil where
// none is named. base is where readers reach the desk.
func (c *config) signInProvider(base *url.URL) (*web.SignInProvider, error) {
	if c.OIDCIssuer == "" {
		if c.OIDCClientID != "" {
			return nil, wrongUse("--oidc-client-id names a client, and --oidc-issuer does not say of which provider")
		}
		return nil, nil
	}
	role := claims.Role(c.OIDCRole)
	if c.OIDCRole != "" && (!role.Valid() || role == claims.RoleAdmin) {
		return nil, wrongUse("--oidc-role is %q, must be contributor, checker or editor", c.OIDCRole)
	}
	provider, err := oidc.New(oidc.Config{
		Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: string(c.OIDCSecret),
		Redirect: base.JoinPath(web.OIDCCallback).String(),
	})
	if err != nil {
		return nil, wrongUse("--oidc-issuer, --oidc-client-id: %v", err)
	}
	name := c.OIDCName
	if issuer, err := url.Parse(c.OIDCIssuer); err == nil && name == "" {
		name = issuer.Hostname()
	}
	return &web.SignInProvider{Provider: provider, Name: name, Newcomers: role}, nil
}
