package web

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// buried adds to what the mine hides everything else that the public must not learn:
// drafts, notes, a restricted article, e-mail addresses of people and readers, where
// webhooks go and what they are signed with. Each of them is called as the canary
// is; what is drawn by chance comes back.
func (m mine) buried(t *testing.T) (secrets []string) {
	t.Helper()
	ctx := t.Context()
	eva, ana := m.actor(claims.RoleAdmin), m.actor(claims.RoleChecker)
	c := m.newClaim("familias")
	wording := "Borrador de Quetzalina"
	tags := []string{"Quetzalina"}
	var edit = workflow.ClaimPatch{Standalone: &wording, Tags: &tags}
	if _, err := m.desk.EditClaim(ctx, ana, c.ID, c.Version, edit); err != nil {
		t.Fatal(err)
	}
	if _, err := m.desk.CreateCheck(ctx, m.luis(), workflow.CheckInput{Title: "Otro borrador de Quetzalina", Slug: "quetzalina", Body: canary}); err != nil {
		t.Fatal(err)
	}
	taken, err := m.desk.TakeIn(ctx, m.luis(), workflow.Intake{
		Audience: workflow.Audience{Restricted: true},
		Input: ingest.Input{
			Raw: []byte("Quetzalina Canario dijo que el embalse está al 12 %.\n\nSegún Quetzalina, hubo 300 cortes."), ContentType: "text/plain; charset=utf-8",
			Hint: ingest.Hint{Title: "Reservado de Quetzalina", Outlet: canary, URL: "https://quetzalina.test/reservado", Language: "es"},
		},
	})
	if err != nil || !taken.Article.Restricted {
		t.Fatal(taken.Article.Restricted, err)
	}
	for role, person := range m.people {
		err := m.desk.SetIdentity(ctx, eva, person.ID, m.person(t, person.ID).Version, "quetzalina-"+string(role)+"@mail.test")
		if err != nil {
			t.Fatal(err)
		}
	}
	reported := workflow.ReportInput{Text: "Soy Quetzalina", Contact: "quetzalina@lectores.test", URL: "https://quetzalina.test/prueba"}
	for _, id := range m.claims[:2] {
		if _, err := m.desk.AddReport(ctx, ana, id, reported); err != nil {
			t.Fatal(err)
		}
	}
	_, secret, err := m.desk.AddHook(ctx, eva, workflow.HookInput{Name: "Quetzalina", URL: "https://quetzalina.test/hook", Kinds: claims.HookKinds})
	if err != nil {
		t.Fatal(err)
	}
	return []string{secret, strings.TrimPrefix(secret, "whsec_"), c.ID, taken.Article.ID}
}

func (m mine) person(t *testing.T, id string) claims.Person {
	t.Helper()
	all, err := m.desk.People(t.Context(), m.actor(claims.RoleAdmin))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(p claims.Person) bool { return p.ID == id })
	return all[i]
}

// TestNothingPublicSaysWhatIsNot walks every byte that anybody can get: each public
// route with all that it can name, in every form, the whole static site with the
// names of its files, and the log of both.
func TestNothingPublicSaysWhatIsNot(t *testing.T) {
	m := newMine(t)
	secrets := m.buried(t)
	m.log.Reset()
	heard := listener{t: t, secrets: secrets}
	for _, r := range m.server.index {
		if r.access.kind != accessPublic || r.method != get {
			continue
		}
		paths, err := m.server.siteWalk(r)
		if err != nil {
			t.Fatal(err)
		}
		if paths != nil {
			err = paths(t.Context(), func(p string) error { heard.answer(m.site, (&url.URL{Path: p}).String()); return nil })
		} else {
			m.each(r, func(w walked) { heard.answer(m.site, w.path(t, r.path)) })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range m.claims {
		for _, format := range []string{"json", "xml"} {
			heard.answer(m.site, "/oembed?format="+format+"&url="+url.QueryEscape(baseURL+"/c/"+id))
		}
	}
	for _, path := range []string{"/public?limit=500", "/corrections?limit=500", "/checks?limit=500", "/public/verdicts.csv?raw=1&bom=1", "/public/tag/quetzalina-x", "/public/source/canario", "/feeds/source/canario.atom"} {
		heard.answer(m.site, path)
	}
	if heard.answers < 120 {
		t.Errorf("only %d answers were heard", heard.answers)
	}
	dir := t.TempDir()
	m.write(t, dir)
	all := files(t, dir)
	for path, body := range all {
		heard.file(path, []byte(body))
	}
	for _, name := range []string{siteList} {
		if _, there := all[name]; there {
			t.Errorf("%s is read twice", name)
		}
	}
	for line := range strings.Lines(m.log.String()) {
		if sings(line) && !strings.Contains(line, "path=/public/tag/quetzalina-x") || heard.secret(line) != "" {
			t.Errorf("the log says %s", line)
		}
	}
}

// listener hears whether any byte tells what is not public.
type listener struct {
	t       *testing.T
	secrets []string
	answers int
}

func (l *listener) answer(s *site, path string) {
	l.t.Helper()
	l.answers++
	w := s.get(path)
	if w.Code >= http.StatusInternalServerError {
		l.t.Errorf("%s: %d", path, w.Code)
	}
	if strings.Contains(path, "quetzalina-x") {
		return // what somebody made up is said back
	}
	heads := ""
	for name, values := range w.Header() {
		heads += name + ": " + strings.Join(values, " ") + "\n"
	}
	l.file(path, w.Body.Bytes())
	l.file(path+" (headers)", []byte(heads))
}

// file looks into what is packed, too.
func (l *listener) file(name string, body []byte) {
	l.t.Helper()
	text := string(body)
	switch {
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		text = l.unpacked(name, body)
	case bytes.HasPrefix(body, []byte("\x89PNG")):
		l.picture(name, body)
	}
	if sings(text) || sings(name) {
		at := max(0, strings.Index(strings.ToLower(text), "quetzalina"))
		l.t.Errorf("%s tells: …%.200q…", name, text[max(0, at-80):])
	}
	if secret := l.secret(text); secret != "" {
		l.t.Errorf("%s holds %s", name, secret)
	}
}

func (l *listener) secret(text string) string {
	for _, s := range l.secrets {
		if strings.Contains(text, s) {
			return s
		}
	}
	return ""
}

// unpacked is all that a workbook holds, with the names of its parts.
func (l *listener) unpacked(name string, body []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		l.t.Fatalf("%s: %v", name, err)
	}
	var text strings.Builder
	for _, f := range archive.File {
		part, err := f.Open()
		if err != nil {
			l.t.Fatal(err)
		}
		fmt.Fprintln(&text, f.Name, f.Comment, string(f.Extra))
		if _, err := io.Copy(&text, part); err != nil {
			l.t.Fatal(err)
		}
		_ = part.Close()
	}
	return text.String()
}

// picture refuses a picture that says anything beside what it shows.
func (l *listener) picture(name string, body []byte) {
	for at := 8; at+8 <= len(body); {
		size, kind := int(binary.BigEndian.Uint32(body[at:])), string(body[at+4:at+8])
		if !slices.Contains([]string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}, kind) {
			l.t.Errorf("%s has a part of kind %s", name, kind)
		}
		at += 12 + size
	}
}

func TestTheListenerHears(t *testing.T) {
	var book bytes.Buffer
	archive := zip.NewWriter(&book)
	part, err := archive.Create("xl/x.xml")
	if err == nil {
		_, err = part.Write([]byte("<t>Quetzalina</t>"))
	}
	if err != nil || archive.Close() != nil {
		t.Fatal(err)
	}
	l := &listener{t: t}
	if !sings(l.unpacked("x", book.Bytes())) || sings(book.String()) {
		t.Error("what is packed is not heard")
	}
}
