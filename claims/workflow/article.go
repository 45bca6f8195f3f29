package workflow

import (
	"context"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// articleFields is what the history tells of an article.
var articleFields = []field[claims.Article]{
	plain("title", func(a *claims.Article) *string { return &a.Title }),
	plain("outlet", func(a *claims.Article) *string { return &a.Outlet }),
	listed("authors", func(a *claims.Article) *[]string { return &a.Authors }),
	plain("url", func(a *claims.Article) *string { return &a.URL }),
	plain("canonical_url", func(a *claims.Article) *string { return &a.CanonicalURL }),
	dated("published", func(a *claims.Article) **claims.Date { return &a.Published }),
	plain("language", func(a *claims.Article) *string { return &a.Language }),
	plain("restricted", func(a *claims.Article) *bool { return &a.Restricted }),
	listed("readers", func(a *claims.Article) *[]string { return &a.Readers }),
	plain("watch_mode", func(a *claims.Article) *claims.WatchMode { return &a.Watch.Mode }),
	plain("watch_every", func(a *claims.Article) *int { return &a.Watch.Every }),
	plain("watch_days", func(a *claims.Article) *int { return &a.Watch.Days }),
	plain("signed_by", func(a *claims.Article) *string { return &a.SignOff.By }),
	stamped("signed_at", func(a *claims.Article) *time.Time { return &a.SignOff.At }),
	plain("signed_snapshot", func(a *claims.Article) *int { return &a.SignOff.Snapshot }),
	plain("signed_left", func(a *claims.Article) *int { return &a.SignOff.Left }),
	plain("signed_why", func(a *claims.Article) *string { return &a.SignOff.Why }),
	plain("copy_of", func(a *claims.Article) *string { return &a.CopyOf }),
}

// ArticleView is an article with all that its page shows.
type ArticleView struct {
	Article   claims.Article
	Snapshots []claims.Snapshot // oldest first, without Text
	Snapshot  claims.Snapshot   // the newest, with Text
	Claims    []claims.ClaimRow // as they stand in the article
	Here      []Here            // claims of its family that stand in it in the stead of its own
	Original  *claims.Article   // that it is a copy of; nil for none, and for one that the reader may not know of
	Copies    []claims.Article  // of it
	Coverage  claims.Coverage   // of the newest snapshot
	People    map[string]claims.Person
}

// Articles gives a page of the list of articles, newest first.
func (d *Desk) Articles(ctx context.Context, actor claims.Actor, f claims.ArticleFilter) (rows []claims.ArticleRow, next string, err error) {
	f.Page = bounded(f.Page)
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		var wrong faults
		wrong.text("q", f.Query, maxLine)
		if err := wrong.err(); err != nil {
			return err
		}
		rows, next, err = r.Articles(ctx, f)
		return err
	})
	return rows, next, err
}

// Article gives an article with its text and its claims.
func (d *Desk) Article(ctx context.Context, actor claims.Actor, id string) (ArticleView, error) {
	var v ArticleView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		v = ArticleView{}
		if v.Article, err = r.Article(ctx, id); err != nil {
			return err
		}
		if v.Snapshots, err = r.Snapshots(ctx, id); err != nil {
			return err
		}
		if v.Snapshot, err = r.Snapshot(ctx, id, 0); err != nil {
			return err
		}
		if v.Claims, err = claimsIn(ctx, r, id); err != nil {
			return err
		}
		if err := v.readFamily(ctx, r); err != nil {
			return err
		}
		if v.Coverage, err = coverageOf(ctx, r, v.Article, v.Snapshot, v.Claims); err != nil {
			return err
		}
		v.People, err = everyone(ctx, r)
		return err
	})
	return v, err
}

func (v *ArticleView) readFamily(ctx context.Context, r claims.Reader) error {
	others, err := family(ctx, r, v.Article)
	if err != nil {
		return err
	}
	for i, other := range others {
		switch {
		case other.ID == v.Article.CopyOf:
			v.Original = &others[i]
		case other.CopyOf == v.Article.ID:
			v.Copies = append(v.Copies, other)
		}
	}
	here, err := appearing(ctx, r, v.Article, v.Snapshot.Text)
	v.Here = standIn(here, v.Claims, v.Snapshot.N)
	return err
}

// claimsIn gives the claims of an article as they stand in it.
func claimsIn(ctx context.Context, r claims.Reader, article string) (rows []claims.ClaimRow, err error) {
	err = r.EachClaim(ctx, claims.ClaimFilter{Article: article, Order: claims.OrderArticle}, func(row claims.ClaimRow) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// ArticlePatch changes some fields of an article; nil leaves a field as it is,
// and "" clears Published and the URLs.
type ArticlePatch struct {
	Title        *string
	Outlet       *string
	URL          *string
	CanonicalURL *string
	Language     *string
	Published    *string
	Authors      *[]string
	Restricted   *bool
	Readers      *[]string // ids or sign-in names; of a restricted article that names nobody, its editor
}

// content reports whether the patch changes anything but who may see the article.
func (p ArticlePatch) content() bool {
	return p.Title != nil || p.Outlet != nil || p.URL != nil || p.CanonicalURL != nil || p.Language != nil || p.Published != nil || p.Authors != nil
}

// EditArticle changes what is known about an article; its text never changes.
func (d *Desk) EditArticle(ctx context.Context, actor claims.Actor, id string, version int64, p ArticlePatch) (claims.Article, error) {
	var out claims.Article
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := fresh("article", id, version, before.Version); err != nil {
			return err
		}
		if err := t.mayPatchArticle(p); err != nil {
			return err
		}
		if before.Erased {
			return claims.Refuse(claims.KindGone, "article.erased_refused")
		}
		after := before
		if err := p.apply(&after); err != nil {
			return err
		}
		if err := t.restrict(ctx, &after, p); err != nil {
			return err
		}
		changes := diff(articleFields, before, after)
		if out = before; len(changes) == 0 {
			return nil
		}
		after.UpdatedAt = t.now
		if err := t.UpdateArticle(ctx, &after); err != nil {
			return err
		}
		out = after
		act := ActArticleEdit
		if before.Restricted != after.Restricted || !slices.Equal(before.Readers, after.Readers) {
			act = ActArticleLimit
		}
		return t.record(ctx, onArticle(act, after, changes...))
	})
	return out, err
}

// apply puts the patch on an article and refuses what cannot be.
func (p ArticlePatch) apply(a *claims.Article) error {
	var f faults
	line := func(to *string, given *string) {
		if given != nil {
			*to = strings.Join(strings.Fields(*given), " ")
		}
	}
	line(&a.Title, p.Title)
	line(&a.Outlet, p.Outlet)
	line(&a.URL, p.URL)
	line(&a.CanonicalURL, p.CanonicalURL)
	line(&a.Language, p.Language)
	if !p.content() {
		return nil
	}
	f.required("title", a.Title, maxLine)
	f.text("outlet", a.Outlet, maxLine)
	f.link("url", a.URL)
	f.link("canonical_url", a.CanonicalURL)
	f.language("language", &a.Language)
	if p.Published != nil {
		a.Published = f.date("published", *p.Published)
	}
	if p.Authors != nil {
		a.Authors = tidy(*p.Authors)
		f.list("authors", a.Authors, maxAuthors, maxLine)
	}
	return f.err()
}

// language reads an optional language and gives it its ISO 639-1 code.
func (f *faults) language(field string, s *string) {
	if strings.TrimSpace(*s) == "" {
		*s = ""
		return
	}
	code, err := ingest.ParseLanguage(field, *s)
	if err != nil {
		*f = append(*f, fieldsOf(err)...)
		return
	}
	*s = code
}

func onArticle(act string, a claims.Article, changes ...change) entry {
	return entry{act: act, noun: "article", id: a.ID, article: a.ID, changes: changes}
}
