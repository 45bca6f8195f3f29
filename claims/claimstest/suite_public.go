package claimstest

import (
	"fmt"
	"testing"
	"time"

	"cotejo/claims"
)

func runPublications(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	var pubs [4][2]claims.Publication
	for i := range pubs {
		c := PutClaim(t, store, a.ID, nil)
		for n := range pubs[i] {
			p := NewPublication(c.ID, n+1)
			p.PublishedAt = Start.Add(time.Duration(10*n-i/2) * time.Hour)
			if n == 1 {
				p.Effect, p.Notice = claims.EffectVerdict, "cambió"
			}
			Write(t, store, func(w claims.Writer) error { return w.CreatePublication(ctx, p) })
			pubs[i][n] = p
		}
	}
	first := pubs[0][0].Claim
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "publication twice", claims.KindConflict, w.CreatePublication(ctx, NewPublication(first, 2)))
		wantKind(t, "publication with a gap", claims.KindConflict, w.CreatePublication(ctx, NewPublication(first, 4)))
		return nil
	})
	refused(t, store, "publication of no claim", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreatePublication(ctx, NewPublication("000000", 1))
	})
	Read(t, store, func(r claims.Reader) error {
		for n, want := range map[int]claims.Publication{0: pubs[0][1], 1: pubs[0][0], 2: pubs[0][1]} {
			got, err := r.Publication(ctx, first, n)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprintf("publication %d", n), want, got)
		}
		all, err := r.Publications(ctx, first)
		equal(t, "publications, oldest first", pubs[0][:], all)
		return err
	})
	missing(t, store, "publication 9", func(r claims.Reader) error { _, err := r.Publication(ctx, first, 9); return err })
	equal(t, "newest publications", []string{pubs[1][1].Claim, first, pubs[3][1].Claim, pubs[2][1].Claim}, newestPublications(t, store))

	withdrawal := claims.Withdrawal{By: "P2", At: Start.Add(time.Hour), Reason: "No era así"}
	Write(t, store, func(w claims.Writer) error {
		wantKind(t, "withdrawal of nothing", claims.KindNotFound, w.WithdrawPublications(ctx, "000000", withdrawal))
		return w.WithdrawPublications(ctx, first, withdrawal)
	})
	equal(t, "corrections", []string{pubs[1][1].Claim + "@2", pubs[3][1].Claim + "@2", pubs[2][1].Claim + "@2", first + "@2"}, corrections(t, store))
	equal(t, "newest publications after a withdrawal", []string{pubs[1][1].Claim, pubs[3][1].Claim, pubs[2][1].Claim}, newestPublications(t, store))
	Read(t, store, func(r claims.Reader) error {
		tombstones, total := 0, 0
		err := r.EachPublication(ctx, func(p claims.Publication) error {
			total++
			if p.Withdrawn != nil {
				equal(t, "tombstone", withdrawal, *p.Withdrawn)
				equal(t, "claim of a tombstone", first, p.Claim)
				tombstones++
			}
			return nil
		})
		equal(t, "publications and tombstones", [2]int{8, 2}, [2]int{total, tombstones})
		return err
	})
}

// newestPublications walks the list in pages of one, two and all, which must agree.
func newestPublications(t *testing.T, store claims.Store) []string {
	t.Helper()
	walk := func(limit int) (ids []string) {
		page := claims.Page{Limit: limit}
		for range 20 {
			Read(t, store, func(r claims.Reader) error {
				pubs, next, err := r.NewestPublications(t.Context(), claims.PublicationFilter{Page: page})
				for _, p := range pubs {
					equal(t, "version", 2, p.N)
					ids = append(ids, p.Claim)
				}
				page.Cursor = next
				return err
			})
			if page.Cursor == "" {
				return ids
			}
		}
		t.Fatal("pages do not end")
		return nil
	}
	all := walk(0)
	equal(t, "pages of one", all, walk(1))
	equal(t, "pages of two", all, walk(2))
	return all
}

// corrections walks them in pages of one and all, which must agree.
func corrections(t *testing.T, store claims.Store) []string {
	t.Helper()
	walk := func(limit int) (told []string) {
		page := claims.Page{Limit: limit}
		for range 20 {
			Read(t, store, func(r claims.Reader) error {
				pubs, next, err := r.CorrectedPublications(t.Context(), page)
				for _, p := range pubs {
					told = append(told, fmt.Sprintf("%s@%d", p.Claim, p.N))
				}
				page.Cursor = next
				return err
			})
			if page.Cursor == "" {
				return told
			}
		}
		t.Fatal("pages do not end")
		return nil
	}
	all := walk(0)
	equal(t, "pages of one correction", all, walk(1))
	return all
}

func runChecks(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	cited, other := PutClaim(t, store, a.ID, nil), PutClaim(t, store, a.ID, nil)
	var checks []claims.Check
	for i := range 3 {
		c := NewCheck(fmt.Sprintf("puente-%d", i))
		c.CreatedAt = Start.Add(time.Duration(i) * time.Hour)
		Write(t, store, func(w claims.Writer) error { return w.CreateCheck(ctx, &c) })
		checks = append(checks, c)
	}
	Write(t, store, func(w claims.Writer) error {
		twin := NewCheck("puente-0")
		wantKind(t, "taken slug", claims.KindConflict, w.CreateCheck(ctx, &twin))
		renamed := checks[1]
		renamed.Slug = "puente-0"
		wantKind(t, "rename to a taken slug", claims.KindConflict, w.UpdateCheck(ctx, &renamed))
		ghost := NewCheck("ghost")
		wantKind(t, "update of no check", claims.KindNotFound, w.UpdateCheck(ctx, &ghost))
		stale := checks[1]
		stale.Version = 9
		wantKind(t, "stale check", claims.KindStale, w.UpdateCheck(ctx, &stale))
		return nil
	})
	missing(t, store, "unknown slug", func(r claims.Reader) error { _, err := r.Check(ctx, "nothing"); return err })
	missing(t, store, "unpublished check", func(r claims.Reader) error { _, err := r.CheckPublication(ctx, checks[0].ID, 0); return err })
	Read(t, store, func(r claims.Reader) error {
		first, next, err := r.Checks(ctx, claims.Page{Limit: 2})
		if err != nil {
			return err
		}
		rest, end, err := r.Checks(ctx, claims.Page{Limit: 2, Cursor: next})
		equal(t, "checks, newest first", []claims.Check{checks[2], checks[1], checks[0]}, append(first, rest...))
		equal(t, "end of the list", "", end)
		return err
	})
	Write(t, store, func(w claims.Writer) error {
		draft := NewCheck("borrador")
		if err := w.CreateCheck(ctx, &draft); err != nil {
			return err
		}
		return w.DeleteCheck(ctx, draft.ID)
	})
	missing(t, store, "a draft that was taken away", func(r claims.Reader) error { _, err := r.Check(ctx, "borrador"); return err })
	// Check 0 cites the claim no longer, check 1 does, check 2 is withdrawn.
	publish(t, store, &checks[0], 1, claims.CheckPublished, cited.ID)
	publish(t, store, &checks[0], 2, claims.CheckPublished, other.ID)
	last := publish(t, store, &checks[1], 1, claims.CheckPublished, other.ID, cited.ID)
	publish(t, store, &checks[2], 1, claims.CheckWithdrawn, cited.ID)
	Read(t, store, func(r claims.Reader) error {
		citing, err := r.ChecksCiting(ctx, cited.ID)
		if err != nil {
			return err
		}
		equal(t, "checks that cite a claim", []claims.CheckPublication{last}, citing)
		standing, next, err := r.PublishedChecks(ctx, claims.Page{Limit: 1})
		if err != nil {
			return err
		}
		rest, end, err := r.PublishedChecks(ctx, claims.Page{Limit: 1, Cursor: next})
		if err != nil {
			return err
		}
		var got []string
		for _, p := range append(standing, rest...) {
			got = append(got, fmt.Sprintf("%s@%d", p.Slug, p.N))
		}
		equal(t, "published checks, newest first", []string{"puente-0@2", "puente-1@1"}, got)
		equal(t, "end of the list", "", end)
		old, err := r.CheckPublication(ctx, checks[0].ID, 1)
		equal(t, "claims of an old version", []string{cited.ID}, old.Claims)
		return err
	})
}

// publish freezes version n of a check and moves it to a state.
func publish(t *testing.T, store claims.Store, c *claims.Check, n int, state claims.CheckState, cited ...string) claims.CheckPublication {
	t.Helper()
	p := claims.CheckPublication{Check: c.ID, N: n, Slug: c.Slug, Title: c.Title, Summary: c.Summary, Body: c.Body, Language: c.Language,
		Authors: c.Authors, Claims: cited, ClaimVersions: map[string]int{}, PublishedBy: "P2", PublishedAt: Start.Add(time.Duration(n) * time.Hour)}
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateCheckPublication(t.Context(), p); err != nil {
			return err
		}
		wantKind(t, "version of a check twice", claims.KindConflict, w.CreateCheckPublication(t.Context(), p))
		c.State, c.Published = state, n
		if state == claims.CheckWithdrawn {
			c.Withdrawn = &claims.Withdrawal{By: "P2", At: p.PublishedAt, Reason: "x"}
		}
		return w.UpdateCheck(t.Context(), c)
	})
	return p
}

func runSettings(t *testing.T, store claims.Store) {
	ctx := t.Context()
	Read(t, store, func(r claims.Reader) error {
		settings, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		equal(t, "settings of a new desk", claims.DefaultSettings(), settings)
		for _, version := range []int64{0, 1} {
			scale, err := r.Scale(ctx, version)
			if err != nil {
				return err
			}
			equal(t, "scale of a new desk", claims.DefaultScale(), scale)
		}
		return nil
	})
	missing(t, store, "unknown scale", func(r claims.Reader) error { _, err := r.Scale(ctx, 2); return err })
	settings := claims.Settings{Newsroom: "La Cotejería", NewsroomURL: "https://x.test", SameAs: []string{"https://y.test"}, Language: "es", SingleReview: true}
	scale := claims.DefaultScale()
	scale.Content = scale.Content[:2]
	for range 2 {
		Write(t, store, func(w claims.Writer) error { return w.PutSettings(ctx, settings) })
		settings.CheckersApprove = true
	}
	Write(t, store, func(w claims.Writer) error { return w.CreateScale(ctx, &scale) })
	equal(t, "version of a new scale", int64(2), scale.Version)
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		equal(t, "settings", settings, got)
		for version, want := range map[int64]claims.Scale{0: scale, 1: claims.DefaultScale(), 2: scale} {
			got, err := r.Scale(ctx, version)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprintf("scale %d", version), want, got)
		}
		all, err := r.Scales(ctx)
		equal(t, "every scale", claims.Scales{claims.DefaultScale(), scale}, all)
		return err
	})
	runStepUse(t, store)
}

// runStepUse looks for steps in present verdicts and in what the public reads.
func runStepUse(t *testing.T, store claims.Store) {
	ctx := t.Context()
	article := PutArticle(t, store, "Pasos").ID
	judged := func(state claims.State, content, attribution string) claims.Claim {
		return PutClaim(t, store, article, func(c *claims.Claim) {
			c.State, c.Verdict = state, &claims.Verdict{Content: content, Attribution: attribution, Scale: 1, ChangedBy: "P1", ChangedAt: Start}
		})
	}
	shown := func(c claims.Claim, content string, withdrawn bool) {
		p := claims.Publication{Claim: c.ID, N: 1, Document: []byte(`{"verdict":{"attribution":null,"content":{"code":"` + content + `"}}}`),
			SHA256: Hash(c.ID), PublishedBy: "P2", ApprovedBy: "P2", PublishedAt: Start}
		c.PublishedVersion = 1
		Write(t, store, func(w claims.Writer) error {
			if err := w.CreatePublication(ctx, p); err != nil {
				return err
			}
			if withdrawn {
				if err := w.WithdrawPublications(ctx, c.ID, claims.Withdrawal{By: "P2", At: Start, Reason: "x"}); err != nil {
					return err
				}
			}
			return w.UpdateClaim(ctx, &c)
		})
	}
	present := []claims.Claim{judged(claims.StateInCheck, "so_so", "heard"), judged(claims.StateApproved, "so_so", "")}
	anew := judged(claims.StateInCheck, "so_sure", "heard")
	shown(anew, "so_so", false)
	shown(judged(claims.StateWithdrawn, "so_sure", ""), "so_so", true)
	other := judged(claims.StateInCheck, "heard", "so_so")
	shown(other, "soXso", false)
	Read(t, store, func(r claims.Reader) error {
		for _, one := range []struct {
			layer claims.Layer
			code  string
			limit int
			want  claims.StepUse
		}{
			{claims.LayerContent, "so_so", 5, claims.StepUse{Claims: []string{present[0].ID, present[1].ID, anew.ID}, Total: 3}},
			{claims.LayerContent, "so_so", 1, claims.StepUse{Claims: []string{present[0].ID}, Total: 3}},
			{claims.LayerAttribution, "heard", 5, claims.StepUse{Claims: []string{present[0].ID, anew.ID}, Total: 2}},
			{claims.LayerAttribution, "so_so", 5, claims.StepUse{Claims: []string{other.ID}, Total: 1}},
			{claims.LayerContent, "nowhere", 5, claims.StepUse{}},
		} {
			got, err := r.StepUse(ctx, one.layer, one.code, one.limit)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprintf("use of %s %s", one.layer, one.code), one.want, got)
		}
		return nil
	})
}
