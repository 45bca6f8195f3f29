package model

import (
	"unicode"
	"unicode/utf8"
)

// Form is what the models see of one word: hashes of the folded word, of its
// ends and of its outline. No string is built to make one.
type Form struct {
	Word    uint32    // hash of the folded word
	Key     uint64    // the same, wide enough to look the word up by
	Suf     [5]uint32 // last 1 to 5 letters
	Pre     [3]uint32 // first 1 to 3 letters
	Shape   uint32    // capitals, digits, inner marks; first in the sentence
	Lex     uint32    // what the lexicon knows of the word; 0 for nothing
	Cluster uint32    // 0 for none
	entry   int32     // index into the lexicon, -1 for none
}

// The hash of a word is FNV-1a over its folded letters.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// shape bits
const (
	shapeUpper = 1 << iota // begins with a capital
	shapeAllUpper
	shapeDigit
	shapeLetter
	shapeMark
	shapeFirst
	shapeInnerUpper
)

// Fold gives the letter that stands for r in the models: lower case, one
// apostrophe, one quotation mark, one dash, one digit.
func Fold(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= '0' && r <= '9':
		return '0'
	}
	switch r {
	case '’', '‘', '´', '`':
		return '\''
	case '“', '”', '«', '»', '„':
		return '"'
	case '–', '—', '―':
		return '-'
	}
	return unicode.ToLower(r)
}

// NewForm hashes a word; first says that it opens its sentence.
func NewForm(word string, first bool) Form {
	var (
		f     = Form{entry: -1, Key: fnvOffset}
		last  [5]rune
		n     int
		upper int
		shape uint32
		alpha int
	)
	for _, r := range word {
		c := Fold(r)
		f.Key = (f.Key ^ uint64(c)) * fnvPrime
		if n < len(f.Pre) {
			f.Pre[n] = fold32(f.Key)
		}
		switch {
		case c == '0':
			shape |= shapeDigit
		case unicode.IsLetter(c):
			shape |= shapeLetter
			alpha++
			if c != r && unicode.IsUpper(r) {
				upper++
				if n == 0 {
					shape |= shapeUpper
				} else {
					shape |= shapeInnerUpper
				}
			}
		default:
			shape |= shapeMark
		}
		copy(last[1:], last[:4])
		last[0] = c
		n++
	}
	if upper == alpha && alpha > 1 {
		shape |= shapeAllUpper
	}
	if first {
		shape |= shapeFirst
	}
	f.Word = fold32(f.Key)
	f.Shape = shape
	f.Suf = suffixes(last, n)
	return f
}

// suffixes hashes the last 1 to 5 letters; a longer suffix than the word is 0.
func suffixes(last [5]rune, n int) (out [5]uint32) {
	h := uint64(fnvOffset)
	for i := 0; i < len(last) && i < n; i++ {
		h = (h ^ uint64(last[i])) * fnvPrime
		out[i] = fold32(h)
	}
	return out
}

func fold32(h uint64) uint32 { return uint32(h ^ h>>32) }

// Forms hashes the words of one sentence into buf.
func Forms(words []string, buf []Form) []Form {
	buf = buf[:0]
	for i, w := range words {
		buf = append(buf, NewForm(w, i == 0))
	}
	return buf
}

// LastRunes gives the last n letters of s, all of it where it is shorter.
func LastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}
