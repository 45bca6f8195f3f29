package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

func TestTheMethodologyFollowsFromTheRules(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "half_true", "")
	s.move(claims.RoleEditor, s.published(s.newClaim("La Junta anunció ayudas"), "true", ""), workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Error"})
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Otra cifra"})
	s.published(c, "false", "Cambia la cifra")
	w := s.get("/methodology")
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	for _, want := range []string{"Half true", "Part of it is so", "Nobody approves their own work", "A figure needs a primary piece of evidence", "within 7 days"} {
		if !strings.Contains(page.Text("main"), want) {
			t.Errorf("no %q in %s", want, page.Text("main"))
		}
	}
	if got := strings.Join(strings.Fields(page.Text(".numbers")), " "); !strings.Contains(got, "published1") || !strings.Contains(got, "notice1") || !strings.Contains(got, "withdrawn1") {
		t.Errorf("%s", got)
	}
	if w.Header().Get("ETag") == "" || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("%v", w.Header())
	}
	other := s.get("/methodology/es")
	keepsTheRules(t, page200(t, other), other.Body.String(), "es")
	for path, want := range map[string]int{"/methodology/en": http.StatusPermanentRedirect, "/methodology/xx": http.StatusNotFound} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if page := page200(t, s.get("/public")); page.Count(`footer a[href="/methodology"]`) != 1 {
		t.Error("the public's pages do not lead there")
	}
	settings, err := s.desk.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings.SingleReview, settings.Sufficiency, settings.Blind = true, claims.Block, claims.Block
	if err := s.desk.EditSettings(t.Context(), s.actor(claims.RoleAdmin), settings); err != nil {
		t.Fatal(err)
	}
	text := page200(t, s.get("/methodology")).Text("main")
	for _, want := range []string{"a small desk", "is not handed in before", "before they see the one", "too few second opinions"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestTheNewsroomWritesOfItself(t *testing.T) {
	s := newSite(t)
	eva, path := s.signIn(claims.RoleAdmin), "/settings/methodology?language=es"
	w := eva.open(path)
	keepsTheRules(t, page200(t, w), w.Body.String(), "en")
	seen := page200(t, w).Attr(`input[name="seen"]`, "value")
	form := url.Values{"seen": {seen}, "report_days": {"5"}, "intro": {"Somos **pocos** <script>alert(1)</script>"}, "funding": {"Lectoras."}, "team": {""}}
	shown := eva.post("/settings/methodology/preview?language=es", form)
	if page := page200(t, shown); !strings.Contains(shown.Body.String(), "<strong>pocos</strong>") || page.Count("main script") > 0 || page.Attr("html", "lang") != "es" {
		t.Errorf("%s", shown.Body)
	}
	if strings.Contains(s.get("/methodology/es").Body.String(), "pocos") {
		t.Error("a preview is kept")
	}
	bad := url.Values{"seen": {seen}, "report_days": {"muchos"}, "intro": {"Mi texto"}}
	if w := eva.post(path, bad); w.Code != 422 || htmlcheck.Parse(t, w.Body.String()).Text(`textarea[name="intro"]`) != "Mi texto" {
		t.Errorf("%d", w.Code)
	}
	bad.Set("report_days", "400")
	if w := eva.post(path, bad); w.Code != 422 {
		t.Errorf("%d", w.Code)
	}
	ledTo(t, eva.post(path, form))
	public := s.get("/methodology/es").Body.String()
	if !strings.Contains(public, "<strong>pocos</strong>") || strings.Contains(public, "<script>alert") || !strings.Contains(public, "Quién lo paga") || strings.Contains(public, "Quién lo hace") || !strings.Contains(public, "5 días") {
		t.Errorf("%s", public)
	}
	if strings.Contains(s.get("/methodology").Body.String(), "pocos") {
		t.Error("in another language too")
	}
	form.Set("intro", "Tarde")
	if w := eva.post(path, form); w.Code != http.StatusPreconditionFailed || !strings.Contains(w.Body.String(), "Tarde") || htmlcheck.Parse(t, w.Body.String()).Count(".clash") == 0 {
		t.Errorf("stale: %d", w.Code)
	}
	// What stands in the settings' other form leaves the texts alone.
	seen = page200(t, eva.open("/settings")).Attr(`input[name="seen"]`, "value")
	settings := page200(t, eva.open("/settings"))
	other := url.Values{"seen": {seen}, "newsroom": {"Diario"}, "language": {settings.Attr(`select[name="language"] option[selected]`, "value")}}
	if w := eva.post("/settings", other); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, htmlcheck.Parse(t, w.Body.String()).Text("#problems"))
	}
	if !strings.Contains(s.get("/methodology/es").Body.String(), "<strong>pocos</strong>") {
		t.Error("the settings' form took the texts away")
	}
	if w := s.signIn(claims.RoleEditor).open(path); w.Code != http.StatusForbidden {
		t.Errorf("an editor: %d", w.Code)
	}
}

// TestAgreementIsToldWhenThereIsEnough, without anybody's name.
func TestAgreementIsToldWhenThereIsEnough(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings.Blind = claims.Advise
	if err := s.desk.EditSettings(ctx, s.actor(claims.RoleAdmin), settings); err != nil {
		t.Fatal(err)
	}
	for n := range workflow.EnoughOpinions {
		c := s.judged(s.newClaim([]string{"La Junta anunció ayudas", "cortes de agua", "familias", "unas 1.200 familias"}[n%4]), "true")
		given := "true"
		if n%4 == 0 {
			given = "false"
		}
		if _, err := s.desk.GiveOpinion(ctx, s.actor(claims.RoleEditor), c.ID, c.Version, workflow.OpinionInput{Content: given, Attribution: "accurate"}); err != nil {
			t.Fatal(err)
		}
		told := strings.Contains(page200(t, s.get("/methodology")).Text("main"), "second opinions were given")
		if told != (n+1 >= workflow.EnoughOpinions) {
			t.Fatalf("with %d opinions: told %v", n+1, told)
		}
	}
	text := page200(t, s.get("/methodology")).Text("main")
	if !strings.Contains(text, fmt.Sprintf("%d second opinions", workflow.EnoughOpinions)) || !strings.Contains(text, "75") || strings.Contains(text, "Luis") {
		t.Error(text)
	}
}
