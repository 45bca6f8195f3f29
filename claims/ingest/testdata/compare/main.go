// Command compare measures readers of pages that Cotejo does not use on the corpus
// beside it, with the measures of TestCorpus. It is a module of its own, so that they
// stay out of the product's: run "go run ." here.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html/charset"
)

type reading struct{ text, title, date string }

func main() {
	names, err := filepath.Glob("../pages/*.html")
	if err != nil || len(names) == 0 {
		log.Fatal("no pages: ", err)
	}
	fmt.Printf("%-22s %7s %7s %7s\n", "", "text F1", "date", "title")
	for _, r := range []struct {
		name string
		read func([]byte) reading
	}{{"go-trafilatura alone", byTrafilatura}, {"go-readability alone", byReadability}} {
		measure(r.name, names, r.read)
	}
}

func measure(reader string, names []string, read func([]byte) reading) {
	f1, texts, dates, dateWant, titles, titleWant := 0.0, 0, 0, 0, 0, 0
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		expected, err := os.ReadFile(strings.TrimSuffix(name, ".html") + ".txt")
		if err != nil {
			log.Fatal(err)
		}
		head, text, _ := strings.Cut(string(expected), "\n\n")
		fields := map[string]string{}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(line, ":")
			fields[key] = strings.TrimSpace(value)
		}
		got := read(raw)
		if text != "" {
			texts++
			f1 += wordsF1(without(text, fields["title"]), without(got.text, fields["title"]))
		}
		count(&dates, &dateWant, fields["date"], got.date)
		count(&titles, &titleWant, fields["title"], got.title)
	}
	fmt.Printf("%-22s %7.3f %7.3f %7.3f\n", reader, f1/float64(texts), float64(dates)/float64(dateWant), float64(titles)/float64(titleWant))
}

func count(right, all *int, want, got string) {
	if want == "" {
		return
	}
	*all++
	if got == want {
		*right++
	}
}

func byTrafilatura(raw []byte) reading {
	page, err := charset.NewReader(bytes.NewReader(raw), "text/html")
	if err != nil {
		return reading{}
	}
	found, err := trafilatura.Extract(page, trafilatura.Options{EnableFallback: true, ExcludeComments: true})
	if err != nil {
		return reading{}
	}
	out := reading{text: found.ContentText, title: found.Metadata.Title}
	if !found.Metadata.Date.IsZero() {
		out.date = found.Metadata.Date.Format("2006-01-02")
	}
	return out
}

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

func without(text, title string) string {
	first, rest, found := strings.Cut(strings.TrimSpace(text), "\n")
	if found && strings.Join(strings.Fields(first), " ") == title {
		return rest
	}
	return text
}

func wordsF1(want, got string) float64 {
	left := map[string]int{}
	w, g := words(want), words(got)
	for _, word := range w {
		left[word]++
	}
	same := 0
	for _, word := range g {
		if left[word] > 0 {
			left[word]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * float64(same) / float64(len(w)+len(g))
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
