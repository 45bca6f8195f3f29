package segment

import (
	"strings"
	"unicode/utf8"
)

// Limits in tokens for the roles of short lines.
const (
	maxHeading  = 25 // a heading inside the article
	maxTitle    = 70 // the article's first line
	maxDateline = 10
	maxOpened   = 40 // a line whose first words give it a role
	maxGlued    = 12 // a heading that the text ran into
	maxCredited = 70 // a picture's caption that its credit ends
	maxCredit   = 8  // that credit
)

// assignRoles gives each paragraph its role, from its words and its place.
func assignRoles(d *Document, rules *rules) {
	seenBody := false
	for p := range d.Paragraphs {
		role := d.roleOf(p, seenBody, rules)
		d.Paragraphs[p].Role = role
		seenBody = seenBody || role == RoleBody || role == RoleList
	}
	if !d.hasBody() {
		d.headingsToBody()
	}
	for p := range d.Paragraphs {
		if d.loneItem(p) {
			d.Paragraphs[p].Role = RoleHeading
		}
		d.assignSentenceRoles(p, rules)
	}
}

// assignSentenceRoles gives the sentences of a paragraph its role, but for those that point
// elsewhere: "… . Lea también: …".
func (d *Document) assignSentenceRoles(p int, rules *rules) {
	para := d.Paragraphs[p]
	for s := para.First; s < para.Last; s++ {
		sentence := &d.Sentences[s]
		sentence.Role = para.Role
		if para.Role != RoleBody || para.Last-para.First == 1 {
			continue
		}
		switch {
		case rules.pointsElsewhere(d.Slice(sentence.Span)):
			sentence.Role = RoleBoilerplate
		case s+1 < para.Last && d.ranInto(s):
			sentence.Role = RoleHeading
		}
	}
}

// ranInto reports whether a sentence is a heading that the text behind it was glued to:
// short, without a full stop and without a comma; the article's title may be longer.
func (d *Document) ranInto(s int) bool {
	tokens := d.Tokens[d.Sentences[s].First:d.Sentences[s].Last]
	if s == 0 {
		return len(tokens) <= maxHeading && endsOpen(tokens)
	}
	for _, t := range tokens {
		if t.Text == "," {
			return false
		}
	}
	return len(tokens) <= maxGlued && endsOpen(tokens)
}

// loneItem reports whether a paragraph is a numbered line without a full stop between
// paragraphs of another kind: a numbered heading.
func (d *Document) loneItem(p int) bool {
	if d.Paragraphs[p].Role != RoleList || len(d.Paragraphs) < 3 {
		return false
	}
	tokens := d.paragraphTokens(p)
	if tokens[0].Kind != Number || !endsOpen(tokens) || len(tokens) > maxHeading {
		return false
	}
	listed := func(q int) bool {
		return q >= 0 && q < len(d.Paragraphs) && isListItem(d.paragraphTokens(q))
	}
	return !listed(p-1) && !listed(p+1)
}

// hasBody reports whether a paragraph of the body, or of a list, has a word other
// than a link, a handle or a hashtag.
func (d *Document) hasBody() bool {
	for p, para := range d.Paragraphs {
		if para.Role != RoleBody && para.Role != RoleList {
			continue
		}
		tokens := d.paragraphTokens(p)
		for k, t := range tokens {
			tagged := k > 0 && (tokens[k-1].Text == "#" || tokens[k-1].Text == "@") && tokens[k-1].End == t.Start
			if t.Kind == Word && !tagged && !strings.Contains(t.Text, "/") {
				return true
			}
		}
	}
	return false
}

// headingsToBody takes the lines of a text for its body that are all it has: a
// message of a few lines, none of which ends in a point.
func (d *Document) headingsToBody() {
	for p := range d.Paragraphs {
		if role := d.Paragraphs[p].Role; role == RoleHeading || role == RoleCaption {
			d.Paragraphs[p].Role = RoleBody
		}
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
		if role, ok := rules.opened(d.Slice(d.Paragraphs[p].Span), tokens); ok {
			return role
		}
	}
	if n <= maxHeading && isShouted(tokens) {
		return RoleHeading
	}
	if n <= maxCredited && d.credited(p, tokens, rules) {
		return RoleCaption
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
