package db

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// claimKey never changes after CreateClaim; claimColumns is what UpdateClaim writes.
const (
	claimKey     = "id, article, created_by, created_at, version"
	claimColumns = "snapshot, fragments, standalone, kind, checkable, worth, reasons, attributions, quantities, times, " +
		"prefix, suffix, anchor, language, origin_by, origin_rule, origin_accepted, " +
		"state, priority, tags, assignee, due, made_on, dismissed_reason, dismissed_of, dismissed_note, " +
		"has_verdict, verdict_content, verdict_attribution, rationale, what_is_true, as_of, review_again, scale, verdict_by, verdict_at, " +
		"submitted_by, submitted_at, reviewed_by, reviewed_at, approved_by, " +
		"published_version, published_at, corrections, updated_at"
	claimDerived = "start_at" // worked out from the claim, for its order
)

// claimSelect names the columns as scanClaim reads them, evidence counted.
var claimSelect = qualified("c", claimKey+", "+claimColumns) + ", (SELECT COUNT(*) FROM evidence e WHERE e.claim = c.id)"

// qualified puts a table's alias before every column.
func qualified(alias, columns string) string {
	return alias + "." + strings.ReplaceAll(columns, ", ", ", "+alias+".")
}

// claimScan holds the parts of a claim that may be missing while a row is read.
type claimScan struct {
	claims.Claim
	hasVerdict bool
	verdict    claims.Verdict
	dismissal  claims.Dismissal
}

func (c *claimScan) fields() []any {
	v := &c.verdict
	return []any{&c.ID, &c.Article, &c.CreatedBy, timeColumn{&c.CreatedAt}, &c.Version,
		&c.Snapshot, jsonColumn{&c.Fragments}, &c.Standalone, &c.Kind, &c.Checkable, &c.Worth, jsonColumn{&c.Reasons},
		jsonColumn{&c.Attributions}, jsonColumn{&c.Quantities}, jsonColumn{&c.Times},
		&c.Prefix, &c.Suffix, &c.Anchor, &c.Language, &c.Origin.By, &c.Origin.Rule, &c.Origin.Accepted,
		&c.State, &c.Priority, jsonColumn{&c.Tags}, &c.Assignee, timePtrColumn{&c.Due}, dayColumn{&c.MadeOn},
		&c.dismissal.Reason, &c.dismissal.Of, &c.dismissal.Note,
		&c.hasVerdict, &v.Content, &v.Attribution, &v.Rationale, &v.WhatIsTrue, dayColumn{&v.AsOf}, dayColumn{&v.ReviewAgain},
		&v.Scale, &v.ChangedBy, timeColumn{&v.ChangedAt},
		&c.SubmittedBy, timePtrColumn{&c.SubmittedAt}, &c.ReviewedBy, timePtrColumn{&c.ReviewedAt}, &c.ApprovedBy,
		&c.PublishedVersion, timePtrColumn{&c.PublishedAt}, &c.Corrections, timeColumn{&c.UpdatedAt}, &c.Evidence}
}

func (c *claimScan) whole() claims.Claim {
	if c.hasVerdict {
		c.Verdict = &c.verdict
	}
	if c.dismissal.Reason != "" {
		c.Dismissed = &c.dismissal
	}
	return c.Claim
}

// claimValues gives claimColumns and claimDerived in their order.
func claimValues(c *claims.Claim) []any {
	v, hasVerdict := c.Verdict, c.Verdict != nil
	if !hasVerdict {
		v = &claims.Verdict{}
	}
	d := c.Dismissed
	if d == nil {
		d = &claims.Dismissal{}
	}
	return []any{c.Snapshot, jsonList(c.Fragments), c.Standalone, c.Kind, c.Checkable, c.Worth, jsonList(c.Reasons),
		jsonList(c.Attributions), jsonList(c.Quantities), jsonList(c.Times),
		c.Prefix, c.Suffix, c.Anchor, c.Language, c.Origin.By, c.Origin.Rule, c.Origin.Accepted,
		c.State, c.Priority, jsonList(c.Tags), c.Assignee, microsPtr(c.Due), day(c.MadeOn), d.Reason, d.Of, d.Note,
		hasVerdict, v.Content, v.Attribution, v.Rationale, v.WhatIsTrue, day(v.AsOf), day(v.ReviewAgain),
		v.Scale, v.ChangedBy, micros(v.ChangedAt),
		c.SubmittedBy, microsPtr(c.SubmittedAt), c.ReviewedBy, microsPtr(c.ReviewedAt), c.ApprovedBy,
		c.PublishedVersion, microsPtr(c.PublishedAt), c.Corrections, c.UpdatedAt.UnixMicro(),
		claimStart(c)}
}

// claimStart is where the claim stands in the article.
func claimStart(c *claims.Claim) int {
	if len(c.Fragments) == 0 {
		return 0
	}
	return c.Fragments[0].Start
}

func scanClaim(row scanner) (claims.Claim, error) {
	var c claimScan
	err := row.Scan(c.fields()...)
	return c.whole(), err
}

func (r *reader) Claim(ctx context.Context, id string) (claims.Claim, error) {
	c, err := queryOne(ctx, r, scanClaim, "SELECT "+claimSelect+" FROM claims c WHERE c.id = $1", id)
	if c, err = found(c, err, "claim", id); err != nil {
		return c, err
	}
	hidden, err := r.hides(ctx, c.Article)
	return known(c, hidden, err, "claim", id)
}

// insertClaim leaves words_fold to putDerived.
var insertClaim = insertInto("claims", claimKey+", article_at, words_fold, "+claimColumns+", "+claimDerived)

func (w *writer) CreateClaim(ctx context.Context, c *claims.Claim) error {
	if err := checkWorth(c); err != nil {
		return err
	}
	articleAt, err := queryOne(ctx, &w.reader, value[int64], "SELECT created_at FROM articles WHERE id = $1", c.Article)
	if articleAt, err = found(articleAt, err, "article", c.Article); err != nil {
		return err
	}
	c.Version = 1
	key := []any{c.ID, c.Article, c.CreatedBy, c.CreatedAt.UnixMicro(), c.Version, articleAt, ""}
	if err := w.create(ctx, "claim", c.ID, insertClaim, append(key, claimValues(c)...)...); err != nil {
		return err
	}
	return w.putDerived(ctx, c)
}

// updateClaim takes the id and the expected version after the columns.
var updateClaim = func() string {
	n := columnCount(claimColumns + ", " + claimDerived)
	return "UPDATE claims SET " + assignments(claimColumns+", "+claimDerived) + ", version = version + 1" +
		" WHERE id = $" + strconv.Itoa(n+1) + " AND version = $" + strconv.Itoa(n+2)
}()

func (w *writer) UpdateClaim(ctx context.Context, c *claims.Claim) error {
	if err := checkWorth(c); err != nil {
		return err
	}
	rows, err := w.exec(ctx, updateClaim, append(claimValues(c), c.ID, c.Version)...)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "claim", "claims", c.ID); err != nil {
		return err
	}
	if err := w.putDerived(ctx, c); err != nil {
		return err
	}
	if c.PublishedVersion > 0 {
		if err := w.relist(ctx, c.ID, c.UpdatedAt); err != nil {
			return err
		}
	}
	c.Evidence, err = queryOne(ctx, &w.reader, value[int], "SELECT COUNT(*) FROM evidence WHERE claim = $1", c.ID)
	c.Version++
	return err
}

// checkWorth refuses a worth that no engine can order by.
func checkWorth(c *claims.Claim) error {
	if math.IsNaN(c.Worth) || math.IsInf(c.Worth, 0) {
		return claims.Invalid("worth", "number.not_finite")
	}
	return nil
}

// putDerived writes what searches and filters look at: wording, quote, sources
// and tags, without the names of protected sources, by which nobody finds a claim.
func (w *writer) putDerived(ctx context.Context, c *claims.Claim) error {
	for _, table := range []string{"claim_sources", "claim_tags"} {
		if _, err := w.exec(ctx, "DELETE FROM "+table+" WHERE claim_id = $1", c.ID); err != nil {
			return err
		}
	}
	for _, id := range claims.TiedTo(c.Attributions) {
		if _, err := w.exec(ctx, insertInto("claim_ties", "claim_id, source_id"), c.ID, id); err != nil {
			return err
		}
	}
	hidden, err := w.namesHidden(ctx, c.ID)
	if err != nil {
		return err
	}
	protected, err := w.protectedOf(ctx, c)
	if err != nil {
		return err
	}
	words := []string{c.Standalone, c.Quote()}
	for n, s := range claimSources(c) {
		if protected[s.source] || hidden.Finds(s.name) {
			s.name = ""
		}
		words = append(words, s.name)
		_, err := w.exec(ctx, insertInto("claim_sources", "claim_id, n, name, name_fold, role, source_id"), c.ID, n, s.name, text.Fold(s.name), s.role, s.source)
		if err != nil {
			return err
		}
	}
	for _, tag := range c.Tags {
		if _, err := w.exec(ctx, insertInto("claim_tags", "claim_id, tag"), c.ID, hidden.Redact(tag, "")); err != nil {
			return err
		}
	}
	if _, err = w.exec(ctx, "UPDATE claims SET words_fold = $1 WHERE id = $2", text.Fold(hidden.Redact(strings.Join(words, "\n"), " ")), c.ID); err != nil {
		return err
	}
	if err := w.indexClaim(ctx, c, words[2:], hidden); err != nil || !hidden.Hides() {
		return err
	}
	return w.indexParts(ctx, c.ID)
}

// protectedOf says which of the sources that a claim is tied to are protected.
func (w *writer) protectedOf(ctx context.Context, c *claims.Claim) (map[string]bool, error) {
	out := map[string]bool{}
	for _, id := range claims.TiedTo(c.Attributions) {
		protected, err := w.exists(ctx, "SELECT 1 FROM sources WHERE id = $1 AND protected", id)
		if err != nil {
			return nil, err
		}
		out[id] = protected
	}
	return out, nil
}

// sourceName is one name under which a claim's attributions know a source.
type sourceName struct{ name, role, source string }

// claimSources lists every name, best and as written, once a role ("source",
// "via" or "original") and tie.
func claimSources(c *claims.Claim) []sourceName {
	var out []sourceName
	add := func(role string, links ...claims.Link) {
		for _, link := range links {
			for _, name := range []string{link.Name, link.Text} {
				s := sourceName{name, role, link.Source}
				if name != "" && !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	for _, a := range c.Attributions {
		add("source", a.Sources...)
		add("via", a.Via...)
		if a.Original != nil {
			add("original", *a.Original)
		}
	}
	return out
}
