package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"cotejo/claims/claimstest"
)

// The accessibility checker that pages are looked at with: a package of npm and
// the digest of the one file of it that is used.
const (
	axePackage = "axe-core@4.14.1"
	axeSHA256  = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
)

// axe gives the checker's script, fetched once a machine.
var axe = sync.OnceValues(func() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "cotejo-tests")
	kept := filepath.Join(dir, axeSHA256+".js")
	if raw, err := os.ReadFile(kept); err == nil && isAxe(raw) {
		return string(raw), nil
	}
	raw, err := packAxe()
	if err != nil {
		return "", err
	}
	if !isAxe(raw) {
		return "", errors.New("the package has another file than the one that was looked at")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return string(raw), os.WriteFile(kept, raw, 0o600)
})

func isAxe(raw []byte) bool {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]) == axeSHA256
}

// packAxe has npm fetch the package and reads the script out of it.
func packAxe() ([]byte, error) {
	dir, err := os.MkdirTemp("", "cotejo-axe-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	pack := exec.Command("npm", "pack", "--silent", axePackage)
	pack.Dir = dir
	if out, err := pack.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack: %w: %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(files) != 1 {
		return nil, fmt.Errorf("npm pack gave %v, %w", files, err)
	}
	file, err := os.Open(files[0])
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	for r := tar.NewReader(unzipped); ; {
		h, err := r.Next()
		if err != nil {
			return nil, err
		}
		if h.Name == "package/axe.min.js" {
			return io.ReadAll(r)
		}
	}
}

// accessible fails the test for everything that the checker finds on the page.
func (p *person) accessible(name string) {
	p.t.Helper()
	script, err := axe()
	if err != nil {
		claimstest.Unavailable(p.t, "no accessibility checker: %v", err)
	}
	const look = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + " (" + v.impact + "): " + v.help + " at " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.failureSummary || "")).join("; ")))`
	p.do("load the checker", chromedp.Evaluate[chromedp.Void](script+"; undefined"))
	for _, found := range ask(p, "check "+name, chromedp.Evaluate[[]string](look, chromedp.EvalAwaitPromise)) {
		p.t.Errorf("%s: %s", name, found)
	}
}

// publicPaths follows the links of public pages as somebody without an account and
// gives at most two pages of each kind.
func publicPaths(p *person) []string {
	p.t.Helper()
	kinds := map[string]int{}
	waiting := []string{"/public", "/checks", "/corrections", "/methodology"}
	var out []string
	for len(waiting) > 0 && len(out) < 60 {
		path := waiting[0]
		waiting = waiting[1:]
		kind := pageKind(path)
		if slices.Contains(out, path) || kinds[kind] >= 2 {
			continue
		}
		kinds[kind]++
		p.open(path)
		if ask(p, "kind of "+path, chromedp.Evaluate[string](`document.contentType`)) != "text/html" {
			continue
		}
		out = append(out, path)
		for _, link := range ask(p, "links of "+path, chromedp.Evaluate[[]string](`[...document.querySelectorAll("a[href]")].map(a => a.href).filter(h => h.startsWith(location.origin))`)) {
			u, err := url.Parse(link)
			if err == nil && !otherType.MatchString(u.Path) && !strings.HasPrefix(u.Path, "/login") {
				waiting = append(waiting, u.Path)
			}
		}
	}
	return out
}

var (
	otherType = regexp.MustCompile(`\.(json|jsonl|csv|xlsx|atom|xml|png|txt)$`)
	claimID   = regexp.MustCompile(`^/c/[0-9A-Z]{6}(@\d+)?`)
)

// pageKind is what a path is one of.
func pageKind(path string) string {
	if m := claimID.FindStringSubmatch(path); m != nil {
		kind := "/c/ID"
		if m[1] != "" {
			kind += "@N"
		}
		return kind + path[len(m[0]):]
	}
	parts := strings.SplitN(path, "/", 4)
	if len(parts) > 2 {
		return "/" + parts[1] + "/…"
	}
	return path
}

// TestBrowserPublicPagesAreAccessible: every public page, by day and by night.
func TestBrowserPublicPagesAreAccessible(t *testing.T) {
	base, _ := startDemoServer(t)
	reader := newPerson(t, base)
	paths := publicPaths(reader)
	for _, want := range []string{"/c/ID", "/c/ID@N", "/c/ID/embed", "/c/ID/report", "/checks/…", "/corrections"} {
		if !slices.ContainsFunc(paths, func(p string) bool { return pageKind(p) == want }) {
			t.Errorf("no page of the kind %s among %v", want, paths)
		}
	}
	for _, l := range []look{{"day", 1360, 900, "en", "light", true}, {"night", 390, 844, "en", "dark", true}} {
		reader.emulate(l)
		for _, path := range paths {
			reader.open(path)
			// What is folded away must be sound too.
			reader.do("unfold", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => { d.open = true })`))
			reader.accessible(l.name + " " + path)
		}
	}
}
