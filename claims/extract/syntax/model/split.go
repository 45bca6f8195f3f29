package model

import (
	"strings"
	"unicode"

	"cotejo/claims/extract/lang"
)

// Splitter takes written words apart into syntactic ones: "don't" into "do" and
// "n't", "haciéndolo" into "haciendo" and "lo". Its rules are the table
// clitics.tsv of the language pack.
type Splitter struct {
	whole   map[string][]string
	endings map[string]ending
	longest int       // bytes
	last    [256]bool // bytes that end one of the endings
}

type ending struct {
	parts []string
	lower bool // leaves words with capitals alone
}

// NewSplitter reads the table of a language; one without it splits nothing.
func NewSplitter(code string) *Splitter {
	s := &Splitter{whole: map[string][]string{}, endings: map[string]ending{}}
	pack, ok := lang.For(code)
	if !ok {
		return s
	}
	for _, row := range pack.Rows("clitics") {
		parts := strings.Fields(row.Cell(1))
		if word, ok := strings.CutPrefix(row.Cell(0), "="); ok {
			s.whole[word] = parts
			continue
		}
		s.endings[row.Cell(0)] = ending{parts: parts, lower: row.Cell(2) == "lower"}
		s.longest = max(s.longest, len(row.Cell(0)))
	}
	for end := range s.endings {
		if end != "" {
			s.last[end[len(end)-1]] = true
		}
	}
	return s
}

// maxSplit is the longest word, in bytes, that is looked at.
const maxSplit = 64

// Split gives the syntactic words of a written one, one or more.
func (s *Splitter) Split(word string) []string { return s.Append(nil, word, strings.ToLower(word)) }

// Append adds the syntactic words of a written one to dst; folded is the word in lower case.
func (s *Splitter) Append(dst []string, word, folded string) []string {
	if len(word) < 3 || len(word) > maxSplit || len(s.endings) == 0 {
		return append(dst, word)
	}
	folded = strings.ReplaceAll(folded, "’", "'")
	if parts, ok := s.whole[folded]; ok {
		if len(parts) == 1 {
			return append(dst, word)
		}
		return append(dst, parts...)
	}
	if !s.last[folded[len(folded)-1]] {
		return append(dst, word)
	}
	for n := min(s.longest, len(folded)-1); n > 1; n-- {
		e, ok := s.endings[folded[len(folded)-n:]]
		if !ok {
			continue
		}
		if e.lower && strings.IndexFunc(word, unicode.IsUpper) >= 0 {
			return append(dst, word)
		}
		return append(dst, s.apart(word, folded, n, e.parts)...)
	}
	return append(dst, word)
}

// apart puts the stem of the word in place of ~.
func (s *Splitter) apart(word, folded string, n int, parts []string) []string {
	stem := folded[:len(folded)-n]
	if r := []rune(word); len(r) >= len([]rune(stem)) {
		stem = string(r[:len([]rune(stem))]) // as it is written
	}
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = strings.Replace(p, "~", stem, 1)
	}
	return out
}
