package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// edit is one form that changes a text: where it stands, where it is sent, and
// one of its fields as two people fill it.
type edit struct {
	name, page, action string
	role               claims.Role
	form               url.Values // what both send besides
	field              string
	theirs, mine       string
	shownOnly          bool // both are shown, and no box takes what stands over
}

// edits lists every form that edits a text, on a desk made for it.
func edits(t *testing.T, s *site) []edit {
	t.Helper()
	ctx, ana, luis := t.Context(), s.actor(claims.RoleChecker), s.actor(claims.RoleEditor)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := s.move(claims.RoleChecker, s.newClaim(articleQuote), workflow.MoveInput{To: claims.StateInCheck})
	e, err := s.desk.AddEvidence(ctx, ana, c.ID, c.Version, claims.Evidence{URL: "https://data.test/padron", Title: "Padrón"})
	must(err)
	address := "https://otro.test/nota"
	x, err := s.desk.AddExternal(ctx, ana, c.ID, workflow.ExternalPatch{URL: &address})
	if err != nil {
		t.Fatal(err)
	}
	k, err := s.desk.AddContact(ctx, ana, c.ID, workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántas?"})
	must(err)
	src, err := s.desk.AddSource(ctx, luis, workflow.SourceInput{Name: "La Junta", Kind: claims.KindGovernment})
	must(err)
	check, err := s.desk.CreateCheck(ctx, luis, workflow.CheckInput{Slug: "agua", Title: "El agua", Body: "Nada.", Language: "es"})
	must(err)
	address = "https://faro.test/rss"
	feed, err := s.desk.AddFeed(ctx, ana, workflow.FeedPatch{URL: &address})
	must(err)
	at := "/claims/" + c.ID
	fetched, _ := s.refetched("https://faro.test/presa")
	steps := scaleForm(claims.DefaultScale(), "save")
	steps.Del("content.0.label.en")
	return []edit{
		{name: "verdict", page: at, action: at + "/verdict", role: claims.RoleChecker, form: url.Values{"content": {"false"}}, field: "rationale", theirs: "lo suyo", mine: "lo mío"},
		{name: "step", page: at, action: at + "/verdict", role: claims.RoleChecker, form: url.Values{"rationale": {"x"}}, field: "content", theirs: "half_true", mine: "true"},
		{name: "wording", page: at, action: at + "/edit", role: claims.RoleChecker, form: url.Values{"part": {"wording"}, "kind": {"quantity"}}, field: "standalone", theirs: "[lo suyo] " + articleQuote, mine: "[lo mío] " + articleQuote},
		{name: "attribution", page: at, action: at + "/edit", role: claims.RoleChecker, form: url.Values{"part": {"attribution"}, "mode.0": {"indirect"}, "role.0.0": {"source"}}, field: "name.0.0", theirs: "La suya", mine: "La mía", shownOnly: true},
		{name: "figures", page: at, action: at + "/edit", role: claims.RoleChecker, form: url.Values{"part": {"figures"}, "q_text.0": {"unas 1.200"}}, field: "q_value.0", theirs: "1300", mine: "1150", shownOnly: true},
		{name: "times", page: at, action: at + "/edit", role: claims.RoleChecker, form: url.Values{"part": {"times"}, "t_text.0": {"desde el lunes"}}, field: "t_from.0", theirs: "2025-10-27", mine: "2025-11-03", shownOnly: true},
		{name: "triage", page: at, action: at + "/triage", role: claims.RoleChecker, form: url.Values{"priority": {"0"}, "assignee": {ana.ID}}, field: "tags", theirs: "suya", mine: "mía"},
		{name: "evidence", page: at, action: at + "/evidence/" + e.ID, role: claims.RoleChecker, form: url.Values{"url": {"https://data.test/padron"}, "stance": {"for"}, "grade": {"primary"}}, field: "title", theirs: "El suyo", mine: "El mío"},
		{name: "contact", page: at, action: at + "/contacts/" + k.ID, role: claims.RoleChecker, form: url.Values{"whom": {"Alcaldía"}, "means": {"phone"}, "question": {"¿Cuántas?"}}, field: "answer", theirs: "Las suyas", mine: "Las mías"},
		{name: "external", page: at, action: at + "/external/" + x.ID, role: claims.RoleChecker, form: url.Values{"url": {address}}, field: "title", theirs: "El suyo", mine: "El mío"},
		{name: "article", page: "/articles/" + s.article.ID + "/edit", action: "/articles/" + s.article.ID + "/edit", role: claims.RoleChecker, form: url.Values{"language": {"es"}}, field: "title", theirs: "El suyo", mine: "El mío"},
		{name: "check", page: "/checks/" + check.Slug + "/edit", action: "/checks/" + check.Slug + "/edit", role: claims.RoleEditor, form: url.Values{"title": {"El agua"}, "slug": {"agua"}, "language": {"es"}}, field: "body", theirs: "Lo suyo.", mine: "Lo mío."},
		{name: "source", page: "/sources/" + src.ID + "/edit", action: "/sources/" + src.ID + "/edit", role: claims.RoleEditor, form: url.Values{"name": {"La Junta"}, "kind": {"government"}}, field: "note", theirs: "la suya", mine: "la mía"},
		{name: "feed", page: "/feeds/" + feed.ID + "/edit", action: "/feeds/" + feed.ID + "/edit", role: claims.RoleChecker, form: url.Values{"url": {feed.URL}, "every": {"30"}, "first": {"5"}}, field: "include", theirs: "lo suyo", mine: "lo mío"},
		{name: "watch", page: "/articles/" + fetched + "/watch", action: "/articles/" + fetched + "/watch", role: claims.RoleChecker, form: url.Values{"mode": {"own"}, "days": {"9"}}, field: "every", theirs: "7", mine: "8"},
		{name: "settings", page: "/settings", action: "/settings", role: claims.RoleAdmin, form: url.Values{"language": {"es"}}, field: "newsroom", theirs: "La suya", mine: "La mía"},
		{name: "checklist", page: "/settings", action: "/settings", role: claims.RoleAdmin, form: url.Values{
			"newsroom": {"Mesa"}, "language": {"es"}, "sufficiency": {"advise"}, "sign_off": {"advise"}, "item_code": {"uno"}, "item_words_es": {"Uno"},
		}, field: "item_words_en", theirs: "Theirs", mine: "Mine", shownOnly: true},
		{name: "scale", page: "/settings/scale", action: "/settings/scale", role: claims.RoleAdmin, form: steps, field: "content.0.label.en", theirs: "Theirs", mine: "Mine", shownOnly: true},
	}
}

// send is the form with one value of the field, made from what the page said.
func (e edit) send(value string, seen url.Values) url.Values {
	out := url.Values{e.field: {value}}
	for _, list := range []url.Values{e.form, seen} {
		for name, values := range list {
			out[name] = values
		}
	}
	return out
}

// seenOn reads what the form on a page was made from.
func (e edit) seenOn(page *htmlcheck.Page) url.Values {
	out := url.Values{}
	for _, name := range []string{"version", "seen"} {
		if values := page.Attrs(`form[action^="`+e.action+`"] input[name="`+name+`"]`, "value"); len(values) > 0 {
			out.Set(name, values[0])
		}
	}
	return out
}

// stands reads the field off the page of the form.
func (e edit) stands(t *testing.T, b *browser) string {
	t.Helper()
	return valueOf(page200(t, b.open(e.page)), `form[action^="`+e.action+`"] `, e.field)
}

// valueOf is what a field holds, "" where the page has no such field.
func valueOf(page *htmlcheck.Page, form, field string) string {
	field = `[name="` + field + `"]`
	switch {
	case page.Count(form+`textarea`+field) > 0:
		return page.Raw(form + `textarea` + field)
	case page.Count(form+`input[type="radio"]`+field) > 0:
		return strings.Join(page.Attrs(form+`input[checked]`+field, "value"), "")
	case page.Count(form+`input`+field) > 0:
		return page.Attrs(form+`input`+field, "value")[0]
	}
	return ""
}

// TestEveryEditThatMeetsAnotherShowsBoth: what was typed and what stands, side by
// side, in both languages; either can be kept, and nothing is written before.
func TestEveryEditThatMeetsAnotherShowsBoth(t *testing.T) {
	s := newSite(t)
	for _, e := range edits(t, s) {
		for _, lang := range []string{"en", "es"} {
			b := &browser{site: s, cookie: walked{site: s}.cookieOf(t, e.role)}
			ledTo(t, b.post("/account/language", url.Values{"language": {lang}}))
			page200(t, b.open("/account"))
			theirs, mine := e.theirs, e.mine
			before := e.seenOn(page200(t, b.open(e.page)))
			if len(before) == 0 {
				t.Errorf("%s: the form does not say what it was made from", e.name)
				continue
			}
			ledTo(t, b.post(e.action, e.send(theirs, before)))
			page200(t, b.open("/account"))
			w := b.post(e.action, e.send(mine, before))
			page := htmlcheck.Parse(t, w.Body.String())
			if w.Code != http.StatusPreconditionFailed || page.Count(".clash") != 1 {
				t.Errorf("%s, %s: %d with %d boxes", e.name, lang, w.Code, page.Count(".clash"))
				continue
			}
			keepsTheRules(t, page, w.Body.String(), lang)
			e.showsBoth(t, s, page, theirs, mine)
			if got := e.stands(t, b); e.field != "content" && got != theirs {
				t.Errorf("%s: it stands as %q before anybody decided", e.name, got)
			}
			e.keepsEither(t, b, page, theirs, mine)
		}
	}
}

func (e edit) showsBoth(t *testing.T, s *site, page *htmlcheck.Page, theirs, mine string) {
	t.Helper()
	left, right := strings.Join(page.Texts(".clash .clash-mine"), "\n"), strings.Join(page.Texts(".clash .now-stands"), "\n")
	if e.field == "content" {
		scale := claims.DefaultScale()
		a, _ := scale.ContentStep(mine)
		b, _ := scale.ContentStep(theirs)
		lang := page.Attr("html", "lang")
		mine, theirs = a.Label(lang), b.Label(lang)
	} else if got := valueOf(page, `form[action^="`+e.action+`"] `, e.field); got != mine {
		t.Errorf("%s: the form holds %q", e.name, got)
	}
	if !strings.Contains(left, mine) || !strings.Contains(right, theirs) {
		t.Errorf("%s: mine is shown as %q, what stands as %q", e.name, left, right)
	}
}

// keepsEither takes over what stands, then puts one's own in its place.
func (e edit) keepsEither(t *testing.T, b *browser, page *htmlcheck.Page, theirs, mine string) {
	t.Helper()
	seen := e.seenOn(page)
	if takes := slices.Contains(page.Attrs(`.clash input[name="take"]`, "value"), e.field); takes == e.shownOnly {
		t.Errorf("%s: to be taken over: %v", e.name, takes)
	}
	if !e.shownOnly {
		stands := page.Attr(`.clash input[name="stands.`+e.field+`"]`, "value")
		form := e.send(mine, seen)
		form.Set("take", e.field)
		form.Set("stands."+e.field, stands)
		ledTo(t, b.post(e.action, form))
		if got := e.stands(t, b); got != theirs {
			t.Errorf("%s: taken over it stands as %q", e.name, got)
		}
		seen = e.seenOn(page200(t, b.open(e.page)))
	}
	ledTo(t, b.post(e.action, e.send(mine, seen)))
	if got := e.stands(t, b); got != mine {
		t.Errorf("%s: mine stands as %q", e.name, got)
	}
	page200(t, b.open("/account"))
}

// TestWhoMaySeeASourceMeetsAnother: both lists of people are shown.
func TestWhoMaySeeASourceMeetsAnother(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleEditor)
	src, err := s.desk.AddSource(t.Context(), s.actor(claims.RoleEditor), workflow.SourceInput{Name: "La Junta", Kind: claims.KindGovernment})
	if err != nil {
		t.Fatal(err)
	}
	luis, ana, eva := s.people[claims.RoleEditor], s.people[claims.RoleChecker], s.people[claims.RoleAdmin]
	at := "/sources/" + src.ID + "/protection"
	form := func(other string) url.Values {
		return url.Values{"version": {seen(claims.Claim{Version: src.Version})}, "protect": {"yes"}, "readers": {luis.ID, other}}
	}
	ledTo(t, b.post(at, form(ana.ID)))
	w := b.post(at, form(eva.ID))
	page := htmlcheck.Parse(t, w.Body.String())
	if w.Code != http.StatusPreconditionFailed || page.Count(".clash") != 1 {
		t.Fatalf("%d with %d boxes", w.Code, page.Count(".clash"))
	}
	keepsTheRules(t, page, w.Body.String(), "en")
	if mine, theirs := page.Text(".clash .clash-mine"), page.Text(".clash .now-stands"); !strings.Contains(mine, "Eva") || strings.Contains(mine, "Ana") || !strings.Contains(theirs, "Ana") {
		t.Errorf("mine is shown as %q, what stands as %q", mine, theirs)
	}
	if got := page.Attrs(`[name="readers"][checked]`, "value"); !slices.Contains(got, eva.ID) || slices.Contains(got, ana.ID) {
		t.Errorf("the form holds %v", got)
	}
}

// TestACheckThatMovedOnKeepsWhatWasTyped: the address of the form is another's by now.
func TestACheckThatMovedOnKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	b, luis := s.signIn(claims.RoleEditor), s.actor(claims.RoleEditor)
	check, err := s.desk.CreateCheck(t.Context(), luis, workflow.CheckInput{Slug: "agua", Title: "El agua", Body: "Nada.", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	page := page200(t, b.open("/checks/agua/edit"))
	form := url.Values{"title": {"El agua"}, "slug": {"agua"}, "language": {"es"}, "body": {"Lo mío."}}
	for _, name := range []string{"version", "id"} {
		form.Set(name, page.Attr(`form[action="/checks/agua/edit"] input[name="`+name+`"]`, "value"))
	}
	other := "agua-limpia"
	if _, err := s.desk.EditCheck(t.Context(), luis, "agua", check.Version, workflow.CheckPatch{Slug: &other}); err != nil {
		t.Fatal(err)
	}
	w := b.post("/checks/agua/edit", form)
	page = htmlcheck.Parse(t, w.Body.String())
	if w.Code != http.StatusPreconditionFailed || page.Count(".clash") != 1 || page.Raw(`textarea[name="body"]`) != "Lo mío." {
		t.Fatalf("%d: %s", w.Code, page.Text("main"))
	}
	keepsTheRules(t, page, w.Body.String(), "en")
	form.Set("version", page.Attr(`form[action="/checks/agua-limpia/edit"] input[name="version"]`, "value"))
	form.Set("slug", other)
	if to := ledTo(t, b.post("/checks/agua-limpia/edit", form)); to != "/checks/agua-limpia/edit" {
		t.Errorf("led to %s", to)
	}
	form.Set("id", "0000000000")
	if w := b.post("/checks/agua/edit", form); w.Code != http.StatusNotFound {
		t.Errorf("a check that is none: %d", w.Code)
	}
}

// TestACheckMovesWhereItsAddressChanged: who withdraws it from an older page is told
// that it changed, by page and API, and keeps the reason.
func TestACheckMovesWhereItsAddressChanged(t *testing.T) {
	s := newSite(t)
	ctx, luis := t.Context(), s.actor(claims.RoleEditor)
	check, err := s.desk.CreateCheck(ctx, luis, workflow.CheckInput{Slug: "agua", Title: "El agua", Body: "Nada.", Language: "es"})
	if err != nil {
		t.Fatal(err)
	}
	b := s.signIn(claims.RoleEditor)
	form := page200(t, b.open("/checks/agua/edit"))
	slug := "rio"
	now, err := s.desk.EditCheck(ctx, luis, "agua", check.Version, workflow.CheckPatch{Slug: &slug})
	if err != nil {
		t.Fatal(err)
	}
	move := url.Values{"to": {"published"}, "version": {etagless(check.Version)}, "id": {form.Attr(`form[action$="/move"] input[name="id"]`, "value")}, "reason": {"porque sí"}}
	stale := pageWith(t, b.post("/checks/agua/move", move), http.StatusPreconditionFailed)
	if stale.Attr(`form[action$="/move"]`, "action") != "/checks/rio/move" || stale.Text("#problems") == "" {
		t.Errorf("%s", stale.Text("main"))
	}
	p := s.program(claims.RoleEditor, claims.ScopeWrite)
	checkRefused(t, "by its id", p.call(http.MethodPost, "/checks/"+check.ID+"/moves", map[string]any{"to": "published"}, "If-Match", etagOf(check.Version)), refused{412, "stale.check", ""})
	checkRefused(t, "by the address of old", p.call(http.MethodPost, "/checks/agua/moves", map[string]any{"to": "published"}, "If-Match", etagOf(check.Version)), refused{404, "not_found.check", ""})
	if got := answer[checkJSON](t, p.call(http.MethodPost, "/checks/"+check.ID+"/moves", map[string]any{"to": "published"}, "If-Match", etagOf(now.Version)), http.StatusOK); got.Slug != "rio" || got.State != claims.CheckPublished {
		t.Errorf("%+v", got)
	}
	published := page200(t, b.open("/checks/rio/edit"))
	kept := pageWith(t, b.post("/checks/rio/move", url.Values{"to": {"withdrawn"}, "version": {"1"}, "id": {check.ID}, "reason": {"porque sí"}}), http.StatusPreconditionFailed)
	if published.Count(`details[open] textarea[name="reason"]`) != 0 || kept.Text(`details[open] textarea[name="reason"]`) != "porque sí" {
		t.Error("the reason is not kept")
	}
}

func etagless(version int64) string { return strings.Trim(etagOf(version), `"`) }
