package export

import (
	"io"
	"strconv"
)

// WriteCells writes a table that is no profile, as the CSV of profiles is written:
// text that a spreadsheet would run is defused.
func WriteCells(w io.Writer, head []string, rows [][]string) error {
	p := Profile{Columns: make([]Column, len(head))}
	for i, name := range head {
		p.Columns[i].Name = defuse(name)
	}
	t, err := newCSV(w, p, Options{})
	if err != nil {
		return err
	}
	for _, row := range rows {
		for i, s := range row {
			if _, err := strconv.ParseFloat(s, 64); err != nil {
				s = defuse(s)
			}
			t.cell(i, s)
		}
		t.put("\r\n")
	}
	return t.Close()
}
