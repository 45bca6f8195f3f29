package claims

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// TopicKind is what a public list gathers claims by.
type TopicKind string

// The kinds of topics; TopicAll is the list of everything, which has no slug.
const (
	TopicAll      TopicKind = ""
	TopicTag      TopicKind = "tag"
	TopicSource   TopicKind = "source"
	TopicLanguage TopicKind = "lang"
)

// TopicKinds lists the kinds that have lists of their own.
var TopicKinds = []TopicKind{TopicTag, TopicSource, TopicLanguage}

// Topic is what a public list is about. Key says what it is for good (a tag in
// small letters, the id of a source, a language), Slug where it is found.
type Topic struct {
	Kind      TopicKind
	Key       string
	Slug      string
	Name      string // as the newest publication writes it
	Claims    int    // that stand in its list
	ChangedAt time.Time
}

// Month is a month of a public list, in UTC: "2026-11".
type Month struct {
	Name      string
	Claims    int
	ChangedAt time.Time
}

// MonthOf gives the month in which something was published.
func MonthOf(t time.Time) string { return t.UTC().Format(monthLayout) }

const monthLayout = "2006-01"

var monthShape = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}$`)

// MonthBounds gives the first moment of a month and that of the next; ok is false
// for what is no month.
func MonthBounds(name string) (from, to time.Time, ok bool) {
	if !monthShape.MatchString(name) {
		return from, to, false
	}
	from, err := time.Parse(monthLayout, name)
	return from, from.AddDate(0, 1, 0), err == nil
}

// Listed is what a frozen document says of the lists that it belongs in. It
// holds nothing that the document does not show.
type Listed struct {
	Language string
	Tags     []string
	Sources  []Link // those that a record stands for
}

// ReadListed reads a frozen document. What it cannot read belongs in no list of a
// topic.
func ReadListed(document []byte) Listed {
	var d struct {
		Language string `json:"language"`
		Claim    struct {
			Attributions []Attribution `json:"attributions"`
			Tags         []string      `json:"tags"`
		} `json:"claim"`
	}
	if json.Unmarshal(document, &d) != nil {
		return Listed{}
	}
	out := Listed{Language: strings.TrimSpace(d.Language)}
	for _, tag := range d.Claim.Tags {
		if tag = strings.TrimSpace(tag); tag != "" {
			out.Tags = append(out.Tags, tag)
		}
	}
	for _, a := range d.Claim.Attributions {
		for _, l := range a.Sources {
			if l.Source != "" && l.Name != "" {
				out.Sources = append(out.Sources, l)
			}
		}
	}
	return out
}

// ListingFilter narrows the list of the newest publications that stand to one
// topic and month, and to what comes after a claim of the list.
type ListingFilter struct {
	Kind  TopicKind
	Slug  string
	Month string // "" for all
	After string // a claim's id; "" begins with the newest
	Page
}

// TopicReader reads in which lists the public finds what. Nothing of it is
// hidden from anybody, since all of it is public.
type TopicReader interface {
	// Topic gives a topic by its slug, also one whose list is empty. Where the
	// source it was about has become part of another one, it gives that one's.
	Topic(ctx context.Context, kind TopicKind, slug string) (Topic, error)
	// Topics walks the topics of a kind that have claims, those with most first.
	Topics(ctx context.Context, kind TopicKind, p Page) (topics []Topic, next string, err error)
	// TopicsOf gives the topics that a claim is listed under.
	TopicsOf(ctx context.Context, claim string) ([]Topic, error)
	// Months gives the months of a list in which something stands, newest first.
	Months(ctx context.Context, kind TopicKind, slug string) ([]Month, error)
	// Listings walks the newest publications that stand, last published first.
	// Where After does not stand in the list it is not found.
	Listings(ctx context.Context, f ListingFilter) (pubs []Publication, next string, err error)
	// EverPublished walks all claims that were ever published by their ids, which
	// are greater than after.
	EverPublished(ctx context.Context, after string, limit int) ([]Claim, error)
}
