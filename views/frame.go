package views

import (
	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views/assets"
	"cotejo/views/i18n"
)

// Frame is what stands around every page.
type Frame struct {
	Words     *i18n.Words
	Title     string       // of the tab and for screen readers; never holds what the reader may not see
	Actor     claims.Actor // the zero Actor on public pages and before sign-in
	Called    string       // how the signed-in person is called
	Unread    int          // items of the inbox
	Nav       string       // which entry of the navigation is current: "desk", "articles", …
	Newsroom  string
	HowWeWork string // path of the methodology page; "" leads to the newsroom's own language
	Static    bool   // a file of the static site: nothing that only a server answers (forms, oEmbed, addresses with a query) is linked
	Packed    bool   // style sheets and scripts are asked for compressed: a page of the desk, for who takes that
	Width     string // "" for the whole width, "middle", "narrow"
	Flashes   []Flash
	Keys      claims.Keymap   // of the signed-in person
	Private   bool            // what is typed here is not kept in the browser, neither
	Head      templ.Component // more for <head>: discovery links, JSON-LD; may be nil
	Scripts   []string        // modules of assets beside the frame's own: "js/article.js"
}

// Flash is one message that outlives a redirect.
type Flash struct {
	Tone string // "good", "bad", "warn" or ""
	Text string
	Undo string // id of the event that would be taken back; "" for none
	Back string // where an undoing leads
}

// NavEntry is one entry of the desk's navigation.
type NavEntry struct {
	Name string
	Href string
	Act  claims.Act // who may not do it does not see the entry
}

// NavEntries are all entries, in their order.
var NavEntries = []NavEntry{
	{"desk", "/", claims.ActLook},
	{"queue", "/queue", claims.ActClaimTake},
	{"inbox", "/inbox", claims.ActLook},
	{"articles", "/articles", claims.ActLook},
	{"claims", "/claims", claims.ActLook},
	{"sources", "/sources", claims.ActLook},
	{"checks", "/desk/checks", claims.ActLook},
	{"history", "/history", claims.ActHistory},
	{"figures", "/figures", claims.ActLook},
	{"stats", "/stats", claims.ActLook},
	{"people", "/people", claims.ActPeople},
	{"settings", "/settings", claims.ActSettings},
	{"help", "/help", claims.ActLook},
}

// navOf lists what the actor may go to.
func navOf(actor claims.Actor) []NavEntry {
	var out []NavEntry
	for _, e := range NavEntries {
		if claims.May(actor, e.Act, claims.Settings{}) == nil {
			out = append(out, e)
		}
	}
	return out
}

// keepsNothing reports whether no draft of what is typed may stay in the browser.
func (f Frame) keepsNothing() bool { return f.Private || f.Nav == "people" || f.Nav == "account" }

func (f Frame) docTitle() string {
	brand := f.Newsroom
	if brand == "" {
		brand = f.Words.T("brand")
	}
	if f.Title == "" {
		return brand
	}
	return f.Title + " · " + brand
}

// asset is the address of a style sheet or script of the frame.
func (f Frame) asset(file string) string {
	if f.Packed {
		return assets.PackedURL(file)
	}
	return assets.URL(file)
}

// howWeWork leads to the methodology page in the language of this one.
func (f Frame) howWeWork() string {
	if f.HowWeWork == "" {
		return "/methodology"
	}
	return f.HowWeWork
}
