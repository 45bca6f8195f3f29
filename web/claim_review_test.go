package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

// setHouse changes the settings as an admin.
func (s *site) setHouse(change func(*claims.Settings)) {
	s.t.Helper()
	now, err := s.desk.Settings(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	change(&now)
	if err := s.desk.EditSettings(s.t.Context(), s.actor(claims.RoleAdmin), now); err != nil {
		s.t.Fatal(err)
	}
}

// TestWhatIsMissingStandsBesideTheButton, in words, on the claim's page and the queue.
func TestWhatIsMissingStandsBesideTheButton(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleChecker)
	ledTo(t, b.post("/queue/take", url.Values{}))
	page := page200(t, b.open("/queue"))
	if text := page.Text("#verdict .lacks"); !strings.Contains(text, "“Misleading” or “False” needs a piece of evidence against") {
		t.Errorf("the queue says %q", text)
	}
	form := url.Values{"version": {seen(s.kept(c.ID))}, "content": {"false"}, "rationale": {"No."}}
	ledTo(t, b.post("/claims/"+c.ID+"/verdict", form))
	page = page200(t, b.open("/claims/"+c.ID))
	if text := page.Text("#moves .lacks"); !strings.Contains(text, "So far: 0 against") || page.Count("#moves form .lacks") != 1 || page.Count("#moves [name=override]") != 0 {
		t.Errorf("advised: %q", text)
	}
	s.setHouse(func(set *claims.Settings) { set.Sufficiency = claims.Block })
	page = page200(t, b.open("/claims/"+c.ID))
	if page.Count("#moves .lacks") != 1 || page.Count(`#moves button[aria-disabled="true"]`) == 0 || page.Count(`#moves form input[value=submitted]`) != 0 {
		t.Error("a checker is led to submit what is blocked")
	}
	e := s.signIn(claims.RoleEditor)
	page = page200(t, e.open("/claims/"+c.ID))
	if page.Count("#moves [name=override]") != 1 {
		t.Fatal("an editor cannot say why")
	}
	move := url.Values{"to": {"submitted"}, "version": {seen(s.kept(c.ID))}}
	w := e.post("/claims/"+c.ID+"/move", move)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `id="f-evidence"`) {
		t.Fatalf("without a reason: %d", w.Code)
	}
	move.Set("override", hostile)
	ledTo(t, e.post("/claims/"+c.ID+"/move", move))
	w = s.signIn(claims.RoleAdmin).open("/claims/" + c.ID)
	if page = page200(t, w); !strings.Contains(page.Text("#reviews .overridden"), hostile) || strings.Contains(w.Body.String(), "<script>alert") {
		t.Errorf("the reviewer reads %q", page.Text("#reviews"))
	}
}

func TestTheChecklistStandsBeforeSignOff(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "true")
	s.setHouse(func(set *claims.Settings) { set.SignOff = claims.Block })
	b := s.signIn(claims.RoleEditor)
	page := page200(t, b.open("/claims/"+c.ID))
	if page.Count("#moves .sign-off input[name=checked]") != 6 {
		t.Fatalf("%d items", page.Count("#moves .sign-off input[name=checked]"))
	}
	form := url.Values{"to": {"approved"}, "version": {seen(c)}, "checked": {"wording", "fair"}}
	w := b.post("/claims/"+c.ID+"/move", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("four open: %d", w.Code)
	}
	if page := htmlcheck.Parse(t, w.Body.String()); page.Count("#moves input[name=checked][checked]") != 2 {
		t.Error("what was ticked is lost")
	}
	form.Set("override", "Sin cifras.")
	ledTo(t, b.post("/claims/"+c.ID+"/move", form))
	page = page200(t, b.open("/claims/"+c.ID))
	if page.Count("#reviews .open-items li") != 4 || !strings.Contains(page.Text("#reviews"), "Sin cifras.") {
		t.Errorf("the review reads %q", page.Text("#reviews"))
	}
	p := s.program(claims.RoleChecker, claims.ScopeRead)
	got := answer[readinessJSON](t, p.call(http.MethodGet, "/claims/"+c.ID+"/review", nil), http.StatusOK)
	if len(got.Reviews) != 1 || len(got.Reviews[0].Checklist) != 6 || got.Reviews[0].Override != "Sin cifras." || len(got.Checklist) != 6 {
		t.Errorf("%+v", got)
	}
}

func TestProgramsTickTheChecklist(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "true")
	s.setHouse(func(set *claims.Settings) { set.SignOff = claims.Block })
	p := s.program(claims.RoleEditor, claims.ScopeWrite)
	body := map[string]any{"to": "approved", "checked": []string{"wording"}}
	w := p.call(http.MethodPost, "/claims/"+c.ID+"/moves", body, "If-Match", etagOf(c.Version))
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "checked") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	body["checked"] = []string{"wording", "source", "evidence", "figures", "contrary", "fair"}
	got := answer[claimJSON](t, p.call(http.MethodPost, "/claims/"+c.ID+"/moves", body, "If-Match", etagOf(c.Version)), http.StatusOK)
	if got.State != claims.StateApproved {
		t.Errorf("%s", got.State)
	}
}

// TestTheRulesOfTheHouseAreSet by form, kept as typed where wrong, and left alone
// by a form that does not speak of them.
func TestTheRulesOfTheHouseAreSet(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleAdmin)
	page := page200(t, b.open("/settings"))
	if page.Count("[name=rule_case]") != 4 || page.Count("[name=item_code]") != 7 || page.Count("[name=item_words_es]") != 7 {
		t.Fatalf("%d rules, %d items", page.Count("[name=rule_case]"), page.Count("[name=item_code]"))
	}
	plain := url.Values{"newsroom": {"Mesa"}, "language": {"es"}}
	ledTo(t, b.post("/settings", plain))
	if now, _ := s.desk.Settings(t.Context()); len(now.Checklist) != 6 || now.SignOff != claims.Advise {
		t.Errorf("a form that does not speak of them changed them: %+v", now)
	}
	form := url.Values{
		"newsroom": {"Mesa"}, "language": {"es"}, "sufficiency": {"block"}, "sign_off": {"advise"},
		"rule_case": {"any", "content", ""}, "rule_steps": {"", "false, misleading", ""}, "rule_primary": {"x", "", ""}, "rule_secondary": {"", "", ""},
		"rule_original": {"", "", ""}, "rule_against": {"", "2", ""},
		"item_code": {"uno", ""}, "item_words_en": {hostile, ""}, "item_words_es": {"Uno", ""},
	}
	w := b.post("/settings", form)
	if w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), "<script>alert") || !strings.Contains(w.Body.String(), "false, misleading") {
		t.Fatalf("a number that is none: %d, or what was typed is lost or runs", w.Code)
	}
	form["rule_primary"][0] = "1"
	ledTo(t, b.post("/settings", form))
	now, _ := s.desk.Settings(t.Context())
	if len(now.EvidenceRules) != 2 || now.EvidenceRules[1].Against != 2 || len(now.EvidenceRules[1].Steps) != 2 || len(now.Checklist) != 1 || now.Sufficiency != claims.Block {
		t.Errorf("%+v", now)
	}
}
