// Package suggest asks a language model for claims that the engine may have
// missed. Any service that speaks the OpenAI-compatible chat protocol will do,
// on the newsroom's own machine or elsewhere; nothing is asked unless one is
// configured.
//
// What a model answers is data, never instructions: it is decoded strictly, a
// suggestion whose words do not stand in the article is dropped and counted, and
// nothing but the article's own words, a kind of claim and places ever leaves
// this package. Nothing is evaluated, followed or fetched.
package suggest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// Limits of what is asked and of what is taken.
const (
	maxPiece       = 6000    // code points of an article that are asked about at once
	maxPieces      = 8       // of an article; what comes after them is not asked about
	maxResponse    = 1 << 20 // bytes of an answer
	maxItems       = 100     // suggestions of an answer that are looked at
	maxSuggestions = 40      // kept of an article
	minQuote       = 8       // code points
	maxQuote       = 600
	maxSource      = 200
	maxPlaces      = 20 // of the same words
	maxTitle       = 500
	maxModel       = 100
)

// DefaultTimeout is how long the questions about one article may take together:
// a small machine of the newsroom's own writes a few words a second.
const DefaultTimeout = 10 * time.Minute

// Config says which model is asked, and how.
type Config struct {
	// URL is the service's base address ("http://127.0.0.1:11434/v1") or that of
	// its chat completions. Plain http is for loopback and private addresses
	// only, which are allowed here because an admin of the machine gives them.
	URL     string
	Model   string
	Key     Secret        // sent as a bearer token; "" sends none
	Timeout time.Duration // for all questions about one article; DefaultTimeout where 0
}

// Secret is a text that prints as whether it is set, whatever prints it.
type Secret string

func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "set"
}

// GoString is String for %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText is String for whatever writes JSON or logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Article is what the model is asked about. Offsets count code points of Text.
type Article struct {
	Text      string
	Language  string // ISO 639-1; "" where it is unclear
	Title     string
	Published *claims.Date
}

// Suggestion is a claim that the model proposes, in words of the article.
type Suggestion struct {
	Quote     claims.Fragment  // where the words stand first
	Elsewhere []claims.Span    // where the same words stand again
	Kind      claims.Kind      // one of claims.Kinds
	Source    *claims.Fragment // who says it, as the article names them nearest to Quote; nil for the article itself
}

// Answer is what came of asking about an article: at most 40 suggestions, no
// quote twice.
type Answer struct {
	Suggestions []Suggestion
	Dropped     Dropped
	Unread      int // code points at the article's end that were too many to ask about
}

// Dropped counts what a model answered and nobody gets to see.
type Dropped struct {
	Pieces    int // answers that could not be read at all
	Malformed int // suggestions of the wrong shape or length
	Invented  int // quotes that do not stand in the article
	Repeated  int // quotes that were suggested already
	Excess    int // suggestions beyond the limits
	Sources   int // sources that do not stand in the article; their suggestions stay
}

// Client asks one model. It is safe for concurrent use.
type Client struct {
	endpoint  *url.URL
	model     string
	timeout   time.Duration
	authorize func(*http.Request) // holds the key, so that no print of a Client shows it
	http      *http.Client
}

// New makes a client and refuses a configuration that cannot work or that would
// send articles in the clear across open networks. It asks nothing yet. No
// error repeats the address or the key.
func New(c Config) (*Client, error) {
	endpoint, err := endpointOf(c.URL)
	if err != nil {
		return nil, err
	}
	if err := checkModel(c.Model); err != nil {
		return nil, err
	}
	if err := checkKey(c.Key); err != nil {
		return nil, err
	}
	timeout := c.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	return &Client{endpoint: endpoint, model: c.Model, timeout: timeout, authorize: bearer(c.Key), http: newHTTP(endpoint.Scheme)}, nil
}

// Rule names what makes the suggestions: the model and the prompt's version.
func (c *Client) Rule() string { return c.model + "/" + PromptVersion }

// Suggest asks about an article, a piece after the other. The answer holds what
// the pieces before an error gave.
func (c *Client) Suggest(ctx context.Context, a Article) (Answer, error) {
	if !utf8.ValidString(a.Text) {
		return Answer{}, claims.Refuse(claims.KindUnsupported, "article.not_utf8")
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	pieces, read := cut(a.Text)
	g := newGatherer(a.Text, read)
	for i, piece := range pieces {
		content, err := c.ask(ctx, a, piece)
		if errors.Is(err, errUnreadable) {
			g.answer.Dropped.Pieces++
			continue
		}
		if err != nil {
			return g.answer, fmt.Errorf("piece %d of %d: %w", i+1, len(pieces), err)
		}
		g.take(content)
	}
	return g.answer, nil
}
