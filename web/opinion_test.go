package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// withheldWord stands in the proposed rationale and in the line for the public, nowhere else.
const withheldWord = "xochimilca"

// proposed is a claim that ana handed in, judged misleading, on a desk that
// withholds what was proposed.
func (s *site) proposed(quote string) claims.Claim {
	s.t.Helper()
	s.setHouse(func(set *claims.Settings) { set.Blind = claims.Block })
	c := s.move(claims.RoleChecker, s.newClaim(quote), workflow.MoveInput{To: claims.StateInCheck})
	c, err := s.desk.Judge(s.t.Context(), s.actor(claims.RoleChecker), c.ID, c.Version, workflow.VerdictInput{
		Content: "misleading", Attribution: "accurate", Rationale: "La " + withheldWord + " lo desmiente.", WhatIsTrue: "Lo dijo la " + withheldWord + ".",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateSubmitted})
}

// TestAProposalIsReadNowhereBeforeOnesOwnOpinion walks every route as those who
// are asked for an opinion, and looks for the proposal by its words.
func TestAProposalIsReadNowhereBeforeOnesOwnOpinion(t *testing.T) {
	w := newWalk(t)
	c := w.proposed("El embalse de Riaño está al 31 %")
	link := claims.Attribution{Mode: claims.ModeDirect, Sources: []claims.Link{{Source: w.params["sources/:id"], Name: "Confederación del Duero", Kind: claims.KindOrganization}}}
	back := w.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
	back, err := w.desk.EditClaim(t.Context(), w.actor(claims.RoleChecker), back.ID, back.Version, workflow.ClaimPatch{Attributions: &[]claims.Attribution{link}})
	if err != nil {
		t.Fatal(err)
	}
	c = w.move(claims.RoleChecker, back, workflow.MoveInput{To: claims.StateSubmitted})
	w.params["claims/:id"], w.params["queue/:id"] = c.ID, c.ID
	silent := func(what string, role claims.Role, got *httptest.ResponseRecorder) {
		t.Helper()
		body := strings.ToLower(got.Body.String())
		if at := strings.Index(body, withheldWord); at >= 0 {
			t.Errorf("%s tells %q: …%s…", what, role, body[max(0, at-200):at+20])
		}
	}
	for _, r := range w.server.index {
		for _, role := range []claims.Role{claims.RoleEditor, claims.RoleAdmin} {
			silent(r.method+" "+w.path(t, r.path), role, w.ask(t, r, role))
		}
	}
	if got := w.kept(c.ID); got.State != claims.StateSubmitted || got.Version != c.Version {
		t.Fatalf("the walk moved the claim: %s", got.State)
	}
	telling := []string{"/search?q=WORD", "/claims?q=WORD", "/claims?verdict=misleading"}
	for _, role := range []claims.Role{claims.RoleEditor, claims.RoleAdmin} {
		b := &browser{site: w.site, cookie: w.cookieOf(t, role)}
		for _, path := range []string{"/history?claim=" + c.ID, "/claims?order=updated", "/claims?state=submitted", "/export/verdicts.csv?raw=1", "/search?q=riano", "/stats", "/inbox", "/"} {
			silent(path, role, b.open(path))
		}
		p := w.program(role, claims.ScopeRead)
		for _, path := range append(telling, "/claims?q=nada+WORD", "/claims?q=riano+WORD") {
			path = strings.ReplaceAll(path, "WORD", withheldWord)
			if got := p.call(http.MethodGet, path, nil); strings.Contains(got.Body.String(), c.ID) {
				t.Errorf("%s tells %s: %s", path, role, got.Body)
			}
			if strings.HasPrefix(path, "/search") && strings.Contains(b.open(path).Body.String(), c.ID) {
				t.Errorf("the page %s tells %s", path, role)
			}
		}
		for _, path := range []string{"/search?q=riano", "/claims?q=riano", "/search?q=" + c.ID} {
			if got := p.call(http.MethodGet, path, nil); !strings.Contains(got.Body.String(), c.ID) {
				t.Errorf("%s no longer finds what is open: %s", path, got.Body)
			}
		}
		got := answer[claimJSON](t, p.call(http.MethodGet, "/claims/"+c.ID, nil), http.StatusOK)
		if got.Verdict != nil || !got.Withheld {
			t.Errorf("the API gives %s %+v", role, got.Verdict)
		}
		v, err := w.desk.Source(t.Context(), w.actor(role), w.params["sources/:id"])
		if err != nil || v.Record.Said != 1 || v.Record.Verdicts["misleading"] != 0 || v.Record.Verdicts[""] != 1 {
			t.Errorf("the record of the source tells %s: %+v (%v)", role, v.Record, err)
		}
	}
	for _, path := range telling { // its author finds it by all of these
		path = strings.ReplaceAll(path, "WORD", withheldWord)
		if got := w.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodGet, path, nil); !strings.Contains(got.Body.String(), c.ID) {
			t.Errorf("%s does not find it for its author: %s", path, got.Body)
		}
	}
	if use, err := w.desk.StepUses(t.Context(), w.actor(claims.RoleAdmin)); err != nil || len(use[claims.LayerContent]["misleading"].Claims) != 0 {
		t.Errorf("the scale tells where a step is used: %+v (%v)", use, err)
	}
}

// TestAReviewerJudgesBeforeSeeing and then compares, on the page.
func TestAReviewerJudgesBeforeSeeing(t *testing.T) {
	s := newSite(t)
	c := s.proposed(articleQuote)
	b := s.signIn(claims.RoleEditor)
	body := b.open("/claims/" + c.ID)
	page := page200(t, body)
	keepsTheRules(t, page, body.Body.String(), "en")
	if page.Count("#opinion form") != 2 || page.Count("#verdict") != 0 || page.Count(`#opinion input[name="content"][checked]`) != 0 || page.Count(`#moves form input[value="approved"]`) != 0 {
		t.Fatalf("the page is not blind: %s", page.Text("main"))
	}
	if page.Count(`.claim-head a[href="#opinion"], a.badge[href="#opinion"]`) != 1 {
		t.Error("the head does not say that an opinion is awaited")
	}
	if text := page200(t, b.open("/claims?state=submitted")).Text("main"); !strings.Contains(text, "Awaits your opinion") {
		t.Errorf("the list says %q", text)
	}
	form := url.Values{"version": {seen(c)}, "note": {"mi nota " + hostile}}
	w := b.post("/claims/"+c.ID+"/opinions", form)
	page = htmlcheck.Parse(t, w.Body.String())
	if w.Code != http.StatusUnprocessableEntity || page.Raw("#f-opinion textarea") != "mi nota "+hostile || page.Count("#f-opinion [aria-invalid=true]")+page.Count("#f-opinion .wrong") == 0 {
		t.Fatalf("without a step: %d %s", w.Code, page.Text("#opinion"))
	}
	w = b.post("/claims/"+c.ID+"/opinions", url.Values{"version": {seen(c)}, "waive": {"yes"}})
	if page = htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnprocessableEntity || page.Count("#opinion details[open]") != 1 {
		t.Fatalf("looking without a reason: %d", w.Code)
	}
	form.Set("content", "true")
	form.Set("attribution", "accurate")
	ledTo(t, b.post("/claims/"+c.ID+"/opinions", form))
	body = b.open("/claims/" + c.ID)
	page = page200(t, body)
	keepsTheRules(t, page, body.Body.String(), "en")
	if page.Count("#opinion") != 0 || !strings.Contains(page.Text("#moves .reconcile"), withheldWord) || !strings.Contains(page.Text("#moves .reconcile"), "mi nota") {
		t.Fatalf("nothing to reconcile: %s", page.Text("#moves"))
	}
	if text := page.Text("#reviews"); !strings.Contains(text, "Second opinion") || !strings.Contains(text, "other than proposed") {
		t.Errorf("the reviews read %q", text)
	}
	move := url.Values{"version": {seen(c)}, "to": {"approved"}}
	if w := b.post("/claims/"+c.ID+"/move", move); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("adopted without a reason: %d", w.Code)
	}
	move.Set("reason", "La tabla me convence.")
	ledTo(t, b.post("/claims/"+c.ID+"/move", move))
	page = page200(t, b.open("/stats"))
	if text := page.Text("#agreement"); !strings.Contains(text, "1 opinion counts") || page.Count("#agreement .agreement-layer") != 1 && page.Count("#agreement .agreement-layer") != 2 {
		t.Errorf("the numbers say %q", text)
	}
}

func TestAnOpinionThatAgreesIsOneStep(t *testing.T) {
	s := newSite(t)
	c := s.proposed(articleQuote)
	p := s.program(claims.RoleEditor, claims.ScopeWrite)
	path := "/claims/" + c.ID + "/opinions"
	if got := answer[page[opinionJSON]](t, p.call(http.MethodGet, path, nil), http.StatusOK); len(got.Items) != 0 {
		t.Errorf("%+v", got)
	}
	o := answer[opinionJSON](t, p.call(http.MethodPost, path, map[string]any{"content": "misleading", "attribution": "accurate"}, "If-Match", etagOf(c.Version)), http.StatusCreated)
	if o.Agrees == nil || !*o.Agrees || !o.Withheld {
		t.Errorf("%+v", o)
	}
	page := page200(t, s.signIn(claims.RoleEditor).open("/claims/"+c.ID))
	if page.Count("#moves .agrees") != 1 || page.Count("#moves .reconcile") != 0 {
		t.Error("agreement asks for more")
	}
	if got := s.program(claims.RoleChecker, claims.ScopeWrite).call(http.MethodPost, path, map[string]any{"content": "true"}, "If-Match", etagOf(c.Version)); got.Code != http.StatusForbidden {
		t.Errorf("its author gives a second opinion: %d", got.Code)
	}
	got := answer[agreementJSON](t, p.call(http.MethodGet, "/stats/agreement", nil), http.StatusOK)
	if got.Opinions != 1 || got.Content.Agreed != 1 || got.Content.Kappa != nil {
		t.Errorf("%+v", got)
	}
}
