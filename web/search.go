package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// searchShow finds ?q= everywhere, or in one noun (?noun=) page by page.
func (s *Server) searchShow(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	p := desk.SearchPage{Query: cut(c.QueryParam("q"), maxQuery), Noun: claims.SearchNoun(c.QueryParam("noun"))}
	if page.Limit == 0 {
		page.Limit = searchRows
	}
	groups, err := s.desk.Search(c.Request().Context(), actorOf(c), p.Query, p.Noun, page)
	if err != nil {
		return err
	}
	p.Frame = s.frame(c, "search", wordsOf(c).T("search.title"))
	next := ""
	for _, g := range groups {
		p.Groups = append(p.Groups, searchGroup(c, g))
		next = g.Next
	}
	if p.Noun != "" {
		p.First, p.Next = turned(c, next)
	}
	return s.render(c, http.StatusOK, desk.Search(p))
}

const searchRows = 50 // on a page of one noun

func searchGroup(c echo.Context, g workflow.SearchGroup) desk.SearchGroup {
	out := desk.SearchGroup{Noun: g.Noun, Total: g.Total, More: g.More}
	for _, f := range g.Items {
		item := desk.SearchItem{
			Path: foundPath(f), ID: f.Row.ID, State: f.Row.State, Title: f.Title, Language: f.Language, At: f.At,
		}
		if item.Title == "" {
			item.Title = wordsOf(c).T("search.untitled")
		}
		for _, piece := range f.Snippet {
			item.Pieces = append(item.Pieces, desk.Piece(piece))
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// foundPath is the page where a thing stands.
func foundPath(f workflow.Found) string {
	switch f.Noun {
	case claims.SearchArticle:
		return "/articles/" + f.ID
	case claims.SearchSource:
		return "/sources/" + f.ID
	case claims.SearchCheck:
		return "/checks/" + f.Slug + "/preview"
	case claims.SearchEvidence:
		return "/claims/" + f.Claim + "#evidence"
	case claims.SearchNote:
		return "/claims/" + f.Claim + "#notes"
	case claims.SearchContact:
		return "/claims/" + f.Claim + "#contacts"
	}
	return "/claims/" + f.ID
}

type searchQuery struct {
	Call
	Paging
	Query string `query:"q" doc:"Words by their stems, numbers in any notation, or an id"`
	Noun  string `query:"noun" doc:"claim, article, source, evidence, note, contact or check; the best few of each where left out"`
}

type foundJSON struct {
	Noun    claims.SearchNoun `json:"noun"`
	ID      string            `json:"id"`
	URL     string            `json:"url" doc:"Its page on this desk"`
	Claim   *string           `json:"claim" doc:"That it is, or hangs on"`
	Title   string            `json:"title"`
	Snippet []pieceJSON       `json:"snippet"`
	Score   float64           `json:"score" doc:"0 to 1: how much of the query its title answers; 2 where the query is its id"`
}

type pieceJSON struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

func (a *api) addSearch() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/search", act: claims.ActLook, summary: "Find claims, articles, sources, evidence, notes, contacts and checks"}, s.apiSearch)
}

func (s *Server) apiSearch(ctx context.Context, in *searchQuery) (*listing[foundJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	groups, err := s.desk.Search(ctx, in.actor(), in.Query, claims.SearchNoun(in.Noun), page)
	if err != nil {
		return nil, err
	}
	var items []foundJSON
	next := ""
	for _, g := range groups {
		for _, f := range g.Items {
			path, anchor, _ := strings.Cut(foundPath(f), "#")
			one := foundJSON{
				Noun: f.Noun, ID: f.ID, URL: s.link(path), Claim: known(f.SearchHit.Claim), Title: f.Title, Score: f.Score, Snippet: []pieceJSON{},
			}
			if anchor != "" {
				one.URL += "#" + anchor
			}
			for _, piece := range f.Snippet {
				one.Snippet = append(one.Snippet, pieceJSON(piece))
			}
			items = append(items, one)
		}
		if in.Noun != "" {
			next = g.Next
		}
	}
	return listed(items, next), nil
}
