package public

import (
	"net/url"
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ListView is a part of a public list: of everything, or of one topic.
type ListView struct {
	views.Frame
	Topic       claims.Topic // the zero Topic for the list of everything
	Month       string       // "2026-11"; "" for the newest
	Claims      []export.Document
	Months      []claims.Month // in which there is something, newest first
	Shelves     []TopicShelf   // where else to look, on the list of everything
	Onward      string         // address of what follows; "" where nothing does
	OnwardTo    string         // a month where that is an older one; "" for more of this one
	First, Next string         // addresses of other pages that were asked for by a query
}

// TopicShelf is the topics of a kind, those with most claims first; More is set
// where the page of the kind has others.
type TopicShelf struct {
	Kind   claims.TopicKind
	Topics []claims.Topic
	More   bool
}

// TopicIndexView is all topics of a kind.
type TopicIndexView struct {
	views.Frame
	Kind   claims.TopicKind
	Topics []claims.Topic
}

// TopicPath is where the list of a topic stands; that of everything for the zero Topic.
func TopicPath(kind claims.TopicKind, slug string) string {
	if kind == claims.TopicAll {
		return "/public"
	}
	return "/public/" + string(kind) + "/" + url.PathEscape(slug)
}

// TopicFeed is the path of a topic's feed without its ending.
func TopicFeed(kind claims.TopicKind, slug string) string {
	if kind == claims.TopicAll {
		return "/feed"
	}
	return "/feeds/" + string(kind) + "/" + url.PathEscape(slug)
}

// TopicName is what a topic is called: a language by its name in the page's.
func TopicName(w *i18n.Words, t claims.Topic) string {
	switch t.Kind {
	case claims.TopicAll:
		return w.T("topic.everything")
	case claims.TopicLanguage:
		return views.LanguageName(w, t.Name)
	}
	return t.Name
}

// Title heads a list.
func (v ListView) Title() string {
	name := TopicName(v.Words, v.Topic)
	if v.Month == "" {
		return name
	}
	return v.Words.T("topic.of_month", name, v.Words.Calendar(claims.Date(v.Month)))
}

// about says what the list holds.
func (v ListView) about() string {
	switch v.Topic.Kind {
	case claims.TopicTag:
		return v.Words.T("topic.about.tag")
	case claims.TopicSource:
		return v.Words.T("topic.about.source")
	case claims.TopicLanguage:
		return v.Words.T("topic.about.lang")
	}
	return v.Words.T("public.list_about")
}

func (v ListView) path() string { return TopicPath(v.Topic.Kind, v.Topic.Slug) }

// Title heads the page.
func (v TopicIndexView) Title() string { return kindLabel(v.Words, v.Kind) }

// kindLabel is what the topics of a kind are called together.
func kindLabel(w *i18n.Words, kind claims.TopicKind) string {
	switch kind {
	case claims.TopicTag:
		return w.T("topic.tag")
	case claims.TopicSource:
		return w.T("topic.source")
	}
	return w.T("topic.lang")
}

// oneOfKind is what one topic of a kind is called.
func oneOfKind(w *i18n.Words, kind claims.TopicKind) string {
	switch kind {
	case claims.TopicTag:
		return w.T("topic.kind.tag")
	case claims.TopicSource:
		return w.T("topic.kind.source")
	}
	return w.T("topic.kind.lang")
}

// byName puts topics in the order in which people look for them.
func byName(w *i18n.Words, all []claims.Topic) []claims.Topic {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b claims.Topic) int {
		return strings.Compare(a.Slug, b.Slug)
	})
	return out
}

// year of a month.
func yearOf(month string) string { return month[:4] }

// monthYears gives the years of months that are ordered, each once.
func monthYears(all []claims.Month) (years []string) {
	for _, m := range all {
		if y := yearOf(m.Name); !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	return years
}

// ofKind picks the topics of a kind.
func ofKind(all []claims.Topic, kind claims.TopicKind) (out []claims.Topic) {
	for _, t := range all {
		if t.Kind == kind {
			out = append(out, t)
		}
	}
	return out
}
