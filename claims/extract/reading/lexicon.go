package reading

import (
	"strings"
	"sync"
	"unicode/utf8"

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
	forms     map[string]*vocable
	countries map[string]Country
	members   map[string][]string // words of a class of word-classes.tsv
	values    map[string]string
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
		Code: pack.Code, forms: map[string]*vocable{}, countries: map[string]Country{},
		members: map[string][]string{}, values: map[string]string{},
	}
	for _, r := range pack.Rows("speech-verbs") {
		for _, form := range strings.Fields(r.Cell(2)) {
			for _, g := range strings.Split(r.Cell(1), ",") {
				l.of(form).addGrade(Grade(g))
			}
		}
	}
	for _, r := range pack.Rows("source-nouns") {
		for _, form := range strings.Fields(r.Cell(0)) {
			v := l.of(form)
			v.noun, v.source = Noun{Kind: claims.SourceKind(r.Cell(1)), Basis: claims.Basis(r.Cell(2))}, true
		}
	}
	l.addClasses(pack.Rows("word-classes"))
	for _, r := range pack.Rows("date-words") {
		l.values[r.Cell(0)] = r.Cell(1)
	}
	l.addTopics(pack.Rows("topics"))
	l.addCountries(pack)
	for _, table := range []string{"connectives", "cues", "outlets", "soft-cues", "discourse", "light-speech"} {
		l.addPhrases(table, pack.Rows(table))
	}
	return l
}

// addClasses reads word-classes.tsv; the last row of a class is the one that counts.
func (l *Lexicon) addClasses(rows []lang.Row) {
	for _, r := range rows {
		l.members[r.Cell(0)] = strings.Fields(strings.ToLower(r.Cell(1)))
	}
	for class, words := range l.members {
		for _, w := range words {
			l.of(w).addClass(class)
		}
	}
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

func fold(s string) string { return strings.ToLower(s) }

// Verb reports whether the folded form reports with one of the grades.
func (l *Lexicon) Verb(form string, grades ...Grade) bool { return l.vocable(form).reports(grades) }

// Noun looks up a noun that can be a source.
func (l *Lexicon) Noun(form string) (Noun, bool) {
	known := l.vocable(form)
	return known.noun, known.source
}

// mostCountry is how many bytes the names that are looked up have, as a rule at most.
const mostCountry = 64

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Country looks up the name of a state, another name of it, or its people.
func (l *Lexicon) Country(name string) (Country, bool) {
	if len(name) > mostCountry || !isASCII(name) {
		c, ok := l.countries[fold(name)]
		return c, ok
	}
	var folded [mostCountry]byte // no memory of its own for each phrase that is asked about
	for i := range len(name) {
		folded[i] = name[i]
		if c := name[i]; 'A' <= c && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	c, ok := l.countries[string(folded[:len(name)])]
	return c, ok
}

// Is reports whether the folded form belongs to a class of word-classes.tsv.
func (l *Lexicon) Is(form, class string) bool { return l.vocable(form).is(class) }

// Label gives the wording of a key of date-words.tsv, such as a month's name.
func (l *Lexicon) Label(key string) string { return l.values[key] }
