package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

func TestTheBookmarkletOpensTheFormAndNoMore(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	if page := page200(t, ana.open("/articles/new")); page.Count(`a[href="/articles/bookmarklet"]`) != 1 || page.Count(`[name="note"]`) != 0 {
		t.Error("nothing leads to the bookmark")
	}
	w := ana.open("/articles/bookmarklet")
	page := page200(t, w)
	code := page.Attr("#bookmarklet", "href")
	if !strings.HasPrefix(code, "javascript:(function(){") || !strings.Contains(code, `"http://desk.test/articles/new"`) || page.Raw(`textarea[name="code"]`) != code {
		t.Errorf("%s", code)
	}
	if policy := w.Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "script-src 'self'") {
		t.Errorf("%s", policy)
	}
	before, _, err := s.desk.Events(t.Context(), s.actor(claims.RoleAdmin), claims.EventFilter{Before: 1 << 40, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	at := "/articles/new?url=" + url.QueryEscape("https://faro.test/presa") + "&note=" + url.QueryEscape("La presa está al 18 %")
	if to := ledTo(t, s.get(at)); !strings.HasPrefix(to, "/login?next=") || !strings.Contains(to, "note%3D") {
		t.Errorf("whoever is not signed in is led to %s", to)
	}
	page = page200(t, ana.open(at))
	if page.Attr(`input[name="url"]`, "value") != "https://faro.test/presa" || page.Raw(`textarea[name="note"]`) != "La presa está al 18 %" {
		t.Errorf("%s", page.Text("main"))
	}
	after, _, err := s.desk.Events(t.Context(), s.actor(claims.RoleAdmin), claims.EventFilter{Before: 1 << 40, Limit: 1})
	if err != nil || after[0].Seq != before[0].Seq {
		t.Error("opening the form did something")
	}
	form := url.Values{"url": {"https://faro.test/presa"}, "note": {"La presa está al 18 %"}, "fetch": {"1"}}
	job := ledTo(t, ana.post("/articles/new", form))
	s.work()
	page = page200(t, ana.open(ledTo(t, ana.open(job))))
	if page.Raw(`textarea[name="note"]`) != "La presa está al 18 %" {
		t.Error("what was selected is lost by the fetch")
	}
	form = url.Values{"job": {page.Attr(`input[name="job"]`, "value")}, "url": {"https://faro.test/presa"}, "note": {"La presa está al 18 %"}, "title": {"La presa"}, "language": {"es"}}
	article := ledTo(t, ana.post("/articles/new", form))
	if !strings.Contains(article, "?quote=La+presa") || !strings.HasSuffix(article, "#add") {
		t.Errorf("it leads to %s", article)
	}
	page = page200(t, ana.open(strings.TrimSuffix(article, "#add")))
	if page.Count("#add[open]") != 1 || page.Raw(`#add textarea[name="quote"]`) != "La presa está al 18 %" {
		t.Errorf("%s", page.Text("#add"))
	}
	cris := s.signIn(claims.RoleContributor)
	pageWith(t, cris.open("/articles/bookmarklet"), http.StatusForbidden)
}

// TestTheBookmarkletOfAnOddAddress: whatever the desk's address is, it stays a text in
// the code.
func TestTheBookmarkletOfAnOddAddress(t *testing.T) {
	code, err := bookmarklet(`https://desk.test/a"+alert(1)+"<b>%20c/articles/new`)
	if err != nil || strings.Contains(code, `"+alert`) && !strings.Contains(code, `\"+alert`) || strings.Contains(code, "<b>") || !strings.Contains(code, "%2520c") {
		t.Errorf("%s, %v", code, err)
	}
}
