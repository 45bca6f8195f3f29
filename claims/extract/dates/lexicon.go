package dates

import (
	"strings"
	"sync"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/segment"
)

// entry is one phrase of a language's calendar table.
type entry struct {
	words    []string
	category category
	value    string
	plural   bool
	bare     bool // typed without its accents
}

// vocable is what the calendar knows of a word.
type vocable struct {
	entries    []entry  // the phrases that begin with it
	categories category // of those phrases
	parts      []entry  // among them those longer than a word that name a part of the day
}

// lexicon holds every word that can stand in a calendar expression.
type lexicon map[string]*vocable

// grammar is what the order and spelling of a language decide.
type grammar struct {
	headFirst        bool // adjectives follow their noun: "el mes pasado"
	capitals         bool // days and months have a capital
	monthFirst       bool // 10/28/2025, October 28
	weekdaysByWeek   bool // "next Friday" is of the next calendar week, not the nearest to come
	keepsPreposition bool // "en septiembre" is one expression, "in September" only its name
}

// calendar is a language's tables in the form in which they are asked.
type calendar struct {
	words       lexicon
	grammar     grammar
	tenses      *tenseMarks
	numberWords *segment.NumberWords
}

var calendars sync.Map // language code → *calendar

func calendarFor(code string) *calendar {
	if c, ok := calendars.Load(code); ok {
		return c.(*calendar)
	}
	pack, ok := lang.For(code)
	if !ok {
		return nil
	}
	c := &calendar{words: lexicon{}, tenses: readTenses(pack), numberWords: segment.NumberWordsFor(code)}
	for _, row := range pack.Rows("calendar") {
		kind, known := categories[row.Cell(1)]
		if !known {
			panic("calendar of " + code + ": no category " + row.Cell(1)) // the table is embedded: a builder's mistake
		}
		c.words.add(entry{strings.Fields(row.Cell(0)), kind, row.Cell(2), row.Cell(3) == "plural", false})
	}
	for _, row := range pack.Rows("numerals") {
		c.words.of(row.Cell(0)).categories |= catNumber
	}
	for _, row := range pack.Rows("grammar") {
		c.grammar.set(row.Cell(0), row.Cell(1))
	}
	stored, _ := calendars.LoadOrStore(code, c)
	return stored.(*calendar)
}

// add registers a phrase, and the same as typed without accents.
func (l lexicon) add(e entry) {
	l.phrase(e)
	words := strings.Join(e.words, " ")
	if plain := lang.WithoutAccents(words); plain != words {
		e.words, e.bare = strings.Fields(plain), true
		l.phrase(e)
	}
}

func (l lexicon) phrase(e entry) {
	for _, word := range e.words[1:] {
		l.of(word)
	}
	v := l.of(e.words[0])
	v.entries = append(v.entries, e)
	v.categories |= e.category
	if len(e.words) > 1 && (e.category == catPart || e.category == catNever) {
		v.parts = append(v.parts, e)
	}
}

func (l lexicon) of(word string) *vocable {
	if l[word] == nil {
		l[word] = &vocable{}
	}
	return l[word]
}

func (g *grammar) set(key, value string) {
	switch key {
	case "adjectives":
		g.headFirst = value == "after"
	case "calendar-names":
		g.capitals = value == "capital"
	case "dates":
		g.monthFirst = value == "month-first"
	case "weekdays":
		g.weekdaysByWeek = value == "by-week"
	case "prepositions":
		g.keepsPreposition = value == "inside"
	}
}
