package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// TestAClaimCanBeCited: in four ways, each in a field that can be copied from.
func TestAClaimCanBeCited(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	standalone := `Unas *1.200* familias [de Riaño] & <otras>`
	c, err := s.desk.EditClaim(t.Context(), s.actor(claims.RoleChecker), c.ID, c.Version, workflow.ClaimPatch{Standalone: &standalone})
	if err != nil {
		t.Fatal(err)
	}
	c = s.published(c, "false", "")
	p := page200(t, s.get("/c/"+c.ID))
	link := baseURL + "/c/" + c.ID
	for selector, want := range map[string]string{
		"#copy-text":     `«Unas *1.200* familias [de Riaño] & <otras>». Veredicto: Falso. Cotejo,`,
		"#copy-html":     `«Unas *1.200* familias [de Riaño] &amp; &lt;otras&gt;». Veredicto: <a href="` + link + `">Falso</a>. Cotejo,`,
		"#copy-markdown": `«Unas \*1.200\* familias \[de Riaño\] & \<otras\>». Veredicto: [Falso](` + link + `). Cotejo,`,
	} {
		if got := p.Text(selector); !strings.HasPrefix(got, want) || p.Count(selector+"[readonly]") != 1 || p.Count(`label[for="`+selector[1:]+`"]`) != 1 {
			t.Errorf("%s: %s", selector, got)
		}
	}
	if p.Attr("#copy-link", "value") != link || !strings.HasSuffix(p.Text("#copy-text"), link) {
		t.Error("the permanent link")
	}
	if got := page200(t, s.get("/c/"+c.ID+"@1")).Attr("#copy-link", "value"); got != link+"@1" {
		t.Errorf("version 1 is cited as %s", got)
	}
	if p.Attr("main a[href$='/report']", "href") != "/c/"+c.ID+"/report" {
		t.Error("no way to report an error")
	}
}

// TestVersionsSayWhatTheyChanged in the words of the page, and older ones nothing
// of newer ones.
func TestVersionsSayWhatTheyChanged(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Hay padrón nuevo."})
	s.published(c, "true", "El padrón nuevo lo confirma.")
	for _, path := range []string{"/c/" + c.ID, "/c/" + c.ID + "@2"} {
		p := page200(t, s.get(path))
		if text := p.Text(".versions"); !strings.Contains(text, "El veredicto pasó de «Falso» a «Verdadero».") || !strings.Contains(text, "El padrón nuevo lo confirma.") || p.Count(".versions time") != 2 {
			t.Errorf("%s: %s", path, text)
		}
	}
	if text := page200(t, s.get("/c/"+c.ID+"@2")).Text(".changes"); !strings.Contains(text, "desde la versión 1") || !strings.Contains(text, "de «Falso» a «Verdadero»") {
		t.Errorf("@2: %s", text)
	}
	old := page200(t, s.get("/c/"+c.ID+"@1"))
	if text := old.Text("main"); strings.Contains(text, "Verdadero") || strings.Contains(text, "padrón nuevo") || old.Count(".changes") != 0 {
		t.Errorf("version 1 tells of version 2: %s", text)
	}
	if text := old.Text(".eyes"); text != "Juicio: verificación. Aprobación: edición." {
		t.Errorf("eyes: %q", text)
	}
}

// TestTheRulesOfTheMarkupStandBesideTheButton, and programs can ask for them.
func TestTheRulesOfTheMarkupStandBesideTheButton(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "false")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateApproved})
	e := s.signIn(claims.RoleEditor)
	p := page200(t, e.open("/claims/"+c.ID))
	if p.Count("#moves .lint") != 1 || p.Count(`.lint [data-rule="trust"].broken`) != 1 || p.Count(`.lint details [data-rule="url"].kept`) != 1 || p.Count("#moves [name=override]") != 0 {
		t.Errorf("%s", p.Text("#moves"))
	}
	if p := page200(t, s.signIn(claims.RoleChecker).open("/claims/"+c.ID)); p.Count("#moves .lint") != 1 {
		t.Error("who cannot publish does not see the rules")
	}
	long := strings.Repeat("palabra ", 20) + "fin"
	other := s.newClaim("La Junta anunció ayudas")
	other, err := s.desk.EditClaim(t.Context(), s.actor(claims.RoleChecker), other.ID, other.Version, workflow.ClaimPatch{Standalone: &long})
	if err != nil {
		t.Fatal(err)
	}
	other = s.move(claims.RoleEditor, s.judged(other, "false"), workflow.MoveInput{To: claims.StateApproved})
	s.setHouse(func(set *claims.Settings) { set.ReviewLint = claims.Block })
	form := map[string][]string{"to": {"published"}, "version": {seen(other)}}
	w := e.post("/claims/"+other.ID+"/move", form)
	if page := pageWith(t, w, http.StatusUnprocessableEntity); page.Count("#f-review_lint") != 1 || page.Count("#moves details[open] [name=override]") != 1 {
		t.Errorf("blocked: %s", page.Text("#moves"))
	}
	form["override"] = []string{"El titular no cabe en menos."}
	ledTo(t, e.post("/claims/"+other.ID+"/move", form))

	api := s.program(claims.RoleChecker, claims.ScopeRead)
	got := answer[lintJSON](t, api.call(http.MethodGet, "/claims/"+other.ID+"/review-lint", nil), http.StatusOK)
	if !got.Blocks || got.Strictness != claims.Block || len(got.Rules) == 0 || got.Rules[1].Rule != "short" || got.Rules[1].Kept || got.Rules[1].Says == "" {
		t.Errorf("%+v", got)
	}
}

// TestTheSettingsSayWhoTheNewsroomIs: addresses only, and the markup bears them.
func TestTheSettingsSayWhoTheNewsroomIs(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleAdmin)
	form := url.Values{"newsroom": {"Cotejo"}, "language": {"es"}, "review_lint": {"advise"}}
	form.Set("trust_masthead", "javascript:alert(1)")
	form.Set("name_reviewers", "yes")
	refused := pageWith(t, b.post("/settings", form), http.StatusUnprocessableEntity)
	if refused.Attr(`input[name="trust_masthead"]`, "value") != "javascript:alert(1)" || refused.Count("details[open] input[name=trust_masthead]") != 1 || refused.Count("input[name=name_reviewers][checked]") != 1 {
		t.Error("what was typed is lost, or hidden")
	}
	form.Set("trust_masthead", "https://rio.test/quienes")
	form.Set("trust_contact", "https://rio.test/contacto")
	ledTo(t, b.post("/settings", form))
	ledTo(t, b.post("/settings", map[string][]string{"newsroom": {"Mesa"}, "language": {"es"}}))
	if set := s.settings(); set.Trust.Masthead != "https://rio.test/quienes" || !set.NameReviewers || set.ReviewLint != claims.Advise {
		t.Errorf("a form that does not speak of them drops them: %+v", set)
	}
	c := s.published(s.newClaim(articleQuote), "false", "")
	markup := page200(t, s.get("/c/"+c.ID)).Raw("script[type='application/ld+json']")
	for _, want := range []string{`"@type":"NewsMediaOrganization"`, `"masthead":"https://rio.test/quienes"`, `"publishingPrinciples":"` + baseURL + `/methodology"`, `"contactPoint":{"@type":"ContactPoint"`} {
		if !strings.Contains(markup, want) {
			t.Errorf("no %s in %s", want, markup)
		}
	}
	if text := page200(t, s.get("/c/"+c.ID)).Text(".eyes"); text != "Juicio: Ana (verificación). Aprobación: Luis (edición)." {
		t.Errorf("%q", text)
	}
}

// TestTheDeskSeesWhatCitesACorrectedClaim.
func TestTheDeskSeesWhatCitesACorrectedClaim(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	check, err := s.desk.CreateCheck(t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Slug: "agua", Title: "Agua", Language: "es", Body: "[[" + c.ID + "]]"})
	if err != nil {
		t.Fatal(err)
	}
	if check, err = s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	b := s.signIn(claims.RoleEditor)
	if p := page200(t, b.open("/claims/"+c.ID)); p.Count("#publications a[href='/checks/agua']") != 1 || p.Count(".outdated") != 0 {
		t.Error("before a correction")
	}
	s.clock.Advance(1e9)
	c = s.move(claims.RoleEditor, s.kept(c.ID), workflow.MoveInput{To: claims.StateReopened, Reason: "Hay padrón nuevo."})
	s.published(c, "true", "Lo confirma.")
	if p := page200(t, b.open("/claims/"+c.ID)); !strings.Contains(p.Text(".outdated"), "version 2") || p.Attr(".outdated a", "href") != "/checks/agua/edit" {
		t.Errorf("after it: %s", p.Text("#publications"))
	}
	s.clock.Advance(1e9)
	if _, err := s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	if p := page200(t, b.open("/claims/"+c.ID)); p.Count(".outdated") != 0 {
		t.Error("after the check was published again")
	}
}
