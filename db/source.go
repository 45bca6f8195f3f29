package db

import (
	"context"
	"errors"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

const sourceColumns = "id, name, kind, aliases, code, same_as, note, protected, readers, merged_into, created_by, created_at, updated_at, version"

func sourceFields(s *claims.Source) []any {
	return []any{&s.ID, &s.Name, &s.Kind, jsonColumn{&s.Aliases}, &s.Code, jsonColumn{&s.SameAs}, &s.Note, &s.Protected,
		jsonColumn{&s.Readers}, &s.MergedInto, &s.CreatedBy, timeColumn{&s.CreatedAt}, timeColumn{&s.UpdatedAt}, &s.Version}
}

func scanSource(row scanner) (s claims.Source, err error) {
	err = row.Scan(sourceFields(&s)...)
	return s, err
}

func scanSourceRow(row scanner) (s claims.SourceRow, err error) {
	err = row.Scan(append(sourceFields(&s.Source), &s.Claims)...)
	return s, err
}

func (r *reader) Source(ctx context.Context, id string) (claims.Source, error) {
	s, err := queryOne(ctx, r, scanSource, "SELECT "+sourceColumns+" FROM sources WHERE id = $1", id)
	return found(s, err, "source", id)
}

// maxSortKey keeps cursors short; of longer names the id decides.
const maxSortKey = 120

// sortKey is where a name stands in lists, the same on both engines.
func sortKey(name string) []byte {
	key := []byte(text.Fold(name))
	return key[:min(len(key), maxSortKey)]
}

// tiedClaims counts the claims that are tied to a source or to what was merged into it.
func (o outsider) tiedClaims(w *where) string {
	tied := &where{args: w.args}
	tied.add("n.source_id IN (SELECT m.id FROM sources m WHERE m.root = s.id)")
	o.claims(tied, "n.claim_id")
	w.args = tied.args
	return "(SELECT COUNT(DISTINCT n.claim_id) FROM claim_sources n" + tied.String() + ")"
}

func (r *reader) Sources(ctx context.Context, f claims.SourceFilter) ([]claims.SourceRow, string, error) {
	w := &where{}
	w.add("s.merged_into = ''")
	if err := r.visible(ctx, w, f); err != nil {
		return nil, "", err
	}
	for _, pattern := range patterns(text.Fold(f.Query)) {
		w.add(`EXISTS (SELECT 1 FROM source_names n WHERE n.source_id = s.id AND n.name_fold LIKE ? ESCAPE '\')`, pattern)
	}
	if f.Kind != "" {
		w.add("s.kind = ?", f.Kind)
	}
	order := "s.sort_key, s.id"
	if f.Protected { // by a name one may not see nothing may be ordered
		order = "s.id"
	}
	if f.Cursor != "" {
		var key []byte
		var id string
		if err := readCursor(f.Cursor, &key, &id); err != nil {
			return nil, "", err
		}
		if f.Protected {
			w.add("s.id > ?", id)
		} else {
			w.add("(s.sort_key, s.id) > (?, ?)", bytesOf(key), id)
		}
	}
	query := "SELECT " + qualified("s", sourceColumns) + ", " + r.outsider.tiedClaims(w) + " FROM sources s" + w.String() + " ORDER BY " + order + " LIMIT " + w.arg(pageLimit(f.Limit)+1)
	rows, err := queryAll(ctx, r, scanSourceRow, query, w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(f.Limit), func(s claims.SourceRow) []any {
		if f.Protected {
			return []any{[]byte{}, s.ID}
		}
		return []any{sortKey(s.Name), s.ID}
	})
	return page, next, nil
}

// visible keeps out of a list what the reader may not see; where only protected
// sources are asked for, and nothing of them, all are there.
func (r *reader) visible(ctx context.Context, w *where, f claims.SourceFilter) error {
	if f.Protected {
		w.add("s.protected")
		if f.Query == "" && f.Kind == "" {
			return nil
		}
	}
	all, err := r.ProtectedSources(ctx)
	if err != nil {
		return err
	}
	condition := "NOT s.protected"
	var shown []any
	for _, s := range all {
		if s.ShownTo(f.Reader) {
			shown = append(shown, s.ID)
		}
	}
	if len(shown) > 0 {
		condition = "(" + condition + " OR s.id IN (" + strings.TrimSuffix(strings.Repeat("?, ", len(shown)), ", ") + "))"
	}
	w.add(condition, shown...)
	return nil
}

func (r *reader) SourcesNamed(ctx context.Context, names []string) ([]claims.Source, error) {
	if len(names) == 0 {
		return nil, nil
	}
	w := &where{}
	w.add("merged_into = ''")
	w.add("id IN (SELECT n.source_id FROM source_names n WHERE n.name_fold IN (" + w.list(names) + "))")
	return queryAll(ctx, r, scanSource, "SELECT "+sourceColumns+" FROM sources"+w.String()+" ORDER BY sort_key, id LIMIT "+w.arg(maxPageRows), w.args...)
}

// list adds values and gives their placeholders.
func (w *where) list(values []string) string {
	in := make([]string, len(values))
	for i, v := range values {
		in[i] = w.arg(v)
	}
	return strings.Join(in, ", ")
}

func (r *reader) ProtectedSources(ctx context.Context) ([]claims.Source, error) {
	return queryAll(ctx, r, scanSource, "SELECT "+sourceColumns+" FROM sources WHERE protected ORDER BY id")
}

// sourceTally is one group of what a source has claimed.
type sourceTally struct {
	relayed              bool
	content, attribution string
	n                    int
}

// SourceRecord counts a claim that a source both made and relayed as made.
func (r *reader) SourceRecord(ctx context.Context, id string) (claims.SourceRecord, error) {
	out := claims.SourceRecord{Verdicts: map[string]int{}, Attributions: map[string]int{}}
	w := &where{}
	w.add("n.source_id IN (SELECT m.id FROM sources m WHERE m.root = ?)", id)
	r.outsider.claims(w, "n.claim_id")
	groups, err := queryAll(ctx, r, func(row scanner) (g sourceTally, err error) {
		err = row.Scan(&g.relayed, &g.content, &g.attribution, &g.n)
		return g, err
	}, `SELECT k.relayed, c.verdict_content, c.verdict_attribution, COUNT(*) FROM (
			SELECT n.claim_id, MIN(CASE WHEN n.role = 'via' THEN 1 ELSE 0 END) = 1 AS relayed FROM claim_sources n`+w.String()+` GROUP BY n.claim_id
		) k JOIN claims c ON c.id = k.claim_id WHERE c.state <> `+w.arg(claims.StateDismissed)+` GROUP BY k.relayed, c.verdict_content, c.verdict_attribution`,
		w.args...)
	for _, g := range groups {
		if g.relayed {
			out.Relayed += g.n
			continue
		}
		out.Said += g.n
		out.Verdicts[g.content] += g.n
		out.Attributions[g.attribution] += g.n
	}
	return out, err
}

// tie is one claim that was tied to one source.
type tie struct{ claim, source string }

func scanTie(row scanner) (t tie, err error) {
	err = row.Scan(&t.claim, &t.source)
	return t, err
}

func (r *reader) TiesOf(ctx context.Context, ids []string) (map[string][]string, error) {
	out := map[string][]string{}
	for len(ids) > 0 {
		n := min(len(ids), batchRows)
		w := &where{}
		ties, err := queryAll(ctx, r, scanTie, "SELECT claim_id, source_id FROM claim_ties WHERE claim_id IN ("+w.list(ids[:n])+") ORDER BY claim_id, source_id", w.args...)
		if err != nil {
			return nil, err
		}
		for _, t := range ties {
			out[t.claim] = append(out[t.claim], t.source)
		}
		ids = ids[n:]
	}
	return out, nil
}

func (r *reader) ClaimsTied(ctx context.Context, source string) ([]string, error) {
	return queryAll(ctx, r, value[string], "SELECT DISTINCT n.claim_id FROM claim_sources n WHERE n.source_id IN (SELECT m.id FROM sources m WHERE m.root = $1) ORDER BY n.claim_id", source)
}

func (w *writer) CreateSource(ctx context.Context, s *claims.Source) error {
	s.Version = 1
	err := w.create(ctx, "source", s.ID, insertInto("sources", sourceColumns+", sort_key, root"), s.ID, s.Name, s.Kind, jsonList(s.Aliases),
		s.Code, jsonList(s.SameAs), s.Note, s.Protected, jsonList(s.Readers), s.MergedInto, s.CreatedBy, s.CreatedAt.UnixMicro(),
		s.UpdatedAt.UnixMicro(), s.Version, sortKey(s.Name), s.ID)
	if err != nil {
		return err
	}
	if err := w.putSourceNames(ctx, s); err != nil {
		return err
	}
	return w.indexSource(ctx, s)
}

func (w *writer) putSourceNames(ctx context.Context, s *claims.Source) error {
	if _, err := w.exec(ctx, "DELETE FROM source_names WHERE source_id = $1", s.ID); err != nil {
		return err
	}
	for _, name := range s.Names() {
		if _, err := w.exec(ctx, insertInto("source_names", "source_id, name_fold"), s.ID, text.Fold(name)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) UpdateSource(ctx context.Context, s *claims.Source) error {
	before, err := w.Source(ctx, s.ID)
	if err != nil {
		return err
	}
	root, err := w.rootOf(ctx, s.ID)
	if err != nil {
		return err
	}
	rows, err := w.exec(ctx, `UPDATE sources SET name = $1, sort_key = $2, kind = $3, aliases = $4, code = $5, same_as = $6, note = $7,
		protected = $8, readers = $9, merged_into = $10, updated_at = $11, version = version + 1 WHERE id = $12 AND version = $13`,
		s.Name, sortKey(s.Name), s.Kind, jsonList(s.Aliases), s.Code, jsonList(s.SameAs), s.Note, s.Protected, jsonList(s.Readers), s.MergedInto,
		s.UpdatedAt.UnixMicro(), s.ID, s.Version)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "source", "sources", s.ID); err != nil {
		return err
	}
	s.Version++
	if err := errors.Join(w.putSourceNames(ctx, s), w.indexSource(ctx, s)); err != nil {
		return err
	}
	if before.MergedInto != s.MergedInto {
		if err := w.reroot(ctx, s); err != nil {
			return err
		}
	}
	if before.MergedInto != s.MergedInto || before.Protected != s.Protected {
		if err := w.relistSource(ctx, s, root); err != nil {
			return err
		}
	}
	if !before.Protected && !s.Protected {
		return nil
	}
	return w.hideNames(ctx, s)
}

// partsOf are a record and all that was merged into it.
const partsOf = "(WITH RECURSIVE part (id) AS (SELECT CAST($1 AS TEXT) UNION SELECT s.id FROM sources s JOIN part p ON s.merged_into = p.id) SELECT id FROM part)"

// reroot says which record stands for this one and for what was merged into it.
func (w *writer) reroot(ctx context.Context, s *claims.Source) error {
	root := s.ID
	if s.MergedInto != "" {
		into, err := queryOne(ctx, &w.reader, value[string], "SELECT root FROM sources WHERE id = $1", s.MergedInto)
		if root, err = found(into, err, "source", s.MergedInto); err != nil {
			return err
		}
	}
	_, err := w.exec(ctx, "UPDATE sources SET root = $2 WHERE id IN "+partsOf, s.ID, root)
	return err
}

// hideNames lets what was merged into a record share its protection, and makes
// what searches look through anew for every claim that was ever tied to it.
func (w *writer) hideNames(ctx context.Context, s *claims.Source) error {
	defer w.seeAll()()
	if _, err := w.exec(ctx, "UPDATE sources SET protected = $2, readers = $3 WHERE id IN "+partsOf, s.ID, s.Protected, jsonList(s.Readers)); err != nil {
		return err
	}
	ids, err := queryAll(ctx, &w.reader, value[string], "SELECT DISTINCT claim_id FROM claim_ties WHERE source_id IN "+partsOf, s.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := w.Claim(ctx, id)
		if err != nil {
			return err
		}
		if err := errors.Join(w.putDerived(ctx, &c), w.indexParts(ctx, id)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) DeleteSource(ctx context.Context, id string) error {
	tied, err := w.exists(ctx, `SELECT 1 FROM claim_sources WHERE source_id = $1
		UNION ALL SELECT 1 FROM claim_ties t JOIN sources s ON s.id = t.source_id WHERE s.id = $1 AND s.protected
		UNION ALL SELECT 1 FROM sources WHERE merged_into = $1`, id)
	if err != nil {
		return err
	}
	if tied {
		return claims.Refuse(claims.KindConflict, "source.tied")
	}
	if _, err := w.exec(ctx, "DELETE FROM source_names WHERE source_id = $1", id); err != nil {
		return err
	}
	rows, err := w.exec(ctx, "DELETE FROM sources WHERE id = $1", id)
	if err == nil && rows == 0 {
		err = claims.NotFound("source", id)
	}
	if err != nil {
		return err
	}
	return w.unindex(ctx, claims.SearchSource, id)
}

// namesHidden finds the names of the protected sources that a claim was ever
// tied to, those of the records they became part of included.
func (r *reader) namesHidden(ctx context.Context, claim string) (*text.Redactor, error) {
	all, err := queryAll(ctx, r, scanSource, `SELECT `+sourceColumns+` FROM sources WHERE protected AND id IN (
		WITH RECURSIVE up (id) AS (
			SELECT source_id FROM claim_ties WHERE claim_id = $1 UNION SELECT s.merged_into FROM sources s JOIN up u ON s.id = u.id WHERE s.merged_into <> ''
		) SELECT id FROM up)`, claim)
	var names []string
	for _, s := range all {
		names = append(names, s.Names()...)
	}
	return text.NewRedactor(names), err
}
