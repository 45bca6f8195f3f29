package attribute_test

import (
	"strings"
	"testing"

	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
)

// told is what a report comes to: who says it, through whom, and the words said.
type told struct{ source, via, content string }

func reports(t *testing.T, code, text string) []told {
	t.Helper()
	r, err := reading.Of(segment.Split(text, code), nil)
	if err != nil {
		t.Fatal(err)
	}
	words := func(list []reading.Range, joint string) string {
		var out []string
		for _, w := range list {
			out = append(out, strings.Trim(r.Text(r.Span(w)), " ,.;\"«»“”"))
		}
		return strings.Join(out, joint)
	}
	var out []told
	for _, rep := range attribute.Find(r, names.Find(r)).Reports {
		out = append(out, told{words(rep.Sources, " + "), words(rep.Via, " + "), words(rep.Content, " | ")})
	}
	return out
}

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		name, lang, text string
		want             []told
	}{
		{"verb and complement", "es", "El alcalde dijo el martes que el puente cerrará en mayo.", []told{{"alcalde", "", "el puente cerrará en mayo"}}},
		{"subject behind the verb", "es", "Ayer explicó la ministra Ana Gil que el plan costará más.", []told{{"ministra Ana Gil", "", "el plan costará más"}}},
		{"name behind its role", "es", "La ministra de Sanidad, Ana Gil, afirmó que las camas sobran.", []told{{"Ana Gil", "", "las camas sobran"}}},
		{"postposed", "es", "El puente cerrará en mayo, anunció el alcalde Juan Mora.", []told{{"alcalde Juan Mora", "", "El puente cerrará en mayo"}}},
		{"relayer told", "es", "El alcalde dijo a la agencia EFE que el puente cerrará.", []told{{"alcalde", "agencia EFE", "el puente cerrará"}}},
		{"phrase with a document's issuer", "es", "Según datos del Instituto de Estadística, la inflación subió.", []told{{"Instituto de Estadística", "", "la inflación subió"}}},
		{"phrase at the end", "es", "La inflación subió en mayo, según el banco central.", []told{{"banco central", "", "La inflación subió en mayo"}}},
		{"phrase inside a relative clause", "es", "Llegó la gripe, que, según la policía, mató a tres personas.", []told{{"policía", "", "que | mató a tres personas"}}},
		{"a law speaks for itself", "es", "La ley electoral establece que el plazo dura un mes.", []told{{"ley electoral", "", "el plazo dura un mes"}}},
		{"direct", "es", "«Hemos cerrado el puente», dijo el alcalde.", []told{{"alcalde", "", "Hemos cerrado el puente"}}},
		{"direct over two sentences", "es", "«Llueve mucho. Hemos cerrado el puente», dijo el alcalde.", []told{{"alcalde", "", "Llueve mucho. Hemos cerrado el puente"}}},
		{"second predicate of speech", "es", "El alcalde dijo que llueve y añadió que el puente cerrará.", []told{{"alcalde", "", "llueve"}, {"alcalde", "", "el puente cerrará"}}},
		{"follow-on", "es", "El alcalde Juan Mora dijo que llueve. Añadió que el puente cerrará.", []told{{"alcalde Juan Mora", "", "llueve"}, {"alcalde Juan Mora", "", "el puente cerrará"}}},
		{"outlet that cites a document", "es", "La Agencia Meridiana, citando un informe interno de la Autoridad Portuaria, publicó el martes que el dique costará 40 millones.", []told{{"Autoridad Portuaria", "Agencia Meridiana", "el dique costará 40 millones"}}},
		{"phrase that quotes people", "en", "According to the Courier, quoting two people who had seen the minutes, the dam was unsafe.", []told{{"two people", "Courier", "the dam was unsafe"}}},
		{"two clauses under one verb", "en", "The report found that the bridge was built in 1971, and that nobody had inspected it since.", []told{{"report", "", "the bridge was built in 1971, and that nobody had inspected it since"}}},
		{"second verb of one speaker", "en", "Jane Ward said that a third vessel would arrive in May, and added that the crew had been paid.", []told{{"Jane Ward", "", "a third vessel would arrive in May"}, {"Jane Ward", "", "the crew had been paid"}}},
		{"opposed reports", "en", "The company said that the ferry was full, while the union that represents its crews said 40 people stayed behind.", []told{{"company", "", "the ferry was full"}, {"union", "", "40 people stayed behind"}}},
		{"subject before its relative clause", "es", "La empresa que lo gestiona sostiene que el vertedero cumple la ley.", []told{{"empresa", "", "el vertedero cumple la ley"}}},
		{"figures that show", "en", "Prices rose 4% in March, regulator figures show.", []told{{"regulator figures", "", "Prices rose 4% in March"}}},
		{"figures from an issuer", "en", "Figures from the regulator show prices rose 4% in March.", []told{{"regulator", "", "prices rose 4% in March"}}},
		{"issuer behind a participle", "en", "The quay sank, according to a report published on Thursday by the Merrin Harbour Authority.", []told{{"Merrin Harbour Authority", "", "The quay sank"}}},
		{"who passes a document on", "en", "Sirens failed, according to a letter seen by the newspaper The Lantern.", []told{{"letter", "newspaper The Lantern", "Sirens failed"}}},
		{"behind a denial", "en", "Ana Ruiz denied that the authorities had ignored warnings, but acknowledged that sirens had failed.", []told{{"Ana Ruiz", "", "sirens had failed"}}},
		{"reporters told", "en", "More than 14,000 people had voted by Monday, county clerk Luis Arroyo told reporters.", []told{{"county clerk Luis Arroyo", "", "More than 14,000 people had voted by Monday"}}},
		{"what the speaker does not tell", "es", "El consorcio afirma que el ruido bajó, aunque no aportó el estudio.", []told{{"consorcio", "", "el ruido bajó"}}},
		{"contrast within what is said", "es", "El alcalde dijo que el paro bajó en mayo, aunque subió en junio.", []told{{"alcalde", "", "el paro bajó en mayo, aunque subió en junio"}}},
		{"newspaper told", "en", "Jane Ward told the Larne Courier that a third vessel would arrive.", []told{{"Jane Ward", "Larne Courier", "a third vessel would arrive"}}},
		{"gerund behind a clause", "en", "Veltrane disputes that, saying its share is closer to 25%.", []told{{"Veltrane", "", "its share is closer to 25%"}}},
		{"adjunct before that", "en", "Jane Ward told analysts on a conference call that no workers would be laid off.", []told{{"Jane Ward", "", "no workers would be laid off"}}},
		{"outlet between verb and subject", "es", "«Hemos cerrado el puente», dijo a la cadena Canal Uno el alcalde Juan Mora.", []told{{"alcalde Juan Mora", "cadena Canal Uno", "Hemos cerrado el puente"}}},
		{"incise between dashes", "es", "«El puente —añadió la ministra Ana Gil— cerrará en mayo».", []told{{"ministra Ana Gil", "", "El puente | cerrará en mayo"}}},
		{"incise between hyphens", "es", "\"Llueve mucho - dijo Mora -, pero el puente abrirá\".", []told{{"Mora", "", "Llueve mucho | pero el puente abrirá"}}},
		{"quotation behind that, then a second verb", "es", "Mora dijo que \"sobran coches y faltan trenes\" y pidió más dinero.", []told{{"Mora", "", "sobran coches y faltan trenes"}}},
		{"quoted words inside a clause", "es", "Los vecinos aseguran que la frase «aquí no cabe nadie» ofende al barrio.", []told{{"vecinos", "", "la frase «aquí no cabe nadie» ofende al barrio"}}},
		{"verb of aspect", "es", "Mora se limitó a decir que el puente cerrará.", []told{{"Mora", "", "el puente cerrará"}}},
		{"behind after", "es", "El alcalde dimitió después de asegurar que el puente cerrará.", []told{{"alcalde", "", "el puente cerrará"}}},
		{"possibility", "es", "Nadie puede decir que el puente cerrará.", nil},
		{"who was told, twice", "es", "Los obreros dijeron a los medios nacionales e internacionales que el puente cerrará.", []told{{"obreros", "medios nacionales e internacionales", "el puente cerrará"}}},
		{"relative clause of what is met", "es", "El desfile coincide con el momento en que el puente cierra.", nil},
		{"antecedent behind a preposition", "es", "Confirmó los datos con dos ingenieros, quienes dijeron que el puente cerrará.", []told{{"dos ingenieros", "", "el puente cerrará"}}},
		{"finders", "en", "Researchers found that the bridge was unsafe.", []told{{"Researchers", "", "the bridge was unsafe"}}},
		{"showing oneself", "en", "The singer showed that she can dance.", nil},
		{"gerund as subject", "en", "The authors say adding salt helps.", []told{{"authors", "", "adding salt helps"}}},
		{"object with a relative clause", "en", "The mayor announced the places that would get money.", nil},
		{"joined bodies", "en", "The Larne School District and the Larne Police Department have said that the bridge is closed.", []told{{"Larne School District + Larne Police Department", "", "the bridge is closed"}}},
		{"name behind its role in a source phrase", "es", "De acuerdo con el director del museo, Juan Mora, la sala abrirá en mayo.", []told{{"Juan Mora", "", "la sala abrirá en mayo"}}},
		{"role and place behind a name in a source phrase", "es", "Según la concejala Ana Gil, del movimiento Sur Vivo, el puente cerrará.", []told{{"concejala Ana Gil", "", "el puente cerrará"}}},
		{"name behind a long role", "es", "De acuerdo con la directora del Centro de Estudios en el Sur, Ana Gil, el puente cerrará.", []told{{"Ana Gil", "", "el puente cerrará"}}},
		{"role without its comma", "es", "Ana Gil, subsecretaria de Salud dijo que el plan costará más.", []told{{"Ana Gil", "", "el plan costará más"}}},
		{"name with whom it is for", "en", "Jane Ward for the Transport Board, says the bridge will close.", []told{{"Jane Ward", "", "the bridge will close"}}},
		{"name before a role with a name in it", "en", "Jane Ward, Panama coach, said the bridge will close.", []told{{"Jane Ward", "", "the bridge will close"}}},
		{"organisation in capitals", "en", "Jane Ward spoke first. WHO say the vaccine is safe.", []told{{"WHO", "", "the vaccine is safe"}}},
		{"nobody said before", "es", "Los vecinos no están contentos, pues, aseguran, el puente cerrará.", []told{{"vecinos", "", "el puente cerrará"}}},
		{"tail with an adjunct", "es", "La autoridad portuaria no comparte esa opinión. El puente cuesta 60.000 euros al año, argumenta en una carta.", []told{{"autoridad portuaria", "", "El puente cuesta 60.000 euros al año"}}},
		{"date between commas", "es", "El puente cerró en mayo, dijo hoy, martes, el Instituto de Puertos.", []told{{"Instituto de Puertos", "", "El puente cerró en mayo"}}},
		{"view of a person", "es", "Sin embargo, para la doctora Ana Gil, el puente es inseguro.", []told{{"doctora Ana Gil", "", "el puente es inseguro"}}},
		{"purpose is no view", "es", "Para la función de mañana, el puente estará abierto.", nil},
		{"contrast behind a semicolon", "es", "Mora dijo que el puente cerrará; sin embargo, esto es falso.", []told{{"Mora", "", "el puente cerrará"}}},
		{"what a fact means", "es", "El puente cerró, lo que supone que nadie cruza.", nil},
		{"quoted word before that", "es", "Mora consideró \"evidente\" que el puente cerrará.", []told{{"Mora", "", "el puente cerrará"}}},
		{"name in quotation marks", "es", "El diario \"La Orilla\" indica que el puente cerrará.", []told{{"diario \"La Orilla", "", "el puente cerrará"}}},
		{"outlet behind the verb and its subject", "es", "«Hemos cerrado el puente», explicó una fuente de la empresa a EL TIEMPO.", []told{{"fuente de la empresa", "EL TIEMPO", "Hemos cerrado el puente"}}},
		{"cited by an agency", "es", "Testigos citados por la agencia Meridiana aseguran que el agua subió.", []told{{"Testigos", "agencia Meridiana", "el agua subió"}}},
		{"she is no thing", "en", "Helen Tarrow, the housing minister, rejected the accusation. The figures had been checked, she told the chamber.", []told{{"Helen Tarrow", "", "The figures had been checked"}}},
		{"a law relays nothing", "es", "Según la ley de puertos, el alcalde dijo que el puente cerrará.", []told{{"ley de puertos", "", "el alcalde dijo que el puente cerrará"}, {"alcalde", "", "el puente cerrará"}}},
		{"polls as a footnote", "es", "Ana Gil ganó ayer, según las encuestas. «Estoy contenta», subrayó.", []told{{"encuestas", "", "Ana Gil ganó ayer"}, {"Ana Gil", "", "Estoy contenta"}}},
		{"what we all know", "es", "Juan Mora es un buen alcalde: el puente es seguro, como sabemos.", nil},
		{"object and second verb", "en", "The mayor announced the plan and left.", nil},
		{"another body's request", "en", "The mayor says it could take a month, and the ministry has urged people to stay.", []told{{"mayor", "", "it could take a month"}}},
		{"she is who spoke in the sentence", "en", "Tom Hale left. Jafari said she felt the city was unfair.", []told{{"Jafari", "", "she felt the city was unfair"}, {"Jafari", "", "the city was unfair"}}},
		{"verb of little meaning", "es", "Mora dejó claro que el puente cerrará.", []told{{"Mora", "", "el puente cerrará"}}},
		{"verb of little meaning in English", "en", "The mayor made it clear that the bridge will close.", []told{{"mayor", "", "the bridge will close"}}},
		{"relative of place", "es", "El alcalde Juan Mora acudió al programa, donde aseguró que el puente cerrará.", []told{{"alcalde Juan Mora", "", "el puente cerrará"}}},
		{"who are persons", "es", "Habló con vecinos del lugar donde se hallaron los restos, quienes dijeron que el puente cerrará.", []told{{"vecinos", "", "el puente cerrará"}}},
		{"verb behind a quotation that a colon opens", "es", "El productor pidió su turno: «No sé nada», declaró Juan Mora.", []told{{"Juan Mora", "", "No sé nada"}}},
		{"words behind a name", "es", "«Estoy contenta», escribió Ana Gil satisfecha con el plan.", []told{{"Ana Gil", "", "Estoy contenta"}}},
		{"two people with their roles", "es", "Ana Gil, directora del museo, y Juan Mora, alcalde de Larne, indicaron que el puente cerrará.", []told{{"Ana Gil + Juan Mora", "", "el puente cerrará"}}},
		{"denial", "es", "El alcalde negó que el puente vaya a cerrar.", nil},
		{"request", "es", "El alcalde pidió que cierren el puente.", nil},
		{"speech denied", "es", "El alcalde no dijo que el puente cerrará.", nil},
		{"impersonal", "es", "Se informó que el puente cerrará.", nil},
		{"noun phrase as object", "es", "El alcalde anunció el cierre del puente.", nil},
		{"without a conjunction", "en", "The mayor said the bridge will close in May.", []told{{"mayor", "", "the bridge will close in May"}}},
		{"with a conjunction", "en", "Police said on Tuesday that two men were arrested.", []told{{"Police", "", "two men were arrested"}}},
		{"told an outlet", "en", "The mayor told Reuters that the bridge was closed.", []told{{"mayor", "Reuters", "the bridge was closed"}}},
		{"quoting", "en", "According to Reuters, quoting the Ministry of Health, the hospital was closed.", []told{{"Ministry of Health", "Reuters", "the hospital was closed"}}},
		{"a document found", "en", "A report by the World Bank found that growth was slower.", []told{{"World Bank", "", "growth was slower"}}},
		{"figures suggest", "en", "Estimates suggest 8000 people are missing.", []told{{"Estimates", "", "8000 people are missing"}}},
		{"in the middle", "en", "About 40 homes, officials said, were damaged.", []told{{"officials", "", "About 40 homes | were damaged"}}},
		{"direct, speaker first", "en", "Ana Ruiz, the mayor, said, \"The bridge is closed.\"", []told{{"Ana Ruiz", "", "The bridge is closed"}}},
		{"a denial in English", "en", "The company denied that it had lied.", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := reports(t, tc.lang, tc.text)
			if len(got) != len(tc.want) {
				t.Fatalf("got %+v, want %+v", got, tc.want)
			}
			for i := range got {
				if got[i] != tc.want[i] {
					t.Errorf("got %+v, want %+v", got[i], tc.want[i])
				}
			}
		})
	}
}

func TestChains(t *testing.T) {
	got := reports(t, "en", "According to the Daily News newspaper, the mayor said that the bridge was closed.")
	want := told{"mayor", "Daily News newspaper", "the bridge was closed"}
	if len(got) != 2 || got[1] != want {
		t.Errorf("got %+v, want the second to be %+v", got, want)
	}
}
