package ingest_test

import (
	"os"
	"path/filepath"
	"testing"

	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
)

func TestGuessLanguage(t *testing.T) {
	tests := map[string]struct {
		text      string
		code      string
		confident bool
	}{
		"Spanish":       {"El gobierno anunció hoy que destinará tres millones de euros a las viviendas del barrio, según la consejera.", "es", true},
		"English":       {"The government said on Monday that it would spend three million euros on housing in the old town, and that the first of the houses would be ready in the spring.", "en", true},
		"Portuguese":    {"O governo anunciou hoje que vai destinar três milhões de euros às casas do bairro, segundo explicou a ministra.", "pt", true},
		"Russian":       {"Президент заявил в понедельник, что переговоры продолжатся и на следующей неделе.", "ru", true},
		"short Spanish": {"España ha enviado 15.000 tropas.", "es", false},
		"short English": {"The port is shut.", "en", false},
		"Catalan is not Spanish": {"El govern de la Generalitat ha anunciat avui que destinarà tres milions d'euros a la rehabilitació dels habitatges" +
			" del barri, segons ha explicat la consellera en una roda de premsa. Les obres començaran a la primavera i duraran dos anys, si el temps ho permet i no hi ha cap més retard.", "", false},
		"Galician is a hunch at most": {"O goberno da Xunta anunciou hoxe que destinará tres millóns de euros á rehabilitación das vivendas do" +
			" barrio, segundo explicou a conselleira nunha rolda de prensa, con apoio dos concellos, que piden máis cartos.", "es", false},
		"nothing to go by": {"Hotel Taxi", "", false},
		"digits":           {"12 345 – 67", "", false},
		"empty":            {"", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, confident := ingest.GuessLanguage(test.text)
			if code != test.code || confident != test.confident {
				t.Errorf("GuessLanguage = %q, %v; want %q, %v", code, confident, test.code, test.confident)
			}
		})
	}
}

// TestGuessLanguageOfArticles: every article of the gold is told surely; the
// file's name begins with its language.
func TestGuessLanguageOfArticles(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(claimstest.Shared(t, "gold", "dev"), "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no articles (%v)", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		if code, confident := ingest.GuessLanguage(string(raw)); code != name[:2] || !confident {
			t.Errorf("%s: %q, %v", name, code, confident)
		}
	}
}

// TestGuessLanguageOfLongTexts: what is told of an article is told of many put together.
func TestGuessLanguageOfLongTexts(t *testing.T) {
	for _, code := range []string{"es", "en"} {
		paths, err := filepath.Glob(filepath.Join("..", "extract", "testdata", "gold", code+"-*.txt"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no articles (%v)", err)
		}
		var long []byte
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			long = append(append(long, raw...), '\n')
			if got, confident := ingest.GuessLanguage(string(long)); got != code || !confident {
				t.Errorf("%d bytes of %s are told %q, %v", len(long), code, got, confident)
			}
		}
	}
}

func TestDeclaredLanguage(t *testing.T) {
	const spanish = "<p>El gobierno anunció hoy que destinará tres millones de euros a las viviendas del barrio, según la consejera.</p>"
	tests := map[string]struct{ html, want, origin string }{
		"template left in English": {`<html lang="en">` + spanish, "es", ingest.FromGuess},
		"declared and so":          {`<html lang="es-CL">` + spanish, "es", ingest.FromMeta},
		"one the guesser lacks":    {`<html lang="gl">` + spanish, "gl", ingest.FromMeta},
		"nonsense declared":        {`<html lang="zz">` + spanish, "es", ingest.FromGuess},
		"too short to contradict":  {`<html lang="it"><p>Hotel chiuso.</p>`, "it", ingest.FromMeta},
		"short, undeclared":        {"<p>El puerto cerró.</p>", "es", ingest.FromUnsure},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: []byte(test.html), ContentType: "text/html"})
			checkField(t, page, "language", page.Language, test.want, test.origin)
		})
	}
}

func TestKnownLanguage(t *testing.T) {
	for code, want := range map[string]bool{"es": true, "en": true, "eu": true, "zu": true, "xx": false, "": false, "e": false, "s ": false, "spa": false, "ES": false} {
		if got := ingest.KnownLanguage(code); got != want {
			t.Errorf("KnownLanguage(%q) = %v", code, got)
		}
	}
}
