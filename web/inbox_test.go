package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

func TestTheInboxByFormAndByProgram(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleEditor)
	shown := page200(t, b.open("/inbox"))
	if shown.Count(".empty") != 1 || shown.Count(".unread-count") != 0 {
		t.Error("an empty inbox does not say so")
	}
	for _, text := range []string{"@luis mira <b>, @nadie", "@luis otra vez"} {
		ledTo(t, s.signIn(claims.RoleChecker).post("/claims/"+c.ID+"/notes", url.Values{"text": {text}}))
	}
	shown = page200(t, b.open("/claims/"+c.ID))
	if got := shown.Texts("#notes .mention"); len(got) != 2 || got[0] != "@luis" {
		t.Errorf("mentions shown: %q", got)
	}
	shown = page200(t, b.open("/inbox"))
	if n := shown.Count(".inbox > li.unread .badge.new"); n != 2 || !strings.HasPrefix(shown.Texts(".unread-count")[0], "2") {
		t.Errorf("%d unread items, the header says %q", n, shown.Texts(".unread-count"))
	}
	if got := shown.Attr(".inbox .wording a", "href"); got != "/claims/"+c.ID+"#notes" {
		t.Errorf("leads to %q", got)
	}
	if got := shown.Texts(".inbox-what > .row:first-child"); !strings.Contains(got[0], "Ana mentioned you") {
		t.Errorf("says %q", got)
	}
	id := shown.Attr(".inbox input[name=id]", "value")
	ledTo(t, b.post("/inbox/read", url.Values{"id": {id}}))
	if w := s.signIn(claims.RoleChecker).post("/inbox/read", url.Values{"id": {id}}); w.Code != http.StatusNotFound {
		t.Errorf("somebody else's item: %d", w.Code)
	}
	p := s.program(claims.RoleEditor, claims.ScopeWrite)
	list := answer[page[inboxJSON]](t, p.call(http.MethodGet, "/inbox?limit=1", nil), http.StatusOK)
	if len(list.Items) != 1 || list.Next == nil || list.Items[0].ReadAt == nil || *list.Items[0].Actor != s.people[claims.RoleChecker].ID {
		t.Errorf("%+v", list)
	}
	if w := p.call(http.MethodPost, "/inbox/read", map[string]any{}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing named: %d", w.Code)
	}
	if w := p.call(http.MethodPost, "/inbox/read", map[string]any{"all": true}); w.Code != http.StatusNoContent {
		t.Errorf("all: %d %s", w.Code, w.Body)
	}
	if page := page200(t, b.open("/inbox")); page.Count("li.unread") != 0 || page.Count("form[action='/inbox/read']") != 0 {
		t.Error("something is still unread")
	}
}
