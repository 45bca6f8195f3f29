package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits in tokens for the roles of short lines.
const (
	maxHeading  = 25 // a heading inside the article
	maxTitle    = 70 // the article's first line
	maxDateline = 10
	maxOpened   = 40 // a line whose first words give it a role
)

// assignRoles gives each paragraph its role, from its words and its place.
func assignRoles(d *Document, rules *rules) {
	seenBody := false
	for p := range d.Paragraphs {
		role := d.roleOf(p, seenBody, rules)
		d.Paragraphs[p].Role = role
		seenBody = seenBody || role == RoleBody || role == RoleList
	}
}

func (d *Document) roleOf(p int, seenBody bool, rules *rules) Role {
	tokens := d.paragraphTokens(p)
	n := len(tokens)
	switch {
	case len(d.Paragraphs) == 1:
		return RoleBody
	case n <= maxDateline && isDateline(tokens, rules):
		return RoleDateline
	case n <= maxOpened:
		role, ok := rules.opened(d.Slice(d.Paragraphs[p].Span))
		if ok && (role != RoleByline || isByline(tokens)) {
			return role
		}
	}
	if isListItem(tokens) {
		return RoleList
	}
	if endsOpen(tokens) {
		switch {
		case p == 0 && n <= maxTitle:
			return RoleHeading
		case !seenBody && n <= maxHeading && startsLower(tokens[0].Text):
			return RoleCaption
		case n <= maxHeading:
			return RoleHeading
		}
	}
	if !seenBody && p > 0 && n <= maxHeading && startsLower(tokens[0].Text) {
		return RoleCaption
	}
	return RoleBody
}

func (d *Document) paragraphTokens(p int) []Token {
	para := d.Paragraphs[p]
	return d.Tokens[d.Sentences[para.First].First:d.Sentences[para.Last-1].Last]
}

// isDateline reports whether a line says only when (and where from) it was
// written: a figure, and apart from it only calendar words and one place.
func isDateline(tokens []Token, rules *rules) bool {
	figures, calendar, others := 0, 0, 0
	for _, t := range tokens {
		switch {
		case t.Kind == Number:
			figures++
		case t.Kind == Word && rules.dateWords[t.Fold]:
			calendar++
		case t.Kind == Word:
			others++
		}
	}
	return figures > 0 && calendar > 0 && others <= 1 && calendar >= others || figures >= 3 && others == 0 && calendar == 0
}

// isByline reports whether a line that opens like a by-line goes on like one:
// short, with a name, and no sentence.
func isByline(tokens []Token) bool {
	return len(tokens) > 1 && len(tokens) <= maxDateline && endsOpen(tokens) && startsUpper(tokens[len(tokens)-1].Text)
}

// isListItem reports whether a line begins with a list's mark: a bullet, "1." or "a)".
func isListItem(tokens []Token) bool {
	if len(tokens) < 3 {
		return false
	}
	first, second := tokens[0], tokens[1]
	if strings.ContainsAny(first.Text, "•·▪●■*✓➤►") && first.Kind != Word {
		return true
	}
	if (first.Text == "-" || first.Text == "–") && second.Start > first.End {
		return true
	}
	if first.Kind != Number && utf8.RuneCountInString(first.Text) != 1 {
		return false
	}
	if second.Text == ")" {
		return true
	}
	return second.Text == "." && first.Kind == Number && tokens[2].Start > second.End
}

// endsOpen reports whether a line ends without the mark of a finished sentence.
func endsOpen(tokens []Token) bool {
	for i := len(tokens) - 1; i >= 0; i-- {
		t := tokens[i]
		if isOneOf(t.Text, closingMarks+straightMarks) {
			continue
		}
		if t.Kind != Punct {
			return !strings.HasSuffix(t.Text, ".")
		}
		return !strings.ContainsAny(t.Text, ".!?…:;,")
	}
	return true
}

// opened gives the role of a line by the words that it begins with.
func (r *rules) opened(line string) (Role, bool) {
	line = strings.TrimLeft(line, "[(*>»•- ")
	for _, o := range r.lineOpeners {
		if len(line) >= len(o.words) && strings.EqualFold(line[:len(o.words)], o.words) && !continuesWord(o.words, line[len(o.words):]) {
			return o.role, true
		}
	}
	return "", false
}

// continuesWord reports whether rest goes on with the word that opener ends in:
// "Subscribers" does not open with "Subscribe".
func continuesWord(opener, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(opener)
	next, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(last) && unicode.IsLetter(next)
}
