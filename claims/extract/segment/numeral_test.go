package segment

import (
	"math"
	"testing"
)

func TestNumeralAt(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		value      float64
		tokens     int
	}{
		{"es", "15.000 tropas", 15000, 1}, {"es", "1,5 millones", 1.5e6, 2}, {"es", "100.000 millones de", 1e11, 2},
		{"es", "51 mil", 51000, 2}, {"es", "treinta y cinco mil", 35000, 4}, {"es", "dos mil quinientos", 2500, 3},
		{"es", "mil millones", 1e9, 2}, {"es", "dos mil millones", 2e9, 3}, {"es", "ciento veintitrés", 123, 2},
		{"es", "dos tres", 2, 1}, {"es", "tres y cinco", 3, 1}, {"es", "18,4", 18.4, 1}, {"es", "15,000", 15000, 1}, {"es", "3.5", 3.5, 1},
		{"es", "3.255.324", 3255324, 1}, {"es", "1′427.064 pesos", 1427064, 1}, {"es", "1'427.064,50", 1427064.5, 1}, {"en", "12'500.50", 12500.5, 1}, {"es", "1'427.064.300", 1427064300, 1}, {"es", "15 000 personas", 15000, 2}, {"es", "veintitantos", 20, 1}, {"es", "un millón doscientos mil", 1.2e6, 4},
		{"es", "décimo", 10, 1}, {"es", "80.º", 80, 1}, {"es", "dos millones trescientos mil cuarenta y cinco", 2300045, 7},
		{"en", "1,426 pilgrims", 1426, 1}, {"en", "3.5 million", 3.5e6, 2}, {"en", "twenty-one", 21, 1}, {"en", "two hundred and six", 206, 4},
		{"en", "one thousand two hundred", 1200, 4}, {"en", "three and five", 3, 1}, {"en", "twenty-first", 21, 1}, {"en", "5bn", 5e9, 1},
		{"en", "40k", 40000, 1}, {"en", "80th", 80, 1}, {"en", "3/4", 0.75, 1}, {"en", "hundred thousand", 1e5, 2}, {"en", "two hundred thousand", 2e5, 3},
		{"es", "2 millones 300 mil pesos", 2.3e6, 4}, {"es", "8 mil 050 litros", 8050, 3}, {"es", "7 mil un día", 7000, 2}, {"es", "3 millones 40 casas", 3e6, 2},
		{"es", "vigésimo segundo intento", 22, 2}, {"es", "cuadragésima edición", 40, 1}, {"es", "9 412 305,75 euros", 9412305.75, 3}, {"es", "5 billones 200 mil millones", 5.2e12, 5},
		{"en", "6 hundred and 14 sacks", 614, 4}, {"en", "6 hundred and 2 hundred", 600, 2}, {"en", "2 thousand 5 hundred and 14", 2514, 6}, {"en", "450 hundred", 45000, 2},
		{"en", "sixty - four", 64, 3}, {"en", ".375 of", 0.375, 2}, {"en", "2,310.5 M", 2310.5e6, 2}, {"en", "4 G", 4, 1}, {"en", "10-million", 1e7, 3}, {"en", "seven\nhundred", 7, 1},
	} {
		n, ok := Split(c.text, c.lang).NumeralAt(0)
		if !ok || math.Abs(n.Value-c.value) > 1e-9*c.value || n.Last != c.tokens {
			t.Errorf("%s %q: got %v in %d tokens (%v), want %v in %d", c.lang, c.text, n.Value, n.Last, ok, c.value, c.tokens)
		}
	}
}

func TestFractionAt(t *testing.T) {
	for _, c := range []struct {
		lang, text        string
		whole, top, parts float64
		tokens            int
	}{
		{"en", "two thirds", 0, 2, 3, 2}, {"en", "seven-eighths full", 0, 7, 8, 1}, {"en", "three - sevenths", 0, 3, 7, 3},
		{"en", "eleven thirty-sixths", 0, 11, 36, 2}, {"en", "one hundred forty sevenths", 0, 100, 47, 4}, {"en", "one hundred and forty sevenths", 0, 140, 7, 5},
		{"en", "three hundred and nine tenths", 300, 9, 10, 5}, {"en", "two two hundred tenths", 0, 2, 210, 4}, {"en", "sixty - six hundred thirds", 0, 6600, 3, 5},
		{"es", "dos novenos", 0, 2, 9, 2}, {"es", "ciento cuarenta y un tercios", 0, 141, 3, 5}, {"es", "siete cuatrocientosavos", 0, 7, 400, 2},
		{"es", "nueve cuarentaicincoavos", 0, 9, 45, 2}, {"es", "tres cuarentavos", 0, 3, 40, 2}, {"es", "cinco tresmilésimas", 0, 5, 3000, 2},
	} {
		f, ok := Split(c.text, c.lang).FractionAt(0)
		if !ok || f.Whole != c.whole || f.Top != c.top || f.Parts != c.parts || f.Last != c.tokens {
			t.Errorf("%s %q: got %+v (%v), want %v + %v/%v in %d", c.lang, c.text, f, ok, c.whole, c.top, c.parts, c.tokens)
		}
	}
	for _, c := range []struct{ lang, text string }{
		{"en", "twenty million"}, {"en", "fifth"}, {"es", "un millón y medio"}, {"es", "tres nuevos"}, {"es", "seis motivos"}, {"en", "six million and two thirds"},
	} {
		if f, ok := Split(c.text, c.lang).FractionAt(0); ok {
			t.Errorf("%s %q is read as %+v", c.lang, c.text, f)
		}
	}
}

func TestNoNumeral(t *testing.T) {
	for _, text := range []string{"10:30", "10/12/2020", "covid-19", "y", "and", "1.23.4567", "192.168.1.1"} {
		if n, ok := Split(text, "es").NumeralAt(0); ok {
			t.Errorf("%q is read as %v", text, n.Value)
		}
	}
}
