package segment

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/lang"
)

// What may follow the point of an abbreviation; without a class it goes on as an acronym does.
const (
	abbreviatesTitle  = "title"  // a name follows: the point never ends a sentence
	abbreviatesNumber = "number" // an abbreviation only before a figure: "art. 14"
	abbreviatesFinal  = "final"  // ends a sentence where a capital follows: "etc."
)

// rules are a language's tables in the form in which segmentation asks them.
type rules struct {
	abbreviations map[string]string // form with its point → class
	starters      map[string]bool   // closed-class words that open sentences, lower case
	lineOpeners   [256][]opener     // by the first byte of a line
	works         map[string]bool   // nouns behind which the title of a work stands, lower case
	nameWords     map[string]bool   // words that can be part of a name, lower case
	inside        map[string]bool   // words that begin no sentence without a mark before them, lower case
	credits       map[string]bool   // agencies and other words of a picture's credit, lower case
	dateWords     map[string]bool
}

// opener gives a role to a short line that begins with certain words; where open is set,
// only to one without a full stop.
type opener struct {
	words string
	role  Role
	open  bool
}

var cache sync.Map // language code → *rules

func rulesFor(code string) *rules {
	if r, ok := cache.Load(code); ok {
		return r.(*rules)
	}
	pack, ok := lang.For(code)
	if !ok {
		return noRules
	}
	r, _ := cache.LoadOrStore(code, read(pack))
	return r.(*rules)
}

var noRules = &rules{}

func read(pack *lang.Pack) *rules {
	r := &rules{abbreviations: map[string]string{}, starters: map[string]bool{}, dateWords: map[string]bool{}, credits: map[string]bool{}, works: map[string]bool{}, nameWords: map[string]bool{}, inside: map[string]bool{}}
	for _, row := range pack.Rows("abbreviations") {
		r.abbreviations[row.Cell(0)] = row.Cell(1)
	}
	for _, row := range pack.Rows("sentence_starters") {
		for _, w := range strings.Fields(row.Cell(0)) {
			r.starters[w] = true
		}
	}
	for _, row := range pack.Rows("line_openers") {
		r.addOpener(opener{row.Cell(0), Role(row.Cell(1)), row.Cell(2) == "open"})
	}
	r.readWorkNouns(pack)
	for _, row := range pack.Rows("photo_credits") {
		for _, w := range strings.Fields(row.Cell(0)) {
			r.credits[w] = true
		}
	}
	for _, row := range pack.Rows("dateline_words") {
		for _, w := range strings.Fields(row.Cell(0)) {
			r.dateWords[w] = true
		}
	}
	return r
}

// addOpener files an opener under the bytes that its first letter begins with, in capitals and small.
func (r *rules) addOpener(o opener) {
	letter, _ := utf8.DecodeRuneInString(o.words)
	for c := letter; ; {
		first := string(c)[0]
		if list := r.lineOpeners[first]; len(list) == 0 || list[len(list)-1] != o {
			r.lineOpeners[first] = append(list, o)
		}
		if c = unicode.SimpleFold(c); c == letter {
			return
		}
	}
}

// readWorkNouns reads where a capital inside a sentence begins none.
func (r *rules) readWorkNouns(pack *lang.Pack) {
	for _, row := range pack.Rows("work_nouns") {
		for _, w := range strings.Fields(row.Cell(0)) {
			switch row.Cell(1) {
			case "name":
				r.nameWords[w] = true
			case "never":
				r.inside[w] = true
			default:
				r.works[w] = true
			}
		}
	}
}

// abbreviation gives the class of a form such as "Sr.".
func (r *rules) abbreviation(form string) (class string, known bool) {
	class, known = r.abbreviations[form]
	return class, known
}
