package suggest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of one call; the whole of an article has Config.Timeout.
const (
	dialTimeout    = 10 * time.Second
	maxHeaderBytes = 64 << 10
)

const completions = "/chat/completions"

// endpointOf reads the service's address. What is refused is not repeated: an
// address may hold a password.
func endpointOf(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("the model's address must be http://HOST… or https://HOST…, such as http://127.0.0.1:11434/v1")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the model's address may hold no password, query or fragment: give the key apart")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && u.Scheme == "http" && !near(ip) {
		return nil, errFarPlain
	}
	if !strings.HasSuffix(u.Path, completions) {
		u = u.JoinPath(completions)
	}
	return u, nil
}

var errFarPlain = errors.New("plain http reaches loopback and private addresses only: say https:// for a model elsewhere")

// near reports whether an address is the machine's own or of a private network.
func near(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate()
}

func checkModel(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("the model's name is missing: give it as its service lists it")
	case utf8.RuneCountInString(name) > maxModel:
		return fmt.Errorf("the model's name may have %d characters at most", maxModel)
	case !utf8.ValidString(name) || strings.IndexFunc(name, func(r rune) bool { return !unicode.IsGraphic(r) }) >= 0:
		return errors.New("the model's name holds characters that cannot be shown")
	}
	return nil
}

// checkKey refuses what no header can carry, here and not in a later error.
func checkKey(key Secret) error {
	if strings.IndexFunc(string(key), func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
		return errors.New("the model's key holds blanks or characters outside ASCII: look for a line end copied with it")
	}
	return nil
}

func bearer(key Secret) func(*http.Request) {
	return func(r *http.Request) {
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+string(key))
		}
	}
}

// newHTTP makes a client that goes to its address and nowhere else: no proxy of
// the environment, no redirect, nothing unpacked. Under plain http the address
// that a name stands for is looked at when it is dialled.
func newHTTP(scheme string) *http.Client {
	dialer := &net.Dialer{Timeout: dialTimeout}
	if scheme == "http" {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil || !near(to.Addr()) {
				return errFarPlain
			}
			return nil
		}
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: dialTimeout,
			MaxResponseHeaderBytes: maxHeaderBytes, DisableCompression: true, DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// chatQuestion is the protocol's request, of what every service understands.
type chatQuestion struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature *int      `json:"temperature,omitempty"`
	Stream      bool      `json:"stream"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// coldest asks for the likeliest words, which copy best.
var coldest = 0

// ask sends one piece and gives the model's words. Some models refuse to be
// told a temperature, and are asked again without.
func (c *Client) ask(ctx context.Context, a Article, piece string) (string, error) {
	q := chatQuestion{Model: c.model, Messages: []message{{"system", prompt()}, {"user", question(a, piece)}}, Temperature: &coldest}
	answer, err := c.post(ctx, q)
	if errors.Is(err, errBadRequest) {
		q.Temperature = nil
		answer, err = c.post(ctx, q)
	}
	if err != nil {
		return "", err
	}
	return contentOf(answer)
}

// post sends a question and reads the answer's bytes, at most maxResponse.
func (c *Client) post(ctx context.Context, q chatQuestion) ([]byte, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	c.authorize(req)
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, refusal(res.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxResponse+1))
	if err == nil && len(answer) > maxResponse {
		err = fmt.Errorf("the model's answer is longer than %d bytes", maxResponse)
	}
	return answer, err
}

var errBadRequest = errors.New("the model's service answered 400 Bad Request: it may not know the model, or not this protocol")

// refusal words a status. The body is not repeated: it may hold anything.
func refusal(status int) error {
	said := fmt.Sprintf("the model's service answered %d %s", status, http.StatusText(status))
	switch {
	case status == http.StatusBadRequest:
		return errBadRequest
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return errors.New(said + ": look at the key")
	case status == http.StatusNotFound:
		return errors.New(said + ": look at the address and the model's name")
	case status >= 300 && status < 400:
		return errors.New(said + ": redirects are not followed, give the address itself")
	}
	return errors.New(said)
}
