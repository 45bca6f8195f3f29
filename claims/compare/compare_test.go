package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cotejo/claims"
	"cotejo/claims/compare"
)

// shown writes changes as "same [before→after] same".
func shown(changes []claims.Change) string {
	var out strings.Builder
	for _, c := range changes {
		if c.Same() {
			out.WriteString(c.Before)
			continue
		}
		fmt.Fprintf(&out, "[%s→%s]", c.Before, c.After)
	}
	return out.String()
}

func TestWordsAreComparedNotLetters(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"", "Algo.", "[→Algo.]"},
		{"Costó 15.000 euros.", "Costó 12.000 euros.", "Costó [15.000→12.000] euros."},
		{"Creció dos metros ayer.", "Creció tres pies ayer.", "Creció [dos metros→tres pies] ayer."},
		{"Ana dijo que sí, y no.", "Ana dijo que sí.", "Ana dijo que sí[, y no→]."},
		{"Uno.\nDos.\nTres.", "Uno.\nTres.", "Uno.\n[Dos.\n→]Tres."},
		{"Uno.\nDos.", "Uno.\nMás.\nDos.", "Uno.\n[→Más.\n]Dos."},
		{"A las 10:30 del 3/4.", "A las 10:45 del 3/4.", "A las [10:30→10:45] del 3/4."},
		{"It didn’t rain.", "It did rain.", "It [didn’t→did] rain."},
		{"Uno dos tres.\n\nQuitado por completo.\n\nEl río creció dos metros.", "Cero dos tres.\n\nEl río creció tres metros.", "[Uno→Cero] dos tres.\n\n[Quitado por completo.\n\n→]El río creció [dos→tres] metros."},
		{"Un texto largo y otro.", "Un texto largo  y otro.", "Un texto largo[ →  ]y otro."},
	} {
		if got := shown(compare.Texts(c.before, c.after, "es")); got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

// told writes warnings as "figure: 15.000 → 12.000".
func told(changes []claims.Change) string {
	var out []string
	for _, w := range claims.Warnings(changes) {
		out = append(out, fmt.Sprintf("%s: %s→%s", w.Kind, w.Before, w.After))
	}
	return strings.Join(out, "; ")
}

func TestWhatTurnsASentenceIsSaid(t *testing.T) {
	for _, c := range []struct{ lang, before, after, want string }{
		{"es", "Costó 15.000 euros.", "Costó 12.000 euros.", "figure: 15.000→12.000"},
		{"en", "It cost 15,000 euros.", "It cost about 12,000 euros.", "figure: 15,000→12,000"},
		{"es", "Costó 15.000 euros, según la alcaldía.", "Costó 15.000 euros, dijo la alcaldía.", ""},
		{"es", "Creció dos metros.", "Creció tres metros.", "figure: dos→tres"},
		{"es", "Hubo un herido.", "Hubo dos heridos.", "figure: un→dos"},
		{"es", "Vino un hombre.", "Vino el hombre.", ""},
		{"es", "Subió un 3 %.", "Subió 3 puntos.", "figure: un 3 %→3"},
		{"en", "It cost $15 million.", "It cost $15 billion.", "figure: million→billion"},
		{"en", "It cost $15.", "It cost €15.", "figure: $→€"},
		{"es", "El río creció.", "El río no creció.", "negation: →no"},
		{"es", "Nadie resultó herido, nunca.", "Resultó herido.", "negation: Nadie→; negation: nunca→"},
		{"en", "It didn’t rain.", "It did rain.", "negation: didn’t→"},
		{"en", "It rained without end.", "It rained with end.", "negation: without→"},
		{"es", "Lo afirmó Ana Paz ayer.", "Lo afirmó Eva Paz ayer.", "name: Ana→Eva"},
		{"es", "Trump lo negó.", "Biden lo negó.", "name: Trump→Biden"},
		{"es", "Ayer llovió.", "Hoy llovió.", ""},
		{"es", "Llovió el lunes de mayo.", "Llovió el martes de junio.", "date: lunes→martes; date: mayo→junio"},
		{"es", "La casa cayó.", "Una casa cayó.", ""},
		{"es", "Lo dijo la OTAN.", "Lo dijo la ONU.", "name: OTAN→ONU"},
		{"es", "Murieron cinco. Ana vive.", "Murieron seis. Eva vive.", "figure: cinco→seis; name: Ana→Eva"},
		{"fr", "Il a plu.", "Il n'a pas plu le 3.", "figure: →3"},
		{"es", "Uno.\nDos.", "Uno.\nUn párrafo nuevo con 3 cifras y Ana.\nDos.", ""},
		{"es", "Uno.\nPárrafo con 3 cifras.\nDos.", "Uno.\nDos.", ""},
		{"es", "Uno.", "Uno. Otra frase con 3 cifras.", "figure: →3"},
		{"es", "Lo negó.", "Trump lo negó.", "name: →Trump"},
		{"es", "Ana ganó a Eva.", "Eva ganó a Ana.", "name: Ana→Eva; name: Eva→Ana"},
	} {
		if got := told(compare.Texts(c.before, c.after, c.lang)); got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

// TestChangesPutTogetherAreBothTexts: applying what is shown gives the later text, and
// every change stands where it says.
func TestChangesPutTogetherAreBothTexts(t *testing.T) {
	vocabulary := []string{"no", "subió", "3", "30", "15.000", "12,5", "metros", "el", "río", "Ana", "Eva", "dijo", ".", ", ", "“", " ", "  ", "\n", "\n\n", "ñ́", "🌊", "didn’t", "\t"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 150)
		before := text.Draw(t, "before")
		after := text.Draw(t, "other")
		if rapid.Bool().Draw(t, "edited") {
			after = slices.Clone(before)
			for range rapid.IntRange(0, 6).Draw(t, "edits") {
				at := rapid.IntRange(0, len(after)).Draw(t, "at")
				after = slices.Insert(after, at, rapid.SampledFrom(vocabulary).Draw(t, "word"))
			}
		}
		old, now := strings.Join(before, ""), strings.Join(after, "")
		var gotOld, gotNow strings.Builder
		for i, c := range compare.Texts(old, now, "es") {
			if words, ok := claims.Slice([]rune(old), c.BeforeSpan); !ok || words != c.Before {
				t.Fatalf("change %d: %q stands at %v", i, words, c.BeforeSpan)
			}
			if words, ok := claims.Slice([]rune(now), c.AfterSpan); !ok || words != c.After {
				t.Fatalf("change %d: %q came to %v", i, words, c.AfterSpan)
			}
			if c.Same() && len(c.Warnings) > 0 || c.Before == "" && c.After == "" {
				t.Fatalf("change %d: %+v", i, c)
			}
			gotOld.WriteString(c.Before)
			gotNow.WriteString(c.After)
		}
		if gotOld.String() != old || gotNow.String() != now {
			t.Fatalf("%q and %q came out", gotOld.String(), gotNow.String())
		}
	})
}

// TestADigitNeverChangesUnsaid changes one digit of a text of many small edits.
func TestADigitNeverChangesUnsaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "words")
		var before, after []string
		for i := range n {
			word := rapid.SampledFrom([]string{"agua", "y", "de", "río", "3", "40", "sol"}).Draw(t, "word")
			before = append(before, word)
			if rapid.IntRange(0, 4).Draw(t, "edit") == 0 {
				word = rapid.SampledFrom([]string{"mar", "o", "luz"}).Draw(t, "instead")
			}
			after = append(after, word)
			if i == n/2 {
				before, after = append(before, "15.000"), append(after, "15.001")
			}
		}
		changes := compare.Texts(strings.Join(before, " "), strings.Join(after, " "), "es")
		if !strings.Contains(told(changes), "15.001") || !strings.Contains(told(changes), "15.000") {
			t.Fatalf("%s: %s", shown(changes), told(changes))
		}
	})
}

func TestALongTextIsComparedSoon(t *testing.T) {
	var before, after []string
	for i := range 4000 {
		before = append(before, fmt.Sprintf("La frase número %d dice que el río %d creció.", i, i*7))
		after = append(after, fmt.Sprintf("La frase número %d dice que el mar %d creció.", i+i%5, i*7))
	}
	began := time.Now()
	compare.Texts(strings.Join(before, "\n"), strings.Join(after, "\n"), "es")
	compare.Texts(strings.Join(before, " "), strings.Join(after, " "), "es")
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestFollowingAStretch(t *testing.T) {
	before := "Primero. El río creció dos metros desde el otoño. Último."
	for _, c := range []struct{ after, want string }{
		{before, "El río creció dos metros"},
		{"Antes. " + before, "El río creció dos metros"},
		{strings.Replace(before, "dos metros", "tres metros", 1), "El río creció tres metros"},
		{strings.Replace(before, "El río", "Ayer, el río", 1), "Ayer, el río creció dos metros"},
		{strings.Replace(before, " dos metros", "", 1), "El río creció"},
		{"Primero. Último.", ""},
		{"Nada de eso.", ""},
	} {
		start := len([]rune("Primero. "))
		s := claims.Span{Start: start, End: start + len([]rune("El río creció dos metros"))}
		to, ok := claims.Followed(compare.Texts(before, c.after, "es"), s)
		got := ""
		if ok {
			got, _ = claims.Slice([]rune(c.after), to)
			got = strings.TrimSpace(got)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.after, got, c.want)
		}
	}
}

func TestCuttingOutWhatIsAroundAStretch(t *testing.T) {
	before := "Uno dos tres. " + strings.Repeat("Relleno que no cambia. ", 9) + "El río creció dos metros. Fin."
	after := strings.Replace(strings.Replace(before, "dos metros", "3 metros", 1), "Uno", "Cero", 1)
	start := strings.Index(before, "río") - 1 // every letter before is one byte
	near := claims.Around(compare.Texts(before, after, "es"), claims.Span{Start: start, End: start + 10}, 12)
	if got := shown(near); got != "no cambia. El río creció [dos→3] metros." {
		t.Errorf("%q", got)
	}
}
