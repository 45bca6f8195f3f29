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
		{"question that gives a figure", "es", "¿Sabía usted que el puente costó 3 millones?", []string{"Sabía usted que el puente costó 3 millones"}},
		{"message without a verb", "en", "Rents up 20% under Mayor Gil #Rents", []string{"Rents up 20% under Mayor Gil #Rents"}},
		{"verbless line beside a clause", "en", "A long and quiet road. The army closed it.", []string{"The army closed it"}},
		{"message that ends in tags", "es", "El paro baja un 12 % en mayo\n\n#Empleo #España https://ejemplo.test/a", []string{"El paro baja un 12 % en mayo"}},
		{"semicolon", "es", "El puente cerró ayer; la estación abre mañana.", []string{"El puente cerró ayer", "la estación abre mañana"}},
		{"result relative", "es", "El banco quebró, lo que dejó sin ahorros a miles de personas.", []string{"El banco quebró", "lo que dejó sin ahorros a miles de personas"}},
		{"two predicates in English", "en", "The army closed the road and opened a camp.", []string{"The army closed the road", "opened a camp"}},
		{"shared auxiliary", "en", "Two men were arrested on Monday and released on Friday.", []string{"Two men were arrested on Monday", "released on Friday"}},
		{"relative clause in English", "en", "The law, which was passed in 2019, bans plastic bags.", []string{"The law | bans plastic bags", "which was passed in 2019"}},
		{"contrast", "en", "Prices fell in May, while wages rose slightly.", []string{"Prices fell in May", "wages rose slightly"}},
		{"relative behind a preposition", "es", "El club jugó en Vigo la final, en la que ganó por dos goles.", []string{"El club jugó en Vigo la final", "en la que ganó por dos goles"}},
		{"pair of nouns", "es", "Tanto la alcaldesa como el concejal firmaron la carta.", []string{"Tanto la alcaldesa como el concejal firmaron la carta"}},
		{"time counted back", "es", "El puente se cerró hace tres años y la obra sigue parada.", []string{"El puente se cerró hace tres años", "la obra sigue parada"}},
		{"free relative as subject", "es", "Lo que preocupa al sector es el precio del gas.", []string{"Lo que preocupa al sector es el precio del gas"}},
		{"clause as a means", "es", "Nadie está contento con lo que cobra la empresa.", []string{"Nadie está contento con lo que cobra la empresa"}},
		{"concession in the middle", "es", "El pueblo, aunque perdió su estación, creció un 3 %.", []string{"El pueblo | creció un 3 %", "perdió su estación"}},
		{"subject with a relative clause", "es", "El río creció y los vecinos que vivían en la orilla huyeron.", []string{"El río creció", "los vecinos que vivían en la orilla huyeron"}},
		{"relative as the second subject", "es", "A los mayores se les dará la vacuna y a los que lo pidan se les hará una prueba.", []string{"A los mayores se les dará la vacuna", "a los que lo pidan se les hará una prueba"}},
		{"two causes before the main clause", "es", "Como el dique cedió y los vecinos pidieron ayuda, acudió el ejército.", []string{"Como el dique cedió y los vecinos pidieron ayuda, acudió el ejército"}},
		{"one of the worst", "es", "La economía cayó un 4 %, uno de los peores datos de la zona y el peor del siglo.", []string{"La economía cayó un 4 %", "uno de los peores datos de la zona y el peor del siglo"}},
		{"superlative by degree", "es", "El paro bajó al 9 %, el nivel más bajo desde 2008.", []string{"El paro bajó al 9 %", "el nivel más bajo desde 2008"}},
		{"adverb before a listed noun", "es", "Lo firman dos médicos y, curiosamente, un grupo de abogados del puerto.", []string{"Lo firman dos médicos y, curiosamente, un grupo de abogados del puerto"}},
		{"appended participle", "es", "La carta, escrita en mayo de 1954, es una respuesta al libro.", []string{"La carta, escrita en mayo de 1954, es una respuesta al libro"}},
		{"what led over to a report", "es", "La calle se hundió, por lo que el alcalde dijo que habrá obras.", []string{"La calle se hundió", "habrá obras"}},
		{"verbs that share an object", "en", "Police arrested and questioned the driver.", []string{"Police arrested and questioned the driver"}},
		{"superlative before an infinitive", "en", "The town was hit by Dora, the strongest storm to cross the bay in decades.", []string{"The town was hit by Dora", "the strongest storm to cross the bay in decades"}},
		{"superlative as subject", "en", "One guard, Ann Stone, the first boat left on Friday.", []string{"One guard, Ann Stone, the first boat left on Friday"}},
		{"hyphen as a dash", "en", "Rain fell on the town - much of which lies below the sea.", []string{"Rain fell on the town", "much of which lies below the sea"}},
		{"participle behind an adjective", "en", "The prints were ready and immediately shown at the gate.", []string{"The prints were ready", "immediately shown at the gate"}},
		{"marker between two clauses", "en", "The bridge is closed, however, the ferry runs every hour.", []string{"The bridge is closed", "the ferry runs every hour"}},
		{"marker inside a clause", "en", "The bridge, however, is closed.", []string{"The bridge, however, is closed"}},
		{"role of a person", "en", "The prize went to Ann Stone, a former resident of the town.", []string{"The prize went to Ann Stone, a former resident of the town"}},
		{"dateline glued to its mark", "es", "Lima.- El puente cerró ayer.", []string{"El puente cerró ayer"}},
		{"score of a match", "en", "Tunisia lost 1 – 2 to England on Monday.", []string{"Tunisia lost 1 – 2 to England on Monday"}},
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
