package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/text"
)

// searchSQL is how an engine keeps words and finds rows by them. A row of
// search_words has the key of its row of search_rows.
type searchSQL struct {
	key   string                    // of a row of words
	match string                    // condition on search_words, its "?" what query gives
	put   string                    // $1 the key, $2 the words with blanks between
	drop  string                    // $1 the key
	query func(q text.Query) string // of the ways to write each word, one of each
	clear string                    // drops all words
	tidy  string                    // makes the engine forget words that were dropped; "" where nothing need be done
}

const (
	// searchAnalysis is raised when texts are read into other terms than before:
	// what is indexed is then indexed anew when the desk is opened.
	searchAnalysis  = 4
	searchMost      = 1000   // candidates of a search, the newest
	searchTerms     = 20000  // of one text
	searchTermBytes = 400000 // of one text; PostgreSQL takes a megabyte with its own marks
	searchHead      = 300    // code points of a text without title that count as one
)

// candidate is a row that matches.
type candidate struct {
	claims.SearchHit
	head string
}

func scanCandidate(row scanner) (c candidate, err error) {
	err = row.Scan(&c.Noun, &c.ID, &c.Claim, timeColumn{&c.At}, &c.head)
	return c, err
}

const candidateColumns = "r.noun, r.noun_id, r.claim, r.at, r.head"

// Search implements claims.SearchReader.
func (r *reader) Search(ctx context.Context, f claims.SearchFilter) (claims.SearchHits, error) {
	q := text.ParseQuery(f.Query)
	all, more, err := r.candidates(ctx, f, q)
	if err != nil {
		return claims.SearchHits{}, err
	}
	for i := range all {
		if all[i].Score == 0 {
			all[i].Score = q.Score(strings.Fields(all[i].head))
		}
	}
	slices.SortFunc(all, func(a, b candidate) int { return better(a.SearchHit, b.SearchHit) })
	out := claims.SearchHits{Total: len(all), More: more}
	if f.Cursor != "" {
		last, err := readHit(f.Cursor)
		if err != nil {
			return claims.SearchHits{}, err
		}
		all = slices.DeleteFunc(all, func(c candidate) bool { return better(c.SearchHit, last) <= 0 })
	}
	page, next := cutPage(all, pageLimit(f.Limit), func(c candidate) []any { return []any{c.Score, c.At.UnixMicro(), c.ID} })
	for _, c := range page {
		out.Hits = append(out.Hits, c.SearchHit)
	}
	out.Next = next
	return out, nil
}

// better says which hit stands before the other.
func better(a, b claims.SearchHit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), b.At.Compare(a.At), cmp.Compare(a.ID, b.ID))
}

func readHit(cursor string) (h claims.SearchHit, err error) {
	var at int64
	err = readCursor(cursor, &h.Score, &at, &h.ID)
	h.At = time.UnixMicro(at).UTC()
	return h, err
}

// candidates gives what is to be ranked: the thing of the id, and the newest
// that match.
func (r *reader) candidates(ctx context.Context, f claims.SearchFilter, q text.Query) (all []candidate, more bool, err error) {
	var ids []string
	if plain, ok := claims.PlainID(f.Query); ok {
		w := &where{}
		w.add("r.noun = ?", f.Noun)
		w.add("r.noun_id = ?", plain)
		if err := r.seen(ctx, w, f); err != nil {
			return nil, false, err
		}
		if all, err = queryAll(ctx, r, scanCandidate, "SELECT "+candidateColumns+" FROM search_rows r"+w.String(), w.args...); err != nil {
			return nil, false, err
		}
		for i := range all {
			all[i].Score = 2
			ids = append(ids, all[i].ID)
		}
	}
	if len(q) == 0 {
		return all, false, nil
	}
	w := &where{}
	e := r.engine.search()
	w.add(e.match, e.query(append(text.Query{{Terms: []string{nounTerm(f.Noun)}}}, q...)))
	if err := r.seen(ctx, w, f); err != nil {
		return nil, false, err
	}
	found, err := queryAll(ctx, r, scanCandidate, "SELECT "+candidateColumns+" FROM search_words JOIN search_rows r ON r.n = "+e.key+
		w.String()+" ORDER BY "+e.key+" DESC LIMIT "+w.arg(searchMost+1), w.args...)
	if more = len(found) > searchMost; more {
		found = found[:searchMost]
	}
	for _, c := range found {
		if !slices.Contains(ids, c.ID) {
			all = append(all, c)
		}
	}
	return all, more, err
}

// seen leaves out what is not asked for, and what the reader may not know of.
func (r *reader) seen(ctx context.Context, w *where, f claims.SearchFilter) error {
	if len(f.Without) > 0 {
		w.conditions = append(w.conditions, "r.noun_id NOT IN ("+w.list(f.Without)+")")
	}
	switch f.Noun {
	case claims.SearchArticle:
		r.outsider.articles(w, "r.noun_id")
	case claims.SearchClaim, claims.SearchEvidence, claims.SearchNote, claims.SearchContact:
		r.outsider.claims(w, "r.claim")
	}
	if f.Noun != claims.SearchSource {
		return nil
	}
	all, err := r.ProtectedSources(ctx)
	if err != nil {
		return err
	}
	var hidden []string
	for _, s := range all {
		if !s.ShownTo(f.Reader) {
			hidden = append(hidden, s.ID)
		}
	}
	if len(hidden) > 0 {
		w.conditions = append(w.conditions, "r.noun_id NOT IN ("+w.list(hidden)+")")
	}
	return nil
}

// addWords finds claims by the words that searches find them by; what holds no
// word at all is looked for letter by letter.
func (w *where) addWords(e searchSQL, query string) {
	var conditions []string
	for _, pattern := range patterns(text.Fold(query)) {
		conditions = append(conditions, "c.words_fold LIKE "+w.arg(pattern)+` ESCAPE '\'`)
	}
	if q := text.ParseQuery(query); len(q) > 0 {
		w.args = w.args[:len(w.args)-len(conditions)]
		words := e.query(append(text.Query{{Terms: []string{nounTerm(claims.SearchClaim)}}}, q...))
		conditions = []string{"c.id IN (SELECT r.noun_id FROM search_words JOIN search_rows r ON r.n = " + e.key + " WHERE " +
			strings.Replace(e.match, "?", w.arg(words), 1) + ")"}
	}
	if len(conditions) == 0 {
		return
	}
	condition := "(" + strings.Join(conditions, " AND ") + ")"
	if id, ok := claims.PlainID(query); ok && len(id) == claims.ClaimIDLen {
		condition = "(" + condition + " OR c.id = " + w.arg(id) + ")"
	}
	w.conditions = append(w.conditions, condition)
}

// boolean writes a query in an engine's language. Terms hold letters and digits
// of ASCII only, so that nothing in them needs to be escaped.
func boolean(q text.Query, open, end, prefix, or, and string) string {
	groups := make([]string, len(q))
	for i, g := range q {
		var ways []string
		for _, term := range g.Terms {
			ways = append(ways, open+term+end)
		}
		if g.Prefix != "" {
			ways = append(ways, fmt.Sprintf(prefix, g.Prefix))
		}
		groups[i] = "(" + strings.Join(ways, or) + ")"
	}
	return strings.Join(groups, and)
}
