package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type warningJSON struct {
	Kind   claims.WarningKind `json:"kind" doc:"figure, date, negation or name"`
	Before string             `json:"before" doc:"Empty where something was added"`
	After  string             `json:"after" doc:"Empty where something was left out"`
}

type changeJSON struct {
	Same     bool          `json:"same"`
	Before   string        `json:"before"`
	After    string        `json:"after"`
	Start    int           `json:"start" doc:"First code point of before in the earlier text"`
	At       int           `json:"at" doc:"First code point of after in the later text"`
	Warnings []warningJSON `json:"warnings,omitempty"`
}

type changesJSON struct {
	From     snapshotJSON  `json:"from"`
	To       snapshotJSON  `json:"to"`
	Changes  []changeJSON  `json:"changes" doc:"Put together, every before is the earlier text and every after the later one"`
	Warnings []warningJSON `json:"warnings" doc:"What turns a sentence, of all changes"`
}

type snapshotTextJSON struct {
	snapshotJSON
	Text string `json:"text"`
}

type watchJSON struct {
	Mode      claims.WatchMode `json:"mode" doc:"house, own or paused"`
	Every     int              `json:"every" doc:"Hours between two fetches by the rule that holds now; 0 for never"`
	Days      int              `json:"days" doc:"Since the article was taken in, after which that ends"`
	NextAt    *time.Time       `json:"next_at"`
	AskedAt   *time.Time       `json:"asked_at" doc:"When the page was last asked for"`
	SeenAt    *time.Time       `json:"seen_at" doc:"When it was last there"`
	GoneSince *time.Time       `json:"gone_since" doc:"Since when there is no such page"`
	Failures  int              `json:"failures"`
	Problem   *jobProblemJSON  `json:"problem" doc:"Of the last fetch"`
}

type watchInput struct {
	Mode  claims.WatchMode `json:"mode" doc:"house, own or paused"`
	Every int              `json:"every,omitempty" doc:"Hours; of a rule of its own"`
	Days  int              `json:"days,omitempty" doc:"Since it was taken in; of a rule of its own"`
}

type anchorJSON struct {
	Claim    string            `json:"claim"`
	Anchor   claims.Anchor     `json:"anchor" doc:"What was decided: kept, orphan, or nothing"`
	Behind   bool              `json:"behind" doc:"It does not stand in the newest snapshot"`
	Then     int               `json:"then" doc:"The snapshot that it stands in"`
	Now      int               `json:"now" doc:"The newest"`
	Changes  []changeJSON      `json:"changes" doc:"Around its words"`
	Warnings []warningJSON     `json:"warnings" doc:"Of its own words"`
	Offered  []claims.Fragment `json:"offered" doc:"Where its words went, as far as that can be told"`
	Same     bool              `json:"same" doc:"They are the same words"`
}

type anchorInput struct {
	Do        string             `json:"do" doc:"place, keep, orphan or again"`
	Snapshot  int                `json:"snapshot,omitempty" doc:"To place: the newest that was seen"`
	Fragments *[]claims.Fragment `json:"fragments,omitempty" doc:"To place: where the words stand in it"`
	Quote     string             `json:"quote,omitempty" doc:"In place of fragments: words that are looked for"`
	Reason    string             `json:"reason,omitempty" doc:"Required for an orphan"`
}

type changesQuery struct {
	Call
	ID   string `path:"id"`
	From string `query:"from" doc:"Number of a snapshot; the one before to where left out"`
	To   string `query:"to" doc:"The newest where left out"`
}

func (a *api) addChanges() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/snapshots", act: claims.ActLook, summary: "The versions of an article's text, oldest first"}, s.apiSnapshots)
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/snapshots/{n}", act: claims.ActLook, summary: "One version of an article's text"}, s.apiSnapshot)
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/changes", act: claims.ActLook, summary: "What became of an article's text from one snapshot to another, word by word"}, s.apiChanges)
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/watch", act: claims.ActLook, summary: "How an article's page is watched"}, s.apiWatch)
	add(a, endpoint{method: http.MethodPut, path: "/articles/{id}/watch", act: claims.ActArticleWatch, summary: "Say how an article's page is watched", body: bodyOf[watchInput]()}, s.apiWatchEdit)
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/place", act: claims.ActLook, summary: "What became of a claim's words in the newest snapshot"}, s.apiAnchor)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/place", act: claims.ActClaimPlace, summary: "Decide about a claim whose words changed", body: bodyOf[anchorInput]()}, s.apiAnchorDecide)
}

func newSnapshotJSON(s claims.Snapshot) snapshotJSON {
	return snapshotJSON{N: s.N, SHA256: s.SHA256, RawSHA256: s.RawSHA256, MediaType: s.MediaType, FetchedAt: s.FetchedAt, Notice: s.Notice, Erased: s.Erased}
}

func warningsJSON(list []claims.Warning) []warningJSON {
	out := make([]warningJSON, len(list))
	for i, w := range list {
		out[i] = warningJSON(w)
	}
	return out
}

func changesToJSON(list []claims.Change) []changeJSON {
	out := make([]changeJSON, len(list))
	for i, c := range list {
		out[i] = changeJSON{Same: c.Same(), Before: c.Before, After: c.After, Start: c.BeforeSpan.Start, At: c.AfterSpan.Start, Warnings: warningsJSON(c.Warnings)}
	}
	return out
}

func (s *Server) apiSnapshots(ctx context.Context, in *articleID) (*listing[snapshotJSON], error) {
	v, err := s.desk.WatchOf(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]snapshotJSON, len(v.Snapshots))
	for i, snap := range v.Snapshots {
		items[i] = newSnapshotJSON(snap)
	}
	return listed(items, ""), nil
}

func (s *Server) apiSnapshot(ctx context.Context, in *snapshot) (*single[snapshotTextJSON], error) {
	if in.N < 1 {
		return nil, claims.NotFound("snapshot", strconv.Itoa(in.N))
	}
	v, err := s.desk.Changes(ctx, in.actor(), in.ID, in.N, in.N)
	if err != nil {
		return nil, err
	}
	return &single[snapshotTextJSON]{Body: snapshotTextJSON{newSnapshotJSON(v.To), v.To.Text}}, nil
}

func (s *Server) apiChanges(ctx context.Context, in *changesQuery) (*single[changesJSON], error) {
	from, err := snapshotAsked(in.echo, "from")
	if err != nil {
		return nil, err
	}
	to, err := snapshotAsked(in.echo, "to")
	if err != nil {
		return nil, err
	}
	v, err := s.desk.Changes(ctx, in.actor(), in.ID, from, to)
	switch {
	case err != nil:
		return nil, err
	case v.Erased:
		return nil, claims.Refuse(claims.KindGone, "changes.erased")
	case v.From.N == 0:
		v.From = v.To // there is one: nothing changed
	}
	return &single[changesJSON]{Body: changesJSON{
		From: newSnapshotJSON(v.From), To: newSnapshotJSON(v.To), Changes: changesToJSON(v.Changes), Warnings: warningsJSON(claims.Warnings(v.Changes)),
	}}, nil
}

func (s *Server) watchJSON(in *Call, v workflow.WatchView) watchJSON {
	out := watchJSON{
		Mode: v.Article.Watch.Mode, Every: v.Rule.Every, Days: v.Rule.Days, NextAt: since(v.Watch.NextAt), AskedAt: since(v.Watch.AskedAt),
		SeenAt: since(v.Watch.SeenAt), GoneSince: since(v.Watch.GoneSince), Failures: v.Watch.Failures,
	}
	if p := v.Watch.Problem; p != nil {
		out.Problem = &jobProblemJSON{Code: p.Key, Detail: wordsOf(in.echo).T(p.Key, p.Args...)}
	}
	return out
}

func (s *Server) apiWatch(ctx context.Context, in *articleID) (*single[watchJSON], error) {
	return s.oneWatch(ctx, &in.Call, in.ID)
}

func (s *Server) oneWatch(ctx context.Context, in *Call, article string) (*single[watchJSON], error) {
	v, err := s.desk.WatchOf(ctx, in.actor(), article)
	if err != nil {
		return nil, err
	}
	return &single[watchJSON]{ETag: etagOf(v.Article.Version), Body: s.watchJSON(in, v)}, nil
}

func (s *Server) apiWatchEdit(ctx context.Context, in *articleSeen) (*single[watchJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[watchInput](in)
	if err != nil {
		return nil, err
	}
	if _, err := s.desk.EditWatch(ctx, in.actor(), in.ID, version, workflow.WatchInput(body)); err != nil {
		return nil, err
	}
	return s.oneWatch(ctx, &in.Call, in.ID)
}

func (s *Server) apiAnchor(ctx context.Context, in *claimID) (*single[anchorJSON], error) {
	v, err := s.desk.Anchor(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[anchorJSON]{ETag: etagOf(v.Row.Version), Body: anchorJSON{
		Claim: v.Row.ID, Anchor: v.Row.Anchor, Behind: v.Behind(), Then: v.Then.N, Now: v.Now.N, Changes: changesToJSON(v.Changes),
		Warnings: warningsJSON(claims.Warnings(v.Own)), Offered: some(v.Offered), Same: v.Same,
	}}, nil
}

func (s *Server) apiAnchorDecide(ctx context.Context, in *claimSeen) (*single[claimJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[anchorInput](in)
	if err != nil {
		return nil, err
	}
	to, settles := map[string]claims.Anchor{"keep": claims.AnchorKept, "orphan": claims.AnchorOrphan, "again": ""}[body.Do]
	if !settles {
		to = claims.Anchor("do: " + cut(body.Do, maxShown)) // is refused
	}
	if body.Do == "place" {
		place := workflow.PlaceInput{Snapshot: body.Snapshot, Quote: body.Quote}
		if body.Fragments != nil {
			place.Fragments = *body.Fragments
		}
		_, err = s.desk.PlaceClaim(ctx, in.actor(), in.ID, version, place)
	} else {
		_, err = s.desk.SettleAnchor(ctx, in.actor(), in.ID, version, to, body.Reason)
	}
	if err != nil {
		return nil, err
	}
	return s.oneClaim(ctx, in.actor(), in.ID)
}
