package claimstest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"cotejo/claims"
)

// NewListed makes publication n of a claim that says of its document where it is listed.
func NewListed(t testing.TB, claim string, n int, at time.Time, d claims.Listed) claims.Publication {
	t.Helper()
	document, err := json.Marshal(map[string]any{
		"id": claim, "version": n, "language": d.Language,
		"claim": map[string]any{"tags": d.Tags, "attributions": []claims.Attribution{{Sources: d.Sources}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return claims.Publication{Claim: claim, N: n, Document: document, SHA256: Hash(string(document)), PublishedBy: "P2", PublishedAt: at}
}

func runTopics(t *testing.T, store claims.Store) {
	ctx := t.Context()
	article := PutArticle(t, store, "Uno")
	acme, other := PutSource(t, store, "Ácme, S. A.", nil), PutSource(t, store, "Acme S.A.", nil)
	november, october := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 31, 23, 59, 59, 0, time.UTC)
	var ids []string
	for _, d := range []struct {
		at time.Time
		claims.Listed
	}{
		{october, claims.Listed{Language: "es", Tags: []string{"Año"}, Sources: []claims.Link{{Source: acme.ID, Name: "Ácme, S. A."}}}},
		{november, claims.Listed{Language: "es", Tags: []string{"año", "ano"}, Sources: []claims.Link{{Source: other.ID, Name: "Acme S.A."}, {Name: "Nadie"}}}},
		{november, claims.Listed{Language: "en", Tags: []string{"C++"}}},
	} {
		c := PutClaim(t, store, article.ID, func(c *claims.Claim) { c.PublishedVersion = 1 })
		Write(t, store, func(w claims.Writer) error { return w.CreatePublication(ctx, NewListed(t, c.ID, 1, d.at, d.Listed)) })
		ids = append(ids, c.ID)
	}
	newest := ids[1:]
	if ids[1] < ids[2] {
		newest = []string{ids[2], ids[1]}
	}
	listed := func(what string, want []string, f claims.ListingFilter) {
		t.Helper()
		equal(t, what, want, listings(t, store, f))
	}
	listed("all", []string{newest[0], newest[1], ids[0]}, claims.ListingFilter{})
	listed("after the first", []string{newest[1], ids[0]}, claims.ListingFilter{After: newest[0]})
	listed("November", newest, claims.ListingFilter{Month: "2026-11"})
	listed("a tag in two notations", []string{ids[1], ids[0]}, claims.ListingFilter{Kind: claims.TopicTag, Slug: "ano"})
	listed("a tag that folds to the same", []string{ids[1]}, claims.ListingFilter{Kind: claims.TopicTag, Slug: "ano-2"})
	listed("a tag in October", []string{ids[0]}, claims.ListingFilter{Kind: claims.TopicTag, Slug: "ano", Month: "2026-10"})
	listed("a language", []string{ids[2]}, claims.ListingFilter{Kind: claims.TopicLanguage, Slug: "en"})
	listed("a source", []string{ids[0]}, claims.ListingFilter{Kind: claims.TopicSource, Slug: "acme-s-a"})
	listed("its namesake", []string{ids[1]}, claims.ListingFilter{Kind: claims.TopicSource, Slug: "acme-s-a-2"})
	missing(t, store, "what comes after a claim of another list", func(r claims.Reader) error {
		_, _, err := r.Listings(ctx, claims.ListingFilter{Kind: claims.TopicLanguage, Slug: "en", After: ids[0]})
		return err
	})
	missing(t, store, "a month that is none", func(r claims.Reader) error {
		_, _, err := r.Listings(ctx, claims.ListingFilter{Month: "2026-13"})
		return err
	})
	missing(t, store, "an unknown topic", func(r claims.Reader) error { _, err := r.Topic(ctx, claims.TopicTag, "nada"); return err })
	equal(t, "tags", []string{"ano año 2", "c C++ 1", "ano-2 ano 1"}, topics(t, store, claims.TopicTag))
	equal(t, "months", []string{"2026-11 2", "2026-10 1"}, months(t, store, claims.TopicAll, ""))
	equal(t, "topics of a claim", []string{"lang es", "source acme-s-a", "tag ano"}, topicsOf(t, store, ids[0]))
	equal(t, "ever published", 3, everPublished(t, store))
	runTopicChanges(t, store, acme, other, ids)
}

// runTopicChanges merges, protects, publishes again, merges claims and withdraws.
func runTopicChanges(t *testing.T, store claims.Store, acme, other claims.Source, ids []string) {
	ctx := t.Context()
	sources := func(what string, want []string) {
		t.Helper()
		equal(t, what, want, topics(t, store, claims.TopicSource))
	}
	update := func(s *claims.Source) {
		t.Helper()
		Write(t, store, func(w claims.Writer) error { return w.UpdateSource(ctx, s) })
	}
	acme.MergedInto = other.ID
	update(&acme)
	sources("sources after a merge", []string{"acme-s-a-2 Acme S.A. 2"})
	Read(t, store, func(r claims.Reader) error {
		led, err := r.Topic(ctx, claims.TopicSource, "acme-s-a")
		equal(t, "where the merged source's list went", "acme-s-a-2", led.Slug)
		return err
	})
	acme.MergedInto = ""
	update(&acme)
	sources("sources after that was taken back", []string{"acme-s-a-2 Acme S.A. 1", "acme-s-a Ácme, S. A. 1"})
	acme.Protected, acme.Readers = true, []string{"P1"}
	update(&acme)
	sources("sources without a protected one", []string{"acme-s-a-2 Acme S.A. 1"})
	equal(t, "topics of its claim", []string{"lang es", "tag ano"}, topicsOf(t, store, ids[0]))
	acme.Protected, acme.Readers = false, nil
	Write(t, store, func(w claims.Writer) error {
		p := NewListed(t, ids[0], 2, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), claims.Listed{Language: "pt-BR", Tags: []string{"Nuevo"}})
		return w.CreatePublication(ctx, p)
	})
	equal(t, "months after another version", []string{"2026-12 1", "2026-11 2"}, months(t, store, claims.TopicAll, ""))
	equal(t, "topics of the other version", []string{"lang pt-br", "tag nuevo"}, topicsOf(t, store, ids[0]))
	var merged claims.Claim
	Read(t, store, func(r claims.Reader) (err error) { merged, err = r.Claim(ctx, ids[1]); return err })
	was := merged.State
	merged.State, merged.Dismissed = claims.StateDismissed, &claims.Dismissal{Reason: claims.DismissDuplicate, Of: ids[0]}
	Write(t, store, func(w claims.Writer) error { return w.UpdateClaim(ctx, &merged) })
	equal(t, "tags without a merged claim", []string{"nuevo Nuevo 1", "c C++ 1"}, topics(t, store, claims.TopicTag))
	merged.State, merged.Dismissed = was, nil
	Write(t, store, func(w claims.Writer) error { return w.UpdateClaim(ctx, &merged) })
	equal(t, "tags with it again", []string{"nuevo Nuevo 1", "c C++ 1", "ano-2 ano 1", "ano año 1"}, topics(t, store, claims.TopicTag))
	Write(t, store, func(w claims.Writer) error { return w.WithdrawPublications(ctx, ids[2], claims.Withdrawal{At: Start}) })
	equal(t, "languages without what was withdrawn", []string{"pt-br pt-BR 1", "es es 1"}, topics(t, store, claims.TopicLanguage))
	equal(t, "topics of what was withdrawn", []string{}, topicsOf(t, store, ids[2]))
	equal(t, "still ever published", 3, everPublished(t, store))
	Read(t, store, func(r claims.Reader) error {
		empty, err := r.Topic(ctx, claims.TopicTag, "c")
		equal(t, "claims of an empty topic", 0, empty.Claims)
		return err
	})
}

// listings walks a list in pages of one and all, which must agree.
func listings(t *testing.T, store claims.Store, f claims.ListingFilter) []string {
	t.Helper()
	walk := func(limit int) (ids []string) {
		f := f
		f.Limit = limit
		for range 20 {
			Read(t, store, func(r claims.Reader) error {
				pubs, next, err := r.Listings(t.Context(), f)
				for _, p := range pubs {
					ids = append(ids, p.Claim)
				}
				f.Cursor, f.After = next, ""
				return err
			})
			if f.Cursor == "" {
				return ids
			}
		}
		t.Fatal("pages do not end")
		return nil
	}
	all := walk(0)
	equal(t, "pages of one", all, walk(1))
	return all
}

func topics(t *testing.T, store claims.Store, kind claims.TopicKind) (out []string) {
	t.Helper()
	page := claims.Page{Limit: 1}
	for range 20 {
		Read(t, store, func(r claims.Reader) error {
			all, next, err := r.Topics(t.Context(), kind, page)
			for _, topic := range all {
				out = append(out, fmt.Sprintf("%s %s %d", topic.Slug, topic.Name, topic.Claims))
			}
			page.Cursor = next
			return err
		})
		if page.Cursor == "" {
			break
		}
	}
	return out
}

func topicsOf(t *testing.T, store claims.Store, claim string) []string {
	t.Helper()
	out := []string{}
	Read(t, store, func(r claims.Reader) error {
		all, err := r.TopicsOf(t.Context(), claim)
		for _, topic := range all {
			out = append(out, string(topic.Kind)+" "+topic.Slug)
		}
		return err
	})
	return out
}

func months(t *testing.T, store claims.Store, kind claims.TopicKind, slug string) (out []string) {
	t.Helper()
	Read(t, store, func(r claims.Reader) error {
		all, err := r.Months(t.Context(), kind, slug)
		for _, m := range all {
			out = append(out, fmt.Sprintf("%s %d", m.Name, m.Claims))
		}
		return err
	})
	return out
}

// everPublished counts them, one at a time.
func everPublished(t *testing.T, store claims.Store) (n int) {
	t.Helper()
	after := ""
	for range 20 {
		done := false
		Read(t, store, func(r claims.Reader) error {
			page, err := r.EverPublished(t.Context(), after, 1)
			if done = len(page) == 0; !done {
				after = page[0].ID
				n++
			}
			return err
		})
		if done {
			break
		}
	}
	return n
}
