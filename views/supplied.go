package views

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Supplied writes a standalone wording with what was supplied, in [square
// brackets], set apart.
func Supplied(wording string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		var b strings.Builder
		for _, part := range brackets(wording) {
			if part.supplied {
				b.WriteString(`<span class="supplied">` + templ.EscapeString(part.text) + `</span>`)
			} else {
				b.WriteString(templ.EscapeString(part.text))
			}
		}
		_, err := io.WriteString(out, b.String())
		return err
	})
}

type bracketPart struct {
	text     string
	supplied bool
}

// brackets cuts a wording into what the article says and what stands in square
// brackets, the brackets with it.
func brackets(s string) []bracketPart {
	var out []bracketPart
	for s != "" {
		open := strings.IndexByte(s, '[')
		end := -1
		if open >= 0 {
			end = strings.IndexByte(s[open:], ']')
		}
		if end < 0 {
			return append(out, bracketPart{text: s})
		}
		if open > 0 {
			out = append(out, bracketPart{text: s[:open]})
		}
		out = append(out, bracketPart{text: s[open : open+end+1], supplied: true})
		s = s[open+end+1:]
	}
	return out
}
