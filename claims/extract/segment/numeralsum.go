package segment

import (
	"math"
	"strings"
)

// piece is a part of a token that may stand in a number: a word, one side of a
// hyphen in it, a figure, or a hyphen set apart.
type piece struct {
	token    int  // the token that it stands in or, of a figure, the last of them
	last     bool // ends its token
	hyphen   bool
	figure   bool
	plain    bool    // of a figure: a few bare digits
	value    float64 // of a figure
	readings []NumberWord
}

func (p *piece) as(kind NumberKind) (NumberWord, bool) { return readingAs(p.readings, kind) }

// maxPieces is longer than numbers in words get.
const maxPieces = 24

// pieces gives what may make a number in words from token t on.
func (d *Document) pieces(t int, out []piece) []piece {
	for t < len(d.Tokens) && (len(out) == 0 || d.onLine(t)) {
		token := &d.Tokens[t]
		before := len(out)
		switch {
		case token.Kind == Number:
			n, ok := d.figure(t)
			if !ok || n.Suffix != "" || n.Ordinal || before > 0 && out[before-1].figure {
				return out
			}
			plain := n.Last == t+1 && n.Plain && (len(token.Text) == 3 || len(token.Text) < 3 && token.Text[0] != '0') && token.Start == d.Tokens[max(t, 1)-1].End+1
			out = append(out, piece{token: n.Last - 1, last: true, figure: true, plain: plain, value: n.Value})
			t = n.Last - 1
		case token.Text == "-" && before > 0 && d.Glued(t) == d.Glued(t+1):
			out = append(out, piece{token: t, last: true, hyphen: true})
		default:
			out = d.wordPieces(t, out)
		}
		if len(out) == before || len(out) > maxPieces-4 {
			return out
		}
		t++
	}
	return out
}

// wordPieces adds the pieces of a word, none where one of them is no number.
func (d *Document) wordPieces(t int, out []piece) []piece {
	before, rest := len(out), d.Tokens[t].Fold
	if len(rest) > maxCompound {
		return out
	}
	for more := true; more; {
		var word string
		word, rest, more = strings.Cut(rest, "-")
		readings := d.numbers.readingsOf(word)
		if readings == nil || len(out) == cap(out) {
			return out[:before]
		}
		out = append(out, piece{token: t, last: !more, readings: readings})
	}
	return out
}

// onLine reports whether no line break stands between token t and the one before it.
func (d *Document) onLine(t int) bool {
	gap := d.Text[d.Tokens[t-1].Bytes[1]:d.Tokens[t].Bytes[0]]
	return gap == "" || gap == " " || !strings.ContainsAny(gap, "\n\r\u2028\u2029")
}

// sum adds up a number that is written in words, figures between them or not.
type sum struct {
	total, current float64
	room           float64 // what may still be added to current lies below this
	scale          float64 // the last scale word
	any            bool
	figure         bool // began with a figure
	ordinal        bool
}

func (s *sum) value() float64 { return s.total + s.current }

// largest is the highest number that scale words make; nonsense in a row would
// otherwise run out of the float's range.
const largest = 1e24

// take adds one word's reading; false where it does not continue the number.
func (s *sum) take(w NumberWord) bool {
	switch w.Kind {
	case NumberUnit, NumberTen, NumberHundred:
		if s.any && (w.Value >= s.room || w.Value == 0) || s.figure && s.current == 0 && w.Value == 1 { // "3 mil un día"
			return false
		}
		s.current += w.Value
		s.room = [...]float64{NumberUnit: 0, NumberTen: 10, NumberHundred: 100}[w.Kind]
	case NumberTimes:
		if s.any && (s.current >= 100 && !s.figure || s.current == 0) {
			return false
		}
		s.current, s.room = max(s.current, 1)*w.Value, 100
	case NumberScale:
		return s.takeScale(w.Value)
	default:
		return false
	}
	s.any = true
	return true
}

// takeScale multiplies what stands before a scale word by it.
func (s *sum) takeScale(scale float64) bool {
	switch {
	case s.value()*scale > largest:
		return false
	case s.scale > 0 && scale > s.scale: // mil millones
		below := math.Mod(s.total, scale) // of "tres billones mil millones" only the thousand is multiplied
		s.total, s.current = s.total-below+(below+max(s.current, boolTo(s.total == 0)))*scale, 0
	case s.scale == scale:
		return false
	case s.figure && s.current > 0:
		s.total, s.current = s.total+s.current*scale, 0
	default:
		s.total, s.current = s.total+max(s.current, 1)*scale, 0
	}
	s.scale, s.room, s.any = scale, math.Min(scale, 1000), true
	return true
}

func boolTo(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// takeFigure adds a figure: at the beginning, or after a scale word what goes on
// below it ("3 mil 400 millones", "mil 500", "2 millones 300 mil").
func (s *sum) takeFigure(p []piece, i int) bool {
	if !s.any {
		s.current, s.any, s.figure = p[i].value, true, true
		return true
	}
	if _, and := p[i-1].as(numberAnd); and && s.room == 100 { // "3 hundred and 21"
		s.current, s.room = s.current+p[i].value, 0
		return true
	}
	if s.scale < 1000 || s.current != 0 || !p[i].plain || s.value() != math.Trunc(s.value()) {
		return false
	}
	if s.scale > 1000 && !scalesBelow(p, i+1, s.scale) {
		return false
	}
	s.current, s.room = p[i].value, 0
	return true
}

// scalesBelow reports whether a scale word below a limit stands at piece i.
func scalesBelow(p []piece, i int, limit float64) bool {
	if i >= len(p) {
		return false
	}
	w, ok := p[i].as(NumberScale)
	return ok && w.Value < limit
}

// rank ends a number by an ordinal word: "twenty-first", "two hundredth",
// "vigésimo segundo".
func (s *sum) rank(value float64) bool {
	switch {
	case s.figure, s.any && value >= s.room && value < 100:
		return false
	case s.any && value >= 100:
		s.current = max(s.current, 1) * value
		s.room = 0
	default:
		s.current += value
		s.room = 0
		if value >= 10 && math.Mod(value, 10) == 0 {
			s.room = 10
		}
	}
	s.any, s.ordinal = true, true
	return true
}

// read adds up the pieces from the first on, as many as make one number that
// ends where a token ends, and gives how many they are.
func (s *sum) read(p []piece, ordinals bool) (end int) {
	whole := *s
	for i := 0; i < len(p); i++ {
		if i > 0 && s.joins(p, i) {
			continue
		}
		if !s.takePiece(p, i, ordinals) {
			break
		}
		if p[i].last {
			whole, end = *s, i+1
		}
	}
	*s = whole
	return end
}

func (s *sum) takePiece(p []piece, i int, ordinals bool) bool {
	if p[i].figure {
		return s.takeFigure(p, i)
	}
	for _, reading := range p[i].readings {
		if reading.Kind == NumberOrdinal {
			if ordinals && s.rank(reading.Value) {
				return true
			}
		} else if !s.ordinal && s.take(reading) {
			return true
		}
	}
	return false
}

// joins reports whether piece i only joins those of a number: "treinta y cinco",
// "two hundred and six", "fifty - two"; never at its end.
func (s *sum) joins(p []piece, i int) bool {
	if s.ordinal || i+1 >= len(p) {
		return false
	}
	next := &p[i+1]
	and, isAnd := p[i].as(numberAnd)
	switch {
	case p[i].hyphen:
		_, scales := next.as(NumberScale)
		return scales && s.figure || s.room == 10 && !s.figure && next.below(10) // 10-million
	case !isAnd, (and.Value == 10) != (s.room == 10), and.Value != 10 && (s.room < 100 || s.value() < 100):
		return false
	case i+2 < len(p) && p[i+2].divides():
		return false // "two million and three quarters"
	case next.figure:
		return s.room == 100 && next.plain && next.value < 100 && !(i+2 < len(p) && p[i+2].multiplies())
	}
	return next.below(s.room)
}

// below reports whether a piece is a unit or ten below a limit.
func (p *piece) below(limit float64) bool {
	for _, r := range p.readings {
		if (r.Kind == NumberUnit || r.Kind == NumberTen) && r.Value > 0 && r.Value < limit {
			return true
		}
	}
	return false
}

func (p *piece) divides() bool { _, ok := p.as(NumberPart); return ok }

func (p *piece) multiplies() bool {
	_, scales := p.as(NumberScale)
	_, times := p.as(NumberTimes)
	return scales || times
}
