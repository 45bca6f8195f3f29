package workflow_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

const dam = "<html lang=es><head><title>La presa</title></head><body><article><p>Primera noticia del día, que conviene leer entera y con calma.</p>" +
	"<p>El puente costó 15.000 euros, según dijo la alcaldía en un comunicado.</p><p>El río creció dos metros desde el otoño, afirmó Ana Paz ante la prensa.</p>" +
	"<p>Nadie resultó herido en la crecida, que duró tres días y cuatro noches.</p></article></body></html>"

// refetched runs a job for an article's page, as a worker would.
func (k *kit) refetched(article string) (workflow.Refetched, error) {
	k.Helper()
	asked, err := k.AskRefetch(k.Context(), k.ana, article)
	if err != nil {
		k.Fatal(err)
	}
	j, err := k.LeaseJob(k.Context())
	if err != nil || j.ID != asked.ID {
		k.Fatal(j, err)
	}
	if err := k.RefetchArticle(k.Context(), j, func(string, int64, int64) {}); err != nil {
		return workflow.Refetched{}, err
	}
	var out workflow.Refetched
	if j, err = k.Job(k.Context(), k.ana, j.ID); err != nil || j.State != claims.JobDone {
		k.Fatal(j, err)
	}
	if err := json.Unmarshal([]byte(j.Result), &out); err != nil {
		k.Fatal(err)
	}
	return out, nil
}

// fetchedDam takes the page in and adds claims by hand on words of it.
func (k *kit) fetchedDam(w *web, quotes ...string) (claims.Article, []claims.Claim) {
	k.Helper()
	w.body = dam
	k.fetching(w)
	taken, err := k.FetchArticle(k.Context(), k.ana, workflow.PageRequest{Hint: ingest.Hint{URL: "https://faro.test/presa"}})
	if err != nil {
		k.Fatal(err)
	}
	var out []claims.Claim
	for _, q := range quotes {
		c, err := k.AddClaim(k.Context(), k.ana, workflow.NewClaim{Article: taken.Article.ID, Quote: q})
		if err != nil {
			k.Fatal(err)
		}
		out = append(out, c)
	}
	return taken.Article, out
}

func TestRefetchingMovesWhatStandsAsItStood(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx, w := t.Context(), &web{}
		a, list := k.fetchedDam(w, "El puente costó 15.000 euros", "El río creció dos metros")
		bridge, river := list[0], list[1]
		river = k.move(k.luis, k.approved(river), to(claims.StatePublished))

		if got, err := k.refetched(a.ID); err != nil || got.Snapshot != 0 || got.Moved != 0 {
			t.Errorf("the same page: %+v, %v", got, err)
		}
		w.body = strings.Replace(strings.Replace(dam, "dos metros", "tres metros", 1), "Primera noticia", "Última y primera noticia", 1)
		got, err := k.refetched(a.ID)
		if err != nil || got.Snapshot != 2 || got.Changed == 0 {
			t.Fatalf("%+v, %v", got, err)
		}
		v, err := k.Article(ctx, k.ana, a.ID)
		if err != nil || len(v.Snapshots) != 2 || v.Snapshot.RawSHA256 == v.Snapshots[0].RawSHA256 {
			t.Fatalf("%+v, %v", v.Snapshots, err)
		}
		now := k.again(bridge)
		if words, _ := claims.Slice([]rune(v.Snapshot.Text), now.Fragments[0].Span); now.Snapshot != 2 || words != "El puente costó 15.000 euros" || now.Fragments[0].Start == bridge.Fragments[0].Start {
			t.Errorf("snapshot %d, %q at %v", now.Snapshot, words, now.Fragments[0])
		}
		if left := k.again(river); left.Snapshot != 1 || left.Version != river.Version {
			t.Errorf("what changed was moved: %+v", left)
		}
		if acts := k.history(river); !slices.Contains(acts, workflow.ActClaimChanged) {
			t.Errorf("history %v", acts)
		}
		changed, _, err := k.Claims(ctx, k.ana, claims.ClaimFilter{Changed: true, Article: a.ID})
		if err != nil || !slices.ContainsFunc(changed, func(r claims.ClaimRow) bool { return r.ID == river.ID }) || slices.ContainsFunc(changed, func(r claims.ClaimRow) bool { return r.ID == bridge.ID }) {
			t.Errorf("%d changed, %v", len(changed), err)
		}
		box, err := k.Inbox(ctx, k.luis, claims.Page{})
		if err != nil || !slices.ContainsFunc(box.Rows, func(r workflow.InboxRow) bool { return r.Item.Kind == claims.InboxChanged && r.Claim.ID == river.ID }) {
			t.Errorf("the editor was not told: %+v, %v", box.Rows, err)
		}
		k.sound()
	})
}

// TestAPageThatIsKeptBackReplacesNothing: a later refusal is no news of the article.
func TestAPageThatIsKeptBackReplacesNothing(t *testing.T) {
	k, w := newKit(t), &web{}
	a, _ := k.fetchedDam(w)
	w.body = "<html><head><title>App</title><script src=a.js></script></head><body><div id=root></div></body></html>"
	_, err := k.refetched(a.ID)
	refused(t, "a shell", err, claims.KindInvalid, "ingest.page_script")
	if v, err := k.Article(t.Context(), k.ana, a.ID); err != nil || len(v.Snapshots) != 1 {
		t.Errorf("%d snapshots, %v", len(v.Snapshots), err)
	}
	again, err := k.AskRefetch(t.Context(), k.bea, a.ID)
	if err != nil || again.Person != k.ana.ID {
		t.Errorf("asked twice at once: %+v, %v", again, err)
	}
	plain := k.article()
	if _, err := k.AskRefetch(t.Context(), k.carla, plain.ID); claims.KindOf(err) != claims.KindNotAllowed {
		t.Errorf("by a contributor: %v", err)
	}
}
