// Package reading lays an article out for the rules: its words with tags,
// relations and quotation marks, in one run that every later stage indexes.
package reading

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/extract/dates"
	"cotejo/claims/extract/quote"
	"cotejo/claims/extract/segment"
	"cotejo/claims/extract/syntax"
)

// None stands for "no word", "no quotation".
const None = -1

// Range is a half-open run of words [First, Last).
type Range struct{ First, Last int }

// Empty reports whether the range has no word.
func (r Range) Empty() bool { return r.Last <= r.First }

// Has reports whether word i lies in the range.
func (r Range) Has(i int) bool { return r.First <= i && i < r.Last }

// Word is a syntactic word of the article. Head is an index into
// Reading.Words, None for a root and where the sentence was not parsed.
type Word struct {
	syntax.Word
	Fold  string
	Sent  int
	Quote int  // the outermost quotation that the word stands in, or None
	Mark  bool // punctuation; quotation marks too
	Time  bool // inside a calendar expression
	known *vocable
}

// Sentence is a run of words and the role of its paragraph.
type Sentence struct {
	Range
	Paragraph int
	Role      segment.Role
}

// Reading is an article laid out for the rules.
type Reading struct {
	Doc       *segment.Document
	Lex       *Lexicon
	Words     []Word
	Sentences []Sentence
	Quotes    []quote.Quote
	Times     []claims.Time
	fin       []bool      // verbs that are finite against their tag
	marks     map[int]int // offset at which a quotation begins or ends → quotation
	outliner  outliner    // the one that every outline is made with
	run       []int       // the words whose main verb is looked for
}

// Of reads a document in the language that it names: quotations, calendar
// expressions (resolved against the day of publication), tags and relations.
func Of(doc *segment.Document, published *claims.Date) (*Reading, error) {
	lex, ok := LexiconFor(doc.Lang)
	if !ok {
		return nil, fmt.Errorf("no language pack %q", doc.Lang)
	}
	model, err := syntax.Load(doc.Lang)
	if err != nil {
		return nil, err
	}
	r := &Reading{Doc: doc, Lex: lex, Quotes: quote.Find(doc), Times: dates.Find(doc, published)}
	analyzed := model.Analyze(doc)
	r.Words, r.Sentences = make([]Word, 0, countWords(analyzed)), make([]Sentence, 0, len(analyzed))
	for s, sentence := range analyzed {
		r.add(sentence, doc.Sentences[s])
	}
	r.markQuotes()
	r.markTimes()
	r.repairFinite()
	return r, nil
}

func countWords(sentences []syntax.Sentence) int {
	n := 0
	for _, s := range sentences {
		n += len(s.Words)
	}
	return n
}

// maxSentence bounds what the rules take for one sentence, so that their work
// stays linear in the text; what is longer is cut.
const maxSentence = 250

// add lays out the words of one sentence.
func (r *Reading) add(sentence syntax.Sentence, of segment.Sentence) {
	first := len(r.Words)
	r.splitSpans(sentence.Words)
	for k, w := range sentence.Words {
		if k%maxSentence == 0 {
			r.Sentences = append(r.Sentences, Sentence{
				Range: Range{first + k, first + k}, Paragraph: of.Paragraph, Role: of.Role,
			})
		}
		if w.Head >= 0 {
			w.Head += first
		}
		token := &r.Doc.Tokens[w.Token]
		folded := token.Fold
		if w.Form != token.Text {
			folded = fold(w.Form)
		}
		r.Words = append(r.Words, Word{
			Word: w, Fold: folded, Sent: len(r.Sentences) - 1, Quote: None,
			Mark: token.Kind == segment.Punct, known: r.Lex.vocable(folded),
		})
		r.Sentences[len(r.Sentences)-1].Last++
	}
}

// splitSpans gives the words of one token ("Warhol's", "it's") spans of their own where
// their forms put together are the token.
func (r *Reading) splitSpans(words []syntax.Word) {
	for i := 0; i < len(words); {
		j := i + 1
		for j < len(words) && words[j].Token == words[i].Token {
			j++
		}
		if j > i+1 && joined(words[i:j], r.Doc.Tokens[words[i].Token].Text) {
			at := words[i].Start
			for k := i; k < j; k++ {
				words[k].Start = at
				at += utf8.RuneCountInString(words[k].Form)
				words[k].End = at
			}
		}
		i = j
	}
}

// joined reports whether the forms of the words put together are the token.
func joined(words []syntax.Word, token string) bool {
	for i := range words {
		rest, ok := strings.CutPrefix(token, words[i].Form)
		if !ok {
			return false
		}
		token = rest
	}
	return token == ""
}

// Text gives the article's words under a span.
func (r *Reading) Text(s claims.Span) string { return r.Doc.Slice(s) }

// Span covers a range of words; the zero span where it is empty.
func (r *Reading) Span(w Range) claims.Span {
	if w.Empty() {
		return claims.Span{}
	}
	return claims.Span{Start: r.Words[w.First].Start, End: r.Words[w.Last-1].End}
}

// Finite reports whether word i is a finite verb or auxiliary.
func (r *Reading) Finite(i int) bool {
	if r.fin == nil || !r.fin[i] {
		w := &r.Words[i]
		if w.POS != "VERB" && w.POS != "AUX" || w.Feats.VerbForm != "Fin" {
			return false
		}
	}
	return !r.midNameVerb(i) // "Choe Son Hui"
}

// Verbal reports whether word i is a verb or auxiliary of any form.
func (r *Reading) Verbal(i int) bool {
	return r.Words[i].POS == "VERB" || r.Words[i].POS == "AUX"
}

// HasFinite reports whether the range holds a finite verb outside its relative
// and other dependent clauses' openers; it counts all finite verbs.
func (r *Reading) HasFinite(w Range) bool {
	for i := w.First; i < w.Last; i++ {
		if r.Finite(i) {
			return true
		}
	}
	return false
}

// Match looks for the longest phrase of a table that begins at word i and ends
// before limit; it gives the phrase's class and its length in words.
func (r *Reading) Match(table string, i, limit int) (class string, n int) {
	if i < 0 || i >= limit || table == "connectives" && r.shouted(i) {
		return "", 0
	}
	for _, p := range r.Words[i].known.phrasesOf(table) {
		if i+len(p.words) > limit {
			continue
		}
		same := true
		for k := 1; k < len(p.words) && same; k++ {
			same = r.Words[i+k].Fold == p.words[k]
		}
		if same {
			return p.class, len(p.words)
		}
	}
	return "", 0
}

// shouted reports whether word i is in capitals, as "WHO" is: a name, whatever
// it reads like in small letters.
func (r *Reading) shouted(i int) bool {
	form, letters := r.Words[i].Form, false
	for _, c := range form {
		if unicode.IsLower(c) {
			return false
		}
		letters = letters || unicode.IsUpper(c)
	}
	return letters && len(form) > 1
}

// Fold gives the folded form of word i, "" outside the text.
func (r *Reading) Fold(i int) string {
	if i < 0 || i >= len(r.Words) {
		return ""
	}
	return r.Words[i].Fold
}

// Is reports whether word i belongs to a class of word-classes.tsv.
func (r *Reading) Is(i int, class string) bool {
	return i >= 0 && i < len(r.Words) && r.Words[i].known.is(class)
}

// Verb reports whether word i reports with one of the grades.
func (r *Reading) Verb(i int, grades ...Grade) bool { return r.Words[i].known.reports(grades) }

// Noun looks word i up as a noun that can be a source.
func (r *Reading) Noun(i int) (Noun, bool) {
	known := r.Words[i].known
	return known.noun, known.source
}

// Comma reports whether word i is a comma or a dash that sets words off.
func (r *Reading) Comma(i int) bool {
	switch r.Fold(i) {
	case ",", "—", "–":
		return true
	}
	return false
}

// spacedHyphen reports whether word i is a hyphen between spaces, as typed for a dash.
func (r *Reading) spacedHyphen(i int) bool {
	if f := r.Fold(i); f != "-" && f != "--" {
		return false
	}
	return i > 0 && i+1 < len(r.Words) && r.Words[i-1].End < r.Words[i].Start && r.Words[i].End < r.Words[i+1].Start
}

func (r *Reading) markQuotes() {
	at := 0
	r.marks = map[int]int{}
	for q := range r.Quotes {
		span := r.Quotes[q].Span
		if r.Quotes[q].Closed {
			r.marks[span.Start], r.marks[span.End] = q, q
		}
		for at < len(r.Words) && r.Words[at].End <= span.Start {
			at++
		}
		for i := at; i < len(r.Words) && r.Words[i].Start < span.End; i++ {
			if r.Words[i].Quote == None {
				r.Words[i].Quote = q
			}
		}
	}
}

// Enclosed reports whether the quotation mark at word i opens or closes a
// quotation, however deep, that lies whole within w.
func (r *Reading) Enclosed(i int, w Range) bool {
	whole := r.Span(w)
	for _, at := range []int{r.Words[i].Start, r.Words[i].End} {
		if q, ok := r.marks[at]; ok && whole.Contains(r.Quotes[q].Span) {
			return true
		}
	}
	return false
}

func (r *Reading) markTimes() {
	at := 0
	for _, t := range r.Times {
		for at < len(r.Words) && r.Words[at].End <= t.Start {
			at++
		}
		for ; at < len(r.Words) && r.Words[at].Start < t.End; at++ {
			r.Words[at].Time = true
		}
	}
}
