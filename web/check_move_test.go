package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// approved makes a claim that is approved and not published.
func (s *site) approved(quote string) claims.Claim {
	s.t.Helper()
	return s.move(claims.RoleEditor, s.judged(s.newClaim(quote), "true"), workflow.MoveInput{To: claims.StateApproved})
}

func (s *site) newCheck(slug, body string) claims.Check {
	s.t.Helper()
	c, err := s.desk.CreateCheck(s.t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Slug: slug, Title: "Lo de " + slug, Body: body, Language: "es"})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func TestPublishingACheckShowsWhatItWillDo(t *testing.T) {
	s := newSite(t)
	ready, open := s.approved(articleQuote), s.newClaim("La Junta anunció ayudas")
	c := s.newCheck("agua", "[["+ready.ID+"]] y [["+open.ID+"]]")
	luis := s.signIn(claims.RoleEditor)
	page := page200(t, luis.open("/checks/agua/edit"))
	if page.Text(`.plan li[data-claim="`+ready.ID+`"] .badge`) != "Published along with it" || page.Text(`.plan li[data-claim="`+open.ID+`"] .badge`) != "Not ready" {
		t.Errorf("%s", page.Text("#moves"))
	}
	move := func(w ...string) url.Values {
		v := url.Values{"to": {"published"}, "along": {"1"}, "version": {page200(t, luis.open("/checks/agua/edit")).Attr(`#moves input[name="version"]`, "value")}}
		for i := 0; i+1 < len(w); i += 2 {
			v.Set(w[i], w[i+1])
		}
		return v
	}
	refused := pageWith(t, luis.post("/checks/agua/move", move()), http.StatusUnprocessableEntity)
	if got := refused.Attrs("#problems a", "href"); !slices.Equal(got, []string{"/claims/" + open.ID}) {
		t.Errorf("the refusal names %v", got)
	}
	whole := "[[" + ready.ID + "]]\n"
	if _, err := s.desk.EditCheck(t.Context(), s.actor(claims.RoleEditor), "agua", c.Version, workflow.CheckPatch{Body: &whole}); err != nil {
		t.Fatal(err)
	}
	ledTo(t, luis.post("/checks/agua/move", move()))
	public := page200(t, s.get("/checks/agua"))
	if public.Count(`.cite-card a[href="/c/`+ready.ID+`"]`) != 1 || s.get("/c/"+ready.ID).Code != http.StatusOK {
		t.Errorf("%s", public.Text("main"))
	}
	refused = pageWith(t, luis.post("/checks/agua/move", move("effect", "verdict")), http.StatusUnprocessableEntity)
	if refused.Text("#e-notice") == "" {
		t.Errorf("a public effect without a notice: %s", refused.Text("main"))
	}
	ledTo(t, luis.post("/checks/agua/move", move("effect", "verdict", "notice", "Era otra cifra.")))
	if text := page200(t, s.get("/checks/agua")).Text(".correction"); !strings.Contains(text, "Era otra cifra.") {
		t.Errorf("%q", text)
	}
	if text := page200(t, s.get("/corrections")).Text("main"); !strings.Contains(text, "Era otra cifra.") {
		t.Errorf("%q", text)
	}
	if feed := s.get("/corrections.atom").Body.String(); !strings.Contains(feed, "/checks/agua@2") {
		t.Errorf("%s", feed)
	}
	if page := page200(t, s.get("/checks/agua@1")); page.Count(`a[href="/checks/agua"]`) == 0 || page.Count(`.cite-card a[href="/c/`+ready.ID+`@1"]`) != 1 {
		t.Errorf("%s", page.Text("main"))
	}
	for _, path := range []string{"/checks/agua@3", "/checks/agua@x", "/checks/agua@0"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	ledTo(t, luis.post("/checks/agua/move", move("to", "withdrawn", "reason", "Estaba mal.")))
	gone := pageWith(t, s.get("/checks/agua"), http.StatusGone)
	if text := gone.Text("main"); !strings.Contains(text, "Estaba mal.") || strings.Contains(text, "Lo de agua") {
		t.Errorf("%s", text)
	}
	if page := page200(t, s.get("/checks/agua@1")); !strings.Contains(page.Text(".notice.bad"), "Estaba mal.") {
		t.Errorf("%s", page.Text("main"))
	}
}

func TestATimeIsSetForPublishing(t *testing.T) {
	s := newSite(t)
	ready := s.approved(articleQuote)
	settings, err := s.desk.Settings(t.Context())
	if err == nil {
		settings.TimeZone = "Europe/Madrid"
		err = s.desk.EditSettings(t.Context(), s.actor(claims.RoleAdmin), settings)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := s.newCheck("agua", "[["+ready.ID+"]]")
	luis := s.signIn(claims.RoleEditor)
	zone, _ := time.LoadLocation("Europe/Madrid")
	at := s.clock.Now().In(zone).Add(48 * time.Hour).Format(localTime)
	form := url.Values{"version": {"1"}, "along": {"1"}, "embargo": {"1"}, "at": {"mañana"}}
	if page := pageWith(t, luis.post("/checks/agua/schedule", form), http.StatusUnprocessableEntity); page.Text("#e-at") == "" {
		t.Errorf("%s", page.Text("main"))
	}
	form.Set("at", at)
	ledTo(t, luis.post("/checks/agua/schedule", form))
	shown := page200(t, luis.open("/checks/agua/edit"))
	if text := shown.Text("#schedule"); !strings.Contains(text, "Europe/Madrid") || !strings.Contains(text, "Embargo") {
		t.Errorf("%s", text)
	}
	for _, path := range []string{"/", "/desk/checks"} {
		if text := page200(t, luis.open(path)).Text("main"); !strings.Contains(text, "Europe/Madrid") {
			t.Errorf("%s says nothing of it: %s", path, text)
		}
	}
	silent := func() {
		t.Helper()
		for _, path := range []string{"/checks", "/public", "/feed.atom", "/feed.json", "/sitemap.xml", "/corrections", "/public/verdicts.csv"} {
			if body := s.get(path).Body.String(); strings.Contains(body, "agua") || strings.Contains(body, ready.ID) {
				t.Errorf("%s tells of what is not published yet", path)
			}
		}
		for _, path := range []string{"/checks/agua", "/checks/agua@1", "/c/" + ready.ID} {
			if w := s.get(path); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
	}
	s.work()
	silent()
	ledTo(t, luis.post(shown.Attr(`#schedule form`, "action"), url.Values{"back": {"/checks/agua/edit"}}))
	s.clock.Advance(72 * time.Hour)
	s.work()
	silent()
	api := s.program(claims.RoleEditor, claims.ScopeWrite)
	later := map[string]any{"to": "published", "claims": true, "at": s.clock.Now().Add(time.Hour).Format(time.RFC3339)}
	got := answer[checkJSON](t, api.call(http.MethodPost, "/checks/agua/moves", later, "If-Match", etagOf(c.Version)), http.StatusOK)
	if got.Scheduled == nil || got.Scheduled.State != claims.ScheduleWaiting || got.State != claims.CheckDraft {
		t.Fatalf("%+v", got)
	}
	if list := answer[page[scheduleJSON]](t, api.call(http.MethodGet, "/scheduled", nil), http.StatusOK); len(list.Items) != 1 || list.Items[0].NounID != c.ID {
		t.Errorf("%+v", list)
	}
	s.clock.Advance(2 * time.Hour)
	s.work()
	if got = answer[checkJSON](t, api.call(http.MethodGet, "/checks/agua", nil), http.StatusOK); !got.Public || got.Scheduled != nil {
		t.Errorf("%+v", got)
	}
	if s.get("/checks/agua").Code != http.StatusOK || s.get("/c/"+ready.ID).Code != http.StatusOK {
		t.Error("it is not public at its time")
	}
}

func TestAClaimIsScheduledOnItsPage(t *testing.T) {
	s := newSite(t)
	ready := s.approved(articleQuote)
	luis := s.signIn(claims.RoleEditor)
	page := page200(t, luis.open("/claims/"+ready.ID))
	form := url.Values{"version": {page.Attr(`form[action$="/schedule"] input[name="version"]`, "value")}, "at": {s.clock.Now().UTC().Add(time.Hour).Format(localTime)}}
	ledTo(t, luis.post("/claims/"+ready.ID+"/schedule", form))
	if text := page200(t, luis.open("/claims/"+ready.ID)).Text("#schedule"); !strings.Contains(text, "Will be published") {
		t.Errorf("%q", text)
	}
	s.clock.Advance(2 * time.Hour)
	s.work()
	if s.get("/c/"+ready.ID).Code != http.StatusOK {
		t.Error("it is not public at its time")
	}
}

// TestWritingACheckWithoutScripts: looking, finding and inserting keep what was typed,
// and save nothing.
func TestWritingACheckWithoutScripts(t *testing.T) {
	s := newSite(t)
	done := s.published(s.newClaim(articleQuote), "true", "")
	luis := s.signIn(claims.RoleEditor)
	form := func(more ...string) url.Values {
		v := url.Values{"title": {"Título"}, "summary": {"Se queda"}, "body": {"Dice [[?]] **mucho**."}, "language": {"es"}}
		for i := 0; i+1 < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	for name, then := range map[string]string{"the button": "find", "the keyboard": "enter"} {
		page := page200(t, luis.post("/checks/new", form("then", then, "find", "familias")))
		if page.Attr(`#found button[name="insert"]`, "value") != done.ID || page.Raw(`textarea[name="summary"]`) != "Se queda" || page.Attr("#f-find", "value") != "familias" {
			t.Errorf("%s: %s", name, page.Text("main"))
		}
	}
	page := page200(t, luis.post("/checks/new", form("insert", done.ID, "find", "familias")))
	if got := page.Raw(`textarea[name="body"]`); got != "Dice [["+done.ID+"]] **mucho**." {
		t.Errorf("%q", got)
	}
	page = page200(t, luis.post("/checks/new", form("insert", done.ID, "body", "Fin.")))
	if got := page.Raw(`textarea[name="body"]`); strings.TrimSpace(got) != "Fin.\n\n[["+done.ID+"]]" {
		t.Errorf("%q", got)
	}
	page = page200(t, luis.post("/checks/new", form("then", "look", "body", "**mucho** [["+done.ID+"]]")))
	if page.Text("#look-body strong") != "mucho" || page.Count(`#look-body a.cite[href="/c/`+done.ID+`"]`) != 1 {
		t.Errorf("%s", page.Text("#look-body"))
	}
	if rows := page200(t, luis.open("/desk/checks")).Count(".article-row"); rows != 0 {
		t.Errorf("%d checks were kept", rows)
	}
	part := luis.post("/desk/checks/preview", form("body", "*solo* [["+done.ID+"]]"))
	if text := part.Body.String(); part.Code != http.StatusOK || !strings.Contains(text, "<em>solo</em>") || strings.Contains(text, "<html") {
		t.Errorf("%d %s", part.Code, text)
	}
	if w := luis.open("/desk/checks/claims?find=familias"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "[["+done.ID+"]]") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.signIn(claims.RoleChecker).post("/desk/checks/preview", form()); w.Code != http.StatusForbidden {
		t.Errorf("a checker: %d", w.Code)
	}
	ledTo(t, luis.post("/checks/new", form("then", "enter", "body", "Ya.")))
}
