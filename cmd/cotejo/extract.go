package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/extract"
	"cotejo/claims/ingest"
	"cotejo/views/i18n"
)

var extractCommand = command{
	name: "extract", usage: "[--date YYYY-MM-DD] [--lang xx] [--format json|jsonl|csv|text] FILE...",
	summary: "print the claims of articles (text, Markdown, HTML, PDF, DOCX, ODT, EML, SRT, VTT; - reads standard input)", run: runExtract,
}

// found is one article with what the engine found in it.
type found struct {
	name   string
	result extract.Result
}

func runExtract(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	var hint ingest.Hint
	fs.StringVar(&hint.Published, "date", "", "the article's date, YYYY-MM-DD; wins over what the article says")
	fs.StringVar(&hint.Language, "lang", "", "the article's language, a code such as es; guessed where it is left out")
	format := fs.String("format", "json", "json, jsonl, csv or text")
	names, err := parse(fs, args)
	if err != nil {
		return err
	}
	write, known := extractFormats[*format]
	switch {
	case !known:
		return wrongUse("--format is %q, must be json, jsonl, csv or text", *format)
	case len(names) == 0:
		return wrongUse("no FILE given (- reads standard input)")
	}
	all := make([]found, 0, len(names))
	for _, name := range names {
		result, err := extractOne(ctx, p, name, hint)
		if err != nil {
			return err
		}
		all = append(all, found{name, result})
	}
	return write(p.stdout, all)
}

func extractOne(ctx context.Context, p *process, name string, hint ingest.Hint) (extract.Result, error) {
	in, err := readInput(p, name, hint)
	if err != nil {
		return extract.Result{}, err
	}
	page, err := ingest.Read(ctx, in)
	if err != nil {
		return extract.Result{}, &inputError{name, err}
	}
	result, err := extract.Run(ctx, extract.Input{Text: page.Text, Language: page.Language, Published: page.Published, Title: page.Title})
	if err != nil {
		return extract.Result{}, &inputError{name, err}
	}
	if result.Notice != "" {
		result.Notice = i18n.For("en").T("notice." + result.Notice)
	}
	return result, nil
}

var extractFormats = map[string]func(io.Writer, []found) error{
	"json": writeJSON, "jsonl": writeJSONLines, "csv": writeAssertions, "text": writeText,
}

func writeJSON(w io.Writer, all []found) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return encodeAll(e, all)
}

func writeJSONLines(w io.Writer, all []found) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return encodeAll(e, all)
}

func encodeAll(e *json.Encoder, all []found) error {
	for _, f := range all {
		if err := e.Encode(f.result); err != nil {
			return err
		}
	}
	return nil
}

func writeAssertions(w io.Writer, all []found) error {
	table, err := export.NewAssertionWriter(w, export.Options{})
	if err != nil {
		return err
	}
	for _, f := range all {
		for _, a := range f.result.Claims {
			row := export.AssertionRow{File: f.name, Language: f.result.Article.Language, Published: f.result.Article.Published, Assertion: a}
			if err := table.Write(row); err != nil {
				return err
			}
		}
	}
	return table.Close()
}

// writeText prints claims for people: the wording, then who says so.
func writeText(w io.Writer, all []found) error {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "%s: %d claims, language %s\n", f.name, len(f.result.Claims), f.result.Article.Language)
		if f.result.Notice != "" {
			fmt.Fprintf(&b, "  ! %s\n", f.result.Notice)
		}
		for i, a := range f.result.Claims {
			fmt.Fprintf(&b, "%3d. %s\n     %s, worth %.2f%s\n", i+1, a.Standalone, a.Kind, a.Worth, sayers(a.Attributions))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sayers(all []claims.Attribution) string {
	out := ""
	for _, a := range all {
		for _, l := range a.Sources {
			out += "; says " + l.Name
		}
		for _, l := range a.Via {
			out += "; via " + l.Name
		}
	}
	return out
}
