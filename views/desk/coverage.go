package desk

import (
	"strconv"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// CoverPanel is what the page of an article shows of its sentences: all of them as a
// strip, one of them at hand.
type CoverPanel struct {
	claims.Coverage
	At       int // place of the sentence at hand, -1 where none is
	Quote    string
	Fresh    bool // nobody asked for a sentence: the first one left stands here
	Form     SkipForm
	Why      string // as typed
	Problems views.Problems
	Of       string // the form that Problems speak of: "skip" or "sign"
	MaySkip  bool
	MaySign  bool
}

// What tells the fields of the panel's forms apart from others of the same name.
const (
	skipKey = "-skip"
	signKey = "-sign"
)

// SkipForm is why a sentence is skipped, as typed.
type SkipForm struct {
	Note string
	Rest bool
}

// StripPart is a stretch of the strip: sentences of the same fate, one by one where
// there are not too many. Size is its share, 1 to 12.
type StripPart struct {
	Start int
	Cover claims.Cover
	Size  int
	Here  bool
}

const (
	maxStrip     = 400 // parts of a strip that stand for one sentence each
	stripLetters = 30  // code points that a size stands for
	maxStripSize = 12
)

func (c CoverPanel) strip() []StripPart {
	var out []StripPart
	merge := len(c.Sentences) > maxStrip
	for i, s := range c.Sentences {
		size := min(maxStripSize, 1+s.Len()/stripLetters)
		if n := len(out); merge && n > 0 && out[n-1].Cover == s.Cover && i != c.At && !out[n-1].Here {
			out[n-1].Size = min(maxStripSize, out[n-1].Size+1)
			continue
		}
		out = append(out, StripPart{Start: s.Start, Cover: s.Cover, Size: size, Here: i == c.At})
	}
	return out
}

// here is the sentence at hand.
func (c CoverPanel) here() claims.SentenceCover { return c.Sentences[c.At] }

// count says how many sentences have a fate.
func (c CoverPanel) count(of claims.Cover) (n int) {
	for _, s := range c.Sentences {
		if s.Cover == of {
			n++
		}
	}
	return n
}

// others counts the sentences behind the one at hand, in its paragraph, that nobody has looked at.
func (c CoverPanel) others() (n int) {
	for _, s := range c.Sentences[c.At+1:] {
		if s.Paragraph == c.here().Paragraph && s.Cover == claims.CoverUnseen {
			n++
		}
	}
	return n
}

// problems are those of one of the panel's forms.
func (c CoverPanel) problems(of string) views.Problems {
	if c.Of == of {
		return c.Problems
	}
	return nil
}

// sentencePath leads to an article with a sentence at hand.
func sentencePath(article string, start int) string {
	return "/articles/" + article + "?at=" + strconv.Itoa(start) + "#cover"
}

// nextLeft gives where the next sentence that is left begins; ok is false where none is
// but the one at hand.
func (c CoverPanel) nextLeft() (start int, ok bool) {
	i := c.Next(c.At + 1)
	if i < 0 || i == c.At {
		return 0, false
	}
	return c.Sentences[i].Start, true
}

// beside gives where the sentence n places from the one at hand begins.
func (c CoverPanel) beside(n int) (start int, ok bool) {
	i := c.At + n
	if i < 0 || i >= len(c.Sentences) {
		return 0, false
	}
	return c.Sentences[i].Start, true
}

// signedSince reports whether an article that is signed off has more to look at now than
// it had then.
func (p ArticlePage) signedSince() bool {
	return p.Article.SignOff.Snapshot != p.Snapshot.N || p.Cover.Left > p.Article.SignOff.Left
}

func skipWhy(w *i18n.Words, s claims.Skip) string {
	why := w.T("skip." + string(s.Reason))
	if s.Note != "" {
		why += ": " + s.Note
	}
	return why
}

// RunSentence is the sentence that a run of text belongs to.
type RunSentence struct {
	claims.SentenceCover
	Place int
	First bool // the sentence begins with this run
	Here  bool
}

// WithSentences cuts runs where sentences begin and end, and tells each which it is in.
func WithSentences(paragraphs []Paragraph, c claims.Coverage, here int) []Paragraph {
	next := 0
	for i := range paragraphs {
		var out []Run
		at := paragraphs[i].Start
		for _, run := range paragraphs[i].Runs {
			text := []rune(run.Text)
			for first := true; len(text) > 0; first = false {
				for next < len(c.Sentences) && c.Sentences[next].End <= at {
					next++
				}
				piece, n := run, len(text)
				if !first {
					piece.Marks = continued(run.Marks)
				}
				if next < len(c.Sentences) {
					if s := c.Sentences[next]; s.Start > at {
						n = min(n, s.Start-at)
					} else {
						n = min(n, s.End-at)
						piece.Sentence = &RunSentence{SentenceCover: s, Place: next, First: s.Start == at, Here: next == here}
					}
				}
				piece.Text = string(text[:n])
				out, text, at = append(out, piece), text[n:], at+n
			}
		}
		paragraphs[i].Runs = out
	}
	return paragraphs
}

// Touched says whether one of these claims is marked in a paragraph, or its reader is in it.
func (p Paragraph) Touched(claims map[string]bool) bool {
	for _, run := range p.Runs {
		if run.Sentence != nil && run.Sentence.Here {
			return true
		}
		for _, m := range run.Marks {
			if claims[m.Claim] {
				return true
			}
		}
	}
	return false
}

// continued are the marks of a run that goes on.
func continued(marks []RunMark) []RunMark {
	out := make([]RunMark, len(marks))
	for i, m := range marks {
		m.First = false
		out[i] = m
	}
	return out
}

// sentenceTag opens the sentence of a run, where it is another one than that of the run before.
func (r Run) sentenceTag() string {
	s := r.Sentence
	tag := `<span class="sen cv-` + string(s.Cover)
	if s.Here {
		tag += " here"
	}
	tag += `" data-at="` + strconv.Itoa(s.Start) + `"`
	if s.First {
		tag += ` id="s-` + strconv.Itoa(s.Start) + `"`
	}
	return tag + ">"
}
