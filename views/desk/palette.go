package desk

import (
	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// Palette is what the palette offers beside the acts of the page, which it finds there.
type Palette struct {
	Words  *i18n.Words
	Query  string
	Recent []SearchItem // things that were open lately, where there is no query
	Found  []SearchGroup
	Pages  []views.Option // Value is the address
}

// morePages are those that the navigation does not name, each with the key of its words.
var morePages = []struct {
	Key, Href string
	Act       claims.Act
}{
	{"intake.title", "/articles/new", claims.ActArticleAdd},
	{"import.title", "/import", claims.ActArticleAdd},
	{"feeds.title", "/feeds", claims.ActLook},
	{"bookmarklet.title", "/articles/bookmarklet", claims.ActArticleAdd},
	{"jobs.title", "/jobs", claims.ActLook},
	{"reports.title", "/reports", claims.ActReportLook},
	{"checks.new", "/checks/new", claims.ActCheckWrite},
	{"sources.new", "/sources/new", claims.ActSourceEdit},
	{"search.title", "/search", claims.ActLook},
	{"account.title", "/account", claims.ActAccount},
	{"scale.title", "/settings/scale", claims.ActSettings},
	{"methodology.edit", "/settings/methodology", claims.ActSettings},
	{"hooks.title", "/settings/webhooks", claims.ActSettings},
	{"foot.public", "/public", claims.ActLook},
}

// PagesFor lists the pages that somebody may open, those of the navigation first.
func PagesFor(w *i18n.Words, may func(claims.Act) bool) []views.Option {
	var out []views.Option
	for _, e := range views.NavEntries {
		if may(e.Act) {
			out = append(out, views.Option{Value: e.Href, Label: w.T("nav." + e.Name)})
		}
	}
	for _, e := range morePages {
		if may(e.Act) {
			out = append(out, views.Option{Value: e.Href, Label: w.T(e.Key)})
		}
	}
	return out
}
