package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserChecks writes a check: what is typed shows beside it, a claim that was found
// is cited where one writes, and the pages of it fit.
func TestBrowserChecks(t *testing.T) {
	base, passwords := startDemoServer(t)
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	eva.open("/public")
	id := strings.TrimPrefix(ask(eva, "a claim", chromedp.Evaluate[string](`new URL(document.querySelector('main a[href^="/c/"]').href).pathname`)), "/c/")
	eva.put(looks[0])
	eva.open("/checks/new")
	eva.fill("#f-title", "Lo que cuesta el puente")
	eva.fill("#f-body", "Un **párrafo** que cita ")
	ask(eva, "type", chromedp.Evaluate[bool](`document.querySelector("#f-body").dispatchEvent(new Event("input", { bubbles: true }))`))
	eva.until("the preview follows", `document.querySelector("#look-body strong")?.textContent === "párrafo"`)
	eva.fill("#f-find", id)
	eva.do("find", chromedp.Click(chromedp.CSS(`#finder button[value="find"]`)))
	eva.until("a claim is found", `document.querySelector("#found button[name=insert]") !== null`)
	eva.do("insert", chromedp.Click(chromedp.CSS(`#found button[name="insert"]`)))
	eva.until("it is cited", `document.querySelector("#f-body").value.includes("[[`+id+`]]") && document.querySelector("#look-body a.cite") !== null`)
	eva.fitsIn("check-writing", looks[0])
	eva.submit("save", `#check-form button.primary`)
	edit := strings.TrimPrefix(eva.address(), base)
	eva.inEveryLook(func(looks []look) {
		eva.open(edit)
		eva.until("the preview is there", `document.querySelector("#look-body a.cite") !== null`)
		eva.fits("check-edit", looks)
	})
}
