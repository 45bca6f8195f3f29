package db

import (
	"context"

	"cotejo/claims"
)

// outsider is somebody from whom restricted articles are hidden: the pattern of
// their id in lists of readers. "" hides nothing.
type outsider string

// hiddenArticles are those that an outsider may not know of.
const hiddenArticles = `SELECT x.id FROM articles x WHERE x.restricted AND x.readers NOT LIKE ? ESCAPE '\'`

// HideFrom implements claims.Reader.
func (r *reader) HideFrom(ctx context.Context, person string) error {
	r.outsider = ""
	o := outsider(`%"` + likeEscaper.Replace(person) + `"%`)
	var w where
	any, err := r.exists(ctx, "SELECT x.id FROM articles x WHERE x.restricted AND x.readers NOT LIKE "+w.arg(string(o))+` ESCAPE '\' LIMIT 1`, w.args...)
	if !any && err == nil {
		any, err = r.exists(ctx, `SELECT id FROM jobs WHERE readers <> '[]' AND readers NOT LIKE $1 ESCAPE '\' LIMIT 1`, string(o))
	}
	if any {
		r.outsider = o
	}
	return err
}

// SeeAll implements claims.Reader.
func (r *reader) SeeAll(fn func() error) error {
	defer r.seeAll()()
	return fn()
}

// seeAll lets the store see everything until what it gives is called: what is
// derived from rows does not depend on who is there.
func (r *reader) seeAll() func() {
	o := r.outsider
	r.outsider = ""
	return func() { r.outsider = o }
}

// articles leaves hidden articles out, by the column that names them.
func (o outsider) articles(w *where, column string) {
	if o != "" {
		w.add(column+" NOT IN ("+hiddenArticles+")", string(o))
	}
}

// claims leaves out claims of hidden articles, by the column that names them.
func (o outsider) claims(w *where, column string) {
	if o != "" {
		w.add(column+" NOT IN (SELECT y.id FROM claims y WHERE y.article IN ("+hiddenArticles+"))", string(o))
	}
}

// jobs leaves out those that are for others.
func (o outsider) jobs(w *where) {
	o.articles(w, "article")
	if o != "" {
		w.add(`(readers = '[]' OR readers LIKE ? ESCAPE '\')`, string(o))
	}
}

// hidesJob reports whether a job is not to be known of.
func (r *reader) hidesJob(ctx context.Context, j claims.Job) (bool, error) {
	if hidden, err := r.hides(ctx, j.Article); hidden || err != nil || r.outsider == "" || len(j.Readers) == 0 {
		return hidden, err
	}
	return r.exists(ctx, `SELECT 1 FROM jobs WHERE id = $1 AND readers NOT LIKE $2 ESCAPE '\'`, j.ID, string(r.outsider))
}

// hides reports whether an article is not to be known of.
func (r *reader) hides(ctx context.Context, article string) (bool, error) {
	if r.outsider == "" {
		return false, nil
	}
	return r.exists(ctx, `SELECT 1 FROM articles WHERE id = $1 AND restricted AND readers NOT LIKE $2 ESCAPE '\'`, article, string(r.outsider))
}

// hidesClaim reports whether a claim is not to be known of.
func (r *reader) hidesClaim(ctx context.Context, claim string) (bool, error) {
	if r.outsider == "" {
		return false, nil
	}
	return r.exists(ctx, `SELECT 1 FROM claims c JOIN articles a ON a.id = c.article WHERE c.id = $1 AND a.restricted AND a.readers NOT LIKE $2 ESCAPE '\'`,
		claim, string(r.outsider))
}

// known gives v, unless it is hidden: then there is no such thing.
func known[T any](v T, hidden bool, err error, noun, id string) (T, error) {
	if err != nil || hidden {
		var none T
		if err == nil {
			err = claims.NotFound(noun, id)
		}
		return none, err
	}
	return v, nil
}

// partsOfClaim reads what hangs on a claim; nothing where the claim is hidden.
func partsOfClaim[T any](ctx context.Context, r *reader, scan func(scanner) (T, error), claim, query string) ([]T, error) {
	if hidden, err := r.hidesClaim(ctx, claim); hidden || err != nil {
		return nil, err
	}
	return queryAll(ctx, r, scan, query, claim)
}
