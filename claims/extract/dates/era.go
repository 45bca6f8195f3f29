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
		n, ok := r.numeral(next)
		if ok && n.Value >= 20 && n.Value < 100 && int(n.Value)%10 == 0 && n.Last == next+1 {
			return match{next: n.Last, when: between(year(1900+int(n.Value)), year(1909+int(n.Value)))}, true
		}
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
	if value, next, ok := r.word(t, catUnit); ok && value == "century" {
		if n := roman(r.text(next)); n > 0 {
			return match{next: next + 1, when: between(year(n*100-99), year(n*100))}, true
		}
	}
	return match{}, false
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
