package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// opened gives the role of a line by the words that it begins with.
func (r *rules) opened(line string, tokens []Token) (Role, bool) {
	o, _, ok := r.opener(line)
	switch {
	case !ok, o.role == RoleByline && !isByline(tokens), o.open && !endsOpen(tokens):
		return "", false
	}
	return o.role, true
}

// opener finds the words of line_openers.tsv that a line begins with, and what follows them.
func (r *rules) opener(line string) (o opener, rest string, ok bool) {
	line = strings.TrimLeft(line, "[(*>»•- ")
	if line == "" {
		return opener{}, "", false
	}
	for _, o := range r.lineOpeners[line[0]] {
		if len(line) >= len(o.words) && strings.EqualFold(line[:len(o.words)], o.words) && !continuesWord(o.words, line[len(o.words):]) {
			return o, line[len(o.words):], true
		}
	}
	return opener{}, "", false
}

// pointsElsewhere reports whether a sentence inside a paragraph is a pointer to another
// article: such words and a colon or bar behind them.
func (r *rules) pointsElsewhere(sentence string) bool {
	o, rest, ok := r.opener(sentence)
	if !ok || o.role != RoleBoilerplate {
		return false
	}
	rest = strings.TrimLeft(rest, " ")
	return strings.HasSuffix(o.words, ":") || strings.IndexAny(rest, ":|>»") == 0
}

// continuesWord reports whether rest goes on with the word that opener ends in:
// "Subscribers" does not open with "Subscribe".
func continuesWord(opener, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(opener)
	next, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(last) && unicode.IsLetter(next)
}

// isShouted reports whether a line is in capitals, as headings are.
func isShouted(tokens []Token) bool {
	words := 0
	for _, t := range tokens {
		if t.Kind != Word {
			continue
		}
		if t.Text != strings.ToUpper(t.Text) {
			return false
		}
		words++
	}
	return words > 2
}

// credited reports whether a line ends in the credit of a picture, behind a full stop, a
// bar or in brackets: "… el lunes. EFE", "… on Monday (AP Photo/Ann Stone)".
func (d *Document) credited(p int, tokens []Token, rules *rules) bool {
	open, named := endsOpen(tokens), false
	for n := 1; n <= maxCredit && n < len(tokens); n++ {
		t := tokens[len(tokens)-n]
		switch {
		case t.Text == ":" && n+1 < len(tokens) && startsUpper(tokens[len(tokens)-n-1].Text) && rules.credits[tokens[len(tokens)-n-1].Fold]:
			return true // "A crane on the quay. Image: Ann Stone."
		case t.Kind == Word && rules.credits[t.Fold]:
			named = true
		case strings.ContainsAny(t.Text, ".|([©") && n > 1:
			return named && open
		}
	}
	return false
}
