package workflow_test

import (
	"cotejo/claims"
	"cotejo/claims/workflow"
	"pgregory.net/rapid"
)

// opinion gives a second opinion, blind or not, or asks to go on without.
func (n *newsroom) opinion(r *rapid.T) {
	i, c, seen := n.some(r)
	given := n.opinionsOn(r, c)
	by := n.somebody(r)
	got, err := n.k.GiveOpinion(n.k.Context(), by, c.ID, seen, workflow.OpinionInput{
		Content: rapid.SampledFrom([]string{"true", "false", "", "nonsense"}).Draw(r, "content"), Attribution: "accurate",
		Note: rapid.SampledFrom([]string{"", "Por esto."}).Draw(r, "note"), Waive: rapid.IntRange(0, 3).Draw(r, "waive") == 0,
	})
	n.settle(r, i, c, n.k.again(c), seen, err)
	now := n.opinionsOn(r, c)
	if err != nil {
		if len(now) != len(given) {
			r.Fatalf("an opinion was refused (%v), and yet %d became %d", err, len(given), len(now))
		}
		return
	}
	if c.State != claims.StateSubmitted || claims.OwnWork(by, c) || got.Person != by.ID || len(now) != len(given)+1 {
		r.Fatalf("an opinion of %s on %s, which is %s: %d became %d", got.Person, c.ID, c.State, len(given), len(now))
	}
	for _, o := range given {
		if o.Person == got.Person && o.SubmittedAt.Equal(got.SubmittedAt) {
			r.Fatalf("%s gave two opinions on one submission", got.Person)
		}
	}
}

func (n *newsroom) opinionsOn(r *rapid.T, c claims.Claim) (all []claims.Opinion) {
	err := n.k.store.View(n.k.Context(), func(q claims.Reader) (err error) {
		all, err = q.Opinions(n.k.Context(), c.ID)
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
	return all
}

// document adds a file, or keeps a copy of the page of what is there.
func (n *newsroom) document(r *rapid.T) {
	i, c, seen := n.some(r)
	by := n.somebody(r)
	all, err := n.k.EvidenceOf(n.k.Context(), n.k.eva, []string{c.ID})
	if err != nil {
		r.Fatal(err)
	}
	if len(all[c.ID]) > 0 && rapid.Bool().Draw(r, "copy") {
		_, err = n.k.KeepCopy(n.k.Context(), by, c.ID, rapid.SampledFrom(all[c.ID]).Draw(r, "evidence").ID, seen)
	} else {
		name := rapid.SampledFrom([]string{"a.pdf", "a.png"}).Draw(r, "name")
		_, err = n.k.AddDocument(n.k.Context(), by, c.ID, seen, workflow.EvidenceInput{Upload: &workflow.Upload{Name: name, Data: []byte(somePDF)}})
	}
	n.settle(r, i, c, n.k.again(c), seen, err)
}

// restrict names who may see the article, or opens it to all.
func (n *newsroom) restrict(r *rapid.T) {
	by, ctx := n.somebody(r), n.k.Context()
	view, err := n.k.Article(ctx, n.k.eva, n.claims[0].Article)
	article := view.Article
	if err != nil {
		r.Fatal(err)
	}
	var readers []string
	for _, a := range n.people() {
		if rapid.Bool().Draw(r, a.Name) {
			readers = append(readers, a.ID)
		}
	}
	seen := article.Version - int64(max(0, rapid.IntRange(-4, 1).Draw(r, "stale")))
	got, err := n.k.EditArticle(ctx, by, article.ID, seen, workflow.ArticlePatch{Restricted: ptr(rapid.IntRange(0, 2).Draw(r, "limit") == 0), Readers: &readers})
	if n.refusedOrDone(r, err) && seen != article.Version {
		r.Fatalf("version %d of an article was accepted where %d stood", seen, article.Version)
	}
	n.refresh(r, untouched)
	if err != nil {
		return
	}
	for _, a := range n.people() {
		shown := got.ShownTo(claims.Person{ID: a.ID, Role: a.Role})
		_, err := n.k.Claim(ctx, a, n.claims[0].ID)
		rows, _, e := n.k.Claims(ctx, a, claims.ClaimFilter{Article: got.ID})
		if e != nil || (err == nil) != shown || (len(rows) > 0) != shown {
			r.Fatalf("%s, of whom %v is said: %v, and %d rows", a.Name, shown, err, len(rows))
		}
	}
}

func (n *newsroom) people() []claims.Actor {
	return []claims.Actor{n.k.carla, n.k.ana, n.k.bea, n.k.luis, n.k.olga, n.k.eva}
}
