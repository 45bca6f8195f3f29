package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scales are the words that multiply the number before them, folded, with the
// zeros that each adds; of several in a row ("mil millones") all count.
var scales = map[string]int{
	"mil": 3, "thousand": 3, "millon": 6, "millones": 6, "million": 6, "millions": 6, "billion": 9, "billions": 9,
	"billon": 12, "billones": 12, "trillion": 12, "trillions": 12,
}

// languages are those in which what is typed into a search may be: those that
// have a stemmer, and any other, whose words are taken whole.
var languages = []string{"", "en", "es"}

// located is a word and where it stands, in bytes.
type located struct {
	word       string
	start, end int
}

func locate(s string) []located {
	var out []located
	for at := 0; at < len(s); {
		gap := strings.IndexFunc(s[at:], isWordRune)
		if gap < 0 {
			break
		}
		at += gap
		end := at + wordEnd(s[at:])
		out = append(out, located{s[at:end], at, end})
		at = end
	}
	return out
}

// scaleAfter gives the zeros that the scale words from words[i] on add, and how
// many words they are.
func scaleAfter(words []located, i int) (zeros, count int) {
	for ; i+count < len(words); count++ {
		n, ok := scales[Fold(words[i+count].word)]
		if !ok {
			break
		}
		zeros += n
	}
	return zeros, count
}

// shift moves the point of a plain number ("1.5") to the right.
func shift(form string, zeros int) string {
	whole, fraction, _ := strings.Cut(form, ".")
	if pad := zeros - len(fraction); pad > 0 {
		fraction += strings.Repeat("0", pad)
	}
	whole += fraction[:zeros]
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if rest := strings.TrimRight(fraction[zeros:], "0"); rest != "" {
		return whole + "." + rest
	}
	return whole
}

// numberTerm makes one token of a number: "1.5" would be two to some engines.
func numberTerm(form string) string { return strings.Replace(form, ".", "d", 1) }

// IndexTerms gives what a search finds a text by, each term once: those of its
// words, and of a number before words of scale ("15 mil") the whole
// ("15000"). A term is made of the letters a to z and digits.
func IndexTerms(s, lang string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(term string) {
		term = coded(term)
		if term != "" && !seen[term] {
			seen[term] = true
			out = append(out, term)
		}
	}
	words := locate(s)
	for i, w := range words {
		for _, term := range wordTerms(w.word, lang) {
			add(term)
		}
		zeros, _ := scaleAfter(words, i+1)
		if zeros == 0 {
			continue
		}
		for _, form := range NumberForms(w.word, lang) {
			add(numberTerm(shift(form, zeros)))
		}
	}
	return out
}

// coded spells a term in the letters and digits of ASCII, which every engine
// takes for one word.
func coded(term string) string {
	if plainASCII(term) {
		return term
	}
	const digits = "0123456789abcdef"
	var b strings.Builder
	b.WriteString("x")
	for i := range len(term) {
		b.WriteByte(digits[term[i]>>4])
		b.WriteByte(digits[term[i]&15])
	}
	return b.String()
}

// Query is what somebody searches for: a text matches where it holds a term of
// every group.
type Query []Group

// Group is the ways to write one word or number of a query. Prefix is "" or what
// a term may begin with, of a word that is still being typed.
type Group struct {
	Terms  []string
	Prefix string
}

const (
	maxGroups = 12
	minPrefix = 3 // letters
)

// ParseQuery reads what is typed into a search. A number is found in every
// notation; digits in groups of three are thousands.
func ParseQuery(s string) Query {
	var q Query
	words := locate(s)
	for i := 0; i < len(words) && len(q) < maxGroups; i++ {
		w := words[i]
		if utf8.RuneCountInString(w.word) > maxTerm {
			continue
		}
		if forms := askedNumber(w.word); forms != nil {
			zeros, count := scaleAfter(words, i+1)
			i += count
			var g Group
			for _, form := range forms {
				g.add(numberTerm(shift(form, zeros)))
			}
			q = append(q, g)
			continue
		}
		var g Group
		for _, lang := range languages {
			for _, term := range wordTerms(w.word, lang) {
				g.add(term)
			}
		}
		if plain := plainTerm(Fold(w.word)); i == len(words)-1 && w.end == len(s) && utf8.RuneCountInString(plain) >= minPrefix {
			g.Prefix = coded(plain)
		}
		if len(g.Terms) > 0 {
			q = append(q, g)
		}
	}
	return q
}

func (g *Group) add(term string) {
	if term = coded(term); term != "" && !slices.Contains(g.Terms, term) {
		g.Terms = append(g.Terms, term)
	}
}

// askedNumber reads a number as somebody types it into a search, in any
// language's notation; nil for what is no number.
func askedNumber(word string) []string {
	groups := strings.FieldsFunc(word, isGrouping)
	thousands := len(groups) > 1 && groups[0] != "0"
	for i, g := range groups {
		thousands = thousands && allDigits(g) && (i == 0 || len(g) == 3)
	}
	if thousands && len(groups[0]) <= 3 {
		return []string{strings.TrimLeft(strings.Join(groups, ""), "0")}
	}
	var forms []string
	for _, lang := range []string{"es", "en"} {
		for _, form := range NumberForms(word, lang) {
			if !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

// matches reports whether one of the terms is one that the group asks for.
func (g Group) matches(terms []string) bool {
	for _, term := range terms {
		if slices.Contains(g.Terms, term) || g.Prefix != "" && strings.HasPrefix(term, g.Prefix) {
			return true
		}
	}
	return false
}

// Score says how well a short text answers: the share of the groups, 0 to 1,
// that its terms match.
func (q Query) Score(terms []string) float64 {
	if len(q) == 0 {
		return 0
	}
	n := 0
	for _, g := range q {
		if g.matches(terms) {
			n++
		}
	}
	return float64(n) / float64(len(q))
}

// Piece is a part of a text; Hit where it is what was searched for.
type Piece struct {
	Text string
	Hit  bool
}

// Snippet cuts out of a text where it answers the query first, about size code
// points, with what answers marked; ok is false where nothing does, and the
// beginning is given.
func (q Query) Snippet(s, lang string, size int) (pieces []Piece, ok bool) {
	words := locate(s)
	var hits []located
	for i := 0; i < len(words); i++ {
		if end, hit := q.hit(words, i, lang); hit {
			hits = append(hits, located{start: words[i].start, end: words[end].end})
			i = end
		}
	}
	from, to := window(s, hits, size)
	at := from
	cut := func(end int, hit bool) {
		if end > at {
			pieces = append(pieces, Piece{s[at:end], hit})
			at = end
		}
	}
	if from > 0 {
		pieces = append(pieces, Piece{"… ", false})
	}
	for _, h := range hits {
		if h.start >= from && h.end <= to {
			cut(h.start, false)
			cut(h.end, true)
		}
	}
	cut(to, false)
	if to < len(s) {
		pieces = append(pieces, Piece{" …", false})
	}
	return pieces, len(hits) > 0
}

// hit reports whether the word answers, and where what answers ends: a number
// goes with its words of scale.
func (q Query) hit(words []located, i int, lang string) (end int, hit bool) {
	w := words[i].word
	var terms []string
	for _, term := range wordTerms(w, lang) {
		terms = append(terms, coded(term))
	}
	zeros, count := scaleAfter(words, i+1)
	if zeros > 0 {
		for _, form := range NumberForms(w, lang) {
			if scaled := []string{numberTerm(shift(form, zeros))}; q.any(scaled) {
				return i + count, true
			}
		}
	}
	return i, q.any(terms)
}

func (q Query) any(terms []string) bool {
	return slices.ContainsFunc(q, func(g Group) bool { return g.matches(terms) })
}

// window is the stretch of s around the first hit, in bytes, between words.
func window(s string, hits []located, size int) (from, to int) {
	if utf8.RuneCountInString(s) <= size {
		return 0, len(s)
	}
	if len(hits) > 0 {
		from = back(s, hits[0].start, size/3)
	}
	to = from
	for n := 0; to < len(s) && n < size; n++ {
		_, width := utf8.DecodeRuneInString(s[to:])
		to += width
	}
	if to < len(s) {
		if i := strings.LastIndexFunc(s[from:to], unicode.IsSpace); i > 0 {
			to = from + i
		}
	}
	if len(hits) > 0 && to < hits[0].end {
		to = hits[0].end
	}
	return from, to
}

// back goes back n code points at most, to the beginning of a word.
func back(s string, at, n int) int {
	from := at
	for ; from > 0 && n > 0; n-- {
		_, width := utf8.DecodeLastRuneInString(s[:from])
		from -= width
	}
	if from == 0 {
		return 0
	}
	if i := strings.IndexFunc(s[from:at], unicode.IsSpace); i >= 0 {
		_, width := utf8.DecodeRuneInString(s[from+i:])
		return from + i + width
	}
	return at
}
