// Package compare tells two versions of a text apart, word by word, and says which of
// the changes turn what a sentence says.
package compare

import (
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff/lcs"

	"cotejo/claims"
)

// Texts gives what became of a text in its later version, stretch by stretch. lang is
// the language of both, "" where it is unknown.
func Texts(before, after, lang string) []claims.Change {
	changes := placed(joined(compareParagraphs(paragraphs(before), paragraphs(after))))
	newReader(before, after, lang).warn(changes)
	return changes
}

// edit is a run of pieces and what it became.
type edit struct{ before, after string }

func (e edit) same() bool { return e.before == e.after }

// compareParagraphs looks for paragraphs that are the same first, so that what changed
// is looked for where it is: between them.
func compareParagraphs(before, after []string) []edit {
	return between(before, after, func(gone, come []string) []edit { return aligned(gone, come, compareSentences) })
}

// compareSentences does the same with the sentences of a paragraph.
func compareSentences(before, after string) []edit {
	return between(sentences(before), sentences(after), func(gone, come []string) []edit {
		return aligned(gone, come, func(gone, come string) []edit { return compareWords(words(gone), words(come), deepest) })
	})
}

// paragraphs cuts a text behind its line ends.
func paragraphs(s string) []string {
	var out []string
	from := 0
	for i := 1; i < len(s); i++ {
		if s[i-1] == '\n' && s[i] != '\n' {
			out = append(out, s[from:i])
			from = i
		}
	}
	return append(out, s[from:])
}

// sentences cuts a text behind the marks that may end a sentence.
func sentences(s string) []string {
	var out []string
	from := 0
	for i := 1; i < len(s); i++ {
		if s[i] == ' ' && strings.IndexByte(".!?", s[i-1]) >= 0 {
			out = append(out, s[from:i])
			from = i
		}
	}
	return append(out, s[from:])
}

// deepest is how often compareWords asks about the same words at most.
const deepest = 8

// compareWords compares words. The library gives up on texts that differ in much; what
// it then leaves in one piece is asked about again.
func compareWords(before, after []string, depth int) []edit {
	return between(before, after, func(gone, come []string) []edit {
		whole := len(gone) == len(before) && len(come) == len(after)
		if whole || len(gone) == 0 || len(come) == 0 || depth == 0 {
			return []edit{{strings.Join(gone, ""), strings.Join(come, "")}}
		}
		return compareWords(gone, come, depth-1)
	})
}

// between calls differ for every run of pieces that differs.
func between(before, after []string, differ func(gone, come []string) []edit) []edit {
	var out []edit
	at := 0
	same := func(until int) {
		if at < until {
			words := strings.Join(before[at:until], "")
			out = append(out, edit{words, words})
		}
	}
	for _, d := range lcs.DiffLines(before, after) {
		same(d.Start)
		out = append(out, differ(before[d.Start:d.End], after[d.ReplStart:d.ReplEnd])...)
		at = d.End
	}
	same(len(before))
	return out
}

// leastSame is how many code points between two changes are worth showing as unchanged.
const leastSame = 3

// joined puts together what belongs together: changes with nothing, blank space or a
// short word between them.
func joined(edits []edit) []edit {
	var out []edit
	for i, e := range edits {
		if e.before == "" && e.after == "" {
			continue
		}
		last := len(out) - 1
		switch {
		case last < 0:
		case e.same() == out[last].same(),
			e.same() && i+1 < len(edits) && !edits[i+1].same() && bridge(e.before):
			out[last].before += e.before
			out[last].after += e.after
			continue
		}
		out = append(out, e)
	}
	return out
}

// bridge reports whether unchanged text is too little to stand between two changes.
func bridge(s string) bool {
	return !strings.Contains(s, "\n") && utf8.RuneCountInString(strings.TrimSpace(s)) < leastSame
}

// placed says where in both texts each edit stands.
func placed(edits []edit) []claims.Change {
	out := make([]claims.Change, len(edits))
	before, after := 0, 0
	for i, e := range edits {
		b, a := utf8.RuneCountInString(e.before), utf8.RuneCountInString(e.after)
		out[i] = claims.Change{Before: e.before, After: e.after, BeforeSpan: claims.Span{Start: before, End: before + b}, AfterSpan: claims.Span{Start: after, End: after + a}}
		before, after = before+b, after+a
	}
	return out
}
