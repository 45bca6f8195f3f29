package quantity

import (
	"strconv"
	"strings"
	"sync"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/segment"
)

// tables are a language's words for amounts in the form in which they are asked.
type tables struct {
	hedges      map[string]hedge // phrase that stands before an amount
	after       map[string]hedge // phrase that stands after one
	units       map[string]unit
	collectives map[string]collective
	labels      map[string]map[string]bool // before, after, per → words
	stops       map[string]bool            // words that end a unit's noun phrase
	neutral     bool                       // the tables that serve every language, without words
}

type hedge struct{ effect, side string }

type unit struct{ kind, name string }

type collective struct {
	value float64
	kind  string
}

// maxPhrase is how many words a hedge or unit has at most.
const maxPhrase = 4

var cache sync.Map // language code → *tables

func tablesFor(code string) *tables {
	if t, ok := cache.Load(code); ok {
		return t.(*tables)
	}
	pack, ok := lang.For(code)
	if !ok {
		pack = lang.Neutral()
		if t, ok := cache.Load(pack.Code); ok {
			return t.(*tables)
		}
	}
	t, _ := cache.LoadOrStore(pack.Code, readTables(pack))
	return t.(*tables)
}

func readTables(pack *lang.Pack) *tables {
	t := &tables{
		hedges: map[string]hedge{}, after: map[string]hedge{}, units: map[string]unit{},
		collectives: map[string]collective{}, labels: map[string]map[string]bool{}, stops: map[string]bool{}, neutral: pack == lang.Neutral(),
	}
	for _, row := range pack.Rows("hedges") {
		h := hedge{row.Cell(1), row.Cell(2)}
		if h.side == "after" {
			t.after[row.Cell(0)] = h
		} else {
			t.hedges[row.Cell(0)] = h
		}
	}
	for _, row := range pack.Rows("units") {
		t.units[row.Cell(0)] = unit{row.Cell(1), row.Cell(2)}
	}
	for _, row := range pack.Rows("collectives") {
		value, err := strconv.ParseFloat(row.Cell(1), 64)
		if err != nil {
			panic("collectives of " + pack.Code + ": " + err.Error()) // the table is embedded: a builder's mistake
		}
		t.collectives[row.Cell(0)] = collective{value, row.Cell(2)}
	}
	for _, row := range pack.Rows("labels") {
		if t.labels[row.Cell(1)] == nil {
			t.labels[row.Cell(1)] = map[string]bool{}
		}
		t.labels[row.Cell(1)][row.Cell(0)] = true
	}
	for _, table := range []string{"unit_stops", "sentence_starters"} {
		for _, row := range pack.Rows(table) {
			for _, w := range strings.Fields(row.Cell(0)) {
				t.stops[w] = true
			}
		}
	}
	return t
}

// phrase joins the folded words of tokens [first, next); "" where they leave the
// sentence or the text.
func phrase(doc *segment.Document, first, next int) string {
	if first < 0 || next > len(doc.Tokens) || first >= next || doc.SentenceAt(first) != doc.SentenceAt(next-1) {
		return ""
	}
	words := make([]string, 0, maxPhrase)
	for _, token := range doc.Tokens[first:next] {
		words = append(words, token.Fold)
	}
	return strings.Join(words, " ")
}
