package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

// The tour shows itself to newcomers on the desk's first page, by forms alone, and each of
// its steps leads to a page that is there.
func TestTheTourGoesThroughFourSteps(t *testing.T) {
	s := newSite(t)
	for _, role := range claims.Roles {
		b := s.signIn(role)
		if page200(t, b.open("/claims")).Count("#tour") != 0 {
			t.Error("the tour stands on another page than the first")
		}
		for step := 1; step <= claims.TourSteps; step++ {
			w := b.open("/")
			page := page200(t, w)
			keepsTheRules(t, page, w.Body.String(), "en")
			if page.Count("#tour .tour-steps li") != claims.TourSteps || page.Count("#tour .tour-steps .done") != step-1 || page.Count("#tour[tabindex='-1']") != 1 {
				t.Fatalf("%s at %d: %s", role, step, page.Text("#tour"))
			}
			for _, path := range page.Attrs("#tour a", "href") {
				if w := b.open(path); w.Code != http.StatusOK {
					t.Errorf("%s at %d: %s answers %d", role, step, path, w.Code)
				}
			}
			next := page.Attrs(`#tour .actions input[name="step"]`, "value")[0]
			want := "/#tour"
			if step == claims.TourSteps {
				want = "/#main"
			}
			if got := ledTo(t, b.post("/account/tour", url.Values{"step": {next}})); got != want {
				t.Errorf("%s at %d leads to %s", role, step, got)
			}
		}
		if page200(t, b.open("/")).Count("#tour") != 0 {
			t.Errorf("%s: the tour does not end", role)
		}
		again := page200(t, b.open("/help")).Attr(`form[action="/account/tour"] input[name="step"]`, "value")
		ledTo(t, b.post("/account/tour", url.Values{"step": {again}}))
		if page := page200(t, b.open("/")); !strings.Contains(page.Text("#tour-n"), "1") {
			t.Errorf("%s: begun again at %s", role, page.Text("#tour-n"))
		}
	}
	b := s.signIn(claims.RoleChecker)
	for _, step := range []string{"-1", "5", "", "x"} {
		if w := b.post("/account/tour", url.Values{"step": {step}}); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("step %q: %d", step, w.Code)
		}
	}
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	if got := answer[tourJSON](t, p.call(http.MethodGet, "/account/tour", nil), 200); got.Step != 1 {
		t.Errorf("by the API: %d", got.Step)
	}
	if got := answer[tourJSON](t, p.call(http.MethodPost, "/account/tour", tourJSON{}), 200); got.Step != 0 || page200(t, b.open("/")).Count("#tour") != 0 {
		t.Errorf("skipped by the API: %d", got.Step)
	}
	if w := p.call(http.MethodPost, "/account/tour", tourJSON{Step: 5}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("step 5 by the API: %d", w.Code)
	}
}
