package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/text"
)

// searchDoc is a thing as searches see it.
type searchDoc struct {
	noun  claims.SearchNoun
	id    string
	claim string
	lang  string
	at    time.Time
	head  string // title or wording, by which hits are ranked
	body  []string
}

// nounTerm is the word by which all things of a noun are found; no query holds it.
func nounTerm(noun claims.SearchNoun) string { return "_" + string(noun) }

// index writes what a thing is found by. The history does not speak of it, since
// it follows from the thing.
func (w *writer) index(ctx context.Context, d searchDoc) error {
	head := strings.Join(bound(text.IndexTerms(d.head, d.lang)), " ")
	words := strings.Join(append(bound(text.IndexTerms(d.head+"\n"+strings.Join(d.body, "\n"), d.lang)), nounTerm(d.noun)), " ")
	sum := sha256.Sum256([]byte(words))
	digest := hex.EncodeToString(sum[:8])
	was, err := queryOne(ctx, &w.reader, value[string], "SELECT digest FROM search_rows WHERE noun = $1 AND noun_id = $2", d.noun, d.id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	n, err := queryOne(ctx, &w.reader, value[int64], `INSERT INTO search_rows (n, noun, noun_id, claim, at, head, digest)
		VALUES ((SELECT COALESCE(MAX(n), 0) + 1 FROM search_rows), $1, $2, $3, $4, $5, $6)
		ON CONFLICT (noun, noun_id) DO UPDATE SET claim = excluded.claim, at = excluded.at, head = excluded.head, digest = excluded.digest RETURNING n`,
		d.noun, d.id, d.claim, d.at.UnixMicro(), head, digest)
	if err != nil || was == digest {
		return err
	}
	if _, err := w.execExempt(ctx, w.engine.search().drop, n); err != nil {
		return err
	}
	_, err = w.execExempt(ctx, w.engine.search().put, n, words)
	return err
}

// bound keeps as many terms as every engine takes.
func bound(terms []string) []string {
	terms = terms[:min(len(terms), searchTerms)]
	size := 0
	for i, term := range terms {
		if size += len(term) + 1; size > searchTermBytes {
			return terms[:i]
		}
	}
	return terms
}

// unindex lets searches forget a thing.
func (w *writer) unindex(ctx context.Context, noun claims.SearchNoun, id string) error {
	n, err := queryOne(ctx, &w.reader, value[int64], "SELECT n FROM search_rows WHERE noun = $1 AND noun_id = $2", noun, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, statement := range []string{w.engine.search().drop, "DELETE FROM search_rows WHERE n = $1"} {
		if _, err := w.execExempt(ctx, statement, n); err != nil {
			return err
		}
	}
	return nil
}

// forget makes the engine overwrite the words of what was erased.
func (w *writer) forget(ctx context.Context) error {
	tidy := w.engine.search().tidy
	if tidy == "" {
		return nil
	}
	_, err := w.execExempt(ctx, tidy)
	return err
}

func (w *writer) indexClaim(ctx context.Context, c *claims.Claim, names []string, hidden *text.Redactor) error {
	body := append([]string{c.Quote()}, names...)
	body = append(body, c.Tags...)
	if v := c.Verdict; v != nil {
		body = append(body, v.Rationale, v.WhatIsTrue)
	}
	for i := range body {
		body[i] = hidden.Redact(body[i], " ")
	}
	return w.index(ctx, searchDoc{
		noun: claims.SearchClaim, id: c.ID, claim: c.ID, lang: c.Language, at: c.UpdatedAt, head: hidden.Redact(c.Standalone, " "), body: body,
	})
}

// indexParts indexes what hangs on a claim.
func (w *writer) indexParts(ctx context.Context, claim string) error {
	defer w.seeAll()()
	evidence, err := w.Evidence(ctx, claim)
	if err != nil {
		return err
	}
	for _, e := range evidence {
		if err := w.indexEvidence(ctx, e); err != nil {
			return err
		}
	}
	notes, err := w.Notes(ctx, claim)
	if err != nil {
		return err
	}
	for _, n := range notes {
		if err := w.indexNote(ctx, n); err != nil {
			return err
		}
	}
	contacts, err := w.Contacts(ctx, claim)
	if err != nil {
		return err
	}
	for _, c := range contacts {
		if err := w.indexContact(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// partOf gives the language of a claim and the names that hide in what hangs on it.
func (w *writer) partOf(ctx context.Context, claim string) (lang string, hidden *text.Redactor, err error) {
	lang, err = queryOne(ctx, &w.reader, value[string], "SELECT language FROM claims WHERE id = $1", claim)
	if lang, err = found(lang, err, "claim", claim); err != nil {
		return "", nil, err
	}
	hidden, err = w.namesHidden(ctx, claim)
	return lang, hidden, err
}

func (w *writer) indexEvidence(ctx context.Context, e claims.Evidence) error {
	lang, hidden, err := w.partOf(ctx, e.Claim)
	if err != nil {
		return err
	}
	return w.index(ctx, searchDoc{
		noun: claims.SearchEvidence, id: e.ID, claim: e.Claim, lang: lang, at: e.AddedAt, head: hidden.Redact(e.Title, " "),
		body: []string{hidden.Redact(e.Publisher, " "), hidden.Redact(e.Quote, " "), hidden.Redact(e.Locator, " "), hidden.Redact(e.URL, " "), hidden.Redact(e.File.Name, " ")},
	})
}

func (w *writer) indexNote(ctx context.Context, n claims.Note) error {
	lang, hidden, err := w.partOf(ctx, n.Claim)
	if err != nil {
		return err
	}
	words := hidden.Redact(n.Text, " ")
	return w.index(ctx, searchDoc{noun: claims.SearchNote, id: n.ID, claim: n.Claim, lang: lang, at: n.At, head: firstRunes(words, searchHead), body: []string{words}})
}

func (w *writer) indexContact(ctx context.Context, c claims.Contact) error {
	lang, hidden, err := w.partOf(ctx, c.Claim)
	if err != nil {
		return err
	}
	return w.index(ctx, searchDoc{
		noun: claims.SearchContact, id: c.ID, claim: c.Claim, lang: lang, at: c.AskedAt, head: hidden.Redact(c.Whom, " "),
		body: []string{hidden.Redact(c.Question, " "), hidden.Redact(c.Answer, " "), hidden.Redact(c.Public, " ")},
	})
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// indexSource forgets a record that became part of another, whose names it has.
func (w *writer) indexSource(ctx context.Context, s *claims.Source) error {
	if s.MergedInto != "" {
		return w.unindex(ctx, claims.SearchSource, s.ID)
	}
	return w.index(ctx, searchDoc{
		noun: claims.SearchSource, id: s.ID, at: s.UpdatedAt, head: strings.Join(s.Names(), "\n"), body: []string{s.Code, s.Note},
	})
}

func (w *writer) indexArticle(ctx context.Context, id string) error {
	defer w.seeAll()()
	a, err := w.Article(ctx, id)
	if err != nil {
		return err
	}
	words, err := queryOne(ctx, &w.reader, value[string], "SELECT text FROM snapshots WHERE article = $1 ORDER BY n DESC LIMIT 1", id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err := w.putBands(ctx, id, words); err != nil {
		return err
	}
	return w.index(ctx, searchDoc{
		noun: claims.SearchArticle, id: a.ID, lang: a.Language, at: a.CreatedAt, head: a.Title + "\n" + a.Outlet,
		body: append(slices.Clone(a.Authors), a.URL, a.CanonicalURL, words),
	})
}

func (w *writer) indexCheck(ctx context.Context, c *claims.Check) error {
	return w.index(ctx, searchDoc{
		noun: claims.SearchCheck, id: c.ID, lang: c.Language, at: c.UpdatedAt, head: c.Title, body: []string{c.Summary, c.Body, c.Slug, strings.Join(c.Authors, "\n")},
	})
}

// reindex makes the index anew out of what the desk holds, oldest first.
func (w *writer) reindex(ctx context.Context) error {
	for _, table := range []string{"search_state", "search_rows", "search_bands"} {
		if _, err := w.execExempt(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	if _, err := w.execExempt(ctx, w.engine.search().clear); err != nil {
		return err
	}
	for _, noun := range []struct {
		table, order string
		index        func(context.Context, string) error
	}{
		{"sources", "created_at, id", w.reindexSource}, {"articles", "created_at, id", w.indexArticle},
		{"claims", "created_at, id", w.reindexClaim}, {"checks", "created_at, id", w.reindexCheck},
	} {
		ids, err := queryAll(ctx, &w.reader, value[string], "SELECT id FROM "+noun.table+" ORDER BY "+noun.order)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := noun.index(ctx, id); err != nil {
				return err
			}
		}
	}
	_, err := w.execExempt(ctx, "INSERT INTO search_state (id, analysis) VALUES (1, "+strconv.Itoa(searchAnalysis)+")")
	return err
}

func (w *writer) reindexSource(ctx context.Context, id string) error {
	s, err := w.Source(ctx, id)
	if err != nil {
		return err
	}
	return w.indexSource(ctx, &s)
}

func (w *writer) reindexClaim(ctx context.Context, id string) error {
	c, err := w.Claim(ctx, id)
	if err != nil {
		return err
	}
	if err := w.putDerived(ctx, &c); err != nil {
		return err
	}
	if err := w.rederiveEvidence(ctx, id); err != nil {
		return err
	}
	return w.indexParts(ctx, id)
}

func (w *writer) reindexCheck(ctx context.Context, id string) error {
	c, err := w.CheckByID(ctx, id)
	if err != nil {
		return err
	}
	return w.indexCheck(ctx, &c)
}

// prepareSearch makes the index where it is missing or of an older analysis:
// after an upgrade, and after a restore, which does not copy it.
func prepareSearch(ctx context.Context, e engine, pool *sql.DB) error {
	return prepare(ctx, e, pool, "SELECT analysis FROM search_state WHERE id = 1", searchAnalysis, (*writer).reindex)
}

// prepare makes anew what is derived from the rest of the desk, unless ask gives the
// analysis it is to be of.
func prepare(ctx context.Context, e engine, pool *sql.DB, ask string, wanted int64, build func(*writer, context.Context) error) error {
	current := func(row *sql.Row) (bool, error) {
		var analysis int64
		err := row.Scan(&analysis)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		return analysis == wanted, err
	}
	if done, err := current(pool.QueryRowContext(ctx, ask)); done || err != nil {
		return err
	}
	tx, err := e.beginUpdate(ctx)
	if err != nil {
		return err
	}
	defer rollback(tx)
	if done, err := current(tx.QueryRowContext(ctx, ask)); done || err != nil {
		return err // somebody else has just made it
	}
	if err := build(&writer{reader: reader{tx: tx, engine: e}}, ctx); err != nil {
		return err
	}
	return tx.Commit()
}
