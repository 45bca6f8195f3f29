package desk

import (
	"cmp"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// FeedsPage lists the feeds that are watched.
type FeedsPage struct {
	views.Frame
	Rows   []FeedRow
	People map[string]claims.Person
	MayAdd bool
}

// FeedRow is a feed as pages show it.
type FeedRow struct {
	claims.Feed
	MayChange bool // the reader may
}

// FeedPage is one feed with what was seen in it.
type FeedPage struct {
	views.Frame
	Row         FeedRow
	Items       []claims.FeedItem
	Articles    map[string]claims.Article
	People      map[string]claims.Person
	History     []EventRow
	First, Next string
}

// FeedFormPage adds a feed, or changes one.
type FeedFormPage struct {
	views.Frame
	ID       string // "" for a new one
	Version  int64
	Form     FeedForm
	Stands   *FeedForm // what somebody else made of it meanwhile; nil where nobody did
	Problems views.Problems
}

// FeedForm is what the form of a feed holds, as typed; filters stand one a line.
type FeedForm struct{ URL, Name, Outlet, Language, Include, Exclude, Every, First string }

// FeedFormOf fills the form with what is kept.
func FeedFormOf(f claims.Feed) FeedForm {
	return FeedForm{
		URL: f.URL, Name: f.Name, Outlet: f.Outlet, Language: f.Language, Include: strings.Join(f.Include, "\n"), Exclude: strings.Join(f.Exclude, "\n"),
		Every: strconv.Itoa(f.Every), First: strconv.Itoa(f.First),
	}
}

func feedPath(id, more string) string { return "/feeds/" + id + more }

func (r FeedRow) path(more string) string { return feedPath(r.ID, more) }

// feedTone says how loudly the state of a feed is shown.
func feedTone(f claims.Feed) string {
	switch {
	case f.State == claims.FeedGone || f.Fails > 0:
		return "bad"
	case f.State == claims.FeedPaused || f.ReadAt.IsZero():
		return "plain"
	}
	return "good"
}

// feedState is the word for how a feed stands.
func feedState(f claims.Feed) string {
	switch {
	case f.State == claims.FeedWatched && f.Fails > 0:
		return "feed_state.failing"
	case f.State == claims.FeedWatched && f.ReadAt.IsZero():
		return "feed_state.new"
	}
	return "feed_state." + string(f.State)
}

func fateTone(f claims.FeedFate) string {
	switch f {
	case claims.FateKept:
		return "good"
	case claims.FateFailed, claims.FateUnusable:
		return "bad"
	case claims.FateAsked:
		return "new"
	}
	return "plain"
}

// itemPath leads to what came of an item, "" where nothing did.
func itemPath(i claims.FeedItem) string {
	switch {
	case i.Article != "":
		return "/articles/" + i.Article
	case i.Job != "" && (i.Fate == claims.FateAsked || i.Fate == claims.FateFailed):
		return "/jobs/" + i.Job
	}
	return ""
}

func itemTitle(w *i18n.Words, i claims.FeedItem) string {
	return cmp.Or(i.Title, i.URL, w.T("feed.item_untitled"))
}

// everyWords says how often a feed is looked at.
func everyWords(w *i18n.Words, minutes int) string {
	switch {
	case minutes%(24*60) == 0:
		return w.N("feed.every_days", minutes/(24*60))
	case minutes%60 == 0:
		return w.N("feed.every_hours", minutes/60)
	}
	return w.N("feed.every_minutes", minutes)
}

// everyOptions offers the usual pauses, and the chosen one where it is another.
func everyOptions(w *i18n.Words, chosen string) []views.Option {
	var out []views.Option
	known := false
	for _, minutes := range []int{5, 15, 30, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60, 7 * 24 * 60} {
		out = append(out, views.Option{Value: strconv.Itoa(minutes), Label: everyWords(w, minutes)})
		known = known || strconv.Itoa(minutes) == chosen
	}
	if n, err := strconv.Atoi(chosen); !known && err == nil && n > 0 {
		out = append(out, views.Option{Value: chosen, Label: everyWords(w, n)})
	}
	return out
}

// clash compares the form of a feed with what stands.
func (p FeedFormPage) clash() Clash {
	w, typed, stands := p.Words, p.Form, *p.Stands
	every := func(s string) string {
		n, _ := strconv.Atoi(s)
		return everyWords(w, n)
	}
	return Clash{Title: w.T("stale.feed"), Again: feedPath(p.ID, "/edit"), Fields: differing(
		ClashField{Label: w.T("feed.url"), Name: "url", Typed: typed.URL, Stands: stands.URL},
		ClashField{Label: w.T("feed.name"), Name: "name", Typed: typed.Name, Stands: stands.Name},
		ClashField{Label: w.T("feed.outlet"), Name: "outlet", Typed: typed.Outlet, Stands: stands.Outlet},
		ClashField{Label: w.T("feed.language"), Name: "language", Typed: typed.Language, Stands: stands.Language},
		ClashField{Label: w.T("feed.include"), Name: "include", Typed: typed.Include, Stands: stands.Include},
		ClashField{Label: w.T("feed.exclude"), Name: "exclude", Typed: typed.Exclude, Stands: stands.Exclude},
		ClashField{Label: w.T("feed.every"), Name: "every", Typed: typed.Every, Stands: stands.Every, Said: every},
		ClashField{Label: w.T("feed.first"), Name: "first", Typed: typed.First, Stands: stands.First},
	)}
}

func (p FeedFormPage) action() string {
	if p.ID == "" {
		return "/feeds/new"
	}
	return feedPath(p.ID, "/edit")
}

func (p FeedFormPage) back() string {
	if p.ID == "" {
		return "/feeds"
	}
	return feedPath(p.ID, "")
}
