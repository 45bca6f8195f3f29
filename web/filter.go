package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
)

// maxQuery bounds the words of a search, in bytes.
const maxQuery = 500

// filterOf reads the filter that /claims, the exports and the API share:
// state (repeated or with commas), article, source, verdict, assignee ("me" is
// the reader), q, language, tag, updated_since, order, limit, cursor.
func filterOf(q url.Values, actor claims.Actor) (claims.ClaimFilter, error) {
	f := claims.ClaimFilter{
		Article: q.Get("article"), Source: cut(q.Get("source"), maxQuery), Verdict: q.Get("verdict"),
		Assignee: q.Get("assignee"), Language: q.Get("language"), Tag: q.Get("tag"), Query: cut(q.Get("q"), maxQuery),
		Order: claims.Order(q.Get("order")), Page: claims.Page{Cursor: q.Get("cursor")},
	}
	if f.Assignee == "me" {
		f.Assignee = actor.ID
	}
	wrong := &claims.Error{Kind: claims.KindInvalid, Key: "invalid"}
	add := func(field, key string, args ...any) {
		wrong.Fields = append(wrong.Fields, claims.FieldError{Field: field, Key: key, Args: args})
	}
	f.States = statesOf(q["state"], add)
	if !slices.Contains([]claims.Order{"", claims.OrderArticle, claims.OrderUpdated, claims.OrderWorth}, f.Order) {
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
