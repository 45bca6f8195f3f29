package claims

import "time"

// SearchNoun is a kind of thing that a search finds.
type SearchNoun string

// The nouns that a search finds.
const (
	SearchClaim    SearchNoun = "claim"
	SearchArticle  SearchNoun = "article"
	SearchSource   SearchNoun = "source"
	SearchEvidence SearchNoun = "evidence"
	SearchNote     SearchNoun = "note"
	SearchContact  SearchNoun = "contact"
	SearchCheck    SearchNoun = "check"
)

// SearchNouns lists them in the order that pages show them.
var SearchNouns = []SearchNoun{SearchClaim, SearchArticle, SearchSource, SearchEvidence, SearchNote, SearchContact, SearchCheck}

// Valid reports whether n is a noun that a search finds.
func (n SearchNoun) Valid() bool {
	for _, known := range SearchNouns {
		if n == known {
			return true
		}
	}
	return false
}

// SearchFilter asks for things of one noun that hold every word of Query: words
// by their stems, accents folded, the last one by its beginning too; numbers in
// any notation; or the thing of this id, in any notation.
type SearchFilter struct {
	Query   string
	Noun    SearchNoun
	Reader  string   // id of the person who asks: protected sources are for their readers only
	Without []string // ids of what is left out
	Page
}

// SearchHit is one thing that was found.
type SearchHit struct {
	Noun  SearchNoun
	ID    string
	Claim string // that evidence, a note or a contact hangs on
	At    time.Time
	Score float64 // 0 to 1: how much of the query its title or wording answers; 2 where the query is its id
}

// SearchHits is a page of what was found, best first, newest first among equals.
type SearchHits struct {
	Hits  []SearchHit
	Total int  // of the candidates; see More
	More  bool // there are older matches than the newest thousand, which alone are ranked
	Next  string
}
