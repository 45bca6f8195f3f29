package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

// formWith writes a form with a file; name "" sends none.
func formWith(t *testing.T, fields map[string]string, name, data string) (body *bytes.Buffer, kind string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for key, value := range fields {
		if err := w.WriteField(key, value); err != nil {
			t.Fatal(err)
		}
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(data))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

func (b *browser) sendFile(path string, fields map[string]string, name, data string) *httptest.ResponseRecorder {
	b.t.Helper()
	body, kind := formWith(b.t.(*testing.T), fields, name, data)
	r := httptest.NewRequest(http.MethodPost, path, body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

const tinyPNG = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"

func TestEvidenceIsFoundAgainEditedAndKept(t *testing.T) {
	s := newSite(t)
	c, other := s.newClaim(articleQuote), s.newClaim("La Junta anunció ayudas")
	ana := s.signIn(claims.RoleChecker)
	version := func(c claims.Claim) string { return seen(s.kept(c.ID)) }
	w := ana.sendFile("/claims/"+c.ID+"/evidence", map[string]string{"version": version(c), "stance": "for", "title": "Foto"}, "a.png", "%PDF-1.7\n")
	page := pageWith(t, w, http.StatusUnprocessableEntity)
	if got := page.Text("#e-file"); !strings.Contains(got, ".png") || !strings.Contains(got, "application/pdf") || page.Attr("#f-title", "value") != "Foto" {
		t.Errorf("a file that lies is answered %q", got)
	}
	ledTo(t, ana.sendFile("/claims/"+c.ID+"/evidence", map[string]string{"version": version(c), "url": "https://data.test/padron", "stance": "for", "title": "Padrón"}, "foto.png", tinyPNG))
	page = page200(t, ana.open("/claims/"+other.ID+"/evidence/new?q=padron"))
	from := page.Attr(`.source-row input[name="from"]`, "value")
	if from == "" || !strings.Contains(page.Text(".source-row"), claims.ShowID(c.ID)) {
		t.Fatalf("found %q: %s", from, page.Text("main"))
	}
	page = page200(t, ana.open("/claims/"+other.ID+"/evidence/new?q=padron&from="+from))
	if page.Attr("#f-url", "value") != "https://data.test/padron" || page.Attr("#f-stance option[selected]", "value") != "" || page.Attr(`#form input[name="from"]`, "value") != from {
		t.Error("the form is not filled, or the stance is not left open")
	}
	page = pageWith(t, ana.post("/claims/"+other.ID+"/evidence", url.Values{"version": {version(other)}, "url": {"https://data.test/padron"}, "from": {from}}), http.StatusUnprocessableEntity)
	if page.Text("#e-stance") == "" || page.Attr(`input[name="from"]`, "value") != from {
		t.Error("an open stance is not asked for")
	}
	ledTo(t, ana.post("/claims/"+other.ID+"/evidence", url.Values{"version": {version(other)}, "url": {"https://DATA.test/padron#x"}, "from": {from}, "stance": {"against"}}))
	page = page200(t, ana.open("/claims/"+other.ID))
	if got := page.Text("#evidence"); !strings.Contains(got, claims.ShowID(c.ID)) || !strings.Contains(got, "foto.png") {
		t.Errorf("the other claim is not named, or the file did not come along: %s", got)
	}
	row := page.Attr("#evidence .evidence-row", "id")
	id := strings.TrimPrefix(row, "e-")
	stale := version(other)
	ledTo(t, ana.post("/claims/"+other.ID+"/evidence/"+id, url.Values{"version": {stale}, "url": {"https://down.test/"}, "title": {"Dos"}, "stance": {"for"}}))
	page = pageWith(t, ana.post("/claims/"+other.ID+"/evidence/"+id, url.Values{"version": {stale}, "url": {"https://down.test/"}, "title": {"Tres"}, "stance": {"for"}}), http.StatusPreconditionFailed)
	if page.Attr("#f-title", "value") != "Tres" || !strings.Contains(page.Text(".now-stands"), "Dos") {
		t.Error("the loser does not see both texts")
	}
	if at := ledTo(t, ana.post("/claims/"+other.ID+"/evidence/"+id+"/copy", url.Values{"version": {version(other)}})); at != "/claims/"+other.ID+"#e-"+id {
		t.Errorf("led to %s", at)
	}
	if got := page200(t, ana.open("/claims/"+other.ID)).Text("main"); !strings.Contains(got, "No copy was kept.") {
		t.Error("the page does not say that no copy was kept")
	}
	ledTo(t, ana.post("/claims/"+c.ID+"/evidence/"+from+"/copy", url.Values{"version": {version(c)}}))
	s.sendsSafely(t, ana, from)
}

func (s *site) sendsSafely(t *testing.T, b *browser, id string) {
	t.Helper()
	for path, want := range map[string][2]string{
		"/evidence/" + id + "/file":          {"image/png", "attachment; filename=foto.png"},
		"/evidence/" + id + "/file?inline=1": {"image/png", "inline; filename=foto.png"},
		"/evidence/" + id + "/copy?inline=1": {"application/octet-stream", "attachment; filename=copy-" + id + ".html"},
	} {
		w := b.open(path)
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Content-Type") != want[0] || h.Get("Content-Disposition") != want[1] || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasSuffix(h.Get("Content-Security-Policy"), "; sandbox") {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
	}
	eva := s.signIn(claims.RoleAdmin)
	ledTo(t, eva.post("/evidence/"+id+"/erase", url.Values{"what": {"file"}, "reason": {"Lo pide un juez"}}))
	if w := b.open("/evidence/" + id + "/file"); w.Code != http.StatusGone {
		t.Errorf("after erasing: %d", w.Code)
	}
}

func TestTheAPIOfEvidence(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana, eva := s.program(claims.RoleChecker, claims.ScopeWrite), s.program(claims.RoleAdmin, claims.ScopeWrite)
	body, kind := formWith(t, map[string]string{"title": "Foto", "stance": "for"}, "foto.png", tinyPNG)
	r := httptest.NewRequest(http.MethodPost, apiRoot+"/claims/"+c.ID+"/evidence/files", body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Authorization", "Bearer "+ana.token)
	e := answer[evidenceJSON](t, ana.do(r), http.StatusCreated)
	if e.File == nil || e.File.MediaType != "image/png" || e.Title != "Foto" || e.URL != "" || e.Archived != nil {
		t.Fatalf("%+v", e)
	}
	at := "/claims/" + c.ID + "/evidence/" + e.ID
	if w := ana.call(http.MethodPut, at, map[string]any{"url": "https://a.test/", "stance": "for", "grade": "primary"}); w.Code != http.StatusPreconditionRequired {
		t.Errorf("without If-Match: %d", w.Code)
	}
	e = answer[evidenceJSON](t, ana.call(http.MethodPut, at, map[string]any{"url": "https://a.test/", "title": "Foto", "stance": "for", "grade": "primary"}, "If-Match", etagOf(s.kept(c.ID).Version)), http.StatusOK)
	e = answer[evidenceJSON](t, ana.call(http.MethodPost, at+"/copy", nil), http.StatusOK)
	if e.Archived == nil || e.Archived.SHA256 == "" || e.File == nil {
		t.Fatalf("%+v", e)
	}
	found := answer[page[evidenceJSON]](t, ana.call(http.MethodGet, "/evidence?q=foto", nil), http.StatusOK)
	if len(found.Items) != 1 || found.Items[0].Claim != c.ID {
		t.Errorf("%+v", found)
	}
	if w := ana.call(http.MethodGet, "/evidence/"+e.ID+"/file", nil); w.Code != http.StatusOK || w.Body.String() != tinyPNG || w.Header().Get("Content-Type") != "image/png" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := eva.call(http.MethodPost, "/files/"+e.File.SHA256+"/erase", map[string]any{"reason": "Lo pide un juez"}); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ana.call(http.MethodGet, "/evidence/"+e.ID+"/file", nil); w.Code != http.StatusGone {
		t.Errorf("after erasing: %d %s", w.Code, w.Body)
	}
}
