package db

import (
	"database/sql"

	"cotejo/claims"
)

// Tables lists what a backup copies.
var Tables = tables

// SQLiteAddress opens a file as the engine does.
var SQLiteAddress = sqliteAddress

// Pool is the connections that write.
func Pool(s *Store) *sql.DB {
	if lite, ok := s.engine.(*sqliteEngine); ok {
		return lite.writer
	}
	return s.engine.(*postgresEngine).pool
}

// Readers is SQLite's connections that cannot write.
func Readers(s *Store) *sql.DB { return s.engine.(*sqliteEngine).readers }

// RowsOfAPage names the query that reads the rows of a page of claims.
const RowsOfAPage = "rows of a page of claims"

// ListQueries gives the SQL of every list as the store runs it, by what it lists.
func ListQueries() (map[string]string, map[string][]any, error) {
	queries, arguments := map[string]string{}, map[string][]any{}
	var failure error
	add := func(name string, query string, args []any, err error) {
		queries[name], arguments[name] = query, args
		if err != nil {
			failure = err
		}
	}
	for name, f := range map[string]claims.ClaimFilter{
		"claims in article order": {}, "claims last changed first": {Order: claims.OrderUpdated}, "claims by worth": {Order: claims.OrderWorth},
		"claims of a state":           {States: []claims.State{claims.StateOpen}},
		"claims of a state by worth":  {States: []claims.State{claims.StateOpen}, Order: claims.OrderWorth},
		"claims of a state by change": {States: []claims.State{claims.StateOpen}, Order: claims.OrderUpdated},
		"claims of two states":        {States: []claims.State{claims.StateOpen, claims.StateInCheck}},
		"claims of an article":        {Article: "A"}, "claims of nobody": {Assignee: "none"}, "claims of somebody": {Assignee: "P"},
		"claims by verdict": {Verdict: "false"}, "claims without verdict": {Verdict: "none"}, "claims in a language": {Language: "es"},
		"claims with a tag": {Tag: "t"}, "published claims": {Published: true},
		"second page in article order": {Page: claims.Page{Cursor: cursorOf(1, "A", 2, "C")}},
		"second page by worth":         {Order: claims.OrderWorth, Page: claims.Page{Cursor: cursorOf(1, 0.5, "C")}},
		"changed since":                {Order: claims.OrderUpdated, UpdatedSince: claims.SystemClock{}.Now()},
		"second page by change":        {Order: claims.OrderUpdated, Page: claims.Page{Cursor: cursorOf(1, "C")}},
	} {
		query, args, err := claimKeysQuery(sqliteSearch, "", f)
		add(name, query, args, err)
	}
	query, args, err := claimsQuery(sqliteSearch, "", claims.ClaimFilter{})
	add(RowsOfAPage, query, args, err)
	page := claims.Page{Cursor: cursorOf(1, "X")}
	query, args, err = articlesQuery("", claims.ArticleFilter{Page: page})
	add("articles", query, args, err)
	query, args, err = newestPublicationsQuery(claims.PublicationFilter{Page: page})
	add("newest publications", query, args, err)
	topic := claims.ListingFilter{Kind: claims.TopicTag, Slug: "agua", Month: "2026-11", Page: page}
	query, args, err = listingsQuery(topic)
	add("listings of a month of a topic", query, args, err)
	topic.Month = ""
	query, args, err = listingsQuery(topic)
	add("listings of a topic", query, args, err)
	query, args, err = topicsQuery(claims.TopicSource, claims.Page{Cursor: cursorOf(1, "x")})
	add("topics", query, args, err)
	add("months", monthsQuery, []any{claims.TopicTag, "agua"}, nil)
	add("topics of a claim", topicsOfQuery, []any{"X"}, nil)
	query, args, err = jobsQuery("", claims.JobFilter{Page: page})
	add("jobs", query, args, err)
	query, args, err = jobsQuery("", claims.JobFilter{Article: "A", Page: page})
	add("jobs of an article", query, args, err)
	query, args, err = checksQuery(page)
	add("checks", query, args, err)
	query, args, err = publishedChecksQuery(page)
	add("published checks", query, args, err)
	add("checks that cite", "SELECT p.check_id"+checksCiting, []any{"C"}, nil)
	for name, f := range map[string]claims.EventFilter{
		"history": {After: 1}, "history backwards": {Before: 9}, "history of a claim": {Claim: "C", Before: 9},
		"history of an article": {Article: "A"}, "history of somebody": {Actor: "P"},
	} {
		query, args := eventsQuery("", f)
		add(name, query, args, nil)
	}
	return queries, arguments, failure
}
