package db

import (
	"context"

	"cotejo/claims/text"
)

// NearArticles implements claims.ArticleReader.
func (r *reader) NearArticles(ctx context.Context, bands []int64, limit int) ([]string, error) {
	if len(bands) == 0 {
		return nil, nil
	}
	var w where
	list := ""
	for i, band := range bands {
		if i > 0 {
			list += ", "
		}
		list += w.arg(band)
	}
	w.conditions = append(w.conditions, "b.band IN ("+list+")")
	r.outsider.articles(&w, "b.article")
	return queryAll(ctx, r, value[string], "SELECT b.article FROM search_bands b"+w.String()+
		" GROUP BY b.article ORDER BY COUNT(*) DESC, b.article LIMIT "+w.arg(limit), w.args...)
}

// ArticlesAt implements claims.ArticleReader.
func (r *reader) ArticlesAt(ctx context.Context, address string) ([]string, error) {
	if address == "" {
		return nil, nil
	}
	var w where
	w.add("(a.url = ? OR a.canonical_url = ?)", address, address)
	r.outsider.articles(&w, "a.id")
	return queryAll(ctx, r, value[string], "SELECT a.id FROM articles a"+w.String()+" ORDER BY a.created_at, a.id LIMIT 20", w.args...)
}

// putBands writes what near copies of an article's text find it by.
func (w *writer) putBands(ctx context.Context, article, words string) error {
	if _, err := w.execExempt(ctx, "DELETE FROM search_bands WHERE article = $1", article); err != nil {
		return err
	}
	for _, band := range text.Bands(words) {
		if _, err := w.execExempt(ctx, insertInto("search_bands", "band, article"), band, article); err != nil {
			return err
		}
	}
	return nil
}
