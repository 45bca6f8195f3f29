package desk

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// figure writes a quantity in the reader's numbers: "≈ 15.000 tropas",
// "≥ 1.000 trabajadores", "20–30 %", "£3,200,000".
func figure(w *i18n.Words, q claims.Quantity) string {
	sign, number := figureNumber(w, q)
	if number == "" {
		return q.Text
	}
	if q.Approx {
		sign = "≈ " + sign
	}
	switch {
	case q.Unit == "":
		return sign + number
	case isCurrencySign(q.Unit):
		return sign + w.Money(number, q.Unit)
	case q.Unit == "%":
		return sign + w.Percent(number)
	}
	return sign + number + " " + q.Unit
}

// isCurrencySign tells "£" and "US$" from a currency's name.
func isCurrencySign(unit string) bool {
	last, _ := utf8.DecodeLastRuneInString(unit)
	return unicode.Is(unicode.Sc, last)
}

// figureNumber writes the value with the sign of its open side before it.
func figureNumber(w *i18n.Words, q claims.Quantity) (sign, number string) {
	switch {
	case q.Low != nil && q.High != nil:
		return "", amount(w, *q.Low) + "–" + amount(w, *q.High)
	case q.Value != nil && q.Bound == claims.BoundMin:
		return "≥ ", amount(w, *q.Value)
	case q.Value != nil && q.Bound == claims.BoundMax:
		return "≤ ", amount(w, *q.Value)
	case q.Value != nil:
		return "", amount(w, *q.Value)
	case q.Low != nil:
		return "≥ ", amount(w, *q.Low)
	case q.High != nil:
		return "≤ ", amount(w, *q.High)
	}
	return "", ""
}

// amount writes a number to four places: a sixth is 0.1667.
func amount(w *i18n.Words, v float64) string { return w.Number(math.Round(v*1e4) / 1e4) }

// timeReading writes when a time expression says: "from September 2024".
func timeReading(w *i18n.Words, t claims.Time) string {
	switch {
	case t.From == nil && t.To == nil:
		return w.T("time.unresolved")
	case t.To == nil:
		return w.T("time.from", w.Calendar(*t.From))
	case t.From == nil:
		return w.T("time.until", w.Calendar(*t.To))
	case *t.From == *t.To:
		return w.Calendar(*t.From)
	}
	return w.T("time.between", w.Calendar(*t.From), w.Calendar(*t.To))
}

func dateText(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}

// percent writes a share of 1 as a whole percentage.
func percent(w *i18n.Words, share float64) string {
	return w.Percent(w.Number(math.Round(share * 100)))
}

// reasons words why a claim is worth checking; a reason that the locales do not
// know is the engine's own word and is shown as such.
func reasons(w *i18n.Words, list []string) string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r
		if key := "reason." + r; w.Has(key) {
			out[i] = w.T(key)
		}
	}
	return strings.Join(out, ", ")
}
