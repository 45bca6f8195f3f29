package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	utf "golang.org/x/text/encoding/unicode"
)

// byteOrderMark may stand before a text that a Windows editor wrote.
const byteOrderMark = "\uFEFF"

// datelineShape is a line that holds a date and nothing else that could be
// article text: "date 2025-10-28", "Fecha: 2025-10-28" or the bare date.
var datelineShape = regexp.MustCompile(`(?i)^(?:(?:date|fecha)[ \t]*:?[ \t]*)?(\d{4}-\d{2}-\d{2})[ \t]*(?:\n|$)`)

// Clean normalises a text the way every door of Cotejo does it, so that spans
// and hashes agree: valid UTF-8 without a byte order mark, CRLF and CR made LF,
// NUL and broken sequences made U+FFFD, a leading date line and outer blank
// space removed, nothing else changed. The date line comes back as a date, nil
// where there is none. Clean is idempotent.
func Clean(s string) (string, *claims.Date) {
	text, date, _ := clean(s)
	return text, date
}

// clean is Clean that also says how many code points it took off the beginning; they
// are counted after the rest of the cleaning, which a reader that counts must not
// need: valid UTF-8 with LF and without NUL.
func clean(s string) (text string, date *claims.Date, cut int) {
	s = repairUTF8(s)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.ReplaceAll(s, "\x00", string(utf8.RuneError))
	text, date = stripDateline(s)
	if text == "" {
		return "", date, 0
	}
	end := len(strings.TrimRightFunc(s, unicode.IsSpace))
	return text, date, utf8.RuneCountInString(s[:end-len(text)])
}

// repairUTF8 replaces each maximal broken sequence by one U+FFFD, as browsers do.
func repairUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	repaired, err := utf.UTF8.NewDecoder().String(s)
	if err != nil { // the decoder replaces and never refuses; stay safe if that changes
		return strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	return repaired
}

// stripDateline trims the text and takes away leading date lines; the first is
// the date. It repeats because taking one away can bring another to the front.
func stripDateline(s string) (string, *claims.Date) {
	var date *claims.Date
	for {
		s = trimOuter(s)
		found := datelineShape.FindStringSubmatchIndex(s)
		if found == nil {
			return s, date
		}
		day, err := claims.ParseDate("published", s[found[2]:found[3]])
		if err != nil {
			return s, date // no such day, so the line may be anything
		}
		if date == nil {
			date = &day
		}
		s = s[found[1]:]
	}
}

// trimOuter removes blank space around the text and byte order marks before it.
func trimOuter(s string) string {
	for {
		trimmed := strings.TrimPrefix(strings.TrimSpace(s), byteOrderMark)
		if trimmed == s {
			return s
		}
		s = trimmed
	}
}
