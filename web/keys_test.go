package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

func TestKeysAreChosenByFormAndByProgram(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleChecker)
	form := url.Values{}
	page := page200(t, b.open("/account"))
	for _, name := range page.Attrs(`#keys-own input[name^="key_"]`, "name") {
		form.Set(name, page.Attr(`#keys-own input[name="`+name+`"]`, "value"))
	}
	if form.Get("key_accept") != "a" || form.Get("key_why_duplicate") != "d" {
		t.Fatalf("the form shows %v", form)
	}
	for _, wrong := range []struct{ key, says string }{{"e", "Another act"}, {"7", "Digits"}, {"ab", "One visible"}, {" ", "One visible"}} {
		form.Set("key_accept", wrong.key)
		w := b.post("/account/keys", form)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), wrong.says) {
			t.Errorf("%q answers %d", wrong.key, w.Code)
		}
	}
	form.Set("key_accept", "ñ")
	form.Set("key_merge", "")
	if to := ledTo(t, b.post("/account/keys", form)); to != "/account#keys-own" {
		t.Errorf("led to %s", to)
	}
	table := page200(t, b.open("/articles")).Attr("body", "data-keys")
	if !strings.Contains(table, "accept=ñ ") || !strings.Contains(table, "merge= ") || strings.Contains(table, "off ") {
		t.Errorf("the script is told %s", table)
	}
	form.Set("off", "yes")
	ledTo(t, b.post("/account/keys", form))
	page = page200(t, b.open("/articles"))
	if !strings.HasPrefix(page.Attr("body", "data-keys"), "off ") || page.Count(`[aria-keyshortcuts]:not([aria-keyshortcuts*="Control"])`) != 0 {
		t.Error("switched off, the page tells of keys")
	}
	ledTo(t, b.post("/account/keys", url.Values{"standard": {"yes"}}))
	if table := page200(t, b.open("/articles")).Attr("body", "data-keys"); !strings.HasPrefix(table, "next=j prev=k accept=a") {
		t.Errorf("back to the standard, the script is told %s", table)
	}
	if other := page200(t, s.signIn(claims.RoleEditor).open("/articles")).Attr("body", "data-keys"); !strings.Contains(other, "accept=a ") {
		t.Errorf("another's keys are %s", other)
	}

	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	got := answer[keysJSON](t, p.call(http.MethodPost, "/account/keys", map[string]any{"off": true, "keys": map[string]string{"undo": "z"}}), http.StatusOK)
	if !got.Off || got.Keys[claims.KeyUndo] != "z" || got.Keys[claims.KeyAccept] != "a" {
		t.Errorf("a program chose %+v", got)
	}
	if w := p.call(http.MethodPost, "/account/keys", map[string]any{"keys": map[string]string{"undo": "a"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("one key for two acts: %d %s", w.Code, w.Body)
	}
}

func TestGoToLeadsToAClaimByItsID(t *testing.T) {
	s := newSite(t)
	c := s.newClaim("La Junta anunció ayudas")
	b := s.signIn(claims.RoleChecker)
	for typed, want := range map[string]string{
		c.ID: "/claims/" + c.ID, strings.ToLower(claims.ShowID(c.ID)): "/claims/" + c.ID, " " + c.ID + " ": "/claims/" + c.ID,
		"": "/search", "000000": "/search?q=000000", "grain & rye": "/search?q=grain+%26+rye",
	} {
		if to := ledTo(t, b.open("/go?id="+url.QueryEscape(typed))); to != want {
			t.Errorf("%q leads to %s, not %s", typed, to, want)
		}
	}
}
