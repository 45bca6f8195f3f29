package segment

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"cotejo/claims/extract/lang"
)

// NumberKind says what a word does inside a number.
type NumberKind uint8

// The kinds of number word; the tables name them in lower case.
const (
	NumberUnit NumberKind = iota + 1
	NumberTen
	NumberHundred
	NumberTimes
	NumberScale
	NumberOrdinal
	NumberPart
	NumberAbout
	numberAnd
	numberLink
	numberDecimal
	numberSuffix
	numberMarkedSuffix
	numberOrdinalSuffix
	numberPartEnding
	numberPlural
)

var numberKinds = map[string]NumberKind{
	"unit": NumberUnit, "ten": NumberTen, "hundred": NumberHundred, "times": NumberTimes, "scale": NumberScale,
	"ordinal": NumberOrdinal, "part": NumberPart, "about": NumberAbout, "and": numberAnd, "link": numberLink,
	"decimal": numberDecimal, "suffix": numberSuffix, "marked-suffix": numberMarkedSuffix, "ordinal-suffix": numberOrdinalSuffix,
	"part-ending": numberPartEnding, "plural-ending": numberPlural,
}

// NumberWord is what a word means inside a number.
type NumberWord struct {
	Value  float64
	Kind   NumberKind
	Plural bool // of a part: "thirds"
	Ranks  bool // of a part: its singular is an ordinal, "fifths"
}

// NumberWords holds a language's readings of a word by kind: "third" ranks and divides.
type NumberWords struct {
	readings map[string][]NumberWord
	decimal  string // the decimal mark, "" where it is not known
	endings  []string
	plurals  []string
	tensTied bool     // tens and units of a number are joined by a word: "treinta y cinco"
	links    []string // what stands between the numbers inside one word
	longest  int      // bytes of the longest word that may stand inside another
}

var numberTables sync.Map // language code → *NumberWords

// NumberWordsFor gives the number words of a language; of one without a pack those that serve all.
func NumberWordsFor(code string) *NumberWords {
	if w, ok := numberTables.Load(code); ok {
		return w.(*NumberWords)
	}
	pack, ok := lang.For(code)
	if !ok {
		pack = lang.Neutral()
		if w, ok := numberTables.Load(pack.Code); ok {
			return w.(*NumberWords)
		}
	}
	w, _ := numberTables.LoadOrStore(pack.Code, readNumberWords(pack))
	return w.(*NumberWords)
}

func readNumberWords(pack *lang.Pack) *NumberWords {
	w := &NumberWords{readings: map[string][]NumberWord{}}
	for _, row := range pack.Rows("numerals") {
		word, kind := row.Cell(0), numberKinds[row.Cell(2)]
		value, err := strconv.ParseFloat(row.Cell(1), 64)
		if err != nil || kind == 0 {
			panic("numerals of " + pack.Code + ": " + word) // the table is embedded: a builder's mistake
		}
		switch kind {
		case numberPlural:
			w.plurals = append(w.plurals, word)
		case numberPartEnding:
			w.endings = append(w.endings, word, lang.WithoutAccents(word))
		case numberLink:
			w.links = append(w.links, word)
		case numberDecimal:
			w.decimal = word
		case numberAnd:
			w.tensTied = w.tensTied || value == 10
			w.readings[word] = append(w.readings[word], NumberWord{Value: value, Kind: kind})
		default:
			w.readings[word] = append(w.readings[word], NumberWord{Value: value, Kind: kind})
			if kind <= NumberPart {
				w.longest = max(w.longest, len(word))
			}
		}
	}
	w.addPlurals()
	for word, readings := range w.readings {
		if plain := lang.WithoutAccents(word); w.readings[plain] == nil {
			w.readings[plain] = readings
		}
	}
	return w
}

// addPlurals adds the parts that are plurals of ordinals, "fifths", and marks those that the table has.
func (w *NumberWords) addPlurals() {
	for word, readings := range w.readings {
		for _, ending := range w.plurals {
			_, known := w.as(word+ending, NumberPart)
			if ordinal, ok := w.as(word, NumberOrdinal); ok && !known {
				part := NumberWord{Value: ordinal.Value, Kind: NumberPart, Plural: true, Ranks: true}
				w.readings[word+ending] = append(w.readings[word+ending], part)
			}
			for i := range readings {
				readings[i].Plural = readings[i].Plural || readings[i].Kind == NumberPart && strings.HasSuffix(word, ending)
			}
		}
	}
}

// As gives the reading of a lower-case word as a number word of one kind.
func (w *NumberWords) As(word string, kind NumberKind) (NumberWord, bool) { return w.as(word, kind) }

// Counts reports whether a number may begin with a lower-case word.
func (w *NumberWords) Counts(word string) bool {
	for _, reading := range w.readings[word] {
		if reading.Kind <= NumberAbout && reading.Kind != NumberPart {
			return true
		}
	}
	return false
}

// MayDivide reports whether a lower-case word can stand among those of a fraction.
func (w *NumberWords) MayDivide(word string) bool {
	return w.readings[word] != nil || strings.IndexByte(word, '-') > 0 || slices.ContainsFunc(w.endings, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

func (w *NumberWords) as(word string, kind NumberKind) (NumberWord, bool) {
	return readingAs(w.readings[word], kind)
}

func readingAs(readings []NumberWord, kind NumberKind) (NumberWord, bool) {
	for _, reading := range readings {
		if reading.Kind == kind {
			return reading, true
		}
	}
	return NumberWord{}, false
}

// readingsOf gives the readings of a word, one that is several in one too: "doscientosavos".
func (w *NumberWords) readingsOf(word string) []NumberWord {
	if known := w.readings[word]; known != nil {
		return known
	}
	for _, ending := range w.endings {
		if !strings.HasSuffix(word, ending) || len(word) > maxCompound {
			continue
		}
		if value, ok := w.compound(word, ending); ok {
			return []NumberWord{{Value: value, Kind: NumberPart, Plural: w.isPlural(ending)}}
		}
	}
	return nil
}

func (w *NumberWords) isPlural(ending string) bool {
	return slices.ContainsFunc(w.plurals, func(plural string) bool { return strings.HasSuffix(ending, plural) })
}

// maxCompound is how many bytes a number in one word may have.
const maxCompound = 48

// compound reads a part that is several number words in one, with an ending
// ("treintaicincoavos") or a part at its end ("dosmilésimos").
func (w *NumberWords) compound(word, ending string) (float64, bool) {
	var s sum
	stem := strings.TrimSuffix(word, ending)
	if s.addCompound(w, stem, &budget{left: maxCompound}) {
		return s.value(), true
	}
	for cut := len(stem); cut > 0; cut-- {
		part, ok := w.as(word[cut:], NumberPart)
		if !ok {
			continue
		}
		if s = (sum{}); s.addCompound(w, word[:cut], &budget{left: maxCompound}) {
			return s.value() * part.Value, true
		}
	}
	return 0, false
}

// budget bounds how many ways of cutting a word are tried.
type budget struct{ left int }

// addCompound adds the number words that a word is made of, the longest first.
func (s *sum) addCompound(w *NumberWords, word string, tries *budget) bool {
	if word == "" {
		return s.any
	}
	for _, link := range w.links {
		if rest, ok := strings.CutPrefix(word, link); ok && s.room == 10 && s.addCompound(w, rest, tries) {
			return true
		}
	}
	for end := min(len(word), w.longest); end > 1; end-- {
		for _, reading := range w.readings[word[:end]] {
			after := *s
			if tries.left--; tries.left < 0 {
				return false
			}
			if after.take(reading) && after.addCompound(w, word[end:], tries) {
				*s = after
				return true
			}
		}
	}
	return false
}
