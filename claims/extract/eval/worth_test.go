package eval

import (
	"os"
	"path/filepath"
	"testing"
)

func gradedTable(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graded.tsv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadGraded(t *testing.T) {
	news, err := LoadGraded(gradedTable(t, "doc\tid\tcheckable\tworth\ttext\nd1\t1\t1\t2\tRents rose.\nd1\t2\t0\t0\tHow sad.\n"), "en")
	if err != nil {
		t.Fatal(err)
	}
	if len(news) != 2 || news[0].Grade != 1 || !*news[0].Checkable || news[1].Grade != 0 || *news[1].Checkable || news[1].Text != "How sad." || news[1].Document != "d1" {
		t.Errorf("read %+v", news)
	}
	debate, err := LoadGraded(gradedTable(t, "Sentence_id\tText\tclass_label\n7\t\"He said \"\"no\"\" twice.\"\tYes\n8\tThank you.\tNo\n"), "en")
	if err != nil {
		t.Fatal(err)
	}
	if len(debate) != 2 || debate[0].Text != `He said "no" twice.` || debate[0].Settled(0.2) != 1 || debate[1].Settled(0.2) != 0.2 || debate[1].Checkable != nil || debate[1].Document != "8" {
		t.Errorf("read %+v", debate)
	}
	for _, broken := range []string{"doc\tworth\ttext\nd\t3\tx\n", "doc\tworth\ttext\nd\t1\n"} {
		if _, err := LoadGraded(gradedTable(t, broken), "en"); err == nil {
			t.Errorf("%q is taken", broken)
		}
	}
}

func TestJudgeReadsALoneSentence(t *testing.T) {
	for _, tc := range []struct {
		language, text   string
		checkable, worth bool
	}{
		{"en", "We created 300,000 jobs.", true, true},
		{"en", "In my first year as mayor we closed two hospitals and raised the water tax by 12 percent", true, true},
		{"en", "Thank you all for coming tonight.", false, false},
		{"en", "I believe in the dignity of this great town.", false, false},
		{"es", "Hemos bajado el paro un 12 % desde 2019.", true, true},
		{"es", "El Gobierno de Tavira ha subido los impuestos 14 veces en tres años #Presupuestos https://ejemplo.test/a1", true, true},
		{"es", "Muchas gracias a todos, amigos, un abrazo.", false, false},
	} {
		j, err := Graded{Language: tc.language, Text: tc.text}.Judge(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if j.Checkable != tc.checkable || j.Worth >= 0.5 != tc.worth {
			t.Errorf("%q: checkable %v, worth %.2f", tc.text, j.Checkable, j.Worth)
		}
	}
}

func TestHeldOutTakesAThirdOfTheDocuments(t *testing.T) {
	held := 0
	for i := range 3000 {
		g := Graded{Document: string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))}
		if g.HeldOut() {
			held++
		}
	}
	if held < 900 || held > 1100 {
		t.Errorf("%d of 3000 documents are held out", held)
	}
}
