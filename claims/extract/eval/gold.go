// Package eval measures what the engine extracts against articles whose claims
// people have annotated: detection of claims, who says them, figures and dates.
package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
)

// Article is an annotated article. Text is what the engine reads; the claims'
// fragments are looked for in it.
type Article struct {
	Name      string
	Text      string
	Language  string
	Published *claims.Date
	Claims    []Claim
}

// Claim is one annotated claim. Each source is a list of names any of which will do.
type Claim struct {
	Spans      []claims.Span
	Checkable  bool
	Sources    [][]string
	Quantities []claims.Quantity
	Times      []claims.Time
}

// goldFile is the shape of an annotation file; see the folder's guidelines.
type goldFile struct {
	Language  string       `json:"language"`
	Published *claims.Date `json:"published"`
	Claims    []struct {
		Fragments  []string          `json:"fragments"`
		At         int               `json:"at"` // where to look first, in code points of the raw file
		Checkable  bool              `json:"checkable"`
		Sources    [][]string        `json:"sources"`
		Quantities []claims.Quantity `json:"quantities"`
		Times      []claims.Time     `json:"times"`
	} `json:"claims"`
}

// Load reads every pair NAME.json and NAME.txt of a folder, sorted by name. Clean
// normalises a text the way the product does before it extracts.
func Load(dir string, clean func(raw string) string) ([]Article, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	sort.Strings(paths)
	var out []Article
	for _, path := range paths {
		a, err := load(path, clean)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no annotated article (NAME.json beside NAME.txt) in %s", dir)
	}
	return out, nil
}

func load(path string, clean func(string) string) (Article, error) {
	var file goldFile
	raw, err := os.ReadFile(path)
	if err != nil {
		return Article{}, err
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return Article{}, fmt.Errorf("%s: %w", path, err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(path, ".json") + ".txt")
	if err != nil {
		return Article{}, err
	}
	a := Article{
		Name: strings.TrimSuffix(filepath.Base(path), ".json"), Text: clean(string(text)),
		Language: file.Language, Published: file.Published,
	}
	shift := 0 // how far the cleaned text begins behind the raw one
	if at := strings.Index(string(text), a.Text); at >= 0 {
		shift = utf8.RuneCount(text[:at])
	}
	for _, c := range file.Claims {
		spans, err := find(a.Text, c.Fragments, c.At-shift)
		if err != nil {
			return Article{}, fmt.Errorf("%s: %w", path, err)
		}
		a.Claims = append(a.Claims, Claim{Spans: spans, Checkable: c.Checkable, Sources: c.Sources, Quantities: c.Quantities, Times: c.Times})
	}
	return a, nil
}

// find places fragments in the text, in order, from code point at on.
func find(text string, fragments []string, at int) ([]claims.Span, error) {
	var spans []claims.Span
	runes := []rune(text)
	at = max(0, min(at, len(runes)))
	for _, f := range fragments {
		from := len(string(runes[:at]))
		p := strings.Index(text[from:], f)
		if p >= 0 {
			p += from
		} else if p = strings.Index(text, f); p < 0 {
			return nil, fmt.Errorf("fragment not in the article: %q", f)
		}
		start := utf8.RuneCountInString(text[:p])
		span := claims.Span{Start: start, End: start + utf8.RuneCountInString(f)}
		spans = append(spans, span)
		at = span.End
	}
	return spans, nil
}
