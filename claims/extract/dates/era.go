package dates

import (
	"strconv"
	"strings"
)

// decade reads "the 1990s", "los años 90", "años noventa", "siglo XX".
func (r *reader) decade(t int, _ lean) (match, bool) {
	if y, ok := decadeOf(r.text(t)); ok {
		return match{next: t + 1, when: between(year(y), year(y+9))}, true
	}
	if _, next, ok := r.word(t, catYears); ok {
		return r.decadeNumber(next)
	}
	if unit, next, ok := r.word(t, catUnit); ok && unit == "decade" { // "la década de los años 90"
		return r.decadeNumber(r.skip(r.skip(r.skip(next, catOf), catThe), catYears, catYearword))
	}
	if m, ok := r.decadeNumber(t); ok && r.is(t-1, catEvery) && r.is(t-2, catIn) && r.endsPhrase(m.next) { // "en los 90"
		return m, true
	}
	if value, next, ok := r.word(t, catDecade); ok && r.is(t-1, catThe, catIn) {
		y, _ := strconv.Atoi(value)
		return match{next: next, when: between(year(y), year(y+9))}, true
	}
	if n, ok := r.numeral(t); ok && n.Value == 19 && !n.Digits { // "the nineteen seventies"
		if value, next, ok := r.word(n.Last, catDecade); ok {
			y, _ := strconv.Atoi(value)
			return match{next: next, when: between(year(y), year(y+9))}, true
		}
	}
	return r.century(t)
}

// decadeNumber reads the number by which a decade is named: "90", "noventa", "1970", "dos mil diez".
func (r *reader) decadeNumber(t int) (match, bool) {
	n, ok := r.numeral(t)
	y := int(n.Value)
	if !ok || n.Ordinal || n.Value != float64(y) || y%10 != 0 {
		return match{}, false
	}
	switch {
	case y >= 20 && y < 100 && n.Last == t+1:
		y += 1900
	case y < 1500 || y > 2100:
		return match{}, false
	}
	return match{next: n.Last, when: yearsFrom(y, [2]int{0, 9})}, true
}

// century reads "siglo XX" and "19th century", whose years begin alike: 1900 to 1999.
func (r *reader) century(t int) (match, bool) {
	n, next := 0, t
	if value, after, ok := r.word(t, catUnit); ok && value == "century" {
		n, next = roman(r.text(after)), after+1
	} else if rank, ok := r.numeral(t); ok && rank.Ordinal && rank.Value <= 30 {
		if value, after, ok := r.word(rank.Last, catUnit); ok && value == "century" && !r.isPlural(after-1) {
			n, next = int(rank.Value), after
		}
	}
	if n <= 1 { // no year is 0
		return match{}, false
	}
	return match{next: next, when: yearsFrom(n*100-100, [2]int{0, 99})}, true
}

// decadeOf reads 1990s, 1990's, 90s and 90's.
func decadeOf(text string) (y int, ok bool) {
	digits, ok := strings.CutSuffix(text, "s")
	digits = strings.TrimRight(digits, "'’")
	if !ok || len(digits) != 2 && len(digits) != 4 || digits[len(digits)-1] != '0' {
		return 0, false
	}
	y, err := strconv.Atoi(digits)
	if len(digits) == 2 && y >= 20 {
		y += 1900
	}
	return y, err == nil && y >= 1000
}

// roman reads a Roman numeral up to XXI, as centuries are numbered; 0 for none.
func roman(s string) int {
	for i, tens := range []string{"", "X", "XX"} {
		for j, units := range []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"} {
			if s != "" && s == tens+units {
				return i*10 + j
			}
		}
	}
	return 0
}
