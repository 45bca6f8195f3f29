package sheet

import (
	"encoding/csv"
	"strings"

	"cotejo/claims"
)

// Edited is an exported table of verdicts as somebody hands it back. Cells hold every
// column, empty ones too, as they stand in the file: Plain takes away what was put before
// them for spreadsheets.
type Edited struct {
	Columns []string // in their order
	Rows    []Row
}

// ReadEdited reads a table whose first row names its columns, claim_id and claim_version
// among them, set off by commas, semicolons or tabs. Refusals are those of Claims, and
// sheet.no_id.
func ReadEdited(text string) (Edited, error) {
	var out Edited
	rows, err := records(text, func(header []string) (err error) {
		out.Columns, err = named(header)
		return err
	}, editedRow)
	out.Rows = rows
	return out, err
}

// named tidies the names of columns. A sheet often has empty ones at its end.
func named(header []string) ([]string, error) {
	seen := map[string]bool{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if name != "" && seen[name] {
			return nil, claims.Refuse(claims.KindInvalid, "sheet.column_twice", name)
		}
		header[i], seen[name] = name, true
	}
	if !seen["claim_id"] || !seen["claim_version"] {
		return nil, claims.Refuse(claims.KindInvalid, "sheet.no_id")
	}
	return header, nil
}

func editedRow(header, record []string, line int) (row Row, blank bool) {
	row, blank = Row{Line: line, Cells: Cells{}}, true
	for i, cell := range record {
		blank = blank && strings.TrimSpace(cell) == ""
		switch {
		case i < len(header) && header[i] != "":
			row.Cells[header[i]] = cell
		case strings.TrimSpace(cell) != "":
			row.Problem = &claims.JobProblem{Key: "sheet.cells", Args: []any{len(record), len(header)}}
		}
	}
	if len(record) < len(header) { // it was cut off: what is missing is not empty
		row.Problem = &claims.JobProblem{Key: "sheet.cells", Args: []any{len(record), len(header)}}
	}
	return row, blank
}

// WriteEdited writes rows as a table that ReadEdited reads.
func WriteEdited(columns []string, rows []Row) (string, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	record := make([]string, len(columns))
	if err := w.Write(columns); err != nil {
		return "", err
	}
	for _, row := range rows {
		for i, name := range columns {
			record[i] = row.Cells[name]
		}
		if err := w.Write(record); err != nil {
			return "", err
		}
	}
	w.Flush()
	return b.String(), w.Error()
}
