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
		{"es", "3.255.324", 3255324, 1}, {"es", "15 000 personas", 15000, 2}, {"es", "veintitantos", 20, 1}, {"es", "un millón doscientos mil", 1.2e6, 4},
		{"es", "décimo", 10, 1}, {"es", "80.º", 80, 1}, {"es", "dos millones trescientos mil cuarenta y cinco", 2300045, 7},
		{"en", "1,426 pilgrims", 1426, 1}, {"en", "3.5 million", 3.5e6, 2}, {"en", "twenty-one", 21, 1}, {"en", "two hundred and six", 206, 4},
		{"en", "one thousand two hundred", 1200, 4}, {"en", "three and five", 3, 1}, {"en", "twenty-first", 21, 1}, {"en", "5bn", 5e9, 1},
		{"en", "40k", 40000, 1}, {"en", "80th", 80, 1}, {"en", "3/4", 0.75, 1}, {"en", "hundred thousand", 1e5, 2}, {"en", "two hundred thousand", 2e5, 3},
	} {
		n, ok := Split(c.text, c.lang).NumeralAt(0)
		if !ok || math.Abs(n.Value-c.value) > 1e-9*c.value || n.Last != c.tokens {
			t.Errorf("%s %q: got %v in %d tokens (%v), want %v in %d", c.lang, c.text, n.Value, n.Last, ok, c.value, c.tokens)
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
