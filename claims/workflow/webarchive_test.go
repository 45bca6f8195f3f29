package workflow_test

import (
	"context"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// archivist is a web archive that answers as it is told.
type archivist struct {
	receipt string
	submit  []error // one after the other, then none
	pending int     // so often
	outcome error
	asked   []string
}

func (a *archivist) Submit(_ context.Context, address string) (string, error) {
	a.asked = append(a.asked, address)
	if len(a.submit) > 0 {
		err := a.submit[0]
		a.submit = a.submit[1:]
		return "", err
	}
	return a.receipt, nil
}

func (a *archivist) Outcome(_ context.Context, receipt string) (claims.Archived, error) {
	if a.pending > 0 {
		a.pending--
		return claims.Archived{Pending: true}, nil
	}
	return claims.Archived{Address: "https://archive.test/web/1/" + receipt, At: claimstest.Start}, a.outcome
}

// archiving gives the kit a desk that asks a web archive, and an article with an address.
func (k *kit) archiving(a *archivist) claims.Article {
	k.Helper()
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Fetcher: &web{}, Archivist: a})
	article := k.article()
	article, err := k.EditArticle(k.Context(), k.ana, article.ID, article.Version, workflow.ArticlePatch{URL: ptr("https://news.test/a")})
	if err != nil {
		k.Fatal(err)
	}
	return article
}

// attempt works on the job that waits, as a worker would; false where none does.
func (k *kit) attempt() bool {
	k.Helper()
	j, err := k.LeaseJob(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	if j.ID == "" {
		return false
	}
	if err := k.ArchivePage(k.Context(), j, func(string, int64, int64) {}); err != nil {
		if err := k.FailJob(k.Context(), j, err); err != nil {
			k.Fatal(err)
		}
	}
	return true
}

func (k *kit) request(article string) claims.ArchiveRequest {
	k.Helper()
	all, err := k.ArchiveRequests(k.Context(), k.ana, article)
	if err != nil || len(all) == 0 {
		k.Fatal(all, err)
	}
	return all[0]
}

func TestWhatIsSubmittedIsNotArchived(t *testing.T) { onEveryEngine(t, submittedIsNotArchived) }

func submittedIsNotArchived(t *testing.T, k *kit) {
	ctx := t.Context()
	busy := claims.Refuse(claims.KindBusy, "archive.busy", 429)
	w := &archivist{receipt: "r1", submit: []error{busy}, pending: 2}
	a := k.archiving(w)
	q, err := k.AskArchive(ctx, k.ana, a.ID)
	if err != nil || q.State != claims.ArchiveAsked {
		t.Fatal(q, err)
	}
	again, err := k.AskArchive(ctx, k.bea, a.ID)
	if err != nil || again.ID != q.ID {
		t.Errorf("asked twice: %+v, %v", again, err)
	}
	var states []claims.ArchiveState
	pauses := 0
	for range 20 {
		if k.attempt() {
			states = append(states, k.request(a.ID).State)
		} else {
			pauses++
			k.clock.Advance(10 * time.Second)
		}
		if k.request(a.ID).State.Settled() {
			break
		}
	}
	want := []claims.ArchiveState{claims.ArchiveAsked, claims.ArchiveSubmitted, claims.ArchiveSubmitted, claims.ArchiveKept}
	if len(states) > 0 && len(states) != len(want) {
		t.Logf("states %v after %d pauses", states, pauses)
	}
	for !k.request(a.ID).State.Settled() {
		k.clock.Advance(time.Hour)
		k.attempt()
	}
	q = k.request(a.ID)
	if q.State != claims.ArchiveKept || q.Address != "https://archive.test/web/1/r1" || q.ArchivedAt == nil || len(w.asked) != 2 || pauses == 0 {
		t.Errorf("%+v, asked %v, %d pauses", q, w.asked, pauses)
	}
	var acts []string
	events, _, err := k.Events(ctx, k.eva, claims.EventFilter{Noun: "archive", NounID: q.ID, Limit: 10})
	for _, e := range events {
		acts = append(acts, e.Act)
	}
	if err != nil || len(acts) != 3 || acts[0] != workflow.ActArchiveAsk || acts[1] != workflow.ActArchiveSubmit || acts[2] != workflow.ActArchiveSettle {
		t.Errorf("%v, %v", acts, err)
	}
	_, err = k.Undo(ctx, k.ana, events[0].ID)
	refused(t, "undone too late", err, claims.KindConflict, "archive.too_late")
	k.sound()
}

func TestArchivesThatSayNo(t *testing.T) {
	for name, test := range map[string]struct {
		w    archivist
		want claims.ArchiveState
		key  string
	}{
		"refused at once":  {archivist{submit: []error{claims.Refuse(claims.KindInvalid, "archive.refused", "blocked")}}, claims.ArchiveRefused, "archive.refused"},
		"refused later":    {archivist{receipt: "r", outcome: claims.Refuse(claims.KindInvalid, "archive.refused", "404")}, claims.ArchiveRefused, "archive.refused"},
		"a wrong key":      {archivist{submit: []error{claims.Refuse(claims.KindConflict, "archive.key", 401)}}, claims.ArchiveFailed, "archive.key"},
		"never ready":      {archivist{receipt: "r", pending: 1000}, claims.ArchiveFailed, "archive.pending"},
		"never a good day": {archivist{receipt: "r", outcome: claims.Refuse(claims.KindBusy, "archive.busy", 503)}, claims.ArchiveFailed, "archive.busy"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			a := k.archiving(&test.w)
			if _, err := k.AskArchive(t.Context(), k.ana, a.ID); err != nil {
				t.Fatal(err)
			}
			for range 20 {
				k.attempt()
				k.clock.Advance(2 * time.Hour)
			}
			if q := k.request(a.ID); q.State != test.want || q.Problem == nil || q.Problem.Key != test.key || q.Address != "" {
				t.Errorf("%+v", q)
			}
			if _, err := k.AskArchive(t.Context(), k.ana, a.ID); err != nil {
				t.Errorf("asked again: %v", err)
			}
		})
	}
}

func TestWhatIsForFewIsToldToNoArchive(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	w := &archivist{receipt: "r"}
	a := k.archiving(w)
	_, err := k.AskArchive(ctx, k.carla, a.ID)
	refused(t, "by a contributor", err, claims.KindNotAllowed)
	q, err := k.AskArchive(ctx, k.ana, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if a, err = k.EditArticle(ctx, k.luis, a.ID, a.Version, workflow.ArticlePatch{Restricted: ptr(true), Readers: &[]string{k.luis.ID, k.ana.ID}}); err != nil {
		t.Fatal(err)
	}
	k.attempt()
	if got := k.request(a.ID); got.ID != q.ID || got.State != claims.ArchiveFailed || len(w.asked) != 0 {
		t.Errorf("%+v, told %v", got, w.asked)
	}
	_, err = k.AskArchive(ctx, k.ana, a.ID)
	refused(t, "a restricted article", err, claims.KindConflict, "archive.restricted")
	_, err = k.ArchiveRequests(ctx, k.bea, a.ID)
	refused(t, "who may not know of it", err, claims.KindNotFound)

	private := k.article()
	private, err = k.EditArticle(ctx, k.ana, private.ID, private.Version, workflow.ArticlePatch{URL: ptr("")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.AskArchive(ctx, k.ana, private.ID)
	refused(t, "without an address", err, claims.KindConflict, "archive.no_url")
	if _, err := k.EditArticle(ctx, k.ana, private.ID, private.Version, workflow.ArticlePatch{URL: ptr("https://private.test/")}); err != nil {
		t.Fatal(err)
	}
	_, err = k.AskArchive(ctx, k.ana, private.ID)
	refused(t, "a private address", err, claims.KindInvalid, "fetch.address")
}

func TestAskingAnArchiveIsUndone(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	w := &archivist{receipt: "r"}
	a := k.archiving(w)
	if _, err := k.AskArchive(ctx, k.ana, a.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Undo(ctx, k.ana, k.lastEvent().ID); err != nil {
		t.Fatal(err)
	}
	if all, err := k.ArchiveRequests(ctx, k.ana, a.ID); err != nil || len(all) != 0 || k.attempt() || len(w.asked) != 0 {
		t.Errorf("%v, %v, told %v", all, err, w.asked)
	}
	k.sound()
}
