// Package webarchive asks a public web archive to keep pages, as Save Page Now of the
// Internet Archive takes such requests: a page is submitted, and is archived only once
// the archive says so.
package webarchive

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"cotejo/claims"
)

const (
	maxTime   = 60 * time.Second
	maxAnswer = 1 << 20 // bytes
	maxWords  = 300     // code points of what an archive says
)

// Config says which archive is asked. Key is "ACCESS:SECRET", "" for an archive that
// asks for none; it is sent to Address alone.
type Config struct {
	Address   string
	Key       string
	UserAgent string
	Timeout   time.Duration
}

// Client asks one archive.
type Client struct {
	base  *url.URL
	key   string
	agent string
	http  *http.Client
}

// New makes a client. Over plain http only this machine is asked: the key would be read
// on the way.
func New(c Config) (*Client, error) {
	u, err := url.Parse(strings.TrimRight(c.Address, "/"))
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("the web archive's address is no http or https address")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the web archive's address holds more than host and path; the key has a place of its own")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, errors.New("the web archive's address needs https")
	}
	if c.Timeout <= 0 {
		c.Timeout = maxTime
	}
	return &Client{base: u, key: c.Key, agent: c.UserAgent, http: &http.Client{
		Timeout:       c.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // the key goes nowhere else
	}}, nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// answer is what an archive says, of submitting and of what came of it.
type answer struct {
	JobID     string `json:"job_id"`
	Status    string `json:"status"`
	StatusExt string `json:"status_ext"`
	Message   string `json:"message"`
	Timestamp string `json:"timestamp"` // 20060102150405
	Original  string `json:"original_url"`
}

// Submit hands a page in and gives the receipt by which the archive knows it. A refusal
// is a *claims.Error: archive.busy and archive.unreachable may be none the next time,
// archive.refused (what the archive says), archive.key and archive.answer stay.
func (c *Client) Submit(ctx context.Context, address string) (receipt string, err error) {
	form := url.Values{"url": {address}, "skip_first_archive": {"1"}}
	a, err := c.ask(ctx, http.MethodPost, c.base.JoinPath("save"), strings.NewReader(form.Encode()))
	switch {
	case err != nil:
		return "", err
	case a.Status == "error":
		return "", refusedBy(a)
	case a.JobID == "" || len(a.JobID) > 200:
		return "", claims.Refuse(claims.KindConflict, "archive.answer")
	}
	return a.JobID, nil
}

// Outcome asks what came of a receipt. Refusals are those of Submit.
func (c *Client) Outcome(ctx context.Context, receipt string) (out claims.Archived, err error) {
	a, err := c.ask(ctx, http.MethodGet, c.base.JoinPath("save", "status", url.PathEscape(receipt)), nil)
	switch {
	case err != nil:
		return out, err
	case a.Status == "pending":
		return claims.Archived{Pending: true}, nil
	case a.Status == "error":
		return out, refusedBy(a)
	}
	at, err := time.Parse("20060102150405", a.Timestamp)
	original, urlErr := url.Parse(a.Original)
	if a.Status != "success" || err != nil || urlErr != nil || original.Host == "" {
		return out, claims.Refuse(claims.KindConflict, "archive.answer")
	}
	return claims.Archived{Address: c.base.String() + "/web/" + a.Timestamp + "/" + original.String(), At: at}, nil
}

func (c *Client) ask(ctx context.Context, method string, at *url.URL, body io.Reader) (a answer, err error) {
	r, err := http.NewRequestWithContext(ctx, method, at.String(), body)
	if err != nil {
		return a, err
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", c.agent)
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c.key != "" {
		r.Header.Set("Authorization", "LOW "+c.key)
	}
	response, err := c.http.Do(r)
	if err != nil {
		return a, unreachable(ctx, err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return a, unreachable(ctx, err)
	}
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests || code >= 500:
		return a, claims.Refuse(claims.KindBusy, "archive.busy", code)
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return a, claims.Refuse(claims.KindConflict, "archive.key", code)
	}
	if json.Unmarshal(raw, &a) != nil {
		return answer{}, claims.Refuse(claims.KindConflict, "archive.answer")
	}
	if response.StatusCode >= 300 && a.Status != "error" {
		return answer{}, claims.Refuse(claims.KindConflict, "archive.answer")
	}
	return a, nil
}

// tooMuch are an archive's words for limits of this moment.
var tooMuch = []string{"error:user-session-limit", "error:too-many-requests", "error:too-many-daily-captures", "error:service-unavailable", "error:capture-location-error", "error:cannot-fetch"}

// refusedBy reads why an archive says no.
func refusedBy(a answer) error {
	for _, passing := range tooMuch {
		if a.StatusExt == passing {
			return claims.Refuse(claims.KindBusy, "archive.busy", strings.TrimPrefix(passing, "error:"))
		}
	}
	words := strings.Join(strings.Fields(strings.ToValidUTF8(a.Message, "")), " ")
	if words == "" {
		words = a.StatusExt
	}
	if runes := []rune(words); len(runes) > maxWords {
		words = string(runes[:maxWords])
	}
	return claims.Refuse(claims.KindInvalid, "archive.refused", words)
}

// unreachable words a failure of the network; that the caller went away stays what it is.
func unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &claims.Error{Kind: claims.KindBusy, Key: "archive.unreachable", Cause: err}
}
