package desk

import "github.com/a-h/templ"

// PartialScript is the module that carries out what inPlace and polls say.
const PartialScript = "js/partial.js"

// inPlace has a form's or a link's answer, the page at path, take the place of the main
// part of the page at hand, of which the focus and what is typed are kept.
func inPlace(path string) templ.Attributes {
	return templ.Attributes{"hx-get": path, "hx-target": "#main", "hx-select": "#main", "hx-swap": "outerMorph", "hx-push-url": "true"}
}

// filtersInPlace is inPlace for a form of filters, which follows each choice.
func filtersInPlace(path string) templ.Attributes {
	out := inPlace(path)
	out["hx-trigger"], out["hx-sync"] = "submit, change", "this:replace"
	return out
}

// polls has a part of the page be fetched anew every so many seconds; the part's id is
// the same in the answer. The header leaves messages to the page that shows them.
func polls(path, id string, seconds int) templ.Attributes {
	if seconds == 0 {
		return templ.Attributes{"id": id}
	}
	return templ.Attributes{"id": id, "hx-get": path, "hx-target": "this", "hx-select": "#" + id, "hx-swap": "outerMorph", "hx-trigger": "every " + whole(seconds) + "s",
		"hx-headers": `{"Cotejo-Live": "1"}`, "data-polls": true}
}
