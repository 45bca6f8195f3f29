package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

func TestAnInviteFromTheFirstFormToTheDesk(t *testing.T) {
	s := newSite(t)
	eva := s.signIn(claims.RoleAdmin)
	wrong := pageWith(t, eva.post("/people/invites", url.Values{"role": {"editor"}, "name": {"Nora Vidal"}, "days": {"400"}}), http.StatusUnprocessableEntity)
	if wrong.Attr("#f-name-invite", "value") != "Nora Vidal" || wrong.Count(`#problems a[href="#f-days-invite"]`) != 1 || wrong.Count("#invite-link") != 0 {
		t.Error("what is wrong with an invite is not said beside its form")
	}
	made := page200(t, eva.post("/people/invites", url.Values{"role": {"editor"}, "display": {"Nora Vidal"}, "days": {"3"}}))
	link := made.Text("#invite-link")
	path, ok := strings.CutPrefix(link, baseURL)
	if !ok || !strings.HasPrefix(path, "/invite/") || made.Text("#invites li strong") != "Nora Vidal" {
		t.Fatalf("the link is %q", link)
	}
	if strings.Contains(eva.open("/people").Body.String(), path) {
		t.Error("the link is shown a second time")
	}
	own := page200(t, eva.open(path))
	if own.Count("main form") != 0 || own.Count("main .notice.warn") != 1 {
		t.Error("somebody signed in is offered the account of another")
	}

	nora := &browser{site: s}
	w := nora.open(path)
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	if page.Attr("#f-display", "value") != "Nora Vidal" || !strings.Contains(page.Text("main"), "editor") || nora.cookie != nil {
		t.Errorf("the page says %q", page.Text("main"))
	}
	form := url.Values{"name": {"nora"}, "display": {"Nora V."}, "password": {password}, "repeat": {"another one"}, "language": {"es"}}
	again := pageWith(t, nora.post(path, form), http.StatusUnprocessableEntity)
	if again.Attr("#f-name", "value") != "nora" || again.Text("#e-repeat") == "" || strings.Contains(nora.post(path, form).Body.String(), password) {
		t.Error("what was typed is lost, or the password comes back")
	}
	form.Set("repeat", password)
	form.Set("name", "luis")
	pageWith(t, nora.post(path, form), http.StatusConflict)
	form.Set("name", "nora")
	if w := nora.post(path, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if page := page200(t, nora.open("/account")); page.Attr("html", "lang") != "es" || !strings.Contains(page.Text(".page-head"), "Nora V.") {
		t.Error("she is not signed in as herself")
	}
	if w := nora.open("/checks/new"); w.Code != http.StatusOK {
		t.Errorf("she is no editor: %d", w.Code)
	}
	for _, w := range []*htmlcheck.Page{pageWith(t, s.get(path), http.StatusGone), pageWith(t, (&browser{site: s}).post(path, form), http.StatusGone)} {
		if !strings.Contains(w.Text(".error-detail"), "already") {
			t.Errorf("a used link says %q", w.Text("main"))
		}
	}
	if log := s.log.String(); strings.Contains(log, strings.TrimPrefix(path, "/invite/")) || !strings.Contains(log, "/invite/…") {
		t.Error("the log holds the token")
	}
}

func TestLinksThatOpenNothingExplainThemselves(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	make := func(days int) (string, claims.Invite) {
		token, invite, err := s.desk.CreateInvite(ctx, s.actor(claims.RoleAdmin), workflow.NewInvite{Role: claims.RoleChecker, Days: days})
		if err != nil {
			t.Fatal(err)
		}
		return "/invite/" + token, invite
	}
	late, _ := make(1)
	revoked, invite := make(7)
	ledTo(t, s.signIn(claims.RoleAdmin).post("/people/invites/"+invite.ID+"/revoke", nil))
	s.clock.Advance(25 * time.Hour)
	for path, want := range map[string]struct {
		status int
		says   string
	}{late: {http.StatusGone, "expired"}, revoked: {http.StatusGone, "taken back"}, "/invite/nothing": {http.StatusNotFound, "no such"}} {
		w := s.get(path)
		page := pageWith(t, w, want.status)
		keepsTheRules(t, page, w.Body.String(), "en")
		if !strings.Contains(page.Text(".error-detail"), want.says) || page.Count(`main a[href="/login"]`) != 1 {
			t.Errorf("%s says %q", path, page.Text("main"))
		}
	}
}

func TestAdminsSignOthersOut(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	ledTo(t, s.signIn(claims.RoleAdmin).post("/people/"+s.people[claims.RoleChecker].ID+"/sign-out", nil))
	if w := ana.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("she is still in: %d", w.Code)
	}
}

func TestInvitesOverTheAPI(t *testing.T) {
	s := newSite(t)
	p := s.program(claims.RoleAdmin, claims.ScopeWrite)
	made := answer[inviteJSON](t, p.call(http.MethodPost, "/invites", map[string]any{"role": "checker", "name": "nora"}), http.StatusCreated)
	if !strings.HasPrefix(made.Link, baseURL+"/invite/") || made.State != claims.InviteOpen {
		t.Errorf("made %+v", made)
	}
	list := answer[page[inviteJSON]](t, p.call(http.MethodGet, "/invites", nil), http.StatusOK)
	if len(list.Items) != 1 || list.Items[0].ID != made.ID || list.Items[0].Link != "" {
		t.Errorf("listed %+v", list.Items)
	}
	if w := p.call(http.MethodDelete, "/invites/"+made.ID, nil); w.Code != http.StatusNoContent {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if w := s.get(strings.TrimPrefix(made.Link, baseURL)); w.Code != http.StatusGone {
		t.Errorf("a revoked link opens: %d", w.Code)
	}
	answer[problem](t, p.call(http.MethodPost, "/invites", map[string]any{"role": "boss"}), http.StatusUnprocessableEntity)
	ana := s.people[claims.RoleChecker]
	b := s.signIn(claims.RoleChecker)
	if w := p.call(http.MethodDelete, "/users/"+ana.ID+"/sessions", nil); w.Code != http.StatusNoContent {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if w := b.open("/help"); w.Code != http.StatusSeeOther {
		t.Errorf("she is still in: %d", w.Code)
	}
}
