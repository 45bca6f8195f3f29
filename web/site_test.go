package web

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
	"cotejo/views/assets"
)

// TestPublicRoutesAreWrittenOrLeftOut: nobody adds a public route and forgets the
// static site.
func TestPublicRoutesAreWrittenOrLeftOut(t *testing.T) {
	s := newSite(t)
	known := map[string]bool{}
	for _, r := range s.server.index {
		if r.access.kind != accessPublic {
			continue
		}
		known[r.path] = true
		if _, err := s.server.siteWalk(r); err != nil {
			t.Error(err)
		}
	}
	for route := range leftOut {
		if !known[route] && route != "/oembed" {
			t.Errorf("%s is left out, and is no public route", route)
		}
	}
	for route := range s.server.siteWalks() {
		if !known[route] {
			t.Errorf("%s is no public route", route)
		}
	}
	if _, err := s.server.siteWalk(route{method: get, path: "/new/:thing", access: anyone}); err == nil {
		t.Error("a route that nobody knows is not noticed")
	}
}

// furnished is a desk with one of everything that can be public: corrected, being
// checked again, withdrawn, merged, cited in checks of both kinds.
type furnished struct {
	*site
	corrected, rechecked, withdrawn, merged, plain claims.Claim
}

func newFurnished(t testing.TB) furnished {
	s := newSite(t)
	f := furnished{site: s}
	f.corrected = s.published(s.listed(articleQuote, "Organización Ñ", "Agua", "Año"), "false", "")
	f.corrected = s.move(claims.RoleEditor, f.corrected, workflow.MoveInput{To: claims.StateReopened, Reason: "Hay padrón nuevo."})
	f.corrected = s.published(f.corrected, "true", "El padrón nuevo lo confirma.")
	f.rechecked = s.move(claims.RoleEditor, s.published(s.listed("La Junta anunció ayudas", "La Junta", "ano"), "true", ""), workflow.MoveInput{To: claims.StateReopened, Reason: "Otra vez."})
	f.withdrawn = s.move(claims.RoleEditor, s.published(s.listed("La Junta", "Nadie", "nada"), "true", ""), workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Confundimos dos pueblos."})
	f.plain = s.published(s.newClaim("familias"), "unproven", "")
	c := s.published(s.newClaim("cortes de agua"), "false", "")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Está dos veces."})
	c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
	f.merged = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: f.plain.ID})
	s.judged(s.newClaim("El embalse de Riaño"), "true")
	for slug, cites := range map[string]string{"agua": f.corrected.ID, "retirado": f.plain.ID} {
		check, err := s.desk.CreateCheck(t.Context(), s.actor(claims.RoleEditor), workflow.CheckInput{Slug: slug, Title: "Sobre " + slug, Body: "Uno: [[" + cites + "]].\n\n[[" + cites + "]]", Language: "es"})
		if err == nil {
			check, err = s.desk.SetCheckImage(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, workflow.CheckImageInput{Alt: "El embalse", Upload: &workflow.Upload{Name: "a.png", Data: dot(t)}})
		}
		if err == nil {
			check, err = s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckPublished, "")
		}
		if err == nil && slug == "retirado" {
			_, err = s.desk.MoveCheck(t.Context(), s.actor(claims.RoleEditor), check.Slug, check.Version, claims.CheckWithdrawn, "No era.")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// dot is a small picture.
func dot(t testing.TB) []byte {
	t.Helper()
	var body bytes.Buffer
	if err := png.Encode(&body, image.NewGray(image.Rect(0, 0, 640, 360))); err != nil {
		t.Fatal(err)
	}
	return body.Bytes()
}

func (s *site) write(t testing.TB, dir string) SiteReport {
	t.Helper()
	report, err := s.server.WriteSite(t.Context(), dir, SiteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// files gives what a folder holds, by path.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), siteList) {
			return err
		}
		raw, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheStaticSiteHoldsEverythingPublic(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	f.write(t, dir)
	all := files(t, dir)
	for _, want := range []string{
		"public/index.html", "public/2025-10/index.html", "public/tag/agua/index.html", "public/tag/ano/index.html", "public/tag/ano-2/index.html", "public/tag/index.html",
		"public/source/organizacion-n/index.html", "public/lang/es/2025-10/index.html", "feeds/tag/agua.atom", "feeds/lang/es.json", "feeds/source/la-junta.atom",
		"checks/agua/index.html", "checks/retirado/index.html", "checks/index.html", "corrections/index.html", "corrections.atom", "feed.atom", "feed.json", "sitemap.xml", "robots.txt",
		"claimreview.json", "claimreview/2025-10.json", "public/verdicts.csv", "public/verdicts.xlsx", "public/verdicts.jsonl", "public/claimreview.csv", "log/checkpoint", "log/key", "404.html", "index.html",
		"c/" + f.corrected.ID + "/index.html", "c/" + f.corrected.ID + "@1/index.html", "c/" + f.corrected.ID + "@2/index.html", "c/" + f.corrected.ID + ".json",
		"c/" + f.corrected.ID + "@1.json", "c/" + f.corrected.ID + "@2.proof.json", "c/" + f.withdrawn.ID + "/index.html", "c/" + f.withdrawn.ID + "@1/index.html",
		"c/" + f.withdrawn.ID + ".json", "c/" + f.merged.ID + "/index.html", "c/" + f.merged.ID + "@1.json",
	} {
		if _, ok := all[want]; !ok {
			t.Errorf("%s is missing", want)
		}
	}
	for path, body := range all {
		if strings.Contains(body, "/report\"") || strings.Contains(body, "/oembed") || strings.Contains(body, "?cursor=") || strings.Contains(body, "El embalse de Riaño está") && strings.HasSuffix(path, ".html") && !strings.Contains(path, "/c/") {
			if !strings.HasSuffix(path, ".csv") && !strings.HasSuffix(path, ".jsonl") {
				t.Errorf("%s leads to what no file answers", path)
			}
		}
		if strings.HasSuffix(path, ".html") && strings.Contains(body, "<form") {
			t.Errorf("%s has a form", path)
		}
	}
	for path, want := range map[string]string{
		"c/" + f.withdrawn.ID + "/index.html": "Confundimos dos pueblos.", "c/" + f.merged.ID + "/index.html": "url=/c/" + f.plain.ID, "index.html": "url=/public",
		"_redirects": "/c/" + f.merged.ID + " /c/" + f.plain.ID + " 301!\n",
	} {
		if !strings.Contains(all[path], want) {
			t.Errorf("%s does not say %q:\n%s", path, want, all[path])
		}
	}
	for _, path := range []string{"c/" + f.corrected.ID + "@1.json", "public/verdicts.csv", "feed.atom", "sitemap.xml", "claimreview.json", "feeds/tag/agua.json"} {
		if served := f.get("/" + path).Body.String(); served != all[path] {
			t.Errorf("%s is not what the server answers", path)
		}
	}
	marked := regexp.MustCompile(`<script type="application/ld\+json">`)
	for path, body := range all {
		want := path == "c/"+f.corrected.ID+"/index.html" || path == "c/"+f.rechecked.ID+"/index.html" || path == "c/"+f.plain.ID+"/index.html"
		if strings.HasSuffix(path, ".html") && marked.MatchString(body) != want {
			t.Errorf("%s bears markup: %v", path, !want)
		}
	}
}

// TestEveryPageOfTheSiteLeadsSomewhere follows every link of every file.
func TestEveryPageOfTheSiteLeadsSomewhere(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	f.write(t, dir)
	all := files(t, dir)
	moved := redirectsOf(all["_redirects"])
	links := 0
	for file, body := range all {
		for _, link := range linksOf(t, file, body) {
			u, err := url.Parse(link)
			if err != nil {
				t.Errorf("%s: %q: %v", file, link, err)
				continue
			}
			if u.IsAbs() && u.Scheme+"://"+u.Host != baseURL || u.Path == "" || u.Scheme == "data" {
				continue
			}
			links++
			if u.RawQuery != "" {
				t.Errorf("%s leads to %s, which has a query", file, link)
			}
			if u.Path == "/methodology" && f.get(u.Path).Code == http.StatusNotFound {
				continue // an older desk has no such page
			}
			if !leadsToFile(all, moved, u.Path) {
				t.Errorf("%s leads to %s, where nothing is", file, link)
			}
		}
	}
	if links < 300 {
		t.Errorf("only %d links were followed", links)
	}
}

func redirectsOf(text string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) == 3 && words[2] != "410!" {
			out[words[0]] = words[1]
		}
	}
	return out
}

func leadsToFile(all map[string]string, moved map[string]string, p string) bool {
	if to, ok := moved[p]; ok {
		p = to
	}
	file := strings.Trim(p, "/")
	_, plain := all[file]
	_, index := all[path.Join(file, "index.html")]
	return plain || index
}

// linksOf gives every address that a file leads to, by its format.
func linksOf(t *testing.T, file, body string) (out []string) {
	t.Helper()
	switch path.Ext(file) {
	case ".html":
		return htmlLinks(t, body)
	case ".atom", ".xml":
		decoder := xml.NewDecoder(strings.NewReader(body))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				return out
			}
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				for _, a := range x.Attr {
					if a.Name.Local == "href" {
						out = append(out, a.Value)
					}
				}
			case xml.CharData:
				if s := strings.TrimSpace(string(x)); strings.HasPrefix(s, baseURL) {
					out = append(out, s)
				}
			}
		}
	case ".json":
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		return jsonLinks(v)
	}
	return nil
}

func jsonLinks(v any) (out []string) {
	switch x := v.(type) {
	case string:
		if strings.HasPrefix(x, baseURL) {
			return []string{x}
		}
	case []any:
		for _, one := range x {
			out = append(out, jsonLinks(one)...)
		}
	case map[string]any:
		for _, one := range x {
			out = append(out, jsonLinks(one)...)
		}
	}
	return out
}

func htmlLinks(t *testing.T, body string) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "href", "src", "action", "cite", "poster":
				out = append(out, a.Val)
			case "content":
				if _, to, ok := strings.Cut(a.Val, "url="); ok {
					out = append(out, to)
				} else if strings.HasPrefix(a.Val, baseURL) {
					out = append(out, a.Val)
				}
			}
		}
	}
	return out
}

func TestASecondRunWritesWhatChanged(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	first := f.write(t, dir)
	before := files(t, dir)
	if again := f.write(t, dir); again.Written != 0 || again.Removed != 0 || again.Kept != first.Written {
		t.Errorf("again: %+v after %+v", again, first)
	}
	other := t.TempDir()
	f.write(t, other)
	if got := files(t, other); !sameFiles(before, got) {
		t.Error("the same desk gives other bytes in another folder")
	}
	mine := filepath.Join(dir, "c", "mine.txt")
	if err := os.WriteFile(mine, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.move(claims.RoleEditor, f.plain, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Tampoco era."})
	changed := f.write(t, dir)
	after := files(t, dir)
	if _, ok := after["c/mine.txt"]; !ok {
		t.Error("a file of somebody else's went")
	}
	if changed.Written == 0 || changed.Kept == 0 || !strings.Contains(after["c/"+f.plain.ID+"/index.html"], "Tampoco era.") {
		t.Errorf("%+v", changed)
	}
	if strings.Contains(after["public/index.html"], f.plain.ID) {
		t.Error("what was withdrawn is still listed")
	}
	f.move(claims.RoleEditor, f.kept(f.rechecked.ID), workflow.MoveInput{To: claims.StatePublished})
	last := f.kept(f.rechecked.ID)
	f.move(claims.RoleEditor, last, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Fuera."})
	if gone := f.write(t, dir); gone.Removed == 0 {
		t.Error("the lists of what was withdrawn stay")
	}
	for path := range files(t, dir) {
		if strings.HasPrefix(path, "public/source/la-junta") || strings.HasPrefix(path, "feeds/source/la-junta") {
			t.Errorf("%s stays", path)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "public", "source", "la-junta")); !os.IsNotExist(err) {
		t.Error("an empty folder stays")
	}
}

func sameFiles(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for path, body := range a {
		if b[path] != body {
			return false
		}
	}
	return true
}

func TestARunThatWasCutOffIsTidiedUp(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	_, err := f.server.WriteSite(ctx, dir, SiteOptions{Progress: func(int) { stop() }})
	stop()
	cut, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.server.WriteSite(cut, dir, SiteOptions{}); err == nil {
		t.Fatal("a run that was cut off says that it is whole")
	}
	_ = err
	if err := os.WriteFile(filepath.Join(dir, siteDrafts+"7"), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.write(t, dir)
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), siteDrafts) || e.Name() == siteJournal {
			t.Errorf("%s stays", e.Name())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoRunsAtOnceAreRefused(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	taken, err := openFolder(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.server.WriteSite(t.Context(), dir, SiteOptions{}); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("two at once: %v", err)
	}
	if err := taken.close(); err != nil {
		t.Fatal(err)
	}
	f.write(t, dir)
}

func TestAFileInTheWayIsNotWrittenOver(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	f.write(t, dir)
	fresh := f.published(f.listed("Riaño", "Otra", "nuevo"), "true", "")
	way := filepath.Join(dir, "c", fresh.ID+".json")
	if err := os.WriteFile(way, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := f.server.WriteSite(t.Context(), dir, SiteOptions{}); err == nil || !strings.Contains(err.Error(), "in the way") {
		t.Errorf("%v", err)
	}
	if raw, err := os.ReadFile(way); err != nil || string(raw) != "mine" {
		t.Errorf("%q %v", raw, err)
	}
	if _, err := f.server.WriteSite(t.Context(), dir, SiteOptions{Force: true}); err != nil {
		t.Error(err)
	}
}

func TestAnyServerCanServeTheSite(t *testing.T) {
	f := newFurnished(t)
	dir := t.TempDir()
	f.write(t, dir)
	plain := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer plain.Close()
	for _, p := range []string{"/public", "/c/" + f.corrected.ID, "/c/" + f.corrected.ID + "@1", "/c/" + f.corrected.ID + "@1.json", "/checks/agua", "/feeds/tag/agua.atom", "/public/2025-10"} {
		answer, err := http.Get(plain.URL + p)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, %v", p, answer.StatusCode, err)
		}
	}
}

func TestNotationsOfAnID(t *testing.T) {
	if got := notations("7F0K1Q"); len(got) != 12 || !slices.Contains(got, "7fok-lq") || !slices.Contains(got, "7f0k1q") {
		t.Errorf("%v", got)
	}
	for _, n := range notations("10AB01") {
		if plain, ok := claims.PlainID(n); !ok || plain != "10AB01" {
			t.Errorf("%s is %s", n, plain)
		}
	}
}

// tool finds a program that Debian has a package of.
func tool(t *testing.T, name string) string {
	t.Helper()
	for _, p := range []string{name, "/usr/sbin/" + name} {
		if found, err := exec.LookPath(p); err == nil {
			return found
		}
	}
	claimstest.Unavailable(t, "%s is not installed (make tools installs it)", name)
	return ""
}

func TestNginxTakesTheSnippets(t *testing.T) {
	nginx := tool(t, "nginx")
	f := newFurnished(t)
	dir, state := t.TempDir(), t.TempDir()
	f.write(t, dir)
	for _, p := range []string{dir, state} {
		for ; p != "/" && p != os.TempDir(); p = filepath.Dir(p) { // whoever nginx runs as may look in
			if err := os.Chmod(p, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	conf := "pid " + state + "/pid; error_log " + state + "/error.log; daemon off; master_process off;\nevents {}\nhttp { access_log off; client_body_temp_path " + state + "/b; proxy_temp_path " + state +
		"/p; fastcgi_temp_path " + state + "/f; uwsgi_temp_path " + state + "/u; scgi_temp_path " + state + "/s;\ninclude " + dir + "/_nginx.http.conf;\nserver { listen " + address + "; root " + dir + ";\ninclude " + dir + "/_nginx.server.conf; } }\n"
	file := filepath.Join(state, "nginx.conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(nginx, "-t", "-p", state, "-c", file).CombinedOutput(); err != nil {
		t.Fatalf("nginx -t: %v\n%s", err, out)
	}
	runs := exec.Command(nginx, "-p", state, "-c", file)
	f.servedBy(t, runs, "http://"+address)
}

func TestCaddyTakesTheSnippet(t *testing.T) {
	caddy := tool(t, "caddy")
	f := newFurnished(t)
	dir, state := t.TempDir(), t.TempDir()
	f.write(t, dir)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(state, "Caddyfile")
	conf := "{\n\tadmin off\n\tauto_https off\n}\nimport " + dir + "/_Caddyfile\nhttp://" + address + " {\n\troot * " + dir + "\n\timport cotejo\n}\n"
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	runs := exec.Command(caddy, "run", "--config", file, "--adapter", "caddyfile")
	runs.Env = append(os.Environ(), "HOME="+state, "XDG_DATA_HOME="+state, "XDG_CONFIG_HOME="+state)
	f.servedBy(t, runs, "http://"+address)
}

// servedBy runs a web server on the written folder and asks it for what a file alone
// does not say.
func (f furnished) servedBy(t *testing.T, runs *exec.Cmd, base string) {
	t.Helper()
	var said bytes.Buffer
	runs.Stdout, runs.Stderr = &said, &said
	if err := runs.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = runs.Process.Kill()
		_ = runs.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	}()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 5 * time.Second}
	ask := func(p string) (*http.Response, string) {
		for range 100 {
			answer, err := client.Get(base + p)
			if err != nil {
				time.Sleep(50 * time.Millisecond)
				continue
			}
			body, err := io.ReadAll(answer.Body)
			if err := errors.Join(err, answer.Body.Close()); err != nil {
				t.Fatal(err)
			}
			return answer, string(body)
		}
		t.Fatalf("the server does not answer: %s", said.String())
		return nil, ""
	}
	plain, id := "/c/"+f.corrected.ID, f.corrected.ID
	for _, p := range []string{"/public", plain, plain + "@1", plain + ".json", plain + "@1.json", plain + "@1.proof.json", "/feed.atom", "/feed.json", "/feeds/tag/agua.json", "/claimreview.json",
		"/public/verdicts.csv", "/public/verdicts.csv-metadata.json", "/public/verdicts.xlsx", "/log/key", "/robots.txt", "/sitemap.xml", assets.URL("css/base.css"), "/checks/agua"} {
		answer, body := ask(p)
		served := f.get(p)
		if answer.StatusCode != http.StatusOK || body == "" {
			t.Errorf("%s: %d", p, answer.StatusCode)
		}
		for _, name := range siteHeaders {
			if got, want := answer.Header.Get(name), served.Header().Get(name); got != want {
				t.Errorf("%s: %s %q, the desk says %q", p, name, got, want)
			}
		}
	}
	for p, want := range map[string]string{
		"/": "/public", "/c/" + f.merged.ID: "/c/" + f.plain.ID, "/c/" + f.merged.ID + ".json": "/c/" + f.plain.ID + ".json",
		"/c/" + strings.ToLower(id): plain, "/c/" + strings.ToLower(claims.ShowID(id)): plain, "/c/" + claims.ShowID(id) + "@1.json": plain + "@1.json", plain + "/": plain, "/public/tag/agua/": "/public/tag/agua",
	} {
		answer, _ := ask(p)
		u, err := url.Parse(answer.Header.Get("Location"))
		if err != nil || u.Path != want || answer.StatusCode/100 != 3 {
			t.Errorf("%s: %d to %q, want %s", p, answer.StatusCode, answer.Header.Get("Location"), want)
		}
	}
	for p, want := range map[string]int{
		"/c/" + f.withdrawn.ID: http.StatusGone, "/c/" + f.withdrawn.ID + ".json": http.StatusGone, "/c/" + f.withdrawn.ID + "@1": http.StatusOK, "/checks/retirado": http.StatusGone,
		"/c/ZZZZZZ": http.StatusNotFound, "/nada": http.StatusNotFound, "/" + siteList: http.StatusNotFound, "/_redirects": http.StatusNotFound, "/c": http.StatusNotFound,
	} {
		answer, body := ask(p)
		if answer.StatusCode != want || want == http.StatusGone && !strings.Contains(body, "retir") && !strings.Contains(body, "Confundimos") && !strings.Contains(body, "withdrawn") && !strings.Contains(body, "No era") {
			t.Errorf("%s: %d, want %d: %.200s", p, answer.StatusCode, want, body)
		}
	}
}
