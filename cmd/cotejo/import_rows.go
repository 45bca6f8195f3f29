package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/sheet"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
)

// many is an import by the row: folders, lists of addresses, tables of claims. What an
// earlier run took in is passed over, so an interrupted one goes on.
type many struct {
	lists, tables []string
	dry           bool
	options       workflow.ImportOptions
}

// rowsOf is one source of rows under the name that people know it by.
type rowOf struct {
	name string // with the line, of lists and tables
	take func(context.Context, *workflow.Importer) (workflow.ImportOutcome, error)
}

// asked reports whether operands and flags speak of many things.
func (m many) asked(names []string) bool {
	if m.dry || len(m.lists)+len(m.tables) > 0 {
		return true
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			return true
		}
	}
	return false
}

// run goes through all rows and sums up.
func (m many) run(ctx context.Context, p *process, d *workflow.Desk, base *url.URL, names []string) error {
	rows, passed, err := m.gather(p, names)
	if err != nil {
		return err
	}
	im := d.NewImporter(d.SystemActor(), m.options, m.dry)
	out := newProgress(p, len(rows))
	counts := map[workflow.ImportFate]int{}
	for i, row := range rows {
		out.at(i, row.name)
		done, err := row.take(ctx, im)
		if err != nil {
			out.end()
			m.sum(p, counts, len(rows)-i, passed)
			if ctx.Err() != nil {
				return errors.New("it was interrupted; the same command goes on where it ended")
			}
			return fmt.Errorf("%s: %w", row.name, err)
		}
		counts[done.Fate]++
		if err := m.tell(p, out, base, i+1, row.name, done); err != nil {
			return err
		}
	}
	out.end()
	m.sum(p, counts, 0, passed)
	return verdictOn(counts)
}

// tell says what became of a row: what was taken in by a line of JSON on standard
// output, the rest in words.
func (m many) tell(p *process, out *progress, base *url.URL, n int, name string, done workflow.ImportOutcome) error {
	w := i18n.For("en")
	words := w.T("import_fate." + string(done.Fate))
	if done.Fetches {
		words = w.T("import.fetched_first")
	}
	if done.Problem != nil {
		words += ": " + w.Field(claims.FieldError{Key: done.Problem.Key, Args: done.Problem.Args})
	} else if done.Fate != workflow.ImportTaken && done.Claim != "" {
		words += ": " + base.JoinPath("claims", done.Claim).String()
	} else if done.Fate != workflow.ImportTaken && done.Article != "" {
		words += ": " + base.JoinPath("articles", done.Article).String()
	}
	if m.dry {
		_, err := fmt.Fprintf(p.stdout, "%s: %s\n", name, words)
		return err
	}
	out.say(n, name, words, done.Fate != workflow.ImportTaken)
	if done.Fate != workflow.ImportTaken {
		return nil
	}
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	if done.Claim != "" {
		return e.Encode(importedClaim{Claim: done.Claim, URL: base.JoinPath("claims", done.Claim).String(), Article: done.Article})
	}
	return e.Encode(imported{ID: done.Article, URL: base.JoinPath("articles", done.Article).String(), Snapshot: done.Snapshot, Claims: done.Claims})
}

// importedClaim is the line that import prints for a claim of a table.
type importedClaim struct {
	Claim   string `json:"claim"`
	URL     string `json:"url"`
	Article string `json:"article"`
}

// sum says once what became of everything.
func (m many) sum(p *process, counts map[workflow.ImportFate]int, left, passed int) {
	w := i18n.For("en")
	var parts []string
	for _, fate := range workflow.ImportFates {
		if n := counts[fate]; n > 0 {
			parts = append(parts, w.N("import_sum."+string(fate), n))
		}
	}
	if left > 0 {
		parts = append(parts, w.N("import_sum.left", left))
	}
	if passed > 0 {
		parts = append(parts, w.N("import_sum.passed", passed))
	}
	if len(parts) == 0 {
		parts = []string{w.T("import.nothing")}
	}
	fmt.Fprintln(p.stderr, strings.Join(parts, ", "))
}

// verdictOn gives the exit code: something that another run may mend comes first.
func verdictOn(counts map[workflow.ImportFate]int) error {
	switch {
	case counts[workflow.ImportFailed] > 0:
		return errors.New("not everything could be done; the same command tries again what failed")
	case counts[workflow.ImportRefused] > 0:
		return &claims.Error{Kind: claims.KindInvalid, Key: "import.refused"}
	}
	return nil
}

// gather lists everything in order: operands, then lists, then tables. passed is how
// many files of folders are of kinds that nobody reads.
func (m many) gather(p *process, names []string) (rows []rowOf, passed int, err error) {
	for _, name := range names {
		info, err := os.Stat(name)
		switch {
		case isAddress(name):
			rows = append(rows, addressRow(name, sheet.Row{URL: name}))
		case err == nil && info.IsDir():
			inside, other, err := filesIn(p, name)
			if err != nil {
				return nil, 0, badFile(name, err)
			}
			rows, passed = append(rows, inside...), passed+other
		default:
			rows = append(rows, fileRow(p, name))
		}
	}
	for _, name := range m.lists {
		list, err := readRows(p, name, sheet.Addresses)
		if err != nil {
			return nil, 0, err
		}
		for _, row := range list {
			rows = append(rows, addressRow(fmt.Sprintf("%s:%d", name, row.Line), row))
		}
	}
	for _, name := range m.tables {
		table, err := readRows(p, name, sheet.Claims)
		if err != nil {
			return nil, 0, err
		}
		if len(table.Unread) > 0 {
			fmt.Fprintf(p.stderr, "%s: %s\n", name, i18n.For("en").T("import.unread", strings.Join(table.Unread, ", ")))
		}
		for _, row := range table.Rows {
			rows = append(rows, rowOf{fmt.Sprintf("%s:%d", name, row.Line), func(ctx context.Context, im *workflow.Importer) (workflow.ImportOutcome, error) {
				return im.Claim(ctx, row)
			}})
		}
	}
	return rows, passed, nil
}

func readRows[T any](p *process, name string, read func(string) (T, error)) (T, error) {
	in, err := readInput(p, name, ingest.Hint{})
	if err != nil {
		var none T
		return none, err
	}
	text, err := ingest.DecodeXML(in.Raw, "")
	if err == nil {
		var out T
		if out, err = read(text); err == nil {
			return out, nil
		}
	}
	var none T
	return none, &inputError{name, err}
}

func addressRow(name string, row sheet.Row) rowOf {
	return rowOf{name, func(ctx context.Context, im *workflow.Importer) (workflow.ImportOutcome, error) {
		return im.Address(ctx, row)
	}}
}

func fileRow(p *process, name string) rowOf {
	return rowOf{name, func(ctx context.Context, im *workflow.Importer) (workflow.ImportOutcome, error) {
		return im.File(ctx, name, func() (ingest.Input, error) { return readInput(p, name, ingest.Hint{}) })
	}}
}

// filesIn lists the files of a folder that can be read, whatever folders they are in, by
// name. Hidden ones, and what links lead to, are left alone.
func filesIn(p *process, folder string) (rows []rowOf, passed int, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(d.Name(), ".") && path != folder
		switch {
		case err != nil && d.IsDir():
			rows = append(rows, rowOf{path, func(ctx context.Context, im *workflow.Importer) (workflow.ImportOutcome, error) {
				return im.File(ctx, path, func() (ingest.Input, error) { return ingest.Input{}, badFile(path, err) })
			}})
			return fs.SkipDir
		case err != nil:
			return err
		case hidden && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || hidden || !d.Type().IsRegular():
		case !ingest.Reads(path):
			passed++
		default:
			rows = append(rows, fileRow(p, path))
		}
		return nil
	})
	return rows, passed, err
}
