package export

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"time"
)

// DataFeed writes ClaimReviews as schema.org's DataFeed, an item a line, as it goes
// along: Begin, Add for each, End.
type DataFeed struct {
	w     *bufio.Writer
	items int
}

// DataFeedHead is what a feed says of itself.
type DataFeedHead struct {
	ID       string // its own address
	Name     string
	Language string
	Author   Agent     // the newsroom
	Modified time.Time // when it last changed; the zero time of one that is empty
}

// NewDataFeed begins a feed.
func NewDataFeed(w io.Writer, h DataFeedHead) (*DataFeed, error) {
	head := struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		ID       string `json:"@id"`
		URL      string `json:"url"`
		Name     string `json:"name"`
		Language string `json:"inLanguage"`
		Author   Agent  `json:"author"`
		Modified string `json:"dateModified,omitempty"`
	}{"https://schema.org", "DataFeed", h.ID, h.ID, h.Name, h.Language, h.Author, ""}
	if !h.Modified.IsZero() {
		head.Modified = stamp(h.Modified)
	}
	line, err := jsonLine(head)
	if err != nil {
		return nil, err
	}
	f := &DataFeed{w: bufio.NewWriter(w)}
	_, err = f.w.WriteString(strings.TrimSuffix(line, "}") + ",\"dataFeedElement\":[")
	return f, err
}

// Add writes the item of a publication. The markup is that of /c/ID, member by member.
func (f *DataFeed) Add(d Document, review any) error {
	item := struct {
		Type     string `json:"@type"`
		ID       string `json:"@id"`
		Created  string `json:"dateCreated"`
		Modified string `json:"dateModified"`
		Item     []any  `json:"item"`
	}{"DataFeedItem", d.URL + "#claimreview", stamp(d.FirstAt), stamp(d.PublishedAt), []any{review}}
	line, err := jsonLine(item)
	if err != nil {
		return err
	}
	separator := "\n"
	if f.items > 0 {
		separator = ",\n"
	}
	f.items++
	_, err = f.w.WriteString(separator + line)
	return err
}

// End writes what is left.
func (f *DataFeed) End() error {
	if _, err := f.w.WriteString("\n]}\n"); err != nil {
		return err
	}
	return f.w.Flush()
}

func jsonLine(v any) (string, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}
