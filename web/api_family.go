package web

import (
	"context"
	"net/http"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// hereJSON is a claim of another article that stands in this one.
type hereJSON struct {
	Claim     string            `json:"claim"`
	Article   string            `json:"article" doc:"In which it is checked"`
	State     claims.State      `json:"state"`
	Fragments []claims.Fragment `json:"fragments" doc:"Its words in the newest snapshot of the article asked for"`
	Locator   string            `json:"locator,omitempty"`
}

// appearanceJSON is another article in which a claim's exact words stand.
type appearanceJSON struct {
	Article   string            `json:"article"`
	URL       string            `json:"url" doc:"Its page on this desk"`
	SourceURL string            `json:"source_url"`
	Title     string            `json:"title"`
	Outlet    string            `json:"outlet"`
	Snapshot  int               `json:"snapshot"`
	Fragments []claims.Fragment `json:"fragments"`
}

type copyInput struct {
	CopyOf string `json:"copy_of" doc:"Id of the article that it is an agency copy of; empty for none any more"`
}

func (a *api) addFamily() {
	add(a, endpoint{method: http.MethodPut, path: "/articles/{id}/copy", act: claims.ActArticleEdit,
		summary: "Say that an article is an agency copy of another, or of none", body: bodyOf[copyInput]()}, a.server.apiArticleCopy)
}

func (s *Server) apiArticleCopy(ctx context.Context, in *articleSeen) (*single[articleJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[copyInput](in)
	if err != nil {
		return nil, err
	}
	if _, err := s.desk.LinkCopy(ctx, in.actor(), in.ID, version, articleNamed(body.CopyOf)); err != nil {
		return nil, err
	}
	return s.oneArticle(ctx, in.actor(), in.ID)
}

// addShared tells of an article what it shares.
func (out *articleJSON) addShared(v workflow.ArticleView) {
	out.Copies, out.Here = []string{}, []hereJSON{}
	if v.Original != nil {
		out.CopyOf = &v.Original.ID
	}
	for _, a := range v.Copies {
		out.Copies = append(out.Copies, a.ID)
	}
	for _, h := range v.Here {
		out.Here = append(out.Here, hereJSON{Claim: h.ID, Article: h.Article, State: h.State, Fragments: h.Fragments, Locator: v.Snapshot.Meta.Locator(h.Fragments[0].Span)})
	}
}

func (s *Server) appearances(list []claims.Appearance) []appearanceJSON {
	out := make([]appearanceJSON, len(list))
	for i, a := range list {
		out[i] = appearanceJSON{Article: a.Article.ID, URL: s.link("/articles/" + a.Article.ID), SourceURL: a.Article.URL, Title: a.Article.Title,
			Outlet: a.Article.Outlet, Snapshot: a.Snapshot, Fragments: a.Fragments}
	}
	return out
}
