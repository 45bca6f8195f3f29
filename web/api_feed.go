package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// feedJSON is a feed as programs see it.
type feedJSON struct {
	ID        string           `json:"id"`
	URL       string           `json:"url" doc:"Its page on this desk"`
	FeedURL   string           `json:"feed_url"`
	Name      string           `json:"name"`
	Outlet    string           `json:"outlet" doc:"Of its articles; empty for what their pages say"`
	Language  string           `json:"language" doc:"Of its articles, ISO 639-1; empty for what they are in"`
	Include   []string         `json:"include" doc:"One of these must answer: words of title, summary or categories, or with a slash a part of the address"`
	Exclude   []string         `json:"exclude" doc:"None of these may"`
	Every     int              `json:"every" doc:"Minutes from one look to the next"`
	First     int              `json:"first" doc:"How many of the newest items the first look takes"`
	State     claims.FeedState `json:"state" doc:"watched, paused or gone"`
	Person    *string          `json:"person" doc:"Id of who had it watched"`
	TriedAt   *time.Time       `json:"tried_at"`
	ReadAt    *time.Time       `json:"read_at" doc:"Of the last look that succeeded"`
	NextAt    *time.Time       `json:"next_at"`
	Fails     int              `json:"fails" doc:"Looks in a row that failed"`
	Problem   *jobProblemJSON  `json:"problem" doc:"Of the last look"`
	CreatedAt time.Time        `json:"created_at"`
	UpdatedAt time.Time        `json:"updated_at"`
	Version   int64            `json:"version"`
}

// feedItemJSON is what was seen in a feed.
type feedItemJSON struct {
	URL       string          `json:"url"`
	Title     string          `json:"title"`
	Published *time.Time      `json:"published"`
	Fate      claims.FeedFate `json:"fate" doc:"asked, kept, duplicate, old, filtered, unusable or failed"`
	Article   *string         `json:"article" doc:"That came of it, or that was there before"`
	Job       *string         `json:"job"`
	SeenAt    time.Time       `json:"seen_at"`
}

type feedInput struct {
	FeedURL  string   `json:"feed_url"`
	Name     string   `json:"name,omitempty"`
	Outlet   string   `json:"outlet,omitempty"`
	Language string   `json:"language,omitempty"`
	Include  []string `json:"include,omitempty"`
	Exclude  []string `json:"exclude,omitempty"`
	Every    *int     `json:"every,omitempty"`
	First    *int     `json:"first,omitempty"`
}

type feedPatchInput struct {
	FeedURL  *string   `json:"feed_url,omitempty"`
	Name     *string   `json:"name,omitempty"`
	Outlet   *string   `json:"outlet,omitempty"`
	Language *string   `json:"language,omitempty"`
	Include  *[]string `json:"include,omitempty"`
	Exclude  *[]string `json:"exclude,omitempty"`
	Every    *int      `json:"every,omitempty"`
	First    *int      `json:"first,omitempty"`
}

type (
	feedID struct {
		Call
		ID string `path:"id"`
	}
	feedSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
	feedPage struct {
		Call
		Paging
		ID string `path:"id"`
	}
)

func (a *api) addFeeds() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/feeds", act: claims.ActLook, summary: "List the feeds that are watched, by name"}, s.apiFeeds)
	add(a, endpoint{method: http.MethodPost, path: "/feeds", act: claims.ActFeed, summary: "Have a feed watched", body: bodyOf[feedInput](), status: http.StatusCreated}, s.apiFeedAdd)
	add(a, endpoint{method: http.MethodGet, path: "/feeds/{id}", act: claims.ActLook, summary: "One feed, and how it fares"}, s.apiFeed)
	add(a, endpoint{method: http.MethodPatch, path: "/feeds/{id}", act: claims.ActFeed, summary: "Change what is taken of a feed", body: bodyOf[feedPatchInput]()}, s.apiFeedEdit)
	add(a, endpoint{method: http.MethodGet, path: "/feeds/{id}/items", act: claims.ActLook, summary: "What was seen in a feed, newest first"}, s.apiFeedItems)
	add(a, endpoint{method: http.MethodPost, path: "/feeds/{id}/pause", act: claims.ActFeed, summary: "Stop looking at a feed for now"}, s.apiFeedPause)
	add(a, endpoint{method: http.MethodPost, path: "/feeds/{id}/resume", act: claims.ActFeed, summary: "Look at a feed again that was paused or is gone"}, s.apiFeedResume)
	add(a, endpoint{method: http.MethodPost, path: "/feeds/{id}/look", act: claims.ActFeed, summary: "Look at a feed before its time", status: http.StatusAccepted}, s.apiFeedLook)
	add(a, endpoint{method: http.MethodDelete, path: "/feeds/{id}", act: claims.ActFeed, summary: "Watch a feed no more; its articles stay", status: http.StatusNoContent}, s.apiFeedDelete)
}

func (s *Server) feedJSON(in *Call, f claims.Feed) feedJSON {
	out := feedJSON{
		ID: f.ID, URL: s.link("/feeds/" + f.ID), FeedURL: f.URL, Name: f.Name, Outlet: f.Outlet, Language: f.Language, Include: some(f.Include), Exclude: some(f.Exclude),
		Every: f.Every, First: f.First, State: f.State, Person: known(f.CreatedBy), TriedAt: since(f.TriedAt), ReadAt: since(f.ReadAt), Fails: f.Fails,
		CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt, Version: f.Version,
	}
	if f.State == claims.FeedWatched {
		out.NextAt = since(f.NextAt)
	}
	if f.Problem != nil {
		out.Problem = &jobProblemJSON{Code: f.Problem.Key, Detail: wordsOf(in.echo).T(f.Problem.Key, f.Problem.Args...)}
	}
	return out
}

func (s *Server) apiFeeds(ctx context.Context, in *bare) (*listing[feedJSON], error) {
	feeds, _, err := s.desk.Feeds(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	items := make([]feedJSON, len(feeds))
	for i, f := range feeds {
		items[i] = s.feedJSON(&in.Call, f)
	}
	return listed(items, ""), nil
}

func (s *Server) oneFeed(in *Call, f claims.Feed, err error) (*single[feedJSON], error) {
	if err != nil {
		return nil, err
	}
	return &single[feedJSON]{ETag: etagOf(f.Version), Location: apiRoot + "/feeds/" + f.ID, Body: s.feedJSON(in, f)}, nil
}

func (s *Server) apiFeed(ctx context.Context, in *feedID) (*single[feedJSON], error) {
	v, err := s.desk.Feed(ctx, in.actor(), in.ID, claims.Page{Limit: 1})
	return s.oneFeed(&in.Call, v.Feed, err)
}

func (s *Server) apiFeedItems(ctx context.Context, in *feedPage) (*listing[feedItemJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	v, err := s.desk.Feed(ctx, in.actor(), in.ID, page)
	if err != nil {
		return nil, err
	}
	items := make([]feedItemJSON, len(v.Items))
	for n, i := range v.Items {
		items[n] = feedItemJSON{URL: i.URL, Title: i.Title, Published: since(i.Published), Fate: i.Fate, Article: known(i.Article), Job: known(i.Job), SeenAt: i.SeenAt}
	}
	return listed(items, v.Next), nil
}

func (s *Server) apiFeedAdd(ctx context.Context, in *bare) (*single[feedJSON], error) {
	body, err := decode[feedInput](in)
	if err != nil {
		return nil, err
	}
	f, err := s.desk.AddFeed(ctx, in.actor(), workflow.FeedPatch{
		URL: &body.FeedURL, Name: &body.Name, Outlet: &body.Outlet, Language: &body.Language, Include: &body.Include, Exclude: &body.Exclude, Every: body.Every, First: body.First,
	})
	return s.oneFeed(&in.Call, f, feedField(err))
}

func (s *Server) apiFeedEdit(ctx context.Context, in *feedSeen) (*single[feedJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[feedPatchInput](in)
	if err != nil {
		return nil, err
	}
	f, err := s.desk.EditFeed(ctx, in.actor(), in.ID, version, workflow.FeedPatch{
		URL: body.FeedURL, Name: body.Name, Outlet: body.Outlet, Language: body.Language, Include: body.Include, Exclude: body.Exclude, Every: body.Every, First: body.First,
	})
	return s.oneFeed(&in.Call, f, feedField(err))
}

// feedField names the address as the API does, where "url" is the desk's page.
func feedField(err error) error {
	if err == nil {
		return nil
	}
	e, _ := refusal(err)
	for i := range e.Fields {
		if e.Fields[i].Field == "url" {
			e.Fields[i].Field = "feed_url"
		}
	}
	return err
}

func (s *Server) apiFeedDelete(ctx context.Context, in *feedID) (*nothing, error) {
	return nil, s.desk.DeleteFeed(ctx, in.actor(), in.ID)
}

func (s *Server) apiFeedPause(ctx context.Context, in *feedID) (*single[feedJSON], error) {
	f, err := s.desk.PauseFeed(ctx, in.actor(), in.ID)
	return s.oneFeed(&in.Call, f, err)
}

func (s *Server) apiFeedResume(ctx context.Context, in *feedID) (*single[feedJSON], error) {
	f, err := s.desk.ResumeFeed(ctx, in.actor(), in.ID)
	return s.oneFeed(&in.Call, f, err)
}

func (s *Server) apiFeedLook(ctx context.Context, in *feedID) (*jobAnswer, error) {
	j, err := s.desk.LookAtFeedNow(ctx, in.actor(), in.ID)
	return s.askedJob(&in.Call, j, err)
}
