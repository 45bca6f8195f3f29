package desk

import (
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// BulkPage says what an act would do to each of the chosen claims, or, Done,
// what it did.
type BulkPage struct {
	views.Frame
	Form     BulkForm
	Problems views.Problems
	People   map[string]claims.Person
	Looked   bool // Rows tell what will happen; else the form is to be filled first
	Done     bool
	Undo     string // id of the event of the whole
	Rows     []BulkRow
}

// BulkForm is a bulk act as typed. Chosen holds "ID.VERSION" of each claim.
type BulkForm struct {
	Act, Reason, Note, Of, Assignee, Tag, Priority string
	Chosen                                         []string
	Back                                           string // the list that it came from
}

// BulkRow is one of the chosen claims.
type BulkRow struct {
	ID            string
	Before, After claims.Claim
	Changed       bool
	Refused       string // in the reader's words
}

// Words are all that the person typed, so that what is done is what was shown.
func (f BulkForm) Words() string {
	return strings.Join([]string{f.Act, f.Reason, f.Note, f.Of, f.Assignee, f.Tag, f.Priority}, "\x1f")
}

// Asks reports whether the act needs to be told more before it can be shown.
func (f BulkForm) Asks() bool {
	switch f.Act {
	case "dismiss", "return", "tag", "untag", "assign", "priority":
		return true
	}
	return false
}

func (p BulkPage) changed() []BulkRow {
	return p.rows(func(r BulkRow) bool { return r.Changed })
}

func (p BulkPage) same() []BulkRow {
	return p.rows(func(r BulkRow) bool { return !r.Changed && r.Refused == "" })
}

func (p BulkPage) refused() []BulkRow {
	return p.rows(func(r BulkRow) bool { return r.Refused != "" })
}

func (p BulkPage) rows(which func(BulkRow) bool) []BulkRow {
	var out []BulkRow
	for _, r := range p.Rows {
		if which(r) {
			out = append(out, r)
		}
	}
	return out
}

func (p BulkPage) heading() string {
	return p.Words.T("bulk.heading", p.Words.T("bulk.act."+p.Form.Act), p.Words.N("bulk.claims", len(p.Form.Chosen)))
}

// changesOf words what an act changed on a claim beside its state.
func (p BulkPage) changesOf(r BulkRow) []ChangeRow {
	var out []ChangeRow
	add := func(key, before, after string) {
		if before != after {
			out = append(out, ChangeRow{Name: p.Words.T(key), Before: before, After: after})
		}
	}
	who := func(id string) string {
		if id == "" {
			return p.Words.T("claim.nobody")
		}
		return called(p.People, id, p.Words)
	}
	add("value.assignee", who(r.Before.Assignee), who(r.After.Assignee))
	priority := func(n int) string { return p.Words.T("priority." + strconv.Itoa(n)) }
	add("value.priority", priority(r.Before.Priority), priority(r.After.Priority))
	add("value.tags", strings.Join(r.Before.Tags, ", "), strings.Join(r.After.Tags, ", "))
	return out
}

func bulkOptions(w *i18n.Words, acts []string) []views.Option {
	out := []views.Option{{Value: "", Label: w.T("bulk.choose")}}
	for _, act := range acts {
		out = append(out, views.Option{Value: act, Label: w.T("bulk.act." + act)})
	}
	return out
}
