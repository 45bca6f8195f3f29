// Package feed reads RSS, Atom and JSON feeds: text in, items out. It fetches nothing.
package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"cotejo/claims"
)

// Limits of what is read; longer texts are cut.
const (
	maxItems = 500
	maxDepth = 100 // of elements
	maxText  = 500 // code points of titles and keys
	maxWords = 5000
)

// Feed is what a feed holds, its items in the feed's order.
type Feed struct {
	Title    string
	Language string // as the feed says it: "es-MX"
	Items    []Item
}

// Item is one entry. Key is the same at each look: the feed's own id, else the address.
type Item struct {
	Key       string
	URL       string // absolute, "" where there is none
	Title     string
	Words     string // summary and categories, without markup
	Published time.Time
}

// Read reads a feed that is UTF-8 already, whatever it says of its encoding; base is
// where it stands. A refusal is a *claims.Error: feed.malformed (line), feed.not_a_feed.
func Read(text, base string) (out Feed, err error) {
	defer func() {
		if p := recover(); p != nil { // a fault of the library's costs one look
			out, err = Feed{}, &claims.Error{Kind: claims.KindInvalid, Key: "feed.malformed", Args: []any{0}, Cause: fmt.Errorf("feed: %v", p)}
		}
	}()
	text = declaration.ReplaceAllString(strings.TrimPrefix(text, "\ufeff"), "")
	line, err := checkShape(text)
	switch {
	case errors.Is(err, errOther):
		return out, notAFeed(err)
	case err != nil:
		return out, malformed(line, err)
	}
	read, err := gofeed.NewParser().Parse(strings.NewReader(text))
	switch {
	case errors.Is(err, gofeed.ErrFeedTypeNotDetected):
		return out, notAFeed(err)
	case err != nil:
		return out, malformed(line, err)
	}
	return feedOf(read, base), nil
}

// declaration is what says the encoding, of which the text is no more.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

func notAFeed(cause error) error {
	return &claims.Error{Kind: claims.KindInvalid, Key: "feed.not_a_feed", Cause: cause}
}

// errOther is XML of another kind, such as a page.
var errOther = errors.New("the outermost element is none of a feed")

// roots are the outermost elements of feeds.
var roots = map[string]bool{"rss": true, "feed": true, "rdf": true}

func malformed(line int, cause error) error {
	return &claims.Error{Kind: claims.KindInvalid, Key: "feed.malformed", Args: []any{line}, Cause: cause}
}

// checkShape refuses elements in elements without end, which the library would follow,
// and XML that breaks off; it says on which line.
func checkShape(text string) (line int, err error) {
	if !strings.HasPrefix(strings.TrimSpace(text), "<") {
		return 0, nil // JSON, or nothing
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	depth := 0
	for {
		token, err := d.RawToken()
		line, _ = d.InputPos()
		if err != nil {
			if errors.Is(err, io.EOF) && depth <= 0 {
				return 0, nil
			}
			return line, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth == 0 && !roots[strings.ToLower(token.Name.Local)] {
				return line, errOther
			}
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return line, errors.New("elements stand too deep in each other")
		}
	}
}

func feedOf(read *gofeed.Feed, base string) Feed {
	out := Feed{Title: line(read.Title), Language: line(read.Language)}
	root, err := url.Parse(base)
	if err != nil {
		root = &url.URL{}
	}
	seen := map[string]bool{}
	for _, entry := range read.Items {
		if len(out.Items) == maxItems {
			break
		}
		if item := itemOf(entry, root); item.Key != "" && !seen[item.Key] {
			seen[item.Key] = true
			out.Items = append(out.Items, item)
		}
	}
	return out
}

func itemOf(entry *gofeed.Item, root *url.URL) Item {
	item := Item{Title: line(entry.Title), Words: words(entry), URL: addressOf(entry, root), Key: strings.TrimSpace(entry.GUID)}
	if item.Key == "" {
		item.Key = item.URL
	}
	if item.Key == "" {
		item.Key = item.Title
	}
	for _, at := range []*time.Time{entry.PublishedParsed, entry.UpdatedParsed} {
		if at != nil && at.Year() > 1970 && at.Year() < 9999 {
			item.Published = at.UTC()
			break
		}
	}
	return item
}

// addressOf is the item's page: its link, else an id that is an address.
func addressOf(entry *gofeed.Item, root *url.URL) string {
	for _, link := range append([]string{entry.Link}, entry.Links...) {
		if u, err := root.Parse(strings.TrimSpace(link)); link != "" && err == nil && onTheWeb(u) {
			u.Fragment, u.RawFragment = "", ""
			return u.String()
		}
	}
	if u, err := url.Parse(strings.TrimSpace(entry.GUID)); err == nil && onTheWeb(u) {
		return u.String()
	}
	return ""
}

func onTheWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

var markup = regexp.MustCompile(`<[^>]*>`)

func words(entry *gofeed.Item) string {
	all := append([]string{markup.ReplaceAllString(entry.Description, " ")}, entry.Categories...)
	return cut(strings.Join(strings.Fields(strings.Join(all, " ")), " "), maxWords)
}

func line(s string) string {
	return cut(strings.Join(strings.Fields(markup.ReplaceAllString(s, " ")), " "), maxText)
}

func cut(s string, n int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "")
	if utf8.RuneCountInString(s) > n {
		return string([]rune(s)[:n])
	}
	return s
}
