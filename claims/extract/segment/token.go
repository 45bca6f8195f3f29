package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
)

// position is a place in the text, counted both ways.
type position struct{ byte, rune int }

// class is what a code point is to the tokenizer.
type class uint8

const (
	classSpace class = iota
	classLetter
	classDigit
	classPunct
	classSymbol
)

// classes of ASCII, so that most text needs no look-up in Unicode's tables.
var asciiClass = func() (table [utf8.RuneSelf]class) {
	for r := range rune(utf8.RuneSelf) {
		table[r] = unicodeClass(r)
	}
	return table
}()

func classOf(r rune) class {
	if r < utf8.RuneSelf {
		return asciiClass[r]
	}
	return unicodeClass(r)
}

func unicodeClass(r rune) class {
	switch {
	case unicode.IsSpace(r):
		return classSpace
	case unicode.IsLetter(r) || unicode.IsMark(r) || r == '_' || r == '\u00ad' || r == '\u200c' || r == '\u200d':
		return classLetter
	case unicode.IsDigit(r):
		return classDigit
	case strings.ContainsRune("%‰#@&*\\/", r):
		return classSymbol
	case unicode.IsPunct(r) || r == '`' || r == '´':
		return classPunct
	default:
		return classSymbol
	}
}

// scanner reads one line of a text.
type scanner struct {
	text  string // the whole text up to the line's end
	rules *rules
}

func (s scanner) peek(i int) (rune, class, int) {
	if i >= len(s.text) {
		return 0, classSpace, 0
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), asciiClass[c], 1
	}
	r, size := utf8.DecodeRuneInString(s.text[i:])
	return r, classOf(r), size
}

// tokenize appends the tokens of the line [at, end) and gives the position at its end.
func (d *Document) tokenize(at position, end int, rules *rules) position {
	s := scanner{text: d.Text[:end], rules: rules}
	for at.byte < end {
		_, class, size := s.peek(at.byte)
		if class == classSpace {
			at.byte += size
			at.rune++
			continue
		}
		stop, kind := s.token(at.byte)
		text := d.Text[at.byte:stop]
		next := position{stop, at.rune + utf8.RuneCountInString(text)}
		d.Tokens = append(d.Tokens, Token{
			Span: claims.Span{Start: at.rune, End: next.rune}, Bytes: [2]int{at.byte, stop},
			Text: text, Fold: strings.ToLower(text), Kind: kind,
		})
		at = next
	}
	return at
}

// token gives where the token that begins at byte i ends, and its kind.
func (s scanner) token(i int) (int, TokenKind) {
	r, class, size := s.peek(i)
	switch class {
	case classLetter:
		if end := s.address(i); end > i {
			return end, Word
		}
		return s.word(i)
	case classDigit:
		return s.number(i)
	case classPunct:
		return s.run(i, r, ".-–—_!?`'…="), Punct
	}
	if r == '°' || r == '˚' { // °C is one symbol
		if c, _, _ := s.peek(i + size); c == 'C' || c == 'F' {
			return i + size + 1, Symbol
		}
	}
	if unicode.Is(unicode.Sc, r) {
		return i + size, Symbol
	}
	return s.run(i, r, string(r)), Symbol
}

// run gives the end of a repetition of r, where r is among those that repeat;
// of apostrophes and grave accents it takes two at most (a typist's quotation mark).
func (s scanner) run(i int, r rune, repeating string) int {
	_, _, size := s.peek(i)
	end := i + size
	if !strings.ContainsRune(repeating, r) {
		return end
	}
	for end < len(s.text) && !((r == '\'' || r == '`') && end-i == 2) {
		next, _, n := s.peek(end)
		if next != r {
			break
		}
		end += n
	}
	return end
}

// address gives the end of a web address that begins at byte i, or i.
func (s scanner) address(i int) int {
	rest := s.text[i:min(len(s.text), i+8)]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "www.") {
		return i
	}
	end := strings.IndexFunc(s.text[i:], unicode.IsSpace)
	if end < 0 {
		end = len(s.text) - i
	}
	return i + len(strings.TrimRight(s.text[i:i+end], ".,;:!?)]}»”’\"'"))
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '\u2011' }

// word reads a word that begins at byte i, with the inner marks that belong to it.
func (s scanner) word(i int) (int, TokenKind) {
	end, segment, dotted := i, i, false
	for {
		r, class, size := s.peek(end)
		if class == classLetter || class == classDigit {
			end += size
			continue
		}
		if r == '$' && end-i <= 3 && isUpper(s.text[i:end]) { // US$, R$
			end += size
			if next, _, _ := s.peek(end); next == 'S' || next == 'D' { // U$S, U$D
				end++
			}
			return end, Symbol
		}
		next, nextClass, _ := s.peek(end + size)
		inner := false
		switch {
		case size == 0:
		case isApostrophe(r) || r == '·' || r == '&':
			inner = nextClass == classLetter
		case isHyphen(r):
			inner = nextClass == classLetter || nextClass == classDigit
		case r == '.' && nextClass == classLetter:
			inner = s.pointInside(segment, end, next)
			dotted = dotted || inner
		}
		if !inner {
			break
		}
		end += size
		segment = end
	}
	if s.ownsPoint(i, segment, end, dotted) {
		end++
	}
	return end, Word
}

// pointInside reports whether the point at byte dot stands inside a word:
// between the capitals of an acronym (EE.UU.), between single letters (a.m.) or
// before a lower-case continuation (elpais.com). After "agosto.El" it does not.
func (s scanner) pointInside(segment, dot int, next rune) bool {
	before := s.text[segment:dot]
	if dot-segment > 12*utf8.UTFMax {
		return false
	}
	letters := utf8.RuneCountInString(before)
	if unicode.IsLower(next) {
		return letters > 1 || isLower(before)
	}
	return letters <= 2 && isUpper(before)
}

// ownsPoint reports whether the point after the word [i, end) belongs to it: an
// abbreviation's, an acronym's or an initial's.
func (s scanner) ownsPoint(i, segment, end int, dotted bool) bool {
	if end >= len(s.text) || s.text[end] != '.' || end-i > 24 {
		return false
	}
	if r, _, _ := s.peek(end + 1); r == '.' { // the first of an ellipsis
		return false
	}
	word := s.text[i:end]
	if _, known := s.rules.abbreviation(word + "."); known {
		return true
	}
	last := s.text[segment:end]
	if dotted {
		return utf8.RuneCountInString(last) <= 2 && (isUpper(last) || len(last) == 1)
	}
	return utf8.RuneCountInString(word) == 1 && isUpper(word) && s.capitalAfter(end+1)
}

// capitalAfter reports whether a capital follows at byte i, a space between or none.
func (s scanner) capitalAfter(i int) bool {
	r, class, size := s.peek(i)
	if class == classSpace && size > 0 {
		r, _, _ = s.peek(i + size)
	}
	return unicode.IsUpper(r)
}

// number reads digits with inner marks (15.000, 1,5, 10:30, 10/12/2020) and the
// letters that are written against them (80th, 10km, 1.º). "11-year-old" stops at 11.
func (s scanner) number(i int) (int, TokenKind) {
	end, kind := i, Number
	for {
		r, class, size := s.peek(end)
		switch {
		case size == 0:
			return end, kind
		case class == classDigit && kind == Number:
			end += size
			continue
		case class == classLetter || class == classDigit:
			end, kind = end+size, Word
			continue
		}
		next, nextClass, _ := s.peek(end + size)
		switch {
		case kind == Number && strings.ContainsRune(".,:/'’′", r) && nextClass == classDigit:
		case kind == Number && r == '.' && (next == 'º' || next == 'ª'):
		case kind == Number && isApostrophe(r) && next == 's' && end+size+1 <= len(s.text): // the 70's
		default:
			return end, kind
		}
		end += size
	}
}

func isUpper(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

func isLower(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLower(r) }) < 0
}
