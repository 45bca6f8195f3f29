package db

import (
	"context"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/text"
)

// claimRowScan reads a claim with what lists need of its article. The order key
// holds the article's time, which a row does not show.
type claimRowScan struct {
	claims.ClaimRow
	articleAt int64
}

func scanClaimRow(row scanner) (out claimRowScan, err error) {
	var c claimScan
	err = row.Scan(append(c.fields(), &out.ArticleTitle, &out.ArticleOutlet, &out.ArticleURL, &out.ArticleCanonical,
		dayColumn{&out.ArticlePublished}, &out.SnapshotSHA256, &out.articleAt)...)
	out.Claim = c.whole()
	return out, err
}

func (r *reader) Claims(ctx context.Context, f claims.ClaimFilter) ([]claims.ClaimRow, string, error) {
	query, args, err := claimsQuery(r.engine.search(), r.outsider, f)
	if err != nil {
		return nil, "", err
	}
	all, err := queryAll(ctx, r, scanClaimRow, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(all, pageLimit(f.Limit), func(row claimRowScan) []any { return claimOrders[f.Order].key(row) })
	rows := make([]claims.ClaimRow, len(page))
	for i, row := range page {
		rows[i] = row.ClaimRow
	}
	return rows, next, nil
}

func (r *reader) EachClaim(ctx context.Context, f claims.ClaimFilter, fn func(claims.ClaimRow) error) error {
	f.Page = claims.Page{Limit: batchRows}
	for {
		rows, next, err := r.Claims(ctx, f)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := fn(row); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

func (r *reader) CountClaims(ctx context.Context, f claims.ClaimFilter) (map[claims.State]int, error) {
	w := claimWhere(r.engine.search(), r.outsider, f)
	type count struct {
		state claims.State
		n     int
	}
	counts, err := queryAll(ctx, r, func(row scanner) (c count, err error) {
		err = row.Scan(&c.state, &c.n)
		return c, err
	}, "SELECT c.state, COUNT(*) FROM claims c"+w.String()+" GROUP BY c.state", w.args...)
	out := make(map[claims.State]int, len(counts))
	for _, c := range counts {
		out[c.state] = c.n
	}
	return out, err
}

// claimOrder is a total order: by is its ORDER BY, after the condition for what
// follows a cursor, read the cursor's parts and key those of a row.
type claimOrder struct {
	by    string
	after string
	read  func(cursor string) ([]any, error)
	key   func(claimRowScan) []any
}

var inArticleOrder = claimOrder{
	by:    "c.article_at, c.article, c.start_at, c.id",
	after: "(c.article_at, c.article, c.start_at, c.id) > (?, ?, ?, ?)",
	read: func(cursor string) ([]any, error) {
		var at, start int64
		var article, id string
		err := readCursor(cursor, &at, &article, &start, &id)
		return []any{at, article, start, id}, err
	},
	key: func(row claimRowScan) []any { return []any{row.articleAt, row.Article, claimStart(&row.Claim), row.ID} },
}

var claimOrders = map[claims.Order]claimOrder{
	"":                  inArticleOrder,
	claims.OrderArticle: inArticleOrder,
	claims.OrderUpdated: {
		by:    "c.updated_at DESC, c.id DESC",
		after: "(c.updated_at, c.id) < (?, ?)",
		read: func(cursor string) ([]any, error) {
			var at int64
			var id string
			err := readCursor(cursor, &at, &id)
			return []any{at, id}, err
		},
		key: func(row claimRowScan) []any { return []any{row.UpdatedAt.UnixMicro(), row.ID} },
	},
	claims.OrderWorth: {
		by:    "c.priority DESC, c.worth DESC, c.id DESC",
		after: "(c.priority, c.worth, c.id) < (?, ?, ?)",
		read: func(cursor string) ([]any, error) {
			var priority int64
			var worth float64
			var id string
			err := readCursor(cursor, &priority, &worth, &id)
			return []any{priority, worth, id}, err
		},
		key: func(row claimRowScan) []any { return []any{row.Priority, row.Worth, row.ID} },
	},
	claims.OrderQueue: {
		by:    "c.priority DESC, c.worth DESC, c.article_at, c.id",
		after: "(-c.priority, -c.worth, c.article_at, c.id) > (?, ?, ?, ?)",
		read: func(cursor string) ([]any, error) {
			var priority, at int64
			var worth float64
			var id string
			err := readCursor(cursor, &priority, &worth, &at, &id)
			return []any{-priority, -worth, at, id}, err
		},
		key: func(row claimRowScan) []any { return []any{row.Priority, row.Worth, row.articleAt, row.ID} },
	},
}

// claimsQuery first finds the keys of a page, from indexes alone where they
// suffice, and only then reads the rows of that page.
func claimsQuery(e searchSQL, o outsider, f claims.ClaimFilter) (string, []any, error) {
	keys, args, err := claimKeysQuery(e, o, f)
	if err != nil {
		return "", nil, err
	}
	query := "SELECT " + claimSelect + ", a.title, a.outlet, a.url, a.canonical_url, a.published, s.sha256, c.article_at" +
		" FROM (" + keys + `) k JOIN claims c ON c.id = k.id JOIN articles a ON a.id = c.article
		JOIN snapshots s ON s.article = c.article AND s.n = c.snapshot ORDER BY ` + claimOrders[f.Order].by
	return query, args, nil
}

// claimKeysQuery gives the ids of a page and of one claim beyond it.
func claimKeysQuery(e searchSQL, o outsider, f claims.ClaimFilter) (string, []any, error) {
	order, known := claimOrders[f.Order]
	if !known {
		return "", nil, claims.Invalid("order", "order.unknown", string(f.Order))
	}
	w := claimWhere(e, o, f)
	if f.Cursor != "" {
		key, err := order.read(f.Cursor)
		if err != nil {
			return "", nil, err
		}
		w.add(order.after, key...)
	}
	return "SELECT c.id FROM claims c" + w.String() + " ORDER BY " + order.by + " LIMIT " + w.arg(pageLimit(f.Limit)+1), w.args, nil
}

// claimWhere turns a filter into conditions; page and order are the caller's.
func claimWhere(e searchSQL, o outsider, f claims.ClaimFilter) *where {
	w := &where{}
	o.articles(w, "c.article")
	if len(f.States) > 0 {
		w.addStates(f.States)
	}
	for _, equal := range []struct{ column, value string }{
		{"c.article", f.Article}, {"c.language", f.Language}, {"c.dismissed_of", f.DuplicateOf},
	} {
		if equal.value != "" {
			w.add(equal.column+" = ?", equal.value)
		}
	}
	if len(f.Without) > 0 {
		w.conditions = append(w.conditions, "c.id NOT IN ("+w.list(f.Without)+")")
	}
	for _, orNone := range []struct{ column, value string }{
		{"c.verdict_content", f.Verdict}, {"c.assignee", f.Assignee},
	} {
		if orNone.value == "none" {
			w.add(orNone.column + " = ''")
		} else if orNone.value != "" {
			w.add(orNone.column+" = ?", orNone.value)
		}
	}
	w.addSource(f.Source)
	if f.Tag != "" {
		w.add("c.id IN (SELECT t.claim_id FROM claim_tags t WHERE t.tag = ?)", f.Tag)
	}
	if f.Query != "" {
		w.addWords(e, f.Query)
	}
	if f.UpdatedSince != (time.Time{}) {
		w.add("c.updated_at >= ?", f.UpdatedSince.UnixMicro())
	}
	if f.Figures {
		w.add("c.quantities <> '[]'")
	}
	if f.Published {
		w.add("c.published_version > 0")
	}
	if !f.IdleSince.IsZero() {
		w.add("c.updated_at < ?", f.IdleSince.UnixMicro())
	}
	w.addArticle(f)
	w.addWork(f)
	return w
}

// addSource finds claims by words in the names of their sources, or by the id of
// a source that they are tied to.
func (w *where) addSource(source string) {
	words := &where{args: w.args}
	for _, pattern := range patterns(text.Fold(source)) {
		words.add(`EXISTS (SELECT 1 FROM claim_sources n WHERE n.claim_id = c.id AND n.name_fold LIKE ? ESCAPE '\')`, pattern)
	}
	if len(words.conditions) == 0 {
		return
	}
	condition := strings.Join(words.conditions, " AND ")
	if id, ok := claims.PlainID(source); ok && len(id) == claims.IDLen {
		condition = "(" + condition + " OR c.id IN (SELECT n.claim_id FROM claim_sources n JOIN sources m ON m.id = n.source_id WHERE m.root = " + words.arg(id) + "))"
	}
	w.args = words.args
	w.conditions = append(w.conditions, condition)
}

// addArticle narrows by what the claim's article says.
func (w *where) addArticle(f claims.ClaimFilter) {
	if f.From != nil {
		w.add("c.article IN (SELECT a.id FROM articles a WHERE a.published >= ?)", string(*f.From))
	}
	if f.To != nil {
		w.add("c.article IN (SELECT a.id FROM articles a WHERE a.published <= ?)", string(*f.To))
	}
	if f.Changed {
		w.add("c.anchor = '' AND c.state NOT IN ('dismissed', 'withdrawn') AND EXISTS (SELECT 1 FROM snapshots n WHERE n.article = c.article AND n.n > c.snapshot)")
	}
	if f.Orphan {
		w.add("c.anchor = 'orphan'")
	}
}

const (
	waiting  = "EXISTS (SELECT 1 FROM contacts k WHERE k.claim = c.id AND k.answered_at IS NULL AND NOT k.closed)"
	finished = "('published', 'withdrawn', 'dismissed')"
	inWork   = "('open', 'in_check', 'help_needed', 'returned', 'reopened')"
)

// addWork narrows by the work that is left.
func (w *where) addWork(f claims.ClaimFilter) {
	if f.MinWorth > 0 {
		w.add("c.worth >= ?", f.MinWorth)
	}
	if f.Evidence != nil {
		not := ""
		if !*f.Evidence {
			not = "NOT "
		}
		w.add(not + "EXISTS (SELECT 1 FROM evidence e WHERE e.claim = c.id)")
	}
	if f.Waiting {
		w.add(waiting)
	}
	if !f.Pending.IsZero() {
		w.add("c.state NOT IN "+finished+" AND (c.due < ? OR "+waiting+")", f.Pending.UnixMicro())
	}
	if n := f.Needs; n != nil {
		condition, args := "c.assignee = ? AND c.state IN "+inWork, []any{n.Person}
		if n.Review {
			condition += " OR c.state = 'submitted' AND c.submitted_by <> ? AND c.verdict_by <> ?"
			args = append(args, n.Person, n.Person)
		}
		if n.Publish {
			condition += " OR c.state = 'approved'"
		}
		w.add("("+condition+")", args...)
	}
}

func (w *where) addStates(states []claims.State) {
	in := ""
	for i, state := range states {
		if i > 0 {
			in += ", "
		}
		in += w.arg(state)
	}
	w.conditions = append(w.conditions, "c.state IN ("+in+")")
}
