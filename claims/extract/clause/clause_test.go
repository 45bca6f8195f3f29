package clause_test

import (
	"strings"
	"testing"

	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
)

func clauses(t *testing.T, code, text string) (found []string, subjects []string) {
	t.Helper()
	r, err := reading.Of(segment.Split(text, code), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range clause.Find(r, attribute.Find(r, names.Find(r))) {
		var parts []string
		for _, w := range c.Fragments {
			parts = append(parts, r.Text(r.Span(w)))
		}
		found = append(found, strings.Join(parts, " | "))
		subjects = append(subjects, r.Text(r.Span(c.Subject)))
	}
	return found, subjects
}

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		name, lang, text string
		want             []string
	}{
		{"one predicate, two objects", "es", "El Gobierno envió tropas y alimentos a la zona.", []string{"El Gobierno envió tropas y alimentos a la zona"}},
		{"two predicates", "es", "El Gobierno envió tropas a la zona y también cerró la frontera.", []string{"El Gobierno envió tropas a la zona", "también cerró la frontera"}},
		{"a predicate of one word", "es", "El hombre chocó contra un autobús y huyó.", []string{"El hombre chocó contra un autobús", "huyó"}},
		{"a second verb that reads like a command", "en", "The firm has bought five companies and cut its workforce.", []string{"The firm has bought five companies", "cut its workforce"}},
		{"dateline", "en", "Taipei, Taiwan — The army closed the road.", []string{"The army closed the road"}},
		{"figure set off", "es", "Murieron 75 personas, 26 en la última semana.", []string{"Murieron 75 personas", "26 en la última semana"}},
		{"two clauses", "es", "La lluvia destruyó diez casas, pero el río no bajó.", []string{"La lluvia destruyó diez casas", "el río no bajó"}},
		{"relative clause set off", "es", "La reforma, que fue aprobada en mayo, entró en vigor ayer.", []string{"La reforma | entró en vigor ayer", "que fue aprobada en mayo"}},
		{"relative clause not set off", "es", "La reforma que fue aprobada en mayo entró en vigor ayer.", []string{"La reforma que fue aprobada en mayo entró en vigor ayer"}},
		{"concession", "es", "El paro bajó en mayo, aunque los precios subieron.", []string{"El paro bajó en mayo", "los precios subieron"}},
		{"result", "es", "La carretera se hundió, por lo que el pueblo quedó aislado.", []string{"La carretera se hundió", "el pueblo quedó aislado"}},
		{"cause and time stay inside", "es", "El puente cerró cuando llegó la policía porque había peligro.", []string{"El puente cerró cuando llegó la policía porque había peligro"}},
		{"condition stays inside", "es", "Si llueve, el puente cierra.", []string{"Si llueve, el puente cierra"}},
		{"discourse marker", "es", "Sin embargo, el puente cerró ayer.", []string{"el puente cerró ayer"}},
		{"question", "es", "¿Cuándo abre el puente?", nil},
		{"semicolon", "es", "El puente cerró ayer; la estación abre mañana.", []string{"El puente cerró ayer", "la estación abre mañana"}},
		{"result relative", "es", "El banco quebró, lo que dejó sin ahorros a miles de personas.", []string{"El banco quebró", "lo que dejó sin ahorros a miles de personas"}},
		{"two predicates in English", "en", "The army closed the road and opened a camp.", []string{"The army closed the road", "opened a camp"}},
		{"shared auxiliary", "en", "Two men were arrested on Monday and released on Friday.", []string{"Two men were arrested on Monday", "released on Friday"}},
		{"relative clause in English", "en", "The law, which was passed in 2019, bans plastic bags.", []string{"The law | bans plastic bags", "which was passed in 2019"}},
		{"contrast", "en", "Prices fell in May, while wages rose slightly.", []string{"Prices fell in May", "wages rose slightly"}},
		{"quoted words inside are not split", "en", "He called the plan \"a trap that fails and kills\" on Monday.", []string{"He called the plan \"a trap that fails and kills\" on Monday"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, _ := clauses(t, tc.lang, tc.text)
			if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestInheritedSubject(t *testing.T) {
	_, subjects := clauses(t, "es", "Corea del Norte envió tropas y cerró la frontera, que mide 200 kilómetros.")
	want := []string{"", "Corea del Norte", "frontera"}
	if strings.Join(subjects, ",") != strings.Join(want, ",") {
		t.Errorf("subjects are %q, want %q", subjects, want)
	}
}
