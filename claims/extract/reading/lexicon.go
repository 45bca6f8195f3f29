package reading

import (
	"strings"
	"sync"

	"cotejo/claims"
	"cotejo/claims/extract/lang"
)

// Grade says what a reporting verb does with what it reports.
type Grade string

// The grades of speech-verbs.tsv.
const (
	Says    Grade = "says"
	Alleges Grade = "claims"
	Thinks  Grade = "thinks"
	Shows   Grade = "shows"
	Denies  Grade = "denies"
	Doubts  Grade = "doubts"
	Asks    Grade = "asks"
	// Quotes carries a quotation but reports nothing without one: "continuó", "he began".
	Quotes Grade = "quotes"
)

// Class says what a connective does to the clause that it opens.
type Class string

// The classes of connectives.tsv.
const (
	And      Class = "and"
	But      Class = "but"
	Contrast Class = "contrast"
	// ContrastNP contrasts where a noun follows as its subject ("while Chrome is
	// gaining"), and is a matter of time elsewhere.
	ContrastNP Class = "contrast-np"
	Result     Class = "result"
	// ResultApart is of result where it is set off, a relative elsewhere: "con lo que".
	ResultApart Class = "result-apart"
	Sub         Class = "sub"
	Comp        Class = "comp"
	Rel         Class = "rel"
)

// Noun is what the tables know of a noun that can be a source.
type Noun struct {
	Kind  claims.SourceKind
	Basis claims.Basis
}

// Country is a state of countries.tsv; Demonym is set where an adjective or the
// name of the people led to it.
type Country struct {
	Code, Name string
	Demonym    bool
}

// Lexicon is the word lists of one language, ready for look-up by folded form.
type Lexicon struct {
	Code      string
	verbs     map[string]map[Grade]bool
	nouns     map[string]Noun
	countries map[string]Country
	words     map[string]map[string]bool
	values    map[string]string
	phrases   map[string]phrases
	topics    map[string][]topic
}

// phrases holds word sequences by their first word, longest first.
type phrases map[string][]phrase

type phrase struct {
	words []string
	class string
}

var (
	lexMu    sync.Mutex
	lexicons = map[string]*Lexicon{}
)

// LexiconFor gives the word lists of a language; false where it has no pack.
func LexiconFor(code string) (*Lexicon, bool) {
	pack, ok := lang.For(code)
	if !ok {
		return nil, false
	}
	lexMu.Lock()
	defer lexMu.Unlock()
	if l, ok := lexicons[code]; ok {
		return l, true
	}
	l := build(pack)
	lexicons[code] = l
	return l, true
}

func build(pack *lang.Pack) *Lexicon {
	l := &Lexicon{
		Code: pack.Code, verbs: map[string]map[Grade]bool{}, nouns: map[string]Noun{},
		countries: map[string]Country{}, words: map[string]map[string]bool{},
		values: map[string]string{}, phrases: map[string]phrases{},
	}
	for _, r := range pack.Rows("speech-verbs") {
		for _, form := range strings.Fields(r.Cell(2)) {
			if l.verbs[form] == nil {
				l.verbs[form] = map[Grade]bool{}
			}
			for _, g := range strings.Split(r.Cell(1), ",") {
				l.verbs[form][Grade(g)] = true
			}
		}
	}
	for _, r := range pack.Rows("source-nouns") {
		for _, form := range strings.Fields(r.Cell(0)) {
			l.nouns[form] = Noun{Kind: claims.SourceKind(r.Cell(1)), Basis: claims.Basis(r.Cell(2))}
		}
	}
	for _, r := range pack.Rows("word-classes") {
		set := map[string]bool{}
		for _, w := range strings.Fields(r.Cell(1)) {
			set[strings.ToLower(w)] = true
		}
		l.words[r.Cell(0)] = set
	}
	for _, r := range pack.Rows("date-words") {
		l.values[r.Cell(0)] = r.Cell(1)
	}
	l.topics = indexTopics(pack.Rows("topics"))
	l.addCountries(pack)
	for _, table := range []string{"connectives", "cues", "outlets", "soft-cues", "discourse", "light-speech"} {
		l.phrases[table] = index(pack.Rows(table))
	}
	return l
}

func (l *Lexicon) addCountries(pack *lang.Pack) {
	for _, r := range pack.Rows("countries") {
		c := Country{Code: r.Cell(0), Name: r.Cell(1)}
		for _, name := range append([]string{c.Name}, cells(r.Cell(2))...) {
			l.countries[fold(name)] = c
		}
		c.Demonym = true
		for _, name := range cells(r.Cell(3)) {
			if _, taken := l.countries[fold(name)]; !taken {
				l.countries[fold(name)] = c
			}
		}
	}
}

func cells(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func index(rows []lang.Row) phrases {
	out := phrases{}
	for _, r := range rows {
		words := strings.Fields(fold(r.Cell(0)))
		if len(words) == 0 {
			continue
		}
		list := append(out[words[0]], phrase{words: words, class: r.Cell(1)})
		for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		out[words[0]] = list
	}
	return out
}

func fold(s string) string { return strings.ToLower(s) }

// Verb reports whether the folded form reports with one of the grades.
func (l *Lexicon) Verb(form string, grades ...Grade) bool {
	have := l.verbs[form]
	for _, g := range grades {
		if have[g] {
			return true
		}
	}
	return false
}

// speech reports whether the folded form is one of a verb that reports, denies or asks.
func (l *Lexicon) speech(form string) bool {
	have := l.verbs[form]
	return len(have) > 1 || len(have) == 1 && !have[Quotes]
}

// Noun looks up a noun that can be a source.
func (l *Lexicon) Noun(form string) (Noun, bool) {
	n, ok := l.nouns[form]
	return n, ok
}

// Country looks up the name of a state, another name of it, or its people.
func (l *Lexicon) Country(name string) (Country, bool) {
	c, ok := l.countries[fold(name)]
	return c, ok
}

// Is reports whether the folded form belongs to a class of word-classes.tsv.
func (l *Lexicon) Is(form, class string) bool { return l.words[class][form] }

// Label gives the wording of a key of date-words.tsv, such as a month's name.
func (l *Lexicon) Label(key string) string { return l.values[key] }
