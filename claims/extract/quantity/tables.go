package quantity

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/segment"
)

// tables are a language's words for amounts in the form in which they are asked.
type tables struct {
	words          map[string]*word
	signs          map[string]unit // as they are written: km/h, US$
	perPhrases     []phrase        // "por cada"
	timesUnit      string          // what "twice" counts
	ageUnit        string          // what an age counts
	multiplier     string          // the ending of "tenfold"
	superlative    string          // the ending of "largest"
	plurals        []string        // endings of plurals
	singulars      []string        // endings that only look like plurals
	verbs          []string        // endings of verbs that may open a sentence before a number
	numbers        *segment.NumberWords
	adjectivesLast bool // a noun comes before what qualifies it
	neutral        bool // the tables that serve every language, without words
}

// word is what the tables know of a folded word.
type word struct {
	classes    class
	unit       unit // of the word itself
	counted    unit // a measure or duration, in the plural too
	collective collective
	units      []unitPhrase // longer ones that begin with it
	hedges     []hedge      // phrases before an amount that end with it, longest first
	after      []hedge      // phrases after one that begin with it, longest first
	shares     []phrase     // what stands between the two numbers of a share
}

type phrase []string

type hedge struct {
	words        phrase
	effect, side string
}

// unit is a measure, currency or sign. Of a subunit, parts make one of the unit
// before it; a sign for money stands for so many (MUSD).
type unit struct {
	kind, name string
	parts      float64
}

type unitPhrase struct {
	words phrase
	unit  unit
}

type collective struct {
	value float64
	kind  string
}

// nothing is a word that no table holds, number one that may begin an amount by its form.
var (
	nothing = &word{}
	number  = &word{classes: asOpens | asNumber}
)

var cache sync.Map // language code → *tables

func tablesFor(code string) *tables {
	if t, ok := cache.Load(code); ok {
		return t.(*tables)
	}
	pack, ok := lang.For(code)
	if !ok {
		pack = lang.Neutral()
		if t, ok := cache.Load(pack.Code); ok {
			return t.(*tables)
		}
	}
	t, _ := cache.LoadOrStore(pack.Code, readTables(pack))
	return t.(*tables)
}

func readTables(pack *lang.Pack) *tables {
	t := &tables{words: map[string]*word{}, signs: map[string]unit{}, numbers: segment.NumberWordsFor(pack.Code), neutral: pack == lang.Neutral()}
	t.readAmountWords(pack)
	t.readHedges(pack)
	t.readUnits(pack)
	t.readCollectives(pack)
	t.readLabels(pack)
	for _, row := range pack.Rows("numerals") {
		if word := row.Cell(0); t.numbers.Counts(word) {
			t.of(word).classes |= asOpens | asNumber
		}
	}
	for _, row := range pack.Rows("grammar") {
		if row.Cell(0) == "adjectives" {
			t.adjectivesLast = row.Cell(1) == "after"
		}
	}
	for _, table := range []string{"unit_stops", "sentence_starters"} {
		for _, row := range pack.Rows(table) {
			for _, w := range strings.Fields(row.Cell(0)) {
				t.of(w).classes |= asStop
			}
		}
	}
	for w, known := range t.words {
		if plain := lang.WithoutAccents(w); t.words[plain] == nil {
			t.words[plain] = known
		}
	}
	return t
}

func (t *tables) of(w string) *word {
	if t.words[w] == nil {
		t.words[w] = &word{}
	}
	return t.words[w]
}

func (t *tables) readAmountWords(pack *lang.Pack) {
	for _, row := range pack.Rows("amount_words") {
		words, kind := row.Cell(0), row.Cell(1)
		switch kind {
		case "share":
			p := phrase(strings.Fields(words))
			t.of(p[0]).shares = append(t.of(p[0]).shares, p)
		case "plural-ending":
			t.plurals = append(t.plurals, words)
		case "singular-ending":
			t.singulars = append(t.singulars, words)
		case "verb-ending":
			t.verbs = append(t.verbs, words)
		case "superlative-ending":
			t.superlative = words
		case "multiple-ending":
			t.multiplier = words
		case "times-unit":
			t.timesUnit = words
		case "age-unit":
			t.ageUnit = words
		default:
			c, known := classes[kind]
			if !known {
				panic("amount_words of " + pack.Code + ": no class " + kind) // the table is embedded: a builder's mistake
			}
			if c&opening != 0 {
				c |= asOpens
			}
			t.of(words).classes |= c
		}
	}
}

func (t *tables) readHedges(pack *lang.Pack) {
	for _, row := range pack.Rows("hedges") {
		t.addHedge(row.Cell(0), row.Cell(1), row.Cell(2))
		if plain := lang.WithoutAccents(row.Cell(0)); plain != row.Cell(0) {
			t.addHedge(plain, row.Cell(1), row.Cell(2))
		}
	}
	longest := func(a, b hedge) int { return len(b.words) - len(a.words) }
	for _, w := range t.words {
		slices.SortStableFunc(w.hedges, longest)
		slices.SortStableFunc(w.after, longest)
	}
}

func (t *tables) addHedge(words, effect, side string) {
	h := hedge{strings.Fields(words), effect, side}
	if side == "after" {
		first := t.of(h.words[0])
		first.after = append(first.after, h)
		return
	}
	last := t.of(h.words[len(h.words)-1])
	last.hedges = append(last.hedges, h)
}

func (t *tables) readUnits(pack *lang.Pack) {
	for _, row := range pack.Rows("units") {
		words, u := row.Cell(0), unit{kind: row.Cell(1), name: row.Cell(2)}
		u.parts, _ = strconv.ParseFloat(row.Cell(3), 64)
		t.signs[words] = u
		if p := strings.Fields(words); len(p) > 1 {
			t.of(p[0]).units = append(t.of(p[0]).units, unitPhrase{p, u})
			continue
		}
		if u.kind == "money" {
			t.of(strings.ToLower(words)).classes |= asOpens | asMoney
		}
		if strings.ToLower(words) != words {
			continue
		}
		t.of(words).unit = u
		if u.kind == "measure" || u.kind == "duration" || u.kind == "numbered" {
			t.of(words).counted = u
			for _, ending := range t.plurals {
				t.of(words + ending).counted = u
			}
		}
		if u.kind == "duration" || u.kind == "measure" { // "hasta la semana 14", "hora y media"
			t.of(words).classes |= asOpens
		}
	}
}

func (t *tables) readCollectives(pack *lang.Pack) {
	for _, row := range pack.Rows("collectives") {
		value, err := strconv.ParseFloat(row.Cell(1), 64)
		if err != nil {
			panic("collectives of " + pack.Code + ": " + err.Error()) // the table is embedded: a builder's mistake
		}
		c := collective{value, row.Cell(2)}
		names := []string{row.Cell(0)}
		if c.kind == "group" {
			for _, ending := range t.plurals {
				names = append(names, row.Cell(0)+ending)
			}
		}
		for _, name := range names {
			if w := t.of(name); w.collective.kind == "" || name == row.Cell(0) {
				w.collective, w.classes = c, w.classes|asOpens
			}
		}
	}
}

// readLabels reads the words that make a number a name, in the plural and as
// abbreviations too: "artículos 14", "art. 14".
func (t *tables) readLabels(pack *lang.Pack) {
	for _, row := range pack.Rows("labels") {
		words, kind := row.Cell(0), row.Cell(1)
		switch {
		case kind == "before":
			for _, ending := range append([]string{"", "."}, t.plurals...) {
				t.of(words + ending).classes |= asLabelBefore
			}
		case kind == "after":
			t.of(words).classes |= asLabelAfter
		case kind == "term":
			t.of(words).classes |= asTerm
		case strings.Contains(words, " "):
			t.perPhrases = append(t.perPhrases, strings.Fields(words))
		default:
			t.of(words).classes |= asPer
		}
	}
}

// isCode reports whether a word is three letters with digits against them, as
// a currency's code is written before its figure.
func isCode(text string) bool {
	return len(text) > 3 && text[2] > '9' && text[3] >= '0' && text[3] <= '9'
}

// lookUp gives what is known of a token.
func (t *tables) lookUp(token *segment.Token) *word {
	if token.Kind == segment.Number {
		return number
	}
	if w := t.words[token.Fold]; w != nil {
		return w
	}
	if token.Kind == segment.Punct || token.Text[0] >= utf8.RuneSelf && token.Kind == segment.Word {
		return nothing
	}
	hyphen := strings.IndexByte(token.Text, '-') > 0
	digit := token.Text[0] >= '0' && token.Text[0] <= '9'
	if digit || hyphen || isCode(token.Text) && t.signs[token.Text[:3]].kind == "money" || token.Kind == segment.Symbol || t.multiplier != "" && strings.HasSuffix(token.Fold, t.multiplier) {
		return number
	}
	return nothing
}
