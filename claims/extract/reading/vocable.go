package reading

import (
	"slices"
	"strings"

	"cotejo/claims/extract/lang"
)

// vocable is what the tables know of a form. A word of the article is looked up
// once; every question after that searches lists that hold a few items, most of them none.
type vocable struct {
	classes []string // of word-classes.tsv
	grades  []Grade  // with which it reports
	noun    Noun
	source  bool // it is a noun that can be a source
	tables  []opened
	topics  []topic
}

// opened are the phrases of a table that begin with the word, longest first.
type opened struct {
	table   string
	phrases []phrase
}

type phrase struct {
	words []string
	class string
}

// strange is a word that no table holds.
var strange = &vocable{}

// vocable looks a folded form up.
func (l *Lexicon) vocable(form string) *vocable {
	if v, ok := l.forms[form]; ok {
		return v
	}
	return strange
}

// of is vocable for a form that a table adds to.
func (l *Lexicon) of(form string) *vocable {
	if l.forms[form] == nil {
		l.forms[form] = &vocable{}
	}
	return l.forms[form]
}

func (v *vocable) addClass(class string) {
	if !v.is(class) {
		v.classes = append(v.classes, class)
	}
}

func (v *vocable) addGrade(g Grade) {
	if !slices.Contains(v.grades, g) {
		v.grades = append(v.grades, g)
	}
}

func (l *Lexicon) addPhrases(table string, rows []lang.Row) {
	for _, r := range rows {
		words := strings.Fields(fold(r.Cell(0)))
		if len(words) == 0 {
			continue
		}
		v := l.of(words[0])
		at := slices.IndexFunc(v.tables, func(o opened) bool { return o.table == table })
		if at < 0 {
			at = len(v.tables)
			v.tables = append(v.tables, opened{table: table})
		}
		list := append(v.tables[at].phrases, phrase{words: words, class: r.Cell(1)})
		for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		v.tables[at].phrases = list
	}
}

func (v *vocable) is(class string) bool {
	for _, c := range v.classes {
		if c == class {
			return true
		}
	}
	return false
}

func (v *vocable) phrasesOf(table string) []phrase {
	for i := range v.tables {
		if v.tables[i].table == table {
			return v.tables[i].phrases
		}
	}
	return nil
}

// reports reports whether the word reports with one of the grades.
func (v *vocable) reports(grades []Grade) bool {
	for _, have := range v.grades {
		if slices.Contains(grades, have) {
			return true
		}
	}
	return false
}

// speech reports whether it is a form of a verb that reports, denies or asks.
func (v *vocable) speech() bool {
	return len(v.grades) > 1 || len(v.grades) == 1 && v.grades[0] != Quotes
}
