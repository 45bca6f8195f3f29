package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

// kept reads a claim as the desk has it.
func (s *site) kept(id string) claims.Claim {
	s.t.Helper()
	v, err := s.desk.Claim(s.t.Context(), s.actor(claims.RoleAdmin), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return v.Row.Claim
}

func seen(c claims.Claim) string { return strconv.FormatInt(c.Version, 10) }

func TestTheClaimPageShowsWhatTheDeskKnows(t *testing.T) {
	s := newSite(t)
	c := claimstest.PutClaim(t, s.store, s.article.ID, func(c *claims.Claim) {
		start := len([]rune(articleText[:strings.Index(articleText, articleQuote)]))
		c.Fragments = []claims.Fragment{{Span: claims.Span{Start: start, End: start + len([]rune(articleQuote))}, Text: articleQuote}}
		c.Standalone = "unas 1.200 familias [de Riaño] tendrán cortes de agua"
		c.State, c.Origin = claims.StateSuggested, claims.Origin{By: claims.ByEngine, Rule: "regla"}
		c.Attributions = []claims.Attribution{{
			Mode: claims.ModeIndirect, Sources: []claims.Link{{Text: "el alcalde", Name: "Luis Paz", Kind: claims.KindPerson}},
			Via: []claims.Link{{Name: "Agencia", Kind: claims.KindMedia}}, Cue: &claims.Cue{Text: "Según"}, Basis: claims.BasisEstimate,
		}}
		value := 1200.0
		c.Quantities = []claims.Quantity{{Text: "unas 1.200 familias", Value: &value, Bound: claims.BoundExact, Approx: true, Unit: "familias"}}
		from := claims.Date("2025-11-03")
		c.Times = []claims.Time{{Text: "desde el lunes", From: &from}}
	})
	page := page200(t, s.signIn(claims.RoleChecker).open("/claims/"+c.ID))
	for selector, want := range map[string]string{
		"h1":                                 "unas 1.200 familias [de Riaño] tendrán cortes de agua",
		"h1 .supplied":                       "[de Riaño]",
		".context mark":                      articleQuote,
		".chain li:first-child":              "Reported by Agencia media",
		".chain li:last-child .who":          "Luis Paz",
		".chain li:last-child q":             "el alcalde",
		".chain-how":                         "Reported speech · Según · an estimate",
		".claim-head .badge.machine .mono":   "regla",
		"main .readings:first-of-type .read": "≈ 1,200 familias",
		"dd:nth-of-type(3) .readings .read":  "from 3 November 2025",
		".claim-head .muted a":               "El embalse baja",
		"#moves .move-list li:first-child":   "Accept",
	} {
		if got := page.Text(selector); !strings.HasPrefix(got, want) {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	if before := page.Text(".context"); !strings.Contains(before, "Según el alcalde") {
		t.Errorf("the context says %q", before)
	}
}

func TestAnIDInAnyNotationLeadsToTheClaim(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	w := ana.open("/claims/" + strings.ToLower(claims.ShowID(c.ID)))
	if w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "/claims/"+c.ID {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := ana.open("/claims/ZZZZZZ"); w.Code != http.StatusNotFound {
		t.Errorf("an unknown claim answers %d", w.Code)
	}
}

func TestEveryPartOfAClaimIsEdited(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	path := "/claims/" + c.ID + "/edit"
	send := func(form url.Values) claims.Claim {
		form.Set("version", seen(s.kept(c.ID)))
		ledTo(t, ana.post(path, form))
		return s.kept(c.ID)
	}
	got := send(url.Values{"part": {"wording"}, "standalone": {"[Ellas] " + articleQuote}, "kind": {"event"}, "made_on": {"2025-10"}})
	if got.Standalone != "[Ellas] "+articleQuote || got.Kind != claims.KindEvent || got.MadeOn == nil || *got.MadeOn != "2025-10" {
		t.Errorf("wording: %+v", got)
	}
	got = send(url.Values{
		"part": {"attribution"}, "mode.0": {"indirect"}, "cue.0": {"Según"}, "basis.0": {"estimate"},
		"role.0.0": {"source"}, "name.0.0": {"Luis Paz"}, "text.0.0": {"el alcalde"}, "kind.0.0": {"person"}, "saw.0.0": {"1"},
		"role.0.1": {"via"}, "name.0.1": {"Agencia"}, "kind.0.1": {"media"},
		"role.0.2": {"original"}, "name.0.2": {"El bando"}, "kind.0.2": {"document"},
		"role.0.3": {"source"}, "name.0.3": {" "}, "mode.1": {"direct"}, "role.1.0": {"source"},
	})
	if len(got.Attributions) != 1 {
		t.Fatalf("attributions: %+v", got.Attributions)
	}
	a := got.Attributions[0]
	if len(a.Sources) != 1 || a.Sources[0].Name != "Luis Paz" || !a.Sources[0].SawOriginal || len(a.Via) != 1 || a.Original == nil || a.Original.Name != "El bando" || a.Cue.Text != "Según" {
		t.Errorf("attribution: %+v", a)
	}
	got = send(url.Values{"part": {"figures"}, "q_text.0": {"unas 1.200"}, "q_value.0": {"1200,5"}, "q_bound.0": {"exact"}, "q_approx.0": {"1"}, "q_text.1": {""}})
	if len(got.Quantities) != 1 || *got.Quantities[0].Value != 1200.5 || !got.Quantities[0].Approx {
		t.Errorf("figures: %+v", got.Quantities)
	}
	got = send(url.Values{"part": {"times"}, "t_text.0": {"desde el lunes"}, "t_from.0": {"2025-11-03"}, "t_text.1": {""}})
	if len(got.Times) != 1 || *got.Times[0].From != "2025-11-03" || got.Times[0].To != nil {
		t.Errorf("times: %+v", got.Times)
	}
	if page := page200(t, ana.open("/claims/"+c.ID)); page.Attr(`input[name="name.0.1"]`, "value") != "Luis Paz" {
		t.Error("the form does not hold what was saved")
	}
}

func TestARefusedEditKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	for name, try := range map[string]struct {
		form            url.Values
		selector, wrong string
	}{
		"wording": {url.Values{"part": {"wording"}, "standalone": {" "}, "kind": {"opinion"}}, `#edit select[name="kind"] option[selected]`, "#e-standalone"},
		"figures": {url.Values{"part": {"figures"}, "q_text.0": {""}, "q_text.1": {"15.000 tropas"}, "q_value.1": {"15.000"}}, `input[name="q_value.0"]`, `#e-q_value\.0`},
		"ranges":  {url.Values{"part": {"figures"}, "q_text.0": {"de 3 a 1"}, "q_low.0": {"3"}, "q_high.0": {"1"}}, `input[name="q_low.0"]`, `#e-q_high\.0`},
		"times":   {url.Values{"part": {"times"}, "t_text.0": {"ayer"}, "t_from.0": {"2025-02-30"}}, `input[name="t_from.0"]`, `#e-t_from\.0`},
		"sources": {url.Values{"part": {"attribution"}, "mode.0": {"nonsense"}, "role.0.0": {"source"}, "name.0.0": {"Seúl"}}, `input[name="name.0.0"]`, "#edit #problems"},
	} {
		try.form.Set("version", seen(c))
		page := pageWith(t, ana.post("/claims/"+c.ID+"/edit", try.form), http.StatusUnprocessableEntity)
		want := map[string]string{"wording": "opinion", "figures": "15.000", "ranges": "3", "times": "2025-02-30", "sources": "Seúl"}[name]
		if got := page.Attr(try.selector, "value"); got != want {
			t.Errorf("%s: kept %q, want %q", name, got, want)
		}
		if page.Text(try.wrong) == "" || page.Count("#edit[open]") != 1 {
			t.Errorf("%s: what is wrong is not said, or out of sight", name)
		}
	}
}

func TestNothingIsLostWhenSomebodyWasFaster(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana, luis := s.signIn(claims.RoleChecker), s.signIn(claims.RoleEditor)
	form := url.Values{"version": {seen(c)}, "content": {"false"}, "rationale": {"lo de Luis"}}
	ledTo(t, luis.post("/claims/"+c.ID+"/verdict", form))

	mine := url.Values{"version": {seen(c)}, "content": {"true"}, "rationale": {"lo de Ana " + hostile}, "what_is_true": {"Así es."}}
	page := pageWith(t, ana.post("/claims/"+c.ID+"/verdict", mine), http.StatusPreconditionFailed)
	if got := page.Raw(`#verdict textarea[name="rationale"]`); got != "lo de Ana "+hostile {
		t.Errorf("mine is kept as %q", got)
	}
	if page.Attr(`#verdict input[name="content"][checked]`, "value") != "true" || page.Attr(`input[name="what_is_true"]`, "value") != "Así es." {
		t.Error("the verdict typed is lost")
	}
	if theirs := strings.Join(page.Texts("#verdict .now-stands"), " "); !strings.Contains(theirs, "lo de Luis") || !strings.Contains(theirs, "False") {
		t.Errorf("what stands now is shown as %q", theirs)
	}
	mine.Set("version", page.Attr(`#verdict input[name="version"]`, "value"))
	ledTo(t, ana.post("/claims/"+c.ID+"/verdict", mine))
	if got := s.kept(c.ID); got.Verdict.Content != "true" {
		t.Errorf("sent again it became %q", got.Verdict.Content)
	}

	wording := url.Values{"version": {"1"}, "part": {"wording"}, "standalone": {"mi redacción"}, "kind": {"event"}}
	page = pageWith(t, ana.post("/claims/"+c.ID+"/edit", wording), http.StatusPreconditionFailed)
	if page.Raw(`#edit textarea[name="standalone"]`) != "mi redacción" || !strings.Contains(page.Text("#edit .now-stands"), articleQuote) {
		t.Error("the wording typed is lost, or the present one is not beside it")
	}
}

func TestRefusedMovesSayWhoCould(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "false")
	page := page200(t, s.signIn(claims.RoleChecker).open("/claims/"+c.ID))
	if got := page.Text("#why-approved"); got != "You cannot approve verdicts. Who could: editor or admin." {
		t.Errorf("got %q", got)
	}
	if page.Count(`#moves button[aria-disabled="true"][aria-describedby="why-approved"]`) != 1 || page.Count(`#moves input[value="approved"]`) != 0 {
		t.Error("a refused move is offered as a form")
	}
	if got := page.Text("#verdict"); !strings.Contains(got, "What is “Submitted” does not change") {
		t.Errorf("the verdict says %q", got)
	}
	open := s.newClaim("ayudas")
	open = s.move(claims.RoleChecker, open, workflow.MoveInput{To: claims.StateInCheck})
	page = page200(t, s.signIn(claims.RoleChecker).open("/claims/"+open.ID))
	if got := page.Text("#why-submitted"); !strings.Contains(got, "Choose a content verdict") || !strings.Contains(got, "Write the rationale") {
		t.Errorf("an incomplete verdict says %q", got)
	}
}

func TestTheWholeWayInTheBrowser(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana, luis := s.signIn(claims.RoleChecker), s.signIn(claims.RoleEditor)
	move := func(b *browser, form url.Values) {
		t.Helper()
		form.Set("version", seen(s.kept(c.ID)))
		if at := ledTo(t, b.post("/claims/"+c.ID+"/move", form)); at != "/claims/"+c.ID {
			t.Errorf("led to %q", at)
		}
	}
	move(ana, url.Values{"to": {"in_check"}})
	ledTo(t, ana.post("/claims/"+c.ID+"/verdict", url.Values{"version": {seen(s.kept(c.ID))}, "content": {"unproven"}, "rationale": {"Nadie lo contó."}, "as_of": {"2025-10-29"}}))
	move(ana, url.Values{"to": {"submitted"}})
	if page := page200(t, luis.open("/claims/"+c.ID)); page.Count("#moves details form textarea") != 1 {
		t.Error("returning asks for no reason")
	}
	move(luis, url.Values{"to": {"returned"}, "reason": {"Falta " + hostile}})
	page := page200(t, ana.open("/claims/"+c.ID))
	if got := page.Text(".notice.warn"); !strings.Contains(got, "Luis returned it: Falta "+hostile) {
		t.Errorf("the reason reads %q", got)
	}
	if page.Count("main script, main img") != 0 {
		t.Error("a reason became markup")
	}
	move(ana, url.Values{"to": {"in_check"}})
	move(ana, url.Values{"to": {"submitted"}})
	move(luis, url.Values{"to": {"approved"}})
	move(luis, url.Values{"to": {"published"}})
	page = page200(t, luis.open("/claims/"+c.ID))
	if page.Attr(`#publications a[href^="/c/"]`, "href") != "/c/"+c.ID+"@1" || len(page.Text("#publications .hash")) != len("SHA-256 ")+64 {
		t.Error("the publication is not linked, or shows no hash")
	}
	move(luis, url.Values{"to": {"reopened"}, "reason": {"Un dato nuevo"}})
	move(luis, url.Values{"to": {"in_check"}})
	ledTo(t, ana.post("/claims/"+c.ID+"/verdict", url.Values{"version": {seen(s.kept(c.ID))}, "content": {"false"}, "rationale": {"Ya lo contaron."}}))
	move(ana, url.Values{"to": {"submitted"}})
	move(luis, url.Values{"to": {"approved"}})
	page = page200(t, luis.open("/claims/"+c.ID))
	if page.Count(`#moves form[action$="/move"] select[name="effect"]`) != 1 || page.Count(`#moves form[action$="/move"] textarea[name="notice"]`) != 1 {
		t.Fatal("publishing again asks neither for the effect nor for a notice")
	}
	form := url.Values{"to": {"published"}, "effect": {"typo"}, "notice": {"Mi aviso"}, "version": {seen(s.kept(c.ID))}}
	page = pageWith(t, luis.post("/claims/"+c.ID+"/move", form), http.StatusUnprocessableEntity)
	if page.Raw(`#moves form[action$="/move"] textarea[name="notice"]`) != "Mi aviso" || page.Count("#moves details[open]") != 1 || page.Text("#e-effect") == "" {
		t.Error("a changed verdict called a typo: the notice is lost, or the refusal is not said beside the field")
	}
	move(luis, url.Values{"to": {"published"}, "effect": {"verdict"}, "notice": {"Mi aviso"}})
	if got := s.kept(c.ID).PublishedVersion; got != 2 {
		t.Errorf("published version %d", got)
	}
	history := page200(t, luis.open("/claims/"+c.ID)).Texts("#history .changes del")
	if len(history) == 0 || !strings.Contains(strings.Join(history, "|"), "before: Approved") {
		t.Errorf("the history shows no before: %q", history)
	}
}

func TestEvidenceIsAddedAndRemoved(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	form := url.Values{"version": {seen(c)}, "url": {"javascript:alert(1)"}, "title": {"Informe " + hostile}, "stance": {"against"}, "grade": {"primary"}, "quote": {"el pasaje"}}
	page := pageWith(t, ana.post("/claims/"+c.ID+"/evidence", form), http.StatusUnprocessableEntity)
	if page.Attr(`#evidence input[name="title"]`, "value") != "Informe "+hostile || page.Attr(`#evidence select[name="stance"] option[selected]`, "value") != "against" || page.Text("#e-url") == "" {
		t.Error("a refused piece of evidence loses what was typed")
	}
	form.Set("url", "https://ejemplo.test/informe")
	if at := ledTo(t, ana.post("/claims/"+c.ID+"/evidence", form)); at != "/claims/"+c.ID+"#evidence" {
		t.Errorf("led to %q", at)
	}
	page = page200(t, ana.open("/claims/"+c.ID))
	if page.Text("#evidence .list a") != "Informe "+hostile || page.Text("#evidence .passage") != "el pasaje" || page.Text("#evidence .stance-against") != "Against" {
		t.Error("the evidence is not shown as it is")
	}
	if page.Attr("#evidence .list a", "rel") != "noopener noreferrer" {
		t.Error("a foreign link may look back")
	}
	action := page.Attr("#evidence .list form", "action")
	ledTo(t, ana.post(action, url.Values{"version": {page.Attr(`#evidence .list input[name="version"]`, "value")}}))
	if page := page200(t, ana.open("/claims/"+c.ID)); page.Count("#evidence .list li") != 0 {
		t.Error("the evidence is still there")
	}
}

func TestNotesAreWordsAndEverybodyWritesThem(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	cris := s.signIn(claims.RoleContributor)
	if at := ledTo(t, cris.post("/claims/"+c.ID+"/notes", url.Values{"text": {hostile}})); at != "/claims/"+c.ID+"#notes" {
		t.Errorf("led to %q", at)
	}
	page := page200(t, cris.open("/claims/"+c.ID))
	if page.Raw("#notes .prose") != hostile || page.Count("#notes img, #notes script") != 0 {
		t.Error("a note became markup")
	}
	if page.Count(`#verdict form, #edit, #triage, #evidence form`) != 0 {
		t.Error("a contributor is offered what they may not do")
	}
	page = pageWith(t, cris.post("/claims/"+c.ID+"/notes", url.Values{"text": {"  "}}), http.StatusUnprocessableEntity)
	if page.Text("#e-text") == "" {
		t.Error("an empty note is not explained")
	}
}

func TestTriageSortsTheDesk(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	luis := s.people[claims.RoleEditor].ID
	if page := page200(t, ana.open("/claims/"+c.ID)); page.Count(`#triage option[value="`+luis+`"]`) != 0 {
		t.Error("a checker may give claims to others")
	}
	form := url.Values{"version": {seen(c)}, "priority": {"2"}, "tags": {"agua, Riaño ; agua"}, "due": {"2025-11-05"}, "assignee": {s.people[claims.RoleChecker].ID}}
	ledTo(t, ana.post("/claims/"+c.ID+"/triage", form))
	got := s.kept(c.ID)
	if got.Priority != 2 || strings.Join(got.Tags, "|") != "agua|Riaño" || got.Due == nil || got.Assignee != s.people[claims.RoleChecker].ID {
		t.Errorf("got %+v", got)
	}
	form = url.Values{"version": {seen(got)}, "priority": {"0"}, "tags": {"se queda"}, "assignee": {luis}}
	page := pageWith(t, ana.post("/claims/"+c.ID+"/triage", form), http.StatusForbidden)
	if page.Attr(`#triage input[name="tags"]`, "value") != "se queda" || !strings.Contains(page.Text("#triage #problems"), "editor or admin") {
		t.Error("a refused assignment loses what was typed, or does not say who could")
	}
}

func TestTheListFiltersPagesAndExports(t *testing.T) {
	s := newSite(t)
	judged := s.judged(s.newClaim(articleQuote), "false")
	s.newClaim("La Junta anunció ayudas")
	ana := s.signIn(claims.RoleChecker)
	rows := func(query string) []string {
		t.Helper()
		return page200(t, ana.open("/claims"+query)).Attrs(".claim-row .id", "href")
	}
	all := len(rows(""))
	for query, want := range map[string]int{
		"?state=submitted": 1, "?state=submitted,open": len(rows("?state=submitted")) + len(rows("?state=open")), "?verdict=false": 1,
		"?q=" + judged.ID: 1, "?q=" + strings.ToLower(claims.ShowID(judged.ID)): 1, "?assignee=me": 1, "?q=nadadenada": 0, "?language=en": 0, "?article=" + s.article.ID: all,
	} {
		if got := rows(query); len(got) != want {
			t.Errorf("%s gives %d claims, want %d", query, len(got), want)
		}
	}
	page := page200(t, ana.open("/claims?limit=1&article="+s.article.ID))
	next := page.Attr(`.pager a[rel="next"]`, "href")
	if first, second := page.Attr(".claim-row .id", "href"), page200(t, ana.open(next)).Attr(".claim-row .id", "href"); first == second {
		t.Error("the next page begins with the same claim")
	}
	if got := page.Attr(".export-menu li a", "href"); got != "/export/verdicts.csv?article="+s.article.ID {
		t.Errorf("CSV link %q", got)
	}
	w := ana.open(page200(t, ana.open("/claims?verdict=false")).Attr(".export-menu li a", "href"))
	if rows, err := csv.NewReader(w.Body).ReadAll(); err != nil || len(rows) != 2 || rows[1][1] != judged.ID {
		t.Errorf("the CSV of the same filter: %v %q", err, rows)
	}
	page = page200(t, ana.open("/claims?state=submitted&q=nada"))
	if page.Attr(`.tabs a[aria-current="page"]`, "href") != "/claims?q=nada&state=submitted" || page.Attr("#f-q", "value") != "nada" || page.Count(".empty a") != 1 {
		t.Error("the filter does not show what it is, or an empty list not what to do")
	}
	if w := ana.open("/claims?state=nonsense"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an unknown state answers %d", w.Code)
	}
}

// What was done can be undone from the message that tells of it and from the claim's page.
func TestAnActIsUndoneByAButton(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleChecker)
	ledTo(t, b.post("/claims/"+c.ID+"/move", url.Values{"version": {"1"}, "to": {"in_check"}}))
	page := page200(t, b.open("/claims/"+c.ID))
	action := page.Attr(".flashes form", "action")
	if !strings.HasPrefix(action, "/events/") || page.Attr(".claim-head form", "action") != action {
		t.Fatalf("the message offers %q, the page %q", action, page.Attr(".claim-head form", "action"))
	}
	other := s.signIn(claims.RoleEditor)
	if w := other.post(action, url.Values{}); w.Code != http.StatusForbidden {
		t.Errorf("somebody else: %d", w.Code)
	}
	if to := ledTo(t, b.post(action, url.Values{"back": {"/claims/" + c.ID}})); to != "/claims/"+c.ID {
		t.Errorf("led to %s", to)
	}
	page = page200(t, b.open("/claims/"+c.ID))
	if page.Count(".flashes form") != 0 || !strings.Contains(page.Text("#history"), "took back: took up a claim") {
		t.Errorf("after the undoing: %s", page.Text("#history"))
	}
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	if w := p.call(http.MethodPost, action, nil); w.Code != http.StatusConflict {
		t.Errorf("twice, by the API: %d %s", w.Code, w.Body)
	}
}

// A claim is split by its words and merged by another's id, on its page and by programs.
func TestClaimsAreSplitAndMerged(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleChecker)
	w := b.post("/claims/"+c.ID+"/split", url.Values{"version": {"1"}, "quote": {"no consta en el texto"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "no consta en el texto") {
		t.Fatalf("%d, or what was typed is lost", w.Code)
	}
	to := ledTo(t, b.post("/claims/"+c.ID+"/split", url.Values{"version": {"1"}, "quote": {"unas 1.200 familias"}}))
	part := s.kept(strings.TrimPrefix(to, "/claims/"))
	if part.Quote() != "unas 1.200 familias" || s.kept(c.ID).Quote() != "tendrán cortes de agua" {
		t.Errorf("%q and %q", part.Quote(), s.kept(c.ID).Quote())
	}
	if w := b.post("/claims/"+part.ID+"/merge", url.Values{"version": {seen(part)}, "of": {part.ID}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("into itself: %d", w.Code)
	}
	if to := ledTo(t, b.post("/claims/"+part.ID+"/merge", url.Values{"version": {seen(part)}, "of": {claims.ShowID(c.ID)}})); to != "/claims/"+c.ID {
		t.Errorf("led to %s", to)
	}
	if got := s.kept(part.ID); got.Dismissed == nil || got.Dismissed.Of != c.ID {
		t.Errorf("%+v", got.Dismissed)
	}
	p := s.program(claims.RoleChecker, claims.ScopeWrite)
	other := s.newClaim("La Junta anunció ayudas")
	w = p.call(http.MethodPost, "/claims/"+other.ID+"/split", map[string]any{"quote": "no consta"}, "If-Match", etagOf(other.Version))
	if said := answer[problem](t, w, http.StatusUnprocessableEntity).Detail; strings.Count(said, "no consta") != 1 {
		t.Errorf("said %d times: %s", strings.Count(said, "no consta"), said)
	}
	got := answer[splitJSON](t, p.call(http.MethodPost, "/claims/"+other.ID+"/split", map[string]any{"quote": "ayudas", "start": other.Fragments[0].End - 6}, "If-Match", etagOf(other.Version)), http.StatusCreated)
	if got.Part.Quote != "ayudas" || got.Claim.Quote != "La Junta anunció" {
		t.Errorf("%q and %q", got.Part.Quote, got.Claim.Quote)
	}
	merged := answer[claimJSON](t, p.call(http.MethodPost, "/claims/"+got.Part.ID+"/merge", map[string]any{"into": other.ID}, "If-Match", etagOf(got.Part.Version)), http.StatusOK)
	if merged.State != claims.StateDismissed || merged.Dismissed.Of != other.ID {
		t.Errorf("%+v", merged)
	}
}

func TestADayWithoutAnHourIsShownAsADay(t *testing.T) {
	s := newSite(t)
	c := s.move(claims.RoleChecker, s.newClaim(articleQuote), workflow.MoveInput{To: claims.StateInCheck})
	k, err := s.desk.AddContact(t.Context(), s.actor(claims.RoleChecker), c.ID, workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántas?", AskedAt: "2025-10-02", Deadline: "2025-10-30"})
	if err != nil {
		t.Fatal(err)
	}
	ana := s.signIn(claims.RoleChecker)
	page := page200(t, ana.open("/claims/"+c.ID))
	if text := page.Text("#k-" + k.ID); !strings.Contains(text, "2 October 2025") || strings.Contains(text, "23:59") {
		t.Errorf("%s", text)
	}
	if text := page200(t, ana.open("/history?claim="+c.ID)).Text(".events"); !strings.Contains(text, "2 October 2025") || strings.Contains(text, "23:59") || strings.Contains(text, "T23") {
		t.Errorf("%s", text)
	}
}
