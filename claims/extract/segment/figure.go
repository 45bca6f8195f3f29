package segment

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// figure reads the digits at token t, and the groups after them ("15 000").
func (d *Document) figure(t int) (Numeral, bool) {
	token, words := &d.Tokens[t], d.numbers
	if part, ok := vulgar(token.Text); ok {
		return Numeral{First: t, Last: t + 1, Value: part, Digits: true}, true
	}
	if r, _ := utf8.DecodeRuneInString(token.Text); !unicode.IsDigit(r) {
		return Numeral{}, false
	}
	digits, suffix := cutFigure(token.Text)
	n := Numeral{First: t, Last: t + 1, Digits: true, Suffix: suffix}
	value, ok := parseFigure(digits, words)
	if !ok {
		return Numeral{}, false
	}
	n.Value, n.Plain = value, suffix == "" && isDigits(digits)
	if n.Plain && len(digits) <= 3 && digits[0] != '0' {
		d.groups(&n)
	}
	n = suffixed(n, words, isDigits(digits))
	d.addVulgar(&n)
	d.addSuffix(&n)
	return n, true
}

// addSuffix reads capitals that scale a figure with marks from behind a space:
// "1,674.5 M"; behind bare digits they may be anything ("5 G").
func (d *Document) addSuffix(n *Numeral) {
	if n.Plain || n.Ordinal || n.Suffix != "" || n.Last >= len(d.Tokens) || d.Tokens[n.Last].Kind != Word || len(d.Tokens[n.Last].Text) > 2 || !isUpper(d.Tokens[n.Last].Text) {
		return
	}
	for _, kind := range []NumberKind{numberSuffix, numberMarkedSuffix} {
		if w, ok := d.numbers.as(d.Tokens[n.Last].Text, kind); ok {
			n.Value, n.Last = n.Value*w.Value, n.Last+1
			return
		}
	}
}

// cutFigure parts the figure that a token begins with from the letters against it.
func cutFigure(text string) (digits, suffix string) {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(".,:/'’′", r) })
	if end < 0 {
		end = len(text)
	}
	end = len(strings.TrimRight(text[:end], ".,:/'’′"))
	return text[:end], text[end:]
}

// vulgar gives the value of a fraction that is one character.
func vulgar(text string) (float64, bool) {
	switch text {
	case "½":
		return 1.0 / 2, true
	case "¼":
		return 1.0 / 4, true
	case "¾":
		return 3.0 / 4, true
	case "⅓":
		return 1.0 / 3, true
	case "⅔":
		return 2.0 / 3, true
	case "⅕":
		return 1.0 / 5, true
	case "⅖":
		return 2.0 / 5, true
	case "⅗":
		return 3.0 / 5, true
	case "⅘":
		return 4.0 / 5, true
	case "⅙":
		return 1.0 / 6, true
	case "⅛":
		return 1.0 / 8, true
	case "⅜":
		return 3.0 / 8, true
	case "⅝":
		return 5.0 / 8, true
	case "⅞":
		return 7.0 / 8, true
	}
	return 0, false
}

// addVulgar adds the fraction that is written after a whole number: "2½", "10 1/2".
func (d *Document) addVulgar(n *Numeral) {
	if n.Ordinal || n.Suffix != "" || n.Last >= len(d.Tokens) || d.Tokens[n.Last].Start > d.Tokens[n.Last-1].End+2 {
		return
	}
	part, ok := vulgar(d.Tokens[n.Last].Text)
	if next := d.Tokens[n.Last]; !ok && n.Plain && next.Kind == Number && strings.IndexByte(next.Text, '/') > 0 { // 10 1/2
		part, ok = parseFigure(next.Text, d.numbers)
	}
	if ok {
		n.Value, n.Plain = n.Value+part, false
		n.Last++
	}
}

// groups adds the groups of exactly three digits that follow with one space
// between, the last with decimals or not: "15 000", "1 234 567,89".
func (d *Document) groups(n *Numeral) {
	for n.Last < len(d.Tokens) {
		next := &d.Tokens[n.Last]
		if next.Kind != Number || len(next.Text) < 3 || next.Start != d.Tokens[n.Last-1].End+1 || n.Value > 1e12 {
			return
		}
		group, decimals, cut := next.Text, "", false
		if mark := d.numbers.decimal; mark != "" {
			group, decimals, cut = strings.Cut(next.Text, mark)
		}
		if len(group) != 3 || !isDigits(group) || cut && (len(decimals) == 3 || len(decimals) > maxFigure || !isDigits(decimals)) {
			return
		}
		value, _ := strconv.ParseFloat(group+"."+decimals+"0", 64)
		n.Value, n.Plain = n.Value*1000+value, false
		n.Last++
		if cut {
			return
		}
	}
}

// suffixed reads an ordinal's or a scale's letters: 80th, 1.º, 40k, 5bn.
func suffixed(n Numeral, words *NumberWords, bare bool) Numeral {
	if n.Suffix == "" {
		return n
	}
	if w, ok := words.as(n.Suffix, numberMarkedSuffix); ok && (!bare || n.Value >= 10) { // 1.5G and 10G, but 5G is a network
		n.Value, n.Suffix = n.Value*w.Value, ""
		return n
	}
	if w, ok := words.as(n.Suffix, numberSuffix); ok { // 10M is not 10m
		n.Value, n.Suffix = n.Value*w.Value, ""
		return n
	}
	suffix := strings.ToLower(strings.Trim(n.Suffix, "."))
	if _, ok := words.as(suffix, numberOrdinalSuffix); ok {
		n.Ordinal, n.Suffix = true, ""
	} else if w, ok := words.as(suffix, numberSuffix); ok {
		n.Value, n.Suffix = n.Value*w.Value, ""
	}
	return n
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func otherMark(mark string) string {
	if mark == "." {
		return ","
	}
	return "."
}

// maxFigure is how many bytes a figure may have.
const maxFigure = 40

// parseFigure reads digits with the decimal and thousands marks of a language. A
// mark before groups of three digits parts thousands where the language does so
// or it stands more than once; a fraction "3/4" is divided.
func parseFigure(s string, words *NumberWords) (float64, bool) {
	if a, b, ok := strings.Cut(s, "/"); ok {
		num, errA := strconv.ParseFloat(a, 64)
		den, errB := strconv.ParseFloat(b, 64)
		return num / den, errA == nil && errB == nil && isDigits(a) && isDigits(b) && num < den && isUsualPart(den)
	}
	if len(s) > maxFigure {
		return 0, false
	}
	s = evenGroups(s)
	decimal := words.decimalMark(s)
	thousands := otherMark(decimal)
	if strings.Contains(s, "'") { // 12'500, as Switzerland writes it
		thousands = "'"
	}
	whole, fraction, _ := strings.Cut(s, decimal)
	if !grouped(whole, thousands) || strings.ContainsAny(fraction, ".,:'") {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(whole, thousands, "")+"."+fraction+"0", 64)
	return v, err == nil
}

// evenGroups gives a figure with one apostrophe, and the mark of thousands where an
// apostrophe sets off the millions: 1'427.064, as the Andes write it.
func evenGroups(s string) string {
	if !strings.ContainsAny(s, "'’′") {
		return s
	}
	s = strings.NewReplacer("’", "'", "′", "'").Replace(s)
	millions, rest, _ := strings.Cut(s, "'")
	if len(rest) < 7 || rest[3] != '.' && rest[3] != ',' || !isDigits(rest[:3]) || !isDigits(rest[4:7]) || len(rest) > 7 && rest[7] >= '0' && rest[7] <= '9' {
		return s
	}
	mark := rest[3:4]
	return millions + mark + rest[:3] + mark + rest[4:]
}

// decimalMark tells which mark of a figure is the decimal one.
func (w *NumberWords) decimalMark(s string) string {
	switch w.decimal {
	case ",":
		return decimalWhereComma(s)
	case ".":
		return decimalWherePoint(s)
	}
	return decimalAnywhere(s)
}

func decimalWherePoint(s string) string {
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	comma := strings.LastIndexByte(s, ',')
	switch {
	case points > 1 && commas <= 1, points == 1 && commas == 1 && comma > strings.IndexByte(s, '.'): // 1.111,11
		return ","
	case points == 0 && commas == 1 && len(s)-comma-1 != 3: // 5,00
		return ","
	}
	return "."
}

// decimalAnywhere tells the decimal mark where the language's is not known: the
// last of two different ones. A single mark before exactly three digits is
// ambiguous ("1.234", "1,234"); it is read as thousands, because newspapers count
// in thousands every day and hardly ever give three decimals. A leading zero, or
// more than three digits before the mark, makes it the decimal one.
func decimalAnywhere(s string) string {
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return "."
	}
	mark := s[last : last+1]
	other := otherMark(mark)
	switch {
	case strings.Contains(s, other) && strings.Count(s, mark) == 1:
		return mark
	case strings.Count(s, mark) > 1, len(s)-last-1 == 3 && s[0] != '0' && last <= 3:
		return other
	}
	return mark
}

// isUsualPart reports whether people divide into so many parts; 9/11 and 24/7 are no fractions.
func isUsualPart(n float64) bool {
	return n >= 2 && n <= 10 || n == 12 || n == 16 || n == 20 || n == 100 || n == 1000
}

// decimalWhereComma tells the decimal mark: a comma, but where only the other
// reading makes sense ("1.5", "2,500,000", "1,234.5").
func decimalWhereComma(s string) string {
	point, comma := strings.LastIndex(s, "."), strings.LastIndex(s, ",")
	switch {
	case point >= 0 && comma >= 0 && point > comma:
		return "."
	case comma >= 0 && strings.Count(s, ",") > 1:
		return "."
	case comma >= 0 && point < 0 && len(s)-comma-1 == 3 && s[0] != '0' && comma <= 3: // 15,000 as Mexico writes it
		return "."
	case point >= 0 && comma < 0 && strings.Count(s, ".") == 1 && (len(s)-point-1 != 3 || s[0] == '0' || point > 3):
		return "."
	}
	return ","
}

// grouped reports whether s is digits, alone or in groups of three (India: also of two).
func grouped(s, mark string) bool {
	parts := strings.Split(s, mark)
	for i, part := range parts {
		if !isDigits(part) || i > 0 && len(part) != 3 && (len(part) != 2 || i == len(parts)-1) {
			return false
		}
	}
	return len(parts) == 1 || len(parts[0]) <= 3
}
