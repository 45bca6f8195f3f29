package segment

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/lang"
)

// Numeral is a number as it is written, in digits, in words or both ("51 mil").
type Numeral struct {
	First, Last int // tokens [First, Last)
	Value       float64
	Digits      bool // begins with a figure
	Plain       bool // bare digits, without marks or words: it may be a year or a day
	Ordinal     bool
	About       bool   // a word for a number near the value: "veintitantos"
	Suffix      string // letters written against the digits: "km" of "10km"
}

// NumberWord is what a word means inside a number.
type NumberWord struct {
	Value float64
	Kind  string // unit, ten, hundred, times, scale, ordinal, part, about, and, decimal, suffix, ordinal-suffix
}

// numberWords holds the readings of a word by kind: "third" ranks and divides.
type numberWords map[string][]NumberWord

var numberTables sync.Map // language code → numberWords

func numberWordsFor(code string) numberWords {
	if w, ok := numberTables.Load(code); ok {
		return w.(numberWords)
	}
	pack, ok := lang.For(code)
	if !ok {
		pack = lang.Neutral()
		if w, ok := numberTables.Load(pack.Code); ok {
			return w.(numberWords)
		}
	}
	words := numberWords{}
	for _, row := range pack.Rows("numerals") {
		value, err := strconv.ParseFloat(row.Cell(1), 64)
		if err != nil {
			panic("numerals of " + pack.Code + ": " + err.Error()) // the table is embedded: a builder's mistake
		}
		words[row.Cell(0)] = append(words[row.Cell(0)], NumberWord{value, row.Cell(2)})
	}
	for word, readings := range words {
		if plain := lang.WithoutAccents(word); words[plain] == nil {
			words[plain] = readings
		}
	}
	w, _ := numberTables.LoadOrStore(pack.Code, words)
	return w.(numberWords)
}

// NumberWordAs gives the reading of token t as a number word of one kind.
func (d *Document) NumberWordAs(t int, kind string) (NumberWord, bool) {
	if t < 0 || t >= len(d.Tokens) {
		return NumberWord{}, false
	}
	return d.numbers.as(d.Tokens[t].Fold, kind)
}

// NumberWordOf gives the reading of a lower-case word as a number word of one kind.
func NumberWordOf(code, word, kind string) (NumberWord, bool) {
	return numberWordsFor(code).as(word, kind)
}

func (w numberWords) as(word, kind string) (NumberWord, bool) {
	for _, reading := range w[word] {
		if reading.Kind == kind {
			return reading, true
		}
	}
	return NumberWord{}, false
}

// NumeralAt reads the cardinal or ordinal number that begins at token t: the
// longest that the language's tables allow. A fraction's parts and articles are
// for the caller.
func (d *Document) NumeralAt(t int) (Numeral, bool) {
	if t < 0 || t >= len(d.Tokens) {
		return Numeral{}, false
	}
	words := d.numbers
	if part, ok := vulgar(d.Tokens[t].Text); ok {
		return d.scaled(Numeral{First: t, Last: t + 1, Value: part, Digits: true}, words), true
	}
	if n, ok := d.figure(t, words); ok {
		d.addVulgar(&n)
		return d.scaled(n, words), true
	}
	return d.inWords(t, words)
}

// figure reads the digits at token t, and the groups after them ("15 000").
func (d *Document) figure(t int, words numberWords) (Numeral, bool) {
	token := d.Tokens[t]
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
	return suffixed(n, words), true
}

// cutFigure parts the figure that a token begins with from the letters against it.
func cutFigure(text string) (digits, suffix string) {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(".,:/'’", r) })
	if end < 0 {
		end = len(text)
	}
	end = len(strings.TrimRight(text[:end], ".,:/'’"))
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
	if n.Last >= len(d.Tokens) || d.Tokens[n.Last].Start > d.Tokens[n.Last-1].End+1 {
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

// groups adds the groups of exactly three digits that follow with one space between.
func (d *Document) groups(n *Numeral) {
	for n.Last < len(d.Tokens) {
		next := d.Tokens[n.Last]
		if next.Kind != Number || len(next.Text) != 3 || !isDigits(next.Text) || next.Start != d.Tokens[n.Last-1].End+1 || n.Value > 1e12 {
			return
		}
		value, _ := strconv.ParseFloat(next.Text, 64)
		n.Value, n.Plain = n.Value*1000+value, false
		n.Last++
	}
}

// suffixed reads an ordinal's or a scale's letters: 80th, 1.º, 40k, 5bn.
func suffixed(n Numeral, words numberWords) Numeral {
	if n.Suffix == "" {
		return n
	}
	if w, ok := words.as(n.Suffix, "suffix"); ok { // 10M is not 10m
		n.Value, n.Suffix = n.Value*w.Value, ""
		return n
	}
	suffix := strings.ToLower(strings.Trim(n.Suffix, "."))
	if _, ok := words.as(suffix, "ordinal-suffix"); ok {
		n.Ordinal, n.Suffix = true, ""
	} else if w, ok := words.as(suffix, "suffix"); ok {
		n.Value, n.Suffix = n.Value*w.Value, ""
	}
	return n
}

// largest is the highest number that scale words make; nonsense in a row would
// otherwise run out of the float's range.
const largest = 1e24

// scaled multiplies a figure by the scale words after it ("1,5 millones", "100.000 millones").
func (d *Document) scaled(n Numeral, words numberWords) Numeral {
	if n.Ordinal || n.Suffix != "" {
		return n
	}
	for n.Last < len(d.Tokens) {
		at := n.Last
		if d.Tokens[at].Text == "-" && d.Glued(at) && at+1 < len(d.Tokens) {
			at++ // 10-million
		}
		scale, ok := words.as(d.Tokens[at].Fold, "scale")
		if !ok {
			scale, ok = words.as(d.Tokens[at].Fold, "times")
		}
		if !ok || d.sentenceEndsBefore(at) || n.Value*scale.Value > largest {
			break
		}
		n.Value, n.Last, n.Plain = n.Value*scale.Value, at+1, false
		d.afterThousand(&n, scale.Value)
		d.afterHundred(&n, scale.Value, words)
	}
	return n
}

// afterHundred adds what goes on after a hundred in words: "3 hundred and 21".
func (d *Document) afterHundred(n *Numeral, scale float64, words numberWords) {
	if scale != 100 || n.Last+1 >= len(d.Tokens) {
		return
	}
	if _, joins := words.as(d.Tokens[n.Last].Fold, "and"); !joins {
		return
	}
	next := d.Tokens[n.Last+1]
	if next.Kind == Number && len(next.Text) <= 2 && isDigits(next.Text) {
		value, _ := strconv.ParseFloat(next.Text, 64)
		n.Value, n.Last = n.Value+value, n.Last+2
	} else if rest, ok := d.inWords(n.Last+1, words); ok && !rest.Ordinal && !rest.About && rest.Value < 100 {
		n.Value, n.Last = n.Value+rest.Value, rest.Last
	}
}

// afterThousand adds the figure that goes on after a thousand in words: "3 mil
// 400 millones", "mil 500".
func (d *Document) afterThousand(n *Numeral, scale float64) {
	if scale != 1000 || n.Last >= len(d.Tokens) || math.Mod(n.Value, 1000) != 0 {
		return
	}
	next := d.Tokens[n.Last]
	if next.Kind != Number || len(next.Text) > 3 || !isDigits(next.Text) || next.Start != d.Tokens[n.Last-1].End+1 {
		return
	}
	value, _ := strconv.ParseFloat(next.Text, 64)
	n.Value += value
	n.Last++
}

func (d *Document) sentenceEndsBefore(t int) bool { return d.Tokens[t-1].Text == "." }

// wordReader adds up a number that is written in words.
type wordReader struct {
	total, current float64
	room           float64 // what may still be added to current lies below this
	scale          float64 // the last scale word
	any            bool
}

// take adds one word's reading; false where it does not continue the number.
func (r *wordReader) take(w NumberWord) bool {
	switch w.Kind {
	case "unit", "ten", "hundred":
		if r.any && (w.Value >= r.room || w.Value == 0) {
			return false
		}
		r.current += w.Value
		r.room = map[string]float64{"unit": 0, "ten": 10, "hundred": 100}[w.Kind]
	case "times":
		if r.any && (r.current >= 100 || r.current == 0) {
			return false
		}
		r.current, r.room = max(r.current, 1)*w.Value, 100
	case "scale":
		switch {
		case r.scale > 0 && w.Value > r.scale: // mil millones
			below := math.Mod(r.total, w.Value) // of "tres billones mil millones" only the thousand is multiplied
			r.total, r.current = r.total-below+(below+max(r.current, boolTo(r.total == 0)))*w.Value, 0
		case r.scale == w.Value:
			return false
		default:
			r.total, r.current = r.total+max(r.current, 1)*w.Value, 0
		}
		r.scale, r.room = w.Value, math.Min(w.Value, 1000)
	default:
		return false
	}
	r.any = true
	return true
}

func boolTo(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// inWords reads the number words from token t on.
func (d *Document) inWords(t int, words numberWords) (Numeral, bool) {
	if w, ok := words.as(d.Tokens[t].Fold, "about"); ok {
		return Numeral{First: t, Last: t + 1, Value: w.Value, About: true}, true
	}
	var r wordReader
	n := Numeral{First: t, Last: t}
	for at := t; at < len(d.Tokens) && !n.Ordinal; at++ {
		if at > t && d.skipsInside(at, words, r) {
			continue
		}
		if !r.takeToken(d.Tokens[at].Fold, words, &n) {
			break
		}
		n.Last = at + 1
	}
	n.Value = r.total + r.current
	if n.Last == t {
		return n, false
	}
	if before := n.Last; !n.Ordinal && r.scale == 1000 && r.current == 0 {
		if d.afterThousand(&n, 1000); n.Last > before {
			n = d.scaled(n, words)
		}
	}
	return n, true
}

// takeToken adds a token, which may be several words joined by hyphens.
func (r *wordReader) takeToken(word string, words numberWords, n *Numeral) bool {
	after := *r
	for part := range strings.SplitSeq(word, "-") {
		ok := false
		for _, reading := range words[part] {
			if reading.Kind == "ordinal" && (!after.any || reading.Value < after.room || reading.Value >= 100) {
				after.rank(reading.Value)
				n.Ordinal, ok = true, true
				break
			}
			if ok = after.take(reading); ok {
				break
			}
		}
		if !ok {
			n.Ordinal = false
			return false
		}
	}
	*r = after
	return true
}

// rank ends a number by an ordinal word: "twenty-first", "two hundredth".
func (r *wordReader) rank(value float64) {
	if r.any && value >= 100 {
		r.current = max(r.current, 1) * value
	} else {
		r.current += value
	}
	r.any = true
}

// skipsInside reports whether token t only joins the words of a number: "treinta
// y cinco", "two hundred and six"; never at its end.
func (d *Document) skipsInside(t int, words numberWords, r wordReader) bool {
	and, joins := words.as(d.Tokens[t].Fold, "and")
	if !joins || t+1 >= len(d.Tokens) {
		return false
	}
	if afterTen := and.Value == 10; afterTen != (r.room == 10) || !afterTen && (r.room < 100 || r.total+r.current < 100) {
		return false
	}
	if t+2 < len(d.Tokens) {
		if _, divides := words.as(d.Tokens[t+2].Fold, "part"); divides {
			return false // "two million and three quarters"
		}
	}
	first, _, _ := strings.Cut(d.Tokens[t+1].Fold, "-")
	for _, next := range words[first] {
		if (next.Kind == "unit" || next.Kind == "ten") && next.Value > 0 && next.Value < r.room {
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// parseFigure reads digits with the decimal and thousands marks of a language. A
// mark before groups of three digits parts thousands where the language does so
// or it stands more than once; a fraction "3/4" is divided.
func parseFigure(s string, words numberWords) (float64, bool) {
	if a, b, ok := strings.Cut(s, "/"); ok {
		num, errA := strconv.ParseFloat(a, 64)
		den, errB := strconv.ParseFloat(b, 64)
		return num / den, errA == nil && errB == nil && isDigits(a) && isDigits(b) && num < den && isUsualPart(den)
	}
	if len(s) > 40 {
		return 0, false
	}
	decimal := words.decimalMark(s)
	thousands := map[string]string{".": ",", ",": "."}[decimal]
	if strings.ContainsAny(s, "'’") { // 12'500, as Switzerland writes it
		s, thousands = strings.ReplaceAll(s, "’", "'"), "'"
	}
	whole, fraction, _ := strings.Cut(s, decimal)
	if !grouped(whole, thousands) || strings.ContainsAny(fraction, ".,:'") {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(whole, thousands, "")+"."+fraction+"0", 64)
	return v, err == nil
}

// decimalMark tells which mark of a figure is the decimal one.
func (w numberWords) decimalMark(s string) string {
	if _, ok := w.as(",", "decimal"); ok {
		return decimalWhereComma(s)
	}
	if _, ok := w.as(".", "decimal"); ok {
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
	other := map[string]string{".": ",", ",": "."}[mark]
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
