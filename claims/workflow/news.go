package workflow

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"time"

	"cotejo/claims"
)

// news is a message as hooks get it: of what is public the addresses of what to read,
// of all else ids and states.
type news struct {
	Type      claims.HookKind `json:"type"`
	Timestamp time.Time       `json:"timestamp"`
	Data      any             `json:"data"`
}

// publishedNews tells of a version of a claim that was published.
type publishedNews struct {
	ID          string        `json:"id"`
	URL         string        `json:"url"`
	Version     int           `json:"version"`
	Document    string        `json:"document"` // address of what was published, as JSON
	SHA256      string        `json:"sha256"`   // of it
	Language    string        `json:"language"`
	Content     string        `json:"content"` // code of the verdict
	Attribution *string       `json:"attribution"`
	Effect      claims.Effect `json:"effect,omitempty"` // of a correction
	PublishedAt time.Time     `json:"published_at"`
}

type withdrawnNews struct {
	ID          string    `json:"id"`
	URL         string    `json:"url"`
	Versions    int       `json:"versions"`
	WithdrawnAt time.Time `json:"withdrawn_at"`
}

type movedNews struct {
	ID   string       `json:"id"`
	From claims.State `json:"from"`
	To   claims.State `json:"to"`
}

type checkNews struct {
	ID      string    `json:"id"`
	URL     string    `json:"url"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`
}

type reportNews struct {
	ID      string               `json:"id"`
	Claim   string               `json:"claim"`
	URL     string               `json:"url"` // on the desk, for who is signed in
	DueAt   time.Time            `json:"due_at"`
	Outcome claims.ReportOutcome `json:"outcome,omitempty"`
}

// announceClaim tells hooks what an act made of a claim.
func (t *tx) announceClaim(ctx context.Context, before, after claims.Claim) error {
	if after.PublishedVersion > before.PublishedVersion {
		if err := t.announcePublication(ctx, after); err != nil {
			return err
		}
	}
	if before.State == after.State {
		return nil
	}
	if after.State == claims.StateWithdrawn {
		if err := t.announce(ctx, claims.NewsWithdrawn, after.ID, after.ID, withdrawnNews{ID: after.ID, URL: t.publicLink("c", after.ID), Versions: after.PublishedVersion, WithdrawnAt: t.now}); err != nil {
			return err
		}
		if err := t.pingFeeds(ctx, claims.NewsWithdrawn, after); err != nil {
			return err
		}
	}
	a, err := t.Article(ctx, after.Article)
	if err != nil || a.Restricted { // that there is such a claim is for few to know
		return err
	}
	return t.announce(ctx, claims.NewsMoved, after.ID, after.ID, movedNews{ID: after.ID, From: before.State, To: after.State})
}

func (t *tx) announcePublication(ctx context.Context, c claims.Claim) error {
	p, err := t.Publication(ctx, c.ID, 0)
	if err != nil {
		return err
	}
	kind := claims.NewsPublished
	if p.N > 1 {
		kind = claims.NewsCorrected
	}
	data := publishedNews{ID: c.ID, URL: t.publicLink("c", c.ID), Version: p.N, Document: t.publicLink("c", c.ID+"@"+strconv.Itoa(p.N)+".json"), SHA256: p.SHA256,
		Language: c.Language, Effect: p.Effect, PublishedAt: p.PublishedAt}
	if c.Verdict != nil {
		data.Content = c.Verdict.Content
		if c.Verdict.Attribution != "" {
			data.Attribution = &c.Verdict.Attribution
		}
	}
	if err := t.announce(ctx, kind, c.ID, c.ID, data); err != nil {
		return err
	}
	return t.pingFeeds(ctx, kind, c)
}

// announceCheck tells hooks that a check was published, again, or withdrawn.
func (t *tx) announceCheck(ctx context.Context, before, after claims.Check) error {
	data := checkNews{ID: after.ID, URL: t.publicLink("checks", after.Slug), Version: after.Published, At: t.now}
	switch {
	case after.Published > before.Published:
		return t.announce(ctx, claims.NewsCheckPublished, after.ID, "", data)
	case after.State != before.State && after.State == claims.CheckWithdrawn:
		return t.announce(ctx, claims.NewsCheckWithdrawn, after.ID, "", data)
	}
	return nil
}

func (t *tx) announceReport(ctx context.Context, kind claims.HookKind, r claims.ErrorReport) error {
	return t.announce(ctx, kind, r.ID, r.Claim, reportNews{ID: r.ID, Claim: r.Claim, URL: t.publicLink("reports", r.ID), DueAt: r.DueAt, Outcome: r.Outcome})
}

func (t *tx) publicLink(parts ...string) string { return t.base.JoinPath(parts...).String() }

// announce puts a message on its way to every hook that wants its kind.
func (t *tx) announce(ctx context.Context, kind claims.HookKind, subject, claim string, data any) error {
	hooks, err := t.Hooks(ctx)
	if err != nil {
		return err
	}
	for _, h := range hooks {
		if !h.Wants(kind) {
			continue
		}
		if _, err := t.send(ctx, h, kind, subject, claim, data); err != nil {
			return err
		}
	}
	return nil
}

// send puts a message on its way to a hook, in the transaction of what it tells of: it
// is neither lost nor sent of what never was.
func (t *tx) send(ctx context.Context, h claims.Hook, kind claims.HookKind, subject, claim string, data any) (claims.Delivery, error) {
	body, err := json.Marshal(news{Type: kind, Timestamp: t.now.UTC(), Data: data})
	if err != nil {
		return claims.Delivery{}, err
	}
	return t.sendBody(ctx, h, kind, subject, claim, string(body))
}

func (t *tx) sendBody(ctx context.Context, h claims.Hook, kind claims.HookKind, subject, claim, body string) (claims.Delivery, error) {
	id, err := t.newID()
	if err != nil {
		return claims.Delivery{}, err
	}
	d := claims.Delivery{ID: id, Hook: h.ID, Kind: kind, Subject: subject, Claim: claim, Body: body, State: claims.DeliveryWaiting, CreatedAt: t.now, NextAt: t.now}
	t.AfterCommit(t.wake)
	return d, t.PutDelivery(ctx, d)
}

// pingFeeds tells the hub, where there is one, which feeds a publication touches.
func (t *tx) pingFeeds(ctx context.Context, kind claims.HookKind, c claims.Claim) error {
	h, err := t.Hook(ctx, claims.HubID)
	if missing(err) || err == nil && h.State != claims.HookOn {
		return nil
	}
	if err != nil {
		return err
	}
	now, err := t.TopicsOf(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, path := range FeedsTouched(kind, append(now, t.topics[c.ID]...)) {
		feed := t.publicLink(path)
		waits, err := t.Awaits(ctx, h.ID, feed)
		if err != nil {
			return err
		}
		if waits { // a ping says that there is something new, not what
			continue
		}
		if _, err := t.sendBody(ctx, h, claims.NewsPing, feed, c.ID, hubBody(feed)); err != nil {
			return err
		}
	}
	return nil
}

func hubBody(feed string) string {
	return url.Values{"hub.mode": {"publish"}, "hub.url": {feed}}.Encode()
}

// FeedsTouched gives the paths of the public feeds that change when a claim is published,
// corrected or withdrawn that is or was listed under some topics: whoever makes a further feed names it here.
func FeedsTouched(kind claims.HookKind, topics []claims.Topic) []string {
	out := []string{"/feed.atom", "/feed.json"}
	if kind != claims.NewsPublished {
		out = append(out, "/corrections.atom")
	}
	for _, topic := range topics {
		if topic.Kind == claims.TopicAll {
			continue
		}
		feed := "/feeds/" + string(topic.Kind) + "/" + topic.Slug
		if !slices.Contains(out, feed+".atom") {
			out = append(out, feed+".atom", feed+".json")
		}
	}
	return out
}

// noteTopics remembers what a published claim is listed under: an act may take it off,
// and those who follow that list are told too.
func (t *tx) noteTopics(ctx context.Context, c claims.Claim) error {
	if c.PublishedVersion == 0 {
		return nil
	}
	topics, err := t.TopicsOf(ctx, c.ID)
	if t.topics == nil {
		t.topics = map[string][]claims.Topic{}
	}
	t.topics[c.ID] = topics
	return err
}
