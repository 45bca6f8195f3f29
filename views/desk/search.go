package desk

import (
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
)

// SearchPage is what a search found, by noun.
type SearchPage struct {
	views.Frame
	Query  string
	Noun   claims.SearchNoun // "" where all are searched
	Groups []SearchGroup
	First  string
	Next   string
}

// SearchGroup is what was found of one noun.
type SearchGroup struct {
	Noun  claims.SearchNoun
	Total int
	More  bool // there are more, older ones
	Items []SearchItem
}

// SearchItem is one thing that was found.
type SearchItem struct {
	Path     string
	ID       string // of the claim that it is, or hangs on; else ""
	State    claims.State
	Title    string
	Language string
	At       time.Time
	Pieces   []Piece
}

// Piece is a part of a text; Hit where it is what was searched for.
type Piece struct {
	Text string
	Hit  bool
}

func searchPath(query string, noun claims.SearchNoun) string {
	q := url.Values{"q": {query}}
	if noun != "" {
		q.Set("noun", string(noun))
	}
	return "/search?" + q.Encode()
}

func (g SearchGroup) count() string {
	if g.More {
		return strconv.Itoa(g.Total) + "+"
	}
	return strconv.Itoa(g.Total)
}

// whole reports whether the group shows all that was found of its noun.
func (g SearchGroup) whole() bool { return !g.More && len(g.Items) == g.Total }

// same reports whether the snippet says only what the title says already.
func (i SearchItem) same() bool {
	words := ""
	for _, p := range i.Pieces {
		words += p.Text
	}
	return words == i.Title
}

func (p SearchPage) any() bool {
	for _, g := range p.Groups {
		if len(g.Items) > 0 {
			return true
		}
	}
	return false
}

// langOf is the lang attribute of a text, which may go another way than the page; none where
// it is not known.
func langOf(lang string) templ.Attributes {
	if lang == "" {
		return templ.Attributes{"dir": "auto"}
	}
	return templ.Attributes{"lang": lang, "dir": "auto"}
}
