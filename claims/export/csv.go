package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
)

// VerdictColumns is the fixed header of verdicts.csv; columns are only ever
// added, at the end.
var VerdictColumns = strings.Fields(`schema_version claim_id claim_url claim_version article_id article_title article_url
article_outlet article_published_at article_snapshot_sha256 quote quote_start quote_end claim_text claim_kind figure_value
figure_low figure_high figure_unit figure_hedge time_text time_from time_to sources origin_source attribution_mode
attribution_verdict state verdict_code verdict_label verdict_scale rating_value rating_worst rating_best rationale
what_is_true as_of evidence_count evidence_urls assigned_to reviewed_by approved_by reviewed_at published_at
last_changed_at correction_count tags language published_version figure_bound figure_text claim_made_on quote_locator`)

const verdictSchema = "1"

// CSVOptions says how a CSV is written.
type CSVOptions struct {
	Raw  bool   // leave cells that a spreadsheet would run as they are
	BOM  bool   // begin with the mark that Excel wants
	Lang string // of the labels; "" takes each claim's own
}

// VerdictRow is one line of verdicts.csv before it is written.
type VerdictRow struct {
	claims.ClaimRow
	URL          string // permalink
	Locator      string // where in a document or recording it stands
	Evidence     []claims.Evidence
	Scale        claims.Scale // the version that the verdict was given on
	AssigneeName string
	ReviewerName string
	ApproverName string
}

// table writes rows of named cells under a fixed header: UTF-8, RFC 4180, CRLF.
type table struct {
	csv     *csv.Writer
	columns []string
	raw     bool
}

func newTable(w io.Writer, columns []string, o CSVOptions) (*table, error) {
	if o.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
	}
	t := &table{csv: csv.NewWriter(w), columns: columns, raw: o.Raw}
	t.csv.UseCRLF = true
	return t, t.csv.Write(columns)
}

func (t *table) write(cells map[string]cell) error {
	record := make([]string, len(t.columns))
	for i, name := range t.columns {
		c := cells[name]
		if c.text && !t.raw {
			c.value = defuse(c.value)
		}
		record[i] = c.value
	}
	return t.csv.Write(record)
}

// Flush sends what is buffered and says whether any write failed.
func (t *table) Flush() error {
	t.csv.Flush()
	return t.csv.Error()
}

// VerdictWriter writes verdicts.csv.
type VerdictWriter struct {
	*table
	lang string
}

// NewVerdictWriter writes the mark (where asked for) and the header.
func NewVerdictWriter(w io.Writer, o CSVOptions) (*VerdictWriter, error) {
	t, err := newTable(w, VerdictColumns, o)
	return &VerdictWriter{t, o.Lang}, err
}

// Write writes one row.
func (w *VerdictWriter) Write(r VerdictRow) error { return w.write(verdictCells(r, w.lang)) }

// AssertionColumns is the header of what the engine found, as a table.
var AssertionColumns = strings.Fields(`file article_published_at language quote quote_start quote_end claim_text claim_kind
checkable worth reasons sources origin_source attribution_mode cue figure_text figure_value figure_low figure_high
figure_bound figure_unit figure_hedge time_text time_from time_to`)

// AssertionWriter writes the claims that the engine found in articles.
type AssertionWriter struct{ *table }

// NewAssertionWriter writes the header.
func NewAssertionWriter(w io.Writer, o CSVOptions) (*AssertionWriter, error) {
	t, err := newTable(w, AssertionColumns, o)
	return &AssertionWriter{t}, err
}

// Write writes one claim of the article in file.
func (w *AssertionWriter) Write(file, language string, published *claims.Date, a claims.Assertion) error {
	cells := map[string]cell{}
	text := func(name, v string) { cells[name] = cell{v, true} }
	typed := func(name, v string) { cells[name] = cell{v, false} }
	row := VerdictRow{ClaimRow: claims.ClaimRow{Claim: claims.Claim{Assertion: a, Language: language}, ArticlePublished: published}}
	articleCells(row, text, typed)
	wordingCells(row, text, typed)
	figureCells(row, text, typed)
	attributionCells(row, text)
	text("file", file)
	typed("checkable", strconv.FormatBool(a.Checkable))
	typed("worth", strconv.FormatFloat(a.Worth, 'f', 2, 64))
	text("reasons", join(a.Reasons))
	if len(a.Attributions) > 0 && a.Attributions[0].Cue != nil {
		text("cue", a.Attributions[0].Cue.Text)
	}
	return w.write(cells)
}

// defuse keeps a spreadsheet from running a text cell; what begins with an
// apostrophe gets one more, so that taking one away gives the text back.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r'", rune(s[0])) {
		return "'" + s
	}
	return s
}

// cell is a value, and whether it is text (typed numbers and times are never
// prefixed).
type cell struct {
	value string
	text  bool
}

func verdictCells(r VerdictRow, lang string) map[string]cell {
	if lang == "" {
		lang = r.Language
	}
	cells := map[string]cell{}
	text := func(name, v string) { cells[name] = cell{v, true} }
	typed := func(name, v string) { cells[name] = cell{v, false} }

	typed("schema_version", verdictSchema)
	text("claim_id", r.ID)
	text("claim_url", r.URL)
	typed("claim_version", strconv.FormatInt(r.Version, 10))
	articleCells(r, text, typed)
	wordingCells(r, text, typed)
	figureCells(r, text, typed)
	attributionCells(r, text)
	judgementCells(r, lang, text, typed)
	workCells(r, text, typed)
	return cells
}

func articleCells(r VerdictRow, text, typed func(name, v string)) {
	text("article_id", r.Article)
	text("article_title", r.ArticleTitle)
	text("article_url", articleURL(r.ClaimRow))
	text("article_outlet", r.ArticleOutlet)
	typed("article_published_at", date(r.ArticlePublished))
	typed("article_snapshot_sha256", r.SnapshotSHA256)
}

func wordingCells(r VerdictRow, text, typed func(name, v string)) {
	text("quote", r.Quote())
	if n := len(r.Fragments); n > 0 {
		typed("quote_start", strconv.Itoa(r.Fragments[0].Start))
		typed("quote_end", strconv.Itoa(r.Fragments[n-1].End))
	}
	text("quote_locator", r.Locator)
	text("claim_text", r.Standalone)
	text("claim_kind", string(r.Kind))
	text("tags", join(r.Tags))
	text("language", r.Language)
	typed("claim_made_on", date(r.MadeOn))
}

func figureCells(r VerdictRow, text, typed func(name, v string)) {
	if len(r.Quantities) > 0 {
		q := r.Quantities[0]
		typed("figure_value", number(q.Value))
		typed("figure_low", number(q.Low))
		typed("figure_high", number(q.High))
		text("figure_unit", q.Unit)
		text("figure_hedge", q.Hedge)
		text("figure_bound", string(q.Bound))
		text("figure_text", q.Text)
	}
	if len(r.Times) > 0 {
		t := r.Times[0]
		text("time_text", t.Text)
		typed("time_from", date(t.From))
		typed("time_to", date(t.To))
	}
}

func attributionCells(r VerdictRow, text func(name, v string)) {
	var sources []string
	origin, mode := "", claims.ModeNone
	add := func(l claims.Link, role string) {
		sources = append(sources, escape(linkName(l))+"|"+escape(string(l.Kind))+"|"+role)
	}
	for i, a := range r.Attributions {
		if i == 0 {
			mode = a.Mode
		}
		for _, l := range a.Sources {
			add(l, "source")
			if origin == "" {
				origin = linkName(l)
			}
		}
		for _, l := range a.Via {
			add(l, "via")
		}
		if a.Original != nil {
			add(*a.Original, "original")
			origin = linkName(*a.Original)
		}
	}
	text("sources", strings.Join(sources, "; "))
	text("origin_source", origin)
	text("attribution_mode", string(mode))
}

func judgementCells(r VerdictRow, lang string, text, typed func(name, v string)) {
	v := r.Verdict
	if v == nil {
		return
	}
	text("attribution_verdict", v.Attribution)
	text("verdict_code", v.Content)
	if s, ok := r.Scale.ContentStep(v.Content); ok {
		text("verdict_label", s.Label(lang))
		if worst, best, ranged := r.Scale.Range(); ranged && s.Number != nil {
			typed("rating_value", strconv.Itoa(*s.Number))
			typed("rating_worst", strconv.Itoa(worst))
			typed("rating_best", strconv.Itoa(best))
		}
	}
	typed("verdict_scale", strconv.FormatInt(v.Scale, 10))
	text("rationale", v.Rationale)
	text("what_is_true", v.WhatIsTrue)
	typed("as_of", date(v.AsOf))
}

func workCells(r VerdictRow, text, typed func(name, v string)) {
	text("state", string(r.State))
	var urls []string
	for _, e := range r.Evidence {
		if e.URL != "" { // a file has none
			urls = append(urls, e.URL)
		}
	}
	typed("evidence_count", strconv.Itoa(len(r.Evidence)))
	text("evidence_urls", strings.Join(urls, " "))
	text("assigned_to", r.AssigneeName)
	text("reviewed_by", r.ReviewerName)
	text("approved_by", r.ApproverName)
	typed("reviewed_at", instant(r.ReviewedAt))
	typed("published_at", instant(r.PublishedAt))
	typed("last_changed_at", instant(&r.UpdatedAt))
	typed("correction_count", strconv.Itoa(r.Corrections))
	typed("published_version", strconv.Itoa(r.PublishedVersion))
}

// join lists names in one cell; what would read as a separator is escaped.
func join(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = escape(s)
	}
	return strings.Join(out, "; ")
}

var escaper = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `;`, `\;`)

func escape(s string) string { return escaper.Replace(s) }

func date(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
