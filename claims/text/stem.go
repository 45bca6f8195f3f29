package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

// stemmers by ISO 639-1 code. A language without one is searched by whole words.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"en": english.Stem,
	"es": spanish.Stem,
}

// maxStem is the longest word, in bytes, that is stemmed: no word is longer.
const maxStem = 64

// Stem gives the stem of one word in a language (ISO 639-1), in lower case; the
// word itself where the language has no stemmer. A stem is for comparing only:
// it need not be a word.
func Stem(word, lang string) string {
	word = norm.NFC.String(strings.ToLower(word))
	stem, ok := stemmers[lang]
	if !ok || len(word) > maxStem {
		return word
	}
	if root, ok := strings.CutSuffix(word, "cion"); ok && lang == "es" {
		word = root + "ción" // typed without its accent, as in a search box; the stemmer wants it
	}
	env := snowballstem.NewEnv(word)
	stem(env)
	return env.Current()
}
