package export

import (
	"io"
	"slices"
	"strings"

	"cotejo/claims"
)

// Format is how a table is written.
type Format string

// The formats of tables.
const (
	CSV       Format = "csv"   // UTF-8, RFC 4180, CRLF
	XLSX      Format = "xlsx"  // a workbook with typed cells
	JSONLines Format = "jsonl" // an object a line
)

// Formats lists them.
var Formats = []Format{CSV, XLSX, JSONLines}

// Valid reports whether f is a format of tables.
func (f Format) Valid() bool { return slices.Contains(Formats, f) }

// MediaType is what a server calls the format.
func (f Format) MediaType() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case JSONLines:
		return "application/jsonl; charset=utf-8"
	}
	return "text/csv; charset=utf-8; header=present"
}

// Options says how a table is written; the zero value is CSV for spreadsheets.
type Options struct {
	Format Format // "" is CSV
	Raw    bool   // CSV: leave cells that a spreadsheet would run as they are
	BOM    bool   // CSV: begin with the mark that Excel wants
	Lang   string // of the labels; "" takes each claim's own
}

// Type is what the cells of a column hold, the same in every format.
type Type string

// The types of columns. Dates may lack the day, or month and day.
const (
	Text    Type = "text"
	Address Type = "address" // a URL
	Integer Type = "integer"
	Decimal Type = "decimal"
	Boolean Type = "boolean"
	Day     Type = "day"     // ISO 8601 calendar date
	Instant Type = "instant" // ISO 8601, UTC, to the second
	List    Type = "list"    // texts, joined by "; ", escaped by "\"
	URLs    Type = "urls"    // addresses, joined by a space
)

// text reports whether cells are words of somebody's, which a spreadsheet could run.
func (t Type) text() bool { return t == Text || t == Address || t == List || t == URLs }

// Column is one column of a profile.
type Column struct {
	Name   string
	Type   Type
	Always bool // every row has a value
	En, Es string
}

// Profile is a kind of table: what its columns are. Columns are only ever added, at the
// end.
type Profile struct {
	Name    string // of the file, without ending
	Columns []Column
	Key     []string // columns that no two rows have alike, nil where there are none
	En, Es  string
}

// Profiles lists what can be exported.
var Profiles = []Profile{VerdictProfile, LinkProfile, EvidenceProfile, ReviewProfile}

// Names lists the columns.
func (p Profile) Names() []string {
	out := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		out[i] = c.Name
	}
	return out
}

// columns reads a table of columns: name, type (with ! where every row has a value) and
// what it is called in English and Spanish, a line each.
func columns(table string) []Column {
	var out []Column
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		f := strings.Split(line, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		kind, always := strings.CutSuffix(f[1], "!")
		out = append(out, Column{Name: f[0], Type: Type(kind), Always: always, En: f[2], Es: f[3]})
	}
	return out
}

// cells are the values of a row by the names of their columns.
type cells map[string]cell

// cell is a value as CSV has it, undefused; items are what JSON has of a list.
type cell struct {
	value string
	items any
}

func (c cells) set(name, value string) { c[name] = cell{value: value} }

func (c cells) list(name string, items []string) { c[name] = cell{join(items), items} }

func (c cells) urls(name string, items []string) { c[name] = cell{strings.Join(items, " "), items} }

// rowWriter is a format at work on one table.
type rowWriter interface {
	row(cells) error
	Close() error // writes what is buffered, and ends the file
}

func newRowWriter(w io.Writer, p Profile, o Options) (rowWriter, error) {
	switch o.Format {
	case XLSX:
		return newBook(w, p)
	case JSONLines:
		return newLines(w, p), nil
	case CSV, "":
		return newCSV(w, p, o)
	}
	return nil, claims.Invalid("format", "export.format_unknown", string(o.Format))
}

// Writer writes rows of one profile. Nothing is whole before Close, which must be called
// even where a Write failed.
type Writer[R any] struct {
	rowWriter
	cells func(R) cells
}

// Write writes one row.
func (w *Writer[R]) Write(r R) error { return w.row(w.cells(r)) }

func newWriter[R any](w io.Writer, p Profile, o Options, make func(R) cells) (*Writer[R], error) {
	out, err := newRowWriter(w, p, o)
	return &Writer[R]{out, make}, err
}

// NewVerdictWriter begins a table of verdicts.
func NewVerdictWriter(w io.Writer, o Options) (*Writer[VerdictRow], error) {
	return newWriter(w, VerdictProfile, o, func(r VerdictRow) cells { return verdictCells(r, o.Lang) })
}

// NewLinkWriter begins a table of sources: a row a link of an attribution chain.
func NewLinkWriter(w io.Writer, o Options) (*Writer[LinkRow], error) {
	return newWriter(w, LinkProfile, o, linkCells)
}

// NewEvidenceWriter begins a table of evidence: a row a document on a claim.
func NewEvidenceWriter(w io.Writer, o Options) (*Writer[EvidenceRow], error) {
	return newWriter(w, EvidenceProfile, o, evidenceCells)
}

// NewReviewWriter begins a table of ClaimReview: a row a published claim.
func NewReviewWriter(w io.Writer, o Options) (*Writer[Document], error) {
	return newWriter(w, ReviewProfile, o, reviewCells)
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
