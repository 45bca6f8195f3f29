package workflow

import (
	"context"
	"slices"
	"strings"

	"cotejo/claims"
)

// mayPatchArticle asks policy about both parts of the patch.
func (t *tx) mayPatchArticle(p ArticlePatch) error {
	limits := p.Restricted != nil || p.Readers != nil
	if p.content() || !limits {
		if err := t.may(claims.ActArticleEdit); err != nil {
			return err
		}
	}
	if limits {
		return t.may(claims.ActArticleRestrict)
	}
	return nil
}

// Audience says who may know of what is taken in: everybody or, where it is
// Restricted, its Readers (ids or sign-in names; the actor where there are none) and
// admins.
type Audience struct {
	Restricted bool     `json:"restricted,omitempty"`
	Readers    []string `json:"readers,omitempty"`
}

// confine puts an audience on an article that is being taken in, before anybody else
// can have seen it, and gives the audience with its readers' ids.
func (t *tx) confine(ctx context.Context, a *claims.Article, to Audience) (Audience, error) {
	if !to.Restricted {
		return Audience{}, nil
	}
	if err := t.may(claims.ActArticleConfine); err != nil {
		return Audience{}, err
	}
	p := ArticlePatch{Restricted: &to.Restricted}
	if len(to.Readers) > 0 {
		p.Readers = &to.Readers
	}
	err := t.restrict(ctx, a, p)
	return Audience{Restricted: true, Readers: a.Readers}, err
}

// restrict puts on an article what the patch says of who may see it.
func (t *tx) restrict(ctx context.Context, a *claims.Article, p ArticlePatch) error {
	if p.Restricted == nil && p.Readers == nil {
		return nil
	}
	set(&a.Restricted, p.Restricted)
	set(&a.Readers, p.Readers)
	if !a.Restricted {
		a.Readers = []string{}
		return nil
	}
	if len(a.Readers) == 0 && p.Readers == nil {
		a.Readers = []string{t.actor.ID}
	}
	var err error
	if a.Readers, err = t.namedReaders(ctx, a.Readers, "restrict.readers_missing"); err != nil {
		return err
	}
	return t.leavesNobodyOut(ctx, *a)
}

// leavesNobodyOut refuses a restriction by which its maker, or somebody who holds
// one of the article's claims, would no longer see what they work on.
func (t *tx) leavesNobodyOut(ctx context.Context, a claims.Article) error {
	if !a.Restricted {
		return nil
	}
	if !a.ShownTo(claims.Person{ID: t.actor.ID, Role: t.actor.Role}) {
		return claims.Invalid("readers", "restrict.yourself")
	}
	people, err := everyone(ctx, t)
	if err != nil {
		return err
	}
	var out []string
	err = t.EachClaim(ctx, claims.ClaimFilter{Article: a.ID, States: append(slices.Clone(claims.Held), claims.StateSubmitted)}, func(row claims.ClaimRow) error {
		if p, ok := people[row.Assignee]; ok && !a.ShownTo(p) && !slices.Contains(out, p.Name) {
			out = append(out, p.Name)
		}
		return nil
	})
	if err != nil || len(out) == 0 {
		return err
	}
	slices.Sort(out)
	return claims.Invalid("readers", "restrict.holds", strings.Join(out, ", "))
}

// claimShownTo reports whether a person may know of a claim.
func (t *tx) claimShownTo(ctx context.Context, claim string, p claims.Person) (bool, error) {
	c, err := t.Claim(ctx, claim)
	if err != nil {
		return false, err
	}
	a, err := t.Article(ctx, c.Article)
	return a.ShownTo(p), err
}
