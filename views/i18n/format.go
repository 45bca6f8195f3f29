package i18n

import (
	"strconv"
	"time"

	"golang.org/x/text/number"

	"cotejo/claims"
)

// Date writes a day in full: "28 October 2025", "28 de octubre de 2025".
func (w *Words) Date(t time.Time) string {
	t = t.UTC()
	return w.T("format.date", strconv.Itoa(t.Day()), w.month(t.Month()), strconv.Itoa(t.Year()))
}

// DateTime writes a moment to the minute, in UTC: "28 Oct 2025, 14:05 UTC".
func (w *Words) DateTime(t time.Time) string {
	t = t.UTC()
	short := []rune(w.month(t.Month()))
	if len(short) > 4 {
		short = short[:3]
	}
	return w.T("format.moment", strconv.Itoa(t.Day()), string(short), strconv.Itoa(t.Year()), t.Format("15:04"))
}

// Calendar writes a date as precise as it is: "2025", "October 2025",
// "28 October 2025". What is no date is given back as it came.
func (w *Words) Calendar(date claims.Date) string {
	if t, ok := date.Day(); ok {
		return w.Date(t)
	}
	if t, err := time.Parse("2006-01", string(date)); err == nil {
		return w.T("format.month", w.month(t.Month()), strconv.Itoa(t.Year()))
	}
	return string(date)
}

// Number writes a number with the language's marks; where the language asks for
// it, a number of four digits is not grouped.
func (w *Words) Number(f float64) string {
	options := []number.Option{number.MaxFractionDigits(6)}
	if f > -10000 && f < 10000 && w.T("format.group_four") == "no" {
		options = append(options, number.NoSeparator())
	}
	return w.printer.Sprint(number.Decimal(f, options...))
}

// Percent writes a share of a hundred: "95%", "95 %".
func (w *Words) Percent(amount string) string { return w.T("format.percent", amount) }

// Money writes an amount beside a currency's sign: "£3.2", "3,2 £".
func (w *Words) Money(amount, sign string) string { return w.T("format.money", amount, sign) }

func (w *Words) month(m time.Month) string { return w.T("month." + strconv.Itoa(int(m))) }

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
