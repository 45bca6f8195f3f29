package suggest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
)

// gatherer holds what a model says of an article against the article's words.
type gatherer struct {
	text   string // the part that was asked about
	seen   map[string]bool
	answer Answer
}

// newGatherer is for the first read bytes of a text.
func newGatherer(text string, read int) *gatherer {
	return &gatherer{text: text[:read], seen: map[string]bool{}, answer: Answer{Unread: utf8.RuneCountInString(text[read:])}}
}

// take adds the suggestions of one answer.
func (g *gatherer) take(content string) {
	items, malformed, excess, err := decode(content)
	if err != nil {
		g.answer.Dropped.Pieces++
		return
	}
	g.answer.Dropped.Malformed += malformed
	g.answer.Dropped.Excess += excess
	for _, it := range items {
		g.add(it)
	}
}

// add keeps one suggestion, or counts why not. Words that stand in several
// places are one claim: the first place is its own.
func (g *gatherer) add(it item) {
	dropped := &g.answer.Dropped
	quote := strings.TrimSpace(it.Quote)
	if !sized(quote, minQuote, maxQuote) {
		dropped.Malformed++
		return
	}
	if g.seen[quote] {
		dropped.Repeated++
		return
	}
	places := g.places(quote)
	switch {
	case len(places) == 0:
		dropped.Invented++
		return
	case len(g.answer.Suggestions) == maxSuggestions:
		dropped.Excess++
		return
	}
	g.seen[quote] = true
	g.answer.Suggestions = append(g.answer.Suggestions, Suggestion{
		Quote: claims.Fragment{Span: places[0], Text: quote}, Elsewhere: places[1:],
		Kind: kindOf(it.Kind), Source: g.source(it.Source, places[0]),
	})
}

// source finds who says it where the article names them nearest to the quote.
func (g *gatherer) source(words string, quote claims.Span) *claims.Fragment {
	words = strings.TrimSpace(words)
	if words == "" {
		return nil
	}
	var places []claims.Span
	if sized(words, 1, maxSource) {
		places = g.places(words)
	}
	if len(places) == 0 {
		g.answer.Dropped.Sources++
		return nil
	}
	nearest := slices.MinFunc(places, func(a, b claims.Span) int { return distance(a, quote) - distance(b, quote) })
	return &claims.Fragment{Span: nearest, Text: words}
}

// distance is how many code points stand between two spans.
func distance(a, b claims.Span) int {
	return max(0, a.Start-b.End, b.Start-a.End)
}

// places finds where words stand exactly and whole, cutting no word of the
// article; at most maxPlaces.
func (g *gatherer) places(words string) []claims.Span {
	var out []claims.Span
	length := utf8.RuneCountInString(words)
	from, passed := 0, 0 // bytes and code points
	for len(out) < maxPlaces {
		i := strings.Index(g.text[from:], words)
		if i < 0 {
			break
		}
		at := from + i
		passed += utf8.RuneCountInString(g.text[from:at])
		if !cutsWord(g.text, at) && !cutsWord(g.text, at+len(words)) {
			out = append(out, claims.Span{Start: passed, End: passed + length})
		}
		from, passed = at+len(words), passed+length
	}
	return out
}

// cutsWord reports whether a border at byte i of text parts a word.
func cutsWord(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return i > 0 && i < len(text) && inWord(before) && inWord(after)
}

// unspaced are scripts that put no blanks between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

func inWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !unicode.In(r, unspaced...)
}

// sized reports whether a text is valid, has letters or digits and a length in
// code points within bounds; bytes are looked at first, so that no huge one is
// counted.
func sized(s string, least, most int) bool {
	if len(s) > most*utf8.UTFMax || !utf8.ValidString(s) {
		return false
	}
	n := utf8.RuneCountInString(s)
	return n >= least && n <= most && strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

func kindOf(s string) claims.Kind {
	if k := claims.Kind(s); slices.Contains(claims.Kinds, k) {
		return k
	}
	return claims.KindOther
}
