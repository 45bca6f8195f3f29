package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// articleJSON is an article as programs see it.
type articleJSON struct {
	ID           string               `json:"id"`
	URL          string               `json:"url" doc:"Its page on this desk"`
	SourceURL    string               `json:"source_url" doc:"Where it came from"`
	CanonicalURL string               `json:"canonical_url"`
	Title        string               `json:"title"`
	Outlet       string               `json:"outlet"`
	Authors      []string             `json:"authors"`
	Published    *claims.Date         `json:"published"`
	Language     string               `json:"language"`
	Snapshots    []snapshotJSON       `json:"snapshots,omitempty"`
	Reading      *claims.SnapshotMeta `json:"reading,omitempty" doc:"What reading the newest snapshot told: structure and timecodes in code points of text, and where each field came from"`
	Text         string               `json:"text,omitempty" doc:"Of the newest snapshot; offsets count its code points"`
	Claims       int                  `json:"claims"`
	Suggested    int                  `json:"suggested" doc:"Claims that nobody has looked at"`
	SHA256       string               `json:"sha256" doc:"Of the newest snapshot"`
	CreatedAt    time.Time            `json:"created_at"`
	UpdatedAt    time.Time            `json:"updated_at"`
	Version      int64                `json:"version"`
	SignOff      *signOffJSON         `json:"sign_off" doc:"Who is done with it; null where nobody is"`
	Restricted   bool                 `json:"restricted" doc:"It is for its readers and admins only"`
	Readers      []string             `json:"readers" doc:"Ids of people"`
	Erased       bool                 `json:"erased" doc:"What it said was erased; its frame stays"`
	CopyOf       *string              `json:"copy_of,omitempty" doc:"Of one article: that it is an agency copy of"`
	Copies       []string             `json:"copies,omitempty" doc:"Of one article: ids of its agency copies"`
	Here         []hereJSON           `json:"appearances,omitempty" doc:"Of one article: claims of its family that stand in its text and are checked there"`
}

type snapshotJSON struct {
	N         int       `json:"n"`
	SHA256    string    `json:"sha256"`
	RawSHA256 string    `json:"raw_sha256"`
	MediaType string    `json:"media_type"`
	FetchedAt time.Time `json:"fetched_at"`
	Notice    string    `json:"notice,omitempty"`
	Erased    bool      `json:"erased,omitempty"`
}

type articleInput struct {
	Text      string   `json:"text,omitempty"`
	HTML      string   `json:"html,omitempty"`
	URL       string   `json:"url,omitempty" doc:"Where it came from; fetched where it comes without text, html or file"`
	Title     string   `json:"title,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Authors   []string `json:"authors,omitempty"`
	Published string   `json:"published,omitempty" doc:"ISO 8601 date, full or partial"`
	Language  string   `json:"language,omitempty" doc:"ISO 639-1; guessed where left out"`
	Duplicate string   `json:"duplicate,omitempty" enum:"accept" doc:"accept: take it in although the desk has it, or nearly so; without it such an article is refused with 409, duplicate_of, overlap (0 to 1) and likeness (text, near, address)"`
	CopyOf    string   `json:"copy_of,omitempty" doc:"Take it in as an agency copy of this article: it is no duplicate then, and claims whose sentences stand in both are checked once"`
	// Restricted and Readers hold from the first moment.
	Restricted bool         `json:"restricted,omitempty" doc:"Only its readers and admins may know of it, from the first moment"`
	Readers    []string     `json:"readers,omitempty" doc:"Ids or sign-in names of people; the caller where left out"`
	File       *articleFile `json:"file,omitempty" doc:"In place of text and html: a file as a page of the desk takes it"`
}

type articleFile struct {
	Name string `json:"name" doc:"With its ending, which must be true"`
	Type string `json:"type,omitempty" doc:"Media type"`
	Data []byte `json:"data" doc:"The bytes, in base64"`
}

type articlePatch struct {
	Title        *string   `json:"title,omitempty"`
	Outlet       *string   `json:"outlet,omitempty"`
	SourceURL    clearable `json:"source_url,omitempty"`
	CanonicalURL clearable `json:"canonical_url,omitempty"`
	Language     *string   `json:"language,omitempty"`
	Published    clearable `json:"published,omitempty"`
	Authors      *[]string `json:"authors,omitempty"`
	Restricted   *bool     `json:"restricted,omitempty" doc:"Only its readers and admins may know of it"`
	Readers      *[]string `json:"readers,omitempty" doc:"Ids or sign-in names of people; the caller where left out"`
}

type (
	// Paging is embedded in the input of lists.
	Paging struct {
		Limit  string `query:"limit" doc:"Rows of a page: 100 where left out, at most 500"`
		Cursor string `query:"cursor" doc:"What the page before gave as next"`
	}
	articleID struct {
		Call
		ID string `path:"id"`
	}
	articleSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
	articleQuery struct {
		Call
		Paging
		Query string `query:"q" doc:"Words in title or outlet"`
	}
	bare     struct{ Call }
	snapshot struct {
		Call
		ID string `path:"id"`
		N  int    `path:"n"`
	}
	reasonInput struct {
		Reason string `json:"reason"`
	}
	nothing struct{}
)

func (a *api) addArticles() {
	s := a.server
	add(a, endpoint{method: http.MethodPost, path: "/articles", act: claims.ActArticleAdd, summary: "Take an article in and find its claims",
		body: bodyOf[articleInput](), bound: articleBound, status: http.StatusCreated}, s.apiArticleAdd)
	add(a, endpoint{method: http.MethodGet, path: "/articles", act: claims.ActLook, summary: "List articles, newest first"}, s.apiArticles)
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}", act: claims.ActLook, summary: "One article with its text"}, s.apiArticle)
	add(a, endpoint{method: http.MethodPatch, path: "/articles/{id}", act: claims.ActArticleEdit, summary: "Change what is known about an article",
		body: bodyOf[articlePatch]()}, s.apiArticleEdit)
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/claims", act: claims.ActLook, summary: "The claims of an article, as they stand in it"}, s.apiArticleClaims)
	a.addCoverage()
	a.addFamily()
	a.addWARC()
	a.addErase()
	a.addArchive()
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/snapshots/{n}/erase", act: claims.ActErase,
		summary: "Erase the text of a snapshot; its hashes stay", body: bodyOf[reasonInput](), status: http.StatusNoContent}, s.apiSnapshotErase)
}

func (s *Server) apiArticleAdd(ctx context.Context, in *bare) (*articleAnswer, error) {
	body, err := decode[articleInput](in)
	if err != nil {
		return nil, err
	}
	if body.alone() {
		return s.apiFetch(ctx, in, body)
	}
	intake, err := body.intake()
	if err != nil {
		return nil, err
	}
	taken, err := s.desk.TakeIn(ctx, in.actor(), intake)
	if err != nil {
		return nil, err
	}
	url := s.link("/articles/" + taken.Article.ID)
	return &articleAnswer{
		Status: http.StatusCreated, ETag: etagOf(taken.Article.Version), Location: apiRoot + "/articles/" + taken.Article.ID,
		Body: articleAnswerJSON{ID: taken.Article.ID, URL: url, Snapshot: taken.Snapshot.SHA256, Claims: &taken.Claims},
	}, nil
}

// alone reports whether there is an address and nothing else to take in.
func (in articleInput) alone() bool {
	return in.Text == "" && in.HTML == "" && in.File == nil && in.URL != ""
}

// intake makes what the desk takes in of what was sent: text or html, not both.
func (in articleInput) intake() (workflow.Intake, error) {
	out := workflow.Intake{AcceptDuplicate: in.Duplicate == "accept", CopyOf: articleNamed(in.CopyOf), Audience: workflow.Audience{Restricted: in.Restricted, Readers: in.Readers}}
	switch {
	case in.Duplicate != "" && in.Duplicate != "accept":
		return out, claims.Invalid("duplicate", "api.duplicate_unknown", cut(in.Duplicate, maxShown))
	case len(in.Readers) > 0 && !in.Restricted:
		return out, claims.Invalid("readers", "restrict.not_restricted")
	case in.Text != "" && in.HTML != "":
		return out, claims.Invalid("html", "api.text_or_html")
	case in.File != nil && (in.Text != "" || in.HTML != ""):
		return out, claims.Invalid("file", "api.text_or_html")
	case in.File != nil:
		out.Raw, out.Filename, out.ContentType = in.File.Data, in.File.Name, in.File.Type
	case in.HTML != "":
		out.Raw, out.ContentType = []byte(in.HTML), "text/html; charset=utf-8"
	default:
		out.Raw, out.ContentType = []byte(in.Text), "text/plain; charset=utf-8"
	}
	out.Hint = ingest.Hint{
		Title: in.Title, Outlet: in.Outlet, URL: in.URL, Language: in.Language, Authors: in.Authors, Published: in.Published,
	}
	return out, nil
}

func (s *Server) apiArticles(ctx context.Context, in *articleQuery) (*listing[articleJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	rows, next, err := s.desk.Articles(ctx, in.actor(), claims.ArticleFilter{Query: cut(in.Query, maxQuery), Page: page})
	if err != nil {
		return nil, err
	}
	items := make([]articleJSON, len(rows))
	for i, r := range rows {
		items[i] = s.articleJSON(r)
	}
	return listed(items, next), nil
}

func (s *Server) articleJSON(r claims.ArticleRow) articleJSON {
	return articleJSON{
		ID: r.ID, URL: s.link("/articles/" + r.ID), SourceURL: r.Article.URL, CanonicalURL: r.CanonicalURL, Title: r.Title,
		Outlet: r.Outlet, Authors: some(r.Authors), Published: r.Published, Language: r.Language, Claims: r.Claims,
		Suggested: r.Left, SHA256: r.SHA256, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version, Restricted: r.Restricted, Readers: some(r.Readers), Erased: r.Erased, SignOff: newSignOffJSON(r.SignOff),
	}
}

func (s *Server) apiArticle(ctx context.Context, in *articleID) (*single[articleJSON], error) {
	return s.oneArticle(ctx, in.actor(), in.ID)
}

func (s *Server) oneArticle(ctx context.Context, actor claims.Actor, id string) (*single[articleJSON], error) {
	v, err := s.desk.Article(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	left := 0
	for _, c := range v.Claims {
		if c.State == claims.StateSuggested {
			left++
		}
	}
	out := s.articleJSON(claims.ArticleRow{Article: v.Article, SHA256: v.Snapshot.SHA256, Claims: len(v.Claims), Left: left})
	out.addShared(v)
	out.Text, out.Reading = v.Snapshot.Text, &v.Snapshot.Meta
	for _, snap := range v.Snapshots {
		out.Snapshots = append(out.Snapshots, newSnapshotJSON(snap))
	}
	return &single[articleJSON]{ETag: etagOf(v.Article.Version), Body: out}, nil
}

func (s *Server) apiArticleEdit(ctx context.Context, in *articleSeen) (*single[articleJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[articlePatch](in)
	if err != nil {
		return nil, err
	}
	_, err = s.desk.EditArticle(ctx, in.actor(), in.ID, version, workflow.ArticlePatch{
		Title: body.Title, Outlet: body.Outlet, URL: body.SourceURL.patch(), CanonicalURL: body.CanonicalURL.patch(),
		Language: body.Language, Published: body.Published.patch(), Authors: body.Authors,
		Restricted: body.Restricted, Readers: body.Readers,
	})
	if err != nil {
		return nil, err
	}
	return s.oneArticle(ctx, in.actor(), in.ID)
}

func (s *Server) apiSnapshotErase(ctx context.Context, in *snapshot) (*nothing, error) {
	body, err := decode[reasonInput](in)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.EraseSnapshot(ctx, in.actor(), in.ID, in.N, body.Reason)
}
