package claims

import (
	"regexp"
	"slices"
	"strings"
)

// Citation is one [[ID]] in the Markdown of a check.
type Citation struct {
	ID         string // in plain form
	Start, End int    // bytes of the body from the first bracket to the last
}

// Citations lists the ids of the claims that a Markdown body cites, in order of
// first mention, in plain form.
func Citations(body string) []string {
	var out []string
	for _, c := range CitationsIn(body) {
		if !slices.Contains(out, c.ID) {
			out = append(out, c.ID)
		}
	}
	return out
}

// CitationsIn finds the citations of a body where they stand. Pages link these
// and no others. What stands in code, raw HTML, the address or title of a link,
// the words for an image, or the definition of a link is shown as it is and
// cites nothing.
func CitationsIn(body string) []Citation {
	s := blockScanner{body: body}
	for start := 0; start < len(body); {
		end := start + strings.IndexByte(body[start:], '\n')
		if end < start {
			end = len(body)
		}
		s.line(start, end)
		start = end + 1
	}
	s.flush()
	return s.found
}

// container is a quote, or an item of a list whose words are indented.
type container struct {
	quote  bool
	indent int  // columns, of an item
	bare   bool // an item without words yet, which a blank line ends
}

type leafKind int

const (
	leafNone leafKind = iota
	leafText          // a paragraph; a heading is one of its own
	leafFence
	leafHTML
)

// blockScanner reads the blocks of CommonMark, a line at a time, as far as they
// decide which words are text.
type blockScanner struct {
	body  string
	found []Citation

	open  []container
	leaf  leafKind
	text  [][2]int // lines of the paragraph: bytes of the body
	fence string   // that opened the code
	until string   // what ends the HTML; a blank line where ""
}

// cursor goes through one line; columns count a tab up to the next stop of four.
type cursor struct {
	line string
	at   int
	col  int
	part int // columns of a tab that are left
}

func (c *cursor) rest() string { return c.line[c.at:] }

func (c *cursor) blank() bool { return strings.Trim(c.rest(), " \t\r\v\f") == "" }

// indent counts the columns of white space ahead.
func (c *cursor) indent() int {
	ahead := *c
	for ahead.skip(1) {
	}
	return ahead.col - c.col
}

// skip goes n columns on, as long as they are white space.
func (c *cursor) skip(n int) bool {
	for ; n > 0; n-- {
		switch {
		case c.part > 0:
			c.part--
		case c.at < len(c.line) && c.line[c.at] == ' ':
			c.at++
		case c.at < len(c.line) && c.line[c.at] == '\t':
			c.at++
			c.part = 3 - c.col%4
		default:
			return false
		}
		c.col++
	}
	return true
}

func (c *cursor) take(n int) {
	c.at += n
	c.col += n
}

func (s *blockScanner) line(start, end int) {
	c := &cursor{line: s.body[start:end]}
	matched := s.goOn(c)
	whole := matched == len(s.open)
	if whole && s.within(c) {
		return
	}
	if s.leaf == leafFence || s.leaf == leafHTML {
		s.leaf = leafNone
	}
	opened := false
	for s.opens(c, &matched, whole && !opened) {
		opened = true
	}
	switch {
	case c.blank():
		s.flush()
		s.open = s.open[:matched]
	case s.leaf == leafText && !opened && goesOnText(c, whole):
		s.text = append(s.text, [2]int{start + c.at, end})
	case s.leaf == leafText && !opened && whole && underlines(c):
		s.flush()
	case c.indent() >= 4:
		s.open = s.open[:matched]
	default:
		s.open = s.open[:matched]
		s.begin(c, start, end)
	}
}

// goOn walks into the open containers that the line goes on with.
func (s *blockScanner) goOn(c *cursor) int {
	for i, one := range s.open {
		switch {
		case one.quote && c.indent() <= 3 && strings.HasPrefix(strings.TrimLeft(c.rest(), " \t"), ">"):
			c.skip(c.indent())
			c.take(1)
			c.skip(1)
		case !one.quote && c.blank() && !one.bare:
		case !one.quote && !c.blank() && c.indent() >= one.indent:
			c.skip(one.indent)
			s.open[i].bare = false
		default:
			return i
		}
	}
	return len(s.open)
}

// within takes a line of code or HTML.
func (s *blockScanner) within(c *cursor) bool {
	switch s.leaf {
	case leafFence:
		plain := strings.TrimRight(strings.TrimLeft(c.rest(), " "), " \t\r")
		if c.indent() <= 3 && len(plain) >= len(s.fence) && strings.Trim(plain, s.fence[:1]) == "" {
			s.leaf = leafNone
		}
		return true
	case leafHTML:
		if s.until == "" && c.blank() || s.until != "" && strings.Contains(strings.ToLower(c.rest()), s.until) {
			s.leaf = leafNone
		}
		return true
	}
	return false
}

var (
	bullet     = regexp.MustCompile(`^[-+*](?:[ \t\r]|$)`)
	ordinal    = regexp.MustCompile(`^[0-9]{1,9}[.)](?:[ \t\r]|$)`)
	rule       = regexp.MustCompile(`^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\r?$`)
	underline  = regexp.MustCompile(`^(?:=+|-+)[ \t]*\r?$`)
	heading    = regexp.MustCompile(`^#{1,6}(?:[ \t\r]|$)`)
	fenceStart = regexp.MustCompile("^(?:(`{3,})[^`]*|(~{3,}).*)$")
	htmlStart  = regexp.MustCompile(`(?i)^<(?:(?:script|pre|style|textarea)(?:[ \t\r>]|$)|!--|\?|![a-z]|!\[CDATA\[)`)
	htmlBlock  = regexp.MustCompile(`(?i)^</?(?:` + htmlBlocks + `)(?:[ \t\r]|/?>|$)`)
)

// htmlBlocks are the elements that begin a block of HTML with anything behind them.
const htmlBlocks = "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|" +
	"fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|meta|nav|" +
	"noframes|ol|optgroup|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"

// opens takes the mark of a container that begins here.
func (s *blockScanner) opens(c *cursor, matched *int, goesOn bool) bool {
	if c.blank() || c.indent() >= 4 {
		return false
	}
	words := strings.TrimLeft(c.rest(), " \t")
	interrupts := goesOn && s.leaf == leafText
	if strings.HasPrefix(words, ">") {
		c.skip(c.indent())
		c.take(1)
		c.skip(1)
		s.push(matched, container{quote: true})
		return true
	}
	mark := bullet.FindString(words)
	if mark == "" {
		mark = ordinal.FindString(words)
	}
	if mark == "" || rule.MatchString(words) {
		return false
	}
	mark = strings.TrimRight(mark, " \t\r")
	empty := strings.TrimSpace(words[len(mark):]) == ""
	if interrupts && (empty || len(mark) > 1 && strings.TrimRight(mark, ".)") != "1") {
		return false
	}
	before := c.indent()
	c.skip(before)
	c.take(len(mark))
	space := c.indent()
	if empty || space > 4 {
		space = 1
	}
	c.skip(space)
	s.push(matched, container{indent: before + len(mark) + space, bare: empty})
	return true
}

// goesOnText reports whether a line goes on with the paragraph above it.
func goesOnText(c *cursor, whole bool) bool {
	words := strings.TrimLeft(c.rest(), " \t")
	return c.indent() >= 4 || !(fenceStart.MatchString(words) || rule.MatchString(words) || heading.MatchString(words) ||
		beginsHTML(words) || whole && underlines(c))
}

// underlines reports whether a line makes the paragraph above it a heading.
func underlines(c *cursor) bool {
	return c.indent() <= 3 && underline.MatchString(strings.TrimLeft(c.rest(), " \t"))
}

func beginsHTML(words string) bool {
	return htmlStart.MatchString(words) || htmlBlock.MatchString(words)
}

// isTag reports whether a line is one tag alone, which begins a block of HTML
// where no paragraph goes on.
func isTag(words string) bool {
	found := tag.FindString(words)
	return found != "" && strings.TrimRight(words[len(found):], " \t\r") == ""
}

func (s *blockScanner) push(matched *int, one container) {
	s.flush()
	s.open = append(s.open[:*matched], one)
	*matched++
}

// begin starts the block that the words of a line make.
func (s *blockScanner) begin(c *cursor, start, end int) {
	c.skip(c.indent())
	s.flush()
	words := c.rest()
	switch {
	case fenceStart.MatchString(words):
		m := fenceStart.FindStringSubmatch(words)
		s.leaf, s.fence = leafFence, m[1]+m[2]
	case beginsHTML(words) || isTag(words):
		s.beginHTML(words)
	case rule.MatchString(words):
	case heading.MatchString(words):
		s.text = [][2]int{{start + c.at, end}}
		s.flush()
	default:
		s.leaf, s.text = leafText, [][2]int{{start + c.at, end}}
	}
}

// htmlEnds are the kinds of HTML that blank lines do not end.
var htmlEnds = []struct{ start, end string }{
	{"<!--", "-->"}, {"<script", "</script>"}, {"<pre", "</pre>"}, {"<style", "</style>"}, {"<textarea", "</textarea>"},
	{"<?", "?>"}, {"<![cdata[", "]]>"}, {"<!", ">"},
}

func (s *blockScanner) beginHTML(words string) {
	s.leaf, s.until = leafHTML, ""
	lower := strings.ToLower(words)
	for _, kind := range htmlEnds {
		if strings.HasPrefix(lower, kind.start) {
			s.until = kind.end
			break
		}
	}
	if s.until != "" && strings.Contains(lower, s.until) {
		s.leaf = leafNone
	}
}
