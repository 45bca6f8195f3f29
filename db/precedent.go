package db

import (
	"context"
	"encoding/json"
	"strings"

	"cotejo/claims"
)

func (r *reader) Precedents(ctx context.Context, f claims.PrecedentFilter) ([]claims.ClaimRow, error) {
	w := &where{}
	r.outsider.articles(w, "c.article")
	w.add("c.state IN (?, ?)", claims.StatePublished, claims.StateApproved)
	w.add("c.has_verdict AND c.id <> ?", f.Claim)
	var any []string
	switch {
	case len(f.Sources)+len(f.Names) > 0:
		any = w.saidBy(f)
	case len(f.Units)+len(f.Tags) > 0:
		w.add("c.kind = ?", f.Kind)
		any = w.onTopic(f)
	default:
		return nil, nil
	}
	w.conditions = append(w.conditions, "("+strings.Join(any, " OR ")+")")
	query := "SELECT " + claimSelect + ", a.title, a.outlet, a.url, a.canonical_url, a.published, s.sha256, c.article_at" +
		` FROM claims c JOIN articles a ON a.id = c.article JOIN snapshots s ON s.article = c.article AND s.n = c.snapshot` + w.String() +
		" ORDER BY COALESCE(CASE WHEN c.state = 'published' THEN c.published_at ELSE c.reviewed_at END, c.verdict_at, 0) DESC, c.id DESC LIMIT " + w.arg(pageLimit(f.Limit))
	found, err := queryAll(ctx, r, scanClaimRow, query, w.args...)
	rows := make([]claims.ClaimRow, len(found))
	for i, row := range found {
		rows[i] = row.ClaimRow
	}
	return rows, err
}

// saidBy finds claims by who said them: a name counts only where it is tied to no
// record, of which there may be several of one name.
func (w *where) saidBy(f claims.PrecedentFilter) (any []string) {
	const of = "c.id IN (SELECT n.claim_id FROM claim_sources n WHERE n.role <> 'via' AND "
	if len(f.Sources) > 0 {
		any = append(any, of+"n.source_id IN (SELECT m.id FROM sources m WHERE m.root IN (SELECT o.root FROM sources o WHERE o.id IN ("+w.list(f.Sources)+"))))")
	}
	if len(f.Names) > 0 {
		any = append(any, of+"n.source_id = '' AND n.name_fold IN ("+w.list(f.Names)+"))")
	}
	return any
}

// onTopic finds claims by tags, and by units as their figures' JSON writes them.
func (w *where) onTopic(f claims.PrecedentFilter) (any []string) {
	if len(f.Tags) > 0 {
		any = append(any, "c.id IN (SELECT t.claim_id FROM claim_tags t WHERE t.tag IN ("+w.list(f.Tags)+"))")
	}
	for _, unit := range f.Units {
		if raw, err := json.Marshal(unit); err == nil {
			any = append(any, "c.quantities LIKE "+w.arg(`%"unit":`+likeEscaper.Replace(string(raw))+`%`)+` ESCAPE '\'`)
		}
	}
	return any
}
