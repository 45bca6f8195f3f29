package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// asking is what a filter needs to know of who asks, and when.
type asking struct {
	actor    claims.Actor
	settings claims.Settings
	soon     time.Time // before which what is due counts as pressing
}

// filterFor reads the filter of a request.
func (s *Server) filterFor(ctx context.Context, q url.Values, actor claims.Actor) (claims.ClaimFilter, error) {
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		return claims.ClaimFilter{}, err
	}
	return filterOf(q, asking{actor: actor, settings: settings, soon: s.desk.DueSoon()})
}

// maxQuery bounds the words of a search, in bytes.
const maxQuery = 500

// filterOf reads the filter that /claims, the exports and the API share:
// state (repeated or with commas), article, source, verdict, assignee ("me" is
// the reader), q, language, tag, from and to (the article's date), worth (at
// least), evidence (yes, no), changed, orphan, waiting, pending (1), needs (me),
// updated_since, order, limit, cursor.
func filterOf(q url.Values, who asking) (claims.ClaimFilter, error) {
	f := claims.ClaimFilter{
		Article: q.Get("article"), Source: cut(q.Get("source"), maxQuery), Verdict: q.Get("verdict"),
		Assignee: q.Get("assignee"), Language: q.Get("language"), Tag: q.Get("tag"), Query: cut(q.Get("q"), maxQuery),
		Order: claims.Order(q.Get("order")), Page: claims.Page{Cursor: q.Get("cursor")},
	}
	if f.Assignee == "me" {
		f.Assignee = who.actor.ID
	}
	wrong := &claims.Error{Kind: claims.KindInvalid, Key: "invalid"}
	add := func(field, key string, args ...any) {
		wrong.Fields = append(wrong.Fields, claims.FieldError{Field: field, Key: key, Args: args})
	}
	f.States = statesOf(q["state"], add)
	workOf(q, &f, add)
	if q.Get("pending") == "1" {
		f.Pending = who.soon
	}
	if q.Get("needs") == "me" {
		f.Needs = workflow.NeedsOf(who.actor, who.settings)
	}
	if !slices.Contains([]claims.Order{"", claims.OrderArticle, claims.OrderUpdated, claims.OrderWorth, claims.OrderQueue}, f.Order) {
		add("order", "list.order", cut(string(f.Order), maxShown))
	}
	if since := q.Get("updated_since"); since != "" {
		f.UpdatedSince = momentOf(since, add)
	}
	if limit := q.Get("limit"); limit != "" {
		n, err := strconv.Atoi(limit)
		if err != nil || n < 1 || n > maxLimit {
			add("limit", "list.limit", strconv.Itoa(maxLimit))
		}
		f.Limit = n
	}
	if len(wrong.Fields) > 0 {
		return claims.ClaimFilter{}, wrong
	}
	return f, nil
}

// workOf reads the parts of a filter that are about work and dates.
func workOf(q url.Values, f *claims.ClaimFilter, add func(field, key string, args ...any)) {
	f.Changed, f.Orphan, f.Waiting = q.Get("changed") == "1", q.Get("orphan") == "1", q.Get("waiting") == "1"
	for field, to := range map[string]**claims.Date{"from": &f.From, "to": &f.To} {
		if text := q.Get(field); text != "" {
			day, err := claims.ParseDate(field, cut(text, maxShown))
			if err != nil {
				add(field, "date.malformed", cut(text, maxShown))
				continue
			}
			*to = &day
		}
	}
	if worth := q.Get("worth"); worth != "" {
		n, err := strconv.ParseFloat(worth, 64)
		if err != nil || n < 0 || n > 1 {
			add("worth", "list.worth", cut(worth, maxShown))
		}
		f.MinWorth = n
	}
	switch text := q.Get("evidence"); text {
	case "":
	case "yes", "no":
		has := text == "yes"
		f.Evidence = &has
	default:
		add("evidence", "list.evidence", cut(text, maxShown))
	}
}

// maxShown bounds what of a wrong value is shown back, in bytes.
const maxShown = 60

func statesOf(given []string, add func(field, key string, args ...any)) []claims.State {
	var out []claims.State
	for _, list := range given {
		for _, name := range strings.Split(list, ",") {
			state := claims.State(strings.TrimSpace(name))
			switch {
			case state == "":
			case !state.Valid():
				add("state", "claim.state_unknown", cut(name, maxShown))
			default:
				out = append(out, state)
			}
		}
	}
	return out
}

// momentOf reads an RFC 3339 time or a calendar date, which begins in UTC.
func momentOf(s string, add func(field, key string, args ...any)) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	add("updated_since", "date.malformed", cut(s, maxShown))
	return time.Time{}
}
