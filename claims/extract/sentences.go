package extract

import (
	"cotejo/claims"
	"cotejo/claims/extract/segment"
)

// Sentences cuts a text into its sentences, in order. By-lines, date lines and what the
// outlet prints under every article are left out: nobody need look at them.
func Sentences(text, lang string) []claims.Sentence {
	doc := segment.Split(text, lang)
	out := make([]claims.Sentence, 0, len(doc.Sentences))
	for _, s := range doc.Sentences {
		switch s.Role {
		case segment.RoleByline, segment.RoleDateline, segment.RoleBoilerplate:
			continue
		}
		if s.Placed() {
			out = append(out, claims.Sentence{Span: s.Span, Paragraph: s.Paragraph})
		}
	}
	return out
}
