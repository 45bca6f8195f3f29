package web

import (
	"net/http"
	"testing"

	"cotejo/claims"
)

// The style guide shows each mark and tone, and is there for developers only.
func TestStyleGuide(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	page := page200(t, b.open("/styleguide"))
	for _, shape := range claims.StepShapes {
		if page.Count(`svg[data-shape="`+shape+`"]`) == 0 {
			t.Errorf("no step looks like %s", shape)
		}
	}
	for _, selector := range []string{".notice.bad .wrong, #problems", "[aria-invalid=true]", "button.primary", "button[disabled]", ".empty", ".badge.machine", ".claim.s-dismissed", ".clash .now-stands", "progress[value]", "progress:not([value])", "[data-scheme=high_dark] .guide-colour"} {
		if page.Count(selector) == 0 {
			t.Errorf("nothing shows %s", selector)
		}
	}
	s.server.dev = false
	if routes := s.server.developerRoutes(); len(routes) != 0 {
		t.Errorf("%d pages for developers without --dev", len(routes))
	}
	plain, err := New(Config{Desk: s.desk, Store: s.store, BaseURL: s.server.base})
	if err != nil {
		t.Fatal(err)
	}
	s.server = plain
	if w := s.signIn(claims.RoleChecker).open("/styleguide"); w.Code != http.StatusNotFound {
		t.Errorf("without --dev: %d", w.Code)
	}
}
