package workflow_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/fetch"
	"cotejo/claims/workflow"
)

func elsewhere(address string) workflow.ExternalPatch {
	return workflow.ExternalPatch{URL: ptr(address), Title: ptr("El puente,  a cotejo"), Outlet: ptr("El Faro"), Published: ptr("2025-10-20")}
}

func TestChecksPublishedElsewhere(t *testing.T) { onEveryEngine(t, publishedElsewhere) }

func publishedElsewhere(t *testing.T, k *kit) {
	ctx := t.Context()
	c := k.published()
	for field, in := range map[string]workflow.ExternalPatch{
		"url:text.missing": {}, "url:url.malformed": {URL: ptr("javascript:alert(1)")}, "title:text.too_long": {URL: ptr("https://a.test"), Title: ptr(strings.Repeat("x", 501))},
		"published:date.malformed": {URL: ptr("https://a.test"), Published: ptr("ayer")},
	} {
		_, err := k.AddExternal(ctx, k.ana, c.ID, in)
		refused(t, field, err, claims.KindInvalid, field)
	}
	_, err := k.AddExternal(ctx, k.carla, c.ID, elsewhere("https://faro.test/1"))
	refused(t, "by a contributor", err, claims.KindNotAllowed, "not_allowed.external")
	before, err := k.PublicState(ctx, workflow.PublicState{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := k.AddExternal(ctx, k.ana, c.ID, elsewhere("HTTPS://Faro.test:443/1#top"))
	if err != nil || e.URL != "https://faro.test/1" || e.Title != "El puente, a cotejo" {
		t.Fatalf("%+v, %v", e, err)
	}
	acts := []string{k.lastEvent().ID}
	if now, err := k.PublicState(ctx, before); err != nil || now.Seq == before.Seq {
		t.Errorf("public pages are taken for current: %+v, %v", now, err)
	}
	_, err = k.AddExternal(ctx, k.bea, c.ID, elsewhere("https://faro.test/1"))
	refused(t, "the same twice", err, claims.KindConflict, "conflict.external_check")
	p := k.public(c.ID, 0)
	if len(p.External) != 1 || !p.Changed.Equal(e.AddedAt) {
		t.Errorf("the public sees %+v, as of %v", p.External, p.Changed)
	}
	edited, err := k.EditExternal(ctx, k.ana, e.ID, e.Version, workflow.ExternalPatch{Title: ptr("Otro")})
	if err != nil || edited.Outlet != "El Faro" || edited.Version != 2 {
		t.Fatalf("%+v, %v", edited, err)
	}
	acts = append(acts, k.lastEvent().ID)
	_, err = k.EditExternal(ctx, k.bea, e.ID, e.Version, workflow.ExternalPatch{Title: ptr("Tercero")})
	refused(t, "a stale edit", err, claims.KindStale, "stale.external_check")
	if _, err := k.RemoveExternal(ctx, k.ana, e.ID, edited.Version); err != nil {
		t.Fatal(err)
	}
	acts = append(acts, k.lastEvent().ID)
	if p := k.public(c.ID, 0); len(p.External) != 0 {
		t.Error("what is removed is still shown")
	}
	for i, title := range []string{"Otro", "El puente, a cotejo", ""} {
		if _, err := k.Undo(ctx, k.ana, acts[2-i]); err != nil {
			t.Fatal(err)
		}
		list, err := k.ExternalChecks(ctx, k.ana, c.ID)
		if title == "" {
			if err != nil || len(list) != 0 {
				t.Errorf("after undoing all: %+v, %v", list, err)
			}
		} else if err != nil || len(list) != 1 || list[0].Title != title || list[0].AddedBy != k.ana.ID || *list[0].Published != "2025-10-20" {
			t.Errorf("undone to %+v, %v; want %s", list, err, title)
		}
	}
	if r := k.sound(); len(r.Problems) > 0 {
		t.Error(r.Problems)
	}
}

// looker is a desk that looks at another paper's page.
type looker struct {
	*kit
	page *press
	e    claims.ExternalCheck
}

func (l looker) pass(by time.Duration) claims.ExternalCheck {
	l.Helper()
	l.clock.Advance(by)
	for {
		j, err := l.LeaseJob(l.Context())
		if err != nil {
			l.Fatal(err)
		}
		if j.ID == "" {
			break
		}
		if j.Kind != claims.JobBacklink {
			l.Fatalf("a job of kind %s", j.Kind)
		}
		if failure := l.LookForBacklink(l.Context(), j, func(string, int64, int64) {}); failure != nil {
			if err := l.FailJob(l.Context(), j, failure); err != nil {
				l.Fatal(err)
			}
		}
	}
	e, err := l.ExternalCheck(l.Context(), l.ana, l.e.ID)
	if err != nil {
		l.Fatal(err)
	}
	return e
}

func (l looker) is(what string, e claims.ExternalCheck, state claims.LinkState, asked int) {
	l.Helper()
	if e.Link.State != state || l.page.times() != asked {
		l.Errorf("%s: %s, %v, asked %d times; want %s, %d", what, e.Link.State, e.Link.Problem, l.page.times(), state, asked)
	}
}

func TestLinksFromElsewhereAreLookedFor(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	page := newPress(t)
	moved := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			http.Redirect(w, r, page.URL+"/nota", http.StatusMovedPermanently)
		}
	}))
	t.Cleanup(moved.Close)
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Fetcher: fetch.New(fetch.Config{
		Allow: []string{strings.TrimPrefix(page.URL, "http://"), strings.TrimPrefix(moved.URL, "http://")}, Now: k.clock.Now})})
	c := k.published()
	link := `<p><a href="https://desk.test/c/` + claims.ShowID(c.ID) + `@1">Cotejo</a>`
	page.set(link, 0)
	e, err := k.AddExternal(ctx, k.ana, c.ID, elsewhere(moved.URL+"/vieja"))
	if err != nil {
		t.Fatal(err)
	}
	l := looker{k, page, e}
	l.is("found behind a redirect", l.pass(0), claims.LinkStands, 1)
	if ev := k.lastEvent(); ev.Act != workflow.ActExternalFound || ev.Actor != "" {
		t.Errorf("told by %+v", ev)
	}
	l.is("too early", l.pass(6*24*time.Hour), claims.LinkStands, 1)
	page.set("<p>Nada", 0)
	l.is("taken out", l.pass(2*24*time.Hour), claims.LinkMissing, 2)
	if p := k.public(c.ID, 0); len(p.External) != 0 {
		t.Error("readers are sent to a page that does not link")
	}
	l.is("still out", l.pass(8*24*time.Hour), claims.LinkMissing, 3)
	box, err := k.Inbox(ctx, k.ana, claims.Page{})
	told := 0
	for _, row := range box.Rows {
		if row.Item.Kind == claims.InboxLink && row.Claim.ID == c.ID {
			told++
		}
	}
	if err != nil || told != 1 {
		t.Errorf("told %d times, %v", told, err)
	}
	page.set(link, 0)
	l.is("there again", l.pass(8*24*time.Hour), claims.LinkStands, 4)
	page.set("", 503)
	l.is("down once", l.pass(8*24*time.Hour), claims.LinkStands, 5)
	l.is("not again at once", l.pass(time.Hour), claims.LinkStands, 5)
	page.set("", 410)
	l.is("gone", l.pass(40*24*time.Hour), claims.LinkUnreachable, 6)
	page.set(link, 0)
	asked, err := k.AskBacklink(ctx, k.bea, e.ID)
	again, err2 := k.AskBacklink(ctx, k.bea, e.ID)
	if err != nil || err2 != nil || again.ID != asked.ID {
		t.Fatalf("%+v, %v, %v", again, err, err2)
	}
	now := l.pass(0)
	l.is("asked by hand", now, claims.LinkStands, 7)
	if now.Link.Failures != 0 || now.Link.Problem != nil {
		t.Errorf("%+v", now.Link)
	}
	page.mu.Lock()
	page.robots = "User-agent: *\nDisallow: /\n"
	page.mu.Unlock()
	l.is("robots.txt", l.pass(30*24*time.Hour), claims.LinkUnreachable, 7)
	if _, err := k.EditExternal(ctx, k.ana, e.ID, e.Version, workflow.ExternalPatch{URL: ptr("http://10.0.0.1/x")}); err != nil {
		t.Fatal(err)
	}
	now = l.pass(time.Hour)
	if now.Link.State != claims.LinkUnreachable || now.Link.Problem == nil || now.Link.Problem.Key != "fetch.address" {
		t.Errorf("a private address: %+v", now.Link)
	}
	_, err = k.AskBacklink(ctx, k.ana, e.ID)
	refused(t, "a private address by hand", err, claims.KindInvalid, "fetch.address")
	if !slices.Contains(claims.LinkStates, now.Link.State) {
		t.Error("a state that is not listed")
	}
}
