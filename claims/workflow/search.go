package workflow

import (
	"context"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// SearchGroup is what a search found of one noun.
type SearchGroup struct {
	Noun  claims.SearchNoun
	Total int
	More  bool // there are older ones beyond Total, which were not ranked
	Items []Found
	Next  string
}

// Found is one thing that was found, as the actor may see it.
type Found struct {
	claims.SearchHit
	Title    string
	Language string
	Snippet  []text.Piece
	Slug     string       // of a check
	Row      claims.Claim // of a claim, and of what hangs on one
}

const (
	searchFew  = 5   // of each noun, where all are searched
	snippetLen = 220 // code points
)

// Search finds what holds all words of a query, in the actor's rights: of one
// noun, a page, or, where noun is "", the best few of each.
func (d *Desk) Search(ctx context.Context, actor claims.Actor, query string, noun claims.SearchNoun, page claims.Page) ([]SearchGroup, error) {
	var f faults
	f.text("q", query, maxLine)
	if noun != "" && !noun.Valid() {
		f.add("noun", "search.noun_unknown", clip(string(noun), maxName))
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	nouns := claims.SearchNouns
	page = bounded(page)
	if noun != "" {
		nouns = []claims.SearchNoun{noun}
	} else {
		page = claims.Page{Limit: searchFew}
	}
	var out []SearchGroup
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		out = nil
		for _, noun := range nouns {
			g, err := searchOne(ctx, r, claims.SearchFilter{Query: query, Noun: noun, Reader: actor.ID, Page: page})
			if err != nil {
				return err
			}
			if len(g.Items) > 0 || len(nouns) == 1 {
				out = append(out, g)
			}
		}
		return nil
	})
	return out, err
}

func searchOne(ctx context.Context, r claims.Reader, f claims.SearchFilter) (SearchGroup, error) {
	hits, err := r.Search(ctx, f)
	if err != nil {
		return SearchGroup{}, err
	}
	out := SearchGroup{Noun: f.Noun, Total: hits.Total, More: hits.More, Next: hits.Next}
	q := text.ParseQuery(f.Query)
	for _, hit := range hits.Hits {
		one := Found{SearchHit: hit}
		texts, err := one.read(ctx, r)
		if err != nil {
			return SearchGroup{}, err
		}
		one.Snippet = snippet(q, one.Language, texts)
		out.Items = append(out.Items, one)
	}
	return out, nil
}

// snippet is of the first of the texts that answers, else the beginning of the first.
func snippet(q text.Query, lang string, texts []string) []text.Piece {
	var first []text.Piece
	for _, s := range texts {
		if strings.TrimSpace(s) == "" {
			continue
		}
		pieces, ok := q.Snippet(s, lang, snippetLen)
		if ok {
			return pieces
		}
		if first == nil {
			first = pieces
		}
	}
	return first
}

// read fetches the thing and gives the texts in which it may answer, the best first.
func (f *Found) read(ctx context.Context, r claims.Reader) ([]string, error) {
	switch f.Noun {
	case claims.SearchArticle:
		return f.readArticle(ctx, r)
	case claims.SearchSource:
		s, err := r.Source(ctx, f.ID)
		f.Title = s.Name
		return []string{strings.Join(s.Names(), " · "), s.Note, s.Code}, err
	case claims.SearchCheck:
		c, err := r.CheckByID(ctx, f.ID)
		f.Title, f.Language, f.Slug = c.Title, c.Language, c.Slug
		return []string{c.Title, c.Summary, c.Body, strings.Join(c.Authors, ", ")}, err
	}
	c, err := r.Claim(ctx, f.Claim)
	if err != nil {
		return nil, err
	}
	f.Row, f.Language, f.Title = c, c.Language, c.Standalone
	switch f.Noun {
	case claims.SearchEvidence:
		return f.readEvidence(ctx, r)
	case claims.SearchNote:
		return f.readNote(ctx, r)
	case claims.SearchContact:
		k, err := r.Contact(ctx, f.Claim, f.ID)
		return []string{k.Question, k.Answer, k.Public, k.Whom}, err
	}
	v := verdictOf(c)
	return []string{c.Standalone, c.Quote(), v.Rationale, v.WhatIsTrue, namesIn(c), strings.Join(c.Tags, ", ")}, nil
}

func namesIn(c claims.Claim) string {
	var names []string
	claims.EachLink(claims.CopyAttributions(c.Attributions), func(l *claims.Link) { names = append(names, l.Name, l.Text) })
	return strings.Join(tidy(names), " · ")
}

func (f *Found) readArticle(ctx context.Context, r claims.Reader) ([]string, error) {
	a, err := r.Article(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	f.Title, f.Language = a.Title, a.Language
	s, err := r.Snapshot(ctx, f.ID, 0)
	if missing(err) {
		err = nil
	}
	return []string{s.Text, a.Title, a.Outlet, strings.Join(a.Authors, ", "), a.URL}, err
}

func (f *Found) readEvidence(ctx context.Context, r claims.Reader) ([]string, error) {
	all, err := r.Evidence(ctx, f.Claim)
	for _, e := range all {
		if e.ID == f.ID {
			f.Title = e.Title
			if f.Title == "" {
				f.Title = e.URL
			}
			return []string{e.Quote, e.Title, e.Publisher, e.Locator, e.URL}, err
		}
	}
	return nil, err
}

func (f *Found) readNote(ctx context.Context, r claims.Reader) ([]string, error) {
	all, err := r.Notes(ctx, f.Claim)
	for _, n := range all {
		if n.ID == f.ID {
			return []string{n.Text}, err
		}
	}
	return nil, err
}
