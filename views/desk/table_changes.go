package desk

import (
	"strconv"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views"
	"cotejo/views/i18n"
)

// TableChangesPage says what an edited table changes, row by row, and after that what was
// done.
type TableChangesPage struct {
	views.Frame
	Problems views.Problems
	Name     string // of the file
	Rows     []TableRow
	Counts   []ImportCount // of fates that occur, in their order
	Unread   []string      // columns
	Ready    int           // claims that would change; 0 where that cannot be
	Stopped  bool          // something stands in the way
	Pin      string
	Text     string // the rows as a table
	Done     bool
	Undo     string // the event by which it can be taken back
}

// TableRow is a row beside its claim.
type TableRow struct {
	Line        int
	Claim, What string
	Fate        string
	Edited, Now int64 // versions
	Problem     *claims.JobProblem
	Cells       []TableCell
}

// TableCell is a cell that differs.
type TableCell struct {
	Column, Old, New string
	Stays            bool
	Problem          *claims.JobProblem
}

// columnTitle is what a column is called.
func columnTitle(w *i18n.Words, name string) string {
	for _, c := range export.VerdictProfile.Columns {
		if c.Name == name {
			if w.Lang() == "es" {
				return c.Es
			}
			return c.En
		}
	}
	return name
}

func tableTone(fate string) string {
	switch fate {
	case "changed":
		return "good"
	case "conflict", "refused":
		return "bad"
	}
	return "plain"
}

func (r TableRow) conflict(w *i18n.Words) string {
	return w.T("table.conflict", strconv.FormatInt(r.Edited, 10), strconv.FormatInt(r.Now, 10))
}

// stays says that a cell is left as it is, and what the file says instead.
func (c TableCell) stays(w *i18n.Words) string {
	const shown = 200
	said := []rune(c.New)
	switch {
	case len(said) == 0:
		return w.T("table.stays_empty")
	case len(said) > shown:
		return w.T("table.stays", string(said[:shown])+"…")
	}
	return w.T("table.stays", c.New)
}
