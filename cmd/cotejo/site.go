package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"cotejo/claims/workflow"
	"cotejo/web"
)

var siteCommand = command{
	name: "site", usage: "[--base-url URL] [--force] [--data DIR] [--database URL] DIR",
	summary: "write everything that is public as plain files, for any web server; a second run writes what changed", run: runSite,
}

func runSite(ctx context.Context, p *process, flags *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(flags)
	flags.StringVar(&c.BaseURL, "base-url", c.BaseURL, "the address under which the files will be read (default: what the desk has stored)")
	force := flags.Bool("force", false, "write into a folder that holds other files, too; they stay where they are not in the way")
	operands, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(operands) != 1 || operands[0] == "" {
		return wrongUse("takes one DIR, got %q", operands)
	}
	return c.writeSite(ctx, p, operands[0], *force)
}

func (c *config) writeSite(ctx context.Context, p *process, dir string, force bool) error {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	base, err := c.storedBaseURL(ctx, p, store)
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.logKeyFile()); errors.Is(err, fs.ErrNotExist) && c.Database != "" {
		return fmt.Errorf("the key that signs the history, %s, is not there, and proofs made with another one would be worthless: name the server's data folder with --data", c.logKeyFile())
	}
	signer, err := c.signer()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	desk := workflow.New(store, workflow.Options{BaseURL: base.String(), Log: log, Signer: signer})
	server, err := web.New(web.Config{Desk: desk, Store: store, Log: log, BaseURL: base, Version: version()})
	if err != nil {
		return err
	}
	report, err := server.WriteSite(ctx, dir, web.SiteOptions{Force: force, Progress: siteProgress(p)})
	var unfit *web.FolderError
	if errors.As(err, &unfit) {
		return fmt.Errorf("nothing was written: %w", err)
	}
	if err != nil {
		return fmt.Errorf("the site in %s is not whole; run the command again to go on: %w", dir, err)
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %d files written, %d as they were, %d removed\n", dir, report.Written, report.Kept, report.Removed)
	return err
}

// siteProgressEvery keeps a long run from filling a log.
const siteProgressEvery = 5 * time.Second

// siteProgress says now and then how many answers were made.
func siteProgress(p *process) func(int) {
	last := time.Now()
	return func(done int) {
		if time.Since(last) < siteProgressEvery {
			return
		}
		last = time.Now()
		fmt.Fprintf(p.stderr, "cotejo: %d files so far\n", done)
	}
}
