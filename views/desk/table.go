package desk

import (
	"math"
	"strconv"

	"cotejo/views/i18n"
)

// Table is the numbers behind a picture, on the page and as a file.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]Cell // the first cell of a row says what it is about
}

// Cell is a number, or words that may lead somewhere.
type Cell struct {
	Text   string
	Number *float64
	Href   string
	Lang   string // of the words, where it is not the page's
}

func textCell(s string) Cell { return Cell{Text: s} }

func numberCell(f float64) Cell { return Cell{Number: &f} }

func countCell(n int) Cell { return numberCell(float64(n)) }

// shown is the cell in the reader's language.
func (c Cell) shown(w *i18n.Words) string {
	if c.Number == nil {
		return c.Text
	}
	return w.Number(math.Round(*c.Number*1e4) / 1e4)
}

// Plain gives the cells of the rows as programs read them.
func (t Table) Plain() [][]string {
	out := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make([]string, len(row))
		for j, c := range row {
			if out[i][j] = c.Text; c.Number != nil {
				out[i][j] = strconv.FormatFloat(*c.Number, 'f', -1, 64)
			}
		}
	}
	return out
}

// only gives some of the columns.
func (t Table) only(columns ...int) Table {
	out := Table{Caption: t.Caption, Rows: make([][]Cell, len(t.Rows))}
	for _, c := range columns {
		out.Head = append(out.Head, t.Head[c])
		for i, row := range t.Rows {
			out.Rows[i] = append(out.Rows[i], row[c])
		}
	}
	return out
}

// numeric reports whether a column holds numbers.
func (t Table) numeric(column int) bool {
	for _, row := range t.Rows {
		if row[column].Number != nil {
			return true
		}
	}
	return false
}

// Chart is a picture and the table beside it.
type Chart struct {
	Drawing
	Table
}
