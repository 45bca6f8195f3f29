// Package names finds the people, organisations and places that an article
// names, and ties a short form to the full one that came before it: "Choe" to
// "Choe Son Hui".
package names

import (
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// maxName is how many words a name may have; longer runs of capitals are titles.
const maxName = 6

// recent is how many longer names with a word in common are looked at.
const recent = 8

// Mention is one run of name words.
type Mention struct {
	reading.Range
	Text string
	Full int // index of the mention that names the same thing in full, or its own
}

// Index is every name of an article in order.
type Index struct {
	Mentions []Mention
	r        *reading.Reading
	byFirst  map[int]int      // first word → mention
	latest   map[string][]int // folded name word → mentions of two words and more, in order
	short    map[string]string
	roles    map[string][]introduction // folded role → who was introduced with it
}

// Find collects the names of an article.
func Find(r *reading.Reading) *Index {
	x := &Index{r: r, byFirst: map[int]int{}, latest: map[string][]int{}, short: map[string]string{}, roles: map[string][]introduction{}}
	for _, s := range r.Sentences {
		for i := s.First; i < s.Last; {
			end := x.run(i, s.Last)
			if end == i {
				i++
				continue
			}
			x.add(reading.Range{First: i, Last: end})
			i = end
		}
	}
	for k := range x.Mentions {
		x.introduce(x.Mentions[k].Range, k)
	}
	return x
}

// run gives the end of the name that begins at word i, i where none does.
func (x *Index) run(i, limit int) int {
	end := i
	for end < limit && end-i < maxName && (x.nameWord(end) || end > i && x.goesOn(end)) {
		end++
	}
	return end
}

// goesOn lets a capitalised word of any tag continue a name: "Kim Jong Un".
func (x *Index) goesOn(i int) bool {
	w := &x.r.Words[i]
	return x.r.Capital(i) && !w.Mark && !w.Time && (!x.roleNoun(i) || x.surname(i)) && w.POS != "ADP" && w.POS != "PRON"
}

// surname lets a name end in a word that names a role elsewhere: "Ana Pastor",
// "Peña Nieto"; before a name ("Governor Ana Pastor") it stays a role.
func (x *Index) surname(i int) bool {
	return x.r.Words[i].POS == "PROPN" && (i+1 >= len(x.r.Words) || x.r.Words[i+1].Mark || !x.r.Capital(i+1))
}

func (x *Index) nameWord(i int) bool {
	w := &x.r.Words[i]
	return w.POS == "PROPN" && x.r.Capital(i) && !w.Mark && !w.Time && !x.r.Is(i, "title") && !x.roleNoun(i)
}

// roleNoun keeps "Ministro" and "President" out of the names that they introduce.
func (x *Index) roleNoun(i int) bool {
	n, ok := x.r.Noun(i)
	return ok && n.Kind == claims.KindPerson
}

func (x *Index) add(w reading.Range) {
	m := Mention{Range: w, Text: x.r.Text(x.r.Span(w)), Full: len(x.Mentions)}
	if full, ok := x.full(w); ok {
		m.Full = full
	} else if w.Last-w.First > 1 && x.personal(w, m.Text) {
		for i := w.First; i < w.Last; i++ {
			key := x.r.Words[i].Fold
			x.latest[key] = append(x.latest[key], len(x.Mentions))
		}
	}
	x.byFirst[w.First] = len(x.Mentions)
	x.Mentions = append(x.Mentions, m)
	x.acronym(w)
}

// full finds the latest longer name that begins or ends with the words: "Peña
// Nieto" of "Enrique Peña Nieto".
func (x *Index) full(w reading.Range) (int, bool) {
	n := w.Last - w.First
	if n == 1 {
		if c, state := x.r.Lex.Country(x.r.Words[w.First].Fold); state && (c.Demonym || strings.EqualFold(c.Name, x.r.Words[w.First].Form)) {
			return 0, false
		}
	}
	found := x.latest[x.r.Words[w.First].Fold]
	for k := len(found) - 1; k >= max(0, len(found)-recent); k-- {
		m := x.Mentions[found[k]]
		if m.Last-m.First > n && (x.same(w, m.First) || x.same(w, m.Last-n)) {
			return found[k], true
		}
	}
	return 0, false
}

// same reports whether the words of w stand again from word first on.
func (x *Index) same(w reading.Range, first int) bool {
	for i := w.First; i < w.Last; i++ {
		if x.r.Words[i].Fold != x.r.Words[first+i-w.First].Fold {
			return false
		}
	}
	return true
}

// personal reports whether a run of name words can be a person's full name.
func (x *Index) personal(w reading.Range, text string) bool {
	if _, state := x.r.Lex.Country(text); state {
		return false
	}
	if class, n := x.r.Match("outlets", w.First, w.Last); class != "" && n > 0 {
		return false
	}
	for i := w.First; i < w.Last; i++ {
		if n, ok := x.r.Noun(i); ok && n.Kind != claims.KindPerson {
			return false
		}
		if strings.ContainsAny(x.r.Words[i].Form, "0123456789") {
			return false
		}
	}
	return !(w.First > 0 && x.r.Is(w.First-1, "of"))
}

// acronym remembers "Instituto Nacional (INEC)": the short form stands for the
// phrase before it.
func (x *Index) acronym(w reading.Range) {
	r := x.r
	if w.Last-w.First != 1 || !r.Is(w.First-1, "opening-paren") || !r.Is(w.Last, "closing-paren") {
		return
	}
	form := r.Words[w.First].Form
	if form != strings.ToUpper(form) || len(form) < 2 || w.First < 2 {
		return
	}
	first := r.PhraseBefore(w.First-2, r.Sentences[r.Words[w.First].Sent].First)
	long := r.Bare(reading.Range{First: first, Last: w.First - 1})
	for !long.Empty() && !r.Capital(long.First) {
		long.First++
	}
	if !long.Empty() {
		x.short[form] = r.Text(r.Span(long))
	}
}

// At gives the mention that begins at word i.
func (x *Index) At(i int) (Mention, bool) {
	k, ok := x.byFirst[i]
	if !ok {
		return Mention{}, false
	}
	return x.Mentions[k], true
}

// FullOf gives the full name behind a mention; false where it is full itself.
func (x *Index) FullOf(m Mention) (Mention, bool) {
	full := x.Mentions[m.Full]
	return full, full.First != m.First
}

// Best gives the best name in the article for the source that a phrase names:
// the full personal name, the long form of an acronym, the phrase itself.
func (x *Index) Best(phrase reading.Range) string {
	r := x.r
	text := r.Text(r.Span(phrase))
	if long, ok := x.short[text]; ok {
		return long
	}
	if full, short := x.shortOf(phrase); short {
		return full.Text
	}
	if c, ok := r.Lex.Country(text); ok && !c.Demonym {
		return text
	}
	introduced := r.Head(phrase) // "ministra Lucia Azzolina": a role before the name
	for phrase.First+1 < phrase.Last && r.Is(phrase.First, "title") {
		phrase.First++
		text = r.Text(r.Span(phrase))
	}
	for i := phrase.First; i < phrase.Last; i++ {
		m, ok := x.At(i)
		if !ok || m.Last > phrase.Last {
			continue
		}
		whole := i == phrase.First && m.Last == phrase.Last
		behindRole := m.Last == phrase.Last && introduced != reading.None && (x.roleNoun(introduced) || i > phrase.First && x.roleNoun(i-1)) && !r.Is(i-1, "of") && !r.Is(i-1, "determiner")
		if full, ok := x.FullOf(m); ok && (whole || behindRole) {
			return full.Text
		}
		if behindRole {
			return m.Text
		}
	}
	if m, ok := x.holder(phrase); ok {
		return m.Text
	}
	return text
}

// Kind says what kind of source a phrase names, and the code of a state.
func (x *Index) Kind(phrase reading.Range) (claims.SourceKind, string) {
	r := x.r
	if _, short := x.shortOf(phrase); short {
		return claims.KindPerson, ""
	}
	text := r.Text(r.Span(phrase))
	if c, ok := r.Lex.Country(text); ok && !c.Demonym {
		return claims.KindGovernment, c.Code
	}
	if class, n := r.Match("outlets", phrase.First, phrase.Last); class != "" && n == phrase.Last-phrase.First {
		return claims.KindMedia, ""
	}
	code := ""
	kind := claims.KindUnknown
	if x.masthead(phrase) {
		return claims.KindMedia, ""
	}
	if x.titled(phrase) {
		return claims.KindPerson, ""
	}
	for i := phrase.First; i < phrase.Last && !(i > phrase.First && r.Words[i].POS == "ADP" && kind != claims.KindUnknown); i++ {
		if r.Words[i].POS == "ADP" && !x.properPhrase(phrase.First, i) {
			break
		}
		if c, ok := r.Lex.Country(r.Words[i].Form); ok && code == "" {
			code = c.Code
		}
		if n, ok := r.Noun(i); ok && kind == claims.KindUnknown {
			kind = n.Kind
		}
	}
	if kind == claims.KindGovernment {
		return kind, code
	}
	if kind == claims.KindUnknown && x.looksPersonal(phrase) {
		kind = claims.KindPerson
	}
	return kind, ""
}

// shortOf gives the person's full name where the phrase is a short form of it.
func (x *Index) shortOf(phrase reading.Range) (Mention, bool) {
	if m, ok := x.At(phrase.First); ok && m.Last == phrase.Last {
		return x.FullOf(m)
	}
	return Mention{}, false
}

// titled reports whether the phrase ends in a person's full name right behind a role:
// "county clerk Luis Arroyo".
func (x *Index) titled(phrase reading.Range) bool {
	for i := phrase.Last - 2; i > phrase.First; i-- {
		if m, ok := x.At(i); ok && m.Last == phrase.Last {
			return x.roleNoun(i-1) && x.personal(m.Range, m.Text)
		}
	}
	return false
}

// masthead reports whether the phrase is named as newspapers are: "the Larne Courier".
func (x *Index) masthead(p reading.Range) bool {
	for i := p.First; i < p.Last; i++ {
		if !x.r.Capital(i) && !x.r.Is(i, "of") {
			return false
		}
	}
	if p.Last-p.First < 2 || x.r.Is(p.First, "masthead") == x.r.Is(p.Last-1, "masthead") {
		return false
	}
	return x.r.Is(p.First-1, "definite") || x.r.Is(p.First, "masthead") || p.Last-p.First > 2
}

// properPhrase lets the search for a telling noun go on behind "of" only where
// the phrase so far is a name.
func (x *Index) properPhrase(first, last int) bool {
	for i := first; i < last; i++ {
		if x.r.Words[i].POS == "PROPN" {
			return true
		}
	}
	return false
}

func (x *Index) looksPersonal(phrase reading.Range) bool {
	for phrase.First+1 < phrase.Last && x.r.Is(phrase.First, "title") {
		phrase.First++
	}
	m, ok := x.At(phrase.First)
	if !ok || m.Last != phrase.Last {
		return false
	}
	n := m.Last - m.First
	return n > 1 && n < 5 && x.personal(m.Range, m.Text)
}
