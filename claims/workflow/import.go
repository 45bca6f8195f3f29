package workflow

import (
	"context"
	"encoding/json"
	"strings"

	"cotejo/claims"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
	"cotejo/claims/sheet"
)

// ImportKind says what is handed in by the row.
type ImportKind string

// The kinds of what is handed in.
const (
	ImportAddresses ImportKind = "addresses" // a list of pages
	ImportClaims    ImportKind = "claims"    // a table of claims
)

// ImportKinds lists them.
var ImportKinds = []ImportKind{ImportAddresses, ImportClaims}

// ImportFate is what became of a row, or would become of it.
type ImportFate string

// The fates of rows.
const (
	ImportTaken     ImportFate = "taken"
	ImportReady     ImportFate = "ready"     // it would be taken, as far as can be seen without fetching
	ImportDone      ImportFate = "done"      // an earlier run took it
	ImportKnown     ImportFate = "known"     // it is a claim of this desk's
	ImportDuplicate ImportFate = "duplicate" // the desk, or a row before, has it
	ImportRefused   ImportFate = "refused"
	ImportFailed    ImportFate = "failed" // another run may succeed
)

// ImportFates lists every fate.
var ImportFates = []ImportFate{ImportTaken, ImportReady, ImportDone, ImportKnown, ImportDuplicate, ImportRefused, ImportFailed}

// StepRows is the step of a job that goes through rows.
const StepRows = "rows"

// Bounds of what a page or a program hands in; the command line has those of the sheet.
const (
	MaxImport     = 1 << 20 // bytes
	MaxImportRows = 1000
	shownOfRow    = 200 // code points of what a row is called
)

// ImportOptions go for all rows. Hint is what people state of every article.
type ImportOptions struct {
	Hint            ingest.Hint
	AcceptDuplicate bool
	Audience        Audience
}

// ImportRequest is a list or table that is handed in whole.
type ImportRequest struct {
	Kind    ImportKind    `json:"kind"`
	Name    string        `json:"name"` // of the file, "" where there was none
	Text    string        `json:"text"`
	Options ImportOptions `json:"options"`
}

// ImportOutcome is what became of a row. Article and Claim are what came of it, or what
// was there before.
type ImportOutcome struct {
	Line     int                `json:"line"` // 0 for files
	What     string             `json:"what"` // the file, the address, the words of the claim
	Fate     ImportFate         `json:"fate"`
	Problem  *claims.JobProblem `json:"problem,omitempty"`
	Article  string             `json:"article,omitempty"`
	Claim    string             `json:"claim,omitempty"`
	Snapshot string             `json:"snapshot,omitempty"` // of a new article
	Claims   int                `json:"claims,omitempty"`   // that were found in it
	Fetches  bool               `json:"fetches,omitempty"`  // its page is fetched first
}

// ImportReport tells of every row.
type ImportReport struct {
	Kind   ImportKind         `json:"kind"`
	Name   string             `json:"name"`
	Dry    bool               `json:"dry,omitempty"` // nothing was written
	Rows   []ImportOutcome    `json:"rows"`
	Counts map[ImportFate]int `json:"counts"`
	Unread []string           `json:"unread,omitempty"` // columns of the table
}

func (r *ImportReport) add(out ImportOutcome) {
	r.Rows = append(r.Rows, out)
	r.Counts[out.Fate]++
}

// ImportRequestOf reads what a job was handed.
func ImportRequestOf(j claims.Job) (in ImportRequest, err error) {
	return in, json.Unmarshal([]byte(j.Input), &in)
}

// ImportReportOf reads what came of a job; not ok before it is done.
func ImportReportOf(j claims.Job) (out ImportReport, ok bool, err error) {
	if j.Kind != claims.JobImport || j.State != claims.JobDone {
		return out, false, nil
	}
	err = json.Unmarshal([]byte(j.Result), &out)
	return out, err == nil, err
}

// rows reads what was handed in.
func (in ImportRequest) rows() (rows []sheet.Row, unread []string, err error) {
	switch in.Kind {
	case ImportAddresses:
		rows, err = sheet.Addresses(in.Text)
	case ImportClaims:
		var table sheet.Table
		table, err = sheet.Claims(in.Text)
		rows, unread = table.Rows, table.Unread
	default:
		return nil, nil, claims.Invalid("kind", "import.kind_unknown", clip(string(in.Kind), maxName))
	}
	if err == nil && len(rows) > MaxImportRows {
		err = claims.Refuse(claims.KindInvalid, "sheet.too_long", len(rows), MaxImportRows)
	}
	return rows, unread, onField("file", err)
}

// check refuses what no run could read.
func (in ImportRequest) check() error {
	if len(in.Text) > MaxImport {
		return claims.Invalid("file", "import.too_large", MaxImport>>20)
	}
	var f faults
	f.text("file", in.Text, MaxImport)
	f.text("name", in.Name, maxLine)
	if err := f.err(); err != nil {
		return err
	}
	_, _, err := in.rows()
	return err
}

// PlanImport says of every row what would become of it. Nothing is written or fetched.
func (d *Desk) PlanImport(ctx context.Context, actor claims.Actor, in ImportRequest) (ImportReport, error) {
	out := ImportReport{Kind: in.Kind, Name: in.Name, Dry: true, Counts: map[ImportFate]int{}}
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return out, err
	}
	if err := in.check(); err != nil {
		return out, err
	}
	return d.runRows(ctx, in, out, d.NewImporter(actor, in.Options, true), func(string, int64, int64) {})
}

// AskImport asks for the rows to be taken in, by a job.
func (d *Desk) AskImport(ctx context.Context, actor claims.Actor, in ImportRequest) (claims.Job, error) {
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return claims.Job{}, err
	}
	if err := in.check(); err != nil {
		return claims.Job{}, err
	}
	asked := in.Options.Audience
	var out claims.Job
	err := d.act(ctx, actor, func(t *tx) (err error) {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		if in.Options.Audience, err = t.confine(ctx, &claims.Article{}, asked); err != nil {
			return err
		}
		out, err = t.addJob(ctx, claims.Job{Kind: claims.JobImport, Readers: in.Options.Audience.Readers}, in)
		return err
	})
	return out, err
}

// RunImport is the work of JobImport. Each row is its own transaction, which names the
// job: when it is begun anew, it goes on where it ended.
func (d *Desk) RunImport(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return err
	}
	in, err := ImportRequestOf(j)
	if err != nil {
		return err
	}
	im := d.NewImporter(actor, in.Options, false)
	im.job = &j
	out, err := d.runRows(ctx, in, ImportReport{Kind: in.Kind, Name: in.Name, Counts: map[ImportFate]int{}}, im, func(step string, done, total int64) {
		j.Step, j.Done, j.Total = step, done, total
		tell(step, done, total)
	})
	if err != nil {
		return err
	}
	return d.act(ctx, actor, func(t *tx) error { return t.finishJob(ctx, j, out) })
}

func (d *Desk) runRows(ctx context.Context, in ImportRequest, out ImportReport, im *Importer, tell Tell) (ImportReport, error) {
	rows, unread, err := in.rows()
	if err != nil {
		return out, err
	}
	out.Unread = unread
	for i, row := range rows {
		tell(StepRows, int64(i), int64(len(rows)))
		take := im.Address
		if in.Kind == ImportClaims {
			take = im.Claim
		}
		done, err := take(ctx, row)
		if err != nil {
			return out, err
		}
		out.add(done)
	}
	tell(StepRows, int64(len(rows)), int64(len(rows)))
	return out, nil
}

// Importer takes things in by the row, or only says what would become of them.
type Importer struct {
	desk     *Desk
	actor    claims.Actor
	options  ImportOptions
	dry      bool
	job      *claims.Job           // nil at the command line
	seen     map[string]int        // lines by mark
	articles map[string]articleRow // by address
}

// articleRow is what an address of earlier rows led to.
type articleRow struct {
	id  string
	err error
}

// NewImporter makes an importer; a dry one writes and fetches nothing.
func (d *Desk) NewImporter(actor claims.Actor, o ImportOptions, dry bool) *Importer {
	return &Importer{desk: d, actor: actor, options: o, dry: dry, seen: map[string]int{}, articles: map[string]articleRow{}}
}

// File takes in a file; name is how people know it. An error ends the whole import.
func (im *Importer) File(ctx context.Context, name string, open func() (ingest.Input, error)) (ImportOutcome, error) {
	out := ImportOutcome{What: clip(name, maxLine)}
	in, err := open()
	if err != nil {
		return im.settle(ctx, out, err)
	}
	in.Hint = im.options.Hint
	key := "file:" + digest(in.Raw)
	if over, err := im.before(ctx, key, &out); over || err != nil {
		return im.settle(ctx, out, err)
	}
	if im.dry {
		return im.settle(ctx, out, im.wouldTake(ctx, in, &out))
	}
	return im.settle(ctx, out, im.take(ctx, key, in, &out))
}

// Address fetches a page and takes it in. An error ends the whole import.
func (im *Importer) Address(ctx context.Context, row sheet.Row) (ImportOutcome, error) {
	out := ImportOutcome{Line: row.Line, What: clip(row.URL, maxLine), Fetches: im.dry}
	var f faults
	f.link("url", row.URL)
	if err := f.err(); err != nil {
		return im.settle(ctx, out, err)
	}
	if over, err := im.before(ctx, "url:"+row.URL, &out); over || err != nil {
		return im.settle(ctx, out, err)
	}
	there, err := im.articleAt(ctx, row.URL)
	switch {
	case err != nil:
		return im.settle(ctx, out, err)
	case there != "" && !im.options.AcceptDuplicate:
		out.Article, out.Fate, out.Fetches = there, ImportDuplicate, false
		return out, nil
	case im.dry:
		return im.settle(ctx, out, im.wouldFetch(ctx, row.URL, &out))
	}
	return im.settle(ctx, out, im.fetch(ctx, row.URL, im.options.Hint, &out))
}

// settle says what an error makes of a row. What is given back ends the import: it is
// no fault of the row's.
func (im *Importer) settle(ctx context.Context, out ImportOutcome, err error) (ImportOutcome, error) {
	article, twice := duplicateIn(err)
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return out, ctx.Err()
	case claims.KindOf(err) == "" || claims.KindOf(err) == claims.KindStale:
		return out, err
	case twice:
		out.Fate, out.Article, out.Fetches = ImportDuplicate, article, false
		return out, nil
	}
	out.Fate, out.Problem, out.Fetches = ImportRefused, rowProblem(err), false
	if passing(err) {
		out.Fate = ImportFailed
	}
	return out, nil
}

// rowProblem is what people read of a refusal. Of words that stand in several places
// it gives the number.
func rowProblem(err error) *claims.JobProblem {
	p := jobProblem(err)
	if p.Key == "claim.quote_ambiguous" {
		return &claims.JobProblem{Key: "import.ambiguous", Args: []any{len(p.Args)}}
	}
	return p
}

// before passes over what a row before has, or an earlier run took in.
func (im *Importer) before(ctx context.Context, key string, out *ImportOutcome) (over bool, err error) {
	if line, ok := im.seen[key]; ok {
		out.Fate, out.Fetches = ImportDuplicate, false
		if line > 0 {
			out.Problem = &claims.JobProblem{Key: "import.twice", Args: []any{line}}
		}
		return true, nil
	}
	im.seen[key] = out.Line
	err = im.desk.view(ctx, im.actor, func(r claims.Reader) error {
		m, err := r.ImportMark(ctx, key)
		if missing(err) {
			over = false
			return nil
		}
		if err != nil {
			return err
		}
		out.Fate, out.Article, out.Claim, out.Fetches = ImportDone, m.Article, m.Claim, false
		if im.job != nil && m.Job == im.job.ID {
			out.Fate = ImportTaken
		}
		over = true
		return nil
	})
	return over, err
}

// mark notes in the transaction of a row that it is done, if the job is still ours.
func (im *Importer) mark(ctx context.Context, t *tx, key, article, claim string) error {
	m := claims.ImportMark{Key: key, Article: article, Claim: claim, At: t.now}
	if im.job != nil {
		held := *im.job
		held.NextAt, m.Job = t.now.Add(JobLease), held.ID
		if err := t.HoldJob(ctx, held); err != nil {
			return err
		}
	}
	return t.PutImportMark(ctx, m)
}

// wouldTake says whether an article would be taken in.
func (im *Importer) wouldTake(ctx context.Context, in ingest.Input, out *ImportOutcome) error {
	page, err := ingest.Read(ctx, in)
	if err != nil {
		return err
	}
	out.Fate = ImportReady
	if im.options.AcceptDuplicate {
		return nil
	}
	return im.desk.view(ctx, im.actor, func(r claims.Reader) error { return refuseDuplicate(ctx, r, page, digest([]byte(page.Text))) })
}

// wouldFetch says whether an address could be fetched, as far as is known without asking.
func (im *Importer) wouldFetch(ctx context.Context, address string, out *ImportOutcome) error {
	out.Fate = ImportReady
	if im.desk.fetcher == nil {
		return claims.Refuse(claims.KindConflict, "fetch.off")
	}
	return im.desk.fetcher.Check(ctx, address)
}

// take takes an article in and marks it.
func (im *Importer) take(ctx context.Context, key string, in ingest.Input, out *ImportOutcome) error {
	taken, err := im.desk.takeIn(ctx, im.actor, Intake{Input: in, AcceptDuplicate: im.options.AcceptDuplicate, Audience: im.options.Audience},
		func(t *tx, taken TakenIn) error { return im.mark(ctx, t, key, taken.Article.ID, "") })
	if err == nil {
		out.Fate, out.Article, out.Snapshot, out.Claims = ImportTaken, taken.Article.ID, taken.Snapshot.SHA256, taken.Claims
	}
	return err
}

func (im *Importer) fetch(ctx context.Context, address string, hint ingest.Hint, out *ImportOutcome) error {
	page, err := im.desk.get(ctx, fetch.Request{URL: address, Limit: ingest.MaxBytes})
	if err != nil {
		return err
	}
	hint.URL = page.URL
	return im.take(ctx, "url:"+address, ingest.Input{Raw: page.Body, ContentType: page.MediaType, Hint: hint}, out)
}

// articleAt gives the article of an address, "" where there is none.
func (im *Importer) articleAt(ctx context.Context, address string) (id string, err error) {
	err = im.desk.view(ctx, im.actor, func(r claims.Reader) error {
		at, err := r.ArticlesAt(ctx, address)
		if id = ""; err == nil && len(at) > 0 {
			id = at[0]
		}
		return err
	})
	return id, err
}

// named is how a row is called: the beginning of its words.
func named(words string) string { return clip(strings.Join(strings.Fields(words), " "), shownOfRow) }
