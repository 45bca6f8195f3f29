package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims"
)

// TestManyClaimsByForms goes from the list by the preview to the deed and back.
func TestManyClaimsByForms(t *testing.T) {
	s := newSite(t)
	first, second := s.newClaim(articleQuote), s.newClaim("La Junta anunció ayudas")
	b := s.signIn(claims.RoleChecker)
	page := page200(t, b.open("/claims?state=open"))
	picks := page.Attrs(`input[form="bulk"][name="claim"]`, "value")
	if len(picks) < 2 || page.Attr("#bulk input[name=back]", "value") != "/claims?state=open" {
		t.Fatalf("the list offers %v", picks)
	}
	w := b.post("/claims/bulk", url.Values{"step": {"choose"}, "act": {"dismiss"}, "claim": picks, "back": {"/claims?state=open"}})
	keepsTheRules(t, page200(t, w), w.Body.String(), "en")
	form := url.Values{"step": {"do"}, "act": {"dismiss"}, "reason": {"trivial"}, "claim": picks, "back": {"/claims?state=open"}}
	w = b.post("/claims/bulk", form) // nothing was shown yet, so nothing is done
	page = page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	if page.Count("#changed li") != len(picks) || s.kept(first.ID).State != claims.StateOpen {
		t.Fatalf("a preview of %d: %s", page.Count("#changed li"), s.kept(first.ID).State)
	}
	form["seen"] = page.Attrs("input[name=seen]", "value")
	if to := ledTo(t, b.post("/claims/bulk", form)); to != "/claims?state=open" || s.kept(second.ID).State != claims.StateDismissed {
		t.Fatalf("led to %s, %s", to, s.kept(second.ID).State)
	}
	undo := page200(t, b.open("/claims")).Attr(".flashes form", "action")
	ledTo(t, b.post(undo, url.Values{"back": {"/claims"}}))
	if got := s.kept(second.ID); got.State != claims.StateOpen || got.Dismissed != nil {
		t.Errorf("after the undoing: %s", got.State)
	}
	w = b.post("/claims/bulk", form)
	if page = page200(t, w); page.Count("#refused li") != len(picks) || page.Count("#refused .wrong") != len(picks) {
		t.Errorf("stale versions: %s", w.Body)
	}
	keepsTheRules(t, page, w.Body.String(), "en")
	for name, form := range map[string]url.Values{
		"nothing chosen": {"step": {"do"}, "act": {"open"}}, "no such act": {"act": {hostile}, "claim": picks},
		"no version": {"act": {"open"}, "claim": {first.ID}}, "no reason": {"step": {"preview"}, "act": {"dismiss"}, "claim": picks},
		"foreign list": {"act": {"open"}, "all": {"1"}, "back": {"/claims?state=burnt"}},
	} {
		if w := b.post("/claims/bulk", form); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	w = b.post("/claims/bulk", url.Values{"step": {"preview"}, "act": {"take"}, "all": {"1"}, "back": {"/claims?state=open"}})
	if page200(t, w).Count("#changed li") != len(picks) {
		t.Errorf("all of the list: %s", w.Body)
	}
	if n := page200(t, s.signIn(claims.RoleContributor).open("/claims")).Count("#bulk"); n != 0 {
		t.Error("a contributor is offered bulk acts")
	}
}

func TestManyClaimsByProgram(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	list := []map[string]any{{"id": strings.ToLower(claims.ShowID(c.ID)), "version": c.Version}, {"id": c.ID + "X", "version": 1}}
	got := answer[bulkJSON](t, p.call(http.MethodPost, "/claims/bulk", map[string]any{"claims": list, "act": "take", "dry_run": true}), 200)
	if got.Event != nil || got.Changed != 1 || got.Items[0].State != claims.StateInCheck || got.Items[1].Refused == nil || got.Items[1].Refused.Status != http.StatusNotFound {
		t.Errorf("a preview: %+v", got)
	}
	got = answer[bulkJSON](t, p.call(http.MethodPost, "/claims/bulk", map[string]any{"claims": list, "act": "take"}), 200)
	if got.Event == nil || got.Items[0].Version != s.kept(c.ID).Version || s.kept(c.ID).State != claims.StateInCheck {
		t.Fatalf("%+v", got)
	}
	if w := p.call(http.MethodPost, "/events/"+*got.Event+"/undo", map[string]any{}); w.Code >= 300 {
		t.Errorf("undo: %d %s", w.Code, w.Body)
	}
	if s.kept(c.ID).State != claims.StateOpen {
		t.Error("not taken back: " + strconv.Itoa(int(s.kept(c.ID).Version)))
	}
	if w := p.call(http.MethodPost, "/claims/bulk", map[string]any{"claims": list, "act": "approve"}); w.Code != http.StatusForbidden {
		t.Errorf("a checker approves: %d", w.Code)
	}
}
