package db

import (
	"context"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// evidenceKey never changes after CreateEvidence; evidenceColumns is what
// UpdateEvidence writes, evidenceDerived is worked out for searching.
const (
	evidenceKey     = "id, claim, added_by, added_at"
	evidenceColumns = "url, title, publisher, stance, grade, quote, locator, file_sha256, file_name, file_type, file_size, " +
		"copy_sha256, copy_type, copy_size, copy_url, copy_at, copy_problem"
	evidenceDerived = "url_key, words_fold"
)

var evidenceSelect = qualified("e", evidenceKey+", "+evidenceColumns) +
	", EXISTS (SELECT 1 FROM blobs b WHERE b.sha256 = e.file_sha256 AND b.erased)" +
	", EXISTS (SELECT 1 FROM blobs b WHERE b.sha256 = e.copy_sha256 AND b.erased)"

func scanEvidence(row scanner) (e claims.Evidence, err error) {
	f, c := &e.File, &e.Copy
	err = row.Scan(&e.ID, &e.Claim, &e.AddedBy, timeColumn{&e.AddedAt}, &e.URL, &e.Title, &e.Publisher, &e.Stance, &e.Grade, &e.Quote, &e.Locator,
		&f.SHA256, &f.Name, &f.MediaType, &f.Size, &c.SHA256, &c.MediaType, &c.Size, &c.URL, timePtrColumn{&c.At}, &c.Problem, &f.Erased, &c.Erased)
	return e, err
}

// evidenceValues gives evidenceColumns and evidenceDerived in their order.
func evidenceValues(e claims.Evidence) []any {
	key := ""
	if e.URL != "" {
		key = claims.URLKey(e.URL)
	}
	return []any{e.URL, e.Title, e.Publisher, e.Stance, e.Grade, e.Quote, e.Locator, e.File.SHA256, e.File.Name, e.File.MediaType, e.File.Size,
		e.Copy.SHA256, e.Copy.MediaType, e.Copy.Size, e.Copy.URL, microsPtr(e.Copy.At), e.Copy.Problem,
		key, strings.TrimSpace(text.Fold(strings.Join([]string{e.Title, e.Publisher, e.URL, key, e.File.Name, e.Quote}, " ")))}
}

func (r *reader) Evidence(ctx context.Context, claim string) ([]claims.Evidence, error) {
	return partsOfClaim(ctx, r, scanEvidence, claim, "SELECT "+evidenceSelect+" FROM evidence e WHERE e.claim = $1 ORDER BY e.added_at, e.id")
}

func (r *reader) EvidenceByID(ctx context.Context, id string) (claims.Evidence, error) {
	e, err := queryOne(ctx, r, scanEvidence, "SELECT "+evidenceSelect+" FROM evidence e WHERE e.id = $1", id)
	if e, err = found(e, err, "evidence", id); err != nil {
		return e, err
	}
	hidden, err := r.hidesClaim(ctx, e.Claim)
	return known(e, hidden, err, "evidence", id)
}

func (r *reader) FindEvidence(ctx context.Context, f claims.EvidenceFilter) ([]claims.Evidence, string, error) {
	w := &where{}
	for _, pattern := range patterns(text.Fold(f.Query)) {
		w.add(`e.words_fold LIKE ? ESCAPE '\'`, pattern)
	}
	if key := claims.URLKey(f.Query); strings.Contains(key, "://") {
		w.conditions, w.args = nil, nil
		w.add("e.url_key = ?", key)
	}
	r.outsider.claims(w, "e.claim")
	if f.Blob != "" {
		w.add("(e.file_sha256 = ? OR e.copy_sha256 = ?)", f.Blob, f.Blob)
	}
	if f.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(f.Cursor, &at, &id); err != nil {
			return nil, "", err
		}
		w.add("(e.added_at, e.id) < (?, ?)", at, id)
	}
	rows, err := queryAll(ctx, r, scanEvidence, "SELECT "+evidenceSelect+" FROM evidence e"+w.String()+
		" ORDER BY e.added_at DESC, e.id DESC LIMIT "+w.arg(pageLimit(f.Limit)+1), w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(f.Limit), func(e claims.Evidence) []any { return []any{e.AddedAt.UnixMicro(), e.ID} })
	return page, next, nil
}

// maxShared bounds how many other claims are named.
const maxShared = 200

func (r *reader) SharedEvidence(ctx context.Context, claim string) (map[string][]string, error) {
	if hidden, err := r.hidesClaim(ctx, claim); hidden || err != nil {
		return nil, err
	}
	type pair struct{ id, claim string }
	w := &where{}
	same := func(key string) string {
		w.conditions = nil
		w.add("e.claim = ? AND o.claim <> ?", claim, claim)
		w.add("e." + key + " <> '' AND o." + key + " <> ''")
		r.outsider.claims(w, "o.claim")
		return "SELECT e.id, o.claim FROM evidence e JOIN evidence o ON o." + key + " = e." + key + w.String()
	}
	query := same("url_key") + " UNION " + same("file_sha256") + " ORDER BY 1, 2 LIMIT " + w.arg(maxShared)
	pairs, err := queryAll(ctx, r, func(row scanner) (p pair, err error) {
		err = row.Scan(&p.id, &p.claim)
		return p, err
	}, query, w.args...)
	out := map[string][]string{}
	for _, p := range pairs {
		out[p.id] = append(out[p.id], p.claim)
	}
	return out, err
}

func (w *writer) CreateEvidence(ctx context.Context, e claims.Evidence) error {
	err := w.create(ctx, "evidence", e.ID, insertInto("evidence", evidenceKey+", "+evidenceColumns+", "+evidenceDerived),
		append([]any{e.ID, e.Claim, e.AddedBy, e.AddedAt.UnixMicro()}, evidenceValues(e)...)...)
	if err != nil {
		return err
	}
	return w.indexEvidence(ctx, e)
}

var updateEvidence = func() string {
	columns := evidenceColumns + ", " + evidenceDerived
	return "UPDATE evidence SET " + assignments(columns) + " WHERE id = $" + strconv.Itoa(columnCount(columns)+1)
}()

func (w *writer) UpdateEvidence(ctx context.Context, e claims.Evidence) error {
	rows, err := w.exec(ctx, updateEvidence, append(evidenceValues(e), e.ID)...)
	if err == nil && rows == 0 {
		err = claims.NotFound("evidence", e.ID)
	}
	if err != nil {
		return err
	}
	return w.indexEvidence(ctx, e)
}

// rederiveEvidence works out anew by what the evidence of a claim is found: a
// migration cannot fold words.
func (w *writer) rederiveEvidence(ctx context.Context, claim string) error {
	all, err := w.Evidence(ctx, claim)
	if err != nil {
		return err
	}
	for _, e := range all {
		derived := evidenceValues(e)[columnCount(evidenceColumns):]
		if _, err := w.execExempt(ctx, "UPDATE evidence SET "+assignments(evidenceDerived)+" WHERE id = $3", append(derived, e.ID)...); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) DeleteEvidence(ctx context.Context, claim, id string) error {
	if err := w.deletePart(ctx, "evidence", "evidence", claim, id); err != nil {
		return err
	}
	return w.unindex(ctx, claims.SearchEvidence, id)
}

// deletePart takes away a row that hangs on a claim.
func (w *writer) deletePart(ctx context.Context, noun, table, claim, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM "+table+" WHERE claim = $1 AND id = $2", claim, id)
	if err == nil && rows == 0 {
		return claims.NotFound(noun, id)
	}
	return err
}
