package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cotejo/claims/claimstest"
)

// lighthouse gives the program, installed once a machine as its lock file says.
func lighthouse() (string, error) {
	lock, err := os.ReadFile("testdata/lighthouse/package-lock.json")
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(lock)
	dir := filepath.Join(cache, "cotejo-tests", "lighthouse-"+hex.EncodeToString(sum[:6]))
	program := filepath.Join(dir, "node_modules", ".bin", "lighthouse")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := os.RemoveAll(dir + ".new"); err != nil {
		return "", err
	}
	if err := os.CopyFS(dir+".new", os.DirFS("testdata/lighthouse")); err != nil {
		return "", err
	}
	install := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	install.Dir = dir + ".new"
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci: %w: %s", err, out)
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return program, os.Rename(dir+".new", dir)
}

// leastScore is what a page must reach in each category, of 1.
const leastScore = 0.95

// scores looks at a page as Lighthouse does by default: a telephone with a slow network
// and a slow processor. Of a page of the desk it is not asked whether programs may index
// it: robots.txt keeps them out, as they have no account.
func scores(t *testing.T, program, address, cookie string) (map[string]float64, string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	args := []string{address, "--quiet", "--output=json", "--no-enable-error-reporting", "--max-wait-for-load=30000",
		"--chrome-flags=--headless=new --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage"}
	if os.Geteuid() == 0 {
		args[len(args)-1] += " --no-sandbox"
	}
	if cookie != "" {
		headers, err := json.Marshal(map[string]string{"Cookie": cookie})
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, "--extra-headers="+string(headers), "--skip-audits=is-crawlable")
	}
	look := exec.CommandContext(ctx, program, args...)
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		claimstest.Unavailable(t, "no Chromium: %v (make tools installs it)", err)
	}
	look.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	var errs strings.Builder
	look.Stderr = &errs
	raw, err := look.Output()
	if err != nil {
		return nil, "", fmt.Errorf("%w: %s", err, errs.String())
	}
	out, why := readScores(t, raw, address)
	return out, why, nil
}

// readScores reads a report: the score of each category, and what brings one down.
func readScores(t *testing.T, raw []byte, address string) (map[string]float64, string) {
	t.Helper()
	var report struct {
		Shown      string `json:"finalDisplayedUrl"`
		Categories map[string]struct {
			Score  *float64
			Audits []struct {
				ID     string
				Weight float64
			} `json:"auditRefs"`
		}
		Audits map[string]struct {
			Score *float64
			Value string `json:"displayValue"`
		}
	}
	if err := json.Unmarshal(raw, &report); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	if report.Shown != address || len(report.Categories) < 4 {
		t.Fatalf("of %s it looked at %s, in %d categories", address, report.Shown, len(report.Categories))
	}
	out, why := map[string]float64{}, ""
	for name, c := range report.Categories {
		if c.Score == nil {
			t.Fatalf("%s has no score for %s", address, name)
		}
		out[name] = *c.Score
		for _, a := range c.Audits {
			if one := report.Audits[a.ID]; a.Weight > 0 && one.Score != nil && *one.Score < 0.9 {
				why += fmt.Sprintf("; %s %.2f %s", a.ID, *one.Score, one.Value)
			}
		}
	}
	return out, why
}

// TestBrowserLighthouse: an article, which has the most on its page; with COTEJO_LONG, as in
// "make soak", the desk, a claim and a public page, too. What else goes on here can only
// slow a page down, so that each has three goes.
func TestBrowserLighthouse(t *testing.T) {
	program, err := lighthouse()
	if err != nil {
		claimstest.Unavailable(t, "no Lighthouse: %v", err)
	}
	base, passwords := startDemoServer(t)
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	claim := eva.linked("/claims?state=published", `main a[href^="/claims/"]`)
	cookie := signedInCookie(t, base, "eva", passwords["eva"])
	pages := map[string]string{eva.linked("/claims?state=published", `main a[href^="/articles/"]`): cookie}
	if os.Getenv("COTEJO_LONG") != "" {
		pages["/"], pages[claim], pages["/c/"+filepath.Base(claim)] = cookie, cookie, ""
	}
	for path, cookie := range pages {
		for try := 1; ; try++ {
			got, why, err := scores(t, program, base+path, cookie)
			t.Logf("%s: %v%s", path, got, why)
			low := ""
			if err != nil {
				low = err.Error()
			}
			for name, score := range got {
				if score < leastScore {
					low += " " + name
				}
			}
			if low == "" {
				break
			}
			if try == 3 {
				t.Errorf("%s: below %.2f: %s%s", path, leastScore, low, why)
				break
			}
		}
	}
}

// signedInCookie signs somebody in and gives what their browser would send.
func signedInCookie(t *testing.T, base, name, password string) string {
	t.Helper()
	jar := signedInClient(t, base, name, password).Jar
	r, err := http.NewRequest(http.MethodGet, base, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range jar.Cookies(r.URL) {
		out = append(out, c.Name+"="+c.Value)
	}
	return strings.Join(out, "; ")
}
