package web

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/text"
	"cotejo/docs/guide"
	"cotejo/views"
	"cotejo/views/desk"
)

const paletteRecent = 6 // things that were open lately

func (s *Server) shellRoutes() []route {
	return []route{{get, "/palette", staff(claims.ActLook), s.paletteFind, 0}}
}

// paletteNouns are found by the palette, in this order; what hangs on a claim is the
// search page's.
var paletteNouns = []claims.SearchNoun{claims.SearchClaim, claims.SearchSource, claims.SearchArticle, claims.SearchCheck}

// paletteFind gives what the palette offers for ?q=, as options: pages and things of
// the desk. Without a query these are the things of ?recent=, as the reader may see them now,
// and all pages.
func (s *Server) paletteFind(c echo.Context) error {
	query := cut(c.QueryParam("q"), maxQuery)
	p := desk.Palette{Words: wordsOf(c), Query: query, Pages: s.palettePages(c, query)}
	var err error
	if strings.TrimSpace(query) == "" {
		p.Recent, err = s.paletteRecent(c, c.QueryParams()["recent"])
	} else {
		p.Found, err = s.paletteFound(c, query)
	}
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, desk.PaletteOptions(p))
}

func (s *Server) paletteFound(c echo.Context, query string) ([]desk.SearchGroup, error) {
	groups, err := s.desk.Search(c.Request().Context(), actorOf(c), query, "", claims.Page{})
	if err != nil {
		return nil, err
	}
	var out []desk.SearchGroup
	for _, noun := range paletteNouns {
		for _, g := range groups {
			if g.Noun == noun {
				out = append(out, searchGroup(c, g))
			}
		}
	}
	return out, nil
}

var recentPath = regexp.MustCompile(`^(claim|article|source):([0-9A-Z]{1,40})$`)

// paletteRecent words the things that a browser remembers by "claim:ID" and the like.
// The browser remembers no words, so what the reader may not see any more is left out.
func (s *Server) paletteRecent(c echo.Context, asked []string) ([]desk.SearchItem, error) {
	if len(asked) > paletteRecent {
		asked = asked[:paletteRecent]
	}
	var out []desk.SearchItem
	for _, one := range asked {
		m := recentPath.FindStringSubmatch(one)
		if m == nil {
			continue
		}
		groups, err := s.desk.Search(c.Request().Context(), actorOf(c), m[2], claims.SearchNoun(m[1]), claims.Page{Limit: 1})
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			for i, item := range searchGroup(c, g).Items {
				if g.Items[i].SearchHit.ID == m[2] {
					out = append(out, item)
				}
			}
		}
	}
	return out, nil
}

// palettePages lists the pages whose name has all words of a query, of those that the
// reader may open.
func (s *Server) palettePages(c echo.Context, query string) []views.Option {
	w := wordsOf(c)
	all := desk.PagesFor(w, func(act claims.Act) bool { return s.may(c, act) })
	if strings.TrimSpace(query) == "" {
		return all
	}
	for _, chapter := range guide.In(w.Lang()) {
		all = append(all, views.Option{Value: desk.GuidePath(chapter.Name), Label: w.T("nav.help") + ": " + chapter.Title})
	}
	var out []views.Option
	for _, page := range all {
		if hasWords(page.Label, query) {
			out = append(out, page)
		}
	}
	return out
}

// hasWords reports whether each word of a query stands in a label, accents and case aside.
func hasWords(label, query string) bool {
	label = text.Fold(label)
	for _, word := range strings.Fields(text.Fold(query)) {
		if !strings.Contains(label, word) {
			return false
		}
	}
	return true
}
