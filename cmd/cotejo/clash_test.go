package main

import (
	"strings"
	"testing"
)

// TestBrowserConflict: two people judge one claim; the second sees both texts,
// takes the step of the first over and keeps the rationale of their own.
func TestBrowserConflict(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	ana, luis := newPerson(t, base), newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	luis.signIn("luis", passwordOf("luis"))
	pasteExample(ana)
	id := acceptTroops(ana)
	ana.open("/claims/" + id)
	ana.submit("take it up", `#moves form:has(input[value="in_check"]) button`)
	luis.open("/claims/" + id)
	luis.check(`#verdict input[name="content"][value="false"]`)
	luis.fill(`#verdict textarea[name="rationale"]`, "Lo que escribió luis.")
	ana.check(`#verdict input[name="content"][value="true"]`)
	ana.fill(`#verdict textarea[name="rationale"]`, "Lo que escribió ana.")
	ana.submit("save the verdict", `#verdict button.primary`)
	luis.submit("save the verdict", `#verdict button.primary`)
	if both := luis.text(".clash"); !strings.Contains(both, "Lo que escribió ana.") || !strings.Contains(both, "Lo que escribió luis.") {
		t.Fatalf("not both are shown: %s", both)
	}
	luis.keepEvery("clash", "")
	luis.check(`.clash input[name="take"][value="content"]`)
	luis.submit("save again", `#verdict button.primary`)
	if head := luis.text(".claim-head .verdicts"); !strings.Contains(head, "True") {
		t.Errorf("the step is %s", head)
	}
	if text := luis.text("#verdict"); !strings.Contains(text, "Lo que escribió luis.") {
		t.Errorf("the verdict reads %s", text)
	}
}
