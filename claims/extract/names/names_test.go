package names_test

import (
	"testing"

	"cotejo/claims"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
)

func index(t *testing.T, code, text string) (*reading.Reading, *names.Index) {
	t.Helper()
	r, err := reading.Of(segment.Split(text, code), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, names.Find(r)
}

// phrase gives the last run of words that reads like the given text.
func phrase(t *testing.T, r *reading.Reading, text string) reading.Range {
	t.Helper()
	for first := len(r.Words) - 1; first >= 0; first-- {
		for last := first + 1; last <= len(r.Words) && last < first+12; last++ {
			if w := (reading.Range{First: first, Last: last}); r.Text(r.Span(w)) == text {
				return w
			}
		}
	}
	t.Fatalf("no words %q", text)
	return reading.Range{}
}

func TestBest(t *testing.T) {
	for _, tc := range []struct{ lang, text, phrase, want string }{
		{"es", "La ministra Choe Son Hui llegó ayer. Después, Choe visitó el puerto.", "Choe", "Choe Son Hui"},
		{"es", "El líder Kim Jong Un habló. Kim viajó a Rusia.", "Kim", "Kim Jong Un"},
		{"en", "Ana Ruiz spoke first. Later Ruiz left the room.", "Ruiz", "Ana Ruiz"},
		{"es", "Lo dice el Instituto Nacional de Estadística (INE) en un informe. El INE publicó los datos.", "INE", "Instituto Nacional de Estadística"},
		{"es", "Habló la ministra Lucía Gil. Nadie respondió.", "ministra Lucía Gil", "Lucía Gil"},
		{"es", "Habló el director de la ONU ayer.", "director de la ONU", "director de la ONU"},
		{"es", "La consejera de Sanidad, Ana Ruiz, visitó el hospital. Allí habló la consejera con médicos.", "consejera", "Ana Ruiz"},
		{"es", "El alcalde Juan Mora llegó ayer. Lo dice el alcalde.", "alcalde", "Juan Mora"},
		{"es", "El ministro Juan Mora y el ministro Luis Paz llegaron. Lo dice el ministro.", "ministro", "ministro"},
		{"en", "Tom Hale, the chief executive of Merrin Lines, resigned. Later the chief executive spoke.", "chief executive", "Tom Hale"},
		{"en", "The health minister, Ana Ruiz, came first. The transport minister spoke.", "transport minister", "transport minister"},
		{"en", "The ferry operator Northlink cut jobs. Later the operator apologised.", "operator", "Northlink"},
		{"es", "Habló Julio Peña Nieto ayer. Peña Nieto llegó tarde.", "Peña Nieto", "Julio Peña Nieto"},
		{"es", "El director Juan Mora habló. Lo dice un informe entregado al director.", "director", "Juan Mora"},
		{"en", "Valeria Lima left her home. Lima spoke later.", "Lima", "Valeria Lima"},
		{"en", "Dr Tom Hale spoke. It rained on Dr Hale.", "Dr Hale", "Tom Hale"},
		{"en", "Harbour Administrator Tom Hale resigned. It rained.", "Harbour Administrator Tom Hale", "Tom Hale"},
		{"es", "España ganó ayer. España es campeona.", "España", "España"},
	} {
		r, idx := index(t, tc.lang, tc.text)
		if got := idx.Best(phrase(t, r, tc.phrase)); got != tc.want {
			t.Errorf("best name of %q in %q is %q, want %q", tc.phrase, tc.text, got, tc.want)
		}
	}
}

func TestKind(t *testing.T) {
	for _, tc := range []struct {
		lang, text, phrase string
		kind               claims.SourceKind
		code               string
	}{
		{"es", "Lo anunció Corea del Sur ayer.", "Corea del Sur", claims.KindGovernment, "KR"},
		{"es", "Lo dijo el gobierno francés ayer.", "gobierno francés", claims.KindGovernment, "FR"},
		{"es", "Lo contó la agencia Reuters ayer.", "agencia Reuters", claims.KindMedia, ""},
		{"en", "So said county clerk Luis Arroyo on Monday.", "county clerk Luis Arroyo", claims.KindPerson, ""},
		{"es", "Lo dijo Luis Raúl Gómez Pérez ayer.", "Luis Raúl Gómez Pérez", claims.KindPerson, ""},
		{"en", "It stood in the Larne Morning Herald on Monday.", "Larne Morning Herald", claims.KindMedia, ""},
		{"es", "Lo dijo el alcalde ayer.", "alcalde", claims.KindPerson, ""},
		{"es", "Lo muestra un informe ayer.", "informe", claims.KindDocument, ""},
		{"en", "Ana Ruiz spoke on Monday.", "Ana Ruiz", claims.KindPerson, ""},
		{"en", "The World Health Organization spoke on Monday.", "World Health Organization", claims.KindOrganization, ""},
	} {
		r, idx := index(t, tc.lang, tc.text)
		kind, code := idx.Kind(phrase(t, r, tc.phrase))
		if kind != tc.kind || code != tc.code {
			t.Errorf("%q is %s %q, want %s %q", tc.phrase, kind, code, tc.kind, tc.code)
		}
	}
}
