package export

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"cotejo/claims"
)

// Feed is a list of news for programs that follow the desk, newest first.
type Feed struct {
	Title    string
	Language string
	Page     string // address of the same list for people
	Self     string // its own address, and for good its name
	Author   string
	Hub      string // WebSub hub that is told when it changes; "" for none
	Entries  []FeedEntry
}

// FeedEntry is one piece of news. ID stays the same while the thing is the same;
// Updated says when it last changed.
type FeedEntry struct {
	ID        string // an address
	URL       string
	Title     string
	Summary   string // plain text
	Language  string
	Tags      []string
	Published time.Time
	Updated   time.Time
}

// VerdictEntry tells of a claim at its newest version: its verdict in words and
// what is true.
func VerdictEntry(d Document) FeedEntry {
	e := FeedEntry{ID: d.URL, URL: d.URL, Title: d.Verdict.Content.Label + ": " + d.Claim.Standalone, Summary: d.Verdict.WhatIsTrue,
		Language: d.Language, Tags: d.Claim.Tags, Published: d.FirstAt, Updated: d.PublishedAt}
	if e.Summary == "" {
		e.Summary = d.Verdict.Rationale
	}
	return e
}

// CorrectionEntry tells of one version that corrected the one before; what is the
// effect in words.
func CorrectionEntry(d Document, what string) FeedEntry {
	version := fmt.Sprintf("%s@%d", d.URL, d.Version)
	return FeedEntry{ID: version, URL: d.URL, Title: d.Claim.Standalone, Summary: what + " " + d.Notice,
		Language: d.Language, Tags: d.Claim.Tags, Published: d.PublishedAt, Updated: d.PublishedAt}
}

// WithdrawalEntry tells that a claim was withdrawn, without its words.
func WithdrawalEntry(d Document, w claims.Withdrawal, title string) FeedEntry {
	return FeedEntry{ID: d.URL + "#withdrawn", URL: d.URL, Title: title, Summary: w.Reason,
		Language: d.Language, Published: w.At.UTC(), Updated: w.At.UTC()}
}

// latest is when the feed last changed; the zero time of one that is empty.
func (f Feed) latest() (last time.Time) {
	for _, e := range f.Entries {
		if e.Updated.After(last) {
			last = e.Updated
		}
	}
	return last.UTC()
}

// Atom writes the feed as RFC 4287 has it.
func (f Feed) Atom(w io.Writer) error {
	out := atomFeed{Lang: f.Language, ID: f.Self, Title: f.Title, Updated: stamp(f.latest()), Author: f.Author,
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Page}}}
	if f.Hub != "" {
		out.Links = append(out.Links, atomLink{Rel: "hub", Href: f.Hub})
	}
	for _, e := range f.Entries {
		entry := atomEntry{Lang: e.Language, ID: e.ID, Title: e.Title, Published: stamp(e.Published), Updated: stamp(e.Updated),
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: e.URL}}, Summary: e.Summary}
		for _, tag := range e.Tags {
			entry.Tags = append(entry.Tags, atomTag{tag})
		}
		out.Entries = append(out.Entries, entry)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", " ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr,omitempty"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang      string     `xml:"xml:lang,attr,omitempty"`
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Tags      []atomTag  `xml:"category"`
	Summary   string     `xml:"summary"`
}

type atomTag struct {
	Term string `xml:"term,attr"`
}

// JSON writes the feed as JSON Feed 1.1.
func (f Feed) JSON(w io.Writer) error {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Page: f.Page, Self: f.Self, Language: f.Language,
		Authors: []jsonAuthor{{f.Author}}, Items: make([]jsonItem, len(f.Entries))}
	if f.Hub != "" {
		out.Hubs = []jsonHub{{Type: "WebSub", URL: f.Hub}}
	}
	for i, e := range f.Entries {
		out.Items[i] = jsonItem{ID: e.ID, URL: e.URL, Title: e.Title, Text: e.Summary, Language: e.Language, Tags: e.Tags,
			Published: stamp(e.Published), Modified: stamp(e.Updated)}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(out)
}

type jsonFeed struct {
	Version  string       `json:"version"`
	Title    string       `json:"title"`
	Page     string       `json:"home_page_url"`
	Self     string       `json:"feed_url"`
	Language string       `json:"language,omitempty"`
	Authors  []jsonAuthor `json:"authors"`
	Hubs     []jsonHub    `json:"hubs,omitempty"`
	Items    []jsonItem   `json:"items"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Text      string   `json:"content_text"`
	Language  string   `json:"language,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Published string   `json:"date_published"`
	Modified  string   `json:"date_modified"`
}

// SitemapPage is a public page that search engines may list.
type SitemapPage struct {
	URL     string
	Changed time.Time // the zero time where it changes with what others publish
}

// Sitemap writes a list of pages as sitemaps.org has it, at most 50,000 of them.
func Sitemap(w io.Writer, pages []SitemapPage) error {
	return writeSitemap(w, sitemap{Pages: sitemapPages(pages)})
}

// SitemapIndex writes a list of sitemaps.
func SitemapIndex(w io.Writer, parts []SitemapPage) error {
	return writeSitemap(w, sitemapIndex{Parts: sitemapPages(parts)})
}

func sitemapPages(pages []SitemapPage) []sitemapPage {
	out := make([]sitemapPage, len(pages))
	for i, p := range pages {
		out[i].URL = p.URL
		if !p.Changed.IsZero() {
			out[i].Changed = stamp(p.Changed)
		}
	}
	return out
}

func writeSitemap(w io.Writer, list any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(list)
}

type sitemap struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapPage `xml:"url"`
}

type sitemapIndex struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapPage `xml:"sitemap"`
}

type sitemapPage struct {
	URL     string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}
