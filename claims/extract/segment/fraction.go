package segment

// Fraction is a number of equal parts in words: "two thirds", "tres
// doscientosavos", "two hundred and fifty-four hundredths" (whole 200).
type Fraction struct {
	First, Last int // tokens [First, Last)
	Whole       float64
	Top, Parts  float64
	Plural      bool // the parts are in the plural
	Ranks       bool // the parts may rank instead: "one fifth", "two fifths"
}

// FractionAt reads the fraction in words that begins with a number at token t.
// Its number and parts may run together; see split.
func (d *Document) FractionAt(t int) (Fraction, bool) {
	var buffer [maxPieces]piece
	pieces := d.pieces(t, buffer[:0])
	for head := 1; head < len(pieces); head++ {
		if pieces[head].last && pieces[head].parts().Value > 0 {
			f, ok := split(pieces, head, !d.numbers.tensTied)
			f.First, f.Last = t, pieces[head].token+1
			return f, ok
		}
	}
	return Fraction{}, false
}

// PartsAt reads the parts that begin at token t, behind an article: "fifth",
// "twenty-first", "doscientosavo".
func (d *Document) PartsAt(t int) (Fraction, bool) {
	if t >= len(d.Tokens) {
		return Fraction{}, false
	}
	var buffer [maxPieces]piece
	pieces := d.pieces(t, buffer[:0])
	for head := range pieces {
		w := pieces[head].parts()
		if !pieces[head].last || w.Value == 0 {
			continue
		}
		if parts, ok := denominator(pieces[:head+1]); ok {
			return Fraction{First: t, Last: pieces[head].token + 1, Top: 1, Parts: parts, Plural: w.Plural, Ranks: w.Ranks}, true
		}
	}
	return Fraction{}, false
}

// parts gives what a piece divides into, as a part or as an ordinal.
func (p *piece) parts() NumberWord {
	if w, ok := p.as(NumberPart); ok {
		return w
	}
	if w, ok := p.as(NumberOrdinal); ok {
		w.Ranks = true
		return w
	}
	return NumberWord{}
}

// split parts the pieces up to a head, the word for the parts, into number and
// parts. Tens go with a head below ten where the language ranks so, unless "and" ties them to the number:
// "one hundred thirty fifths" are 100/35, "one hundred and thirty fifths" 130/5.
// Otherwise the head alone divides, and more only where the rest is no number
// ("one one hundred fifth").
func split(pieces []piece, head int, tensRank bool) (Fraction, bool) {
	cuts := make([]int, 0, maxPieces)
	if _, tens := pieces[head-1].as(NumberTen); tens && tensRank {
		cuts = append(cuts, head-1)
	}
	for cut := head; cut > 0; cut-- {
		cuts = append(cuts, cut)
	}
	w := pieces[head].parts()
	for _, cut := range cuts {
		top, numbered := cardinal(pieces[:cut])
		parts, ok := denominator(pieces[cut : head+1])
		if !numbered || !ok {
			continue
		}
		f := Fraction{Top: top, Parts: parts, Plural: w.Plural, Ranks: w.Ranks}
		return f, f.partWhole(pieces[:cut])
	}
	return Fraction{}, false
}

// partWhole takes what "and" adds to a whole for the number of parts, where that
// makes less than one: "two hundred and fifty-four hundredths". False where a
// scale word stands before: "six million and two thirds" counts parts of a million.
func (f *Fraction) partWhole(pieces []piece) bool {
	for i := 1; i < len(pieces)-1; i++ {
		and, joins := pieces[i].as(numberAnd)
		if !joins || and.Value == 10 {
			continue
		}
		whole, ok := cardinal(pieces[:i])
		top, below := cardinal(pieces[i+1:])
		if ok && below && top < f.Parts {
			_, scaled := pieces[i-1].as(NumberScale)
			f.Whole, f.Top = whole, top
			return !scaled
		}
	}
	return true
}

// cardinal reads pieces that are one number and nothing else.
func cardinal(pieces []piece) (float64, bool) {
	if n := len(pieces); n > 1 && pieces[n-1].hyphen {
		pieces = pieces[:n-1] // "one - fourth"
	}
	var s sum
	for i := range pieces {
		if i > 0 && s.joins(pieces, i) {
			continue
		}
		if !s.takePiece(pieces, i, false) {
			return 0, false
		}
	}
	return s.value(), s.any
}

// denominator reads pieces that are the name of parts.
func denominator(pieces []piece) (float64, bool) {
	last := len(pieces) - 1
	head := pieces[last].parts().Value
	if last == 0 {
		return head, head > 0
	}
	if head == 2 && (!pieces[last].parts().Ranks || pieces[last-1].token != pieces[last].token) {
		return 0, false // "un millón y medio", "twenty seconds"
	}
	var s sum
	for i := range pieces[:last] {
		and, joins := pieces[i].as(numberAnd)
		if i > 0 && (pieces[i].hyphen || joins && and.Value == s.room) {
			continue
		}
		if !s.takePiece(pieces, i, false) {
			return 0, false
		}
	}
	return s.value() + head, s.any && s.room > head
}
