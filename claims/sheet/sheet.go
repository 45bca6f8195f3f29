// Package sheet reads what people hand in by the row: lists of addresses, and claims as
// a table that has the columns of verdicts.csv. It knows the rows, not the desk.
package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"cotejo/claims"
)

// MaxRows is how many rows one list or table may have.
const MaxRows = 20000

// Row is one row; Line counts from 1, as editors do. Problem says why it cannot be read.
type Row struct {
	Line    int
	URL     string // of a list
	Cells   Cells  // of a table
	Problem *claims.JobProblem
}

// Cells are the cells of a row under the names of their columns, as their owner wrote
// them: what an export put before them for spreadsheets is gone.
type Cells map[string]string

// ClaimColumns are the columns of a table of claims that are read; others stay unread.
var ClaimColumns = []string{
	"claim_id", "article_id", "article_url", "article_title", "article_outlet", "article_published_at", "language", "quote", "quote_start", "claim_text", "claim_kind",
	"sources", "attribution_mode", "claim_made_on", "tags", "attribution_verdict", "verdict_code", "rationale", "what_is_true", "as_of",
}

// Addresses reads a list: an address a line; blank lines and what begins with # say
// nothing. A refusal is a *claims.Error: sheet.empty, sheet.too_long (rows found, limit).
func Addresses(text string) ([]Row, error) {
	var out []Row
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		out = append(out, Row{Line: i + 1, URL: line})
	}
	return out, bounded(len(out))
}

func bounded(n int) error {
	switch {
	case n == 0:
		return claims.Refuse(claims.KindInvalid, "sheet.empty")
	case n > MaxRows:
		return claims.Refuse(claims.KindInvalid, "sheet.too_long", n, MaxRows)
	}
	return nil
}

// Table is what was read of a table of claims.
type Table struct {
	Rows   []Row
	Unread []string // columns that have a name which is not read
}

// Claims reads a table whose first row names its columns, set off by commas,
// semicolons or tabs. A refusal is a *claims.Error: sheet.empty, sheet.too_long,
// sheet.no_columns, sheet.column_twice (name), sheet.not_unicode. A row that cannot be
// read says so itself, but for one that begins a quotation which nothing ends.
func Claims(text string) (Table, error) {
	var out Table
	rows, err := records(text, func(header []string) (err error) {
		out.Unread, err = columns(header)
		return err
	}, rowOf)
	out.Rows = rows
	return out, err
}

// records reads the rows of a table under its names of columns, which the caller
// tidies or refuses; row says which record is blank.
func records(text string, tidy func(header []string) error, row func(header, record []string, line int) (r Row, blank bool)) ([]Row, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator(text), -1
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, claims.Refuse(claims.KindInvalid, "sheet.empty")
	}
	if err != nil {
		return nil, broken(err)
	}
	if err := tidy(header); err != nil {
		return nil, err
	}
	var out []Row
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, bounded(len(out))
		}
		if err != nil {
			return out, broken(err)
		}
		line, _ := r.FieldPos(0)
		if one, blank := row(header, record, line); !blank {
			out = append(out, one)
		}
		if len(out) > MaxRows {
			return out, bounded(len(out))
		}
	}
}

func broken(err error) error {
	line := 0
	var where *csv.ParseError
	if errors.As(err, &where) {
		line = where.Line
	}
	return &claims.Error{Kind: claims.KindInvalid, Key: "sheet.broken", Args: []any{line}, Cause: err}
}

// separator is what stands between the columns' names most often.
func separator(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, r := range []rune{',', ';', '\t'} {
		if n := strings.Count(header, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// columns tidies the names in place and lists those that are not read.
func columns(header []string) (unread []string, err error) {
	known, seen := map[string]bool{}, map[string]bool{}
	for _, name := range ClaimColumns {
		known[name] = true
	}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		header[i] = name
		switch {
		case name != "" && seen[name]:
			return nil, claims.Refuse(claims.KindInvalid, "sheet.column_twice", name)
		case name != "" && !known[name]:
			unread = append(unread, name)
		}
		seen[name] = true
	}
	if !seen["quote"] || !seen["article_id"] && !seen["article_url"] {
		return nil, claims.Refuse(claims.KindInvalid, "sheet.no_columns")
	}
	return unread, nil
}

// rowOf gives no cells for a row that is blank or cannot be read.
func rowOf(header, record []string, line int) (row Row, blank bool) {
	row, blank = Row{Line: line}, true
	cells := Cells{}
	for i, cell := range record {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		blank = false
		if i < len(header) && header[i] != "" {
			cells[header[i]] = Plain(cell)
		} else if i >= len(header) {
			row.Problem = &claims.JobProblem{Key: "sheet.cells", Args: []any{len(record), len(header)}}
		}
	}
	if !blank && row.Problem == nil {
		row.Cells = cells
	}
	return row, blank
}

// Plain takes away the mark that keeps spreadsheets from running a cell.
func Plain(cell string) string { return strings.TrimPrefix(cell, "'") }

// Start is the code point at which the quote begins; ok only where a number says so.
func (c Cells) Start() (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(c["quote_start"]))
	return n, err == nil && n >= 0
}

// Quotes are the fragments of the quoted words.
func (c Cells) Quotes() []string {
	var out []string
	for _, part := range strings.Split(c["quote"], "[…]") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// List gives the entries of a cell that holds several.
func (c Cells) List(column string) []string { return split(c[column], ';') }

// Link is a source in a chain, as its cell says it.
type Link struct{ Name, Kind, Role string }

// Sources gives who said the claim and who passed it on.
func (c Cells) Sources() []Link {
	var out []Link
	for _, entry := range rawSplit(c["sources"], ';') {
		parts := split(entry, '|')
		parts = append(parts, "", "", "")
		if parts[0] != "" {
			out = append(out, Link{Name: parts[0], Kind: parts[1], Role: parts[2]})
		}
	}
	return out
}

// split cuts at a sign that no backslash stands before, and takes the backslashes away.
func split(s string, at byte) []string {
	var out []string
	for _, part := range rawSplit(s, at) {
		var b strings.Builder
		for i := 0; i < len(part); i++ {
			if part[i] == '\\' && i+1 < len(part) {
				i++
			}
			b.WriteByte(part[i])
		}
		if text := strings.TrimSpace(b.String()); text != "" {
			out = append(out, text)
		}
	}
	return out
}

func rawSplit(s string, at byte) []string {
	var out []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case at:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}
