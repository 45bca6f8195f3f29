package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a stretch of text of one font on one line.
type piece struct {
	text                     string
	left, right, top, bottom float64
	size                     float64
	bold                     bool
	row                      bool // of a table: its cells stand apart by tabs
}

// page is a page's pieces, in points from the lower left corner.
type page struct {
	number        int
	width, height float64
	pieces        []piece
}

func (p page) letters() int {
	n := 0
	for _, piece := range p.pieces {
		n += utf8.RuneCountInString(piece.text)
	}
	return n
}

// hyphen is what a line that ends within a word ends with, once cleaned.
const hyphen = '\u00AD'

// clean makes PDFium's text of a piece plain: its mark of a hyphen at a line's end
// becomes a soft one, line ends and control characters blanks, ligatures letters.
func clean(s string) string {
	s = strings.NewReplacer("\x02", string(hyphen), "\uFFFE", string(hyphen), "ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl").Replace(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || r == turn {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// layOut puts the pieces of all pages into paragraphs in reading order.
func layOut(pages []page) []Paragraph {
	var lines [][]piece // a page's, in reading order
	for _, p := range pages {
		lines = append(lines, ordered(joinPieces(p.pieces), 0))
	}
	dropRunning(pages, lines)
	body := bodySize(lines)
	var out []Paragraph
	for i, page := range lines {
		for _, p := range paragraphs(joinRows(page), body) {
			p.Page = pages[i].number
			if n := len(out) - 1; n >= 0 && goesOn(out[n], p) {
				out[n].turnTo(p)
				continue
			}
			out = append(out, p)
		}
	}
	settleHyphens(out)
	for i := range out {
		out[i].settleTurns()
	}
	return out
}

// turn stands in a text where another page begins; no text of a file holds it.
const turn = '\uFDD0'

// turnTo goes on with the first paragraph of another page. A word that the end of a
// page cuts in two belongs as a whole to one of them.
func (p *Paragraph) turnTo(next Paragraph) {
	text := join(p.Text, next.Text)
	at := len(p.Text)
	if !strings.HasPrefix(text, p.Text+" ") {
		at = max(0, at-utf8.UTFMax) // a hyphen may have become another
		for !utf8.RuneStart(text[at]) {
			at++
		}
	}
	blank := strings.IndexByte(text[at:], ' ')
	if next.Page == p.lastPage() || blank < 0 {
		p.Text = text
		return
	}
	at += blank + 1
	p.Text = text[:at] + string(turn) + text[at:]
	p.Turns = append(p.Turns, Turn{Page: next.Page})
}

func (p *Paragraph) lastPage() int {
	if n := len(p.Turns); n > 0 {
		return p.Turns[n-1].Page
	}
	return p.Page
}

// settleTurns takes the marks of turns out of the text and says where they stood.
func (p *Paragraph) settleTurns() {
	if len(p.Turns) == 0 {
		return
	}
	parts := strings.Split(p.Text, string(turn))
	at := 0
	for i := range p.Turns {
		at += utf8.RuneCountInString(parts[i])
		p.Turns[i].At = at
	}
	p.Text = strings.Join(parts, "")
}

// joinPieces makes lines of pieces that stand side by side with no more between them
// than a wide blank.
func joinPieces(pieces []piece) []piece {
	pieces = slices.Clone(pieces)
	slices.SortStableFunc(pieces, func(a, b piece) int {
		if sameLine(a, b) {
			return compare(a.left, b.left)
		}
		return compare(b.top, a.top)
	})
	var out []piece
	for _, p := range pieces {
		n := len(out) - 1
		if n < 0 || !sameLine(out[n], p) || p.left-out[n].right > maxBlank*p.size || p.left < out[n].left {
			out = append(out, p)
			continue
		}
		if p.left-out[n].right > minBlank*p.size {
			out[n].text += " "
		}
		out[n].text += p.text
		out[n].right, out[n].top, out[n].bottom = max(out[n].right, p.right), max(out[n].top, p.top), min(out[n].bottom, p.bottom)
		out[n].size, out[n].bold = max(out[n].size, p.size), out[n].bold && p.bold
	}
	return out
}

// Distances in sizes of the font.
const (
	minBlank  = 0.12 // less is no blank
	maxBlank  = 1.2  // more is another column
	maxJust   = 1.7  // as wide may be a written blank in a line set to full width
	minGutter = 0.9
)

func sameLine(a, b piece) bool {
	overlap := min(a.top, b.top) - max(a.bottom, b.bottom)
	return overlap > 0.5*min(a.top-a.bottom, b.top-b.bottom)
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// maxColumns bounds how often a page is cut in two.
const maxColumns = 4

// ordered gives the lines of a region in reading order: cut into columns where there
// is a gutter, lines across it read where they stand, else from top to bottom.
func ordered(lines []piece, depth int) []piece {
	gutter, found := gutterOf(lines)
	if !found || depth == maxColumns {
		slices.SortStableFunc(lines, func(a, b piece) int {
			if sameLine(a, b) {
				return compare(a.left, b.left)
			}
			return compare(b.top, a.top)
		})
		return lines
	}
	slices.SortStableFunc(lines, func(a, b piece) int { return compare(b.top, a.top) })
	var out, left, right []piece
	flush := func() {
		out = append(out, ordered(left, depth+1)...)
		out = append(out, ordered(right, depth+1)...)
		left, right = nil, nil
	}
	for _, l := range lines {
		switch {
		case l.right <= gutter:
			left = append(left, l)
		case l.left >= gutter:
			right = append(right, l)
		default:
			flush()
			out = append(out, l)
		}
	}
	flush()
	return out
}

// gutterOf finds where a region falls into two columns of prose: a place that few
// lines cross, with lines on either side that fill their column.
func gutterOf(lines []piece) (x float64, found bool) {
	if len(lines) < 6 {
		return 0, false
	}
	best := len(lines)
	for _, l := range lines {
		at := l.right + 0.5
		crossing, left, right := 0, 0, 0
		for _, o := range lines {
			switch {
			case o.right <= at:
				left++
			case o.left >= at:
				right++
			default:
				crossing++
			}
		}
		if left >= 3 && right >= 3 && crossing < best && crossing*4 <= len(lines) && wide(lines, at) {
			best, x, found = crossing, at, true
		}
	}
	return x, found
}

// wide reports whether the gap at x is a gutter and the lines on both sides are prose
// that fills a column, not cells of a table.
func wide(lines []piece, x float64) bool {
	leftEdge, rightEdge := math.Inf(-1), math.Inf(1)
	var left, right []piece
	for _, l := range lines {
		switch {
		case l.right <= x:
			leftEdge, left = max(leftEdge, l.right), append(left, l)
		case l.left >= x:
			rightEdge, right = min(rightEdge, l.left), append(right, l)
		}
	}
	return rightEdge-leftEdge >= minGutter*lines[0].size*0.8 && fills(left) && fills(right)
}

// fills reports whether most of the text takes up most of its column and holds words.
func fills(lines []piece) bool {
	from, to := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		from, to = min(from, l.left), max(to, l.right)
	}
	full, all := 0.0, 0.0
	for _, l := range lines {
		all += l.right - l.left
		if l.right-l.left >= 0.6*(to-from) && strings.Count(l.text, " ") >= 2 {
			full += l.right - l.left
		}
	}
	return 2*full >= all
}

// Running heads and feet: how far from the edges, as a share of the page, and on how
// many pages the same words must stand.
const (
	edgeShare    = 0.12
	runningShare = 0.4
)

var (
	digits     = regexp.MustCompile(`\d+`)
	printed    = regexp.MustCompile(`^(?:(?:https?|file)://\S+(?:\s+\d+/\d+)?$|\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2})`) // what browsers print around a page
	pageNumber = regexp.MustCompile(`(?i)^\W*(?:page|página|pág\.?|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|de|/)\s*\d{1,4})?\W*$`)
)

// dropRunning takes out what stands at the edge of many pages, and page numbers.
func dropRunning(pages []page, lines [][]piece) {
	seen := map[string]int{}
	key := func(l piece) string { return digits.ReplaceAllString(strings.ToLower(l.text), "#") }
	for i := range lines {
		for k := range keysAt(pages[i], lines[i], key) {
			seen[k]++
		}
	}
	least := max(2, int(math.Ceil(runningShare*float64(len(pages)))))
	for i := range lines {
		lines[i] = slices.DeleteFunc(lines[i], func(l piece) bool {
			return atEdge(pages[i], l) && (pageNumber.MatchString(l.text) || printed.MatchString(l.text) || len(pages) > 1 && seen[key(l)] >= least)
		})
	}
}

func keysAt(p page, lines []piece, key func(piece) string) map[string]bool {
	keys := map[string]bool{}
	for _, l := range lines {
		if atEdge(p, l) {
			keys[key(l)] = true
		}
	}
	return keys
}

func atEdge(p page, l piece) bool {
	return l.bottom > p.height*(1-edgeShare) || l.top < p.height*edgeShare
}

// joinRows makes one line of the pieces that stand on it: a row of a table where the
// line above or below falls into pieces too, else a line with wide blanks.
func joinRows(lines []piece) []piece {
	var groups [][]piece
	for _, l := range lines {
		if n := len(groups) - 1; n >= 0 && sameLine(groups[n][0], l) && l.left > groups[n][len(groups[n])-1].left {
			groups[n] = append(groups[n], l)
			continue
		}
		groups = append(groups, []piece{l})
	}
	several := func(i int) bool { return i >= 0 && i < len(groups) && len(groups[i]) > 1 }
	var out []piece
	for i, group := range groups {
		whole := group[0]
		whole.row = several(i) && (several(i-1) || several(i+1))
		for _, l := range group[1:] {
			whole.text += map[bool]string{true: "\t", false: " "}[whole.row] + l.text
			whole.right, whole.top, whole.bottom = max(whole.right, l.right), max(whole.top, l.top), min(whole.bottom, l.bottom)
		}
		out = append(out, whole)
	}
	return out
}

// bodySize is the size of font that most letters have.
func bodySize(pages [][]piece) float64 {
	letters := map[float64]int{}
	best := 0.0
	for _, lines := range pages {
		for _, l := range lines {
			size := math.Round(l.size*2) / 2
			letters[size] += len(l.text)
			if letters[size] > letters[best] {
				best = size
			}
		}
	}
	return best
}

// paragraphs cuts lines in reading order into paragraphs.
func paragraphs(lines []piece, body float64) []Paragraph {
	var out []Paragraph
	for i := 0; i < len(lines); {
		j := i + 1
		left, right := lines[i].left, lines[i].right
		for j < len(lines) && !parts(lines, i, j, left, right) {
			left, right = min(left, lines[j].left), max(right, lines[j].right)
			j++
		}
		text := lines[i].text
		for _, l := range lines[i+1 : j] {
			text = join(text, l.text)
		}
		p := Paragraph{Text: text, Row: lines[i].row}
		if !p.Row {
			p.Level = levelOf(lines[i:j], text, body)
		}
		out = append(out, p)
		i = j
	}
	return out
}

// parts reports whether line j begins a new paragraph after line j-1; the paragraph
// began with line i and lies between left and right.
func parts(lines []piece, i, j int, left, right float64) bool {
	before, l := lines[j-1], lines[j]
	pitch := before.bottom - l.bottom
	switch {
	case before.row || l.row:
		return true
	case math.Abs(before.size-l.size) > 0.12*max(before.size, l.size), before.bold != l.bold && (before.bold || ends(before.text)):
		return true
	case pitch <= 0 || pitch > 4*l.size: // another column or far below
		return !continues(before.text, l.text)
	case pitch > 1.75*l.size:
		return true
	case bullet.MatchString(l.text):
		return true
	case l.left > left+0.8*l.size && before.left <= left+0.5*l.size && j-i >= 1 && ends(before.text) && l.left-left < 5*l.size:
		return true // the first line of a paragraph is indented
	}
	return ends(before.text) && before.right < right-0.2*(right-left) && startsLarge(l.text)
}

var bullet = regexp.MustCompile(`^(?:[•▪◦‣–—*·]\s|\d{1,2}[.)]\s)`)

func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)] ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…")
}

func startsLarge(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘«¿¡(["))
	return !unicode.IsLower(r)
}

// continues reports whether a sentence that a column or page ends in goes on.
func continues(before, after string) bool {
	return !ends(before) && !startsLarge(after) || strings.HasSuffix(before, string(hyphen))
}

func goesOn(before, after Paragraph) bool {
	return before.Level == 0 && after.Level == 0 && !before.Row && !after.Row && continues(before.Text, after.Text) && !bullet.MatchString(after.Text)
}

// levelOf tells headings by the size of their font, or by being short and bold.
func levelOf(lines []piece, text string, body float64) int {
	if body == 0 || len(lines) > 4 || utf8.RuneCountInString(text) > 200 {
		return 0
	}
	switch ratio := lines[0].size / body; {
	case ratio >= 1.6:
		return 1
	case ratio >= 1.25:
		return 2
	case ratio >= 1.1 && !ends(text):
		return 3
	case lines[0].bold && len(lines) <= 2 && !ends(text) && ratio >= 0.95:
		return 3
	}
	return 0
}

// join adds a line to a text. A hyphen at the end stays as a soft one, for
// settleHyphens to decide.
func join(text, line string) string {
	r, size := utf8.DecodeLastRuneInString(text)
	next, _ := utf8.DecodeRuneInString(line)
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	switch {
	case r == hyphen:
		return text + line
	case (r == '-' || r == '\u2010') && unicode.IsLetter(before) && unicode.IsLower(next):
		return text[:len(text)-size] + string(hyphen) + line
	case (r == '-' || r == '\u2010') && unicode.IsLetter(before):
		return text + line
	}
	return text + " " + line
}

var cutWord = regexp.MustCompile(`(\pL+)\x{00AD}(\pL+)`)

// settleHyphens decides on every hyphen of a line's end: where the file writes the
// word with a hyphen elsewhere, and not without, it stays; else it goes.
func settleHyphens(all []Paragraph) {
	words := map[string]bool{}
	for _, p := range all {
		for w := range strings.FieldsFuncSeq(p.Text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != hyphen }) {
			words[strings.ToLower(w)] = true
		}
	}
	for i := range all {
		all[i].Text = cutWord.ReplaceAllStringFunc(all[i].Text, func(cut string) string {
			first, second, _ := strings.Cut(cut, string(hyphen))
			if words[strings.ToLower(first+"-"+second)] && !words[strings.ToLower(first+second)] {
				return first + "-" + second
			}
			return first + second
		})
		all[i].Text = strings.TrimSpace(strings.ReplaceAll(all[i].Text, string(hyphen), "-"))
	}
}
