package ingest

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// isoDate reads the day of an ISO 8601 date or timestamp as it is written: the
// outlet's own day, whatever the zone. Partial dates are kept as they are.
func isoDate(s string) (claims.Date, bool) {
	if len(s) > len(time.DateOnly) && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	day, err := claims.ParseDate("published", s)
	return day, err == nil
}

// looserLayouts are other ways in which pages write their date, those that can be
// read in one way only.
var looserLayouts = []string{time.RFC1123, time.RFC1123Z, "20060102", "20060102T150405Z0700", "20060102T150405", "2006-01-02T15:04", "2006/01/02", "2006/01/02 15:04:05"}

// calendarDate reads the day of a date as pages write it.
func calendarDate(s string) (claims.Date, bool) {
	s = strings.TrimSpace(s)
	if day, ok := isoDate(s); ok {
		return day, true
	}
	for _, layout := range looserLayouts {
		if at, err := time.Parse(layout, s); err == nil {
			return isoDate(at.Format(time.DateOnly))
		}
	}
	return wordedDate(s)
}

// months of the languages a date line is read in.
var months = map[string]int{
	"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
	"septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"janeiro": 1, "fevereiro": 2, "março": 3, "maio": 5, "junho": 6, "julho": 7, "setembro": 9, "outubro": 10, "novembro": 11, "dezembro": 12,
	"gener": 1, "febrer": 2, "març": 3, "maig": 5, "juny": 6, "juliol": 7, "agost": 8, "setembre": 9, "desembre": 12,
	"janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
}

// shortMonths are the first three letters of the months.
var shortMonths = func() map[string]int {
	short := map[string]int{}
	for name, number := range months {
		short[string([]rune(name)[:3])] = number
	}
	return short
}()

// wordedShapes are whole lines: "[martes,] 28 de octubre de 2025", "[Tuesday,]
// October 28, 2025", "[Tuesday,] 28 October 2025".
var (
	dayFirst   = regexp.MustCompile(`(?i)^(?:\pL+,? )?(\d{1,2})(?: de)? (\pL+),?(?: del?)? (\d{4})\.?$`)
	monthFirst = regexp.MustCompile(`(?i)^(?:\pL+,? )?(\pL+) (\d{1,2}),? (\d{4})\.?$`)
)

// datelineReach is how many lines with words are searched for a worded date.
const datelineReach = 4

// wordedDateline finds a date in words that stands alone on one of the first
// lines. Such a line may be article text, so it is read and left where it is.
func wordedDateline(text string) (claims.Date, bool) {
	for line := range firstLines(text, datelineReach) {
		if day, ok := wordedDate(line); ok {
			return day, true
		}
	}
	return "", false
}

// wordedDate reads a line that is a date in words and nothing else.
func wordedDate(line string) (claims.Date, bool) {
	day, month, year := "", "", ""
	if m := dayFirst.FindStringSubmatch(line); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := monthFirst.FindStringSubmatch(line); m != nil {
		day, month, year = m[2], m[1], m[3]
	}
	return dayOf(day, month, year)
}

// dayOf reads the day of a date whose month is a word, whole or cut to three letters.
func dayOf(day, month, year string) (claims.Date, bool) {
	month = strings.ToLower(month)
	number, known := months[month]
	if short := []rune(month); !known && (len(short) == 3 || month == "sept") {
		number, known = shortMonths[string(short[:3])]
	}
	if !known {
		return "", false
	}
	return isoDate(fmt.Sprintf("%s-%02d-%s", year, number, twoDigits(day)))
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// maxTitle is the longest first line, in code points, taken for a heading.
const maxTitle = 160

// guessTitle takes the first line for the title where it looks like a heading:
// short, alone before a blank line, more text after it and no full stop.
func guessTitle(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.TrimSpace(line)
	next, _, _ := strings.Cut(rest, "\n")
	alone := strings.TrimSpace(next) == "" && strings.TrimSpace(rest) != ""
	if !alone || utf8.RuneCountInString(line) > maxTitle || strings.TrimRight(line, ".,;:") != line {
		return ""
	}
	if _, isDate := wordedDate(line); isDate {
		return ""
	}
	return line
}

// firstLines yields the first n lines of text that are not blank, trimmed.
func firstLines(text string, n int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			if n == 0 || !yield(line) {
				return
			}
			n--
		}
	}
}
