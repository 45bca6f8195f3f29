package claims

import (
	"regexp"
	"slices"
	"strings"
)

var (
	citation   = regexp.MustCompile(`^\[\[[ \t]*([0-9A-Za-z][0-9A-Za-z\- ]{4,8})[ \t]*\]\]`)
	definition = regexp.MustCompile(`^[ \t]*\[(?:[^\[\]\\]|\\.)*\]:`)
	address    = regexp.MustCompile(`^<(?:[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^<>\x00-\x20]*|[A-Za-z0-9.!#$%&'*+/=?^_{|}~\-` + "`" + `]+@[A-Za-z0-9.\-]+)>`)
	tag        = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9\-]*(?:\s+[A-Za-z_:][\w.:\-]*(?:\s*=\s*(?:[^\s"'=<>` + "`" + `]+|'[^']*'|"[^"]*"))?)*\s*/?>`)
	delimiters = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*$`)
)

// piece is text that inline marks do not reach beyond, and where it stands.
type piece struct {
	text string
	at   []int // byte of the body of each byte of text
}

func pieceOf(body string, lines ...[2]int) piece {
	var text strings.Builder
	var at []int
	for n, line := range lines {
		if n > 0 {
			text.WriteByte('\n')
			at = append(at, line[0])
		}
		text.WriteString(body[line[0]:line[1]])
		for i := line[0]; i < line[1]; i++ {
			at = append(at, i)
		}
	}
	return piece{text.String(), at}
}

// flush reads the paragraph that ends here.
func (s *blockScanner) flush() {
	if s.leaf == leafText {
		s.leaf = leafNone
	}
	lines := s.text
	s.text = nil
	if len(lines) == 0 || definition.MatchString(s.body[lines[0][0]:lines[0][1]]) {
		return
	}
	head := s.tableAt(lines)
	s.inline(pieceOf(s.body, lines[:head]...))
	for _, line := range lines[head:] {
		s.cells(line[0], line[1])
	}
}

// tableAt gives the line that heads a table, len(lines) where there is none.
func (s *blockScanner) tableAt(lines [][2]int) int {
	for i := 1; i < len(lines); i++ {
		words := s.body[lines[i][0]:lines[i][1]]
		if strings.ContainsAny(words, "|:-") && delimiters.MatchString(words) {
			return i - 1
		}
	}
	return len(lines)
}

// cells reads a row of a table, each cell by itself.
func (s *blockScanner) cells(start, end int) {
	from := start
	for i := start; i <= end; i++ {
		if i == end || s.body[i] == '|' && (i == start || s.body[i-1] != '\\') {
			s.inline(pieceOf(s.body, [2]int{from, i}))
			from = i + 1
		}
	}
}

// inlineScanner reads one piece of text.
type inlineScanner struct {
	piece
	i       int
	runs    map[int][]int // places of the runs of backticks, by their length
	opening []bracket
	found   []Citation
}

// bracket is a "[" that may begin a link, or an image.
type bracket struct {
	image bool
	found int // citations before it
}

func (s *blockScanner) inline(p piece) {
	if !strings.Contains(p.text, "[[") {
		return
	}
	in := inlineScanner{piece: p, runs: backticks(p.text)}
	for in.i < len(in.text) {
		in.step()
	}
	s.found = append(s.found, in.found...)
}

func backticks(text string) map[int][]int {
	out := map[int][]int{}
	for i := 0; i < len(text); i++ {
		n := run(text[i:])
		if n > 0 {
			out[n] = append(out[n], i)
			i += n
		}
	}
	return out
}

func run(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

// reach is how many bytes a tag, an address or a title may take, so that a body
// full of beginnings is read in linear time.
const reach = 4096

func (in *inlineScanner) step() {
	rest := in.text[in.i:min(len(in.text), in.i+reach)]
	switch {
	case rest[0] == '\\' && len(rest) > 1 && isPunct(rest[1]):
		in.i += 2
	case rest[0] == '`':
		in.code(run(in.text[in.i:]))
	case rest[0] == '<':
		in.i += max(1, markup(rest))
	case strings.HasPrefix(rest, "!["):
		in.opening = append(in.opening, bracket{image: true, found: len(in.found)})
		in.i += 2
	case rest[0] == '[':
		in.bracket(rest)
	case rest[0] == ']':
		in.close(rest)
	default:
		in.i++
	}
}

func isPunct(b byte) bool {
	return b > ' ' && b < 0x7f && !(b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z')
}

// code goes beyond a code span, or beyond the backticks where none ends.
func (in *inlineScanner) code(n int) {
	in.i += n
	places := in.runs[n]
	next, _ := slices.BinarySearch(places, in.i)
	if next < len(places) {
		in.i = places[next] + n
	}
}

// markup gives the length of a tag, a comment or an address in <>; 0 for none.
func markup(rest string) int {
	for _, kind := range [][2]string{{"<!--", "-->"}, {"<?", "?>"}, {"<![CDATA[", "]]>"}, {"<!", ">"}} {
		if strings.HasPrefix(rest, kind[0]) {
			if end := strings.Index(rest[2:], kind[1]); end >= 0 {
				return 2 + end + len(kind[1])
			}
			return 0
		}
	}
	return max(len(address.FindString(rest)), len(tag.FindString(rest)))
}

func (in *inlineScanner) bracket(rest string) {
	if m := citation.FindStringSubmatch(rest); m != nil {
		if id, ok := PlainID(m[1]); ok && len(id) == ClaimIDLen {
			start := in.at[in.i]
			in.found = append(in.found, Citation{ID: id, Start: start, End: start + len(m[0])})
			in.i += len(m[0])
			return
		}
	}
	in.opening = append(in.opening, bracket{found: len(in.found)})
	in.i++
}

// close ends a link or an image: its address and title are no text, and the
// words for an image are shown to nobody who sees it.
func (in *inlineScanner) close(rest string) {
	in.i++
	if len(in.opening) == 0 {
		return
	}
	last := in.opening[len(in.opening)-1]
	in.opening = in.opening[:len(in.opening)-1]
	if last.image {
		in.found = in.found[:last.found]
	}
	in.i += linkTail(rest[1:])
}

// linkTail gives the length of "(address "title")", 0 where it is none.
func linkTail(s string) int {
	if !strings.HasPrefix(s, "(") {
		return 0
	}
	i := 1 + white(s[1:])
	i += destination(s[i:])
	gap := white(s[i:])
	i += gap
	if gap > 0 {
		i += title(s[i:])
		i += white(s[i:])
	}
	if i < len(s) && s[i] == ')' {
		return i + 1
	}
	return 0
}

func white(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\r\n")) }

func destination(s string) int {
	if strings.HasPrefix(s, "<") {
		end := strings.IndexAny(s[1:], "<>\n")
		if end < 0 || s[1+end] != '>' {
			return 0
		}
		return end + 2
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			i++
		case c <= ' ':
			return i
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return i
		case c == ')':
			depth--
		}
	}
	return len(s)
}

func title(s string) int {
	if s == "" || !strings.Contains(`"'(`, s[:1]) {
		return 0
	}
	end := s[0]
	if end == '(' {
		end = ')'
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case end:
			return i + 1
		}
	}
	return 0
}
