package desk

import (
	"slices"
	"strconv"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ImportPage takes in a list or a table: first what would become of each row, then the
// doing, then what became of them.
type ImportPage struct {
	views.Frame
	Form     ImportForm
	Problems views.Problems
	MaxMB    int
	MaxRows  int
	Changes  [2]int        // of an edited table: most MB, most claims
	Report   *ImportReport // nil before there is one
	Job      string        // that did it, "" for a plan
}

// ImportForm is what was handed in.
type ImportForm struct {
	Kind      string
	Name      string // of the file
	Text      string
	Duplicate bool // take in what is there already
}

// ImportReport tells of each row.
type ImportReport struct {
	Rows   []ImportRow
	Counts []ImportCount // of fates that occur, in their order
	Unread []string      // columns
	Ready  int           // rows that a run would take
}

// ImportRow is one row with what became of it.
type ImportRow struct {
	Line           int
	What, Fate     string
	Problem        *claims.JobProblem
	Article, Claim string
	Fetches        bool
}

// ImportCount is how many rows met a fate.
type ImportCount struct {
	Fate string
	N    int
}

// Has reports whether rows met a fate.
func (r ImportReport) Has(fate string) bool {
	return slices.ContainsFunc(r.Counts, func(c ImportCount) bool { return c.Fate == fate })
}

func (r ImportRow) path() string {
	switch {
	case r.Claim != "":
		return "/claims/" + r.Claim
	case r.Article != "":
		return "/articles/" + r.Article
	}
	return ""
}

// see words the way to what came of a row.
func (r ImportRow) see(w *i18n.Words) string {
	if r.Claim != "" {
		return w.T("import.see_claim")
	}
	return w.T("job.see_article")
}

func importTone(fate string) string {
	switch fate {
	case "taken", "ready":
		return "good"
	case "refused", "failed":
		return "bad"
	}
	return "plain"
}

func importKinds(w *i18n.Words) []views.Option {
	return []views.Option{{Value: "addresses", Label: w.T("import_kind.addresses")}, {Value: "claims", Label: w.T("import_kind.claims")}, {Value: "changes", Label: w.T("import_kind.changes")}}
}

func rowID(line int) string { return "r-" + strconv.Itoa(line) }
