package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/text"
	"cotejo/claims/workflow"
	"cotejo/views/public"
)

// Public lists vary by path only: a month, a topic, a month of a topic, and what
// comes after a claim of it.
func (s *Server) topicRoutes() []route {
	all := []route{
		{get, "/public/:month", anyone, s.topicList(claims.TopicAll), 0},
		{get, "/public/:month/after/:claim", anyone, s.topicList(claims.TopicAll), 0},
	}
	for _, kind := range claims.TopicKinds {
		base := "/public/" + string(kind)
		all = append(all,
			route{get, base, anyone, s.topicIndex(kind), 0},
			route{get, base + "/:slug", anyone, s.topicList(kind), 0},
			route{get, base + "/:slug/:month", anyone, s.topicList(kind), 0},
			route{get, base + "/:slug/:month/after/:claim", anyone, s.topicList(kind), 0},
			route{get, "/feeds/" + string(kind) + "/:file", anyone, s.topicFeed(kind), 0}, // SLUG.atom, SLUG.json
		)
	}
	return all
}

// shelfRows is how many topics of a kind the list of everything shows.
const shelfRows = 24

// publicList is the newest of everything; ?cursor= and ?limit= turn its pages, too.
func (s *Server) publicList(c echo.Context) error {
	if forSite(c) || c.QueryParam("cursor") == "" && c.QueryParam("limit") == "" {
		return s.sendList(c, claims.ListingFilter{})
	}
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	pubs, next, err := s.desk.PublicClaims(c.Request().Context(), page)
	if err != nil {
		return err
	}
	var view public.ListView
	if view.Claims, err = documents(pubs); err != nil {
		return err
	}
	view.First, view.Next = turned(c, next)
	return s.sendListPage(c, view, claims.TopicAll)
}

// topicList is a part of the list of a topic of a kind.
func (s *Server) topicList(kind claims.TopicKind) echo.HandlerFunc {
	return func(c echo.Context) error {
		f := claims.ListingFilter{Kind: kind, Slug: pathParam(c, "slug"), Month: c.Param("month")}
		if f.Month != "" {
			f.Limit = maxLimit
		}
		if after := c.Param("claim"); after != "" {
			plain, ok := claims.PlainID(after)
			if !ok {
				return claims.NotFound("claim", cut(after, maxShown))
			}
			if f.After = plain; plain != after {
				return c.Redirect(http.StatusPermanentRedirect, public.TopicPath(kind, f.Slug)+"/"+f.Month+"/after/"+plain)
			}
		}
		return s.sendList(c, f)
	}
}

func (s *Server) sendList(c echo.Context, f claims.ListingFilter) error {
	list, err := s.desk.PublicList(c.Request().Context(), f)
	if plain := text.Slug(f.Slug, maxSlugAsked); claims.KindOf(err) == claims.KindNotFound && f.Slug != "" && plain != f.Slug {
		f.Slug = plain // typed as it is written
		list, err = s.desk.PublicList(c.Request().Context(), f)
	}
	if err != nil {
		return err
	}
	if asked := pathParam(c, "slug"); asked != list.Topic.Slug {
		return c.Redirect(http.StatusPermanentRedirect, partPath(list.Topic, f.Month, f.After))
	}
	view := public.ListView{Topic: list.Topic, Month: f.Month, Months: list.Months}
	if view.Claims, err = documents(list.Publications); err != nil {
		return err
	}
	view.Onward, view.OnwardTo = onward(list, f.Month)
	return s.sendListPage(c, view, f.Kind)
}

const maxSlugAsked = 200

// partPath is where a part of a list stands.
func partPath(t claims.Topic, month, after string) string {
	path := public.TopicPath(t.Kind, t.Slug)
	if month != "" {
		path += "/" + month
	}
	if after != "" {
		path += "/after/" + after
	}
	return path
}

// onward gives the address of what follows a part of a list, and the month that it
// is where it is an older one: the newest list ends in the month that its last claim
// stands in.
func onward(list workflow.PublicList, month string) (path, to string) {
	if list.Last != "" {
		if month != "" {
			return partPath(list.Topic, month, list.Last), ""
		}
		last := list.Publications[len(list.Publications)-1]
		to = claims.MonthOf(last.PublishedAt)
		return partPath(list.Topic, to, ""), to
	}
	for _, m := range list.Months {
		if month != "" && m.Name < month {
			return partPath(list.Topic, m.Name, ""), m.Name
		}
	}
	return "", ""
}

func (s *Server) sendListPage(c echo.Context, view public.ListView, kind claims.TopicKind) (err error) {
	lang := ""
	if kind == claims.TopicLanguage {
		lang = view.Topic.Key
	}
	if view.Frame, err = s.publicFrame(c, lang, ""); err != nil {
		return err
	}
	if kind == claims.TopicAll && view.Month == "" {
		if view.Shelves, err = s.shelves(c); err != nil {
			return err
		}
	}
	view.Frame.Title, view.Frame.Width = view.Title(), "middle"
	feed := public.TopicFeed(kind, view.Topic.Slug)
	view.Frame.Head = public.ListHead(s.link(c.Request().URL.Path), feed+".atom", feed+".json", public.TopicName(view.Words, view.Topic))
	return s.renderPublic(c, http.StatusOK, public.ListPage(view))
}

// shelves are the topics that the list of everything leads to: languages only
// where there are several.
func (s *Server) shelves(c echo.Context) (out []public.TopicShelf, err error) {
	for _, kind := range claims.TopicKinds {
		topics, err := s.desk.PublicTopics(c.Request().Context(), kind, shelfRows+1)
		if err != nil {
			return nil, err
		}
		shelf := public.TopicShelf{Kind: kind, Topics: topics}
		if kind == claims.TopicLanguage && len(topics) < 2 || len(topics) == 0 {
			continue
		}
		if len(topics) > shelfRows {
			shelf.Topics, shelf.More = topics[:shelfRows], true
		}
		out = append(out, shelf)
	}
	return out, nil
}

// topicIndex is all topics of a kind.
func (s *Server) topicIndex(kind claims.TopicKind) echo.HandlerFunc {
	return func(c echo.Context) error {
		topics, err := s.desk.PublicTopics(c.Request().Context(), kind, 0)
		if err != nil {
			return err
		}
		frame, err := s.publicFrame(c, "", "")
		if err != nil {
			return err
		}
		view := public.TopicIndexView{Frame: frame, Kind: kind, Topics: topics}
		view.Frame.Title, view.Frame.Width = view.Title(), "middle"
		view.Frame.Head = public.CanonicalHead(s.link(c.Request().URL.Path))
		return s.renderPublic(c, http.StatusOK, public.TopicIndexPage(view))
	}
}

// topicFeed is the feed of the newest claims of a topic, as Atom or JSON Feed.
func (s *Server) topicFeed(kind claims.TopicKind) echo.HandlerFunc {
	return func(c echo.Context) error {
		file := pathParam(c, "file")
		slug, atom := strings.CutSuffix(file, ".atom")
		if !atom {
			var ok bool
			if slug, ok = strings.CutSuffix(file, ".json"); !ok {
				return claims.NotFound("topic", cut(file, maxShown))
			}
		}
		ctx := c.Request().Context()
		list, err := s.desk.PublicList(ctx, claims.ListingFilter{Kind: kind, Slug: slug, Page: claims.Page{Limit: feedLength}})
		if err != nil {
			return err
		}
		if list.Topic.Slug != slug {
			return c.Redirect(http.StatusPermanentRedirect, public.TopicFeed(kind, list.Topic.Slug)+file[len(slug):])
		}
		f, words, err := s.feed(ctx, public.TopicFeed(kind, slug)+file[len(slug):], public.TopicPath(kind, slug), "topic.everything")
		if err != nil {
			return err
		}
		f.Title += " · " + public.TopicName(words, list.Topic)
		if kind == claims.TopicLanguage {
			f.Language = list.Topic.Key
		}
		if err := addVerdicts(&f, list.Publications); err != nil {
			return err
		}
		if atom {
			return sendAtom(c, f)
		}
		return sendJSONFeed(c, f)
	}
}

// addVerdicts puts publications into a feed.
func addVerdicts(f *export.Feed, pubs []claims.Publication) error {
	docs, err := documents(pubs)
	for _, d := range docs {
		f.Entries = append(f.Entries, export.VerdictEntry(d))
	}
	return err
}

// documents reads what was published.
func documents(pubs []claims.Publication) ([]export.Document, error) {
	out := make([]export.Document, len(pubs))
	for i, p := range pubs {
		var err error
		if out[i], err = export.ReadDocument(p.Document); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// pathParam is a part of the path as it reads; "" for what is not written right.
func pathParam(c echo.Context, name string) string {
	plain, err := url.PathUnescape(c.Param(name))
	if err != nil {
		return ""
	}
	return plain
}
