package ingest_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// saved is a page of the corpus with what a person reads on it: header lines, a blank
// line, the text. State is the barrier that it should be known by.
type saved struct {
	name   string
	raw    []byte
	fields map[string]string // title, date, modified, authors, lang, canonical, image, state
	text   string
}

func corpus(t testing.TB) []saved {
	t.Helper()
	names, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(names) < 60 {
		t.Fatalf("%d pages (%v), want at least 60", len(names), err)
	}
	var pages []saved
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		expected, err := os.ReadFile(strings.TrimSuffix(name, ".html") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		head, text, _ := strings.Cut(string(expected), "\n\n")
		page := saved{name: strings.TrimSuffix(filepath.Base(name), ".html"), raw: raw, fields: map[string]string{}, text: text}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(line, ":")
			page.fields[key] = strings.TrimSpace(value)
		}
		pages = append(pages, page)
	}
	return pages
}

// reading is what a reader makes of a page.
type reading struct{ text, title, date string }

// tally is the score of a reader over the corpus.
type tally struct {
	f1                   float64
	texts, titles, dates int
	titleWant, dateWant  int
	worst                []string
}

func (s *tally) add(page saved, got reading) {
	if page.text != "" {
		f1 := wordsF1(without(page.text, page.fields["title"]), without(got.text, page.fields["title"]))
		s.texts++
		s.f1 += f1
		if f1 < 0.97 {
			s.worst = append(s.worst, fmt.Sprintf("%s %.2f", page.name, f1))
		}
	}
	if want := page.fields["title"]; want != "" {
		s.titleWant++
		if got.title == want {
			s.titles++
		} else {
			s.worst = append(s.worst, fmt.Sprintf("%s title %q", page.name, got.title))
		}
	}
	if want := page.fields["date"]; want != "" {
		s.dateWant++
		if got.date == want {
			s.dates++
		} else {
			s.worst = append(s.worst, fmt.Sprintf("%s date %q", page.name, got.date))
		}
	}
}

func (s *tally) text() float64  { return s.f1 / float64(s.texts) }
func (s *tally) title() float64 { return float64(s.titles) / float64(s.titleWant) }
func (s *tally) date() float64  { return float64(s.dates) / float64(s.dateWant) }

// without takes the title off the beginning, for readers differ on whether it is text.
func without(text, title string) string {
	first, rest, found := strings.Cut(strings.TrimSpace(text), "\n")
	if found && strings.Join(strings.Fields(first), " ") == title {
		return rest
	}
	return text
}

// wordsF1 compares two texts as bags of words.
func wordsF1(want, got string) float64 {
	count := map[string]int{}
	w, g := textWords(want), textWords(got)
	for _, word := range w {
		count[word]++
	}
	same := 0
	for _, word := range g {
		if count[word] > 0 {
			count[word]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * float64(same) / float64(len(w)+len(g))
}

func textWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// TestCorpus prints how well pages are read, beside the library alone, and holds the
// measures. What trafilatura makes of them is in ADR 18: testdata/compare measures it.
func TestCorpus(t *testing.T) {
	var ours, held, library tally // held: pages written after the rules, which were not mended for them
	authors, authorWant := 0, 0
	for _, page := range corpus(t) {
		got, err := ingest.Read(t.Context(), ingest.Input{Raw: page.raw, ContentType: "text/html"})
		checkBarrier(t, page, got, err)
		date := ""
		if got.Published != nil {
			date = string(*got.Published)
		}
		ours.add(page, reading{got.Text, got.Title, date})
		if strings.Contains(page.name, "-held-") {
			held.add(page, reading{got.Text, got.Title, date})
		}
		library.add(page, byReadability(page.raw))
		if want := page.fields["authors"]; want != "" {
			authorWant++
			if strings.Join(got.Authors, "; ") == want {
				authors++
			} else {
				t.Logf("%s: authors %q, want %q", page.name, got.Authors, want)
			}
		}
		checkFound(t, page, got)
	}
	t.Logf("%-22s %7s %7s %7s", "", "text F1", "date", "title")
	for _, r := range []struct {
		name string
		*tally
	}{{"ours", &ours}, {"ours, held pages", &held}, {"go-readability alone", &library}} {
		t.Logf("%-22s %7.3f %7.3f %7.3f", r.name, r.text(), r.date(), r.title())
	}
	t.Logf("authors %d of %d; below 0.97 or wrong:\n%s", authors, authorWant, strings.Join(ours.worst, "\n"))
	if ours.text() < 0.95 || ours.date() < 0.95 || ours.title() < 0.98 || authors < authorWant*9/10 {
		t.Error("the pages are read worse than they must be: text 0.95, date 0.95, title 0.98, authors 0.9")
	}
}

// barrierOf is how the corpus names what a page is known by.
var barrierOf = map[string]string{"paywalled": ingest.BarrierPaywall, "blocked": ingest.BarrierBlocked, "script_only": ingest.BarrierScript, "empty": ingest.BarrierEmpty}

func checkBarrier(t *testing.T, page saved, got ingest.Page, err error) {
	t.Helper()
	want := barrierOf[page.fields["state"]]
	var refusal *claims.Error
	switch {
	case err != nil && !errors.As(err, &refusal):
		t.Errorf("%s: %v", page.name, err)
	case err != nil && (want == "" || refusal.Key != "ingest.page_"+want):
		t.Errorf("%s: refused as %s, want %q", page.name, refusal.Key, want)
	case err == nil && got.Barrier != want:
		t.Errorf("%s: barrier %q, want %q; text %.80q", page.name, got.Barrier, want, got.Text)
	}
}

func checkFound(t *testing.T, page saved, got ingest.Page) {
	t.Helper()
	modified := ""
	if got.Modified != nil {
		modified = string(*got.Modified)
	}
	for field, value := range map[string]string{"lang": got.Language, "canonical": got.CanonicalURL, "image": got.Image, "modified": modified} {
		if want := page.fields[field]; want != "" && value != want {
			t.Errorf("%s: %s is %q, want %q", page.name, field, value, want)
		}
	}
	runes := []rune(got.Text)
	for _, b := range got.Blocks {
		if b.Start < 0 || b.End > len(runes) || b.Start >= b.End || slices.Contains(runes[b.Start:b.End], '\n') && b.Kind == claims.BlockHeading {
			t.Errorf("%s: block %+v outside the text or across lines", page.name, b)
		}
	}
}

// byReadability is the library without our own reader around it.
func byReadability(raw []byte) reading {
	found, err := readability.FromReader(bytes.NewReader(raw), nil)
	if err != nil {
		return reading{}
	}
	var text bytes.Buffer
	_ = found.RenderText(&text)
	out := reading{text: text.String(), title: found.Title()}
	if at, err := found.PublishedTime(); err == nil {
		out.date = at.Format("2006-01-02")
	}
	return out
}
