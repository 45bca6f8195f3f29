package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// TestTheQueueLeadsFromClaimToClaim, by plain forms.
func TestTheQueueLeadsFromClaimToClaim(t *testing.T) {
	s := newSite(t)
	first, second := s.newClaim(articleQuote), s.newClaim("La Junta anunció ayudas")
	b := s.signIn(claims.RoleChecker)
	page := page200(t, b.open("/queue"))
	shown := first
	if page.Attr(".queue-head .id", "href") != "/claims/"+first.ID {
		shown, second = second, first
	}
	if page.Count("form[action='/queue/take']") != 1 || page.Count("#verdict") != 0 {
		t.Fatal("what nobody has taken up cannot be taken up, or be judged")
	}
	ledTo(t, b.post("/queue/take", url.Values{}))
	page = page200(t, b.open("/queue"))
	action := page.Attr("#verdict button[formaction]", "formaction")
	if action != "/queue/"+shown.ID+"/submit" {
		t.Fatalf("submit leads to %q", action)
	}
	form := url.Values{"version": {page.Attr("#verdict input[name=version]", "value")}, "back": {"/queue"}, "content": {"true"}, "rationale": {""}}
	w := b.post(action, form)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `class="queue-claim"`) {
		t.Fatalf("half a verdict: %d", w.Code)
	}
	if left := pageWith(t, w, w.Code).Text(".page-head p"); left != page.Text(".page-head p") || left == "" {
		t.Errorf("half a verdict changes how many wait: %q", left)
	}
	form.Set("rationale", "Contado en el padrón.")
	if to := ledTo(t, b.post(action, form)); to != "/queue" {
		t.Errorf("led to %s", to)
	}
	if got := s.kept(shown.ID); got.State != claims.StateSubmitted {
		t.Errorf("%s", got.State)
	}
	page = page200(t, b.open("/queue"))
	if page.Attr(".queue-head .id", "href") != "/claims/"+second.ID || s.kept(second.ID).State != claims.StateInCheck {
		t.Error("the next claim was not taken up")
	}
	if page.Count(".flashes form") != 1 {
		t.Fatal("what was submitted cannot be taken back from the message")
	}
	ledTo(t, b.post(page.Attr(".flashes form", "action"), url.Values{"back": {"/queue"}}))
	if got := s.kept(shown.ID); got.State != claims.StateInCheck {
		t.Errorf("the message took something else back: %s is %s", shown.ID, got.State)
	}
	if w := s.signIn(claims.RoleContributor).open("/queue"); w.Code != http.StatusForbidden {
		t.Errorf("a contributor: %d", w.Code)
	}
}

func TestContactsByFormAndByProgram(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleChecker)
	w := b.post("/claims/"+c.ID+"/contacts", url.Values{"whom": {hostile}, "question": {""}, "deadline": {"2025-11-01"}})
	if w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), "<script>alert") || !strings.Contains(w.Body.String(), "2025-11-01") {
		t.Fatalf("no question: %d, or what was typed is lost or runs", w.Code)
	}
	ledTo(t, b.post("/claims/"+c.ID+"/contacts", url.Values{"whom": {"Alcaldía"}, "means": {"phone"}, "question": {"¿Cuántas?"}, "deadline": {"2025-10-01"}}))
	page := page200(t, b.open("/claims/"+c.ID))
	if !strings.Contains(page.Text("#contacts .badge.bad"), "1 October 2025") {
		t.Errorf("a missed deadline reads %q", page.Text("#contacts"))
	}
	if desk := page200(t, b.open("/")); desk.Count("#pending li") != 1 {
		t.Error("the deadline is not on the desk")
	}
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	list := answer[struct{ Items []contactJSON }](t, p.call(http.MethodGet, "/claims/"+c.ID+"/contacts", nil), http.StatusOK)
	k := list.Items[0]
	path := "/claims/" + c.ID + "/contacts/" + k.ID
	body := map[string]any{"whom": k.Whom, "question": k.Question, "answer": "Doce."}
	if w := p.call(http.MethodPut, path, body); w.Code != http.StatusPreconditionRequired {
		t.Errorf("without a version: %d", w.Code)
	}
	got := answer[contactJSON](t, p.call(http.MethodPut, path, body, "If-Match", etagOf(k.Version)), http.StatusOK)
	if got.AnsweredAt == nil || got.Version != 2 {
		t.Errorf("%+v", got)
	}
	if w := p.call(http.MethodPut, path, body, "If-Match", etagOf(k.Version)); w.Code != http.StatusPreconditionFailed {
		t.Errorf("stale: %d", w.Code)
	}
	form := url.Values{"version": {"2"}, "whom": {"Alcaldía"}, "question": {"¿Cuántas?"}, "answer": {"Doce."}, "public": {"La alcaldía dice doce."}}
	ledTo(t, b.post("/claims/"+c.ID+"/contacts/"+k.ID, form))
	s.published(s.kept(c.ID), "true", "")
	if page := page200(t, s.get("/c/"+c.ID)); !strings.Contains(page.Text("main"), "La alcaldía dice doce.") || strings.Contains(page.Text("main"), "¿Cuántas?") {
		t.Error("the public page does not print the sentence, or prints the question")
	}
	if _, err := s.desk.AddContact(t.Context(), s.actor(claims.RoleContributor), c.ID, workflow.ContactInput{}); claims.KindOf(err) != claims.KindNotAllowed {
		t.Errorf("a contributor: %v", err)
	}
}
