package main

import (
	"context"
	"flag"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

var exportCommand = command{
	name: "export", usage: "verdicts|sources|evidence|claimreview|warc [--format csv|xlsx|jsonl|csvw] [--state STATE,…] [--raw] [--bom] [--article ID] [--snapshot N] [--out FILE] [--data DIR] [--database URL]",
	summary: "write every claim with its verdict, their sources or evidence, or the ClaimReview of what is published, as CSV, workbook or JSON lines; or what was fetched of an article as WARC", run: runExport,
}

// profiles are what can be exported.
var profiles = map[string]func(*workflow.Desk, context.Context, claims.Actor, claims.ClaimFilter, io.Writer, export.Options) error{
	"verdicts": (*workflow.Desk).ExportVerdicts, "sources": (*workflow.Desk).ExportSources, "evidence": (*workflow.Desk).ExportEvidence,
	"claimreview": (*workflow.Desk).ExportReviews,
}

func runExport(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(fs)
	fs.StringVar(&c.BaseURL, "base-url", c.BaseURL, "what the permalinks begin with (default: what the desk has stored)")
	format := fs.String("format", "csv", "csv, xlsx or jsonl; or csvw, which describes the columns of the CSV")
	state := fs.String("state", "", "only claims in these states")
	out := fs.String("out", "", "write to this file instead of standard output")
	var options export.Options
	fs.BoolVar(&options.Raw, "raw", false, "leave cells that a spreadsheet would run as they are")
	fs.BoolVar(&options.BOM, "bom", false, "begin with the byte order mark that Excel wants")
	article := fs.String("article", "", "of warc: the article's id")
	snapshot := fs.Int("snapshot", 0, "of warc: the number of one snapshot (default all)")
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) == 1 && operands[0] == "warc" {
		return exportWARC(ctx, p, c, *article, *snapshot, *out)
	}
	if len(operands) != 1 || profiles[operands[0]] == nil {
		return wrongUse("say what to export: verdicts, sources, evidence, claimreview or warc; got %q", operands)
	}
	if *format == "csvw" {
		return writeTo(p, *out, func(w io.Writer) error { return writeMetadata(w, operands[0]) })
	}
	if options.Format = export.Format(*format); !options.Format.Valid() {
		return wrongUse("--format is %q, must be csv, xlsx, jsonl or csvw", *format)
	}
	if (options.Raw || options.BOM) && options.Format != export.CSV {
		return wrongUse("--raw and --bom speak of csv, not of %s", *format)
	}
	states, err := parseStates(*state)
	if err != nil {
		return err
	}
	return c.withDeskAt(ctx, p, func(d *workflow.Desk, _ *url.URL) error {
		return writeTo(p, *out, func(w io.Writer) error {
			return profiles[operands[0]](d, ctx, d.SystemActor(), claims.ClaimFilter{States: states}, w, options)
		})
	})
}

// writeMetadata describes the columns of a profile's CSV.
func writeMetadata(w io.Writer, name string) error {
	for _, p := range export.Profiles {
		if p.Name != name {
			continue
		}
		described, err := export.Metadata(p, p.Name+".csv")
		if err != nil {
			return err
		}
		_, err = w.Write(described)
		return err
	}
	return wrongUse("%s is no table", name)
}

// exportWARC writes what was fetched of one article.
func exportWARC(ctx context.Context, p *process, c *config, article string, snapshot int, out string) error {
	if article == "" {
		return wrongUse("say which article with --article ID")
	}
	return c.withDesk(ctx, func(d *workflow.Desk) error {
		return writeTo(p, out, func(w io.Writer) error { return d.ExportWARC(ctx, d.SystemActor(), article, snapshot, w) })
	})
}

func parseStates(list string) ([]claims.State, error) {
	var out []claims.State
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !claims.State(s).Valid() {
			return nil, wrongUse("--state is %q, must be one of %v", s, claims.States)
		}
		out = append(out, claims.State(s))
	}
	return out, nil
}

// writeTo writes to standard output, or to a file that appears only once it is
// whole.
func writeTo(p *process, name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		return write(p.stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".cotejo-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing once the file has its name
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
