package suggest

import (
	"strings"
	"unicode"
)

// cut cuts a text into pieces of at most maxPiece code points, after a paragraph
// where one ends, else after a line, a sentence or a word. At most maxPieces are
// made; read is how many bytes of the text they and what stands between them cover.
func cut(whole string) (pieces []string, read int) {
	text := []rune(whole[:offset(whole, maxPieces*maxPiece+1)])
	for len(pieces) < maxPieces && len(text) > 0 {
		size := pieceSize(text)
		piece := string(text[:size])
		if strings.TrimSpace(piece) != "" {
			pieces = append(pieces, piece)
		}
		read += len(piece)
		text = text[size:]
	}
	return pieces, read
}

// offset is the byte at which code point n of a text begins; its end where it
// has no more.
func offset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}

// pieceSize is how much of the rest makes the next piece: never less than half
// a piece, so that no text makes more than twice the pieces it must.
func pieceSize(rest []rune) int {
	if len(rest) <= maxPiece {
		return len(rest)
	}
	for _, ends := range []func(before, at rune) bool{
		func(before, at rune) bool { return before == '\n' && at == '\n' },
		func(_, at rune) bool { return at == '\n' },
		func(before, at rune) bool { return unicode.IsSpace(at) && unicode.Is(unicode.STerm, before) },
		func(_, at rune) bool { return unicode.IsSpace(at) },
	} {
		for i := maxPiece - 1; i >= maxPiece/2; i-- {
			if ends(rest[i-1], rest[i]) {
				return i + 1
			}
		}
	}
	return maxPiece
}
