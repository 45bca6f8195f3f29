package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// SourcesPage is the list of sources under the filters of its address.
type SourcesPage struct {
	views.Frame
	Filter SourceFilter
	Rows   []claims.SourceRow
	First  string
	Next   string
	MayAdd bool
}

// SourceFilter is the filter as it stands in the address.
type SourceFilter struct {
	Query, Kind string
	Protected   bool
}

// SourcePage is all that the desk knows of one source. Shown says that the reader
// may see who it is; At, that the form of protection was refused.
type SourcePage struct {
	views.Frame
	Source     claims.Source
	Shown      bool
	Record     claims.SourceRecord
	Latest     []claims.ClaimRow
	Exposed    []Exposure
	History    []EventRow
	People     map[string]claims.Person
	Scales     claims.Scales
	Undo       EventRow
	MayEdit    bool
	MayMerge   bool
	MayProtect bool
	MayName    bool     // say who may see a protected source
	Readers    []string // as the form of protection has them
	At         string
	Stale      bool // the form of protection was made from what stands no longer
	Problems   views.Problems
}

// Exposure is a place that names a protected source for all to read: version N of
// a publication, an article where N is 0, or a published check.
type Exposure struct {
	Claim   string
	Article string
	N       int
	Check   string // its slug
	Title   string
}

func (e Exposure) path() string {
	if e.Check != "" {
		return "/checks/" + e.Check
	}
	if e.N == 0 {
		return "/articles/" + e.Article + "#c-" + e.Claim
	}
	return "/c/" + e.Claim + "@" + strconv.Itoa(e.N)
}

func (e Exposure) label(w *i18n.Words) string {
	if e.Check != "" {
		return w.T("sources.named_in_check", e.Title)
	}
	if e.N == 0 {
		return w.T("sources.named_in_article", claims.ShowID(e.Claim))
	}
	return w.T("sources.named_in_publication", claims.ShowID(e.Claim), strconv.Itoa(e.N))
}

// SourceFormPage is the form of a source; ID is "" for a new one. Stands is what
// the desk has now, which a conflict shows beside what was typed.
type SourceFormPage struct {
	views.Frame
	ID       string
	Version  int64
	Guarded  bool // it is protected
	Form     SourceForm
	Stands   SourceForm
	Problems views.Problems
	Conflict bool
}

// aliasesHint says what other names are for: of a protected source, what is hidden.
func (p SourceFormPage) aliasesHint() string {
	if p.Guarded {
		return p.Words.T("source.aliases_hint") + " " + p.Words.T("source.aliases_guarded")
	}
	return p.Words.T("source.aliases_hint")
}

// SourceForm is a source as typed; lists stand one a line.
type SourceForm struct {
	Name, Kind, Aliases, Code, SameAs, Note string
	Protected                               bool
}

// SourceMergePage chooses the record that another shall become part of, and then
// shows what that would make of both.
type SourceMergePage struct {
	views.Frame
	From       claims.Source
	FromRecord claims.SourceRecord
	Into       *claims.Source // nil while it is searched for
	IntoRecord claims.SourceRecord
	Query      string
	Found      []claims.SourceRow
	Problems   views.Problems
}

// sourceName is how a page calls a source: a protected one that is not for the
// reader by the words of their language.
func sourceName(w *i18n.Words, s claims.Source, shown bool) string {
	if s.Protected && !shown {
		return w.T("source.protected")
	}
	return s.Name
}

func sourcePath(id, rest string) string { return "/sources/" + id + rest }

// tiedPath is the list of the claims that are tied to a source, under a verdict
// where one is given.
func tiedPath(id, verdict string) string {
	return claimsPath(ClaimFilter{Source: id, Verdict: verdict})
}

// sourcesPath is the address of the list of sources under a filter.
func sourcesPath(f SourceFilter) string {
	q := url.Values{}
	if f.Query != "" {
		q.Set("q", f.Query)
	}
	if f.Kind != "" {
		q.Set("kind", f.Kind)
	}
	if f.Protected {
		q.Set("protected", "1")
	}
	if len(q) == 0 {
		return "/sources"
	}
	return "/sources?" + q.Encode()
}

// anySourceKind offers every kind as a filter.
func anySourceKind(w *i18n.Words) []views.Option {
	return append([]views.Option{{Value: "", Label: w.T("sources.any_kind")}}, worded(w, "source_kind.", claims.SourceKinds...)...)
}

// recordLine is one step of a source's record.
type recordLine struct {
	Step  claims.Step
	Known bool // it is a step of the newest scale
	Code  string
	Count int
	Path  string // of the claims, "" where the list has no such filter
}

// contentTallies are the content verdicts on what a source said, in the order of
// the scale, what is not judged yet last.
func contentTallies(p SourcePage) []recordLine {
	path := func(code string) string {
		if code == "" {
			code = "none"
		}
		return tiedPath(p.Source.ID, code)
	}
	return tallies(p.Scales.Newest().Content, p.Record.Verdicts, path)
}

func attributionTallies(p SourcePage) []recordLine {
	return tallies(p.Scales.Newest().Attribution, p.Record.Attributions, func(string) string { return "" })
}

func tallies(steps []claims.Step, counts map[string]int, path func(string) string) []recordLine {
	var out []recordLine
	add := func(code string, step claims.Step, known bool) {
		if n := counts[code]; n > 0 {
			out = append(out, recordLine{Step: step, Known: known, Code: code, Count: n, Path: path(code)})
		}
	}
	known := []string{""}
	for _, s := range steps {
		add(s.Code, s, true)
		known = append(known, s.Code)
	}
	var others []string
	for code := range counts {
		if !slices.Contains(known, code) {
			others = append(others, code)
		}
	}
	slices.Sort(others)
	for _, code := range others {
		add(code, claims.Step{}, false)
	}
	add("", claims.Step{}, false)
	return out
}

func (t recordLine) label(w *i18n.Words) string {
	if t.Code == "" {
		return w.T("sources.not_judged")
	}
	return t.Code
}

// readersOffered are the people who can be named readers, by name.
func readersOffered(p SourcePage) []claims.Person {
	return slices.DeleteFunc(sortedPeople(p.People), func(one claims.Person) bool {
		return one.Disabled && !slices.Contains(p.Readers, one.ID)
	})
}

// readerNames lists who may see a protected source.
func readerNames(p SourcePage) string {
	var out []string
	for _, id := range p.Source.Readers {
		out = append(out, called(p.People, id, p.Words))
	}
	return strings.Join(out, ", ")
}

func unix(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func kindName(w *i18n.Words, kind string) string {
	if key := "source_kind." + kind; w.Has(key) {
		return w.T(key)
	}
	return kind
}

func (p SourceFormPage) action() string {
	if p.ID == "" {
		return "/sources/new"
	}
	return sourcePath(p.ID, "/edit")
}
