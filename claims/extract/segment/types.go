// Package segment cuts an article into paragraphs, sentences and tokens, all
// with offsets. Tokens and the white space between them tile the text.
package segment

import "cotejo/claims"

// Role says what a paragraph is for; only body and list items make claims.
type Role string

// The roles of a paragraph.
const (
	RoleBody        Role = "body"
	RoleHeading     Role = "heading"
	RoleByline      Role = "byline"
	RoleDateline    Role = "dateline"
	RoleCaption     Role = "caption"
	RoleList        Role = "list"
	RoleBoilerplate Role = "boilerplate" // "Lea también", cookie lines, calls to action
)

// TokenKind says what a token is made of.
type TokenKind uint8

// The kinds of token.
const (
	Word   TokenKind = iota // letters, with inner hyphens, apostrophes and points (EE.UU.)
	Number                  // digits with inner marks: 15.000, 1,5, 10:30
	Punct                   // one mark, or a run such as ... or --
	Symbol                  // %, $, €, +
)

// Token is a word, number or mark. Bytes is where it stands in the UTF-8 text.
type Token struct {
	claims.Span
	Text  string
	Fold  string // lower case; accents kept
	Kind  TokenKind
	Bytes [2]int
}

// Sentence is a run of tokens [First, Last) and the span that they cover.
type Sentence struct {
	claims.Span
	First, Last int
	Paragraph   int
	Role        Role // its paragraph's, or boilerplate inside a paragraph
}

// Paragraph is a run of sentences [First, Last) between line breaks.
type Paragraph struct {
	claims.Span
	First, Last int
	Role        Role
}

// Document is a segmented text.
type Document struct {
	Text       string
	Lang       string
	Paragraphs []Paragraph
	Sentences  []Sentence
	Tokens     []Token
	numbers    *NumberWords
	sentence   []int32 // of each token
	starts     []int   // byte offset of every 16th code point
}
