package web

import (
	"bytes"
	"encoding/csv"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// editedTable is what somebody exports, with cells changed: by claim, column and value.
func editedTable(t *testing.T, b *browser, edits ...[3]string) string {
	t.Helper()
	rows, err := csv.NewReader(b.open("/export/verdicts.csv").Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		for _, row := range rows[1:] {
			if row[1] == e[0] {
				row[slices.Index(rows[0], e[1])] = e[2]
			}
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// handIn sends a file through the form of /import.
func (b *browser) handIn(t *testing.T, name string, raw []byte, fields map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if err := form.WriteField(field, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(raw)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.AddCookie(b.cookie)
	return b.do(r)
}

func TestAnEditedTableComesBackThroughThePage(t *testing.T) {
	s := newSite(t)
	c, done := s.newClaim(articleQuote), s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	ana := s.signIn(claims.RoleChecker)
	if page := page200(t, ana.open("/claims")); page.Count(`.export-menu a[href="/import?kind=changes"]`) != 1 || page.Count(".export-list a") != 12 {
		t.Error("the list offers no tables, or no way back")
	}
	if page := page200(t, ana.open("/import?kind=changes")); page.Attr("#f-kind option[selected]", "value") != "changes" {
		t.Error("the form does not say what it is for")
	}
	text := editedTable(t, ana, [3]string{c.ID, "claim_text", "<b>Otra</b> cosa"}, [3]string{c.ID, "tags", "agua"}, [3]string{c.ID, "state", "published"})
	w := ana.handIn(t, "editada.csv", []byte(text), map[string]string{"kind": "changes"})
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	if said := page.Text("#report"); !strings.Contains(said, "Changes 1") || !strings.Contains(said, "As it is 5") || !strings.Contains(said, "<b>Otra</b> cosa") || !strings.Contains(said, "Stays as it is") || !strings.Contains(said, "Change one claim") {
		t.Fatalf("%s", said)
	}
	if s.kept(c.ID).Version != c.Version {
		t.Fatal("looking changed it")
	}
	sent := url.Values{"confirm": {"1"}}
	for _, field := range []string{"kind", "name", "text", "pin"} {
		sent.Set(field, page.Attr(`#report input[name="`+field+`"]`, "value"))
	}
	if strings.Contains(sent.Get("text"), done.ID) {
		t.Error("rows that change nothing are carried along")
	}
	stale := url.Values{}
	for k, v := range sent {
		stale[k] = v
	}
	stale.Set("pin", "x")
	w = ana.post("/import", stale)
	if moved := pageWith(t, w, http.StatusConflict); !strings.Contains(moved.Text("#problems"), "Nothing was done") || s.kept(c.ID).Version != c.Version {
		t.Errorf("%s", moved.Text("main"))
	}
	w = ana.post("/import", sent)
	page = page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	if now := s.kept(c.ID); now.Standalone != "<b>Otra</b> cosa" || !slices.Equal(now.Tags, []string{"agua"}) || now.State != claims.StateOpen {
		t.Errorf("%+v", now)
	}
	ledTo(t, ana.post(page.Attr(`#report form[action^="/events/"]`, "action"), url.Values{}))
	if now := s.kept(c.ID); now.Standalone != c.Standalone {
		t.Errorf("undone it is %q", now.Standalone)
	}
}

func TestTablesThatCannotBeDoneSayWhy(t *testing.T) {
	s := newSite(t)
	c, done := s.newClaim(articleQuote), s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	ana := s.signIn(claims.RoleChecker)
	text := editedTable(t, ana, [3]string{c.ID, "verdict_code", "maybe"}, [3]string{done.ID, "rationale", "Otra"})
	page := page200(t, ana.post("/import", url.Values{"kind": {"changes"}, "text": {text}}))
	if said := page.Text("#report"); page.Count(`#report button[name="confirm"]`) != 0 || !strings.Contains(said, "Cannot be done 2") || !strings.Contains(said, "maybe") {
		t.Errorf("%s", said)
	}
	pageWith(t, ana.post("/import", url.Values{"kind": {"changes"}, "text": {text}, "confirm": {"1"}, "pin": {page.Attr(`#report input[name="pin"]`, "value")}}), http.StatusConflict)
	for text, want := range map[string]string{"a,b\n1,2\n": "claim_version", "": "no rows"} {
		if page := pageWith(t, ana.post("/import", url.Values{"kind": {"changes"}, "text": {text}}), http.StatusUnprocessableEntity); !strings.Contains(page.Text("#e-file"), want) {
			t.Errorf("%q: %s", text, page.Text("main"))
		}
	}
	if page := pageWith(t, ana.handIn(t, "x.xlsx", []byte("PK\x03\x04no"), map[string]string{"kind": "changes"}), http.StatusUnprocessableEntity); !strings.Contains(page.Text("#e-file"), "workbook") {
		t.Errorf("%s", page.Text("main"))
	}
	if w := s.signIn(claims.RoleContributor).post("/import", url.Values{"kind": {"changes"}, "text": {text}}); w.Code != http.StatusForbidden {
		t.Errorf("a contributor brings a table back: %d", w.Code)
	}
}

func TestAnEditedTableComesBackOverTheAPI(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleChecker)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	w := ana.call(http.MethodGet, "/exports/verdicts.xlsx", nil)
	if w.Code != http.StatusOK || w.Header().Get("Content-Disposition") != `attachment; filename="verdicts.xlsx"` || !bytes.Equal(w.Body.Bytes(), b.open("/export/verdicts.xlsx").Body.Bytes()) {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for path, want := range map[string]int{"/exports/evidence.jsonl?state=lost": http.StatusUnprocessableEntity, "/exports/people.csv": http.StatusNotFound, "/exports/verdicts.ods": http.StatusNotFound} {
		if w := ana.call(http.MethodGet, path, nil); w.Code != want {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	book := w.Body.Bytes()
	if same := answer[tableJSON](t, ana.call(http.MethodPost, "/changes", map[string]any{"file": book, "dry_run": true}), http.StatusOK); same.Counts[workflow.RowSame] != 5 || same.Ready || same.Applied {
		t.Errorf("%+v", same)
	}
	body := map[string]any{"text": editedTable(t, b, [3]string{c.ID, "claim_text", "Otra cosa"}), "dry_run": true}
	plan := answer[tableJSON](t, ana.call(http.MethodPost, "/changes", body), http.StatusOK)
	if !plan.Ready || plan.Applied || len(plan.Rows) != 1 || *plan.Rows[0].Claim != c.ID || plan.Rows[0].Cells[0].Column != "claim_text" || plan.Rows[0].Cells[0].New != "Otra cosa" {
		t.Fatalf("%+v", plan)
	}
	body["dry_run"], body["pin"] = false, "0"
	if w := ana.call(http.MethodPost, "/changes", body); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "changes.moved_on") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	body["pin"] = plan.Pin
	done := answer[tableJSON](t, ana.call(http.MethodPost, "/changes", body), http.StatusOK)
	if !done.Applied || done.Event == nil || s.kept(c.ID).Standalone != "Otra cosa" {
		t.Errorf("%+v", done)
	}
	answer[map[string]any](t, ana.call(http.MethodPost, "/events/"+*done.Event+"/undo", nil), http.StatusOK)
	if s.kept(c.ID).Standalone != c.Standalone {
		t.Error("it is not undone")
	}
	if w := s.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodPost, "/changes", body); w.Code != http.StatusForbidden {
		t.Errorf("a key that may only read: %d %s", w.Code, w.Body)
	}
}
