package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

func TestFiltersAreSavedByFormAndByProgram(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleEditor)
	w := b.open("/claims?state=open&tag=&cursor=")
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	query := page.Attr(`form[action="/claims/filters"] input[name="query"]`, "value")
	to := ledTo(t, b.post("/claims/filters", url.Values{"name": {hostile}, "query": {query}, "shared": {"1"}}))
	if to != "/claims?state=open" {
		t.Fatalf("led to %s", to)
	}
	w = b.open(to)
	page = page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	if page.Count(".saved-list a[aria-current]") != 1 || page.Count(`form[action="/claims/filters"]`) != 0 {
		t.Error("what was saved is not shown as such")
	}
	other := s.signIn(claims.RoleChecker)
	page = page200(t, other.open(to))
	if page.Count(".saved-list a") != 1 || page.Count(".saved-list form") != 0 {
		t.Error("a shared filter is not there for others, or theirs to delete")
	}
	ledTo(t, b.post(page200(t, b.open(to)).Attr(".saved-list form", "action"), url.Values{}))
	ledTo(t, b.post(page200(t, b.open("/claims")).Attr(".flashes form", "action"), url.Values{}))
	p := s.program(claims.RoleEditor, claims.ScopeWrite)
	got := answer[filterPage](t, p.call(http.MethodGet, "/filters", nil), 200)
	if len(got.Items) != 1 || got.Items[0].Query != "state=open" {
		t.Fatalf("after the undoing: %+v", got)
	}
	if w := p.call(http.MethodDelete, "/filters/"+got.Items[0].ID, nil); w.Code != http.StatusNoContent {
		t.Errorf("delete: %d %s", w.Code, w.Body)
	}
	one := answer[filterJSON](t, p.call(http.MethodPost, "/filters", map[string]any{"name": "x", "query": "tag=agua"}), http.StatusCreated)
	if one.URL != baseURL+"/claims?tag=agua" {
		t.Errorf("%+v", one)
	}
}

// TestARefusedFilterKeepsWhatWasTyped, over the list that it was to keep.
func TestARefusedFilterKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleEditor)
	ledTo(t, b.post("/claims/filters", url.Values{"name": {"Agua"}, "query": {"tag=agua"}}))
	for _, name := range []string{"agua", "", strings.Repeat("x", 300)} {
		w := b.post("/claims/filters", url.Values{"name": {name}, "query": {"state=open"}, "shared": {"1"}})
		if w.Code != http.StatusUnprocessableEntity {
			t.Fatalf("%.10q: %d", name, w.Code)
		}
		page := htmlcheck.Parse(t, w.Body.String())
		keepsTheRules(t, page, w.Body.String(), "en")
		form := `form[action="/claims/filters"]`
		if page.Attr(form+` [name="name"]`, "value") != name || page.Count(form+` [name="shared"][checked]`) != 1 || page.Attr(form+` [name="query"]`, "value") != "state=open" {
			t.Errorf("%.10q: what was typed is gone", name)
		}
		if page.Count("details[open] #problems") != 1 || page.Count(`[name="name"][aria-invalid]`) != 1 {
			t.Errorf("%.10q: not said what is wrong", name)
		}
	}
	if w := b.post("/claims/filters", url.Values{"name": {"x"}, "query": {"state=burnt"}}); w.Code != http.StatusSeeOther && w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a filter that is none: %d", w.Code)
	}
}

type filterPage = page[filterJSON]
