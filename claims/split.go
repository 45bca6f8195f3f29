package claims

import "unicode"

// Cut takes a part out of a claim's words: what is left of them, without the
// blank space and marks that stood around the part, and false where the part
// does not lie within the words or nothing is left. text is the snapshot's.
func Cut(text []rune, words, part []Fragment) (rest []Fragment, ok bool) {
	for _, p := range part {
		if !within(words, p.Span) {
			return nil, false
		}
	}
	for _, w := range words {
		at := w.Start
		for _, p := range part {
			if p.Start >= w.Start && p.End <= w.End && p.Start >= at {
				rest = appendWords(rest, text, Span{Start: at, End: p.Start})
				at = p.End
			}
		}
		rest = appendWords(rest, text, Span{Start: at, End: w.End})
	}
	return rest, len(rest) > 0
}

func within(words []Fragment, s Span) bool {
	for _, w := range words {
		if s.Start >= w.Start && s.End <= w.End {
			return true
		}
	}
	return false
}

// appendWords adds a stretch of text without what is no word at its ends; a
// stretch without any word is left out.
func appendWords(list []Fragment, text []rune, s Span) []Fragment {
	worded := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }
	for s.Start < s.End && !worded(text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && !worded(text[s.End-1]) && text[s.End-1] != '%' {
		s.End--
	}
	if s.Start == s.End {
		return list
	}
	return append(list, Fragment{Span: s, Text: string(text[s.Start:s.End])})
}
