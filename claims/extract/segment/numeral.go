package segment

import "strconv"

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

// NumberWordAs gives the reading of token t as a number word of one kind.
func (d *Document) NumberWordAs(t int, kind NumberKind) (NumberWord, bool) {
	if t < 0 || t >= len(d.Tokens) {
		return NumberWord{}, false
	}
	return d.numbers.as(d.Tokens[t].Fold, kind)
}

// NumeralAt reads the cardinal or ordinal number that begins at token t: the
// longest that the language's tables allow. Articles are for the caller; see
// FractionAt for a number's parts.
func (d *Document) NumeralAt(t int) (Numeral, bool) {
	if t < 0 || t >= len(d.Tokens) {
		return Numeral{}, false
	}
	n := Numeral{First: t, Last: t + 1}
	var buffer [maxPieces]piece
	var pieces []piece
	switch token := &d.Tokens[t]; token.Kind {
	case Punct:
		value, ok := d.withoutWhole(t)
		if !ok {
			return Numeral{}, false
		}
		n.Value, n.Digits, n.Last = value, true, t+2
		pieces = d.pieces(t+2, append(buffer[:0], piece{token: t + 1, last: true, figure: true, value: value}))
	default:
		figure, ok := d.figure(t)
		switch about, vague := d.NumberWordAs(t, NumberAbout); {
		case ok && (figure.Ordinal || figure.Suffix != ""):
			return figure, true
		case ok:
			n = figure
			pieces = d.pieces(n.Last, append(buffer[:0], piece{token: n.Last - 1, last: true, figure: true, value: n.Value}))
		case vague:
			n.Value, n.About = about.Value, true
			return n, true
		default:
			pieces = d.pieces(t, buffer[:0])
		}
	}
	var s sum
	end := s.read(pieces, true)
	if end == 0 {
		return Numeral{}, false
	}
	n.Value, n.Ordinal, n.Last, n.Plain = s.value(), s.ordinal, pieces[end-1].token+1, n.Plain && end == 1
	return n, true
}

// withoutWhole reads decimals whose whole is left out: ".08".
func (d *Document) withoutWhole(t int) (float64, bool) {
	mark := d.Tokens[t].Text
	if mark != "." && mark != d.numbers.decimal || t+1 >= len(d.Tokens) || !d.Glued(t+1) {
		return 0, false
	}
	next := &d.Tokens[t+1]
	if next.Kind != Number || !isDigits(next.Text) || len(next.Text) > maxFigure || d.Glued(t) && d.Tokens[t-1].Kind != Symbol && d.Tokens[t-1].Text != "(" && d.Tokens[t-1].Text != "-" {
		return 0, false
	}
	value, err := strconv.ParseFloat("."+next.Text, 64)
	return value, err == nil
}
