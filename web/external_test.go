package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

func TestChecksPublishedElsewhereByFormAndByProgram(t *testing.T) {
	s := newSite(t)
	c := s.published(s.listed("La Junta anunció ayudas", "La Junta"), "true", "")
	at, public := "/claims/"+c.ID, "/c/"+c.ID
	b := s.signIn(claims.RoleChecker)
	if page := page200(t, b.open(at)); page.Text("#external") == "" || s.get(public).Code != http.StatusOK {
		t.Fatal("the claim's page has no place for checks elsewhere")
	}
	w := b.post(at+"/external", url.Values{"url": {"javascript:alert(1)"}, "title": {hostile}, "outlet": {"El Faro"}})
	if w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), "<script>alert") || !strings.Contains(w.Body.String(), "El Faro") {
		t.Fatalf("no address: %d, or what was typed is lost or runs", w.Code)
	}
	form := url.Values{"url": {"https://faro.test/cotejo"}, "title": {"El agua, a cotejo"}, "outlet": {"El Faro"}, "published": {"2025-10-29"}}
	if to := ledTo(t, b.post(at+"/external", form)); to != at+"#external" {
		t.Errorf("led to %s", to)
	}
	if w := b.post(at+"/external", form); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "stands on the claim already") {
		t.Errorf("the same twice: %d", w.Code)
	}
	page := page200(t, s.get(public))
	if page.Attr(`.citing a[href="https://faro.test/cotejo"]`, "rel") != "external" || !strings.Contains(page.Text(".citing"), "El Faro") {
		t.Errorf("readers see %q", page.Text(".citing"))
	}
	if body := s.get(public + "@1").Body.String(); strings.Contains(body, "faro.test/cotejo") {
		t.Error("it stands in a version of its own time")
	}
	var data publicJSON
	if err := json.Unmarshal(s.get(public+".json").Body.Bytes(), &data); err != nil || len(data.CitedIn) != 1 || data.CitedIn[0].Outlet != "El Faro" || data.CitedIn[0].URL != "https://faro.test/cotejo" {
		t.Errorf("%+v, %v", data.CitedIn, err)
	}

	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	list := answer[struct{ Items []externalJSON }](t, p.call(http.MethodGet, at+"/external-checks", nil), http.StatusOK)
	if len(list.Items) != 1 || list.Items[0].Link != claims.LinkUnknown {
		t.Fatalf("%+v", list)
	}
	one := "/external-checks/" + list.Items[0].ID
	edited := answer[externalJSON](t, p.call(http.MethodPatch, one, map[string]any{"title": "Otro título", "published": nil}, "If-Match", etagOf(1)), http.StatusOK)
	if edited.Title != "Otro título" || edited.Outlet != "El Faro" || edited.Published != nil {
		t.Errorf("%+v", edited)
	}
	if w := p.call(http.MethodPatch, one, map[string]any{"title": "x"}, "If-Match", etagOf(1)); w.Code != http.StatusPreconditionFailed {
		t.Errorf("stale: %d", w.Code)
	}
	if !strings.Contains(s.get(public).Body.String(), "Otro título") {
		t.Error("the public page is out of date")
	}
	other := answer[externalJSON](t, p.call(http.MethodPost, at+"/external-checks", map[string]any{"url": "https://otro.test/x"}), http.StatusCreated)
	if w := p.call(http.MethodDelete, "/external-checks/"+other.ID, nil, "If-Match", etagOf(other.Version)); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}

	answer[jobJSON](t, p.call(http.MethodPost, one+"/look", nil), http.StatusAccepted)
	s.work()
	if seen := answer[externalJSON](t, p.call(http.MethodGet, one, nil), http.StatusOK); seen.Link != claims.LinkMissing || seen.AskedAt == nil {
		t.Errorf("%+v", seen)
	}
	if strings.Contains(s.get(public).Body.String(), "faro.test/cotejo") {
		t.Error("readers are sent to a page that does not link")
	}
	xid := list.Items[0].ID
	ledTo(t, b.post(at+"/external/"+xid+"/look", url.Values{}))
	if page := page200(t, b.open(at)); page.Text("#external .badge.bad") == "" {
		t.Errorf("%q", page.Text("#external"))
	}
	if w := b.post("/claims/"+s.newClaim(articleQuote).ID+"/external/"+xid+"/delete", url.Values{"version": {"2"}}); w.Code != http.StatusNotFound {
		t.Errorf("under another claim: %d", w.Code)
	}
	ledTo(t, b.post(at+"/external/"+xid+"/delete", url.Values{"version": {"2"}}))
	if left := answer[struct{ Items []externalJSON }](t, p.call(http.MethodGet, at+"/external-checks", nil), http.StatusOK); len(left.Items) != 0 {
		t.Errorf("%+v", left)
	}
}
