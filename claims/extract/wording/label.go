package wording

import (
	"strconv"
	"strings"
	"unicode"

	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// Label words the calendar interval behind a relative expression ("el otoño
// pasado" → "otoño de 2024"); "" where the expression says it all itself or nothing was resolved.
func Label(r *reading.Reading, t claims.Time) string {
	from, to := date(t.From), date(t.To)
	if from == "" && to == "" || explicit(t.Text, from, to) {
		return ""
	}
	if season := season(r, t.Text); season != "" && from != "" {
		return fill(r.Lex.Label("season"), "{s}", season, "{y}", year(from))
	}
	switch {
	case from == "":
		until := fill(r.Lex.Label("until"), "{b}", word(r, to))
		if first, _, _ := strings.Cut(until, " "); strings.HasPrefix(strings.ToLower(t.Text), first+" ") {
			return unsaid(r, t.Text, to) // the words say "until" themselves
		}
		return until
	case from == to:
		return unsaid(r, t.Text, to)
	case to == "":
		return unsaid(r, t.Text, from)
	}
	return fill(r.Lex.Label("span"), "{a}", word(r, from), "{b}", word(r, to))
}

func date(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}

func year(d string) string { return d[:min(4, len(d))] }

// explicit reports whether the words name the year themselves.
func explicit(text, from, to string) bool {
	return from != "" && strings.Contains(text, year(from)) || to != "" && strings.Contains(text, year(to))
}

func season(r *reading.Reading, text string) string {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if r.Lex.Is(w, "season") {
			return w
		}
	}
	return ""
}

// word spells a date as precisely as it is known.
func word(r *reading.Reading, d string) string {
	year, rest, more := strings.Cut(d, "-")
	if !more {
		return d
	}
	number, dayOfMonth, more := strings.Cut(rest, "-")
	month := r.Lex.Label("month-" + number)
	if !more {
		return fill(r.Lex.Label("month"), "{m}", month, "{y}", year)
	}
	day, err := strconv.Atoi(dayOfMonth)
	if err != nil {
		return d
	}
	return fill(r.Lex.Label("day"), "{d}", strconv.Itoa(day), "{m}", month, "{y}", year)
}

// unsaid spells of a date what the words leave open: the year where they name the
// month, and the day if there is one.
func unsaid(r *reading.Reading, text, d string) string {
	year, rest, more := strings.Cut(d, "-")
	if !more {
		return d
	}
	number, dayOfMonth, more := strings.Cut(rest, "-")
	text = strings.ToLower(text)
	if !says(text, r.Lex.Label("month-"+number)) || more && !says(text, strings.TrimPrefix(dayOfMonth, "0")) {
		return word(r, d)
	}
	return fill(r.Lex.Label("year"), "{y}", year)
}

// says reports whether a word, in any case, is one of those of a text in lower case.
func says(text, word string) bool {
	word = strings.ToLower(word)
	for w := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if w == word {
			return true
		}
	}
	return false
}

// fill puts words in the places of a shape: pairs of a place, "{y}", and its words.
func fill(shape string, pairs ...string) string {
	out := make([]byte, 0, mostLabel)
	for shape != "" {
		open := strings.IndexByte(shape, '{')
		if open < 0 {
			break
		}
		out, shape = append(out, shape[:open]...), shape[open:]
		place, words := shape[:1], shape[:1] // a bracket of its own
		for k := 0; k < len(pairs); k += 2 {
			if strings.HasPrefix(shape, pairs[k]) {
				place, words = pairs[k], pairs[k+1]
				break
			}
		}
		out, shape = append(out, words...), shape[len(place):]
	}
	return string(append(out, shape...))
}

// mostLabel is how many bytes a label has, as a rule at most.
const mostLabel = 64
