package claims

import (
	"slices"
	"testing"
)

func TestMentions(t *testing.T) {
	people := []string{"ana", "luis.b", "ñandú", "eva@news.test", "nora-2"}
	known := func(name string) bool { return slices.Contains(people, name) }
	for text, want := range map[string][]string{
		"@ana, mira esto":                 {"@ana"},
		"Lo sabe @Ana.":                   {"@Ana"},
		"(@luis.b) y @ñandú":              {"@luis.b", "@ñandú"},
		"Pregunta a @luis.b...":           {"@luis.b"},
		"@eva@news.test lo vio":           {"@eva@news.test"},
		"de «@nora-2»—dice @ana@":         {"@nora-2", "@ana"},
		"ana@ana no, @nadie tampoco":      nil,
		"@ana@mastodon.test es otra cosa": nil,
		"@, @@ana y @":                    nil,
		"@ana\n@ana":                      {"@ana", "@ana"},
		"\xff@ana":                        {"@ana"},
	} {
		var got []string
		for _, m := range Mentions(text, known) {
			got = append(got, text[m.Start:m.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q mentions %q, want %q", text, got, want)
		}
	}
}
