package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

const fallbackBaseURL = "http://127.0.0.1:8080"

// withDesk opens the data and hands the desk over for one command.
func (c *config) withDesk(ctx context.Context, do func(*workflow.Desk) error) error {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return do(workflow.New(store, workflow.Options{}))
}

// withDeskAt is withDesk for commands that print addresses, which begin with
// base. Where a model is named, a server's workers are left to ask it.
func (c *config) withDeskAt(ctx context.Context, p *process, do func(d *workflow.Desk, base *url.URL) error) error {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	base, err := c.storedBaseURL(ctx, p, store)
	if err != nil {
		return err
	}
	suggester, err := c.suggester()
	if err != nil {
		return err
	}
	return do(workflow.New(store, workflow.Options{BaseURL: base.String(), Fetcher: c.fetcher(base), Suggester: suggester}), base)
}

// storedBaseURL is where links begin in commands that run no server: the flag,
// else what the desk has stored, else a guess that is said aloud.
func (c *config) storedBaseURL(ctx context.Context, p *process, store claims.Store) (*url.URL, error) {
	if c.BaseURL != "" {
		return parseBaseURL(c.BaseURL)
	}
	var settings claims.Settings
	err := store.View(ctx, func(r claims.Reader) (err error) {
		settings, err = r.Settings(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if settings.BaseURL != "" {
		return parseBaseURL(settings.BaseURL)
	}
	fmt.Fprintf(p.stderr, "cotejo: no base URL is stored yet, links begin with %s (serve --base-url URL stores one)\n", fallbackBaseURL)
	return parseBaseURL(fallbackBaseURL)
}

func parseBaseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(raw, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, wrongUse("--base-url is %q, must be http:// or https:// with a host, such as https://checks.example.org", raw)
	}
	return u, nil
}
