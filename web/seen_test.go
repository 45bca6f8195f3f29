package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// An open page that names the last event it has seen is sent what happened since.
func TestWhatAnOpenPageHasIsNotSentAgain(t *testing.T) {
	s := newSite(t)
	first, second := s.newClaim(articleQuote), s.newClaim("La Junta anunció ayudas")
	path := "/articles/" + s.article.ID
	b := s.signIn(claims.RoleChecker)
	seq := page200(t, b.open(path)).Attr("#live", "data-seq")
	open := func(since string) *htmlcheck.Page {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set(sinceHeader, since)
		return page200(t, b.send(r))
	}
	same := func(since string) (cards, whole, paragraphs int) {
		t.Helper()
		page := open(since)
		return page.Count("#cards > [data-same]"), page.Count("#cards > .claim"), page.Count("#text > [data-same]")
	}
	all := page200(t, b.open(path)).Count("#cards > .claim")
	if cards, whole, paragraphs := same(seq); cards != all || whole != 0 || paragraphs == 0 {
		t.Errorf("nothing happened: %d of %d are left out, %d sent, %d paragraphs left out", cards, all, whole, paragraphs)
	}
	s.move(claims.RoleChecker, first, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissTrivial)})
	if cards, whole, _ := same(seq); whole == 0 || cards+whole != all || cards == 0 {
		t.Errorf("one is dismissed: %d are left out, %d sent", cards, whole)
	}
	if page := open(seq); page.Count("#k-"+first.ID+"[data-state=dismissed]") != 1 || page.Count("#k-"+second.ID+"[data-same]") != 1 {
		t.Error("the wrong one is sent")
	}
	for _, since := range []string{"", "0", "-1", "x"} {
		if cards, whole, _ := same(since); cards != 0 || whole != all {
			t.Errorf("since %q: %d are left out", since, cards)
		}
	}
	seq = page200(t, b.open(path)).Attr("#live", "data-seq")
	s.setHouse(func(h *claims.Settings) { h.Newsroom = "Another desk" })
	if cards, whole, _ := same(seq); cards != 0 || whole != all {
		t.Errorf("the desk was set otherwise: %d are left out, %d sent", cards, whole)
	}
	seq = page200(t, b.open(path)).Attr("#live", "data-seq")
	s.newClaim("familias")
	if cards, whole, _ := same(seq); cards != 0 || whole != all+1 {
		t.Errorf("one was added: %d are left out, %d sent", cards, whole)
	}
}
