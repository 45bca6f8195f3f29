package dates

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract/segment"
)

// goldFloor is below what was reached on the gold articles; a fall under it is a regression.
const goldFloor = 0.99

type goldClaim struct {
	Fragments []string
	At        int
	Times     []claims.Time
}

type goldArticle struct {
	Language  string
	Published claims.Date
	Claims    []goldClaim
}

// score counts agreement by value.
type score struct{ hit, found, wanted int }

func (s score) f1() float64 {
	if s.found+s.wanted == 0 {
		return 0
	}
	return 2 * float64(s.hit) / float64(s.found+s.wanted)
}

func TestGoldTimes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(claimstest.Shared(t, "gold", "dev"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold articles: %v", err)
	}
	var total, null score
	for _, file := range files {
		article, text := readGold(t, file)
		doc := segment.Split(text, article.Language)
		found := Find(doc, &article.Published)
		for _, c := range article.Claims {
			inside := within(found, c.spans(t, text))
			hit := agree(t, filepath.Base(file), inside, c.Times)
			total = score{total.hit + hit, total.found + len(inside), total.wanted + len(c.Times)}
			null.wanted += len(c.Times)
		}
	}
	t.Logf("times inside gold claims: F1 %.3f (%d right, %d found, %d wanted); finding nothing: %.3f", total.f1(), total.hit, total.found, total.wanted, null.f1())
	if total.f1() < goldFloor || null.f1() > goldFloor/2 {
		t.Errorf("F1 %.3f is below the floor of %.2f, or the null baseline %.3f too near it", total.f1(), goldFloor, null.f1())
	}
}

func readGold(t *testing.T, file string) (goldArticle, string) {
	t.Helper()
	var article goldArticle
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &article); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return article, string(text)
}

// spans finds the claim's fragments in the text, in order.
func (c goldClaim) spans(t *testing.T, text string) []claims.Span {
	t.Helper()
	runes := []rune(text)
	at := len(string(runes[:c.At]))
	var out []claims.Span
	for _, f := range c.Fragments {
		i := strings.Index(text[at:], f)
		if i < 0 {
			t.Fatalf("fragment %q is not in the article", f)
		}
		start := utf8.RuneCountInString(text[:at+i])
		out = append(out, claims.Span{Start: start, End: start + utf8.RuneCountInString(f)})
		at += i + len(f)
	}
	return out
}

func within(found []claims.Time, spans []claims.Span) []claims.Time {
	var out []claims.Time
	for _, f := range found {
		for _, s := range spans {
			if s.Start < f.End && f.End <= s.End {
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// agree counts the expressions whose interval agrees at the gold one's precision.
func agree(t *testing.T, name string, found, wanted []claims.Time) int {
	used, hit := make([]bool, len(wanted)), 0
	for _, f := range found {
		ok := false
		for i, w := range wanted {
			if !used[i] && agrees(f.From, w.From) && agrees(f.To, w.To) {
				used[i], ok = true, true
				hit++
				break
			}
		}
		if !ok {
			t.Logf("%s: wrong or too much: %s", name, show(f))
		}
	}
	for i, w := range wanted {
		if !used[i] {
			t.Logf("%s: missed: %s", name, show(w))
		}
	}
	return hit
}

func agrees(got, want *claims.Date) bool {
	if got == nil || want == nil {
		return got == want
	}
	return strings.HasPrefix(string(*got), string(*want))
}

func show(x claims.Time) string {
	side := func(d *claims.Date) string {
		if d == nil {
			return "…"
		}
		return string(*d)
	}
	return x.Text + " [" + side(x.From) + ", " + side(x.To) + "]"
}
