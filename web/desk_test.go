package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func TestAnEmptyDeskSaysWhatToDo(t *testing.T) {
	s := emptySite(t, baseURL)
	s.people = map[claims.Role]claims.Person{claims.RoleAdmin: s.must(s.desk.SetUp(t.Context(), newcomer("eva", claims.RoleAdmin)))}
	eva := s.signIn(claims.RoleAdmin)
	for path, selector := range map[string]string{
		"/": `.empty a[href="/articles/new"]`, "/articles": `.empty a[href="/articles/new"]`, "/claims": `.empty a[href="/articles/new"]`,
		"/desk/checks": `.empty a[href="/checks/new"]`,
	} {
		if page := page200(t, eva.open(path)); page.Count(selector) != 1 || page.Text(".empty p") == "" {
			t.Errorf("%s, empty, does not lead on", path)
		}
	}
}

func TestTheDeskShowsWhatNeedsTheReader(t *testing.T) {
	s := newSite(t)
	mine := s.move(claims.RoleChecker, s.newClaim("ayudas"), workflow.MoveInput{To: claims.StateInCheck})
	waiting := s.judged(s.newClaim(articleQuote), "false")
	page := page200(t, s.signIn(claims.RoleChecker).open("/"))
	if got := page.Attrs("#needs .wording a", "href"); len(got) != 1 || got[0] != "/claims/"+mine.ID {
		t.Errorf("needs ana: %v", got)
	}
	editor := page200(t, s.signIn(claims.RoleEditor).open("/"))
	if got := editor.Attrs("#needs .wording a", "href"); len(got) != 1 || got[0] != "/claims/"+waiting.ID {
		t.Errorf("needs luis: %v", got)
	}
	all := editor.Attr("#needs .count", "href")
	if list := page200(t, s.signIn(claims.RoleEditor).open(all)); !strings.Contains(all, "needs=me") || list.Count(".claim-row") != 1 {
		t.Errorf("the count leads to %s, which lists %d", all, list.Count(".claim-row"))
	}
	for _, id := range []string{"needs", "unassigned", "pending", "changed"} {
		if page.Count("#"+id+" .list li") == 0 && page.Text("#"+id+" p.muted") == "" {
			t.Errorf("%s is empty and says nothing", id)
		}
	}
	if got := page.Text(`.tally a[href="/claims?state=submitted"]`); got != "1 Submitted" {
		t.Errorf("count %q", got)
	}
	if page := page200(t, s.signIn(claims.RoleContributor).open("/")); page.Count(`a[href="/articles/new"]`) != 0 {
		t.Error("a contributor is offered to take in articles")
	}
	if words := s.signIn(claims.RoleContributor).open("/").Body.String(); strings.Contains(words, "from the queue") {
		t.Error("a contributor is sent to the queue, which is not for them")
	}
}

func TestTheNavigationHoldsWhatTheReaderMayDo(t *testing.T) {
	s := newSite(t)
	for role, want := range map[claims.Role]bool{claims.RoleEditor: false, claims.RoleAdmin: true} {
		page := page200(t, s.signIn(role).open("/help"))
		if got := page.Count(`nav a[href="/people"]`) == 1 && page.Count(`nav a[href="/settings"]`) == 1; got != want {
			t.Errorf("%s: people and settings offered: %v", role, got)
		}
		if page.Attr(`nav a[aria-current="page"]`, "href") != "/help" {
			t.Error("the current page is not marked")
		}
	}
}

func TestPeopleAreAddedAndChanged(t *testing.T) {
	s := newSite(t)
	eva := s.signIn(claims.RoleAdmin)
	form := url.Values{"name": {"Berta Núñez"}, "display": {"Berta " + hostile}, "role": {"editor"}, "password": {"corta"}, "language": {"es"}}
	page := pageWith(t, eva.post("/people", form), http.StatusUnprocessableEntity)
	if page.Attr(`form[action="/people"] input[name="display"]`, "value") != "Berta "+hostile || page.Attr(`form[action="/people"] select[name="role"] option[selected][value="editor"]`, "value") == "" {
		t.Error("what was typed is lost")
	}
	if page.Text("#e-name") == "" || page.Text("#e-password") == "" || strings.Contains(eva.post("/people", form).Body.String(), `value="corta"`) {
		t.Error("what is wrong is not said, or the password comes back")
	}
	form.Set("name", "berta")
	form.Set("password", password)
	ledTo(t, eva.post("/people", form))
	people, err := s.desk.People(t.Context(), s.actor(claims.RoleAdmin))
	if err != nil {
		t.Fatal(err)
	}
	var berta claims.Person
	for _, p := range people {
		if p.Name == "berta" {
			berta = p
		}
	}
	row := "#p-" + berta.ID
	change := func(act string, form url.Values) {
		t.Helper()
		form.Set("version", page200(t, eva.open("/people")).Attr(row+` input[name="version"]`, "value"))
		if at := ledTo(t, eva.post("/people/"+berta.ID+"/"+act, form)); at != "/people"+row {
			t.Errorf("led to %q", at)
		}
	}
	change("role", url.Values{"role": {"contributor"}})
	change("disable", url.Values{"disabled": {"yes"}})
	change("reset", url.Values{"password": {"another horse battery"}})
	if got := page200(t, eva.open("/people")).Texts(row + " .badge"); strings.Join(got, "|") != "Disabled|contributor" {
		t.Errorf("badges %q", got)
	}
	change("disable", url.Values{"disabled": {"no"}})

	page = pageWith(t, eva.post("/people/"+s.people[claims.RoleAdmin].ID+"/role", url.Values{"version": {"1"}, "role": {"editor"}}), http.StatusConflict)
	if got := page.Text("#p-" + s.people[claims.RoleAdmin].ID + " #problems li"); !strings.Contains(got, "last admin") {
		t.Errorf("the last admin: %q", got)
	}
	page = pageWith(t, eva.post("/people/"+berta.ID+"/role", url.Values{"version": {"1"}, "role": {"editor"}}), http.StatusPreconditionFailed)
	if page.Text(row+" #problems") == "" {
		t.Error("a stale change is not explained")
	}
}

func TestTheAccountIsTheReadersOwn(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	page := page200(t, ana.open("/account"))
	if page.Count("#sessions .list li") != 1 || page.Count("#sessions .list form") != 0 {
		t.Error("this session is not listed alone, or offers to end itself")
	}
	ledTo(t, ana.post("/account/language", url.Values{"language": {"es"}}))
	page = page200(t, ana.open("/account"))
	if page.Attr("html", "lang") != "es" || page.Text("h1") != "Tu cuenta" {
		t.Error("the language did not change")
	}

	page = pageWith(t, ana.post("/account/password", url.Values{"old": {"no es esta"}, "password": {"another horse battery"}, "repeat": {"another horse battery"}}), http.StatusUnprocessableEntity)
	if page.Count("#password #problems") != 1 {
		t.Error("a wrong password is not explained beside its form")
	}
	page = pageWith(t, ana.post("/account/password", url.Values{"old": {password}, "password": {"another horse battery"}, "repeat": {"another horse batery"}}), http.StatusUnprocessableEntity)
	if page.Text("#e-repeat") == "" {
		t.Error("two passwords that differ are not explained")
	}
	ledTo(t, ana.post("/account/password", url.Values{"old": {password}, "password": {"another horse battery"}, "repeat": {"another horse battery"}}))
}

func TestATokenIsShownOnce(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	page := pageWith(t, ana.post("/account/tokens", url.Values{"scope": {"write"}, "days": {"-1"}}), http.StatusUnprocessableEntity)
	if page.Attr(`#tokens input[name="days"]`, "value") != "-1" || page.Text("#e-days") == "" {
		t.Error("a refused token loses what was typed")
	}
	page = page200(t, ana.post("/account/tokens", url.Values{"scope": {"write"}, "days": {"30"}}))
	plain := page.Text("#token")
	if len(plain) < 32 {
		t.Fatalf("token %q", plain)
	}
	w := ana.open("/account")
	if strings.Contains(w.Body.String(), plain) {
		t.Error("the token is shown twice")
	}
	page = page200(t, w)
	ledTo(t, ana.post(page.Attr("#tokens .list form", "action"), nil))
	if page := page200(t, ana.open("/account")); page.Count("#tokens .list form") != 0 || !strings.Contains(page.Text("#tokens .list"), "revoked") {
		t.Error("the token still works")
	}
}

func TestSigningOutEverywhereEndsThisSessionToo(t *testing.T) {
	s := newSite(t)
	here, there := s.signIn(claims.RoleChecker), s.signIn(claims.RoleChecker)
	page := page200(t, here.open("/account"))
	ledTo(t, here.post(page.Attr("#sessions .list form", "action"), nil))
	if w := there.open("/account"); w.Code != http.StatusSeeOther {
		t.Errorf("an ended session answers %d", w.Code)
	}
	if at := ledTo(t, here.post("/account/sessions/revoke", nil)); at != "/login" {
		t.Errorf("led to %q", at)
	}
	if w := here.open("/account"); w.Code != http.StatusSeeOther {
		t.Errorf("this session answers %d", w.Code)
	}
}

func TestSettingsAreKeptOrExplained(t *testing.T) {
	s := newSite(t)
	eva := s.signIn(claims.RoleAdmin)
	form := url.Values{"newsroom": {""}, "newsroom_url": {"ftp://x"}, "language": {"es"}, "same_as": {"https://www.wikidata.org/wiki/Q1\nhttps://otra.test"}, "single_review": {"yes"}}
	page := pageWith(t, eva.post("/settings", form), http.StatusUnprocessableEntity)
	if page.Text("#e-newsroom") == "" || page.Text("#e-newsroom_url") == "" || page.Attr(`input[name="newsroom_url"]`, "value") != "ftp://x" || page.Count(`input[name="single_review"][checked]`) != 1 {
		t.Error("what is wrong is not said, or what was typed is lost")
	}
	form.Set("newsroom", "Diario "+hostile)
	form.Set("newsroom_url", "https://diario.test")
	ledTo(t, eva.post("/settings", form))
	page = page200(t, eva.open("/settings"))
	if got := page.Attr(`input[name="newsroom"]`, "value"); got != "Diario "+hostile {
		t.Errorf("newsroom %q", got)
	}
	if page.Text(".brand .of") != "Diario "+hostile || page.Count("header script, header img") != 0 {
		t.Error("the newsroom's name became markup")
	}
}

func TestTheHistoryTellsFiltersAndErases(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck, Note: hostile})
	eva := s.signIn(claims.RoleAdmin)
	page := page200(t, eva.open("/history?claim="+strings.ToLower(claims.ShowID(c.ID))))
	if got := page.Texts(".events > li strong"); len(got) < 2 || got[0] != "Ana" {
		t.Errorf("who: %q", got)
	}
	if page.Count("main script:not([src]), main img") != 0 || page.Attr(".events > li a", "href") != "/claims/"+c.ID {
		t.Error("a value became markup, or the claim is not linked")
	}
	action := page.Attr("details form", "action")
	seq := strings.Split(action, "/")[2]
	ledTo(t, eva.post(action, url.Values{"reason": {"una petición"}}))
	page = page200(t, eva.open("/history?claim="+c.ID))
	if got := page.Text("#e" + seq); !strings.Contains(got, "Its values were erased") {
		t.Errorf("after erasing: %q", got)
	}
	page = page200(t, eva.open("/history?before="+seq))
	if got, err := strconv.Atoi(seq); err != nil || page.Count("#e"+strconv.Itoa(got)) != 0 || page.Count("#e"+strconv.Itoa(got-1)) != 1 {
		t.Errorf("before %s", seq)
	}
	if page := page200(t, s.signIn(claims.RoleChecker).open("/history")); page.Count(`form[action$="/erase"]`) != 0 {
		t.Error("a checker is offered to erase")
	}
	if w := eva.open("/history?before=x"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong page answers %d", w.Code)
	}
}

func TestChecksAreWrittenPreviewedAndPublished(t *testing.T) {
	s := newSite(t)
	draft := s.newClaim("ayudas")
	published := s.published(s.newClaim(articleQuote), "false", "")
	luis := s.signIn(claims.RoleEditor)
	form := url.Values{"title": {""}, "body": {"Cuerpo " + hostile}, "summary": {"Se queda"}, "language": {"es"}}
	page := pageWith(t, luis.post("/checks/new", form), http.StatusUnprocessableEntity)
	if page.Raw(`textarea[name="body"]`) != "Cuerpo "+hostile || page.Raw(`textarea[name="summary"]`) != "Se queda" || page.Text("#e-title") == "" {
		t.Error("a refused check loses what was typed")
	}
	form.Set("title", "Lo que se sabe")
	form.Set("body", "Dice [["+published.ID+"]] y [["+draft.ID+"]]. "+hostile)
	form.Set("then", "preview")
	if at := ledTo(t, luis.post("/checks/new", form)); at != "/checks/lo-que-se-sabe/preview" {
		t.Errorf("led to %q", at)
	}
	if page := page200(t, luis.open("/checks/lo-que-se-sabe/preview")); page.Count("article script, article img") != 0 {
		t.Error("the check's text became markup")
	}

	edit := "/checks/lo-que-se-sabe/edit"
	move := func(to, reason string) url.Values {
		return url.Values{"to": {to}, "reason": {reason}, "version": {page200(t, luis.open(edit)).Attr(`form[action$="/move"] input[name="version"]`, "value")}}
	}
	page = pageWith(t, luis.post("/checks/lo-que-se-sabe/move", move("published", "")), http.StatusUnprocessableEntity)
	if got := page.Attrs("#problems a", "href"); len(got) != 1 || got[0] != "/claims/"+draft.ID {
		t.Errorf("the refusal lists %v", got)
	}
	save := url.Values{"version": move("", "")["version"], "title": {"Lo que se sabe"}, "body": {"Dice [[" + published.ID + "]]."}, "language": {"es"}, "slug": {"lo-que-se-sabe"}}
	ledTo(t, luis.post(edit, save))
	page = pageWith(t, luis.post(edit, save), http.StatusPreconditionFailed)
	if page.Raw(`textarea[name="body"]`) != save.Get("body") || page.Text("#problems") == "" {
		t.Error("a stale edit loses what was typed")
	}
	ledTo(t, luis.post("/checks/lo-que-se-sabe/move", move("published", "")))
	page = page200(t, luis.open("/desk/checks"))
	if page.Text(".article-row .badge") != "Published" || page.Count(`a[href="/checks/lo-que-se-sabe"]`) != 1 {
		t.Error("the list does not show it as published")
	}
	if page := page200(t, luis.open("/claims/"+published.ID)); page.Count(`#publications a[href="/checks/lo-que-se-sabe"]`) != 1 {
		t.Error("the claim does not list the check that cites it")
	}
	page = pageWith(t, luis.post("/checks/lo-que-se-sabe/move", move("withdrawn", "")), http.StatusUnprocessableEntity)
	if page.Text("#e-reason") == "" {
		t.Error("a withdrawal without a reason is not refused beside the field")
	}
	ledTo(t, luis.post("/checks/lo-que-se-sabe/move", move("withdrawn", "Tenía un error")))
	if page := page200(t, s.signIn(claims.RoleChecker).open("/desk/checks")); page.Text(".article-row .badge") != "Withdrawn" || page.Count(`main a[href$="/edit"]`) != 0 {
		t.Error("the list does not show it as withdrawn, or a checker may edit it")
	}
}

func TestTheHistoryTakesBackWhatMayBe(t *testing.T) {
	s := newSite(t)
	c := s.move(claims.RoleChecker, s.newClaim(articleQuote), workflow.MoveInput{To: claims.StateInCheck})
	luis := s.actor(claims.RoleEditor)
	other := s.newClaim("ayudas")
	if _, err := s.desk.AddNote(t.Context(), luis, c.ID, "Ya lo miro."); err != nil {
		t.Fatal(err)
	}
	if _, err := s.desk.AddNote(t.Context(), s.actor(claims.RoleChecker), other.ID, "Mía."); err != nil {
		t.Fatal(err)
	}
	ana, b := s.signIn(claims.RoleChecker), s.signIn(claims.RoleEditor)
	undo := `.events form[action$="/undo"]`
	if n := page200(t, ana.open("/history?claim="+c.ID)).Count(undo); n != 0 {
		t.Errorf("what luis acted on since can be undone %d times by ana", n)
	}
	page := page200(t, b.open("/history?claim="+c.ID))
	if page.Count(undo) != 1 || page.Attr(undo+` input[name="back"]`, "value") != "/history?claim="+c.ID {
		t.Fatalf("luis can undo %d", page.Count(undo))
	}
	if at := ledTo(t, b.post(page.Attr(undo, "action"), url.Values{"back": {"/history?claim=" + c.ID}})); at != "/history?claim="+c.ID {
		t.Errorf("led to %s", at)
	}
	if n := page200(t, b.open("/history?claim="+c.ID)).Count(undo); n != 0 {
		t.Errorf("luis can undo %d once it is undone", n)
	}
	if n := page200(t, ana.open("/history?claim="+c.ID)).Count(undo); n != 1 {
		t.Errorf("ana can undo %d after that", n)
	}
	if n := page200(t, s.signIn(claims.RoleAdmin).open("/history?claim="+other.ID)).Count(undo); n != 0 {
		t.Errorf("an admin can undo %d of ana's", n)
	}
}

func TestTheDeskSaysWhoseAnswerIsDue(t *testing.T) {
	s := newSite(t)
	c := s.move(claims.RoleChecker, s.newClaim(articleQuote), workflow.MoveInput{To: claims.StateInCheck})
	for _, in := range []workflow.ContactInput{
		{Whom: "Alcaldía", Question: "¿Cuántas?", Deadline: "2099-10-30"}, {Whom: "Oposición", Question: "¿Cuántas?", Deadline: "2025-01-30"}, {Whom: "Nadie", Question: "¿Cuántas?"},
	} {
		if _, err := s.desk.AddContact(t.Context(), s.actor(claims.RoleChecker), c.ID, in); err != nil {
			t.Fatal(err)
		}
	}
	row := page200(t, s.signIn(claims.RoleChecker).open("/")).Text("#pending .desk-row")
	if !strings.Contains(row, "no answer by 30 January 2025") || !strings.Contains(row, "Oposición") || strings.Contains(row, "Alcaldía") {
		t.Errorf("%s", row)
	}
}
