package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Redactor finds names in texts and puts other words in their place. Case,
// accents, and what stands between the words of a name do not matter: "Ana Ruiz"
// is found in "ana-ruiz", "ANA  RUÍZ" and "anaruiz", but not within a longer word.
type Redactor struct{ needles [][]rune }

// NewRedactor looks for the names; one of a single letter is left out, since it
// names nobody.
func NewRedactor(names []string) *Redactor {
	r := &Redactor{}
	add := func(needle []rune) {
		known := slices.ContainsFunc(r.needles, func(n []rune) bool { return slices.Equal(n, needle) })
		if len(needle) > 1 && !known {
			r.needles = append(r.needles, needle)
		}
	}
	for _, name := range names {
		words, _ := spread(name)
		needle := []rune(strings.TrimSpace(string(words)))
		add(needle)
		add(slices.DeleteFunc(slices.Clone(needle), func(c rune) bool { return c == ' ' }))
	}
	slices.SortFunc(r.needles, func(a, b []rune) int { return cmp.Compare(len(b), len(a)) })
	return r
}

// Redact puts with in the place of every name; s itself where there is none.
func (r *Redactor) Redact(s, with string) string {
	if len(r.needles) == 0 || s == "" {
		return s
	}
	letters, origin := spread(s)
	source := []rune(s)
	var out strings.Builder
	done := 0
	for i := 0; i < len(letters); {
		n := r.at(letters, i)
		if n == 0 {
			i++
			continue
		}
		out.WriteString(string(source[done:origin[i]]))
		out.WriteString(with)
		done = origin[i+n-1] + 1
		for done < len(source) && unicode.Is(unicode.Mn, source[done]) {
			done++
		}
		i += n
	}
	if done == 0 {
		return s
	}
	out.WriteString(string(source[done:]))
	return out.String()
}

// Hides reports whether there is any name to be found.
func (r *Redactor) Hides() bool { return len(r.needles) > 0 }

// Finds reports whether s holds any of the names.
func (r *Redactor) Finds(s string) bool { return r.Redact(s, "\x00") != s }

// at gives the length of the longest name that stands at i between word bounds,
// 0 for none.
func (r *Redactor) at(letters []rune, i int) int {
	if letters[i] == ' ' || i > 0 && within(letters[i-1], letters[i]) {
		return 0
	}
	for _, needle := range r.needles {
		end := i + len(needle)
		if end <= len(letters) && slices.Equal(letters[i:end], needle) && (end == len(letters) || !within(letters[end-1], letters[end])) {
			return len(needle)
		}
	}
	return 0
}

// unspaced are scripts that set no blanks between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// within reports whether two letters side by side may be of one word.
func within(a, b rune) bool {
	return a != ' ' && b != ' ' && !unicode.In(a, unspaced...) && !unicode.In(b, unspaced...)
}

// spread folds a text letter by letter and remembers where each came from; what
// is no letter or digit becomes one blank.
func spread(s string) (letters []rune, origin []int) {
	for i, c := range []rune(s) {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			if unicode.Is(unicode.Mn, c) {
				continue
			}
			if len(letters) == 0 || letters[len(letters)-1] != ' ' {
				letters, origin = append(letters, ' '), append(origin, i)
			}
			continue
		}
		for _, f := range Fold(string(c)) {
			letters, origin = append(letters, f), append(origin, i)
		}
	}
	return letters, origin
}
