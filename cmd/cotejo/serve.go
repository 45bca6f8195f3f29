package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"cotejo/claims/auth"
	"cotejo/claims/jobs"
	"cotejo/claims/workflow"
	"cotejo/db"
	"cotejo/web"
)

// shutdownGrace is how long open requests may take to end.
const shutdownGrace = 15 * time.Second

var serveCommand = command{
	name: "serve", usage: "[--addr 127.0.0.1:8080] [--base-url URL] [--demo] [--insecure-http] [--dev] [--trusted-proxies CIDR,…] [--model-url URL --model-name NAME] [--oidc-issuer URL --oidc-client-id ID] [--data DIR] [--database URL]",
	summary: "run the desk; --demo shows it with two articles and three people", run: runServe,
}

func runServe(ctx context.Context, p *process, flags *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(flags)
	c.serverFlags(flags)
	c.modelFlags(flags)
	c.oidcFlags(flags)
	demo := flags.Bool("demo", false, "start on a fresh temporary folder with demo articles and people, on loopback only")
	if err := parseNone(flags, args); err != nil {
		return err
	}
	proxies, err := parseProxies(c.TrustedProxies)
	if err != nil {
		return err
	}
	suggester, err := c.suggester()
	if err != nil {
		return err
	}
	postman, err := c.postman()
	if err != nil {
		return err
	}
	if *demo {
		remove, err := c.useDemoFolder()
		if err != nil {
			return err
		}
		defer remove()
	}
	listener, base, err := c.listen(ctx, *demo)
	if err != nil {
		return err
	}
	defer listener.Close()
	provider, err := c.signInProvider(base)
	if err != nil {
		return err
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return serve(ctx, p, serving{config: c, store: store, listener: listener, base: base, proxies: proxies, suggester: suggester, postman: postman, provider: provider, demo: *demo})
}

// serving is all that a running server is made of.
type serving struct {
	*config
	store     *db.Store
	listener  net.Listener
	base      *url.URL
	proxies   []netip.Prefix
	suggester workflow.Suggester // nil asks no model
	postman   workflow.Postman   // nil sends no e-mail
	provider  *web.SignInProvider
	demo      bool
}

// serve plugs the store, the acts and the pages together, top to bottom.
func serve(ctx context.Context, p *process, s serving) error {
	log := slog.New(slog.NewTextHandler(p.stderr, nil))
	signer, err := s.signer()
	if err != nil {
		return err
	}
	archivist, err := s.archivist(s.base)
	if err != nil {
		return err
	}
	desk := workflow.New(s.store, workflow.Options{BaseURL: s.base.String(), Log: log, Suggester: s.suggester, Postman: s.postman, Signer: signer, Fetcher: s.fetcher(s.base), Archivist: archivist, Poster: s.poster(s.base)})
	code, err := s.prepare(ctx, p, desk)
	if err != nil {
		return err
	}
	server, err := web.New(web.Config{
		Desk: desk, Store: s.store, Log: log, BaseURL: s.base, TrustedProxies: s.proxies,
		SetupCode: func() string { return code }, Version: version(), Built: built(), Provider: s.provider, Dev: s.Dev,
	})
	if err != nil {
		return err
	}
	desk.Start(ctx)
	defer desk.Close()
	workers := jobs.New(desk, jobs.Options{Log: log})
	workers.Start(ctx)
	defer workers.Close()
	return s.run(ctx, server.HTTP())
}

// prepare fills the demo, or stores the base URL and makes the one-time code
// that the first person signs up with; it prints where to look.
func (s serving) prepare(ctx context.Context, p *process, desk *workflow.Desk) (code string, err error) {
	if s.demo {
		return "", startDemo(ctx, p, s.store, desk, s.base)
	}
	if s.BaseURL != "" {
		if err := storeBaseURL(ctx, desk, s.base.String()); err != nil {
			return "", err
		}
	}
	fmt.Fprintf(p.stderr, "Cotejo is at %s\n", s.base)
	needed, err := desk.NeedsSetup(ctx)
	if err != nil || !needed {
		return "", err
	}
	code = auth.NewSetupCode()
	fmt.Fprintf(p.stderr, "Nobody has an account yet. Open %s and give this one-time code: %s\n", s.base.JoinPath("setup"), code)
	return code, nil
}

// storeBaseURL keeps the address for commands that run without a server.
func storeBaseURL(ctx context.Context, desk *workflow.Desk, base string) error {
	settings, err := desk.Settings(ctx)
	if err != nil || settings.BaseURL == base {
		return err
	}
	settings.BaseURL = base
	return desk.EditSettings(ctx, desk.SystemActor(), settings)
}

// listen opens the address and works out under which URL readers reach it.
func (c *config) listen(ctx context.Context, demo bool) (net.Listener, *url.URL, error) {
	loopback, err := isLoopback(ctx, c.Addr)
	if err != nil {
		return nil, nil, err
	}
	var base *url.URL
	if c.BaseURL != "" {
		if base, err = parseBaseURL(c.BaseURL); err != nil {
			return nil, nil, err
		}
	}
	secure := base != nil && base.Scheme == "https"
	switch {
	case demo && !loopback:
		return nil, nil, wrongUse("--demo prints its passwords and so listens on loopback only, not on %s", c.Addr)
	case !loopback && !secure && !c.InsecureHTTP:
		return nil, nil, wrongUse("%s is not loopback: give --base-url https://… (behind a proxy that speaks TLS), or accept plain http with --insecure-http", c.Addr)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot listen on %s: %w (choose another with --addr)", c.Addr, err)
	}
	if base == nil {
		base = &url.URL{Scheme: "http", Host: listener.Addr().String()}
	}
	return listener, base, nil
}

func isLoopback(ctx context.Context, addr string) (bool, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false, wrongUse("--addr is %q, must be HOST:PORT such as 127.0.0.1:8080", addr)
	}
	if host == "" {
		return false, nil
	}
	ips, err := net.DefaultResolver.LookupIPAddr(ctx, host)
	if err != nil {
		return false, wrongUse("--addr names the host %q, which cannot be resolved: %v", host, err)
	}
	for _, ip := range ips {
		if !ip.IP.IsLoopback() {
			return false, nil
		}
	}
	return true, nil
}

func parseProxies(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, wrongUse("--trusted-proxies has %q, must be networks such as 10.0.0.0/8", s)
		}
		out = append(out, prefix)
	}
	return out, nil
}

// run serves until ctx ends, then lets open requests finish. A disk that did
// not take a commit ends it at once: what was acknowledged after that could
// be lost.
func (s serving) run(ctx context.Context, server *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()
	select {
	case err := <-failed:
		return err
	case <-s.store.Failed():
		server.Close()
		return fmt.Errorf("the database could not write a commit to the disk, so it takes no more: look at the disk, run \"cotejo verify\", start again: %w", db.ErrBroken)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("some requests did not end in time: %w", err)
	}
	return nil
}

// useDemoFolder points the configuration at a fresh folder; remove clears it.
func (c *config) useDemoFolder() (remove func(), err error) {
	dir, err := os.MkdirTemp("", "cotejo-demo-")
	if err != nil {
		return nil, err
	}
	c.Data, c.Database = dir, ""
	return func() { os.RemoveAll(dir) }, nil
}
