package fetch

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"cotejo/claims"
)

const (
	maxPost   = 15 * time.Second // to send something and have it answered
	maxAnswer = 4 << 10          // bytes of an answer that are read
	maxShown  = 300              // code points of it that are kept
)

// Letter is what is sent to an address.
type Letter struct {
	URL    string
	Header map[string]string
	Body   []byte
}

// Receipt is what came back. Answer is the beginning of it, in one line.
type Receipt struct {
	Status     int
	Answer     string
	RetryAfter time.Duration // that the server asks for; 0 for none
}

// CheckPost refuses an address that Post would refuse for itself or for where its name
// leads now, as Check does; and with fetch.https what is not encrypted.
func (c *Client) CheckPost(ctx context.Context, address string) error {
	u, err := checked(address)
	if err != nil {
		return err
	}
	if err := c.encrypted(u); err != nil {
		return err
	}
	return c.Check(ctx, address)
}

// encrypted demands https of all hosts that are not named as allowed.
func (c *Client) encrypted(u *url.URL) error {
	port := u.Port()
	if port == "" {
		port = "80"
	}
	if u.Scheme == "https" || c.dialer.allow[strings.ToLower(net.JoinHostPort(u.Hostname(), port))] {
		return nil
	}
	return claims.Refuse(claims.KindInvalid, "fetch.https")
}

// Post sends a letter. Redirects are not followed: they are answers like others, which
// the caller judges by their status. Refusals are those of Get.
func (c *Client) Post(ctx context.Context, l Letter) (Receipt, error) {
	u, err := checked(l.URL)
	if err == nil {
		err = c.encrypted(u)
	}
	if err != nil {
		return Receipt{}, err
	}
	timed, cancel := context.WithTimeout(ctx, min(c.timeout, maxPost))
	defer cancel()
	r, err := http.NewRequestWithContext(timed, http.MethodPost, u.String(), bytes.NewReader(l.Body))
	if err != nil {
		return Receipt{}, claims.Refuse(claims.KindInvalid, "fetch.malformed")
	}
	r.Header.Set("User-Agent", c.agent)
	for name, value := range l.Header {
		r.Header.Set(name, value)
	}
	client := *c.http
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(r)
	if err != nil {
		return Receipt{}, told(ctx, err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil && len(said) == 0 && timed.Err() != nil {
		return Receipt{}, told(ctx, err) // the status came, but who does not end may not have taken it
	}
	return Receipt{Status: response.StatusCode, Answer: oneLine(said), RetryAfter: retryAfter(response, c.robots.now())}, nil
}

// oneLine is the beginning of an answer as it can be shown and kept.
func oneLine(raw []byte) string {
	s := strings.ToValidUTF8(string(raw), "\uFFFD")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if runes := []rune(s); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return s
}
