package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

var setupCode = regexp.MustCompile(`one-time code: (\S+)`)

// TestBrowserSetsUpTheFirstPerson starts an empty desk: the one-time code from
// the log makes the first account, once.
func TestBrowserSetsUpTheFirstPerson(t *testing.T) {
	address := freeAddress(t)
	_, errs := runServer(t, address, "--data", t.TempDir())
	var code string
	for deadline := time.Now().Add(pageWait); code == ""; time.Sleep(20 * time.Millisecond) {
		if m := setupCode.FindStringSubmatch(errs.String()); m != nil {
			code = m[1]
		} else if time.Now().After(deadline) {
			t.Fatalf("no code in the log: %s", errs)
		}
	}
	eva := newPerson(t, "http://"+address)
	eva.open("/")
	if at := eva.address(); !strings.HasSuffix(at, "/setup") {
		t.Fatalf("an empty desk leads to %s, want /setup", at)
	}
	fill := func(code string) {
		eva.fill(`input[name="code"]`, code)
		eva.fill(`input[name="name"]`, "eva")
		eva.fill(`input[name="password"]`, passwordOf("eva"))
		eva.fill(`input[name="repeat"]`, passwordOf("eva"))
		eva.submit("set up", `main form button[type="submit"]`)
	}
	fill("WRONG-CODE")
	if at := eva.address(); !strings.HasSuffix(at, "/setup") {
		t.Fatalf("a wrong code leads to %s", at)
	}
	fill(strings.ToLower(code))
	if page := eva.text("body"); !strings.Contains(page, "eva") {
		t.Errorf("after set-up the page does not greet eva: %s", page)
	}
	second := newPerson(t, "http://"+address)
	second.open("/setup")
	if at := second.address(); !strings.Contains(at, "/login") {
		t.Errorf("set-up is open a second time at %s", at)
	}
}
