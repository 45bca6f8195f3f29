package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cotejo/claims"
)

// write lays an annotated article into a folder of its own.
func write(t *testing.T, text, annotation string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{"a.txt": text, "a.json": annotation} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func assertion(text, words, source string) claims.Assertion {
	at := len([]rune(text[:strings.Index(text, words)]))
	a := claims.Assertion{Checkable: true, Fragments: []claims.Fragment{{Span: claims.Span{Start: at, End: at + len([]rune(words))}, Text: words}}}
	if source == "" {
		a.Attributions = []claims.Attribution{{Mode: claims.ModeNone}}
	} else {
		a.Attributions = []claims.Attribution{{Mode: claims.ModeIndirect, Sources: []claims.Link{{Text: source, Name: source}}}}
	}
	return a
}

const article = "date 2024-01-02\nSegún la policía, tres casas ardieron. El puente cerró ayer. Es muy feo. Nadie sabe más."

const annotation = `{"language": "es", "published": "2024-01-02", "claims": [
 {"fragments": ["tres casas ardieron"], "checkable": true, "sources": [["policía", "la policía local"]], "quantities": [{"text": "tres casas", "value": 3, "bound": "exact", "unit": "casas"}]},
 {"fragments": ["El puente cerró ayer"], "at": 55, "checkable": true, "sources": [], "times": [{"text": "ayer", "from": "2024-01-01", "to": "2024-01-01"}]},
 {"fragments": ["Es muy feo"], "checkable": false, "sources": []}]}`

func TestCompare(t *testing.T) {
	clean := func(s string) string { return strings.TrimPrefix(s, "date 2024-01-02\n") }
	articles, err := Load(write(t, article, annotation), clean)
	if err != nil {
		t.Fatal(err)
	}
	a := articles[0]
	right := []claims.Assertion{
		assertion(a.Text, "tres casas ardieron", "Policía"), assertion(a.Text, "El puente cerró ayer", ""), assertion(a.Text, "Es muy feo", ""),
	}
	value, day := 3.0, claims.Date("2024-01-01")
	right[0].Quantities = []claims.Quantity{{Value: &value, Bound: claims.BoundExact}}
	right[1].Times = []claims.Time{{From: &day, To: &day}}
	if got, want := Compare(a, right).Figures(), (Figures{1, 1, 1, 1, 1, 1, 1, 1, 1}); got != want {
		t.Errorf("the annotation itself scores %+v", got)
	}
	wrong := []claims.Assertion{assertion(a.Text, "Según la policía, tres casas ardieron", ""), assertion(a.Text, "Nadie sabe más", "")}
	got := Compare(a, wrong)
	if got.Hit != 1 || got.Strict != 0 || got.Pred != 2 || got.Gold != 2 || got.Attr != 0 || got.Named != 1 {
		t.Errorf("half a match counts as %+v", got)
	}
	hidden := assertion(a.Text, "El puente cerró ayer", "")
	hidden.Checkable = false
	if got := Compare(a, []claims.Assertion{hidden}); got.Pred != 0 || got.Hit != 0 {
		t.Errorf("a claim that is not checkable counts as %+v", got)
	}
}

func TestLoadRefusesWhatItCannotPlace(t *testing.T) {
	same := func(s string) string { return s }
	if _, err := Load(write(t, "Nada.", annotation), same); err == nil || !strings.Contains(err.Error(), "fragment not in the article") {
		t.Errorf("error is %v", err)
	}
	if _, err := Load(t.TempDir(), same); err == nil {
		t.Error("an empty folder passes")
	}
}

func TestBaselinesProposeWhatTheirNameSays(t *testing.T) {
	a := Article{Text: "Uno llegó. Dos cuestan 20 euros.", Language: "es"}
	for i, want := range []int{0, 2, 1} {
		if got := len(Baselines[i].Propose(a)); got != want {
			t.Errorf("%s proposes %d claims, want %d", Baselines[i].Name, got, want)
		}
	}
}
