package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// chainForm is a chain editor's form of two relays, a speaker and a document.
func chainForm(version string) url.Values {
	return url.Values{
		"part": {"attribution"}, "version": {version}, "mode.0": {"indirect"}, "cue.0": {"Según"}, "basis.0": {""},
		"role.0.0": {"via"}, "name.0.0": {"El Diario"}, "kind.0.0": {"media"},
		"role.0.1": {"via"}, "name.0.1": {"Agencia"}, "kind.0.1": {"media"}, "link_cue.0.1": {"recoge"},
		"role.0.2": {"source"}, "name.0.2": {"El alcalde"}, "kind.0.2": {"person"}, "code.0.2": {"ES"}, "saw.0.2": {"1"},
		"role.0.3": {"original"}, "name.0.3": {"El bando"}, "kind.0.3": {"document"},
	}
}

func parsed(t *testing.T, w *httptest.ResponseRecorder) *htmlcheck.Page {
	t.Helper()
	return htmlcheck.Parse(t, w.Body.String())
}

func namesIn(values []string) []string {
	return slices.DeleteFunc(values, func(s string) bool { return s == "" })
}

// TestTheChainEditorWorksByButtons: each button sends the whole form, nothing is
// stored before it is saved, and the keyboard goes on where the work does.
func TestTheChainEditorWorksByButtons(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	path := "/claims/" + c.ID + "/edit"
	for do, want := range map[string]struct {
		names []string
		focus string
	}{
		"down.0.0":       {[]string{"Agencia", "El Diario", "El alcalde", "El bando"}, "b-up.0.1"},
		"up.0.1":         {[]string{"Agencia", "El Diario", "El alcalde", "El bando"}, "b-down.0.0"},
		"up.0.2":         {[]string{"El Diario", "Agencia", "El alcalde", "El bando"}, "b-remove.0.2"},
		"remove.0.1":     {[]string{"El Diario", "El alcalde", "El bando"}, "b-add.0.source"},
		"add.0.via":      {[]string{"El Diario", "Agencia", "", "El alcalde", "El bando"}, "f-name.0.2"},
		"add.0.original": {[]string{"El Diario", "Agencia", "El alcalde", "El bando", ""}, "f-name.0.4"},
		"attribution":    {[]string{"El Diario", "Agencia", "El alcalde", "El bando", ""}, "f-name.1.0"},
		"drop.0":         {nil, "b-attribution"},
		"find.0.2":       {[]string{"El Diario", "Agencia", "El alcalde", "El bando"}, "f-source.0.2"},
	} {
		form := chainForm(seen(c))
		form.Set("do", do)
		w := ana.post(path, form)
		page := page200(t, w)
		if got := page.Attrs(`#edit .chain-link input[name^="name."]`, "value"); !slices.Equal(got, want.names) {
			t.Errorf("%s: %q, want %q", do, got, want.names)
		}
		if got := page.Attr("[autofocus]", "id"); got != want.focus {
			t.Errorf("%s: the focus stands on %q, want %q", do, got, want.focus)
		}
		if page.Count("#edit[open]") != 1 {
			t.Errorf("%s closes the editor", do)
		}
	}
	if s.kept(c.ID).Version != c.Version {
		t.Error("a button of the editor stored something")
	}
	for _, do := range []string{"up", "up.0.9", "up.9.0", "add.0.chorus", "drop.x", "fly.0.0", "up.0.0.0"} {
		form := chainForm(seen(c))
		form.Set("do", do)
		if w := ana.post(path, form); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", do, w.Code)
		}
	}
	form := chainForm(seen(c))
	form.Set("do", "save")
	ledTo(t, ana.post(path, form))
	a := s.kept(c.ID).Attributions[0]
	if len(a.Via) != 2 || a.Via[1].Cue != "recoge" || a.Sources[0].Code != "ES" || !a.Sources[0].SawOriginal || a.Original.Name != "El bando" {
		t.Errorf("saved as %+v", a)
	}
}

// TestTheChainEditorKeepsTheVersionItBeganWith: rearranging does not take over
// what somebody else stored meanwhile.
func TestTheChainEditorKeepsTheVersionItBeganWith(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	priority := 2
	if _, err := s.desk.EditClaim(t.Context(), s.actor(claims.RoleEditor), c.ID, c.Version, workflow.ClaimPatch{Priority: &priority}); err != nil {
		t.Fatal(err)
	}
	form := chainForm(seen(c))
	form.Set("do", "down.0.0")
	page := page200(t, ana.post("/claims/"+c.ID+"/edit", form))
	if got := page.Attrs(`form[action$="#chain-h"] input[name="version"]`, "value"); !slices.Equal(got, []string{seen(c)}) {
		t.Errorf("the form says version %v, want %s", got, seen(c))
	}
	form.Set("do", "save")
	w := ana.post("/claims/"+c.ID+"/edit", form)
	if w.Code != http.StatusPreconditionFailed {
		t.Errorf("saving over it: %d", w.Code)
	}
}

func TestARefusedChainKeepsWhatWasTypedAndSaysWhere(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	form := chainForm(seen(c))
	form.Set("role.0.1", "original")
	form.Set("kind.0.2", "ship")
	w := ana.post("/claims/"+c.ID+"/edit", form)
	if w.Code != http.StatusUnprocessableEntity || parsed(t, w).Count(`#e-role\.0\.3`) != 1 {
		t.Errorf("two documents: %d", w.Code)
	}
	form.Set("role.0.1", "via")
	form.Set("source.0.0", "0000000000")
	form.Set("mode.0", "sung")
	w = ana.post("/claims/"+c.ID+"/edit", form)
	page := parsed(t, w)
	for _, id := range []string{`#e-kind\.0\.2`, `#e-source\.0\.0`, `#e-mode\.0`} {
		if page.Count(id) != 1 {
			t.Errorf("%s is not told beside its field", id)
		}
	}
	if got := namesIn(page.Attrs(`#edit .chain-link input[name^="name."]`, "value")); len(got) != 4 || page.Attr(`input[name="link_cue.0.1"]`, "value") != "recoge" {
		t.Errorf("what was typed is gone: %v", got)
	}
}

func TestSourcesHavePages(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	luis := s.signIn(claims.RoleEditor)
	form := chainForm(seen(c))
	ledTo(t, luis.post("/claims/"+c.ID+"/edit", form))
	page := page200(t, luis.open("/claims/"+c.ID))
	if page.Count(".ties > li") != 4 {
		t.Fatalf("%d links are offered a record", page.Count(".ties > li"))
	}
	ledTo(t, luis.post("/claims/"+c.ID+"/tie", url.Values{"version": {seen(s.kept(c.ID))}, "attribution": {"0"}, "role": {"source"}, "n": {"0"}}))
	mayor := s.kept(c.ID).Attributions[0].Sources[0].Source
	where := ledTo(t, luis.post("/sources/new", url.Values{"name": {"Alcaldía"}, "kind": {"government"}, "aliases": {"El ayuntamiento\r\nEl consistorio, el de aquí"}, "same_as": {"https://www.wikidata.org/wiki/Q1"}}))
	page = page200(t, luis.open(where))
	if page.Text("h1") != "Alcaldía" || page.Count(`a[href="https://www.wikidata.org/wiki/Q1"]`) != 1 {
		t.Errorf("the page of the new source: %s", page.Text("main"))
	}
	if w := luis.post("/sources/new", url.Values{"name": {" "}, "note": {"a mano"}}); w.Code != http.StatusUnprocessableEntity || parsed(t, w).Text(`textarea[name="note"]`) != "a mano" {
		t.Errorf("a refused form: %d", w.Code)
	}
	w := luis.post(where+"/edit", url.Values{"name": {"Otra"}, "version": {"7"}})
	if w.Code != http.StatusPreconditionFailed || parsed(t, w).Attr(`input[name="name"]`, "value") != "Otra" || parsed(t, w).Count(".clash .now-stands") == 0 {
		t.Errorf("a stale form: %d", w.Code)
	}
	page = page200(t, luis.open("/sources?q=alcal&kind=person"))
	if page.Count(".source-row") != 1 || page.Text(".source-row .title") != "El alcalde" {
		t.Errorf("the list: %s", page.Text("main"))
	}
	page = page200(t, luis.open("/sources/"+mayor+"/merge?q=alcald%C3%ADa"))
	into := page.Attr(`input[name="into"]`, "value")
	page = page200(t, luis.open("/sources/"+mayor+"/merge?into="+into))
	back := ledTo(t, luis.post("/sources/"+mayor+"/merge", url.Values{"into": {into}, "version": {page.Attr(`form[method="post"] input[name="version"]`, "value")}}))
	page = page200(t, luis.open(back))
	if back != where || page.Count(`#record-h`) != 1 || page.Count(`.record a[href*="source=`+into+`"]`) != 1 {
		t.Errorf("the merged source at %s: %s", back, page.Text("main"))
	}
	if w := luis.open("/sources/" + mayor); w.Code != http.StatusSeeOther || w.Header().Get("Location") != where {
		t.Errorf("the record that was merged answers %d", w.Code)
	}
	undo := page.Attr(`.page-head form[action$="/undo"]`, "action")
	ledTo(t, luis.post(undo, url.Values{}))
	page200(t, luis.open("/sources/"+mayor))
}

func TestSourcesAPI(t *testing.T) {
	s := newSite(t)
	p, eva := s.program(claims.RoleEditor, claims.ScopeWrite), s.program(claims.RoleAdmin, claims.ScopeWrite)
	one := answer[sourceJSON](t, p.call(http.MethodPost, "/sources", map[string]any{"name": "INE", "kind": "organization", "same_as": []string{"https://ine.test/"}}), http.StatusCreated)
	two := answer[sourceJSON](t, p.call(http.MethodPost, "/sources", map[string]any{"name": "Instituto", "aliases": []string{"I.N.E."}}), http.StatusCreated)
	one = answer[sourceJSON](t, p.call(http.MethodPatch, "/sources/"+one.ID, map[string]any{"code": "es"}, "If-Match", `"1"`), http.StatusOK)
	if one.Code != "ES" || one.Version != 2 || one.Record == nil {
		t.Errorf("changed: %+v", one)
	}
	if w := p.call(http.MethodPatch, "/sources/"+one.ID, map[string]any{"code": "fr"}); w.Code != http.StatusPreconditionRequired {
		t.Errorf("without a version: %d", w.Code)
	}
	merged := answer[sourceJSON](t, p.call(http.MethodPost, "/sources/"+two.ID+"/merge", map[string]any{"into": one.ID}, "If-Match", `"1"`), http.StatusOK)
	if merged.ID != one.ID || !slices.Equal(merged.Aliases, []string{"Instituto", "I.N.E."}) {
		t.Errorf("merged: %+v", merged)
	}
	gone := answer[sourceJSON](t, p.call(http.MethodGet, "/sources/"+two.ID, nil), http.StatusOK)
	if gone.MergedInto == nil || *gone.MergedInto != one.ID {
		t.Errorf("what was merged: %+v", gone)
	}
	if list := answer[page[sourceJSON]](t, p.call(http.MethodGet, "/sources?q=i.n.e&limit=1", nil), http.StatusOK); len(list.Items) != 1 || list.Items[0].ID != one.ID || list.Items[0].Claims == nil {
		t.Errorf("the list: %+v", list)
	}
	version := etagOf(merged.Version)
	hidden := answer[sourceJSON](t, p.call(http.MethodPatch, "/sources/"+one.ID, map[string]any{"protected": true}, "If-Match", version), http.StatusOK)
	if !hidden.Shown || hidden.Name != "INE" || len(hidden.Readers) != 1 {
		t.Errorf("protected: %+v", hidden)
	}
	seen := answer[sourceJSON](t, eva.call(http.MethodGet, "/sources/"+one.ID, nil), http.StatusOK)
	if seen.Shown || seen.Name != "protected source" || len(seen.Aliases)+len(seen.SameAs) != 0 || seen.Code != "" {
		t.Errorf("eva sees %+v", seen)
	}
	if w := eva.call(http.MethodPatch, "/sources/"+one.ID, map[string]any{"note": "x"}, "If-Match", etagOf(seen.Version)); w.Code != http.StatusForbidden {
		t.Errorf("eva writes into it: %d", w.Code)
	}
	seen = answer[sourceJSON](t, eva.call(http.MethodPatch, "/sources/"+one.ID, map[string]any{"readers": []string{"luis", "eva"}}, "If-Match", etagOf(seen.Version)), http.StatusOK)
	if !seen.Shown || seen.Name != "INE" {
		t.Errorf("eva named herself and sees %+v", seen)
	}
}

func TestWhereAProtectedSourceIsNamedIsToldToItsReaders(t *testing.T) {
	s := newSite(t)
	s.published(s.newClaim(articleQuote), "false", "")
	check, err := s.desk.CreateCheck(t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Title: "Lo que dijo Marta Quil", Body: "Marta Quil.", Language: "es"})
	if err == nil {
		_, err = s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	p, eva := s.program(claims.RoleEditor, claims.ScopeWrite), s.program(claims.RoleAdmin, claims.ScopeRead)
	made := answer[sourceJSON](t, p.call(http.MethodPost, "/sources", map[string]any{"name": "Marta Quil", "protected": true}), http.StatusCreated)
	got := answer[sourceJSON](t, p.call(http.MethodGet, "/sources/"+made.ID, nil), http.StatusOK)
	if len(got.Exposed) != 1 || got.Exposed[0].Check != check.Slug {
		t.Errorf("%+v", got.Exposed)
	}
	if got := answer[sourceJSON](t, eva.call(http.MethodGet, "/sources/"+made.ID, nil), http.StatusOK); len(got.Exposed) != 0 {
		t.Errorf("eva is told %+v", got.Exposed)
	}
	shown := page200(t, s.signIn(claims.RoleEditor).open("/sources/"+made.ID))
	if shown.Count(`.notice.warn a[href="/checks/`+check.Slug+`"]`) != 1 {
		t.Error("the page does not lead to the check")
	}
}

func TestTheFormOfAProtectedSourceSaysWhatItsOtherNamesHide(t *testing.T) {
	s := newSite(t)
	luis := s.signIn(claims.RoleEditor)
	for protected, want := range map[bool]bool{true: true, false: false} {
		src, err := s.desk.AddSource(t.Context(), s.actor(claims.RoleEditor), workflow.SourceInput{Name: "Marta Quil", Protected: protected})
		if err != nil {
			t.Fatal(err)
		}
		hint := page200(t, luis.open("/sources/"+src.ID+"/edit")).Text("#h-aliases")
		if got := strings.Contains(hint, "surname"); got != want {
			t.Errorf("protected %t: %s", protected, hint)
		}
	}
}
