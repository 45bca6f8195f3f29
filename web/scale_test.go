package web

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/views/desk"
)

// scaleForm is the editor's form as a browser would send it.
func scaleForm(s claims.Scale, do string) url.Values {
	form := url.Values{"version": {strconv.FormatInt(s.Version, 10)}, "do": {do}}
	for _, l := range claims.Layers {
		for i, f := range desk.StepFormsOf(s.Steps(l)) {
			set := func(name, v string) { form.Set(desk.StepField(l, i, name), v) }
			set("code", f.Code)
			set("color", f.Color)
			set("shape", f.Shape)
			set("number", f.Number)
			for lang, words := range f.Labels {
				set("label."+lang, words)
			}
		}
	}
	return form
}

func TestTheScaleEditor(t *testing.T) {
	s := newSite(t)
	c := s.judged(s.newClaim(articleQuote), "half_true")
	eva, shipped := s.signIn(claims.RoleAdmin), claims.DefaultScale()
	page := page200(t, eva.open("/settings/scale"))
	for selector, want := range map[string]int{
		"fieldset.scale-step": 11, `input[name="content.2.code"][readonly]`: 1, `input[name="content.0.code"][readonly]`: 0,
		`button[value="up.content.0"][disabled]`: 1, `button[value="down.content.6"][disabled]`: 1, `input[name="content.1.color"][value="mostly-true"][checked]`: 1,
	} {
		if got := page.Count(selector); got != want {
			t.Errorf("%s: %d, want %d", selector, got, want)
		}
	}

	page = page200(t, eva.post("/settings/scale", scaleForm(shipped, "up.content.1")))
	if page.Attr(`input[name="content.0.code"]`, "value") != "mostly_true" || page.Count(`button[value="down.content.0"][autofocus]`) != 1 {
		t.Error("the step did not move up with the focus")
	}
	page = page200(t, eva.post("/settings/scale", scaleForm(shipped, "add.attribution")))
	if page.Count(`input[name="attribution.4.label.en"][autofocus]`) != 1 {
		t.Error("no new row")
	}
	for _, do := range []string{"up.content.0", "up.content.x", "up.nothing.1", "burn", "remove.content.99"} {
		if w := eva.post("/settings/scale", scaleForm(shipped, do)); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", do, w.Code)
		}
	}

	wrong := scaleForm(shipped, "save")
	wrong.Set("content.0.number", "fünf")
	wrong.Set("content.1.label.es", "")
	page = pageWith(t, eva.post("/settings/scale", wrong), http.StatusUnprocessableEntity)
	if page.Attr(`input[name="content.0.number"]`, "value") != "fünf" || page.Count(`#problems a[href="#f-content.1.label.es"]`) != 1 ||
		page.Count(`#problems a[href="#f-content.0.number"]`) != 1 {
		t.Error("not every wrong field is named, or what was typed is lost")
	}

	without := shipped
	without.Content = append(append([]claims.Step{}, shipped.Content[:2]...), shipped.Content[3:]...)
	page = pageWith(t, eva.post("/settings/scale", scaleForm(without, "save")), http.StatusConflict)
	if page.Count(`#in-use a[href="/claims/`+c.ID+`"]`) != 1 {
		t.Error("the refusal does not say where the step is used")
	}

	// Old verdicts keep the words of then.
	renamed := scaleForm(shipped, "save")
	renamed.Set("content.2.label.en", "So-so")
	ledTo(t, eva.post("/settings/scale", renamed))
	for _, path := range []string{"/claims/" + c.ID, "/claims", "/articles/" + s.article.ID} {
		if text := page200(t, eva.open(path)).Text("main .verdicts"); !strings.Contains(text, "Half true") || strings.Contains(text, "So-so") {
			t.Errorf("%s says %q", path, text)
		}
	}
	if page := pageWith(t, eva.post("/settings/scale", renamed), http.StatusPreconditionFailed); page.Count(".now-stands .verdict") != 11 || page.Attr(`input[name="version"]`, "value") != "2" {
		t.Error("a stale form does not show what stands now")
	}
	if page := page200(t, eva.open("/history")); !strings.Contains(page.Text("main"), "“So-so”") {
		t.Error("the history does not tell of the change")
	}
	if w := s.signIn(claims.RoleEditor).open("/settings/scale"); w.Code != http.StatusForbidden {
		t.Errorf("an editor: %d", w.Code)
	}
}

func TestTheScaleOverTheAPI(t *testing.T) {
	s := newSite(t)
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	body := func(change map[string]any) map[string]any {
		out := map[string]any{"content": claims.DefaultScale().Content, "attribution": claims.DefaultScale().Attribution}
		maps.Copy(out, change)
		return out
	}
	checkRefused(t, "no version", eva.call(http.MethodPut, "/scale", body(nil)), refused{428, "api.if_match_missing", ""})
	checkRefused(t, "no steps", eva.call(http.MethodPut, "/scale", body(map[string]any{"content": []any{}}), "If-Match", `"1"`), refused{422, "invalid", "body.content"})
	w := eva.call(http.MethodPut, "/scale", body(map[string]any{"content": claims.DefaultScale().Content[1:]}), "If-Match", `"1"`)
	if got := answer[claims.Scale](t, w, http.StatusOK); got.Version != 2 || len(got.Content) != 6 || w.Header().Get("ETag") != `"2"` {
		t.Errorf("%+v", got)
	}
	checkRefused(t, "stale", eva.call(http.MethodPut, "/scale", body(nil), "If-Match", `"1"`), refused{412, "stale.scale", ""})
	s.judged(s.newClaim(articleQuote), "half_true")
	checkRefused(t, "in use", eva.call(http.MethodPut, "/scale", body(map[string]any{"content": claims.DefaultScale().Content[:2]}), "If-Match", `"2"`),
		refused{409, "scale.in_use", "body.content"})
}
