// Package lang holds the language packs: a folder of tables and a trained model
// for each language, embedded in the binary. A new language is a new folder.
//
// A table is a file NAME.tsv: lines that begin with # say what it is, where it
// comes from and under which licence; every other line is a row of cells
// separated by tabs.
package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"
)

//go:embed */*
var files embed.FS

// Row is one row of a table; cells are trimmed.
type Row []string

// Cell gives cell i, or "" where the row is shorter.
func (r Row) Cell(i int) string {
	if i < len(r) {
		return r[i]
	}
	return ""
}

// neutral is the folder of what needs no language: signs, codes, symbols.
const neutral = "neutral"

// Pack is one language's folder. Its tables are read once, when first asked for.
type Pack struct {
	Code   string
	mu     sync.Mutex
	tables map[string][]Row
}

var (
	packs       = load()
	neutralPack = &Pack{Code: neutral, tables: map[string][]Row{}}
)

func load() map[string]*Pack {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the embedded root cannot be missing
	}
	out := map[string]*Pack{}
	for _, e := range entries {
		if e.Name() == neutral {
			continue
		}
		out[e.Name()] = &Pack{Code: e.Name(), tables: map[string][]Row{}}
	}
	return out
}

// For gives the pack of a language code; false where there is none.
func For(code string) (*Pack, bool) {
	p, ok := packs[code]
	return p, ok
}

// Neutral gives the tables for texts in a language without a pack.
func Neutral() *Pack { return neutralPack }

// Codes lists the languages that have a pack, sorted.
func Codes() []string {
	out := make([]string, 0, len(packs))
	for code := range packs {
		out = append(out, code)
	}
	sort.Strings(out)
	return out
}

// Rows gives the rows of a table, none where the pack lacks it. Callers must
// not change them.
func (p *Pack) Rows(table string) []Row {
	p.mu.Lock()
	defer p.mu.Unlock()
	if rows, ok := p.tables[table]; ok {
		return rows
	}
	raw, err := files.ReadFile(p.Code + "/" + table + ".tsv")
	if err != nil {
		p.tables[table] = nil
		return nil
	}
	rows := parse(string(raw))
	p.tables[table] = rows
	return rows
}

// Open opens a file of the pack, such as its model.
func (p *Pack) Open(name string) (fs.File, error) {
	f, err := files.Open(p.Code + "/" + name)
	if err != nil {
		return nil, fmt.Errorf("language pack %s has no %s: %w", p.Code, name, err)
	}
	return f, nil
}

var accents = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ñ", "n", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ö", "o",
	"ú", "u", "ù", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y")

// WithoutAccents gives a lower-case word as people type it who leave accents out.
func WithoutAccents(word string) string { return accents.Replace(word) }

func parse(raw string) []Row {
	var rows []Row
	for _, line := range strings.Split(raw, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		for i, c := range cells {
			cells[i] = strings.TrimSpace(c)
		}
		rows = append(rows, cells)
	}
	return rows
}
