package desk

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// Paragraph is one line of an article's text; Start is its first code point.
type Paragraph struct {
	Start int
	Runs  []Run
	Kind  claims.BlockKind // "" for a plain paragraph
	Level int
	Time  string // when it is spoken, "" outside transcripts
	Same  bool   // as the reader's open page has it: the place alone is sent
}

// Structured tells paragraphs what they are beside the text, as reading the article
// found it.
func Structured(paragraphs []Paragraph, m claims.SnapshotMeta) []Paragraph {
	block, cue := 0, 0
	for i := range paragraphs {
		start := paragraphs[i].Start
		for block < len(m.Blocks) && m.Blocks[block].End <= start {
			block++
		}
		if block < len(m.Blocks) && m.Blocks[block].Start <= start {
			paragraphs[i].Kind, paragraphs[i].Level = m.Blocks[block].Kind, m.Blocks[block].Level
		}
		for cue < len(m.Cues) && m.Cues[cue].End <= start {
			cue++
		}
		if cue < len(m.Cues) {
			paragraphs[i].Time = claims.PlayTime(m.Cues[cue].From)
		}
	}
	return paragraphs
}

// attributes say what a paragraph is to those who see and to those who hear it.
func (p Paragraph) attributes() templ.Attributes {
	all := templ.Attributes{}
	if p.Kind != "" {
		all["class"] = "t-" + string(p.Kind) + " t-level-" + strconv.Itoa(p.Level)
	}
	if p.Kind == claims.BlockHeading {
		all["role"], all["aria-level"] = "heading", strconv.Itoa(min(p.Level+2, 6))
	}
	if p.Time != "" {
		all["data-time"] = p.Time
	}
	return all
}

// Run is a stretch of text that the same claims cover throughout.
type Run struct {
	Text  string
	Marks []RunMark // outermost first; none where no claim covers it
	// Sentence is what the run stands in; nil where sentences are not shown, and between them.
	Sentence *RunSentence
}

// RunMark says that a claim covers a run. First is set where the claim begins.
type RunMark struct {
	Claim string
	N     int // the claim's number on the page
	State claims.State
	First bool
}

// Paragraphs cuts a text into lines and each line into runs, so that claims
// may overlap. Rows are numbered from 1 in the order given; blank lines are
// left out.
func Paragraphs(text string, rows []claims.ClaimRow) []Paragraph {
	spans := spansOf(rows)
	runes := []rune(text)
	var out []Paragraph
	for start := 0; start <= len(runes); {
		end := start
		for end < len(runes) && runes[end] != '\n' {
			end++
		}
		if strings.TrimSpace(string(runes[start:end])) != "" {
			out = append(out, Paragraph{Start: start, Runs: runsOf(runes, claims.Span{Start: start, End: end}, spans)})
		}
		start = end + 1
	}
	return out
}

type markedSpan struct {
	claims.Span
	mark RunMark
}

// spansOf lists where claims stand, by start; First is set on each claim's
// first fragment.
func spansOf(rows []claims.ClaimRow) []markedSpan {
	var out []markedSpan
	for i, row := range rows {
		for j, f := range row.Fragments {
			out = append(out, markedSpan{f.Span, RunMark{Claim: row.ID, N: i + 1, State: row.State, First: j == 0}})
		}
	}
	slices.SortStableFunc(out, func(a, b markedSpan) int { return a.Start - b.Start })
	return out
}

// runsOf cuts one line where a claim begins or ends.
func runsOf(text []rune, line claims.Span, spans []markedSpan) []Run {
	var within []markedSpan
	cuts := []int{line.Start, line.End}
	for _, s := range spans {
		if !s.Overlaps(line) {
			continue
		}
		within = append(within, s)
		cuts = append(cuts, max(s.Start, line.Start), min(s.End, line.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Run
	for i := 1; i < len(cuts); i++ {
		piece := claims.Span{Start: cuts[i-1], End: cuts[i]}
		run := Run{Text: string(text[piece.Start:piece.End])}
		for _, s := range within {
			if s.Contains(piece) {
				m := s.mark
				m.First = m.First && s.Start == piece.Start
				run.Marks = append(run.Marks, m)
			}
		}
		out = append(out, run)
	}
	return out
}

// markedText writes a paragraph's runs. It is not a templ file because not one
// blank may come between the runs: the script counts code points in them.
func markedText(w *i18n.Words, p Paragraph) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		var b strings.Builder
		for i, run := range p.Runs {
			if run.Sentence != nil && (i == 0 || p.Runs[i-1].Sentence == nil || p.Runs[i-1].Sentence.Place != run.Sentence.Place) {
				b.WriteString(run.sentenceTag())
			}
			for _, m := range run.Marks {
				openMark(&b, w, m)
			}
			b.WriteString(templ.EscapeString(run.Text))
			b.WriteString(strings.Repeat("</mark>", len(run.Marks)))
			if run.Sentence != nil && (i == len(p.Runs)-1 || p.Runs[i+1].Sentence == nil || p.Runs[i+1].Sentence.Place != run.Sentence.Place) {
				b.WriteString("</span>")
			}
		}
		_, err := io.WriteString(out, b.String())
		return err
	})
}

// openMark opens a claim's mark; where the claim begins it bears the id that
// links lead to, and its number as a link to the other side. The number is
// drawn from an attribute, so that the text holds the article's words only.
func openMark(b *strings.Builder, w *i18n.Words, m RunMark) {
	id := templ.EscapeString(m.Claim)
	b.WriteString(`<mark class="s-` + templ.EscapeString(string(m.State)) + `" data-claim="` + id + `"`)
	if !m.First {
		b.WriteString(">")
		return
	}
	n := strconv.Itoa(m.N)
	b.WriteString(` id="c-` + id + `"><a class="n" href="#k-` + id + `" data-n="` + n + `" aria-label="` + templ.EscapeString(w.T("article.claim_n", n)) + `"></a>`)
}

// contextLen is how many code points of context stand on either side of a claim
// where no sentence ends nearer.
const contextLen = 400

// Surroundings is a claim's words in their context, as one paragraph a line.
// Cut says whether the article goes on before and after.
type Surroundings struct {
	Paragraphs          []Paragraph
	CutBefore, CutAfter bool
}

// Around gives a claim's exact words with two sentences around them, or a stretch
// of text where sentences are longer.
func Around(text string, row claims.ClaimRow) Surroundings {
	runes := []rune(text)
	if len(row.Fragments) == 0 || len(runes) == 0 {
		return Surroundings{}
	}
	first, last := row.Fragments[0].Start, row.Fragments[len(row.Fragments)-1].End
	if first < 0 || last > len(runes) || first >= last {
		return Surroundings{}
	}
	from, to := contextStart(runes, first), contextEnd(runes, last)
	shifted := row
	shifted.Fragments = nil
	for _, f := range row.Fragments {
		f.Start, f.End = f.Start-from, f.End-from
		shifted.Fragments = append(shifted.Fragments, f)
	}
	return Surroundings{
		Paragraphs: Paragraphs(string(runes[from:to]), []claims.ClaimRow{shifted}),
		CutBefore:  strings.TrimSpace(string(runes[:from])) != "",
		CutAfter:   strings.TrimSpace(string(runes[to:])) != "",
	}
}

// contextStart goes back over the sentence the claim begins in and one more.
func contextStart(text []rune, at int) int {
	ends := 0
	for i := at - 1; i > 0 && i > at-contextLen; i-- {
		if sentenceEnd(text, i) {
			if ends++; ends == 2 {
				return i + 1
			}
		}
	}
	return wordBorder(text, max(0, at-contextLen), at)
}

// contextEnd goes on to the end of the claim's sentence and one more.
func contextEnd(text []rune, at int) int {
	ends := 0
	for i := at; i < len(text) && i < at+contextLen; i++ {
		if sentenceEnd(text, i) {
			if ends++; ends == 2 {
				return i + 1
			}
		}
	}
	end := min(len(text), at+contextLen)
	for i := end; i < len(text) && i > at; i-- {
		if text[i] == ' ' || text[i] == '\n' {
			return i
		}
	}
	return end
}

// sentenceEnd reports whether a sentence may end with the letter at i.
func sentenceEnd(text []rune, i int) bool {
	if text[i] == '\n' {
		return i > 0 && !strings.ContainsRune("\n.!?…", text[i-1])
	}
	return strings.ContainsRune(".!?…", text[i]) && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\n')
}

// wordBorder moves a cut forward to the next word, not beyond limit.
func wordBorder(text []rune, cut, limit int) int {
	if cut == 0 {
		return 0
	}
	for i := cut; i < limit; i++ {
		if text[i] == ' ' || text[i] == '\n' {
			return i + 1
		}
	}
	return limit
}

// contextText writes a paragraph of a claim's context, its own words marked.
func contextText(p Paragraph) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		var b strings.Builder
		for _, run := range p.Runs {
			text := templ.EscapeString(run.Text)
			if len(run.Marks) > 0 {
				text = "<mark>" + text + "</mark>"
			}
			b.WriteString(text)
		}
		_, err := io.WriteString(out, b.String())
		return err
	})
}
