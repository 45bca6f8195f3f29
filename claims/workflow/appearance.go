package workflow

import (
	"context"
	"slices"

	"cotejo/claims"
	"cotejo/claims/extract"
)

// Here is a claim of another article that appears in the one looked at, with its words
// as they stand in this one.
type Here struct {
	claims.ClaimRow
	Fragments []claims.Fragment
}

// rootOf is the article that an article is a copy of, else the article itself.
func rootOf(a claims.Article) string {
	if a.CopyOf != "" {
		return a.CopyOf
	}
	return a.ID
}

// family gives the other articles of which one is a copy, or that are copies of it or of
// the same, the original first. What the reader may not know of is left out.
func family(ctx context.Context, r claims.ArticleReader, a claims.Article) ([]claims.Article, error) {
	root := rootOf(a)
	copies, err := r.CopiesOf(ctx, root)
	if err != nil {
		return nil, err
	}
	var out []claims.Article
	for _, id := range append([]string{root}, copies...) {
		if id == a.ID {
			continue
		}
		other, err := r.Article(ctx, id)
		if missing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, other)
	}
	return out, nil
}

// texts reads snapshots once each.
type texts struct {
	claims.ArticleReader
	read map[string][]rune
}

func (t *texts) of(ctx context.Context, article string, n int) ([]rune, error) {
	id := snapshotID(article, n)
	if words, ok := t.read[id]; ok {
		return words, nil
	}
	s, err := t.Snapshot(ctx, article, n)
	if err != nil {
		return nil, err
	}
	if t.read == nil {
		t.read = map[string][]rune{}
	}
	t.read[id] = []rune(s.Text)
	return t.read[id], nil
}

// appearing gives the claims of an article's family that stand in a text, as they stand
// in it. It is worked out anew each time, so that no act on any of them can leave it wrong.
func appearing(ctx context.Context, r claims.Reader, a claims.Article, text string) ([]Here, error) {
	others, err := family(ctx, r, a)
	if err != nil || len(others) == 0 || text == "" {
		return nil, err
	}
	var out []Here
	seen, here := &texts{ArticleReader: r}, []rune(text)
	for _, other := range others {
		rows, err := claimsIn(ctx, r, other.ID)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			own, err := seen.of(ctx, row.Article, row.Snapshot)
			if err != nil {
				return nil, err
			}
			at, ok := claims.Appears(row.Fragments, own, here)
			if ok && !slices.ContainsFunc(out, func(h Here) bool { return slices.Equal(h.Fragments, at) }) {
				out = append(out, Here{ClaimRow: row, Fragments: at})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Here) int { return a.Fragments[0].Start - b.Fragments[0].Start })
	return out, nil
}

// standIn are the claims that are there in the stead of an article's own: those that
// appear in it and are not among its own.
func standIn(here []Here, rows []claims.ClaimRow, n int) []Here {
	return slices.DeleteFunc(slices.Clone(here), func(h Here) bool {
		return slices.ContainsFunc(rows, func(row claims.ClaimRow) bool { return row.Snapshot == n && slices.Equal(row.Fragments, h.Fragments) })
	})
}

// appearancesOf says in which articles of its family a claim stands beside its own.
func appearancesOf(ctx context.Context, r claims.Reader, c claims.Claim, a claims.Article, own claims.Snapshot) ([]claims.Appearance, error) {
	others, err := family(ctx, r, a)
	if err != nil {
		return nil, err
	}
	var out []claims.Appearance
	for _, other := range others {
		s, err := r.Snapshot(ctx, other.ID, 0)
		if err != nil {
			return nil, err
		}
		if at, ok := claims.Appears(c.Fragments, []rune(own.Text), []rune(s.Text)); ok {
			out = append(out, claims.Appearance{Article: other, Snapshot: s.N, Fragments: at})
		}
	}
	return out, nil
}

// shared leaves out of what a machine found what the article shares with its family:
// that is decided on there, once.
func (t *tx) shared(ctx context.Context, a claims.Article, text string, found []claims.Assertion) ([]claims.Assertion, error) {
	here, err := appearing(ctx, t, a, text)
	if err != nil || len(here) == 0 {
		return found, err
	}
	return slices.DeleteFunc(slices.Clone(found), func(f claims.Assertion) bool {
		return slices.ContainsFunc(here, func(h Here) bool { return slices.Equal(h.Fragments, f.Fragments) })
	}), nil
}

// sharedWords lists the words of an article that claims of its family stand on.
func (t *tx) sharedWords(ctx context.Context, article string) ([]claims.Span, error) {
	a, err := t.Article(ctx, article)
	if err != nil {
		return nil, err
	}
	s, err := t.Snapshot(ctx, article, 0)
	if err != nil {
		return nil, err
	}
	here, err := appearing(ctx, t, a, s.Text)
	var out []claims.Span
	for _, h := range here {
		for _, f := range h.Fragments {
			out = append(out, f.Span)
		}
	}
	return out, err
}

// LinkCopy says that an article is an agency copy of another, or with of "" of none any
// more. Where that one is a copy itself, both are copies of the same.
func (d *Desk) LinkCopy(ctx context.Context, actor claims.Actor, id string, version int64, of string) (claims.Article, error) {
	var out claims.Article
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := fresh("article", id, version, before.Version); err != nil {
			return err
		}
		if err := t.may(claims.ActArticleEdit); err != nil {
			return err
		}
		if before.Erased {
			return claims.Refuse(claims.KindGone, "article.erased_refused")
		}
		after := before
		act := ActArticleUnlink
		if after.CopyOf = ""; of != "" {
			act = ActArticleLink
			if after.CopyOf, err = t.original(ctx, before.ID, of); err != nil {
				return err
			}
		}
		if out = before; after.CopyOf == before.CopyOf {
			return nil
		}
		after.UpdatedAt = t.now
		if err := t.UpdateArticle(ctx, &after); err != nil {
			return err
		}
		out = after
		return t.record(ctx, onArticle(act, after, diff(articleFields, before, after)...))
	})
	return out, err
}

// original finds the article that one shall be a copy of; "" is an article still to come.
func (t *tx) original(ctx context.Context, id, of string) (string, error) {
	a, err := t.Article(ctx, clip(of, maxName))
	if missing(err) {
		return "", claims.Invalid("copy_of", "family.unknown", clip(of, maxName))
	}
	if err != nil {
		return "", err
	}
	root := rootOf(a)
	if root != a.ID {
		if a, err = t.Article(ctx, root); err != nil {
			return "", err
		}
	}
	switch {
	case root == id:
		return "", claims.Invalid("copy_of", "family.itself")
	case a.Erased:
		return "", claims.Invalid("copy_of", "family.erased")
	case id == "":
		return root, nil
	}
	copies := 0
	err = t.SeeAll(func() error {
		all, err := t.CopiesOf(ctx, id)
		copies = len(all)
		return err
	})
	if err == nil && copies > 0 {
		err = claims.Invalid("copy_of", "family.has_copies", copies)
	}
	return root, err
}

// keepsCopies refuses an undoing that would make copies of copies.
func (t *tx) keepsCopies(ctx context.Context, a claims.Article) error {
	if a.CopyOf == "" {
		return nil
	}
	root, err := t.original(ctx, a.ID, a.CopyOf)
	if err == nil && root == a.CopyOf {
		return nil
	}
	if err == nil || claims.KindOf(err) == claims.KindInvalid {
		err = claims.Refuse(claims.KindConflict, "undo.changed_since", "copy_of")
	}
	return err
}

// coverOf says what became of the sentences of a text, by the claims that stand in it.
func coverOf(a claims.Article, s claims.Snapshot, rows []claims.ClaimRow, here []Here, skips []claims.Skip) claims.Coverage {
	var standing []claims.Claim
	for _, row := range rows {
		if row.Snapshot == s.N {
			standing = append(standing, row.Claim)
		}
	}
	for _, h := range standIn(here, rows, s.N) {
		c := h.Claim
		c.Fragments = h.Fragments
		standing = append(standing, c)
	}
	return claims.Covered(extract.Sentences(s.Text, a.Language), standing, skips)
}
