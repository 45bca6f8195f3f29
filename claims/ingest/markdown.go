package ingest

import (
	"context"
	"regexp"
	"strings"

	"cotejo/claims"
)

// Shapes of Markdown's lines and of what stands inside them.
var (
	mdHeading = regexp.MustCompile(`^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$`)
	mdUnder   = regexp.MustCompile(`^ {0,3}(=+|-+)\s*$`)
	mdRule    = regexp.MustCompile(`^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$`)
	mdItem    = regexp.MustCompile(`^(\s*)(?:[-*+]|\d{1,9}[.)])\s+(.*)$`)
	mdQuote   = regexp.MustCompile(`^ {0,3}>\s?(.*)$`)
	mdFence   = regexp.MustCompile("^ {0,3}(?:```|~~~)")
	mdRow     = regexp.MustCompile(`^\s*\|.*\|\s*$`)
	mdCells   = regexp.MustCompile(`^[\s|:-]+$`)
	mdImage   = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)
	mdLink    = regexp.MustCompile(`\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])`)
	mdStrong  = regexp.MustCompile(`(\*\*|__)([^*_]+?)(\*\*|__)`)
	mdEm      = regexp.MustCompile(`(^|[^\pL\pN*_\\])[*_]([^*_\s][^*_]*?)[*_]($|[^\pL\pN*_])`)
	mdCode    = regexp.MustCompile("`([^`]+)`")
	mdEscape  = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!>|~-])")
	mdRefs    = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:\s+\S+`)
	mdField   = regexp.MustCompile(`^([A-Za-z_]+):\s*["']?(.*?)["']?\s*$`)
)

// readMarkdown is the reader of Markdown: the words without the marks, headings, lists,
// quotes and tables as structure, the fields of a front matter. It is no full reader of
// the language: what it does not know stays as it is written.
func readMarkdown(ctx context.Context, src source) (content, error) {
	return bounded(ctx, func() (content, error) {
		text := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(strings.TrimPrefix(src.text, byteOrderMark))
		findings, text := frontMatter(text)
		m := markdown{}
		for row := range strings.SplitSeq(text, "\n") {
			m.row(row)
		}
		m.end()
		if first := m.first(); first != "" {
			findings = append(findings, finding{"title", []string{first}, FromFile})
		}
		return content{text: textOf(m.lines), blocks: blocksOf(m.lines), findings: findings}, nil
	})
}

// frontMatter reads the fields between --- lines at the beginning.
func frontMatter(text string) ([]finding, string) {
	head, rest, found := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !strings.HasPrefix(text, "---\n") || !found || len(head) > 64<<10 {
		return nil, text
	}
	var findings []finding
	for row := range strings.SplitSeq(head, "\n") {
		m := mdField.FindStringSubmatch(row)
		if m == nil {
			continue
		}
		field := map[string]string{"title": "title", "date": "published", "published": "published", "author": "authors", "authors": "authors", "lang": "language", "language": "language",
			"url": "url", "canonical": "canonical_url", "canonical_url": "canonical_url", "outlet": "outlet", "publisher": "outlet"}[strings.ToLower(m[1])]
		if field != "" {
			findings = append(findings, finding{field, []string{m[2]}, FromFile})
		}
	}
	return findings, rest
}

// markdown makes lines of rows.
type markdown struct {
	lines []line
	now   line
	words []string
	code  bool
}

func (m *markdown) row(row string) {
	switch heading, item, quote := mdHeading.FindStringSubmatch(row), mdItem.FindStringSubmatch(row), mdQuote.FindStringSubmatch(row); {
	case mdFence.MatchString(row):
		m.end()
		m.code = !m.code
	case m.code:
		m.words = append(m.words, row)
	case strings.TrimSpace(row) == "":
		m.end()
	case mdUnder.MatchString(row) && len(m.words) == 1 && m.now.kind == "":
		m.now = line{kind: claims.BlockHeading, level: map[bool]int{true: 1, false: 2}[strings.Contains(row, "=")]}
		m.end()
	case mdRule.MatchString(row), mdRefs.MatchString(row):
		m.end()
	case heading != nil:
		m.one(line{kind: claims.BlockHeading, level: len(heading[1])}, heading[2])
	case quote != nil:
		if m.now.kind != claims.BlockQuote || strings.TrimSpace(quote[1]) == "" {
			m.end()
		}
		m.now = line{kind: claims.BlockQuote, level: 1}
		m.words = append(m.words, quote[1])
	case item != nil:
		m.end()
		m.now = line{kind: claims.BlockItem, level: 1 + min(len(strings.ReplaceAll(item[1], "\t", "  "))/2, 5)}
		m.words = append(m.words, item[2])
	case mdRow.MatchString(row):
		m.end()
		if !mdCells.MatchString(row) {
			cells := strings.Split(strings.Trim(strings.TrimSpace(row), "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			m.one(line{kind: claims.BlockRow, level: 1}, strings.Join(cells, "\t"))
		}
	default:
		m.words = append(m.words, row)
	}
}

func (m *markdown) one(as line, words string) {
	m.end()
	m.now, m.words = as, []string{words}
	m.end()
}

// end keeps the line written so far: rows of one paragraph are one line, but for those
// that end with two blanks or a backslash, and code, which stays as it is.
func (m *markdown) end() {
	var b strings.Builder
	for i, row := range m.words {
		if i > 0 {
			before := m.words[i-1]
			if m.code || strings.HasSuffix(before, "  ") || strings.HasSuffix(before, `\`) {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
		if !m.code {
			row = strings.TrimSuffix(strings.Trim(row, " "), `\`)
		}
		b.WriteString(row)
	}
	text := b.String()
	if !m.code {
		text = plainMarkdown(text)
	}
	if strings.TrimSpace(text) != "" {
		m.now.text, m.now.letters = strings.Trim(text, " \n"), len(text)
		m.lines = append(m.lines, m.now)
	}
	m.now, m.words = line{}, nil
}

// plainMarkdown takes the marks off the words.
func plainMarkdown(s string) string {
	s = mdImage.ReplaceAllString(s, "")
	s = mdLink.ReplaceAllString(s, "$1")
	s = mdCode.ReplaceAllString(s, "$1")
	s = mdStrong.ReplaceAllString(s, "$2")
	s = mdEm.ReplaceAllString(s, "$1$2$3")
	return mdEscape.ReplaceAllString(s, "$1")
}

// first is the first heading of the first level.
func (m *markdown) first() string {
	for _, l := range m.lines {
		if l.kind == claims.BlockHeading && l.level == 1 {
			return l.text
		}
	}
	return ""
}
