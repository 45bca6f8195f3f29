package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/number"

	"cotejo/claims"
)

var months = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

// Date writes a day in full: "28 October 2025", "28 de octubre de 2025".
func (w *Words) Date(t time.Time) string {
	t = t.UTC()
	if w.lang == "es" {
		return fmt.Sprintf("%d de %s de %d", t.Day(), w.month(t.Month()), t.Year())
	}
	return fmt.Sprintf("%d %s %d", t.Day(), w.month(t.Month()), t.Year())
}

// DateTime writes a moment to the minute, in UTC: "28 Oct 2025, 14:05 UTC".
func (w *Words) DateTime(t time.Time) string {
	t = t.UTC()
	short := []rune(w.month(t.Month()))
	if len(short) > 4 {
		short = short[:3]
	}
	return fmt.Sprintf("%d %s %d, %s UTC", t.Day(), string(short), t.Year(), t.Format("15:04"))
}

// Calendar writes a date as precise as it is: "2025", "October 2025",
// "28 October 2025". What is no date is given back as it came.
func (w *Words) Calendar(date claims.Date) string {
	if t, ok := date.Day(); ok {
		return w.Date(t)
	}
	if t, err := time.Parse("2006-01", string(date)); err == nil {
		if w.lang == "es" {
			return fmt.Sprintf("%s de %d", w.month(t.Month()), t.Year())
		}
		return fmt.Sprintf("%s %d", w.month(t.Month()), t.Year())
	}
	return string(date)
}

// Number writes a number with the language's marks; a Spanish number of four
// digits is not grouped.
func (w *Words) Number(f float64) string {
	if w.lang == "es" && f > -10000 && f < 10000 {
		return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), ".", ",", 1)
	}
	return w.printer.Sprint(number.Decimal(f, number.MaxFractionDigits(6)))
}

func (w *Words) month(m time.Month) string { return months[w.lang][m-1] }

// Ago says how long ago something was, in the largest whole unit.
func (w *Words) Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return w.T("ago.now")
	case d < time.Hour:
		return w.N("ago.minutes", int(d/time.Minute))
	case d < 24*time.Hour:
		return w.N("ago.hours", int(d/time.Hour))
	}
	return w.N("ago.days", int(d/(24*time.Hour)))
}
