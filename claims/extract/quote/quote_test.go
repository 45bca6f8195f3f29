package quote

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract/segment"
)

// show prints each quotation as depth, whether it is closed, and its inner words.
func show(text string) []string {
	doc := segment.Split(text, "en")
	var out []string
	for _, q := range Find(doc) {
		state := "open"
		if q.Closed {
			state = "closed"
		}
		if q.Dialogue {
			state = "dialogue"
		}
		out = append(out, fmt.Sprintf("%d %s %s", q.Depth, state, doc.Slice(q.Inner)))
	}
	return out
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "He said “We won.” and left.", []string{"0 closed We won."}},
		{"straight", `"We won," he said. "We really won."`, []string{"0 closed We won,", "0 closed We really won."}},
		{"angle", "Dijo: «No iré». Y «nunca» más.", []string{"0 closed No iré", "0 closed nunca"}},
		{"low", "Er sagte: „Nein“ und ging.", []string{"0 closed Nein"}},
		{"typist's", "He said ``no way'' twice.", []string{"0 closed no way"}},
		{"nested", "«Ella dijo “sí” ayer», contó.", []string{"0 closed Ella dijo “sí” ayer", "1 closed sí"}},
		{"nested single", "“It is a ‘disgrace’ to us,” she said.", []string{"0 closed It is a ‘disgrace’ to us,", "1 closed disgrace"}},
		{"straight single", "She wasn't 'forced' to be there.", []string{"0 closed forced"}},
		{"apostrophes", "The pilgrims' camp and O'Hara's '90s don't count.", nil},
		{"possessive inside", "‘The pilgrims’ camp burnt’, she said.", []string{"0 closed The pilgrims’ camp burnt"}},
		{"two sentences", "“One. Two.” Three.", []string{"0 closed One. Two."}},
		{"mixed by a typist", "He said “yes\" and left.", []string{"0 closed yes"}},
		{"unclosed", "He said “yes and left.\nShe stayed.", []string{"0 open yes and left."}},
		{"stray closing", "He left.” She stayed.", nil},
		{"reopened", "“One.\n“Two.”\nThree.", []string{"0 closed One.\n“Two."}},
		{"Spanish continuation", "«Uno.\n»Dos.»\nTres.", []string{"0 closed Uno.\n»Dos."}},
		{"goes on without a mark", "\"One is here.\nTwo came later. Three left.\" He smiled.", []string{"0 closed One is here.\nTwo came later. Three left."}},
		{"another opens first", "\"One is here.\nTwo said \"no\" twice.", []string{"0 open One is here.", "0 closed no"}},
		{"dialogue", "—No iré —dijo Ana—. Nunca.", []string{"0 dialogue No iré", "0 dialogue . Nunca."}},
		{"inner unclosed", "«Dijo “sí ayer», contó.", []string{"0 closed Dijo “sí ayer", "1 open sí ayer"}},
		{"bracketed", `He said ("very bad") so.`, []string{"0 closed very bad"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestManyMarksTakeLinearTime(t *testing.T) {
	for _, unit := range []string{"«", "\"", "'", "“a ", "‘as’ ", "”", "a' 'b "} {
		before := claimstest.CPUTime(t)
		Find(segment.Split(strings.Repeat(unit, 100_000), "es"))
		if took := claimstest.CPUTime(t) - before; took > 5*time.Second {
			t.Errorf("100 000 times %q took %v", unit, took)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"“a ‘b’ c”", "«a\n»b»", "—a —b—. c", "\"a\n\"b\"", "''``'\"’”»"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := segment.Split(text, "es")
		last := 0
		for _, q := range Find(doc) {
			if !q.Span.Contains(q.Inner) || q.Span.Len() == 0 || q.Depth >= maxDepth || q.Span.Start < last {
				t.Fatalf("%+v is not well formed", q)
			}
			if doc.TokenAt(q.Span.Start) < 0 || doc.TokenAt(q.Span.End-1) < 0 {
				t.Fatalf("%+v does not stand on tokens", q)
			}
			last = q.Span.Start
		}
	})
}
