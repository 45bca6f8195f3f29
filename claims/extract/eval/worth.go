package eval

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"cotejo/claims/extract"
)

// Graded is a sentence that people have graded: 0 not worth checking, 0.5 if time
// allows, 1 first.
type Graded struct {
	Document  string
	Language  string
	Text      string
	Grade     float64
	Checkable *bool // nil where nobody said
}

// LoadGraded reads a table with a header line. Columns with the names "doc",
// "worth" (0, 1, 2) or "class_label" (Yes, No), and "text" or "Text" are used.
func LoadGraded(path, language string) ([]Graded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	var out []Graded
	var columns map[string]int
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if columns == nil {
			columns = map[string]int{}
			for i, c := range cells {
				columns[strings.ToLower(c)] = i
			}
			continue
		}
		g, err := graded(cells, columns)
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, n, err)
		}
		g.Language = language
		out = append(out, g)
	}
	return out, lines.Err()
}

func graded(cells []string, columns map[string]int) (Graded, error) {
	cell := func(name string) (string, bool) {
		i, ok := columns[name]
		if !ok || i >= len(cells) {
			return "", false
		}
		return cells[i], true
	}
	var g Graded
	g.Document, _ = cell("doc")
	if id, ok := cell("sentence_id"); ok {
		g.Document = id
	}
	text, ok := cell("text")
	if !ok {
		return g, fmt.Errorf("no text among %d cells", len(cells))
	}
	g.Text = unquoted(text)
	if label, ok := cell("class_label"); ok {
		if label == "Yes" {
			g.Grade = 1
		}
		return g, nil
	}
	worth, _ := cell("worth")
	n, err := strconv.Atoi(worth)
	if err != nil || n < 0 || n > 2 {
		return g, fmt.Errorf("worth is %q, must be 0, 1 or 2", worth)
	}
	g.Grade = float64(n) / 2
	if c, ok := cell("checkable"); ok {
		yes := c == "1"
		g.Checkable = &yes
	}
	return g, nil
}

// unquoted reads a cell as tables write it that hold quotation marks: between
// marks, each inner one twice.
func unquoted(cell string) string {
	if len(cell) > 1 && strings.HasPrefix(cell, `"`) && strings.HasSuffix(cell, `"`) {
		return strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`)
	}
	return cell
}

// HeldOut reports whether the sentence's document is one of the third that no
// weights are fitted to, whatever its neighbours.
func (g Graded) HeldOut() bool {
	sum := 0
	for _, b := range []byte(g.Document) {
		sum = (sum*31 + int(b)) % 10007
	}
	return sum%3 == 0
}

// Settled grades whether evidence could settle the sentence: what people said, else
// that what is check-worthy can be settled, and this share of the rest.
func (g Graded) Settled(rest float64) float64 {
	switch {
	case g.Checkable != nil && *g.Checkable, g.Checkable == nil && g.Grade == 1:
		return 1
	case g.Checkable != nil:
		return 0
	}
	return rest
}

// HeldOutTable names a table of which no weights have seen the sentences, or the held-out
// third of them.
type HeldOutTable struct {
	Genre, File, Language string
	whole                 bool
}

// Name says genre and language: "news.es".
func (h HeldOutTable) Name() string { return h.Genre + "." + h.Language }

// HeldOutTables are what the scores are measured on.
var HeldOutTables = []HeldOutTable{
	{"news", "es-news.tsv", "es", false},
	{"news", "en-news.tsv", "en", false},
	{"debates", "en-claimbuster-dev.tsv", "en", true},
}

// LoadHeldOut reads the sentences of a table that no weights have seen.
func LoadHeldOut(data string, h HeldOutTable) ([]Graded, error) {
	table, err := LoadGraded(filepath.Join(data, "worth", h.File), h.Language)
	var out []Graded
	for _, g := range table {
		if h.whole || g.HeldOut() {
			out = append(out, g)
		}
	}
	return out, err
}

// Judgement is what the engine, or a null baseline, says of a graded sentence
// that it reads alone, as an article.
type Judgement struct {
	Checkable bool    // it holds a claim that can be checked
	Chance    float64 // the best of its claims' chances to be settled
	Worth     float64 // the best of its claims' grades
}

// Judge runs the engine on the sentence.
func (g Graded) Judge(ctx context.Context) (Judgement, error) {
	verdicts, err := extract.Verdicts(ctx, extract.Input{Text: g.Text, Language: g.Language})
	var j Judgement
	for _, v := range verdicts {
		j.Checkable = j.Checkable || v.Checkable
		j.Chance, j.Worth = max(j.Chance, v.Chance), max(j.Worth, v.Worth)
	}
	return j, err
}

// Claims runs the engine on the sentence and gives the features of each claim.
func (g Graded) Claims(ctx context.Context) ([][]int, error) {
	verdicts, err := extract.Verdicts(ctx, extract.Input{Text: g.Text, Language: g.Language})
	var out [][]int
	for _, v := range verdicts {
		out = append(out, v.Features)
	}
	return out, err
}

// MeanJudgement is the one answer for all sentences that comes nearest to what
// people said of them.
func MeanJudgement(table []Graded) Judgement {
	var m Judgement
	for _, g := range table {
		m.Worth += g.Grade / float64(len(table))
		m.Chance += g.Settled(0) / float64(len(table))
	}
	m.Checkable = m.Chance >= 0.5
	return m
}
