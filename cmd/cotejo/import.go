package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"net/url"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

var importCommand = command{
	name: "import", usage: "[--date …] [--lang …] [--title …] [--outlet …] [--author …] [--url …] [--readers NAME,…] [--accept-duplicate] [--dry-run] [--urls FILE] [--claims FILE] [--changes FILE --user NAME] [--data DIR] [--database URL] FILE|FOLDER|URL...",
	summary: "take articles in and print {id, url, snapshot, claims}, a line an article; folders, lists and tables by the row; or bring an edited table of verdicts back", run: runImport,
}

// imported is the line that import prints for an article.
type imported struct {
	ID       string `json:"id"`
	URL      string `json:"url"`
	Snapshot string `json:"snapshot"`
	Claims   int    `json:"claims"`
}

func runImport(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	c, err := readConfig(p)
	if err != nil {
		return err
	}
	c.dataFlags(fs)
	fs.StringVar(&c.BaseURL, "base-url", c.BaseURL, "what the printed addresses begin with (default: what the desk has stored)")
	var hint ingest.Hint
	fs.StringVar(&hint.Published, "date", "", "the article's date, YYYY-MM-DD")
	fs.StringVar(&hint.Language, "lang", "", "the article's language; guessed where it is left out")
	fs.StringVar(&hint.Title, "title", "", "the article's title (one file only)")
	fs.StringVar(&hint.Outlet, "outlet", "", "who published it")
	fs.StringVar(&hint.URL, "url", "", "where a file was published; it is not fetched (one file only)")
	fs.Func("author", "who wrote it; may be given more than once", func(s string) error {
		hint.Authors = append(hint.Authors, s)
		return nil
	})
	var audience workflow.Audience
	fs.Func("readers", "sign-in names, separated by commas: only they and admins may see the article, from the first moment", func(s string) error {
		audience.Restricted, audience.Readers = true, strings.Split(s, ",")
		return nil
	})
	accept := fs.Bool("accept-duplicate", false, "take in a text that is already there")
	var bulk many
	fs.BoolVar(&bulk.dry, "dry-run", false, "only say what would become of each file, address and row; nothing is fetched or written")
	fs.Func("urls", "a list of addresses to fetch and take in, one a line (# begins a note); - reads standard input; may be given more than once", into(&bulk.lists))
	fs.Func("claims", "a table of claims (CSV with columns of verdicts.csv) to add to their articles; may be given more than once", into(&bulk.tables))
	changes := fs.String("changes", "", "an exported table of verdicts (CSV or XLSX), edited: says what it changes, and does all of it or nothing; - reads standard input")
	user := fs.String("user", "", "of --changes: the sign-in name of whoever edited it, with whose rights it is done")
	c.modelFlags(fs)
	names, err := parse(fs, args)
	if err != nil {
		return err
	}
	if *changes != "" || *user != "" {
		if *changes == "" || *user == "" || len(names)+len(bulk.lists)+len(bulk.tables) > 0 {
			return wrongUse("--changes FILE and --user NAME go together, and with no other file")
		}
		return c.withDeskAt(ctx, p, func(d *workflow.Desk, _ *url.URL) error { return bringBack(ctx, p, d, *changes, *user, bulk.dry) })
	}
	if bulk.asked(names) {
		bulk.options = workflow.ImportOptions{Hint: hint, AcceptDuplicate: *accept, Audience: audience}
		if hint.Title != "" || hint.URL != "" {
			return wrongUse("--title and --url speak of one article, not of many")
		}
		return c.withDeskAt(ctx, p, func(d *workflow.Desk, base *url.URL) error { return bulk.run(ctx, p, d, base, names) })
	}
	if err := checkImport(names, hint); err != nil {
		return err
	}
	return c.withDeskAt(ctx, p, func(d *workflow.Desk, base *url.URL) error {
		for _, name := range names {
			if err := importOne(ctx, p, d, base, importing{name, hint, *accept, audience}); err != nil {
				return err
			}
		}
		return nil
	})
}

// into gathers the values of a flag that may be given more than once.
func into(list *[]string) func(string) error {
	return func(s string) error {
		*list = append(*list, s)
		return nil
	}
}

func checkImport(names []string, hint ingest.Hint) error {
	switch {
	case len(names) == 0:
		return wrongUse("no FILE given (- reads standard input)")
	case len(names) > 1 && (hint.Title != "" || hint.URL != ""):
		return wrongUse("--title and --url speak of one article, %d files are given", len(names))
	}
	for _, name := range names {
		if isAddress(name) && hint.URL != "" {
			return wrongUse("--url says where a file was published; %s is an address itself", name)
		}
	}
	return nil
}

// isAddress reports whether an operand is a page of the web, not a file.
func isAddress(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// importing is one file on its way in.
type importing struct {
	name   string
	hint   ingest.Hint
	accept bool // take it in though its text is there already
	to     workflow.Audience
}

// takeIn fetches or reads, and keeps.
func takeIn(ctx context.Context, p *process, d *workflow.Desk, f importing) (workflow.TakenIn, error) {
	if isAddress(f.name) {
		f.hint.URL = f.name
		return d.FetchArticle(ctx, d.SystemActor(), workflow.PageRequest{Hint: f.hint, AcceptDuplicate: f.accept, Audience: f.to})
	}
	in, err := readInput(p, f.name, f.hint)
	if err != nil {
		return workflow.TakenIn{}, err
	}
	return d.TakeIn(ctx, d.SystemActor(), workflow.Intake{Input: in, AcceptDuplicate: f.accept, Audience: f.to})
}

func importOne(ctx context.Context, p *process, d *workflow.Desk, base *url.URL, f importing) error {
	taken, err := takeIn(ctx, p, d, f)
	if refused := (*claims.Error)(nil); errors.As(err, &refused) && !errors.As(err, new(*inputError)) {
		return &inputError{f.name, err}
	}
	if err != nil {
		return err
	}
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(imported{
		ID: taken.Article.ID, URL: base.JoinPath("articles", taken.Article.ID).String(),
		Snapshot: taken.Snapshot.SHA256, Claims: taken.Claims,
	})
}
