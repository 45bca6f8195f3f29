// Package fetch gets what a web address holds: no private network can be reached by
// it, nothing is read without end, and what no person asked for only where the
// site's robots.txt allows it.
package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"code.dny.dev/ssrf"

	"cotejo/claims"
)

// Limits of one fetch.
const (
	maxTime      = 30 * time.Second // all of it, redirects included
	maxConnect   = 10 * time.Second
	maxRedirects = 5
	maxHeader    = 64 << 10 // bytes
	maxAddress   = 2000     // code points
	maxAtOnce    = 4        // fetches
)

// Config says how pages are fetched; zero fields get defaults.
type Config struct {
	// Allow names hosts with ports ("127.0.0.1:8099") that may be reached although
	// they are private. For tests.
	Allow     []string
	UserAgent string        // who asks
	Timeout   time.Duration // of one fetch
	Now       func() time.Time
}

// Request asks for what an address holds.
type Request struct {
	URL   string
	Limit int64 // bytes
	// Unasked says that no person named the address now: robots.txt is obeyed, of
	// every site that redirects lead to.
	Unasked bool
	// What the server said of the version that is known, as Page has it. Where that
	// one still stands the answer is Same, without a body.
	Tag, Modified string
	Accept        string // media types; "" for those of pages
}

// Page is what an address held. MediaType is what its server calls it, URL where
// redirects led, Moved where those that hold for good did, "" where there were none.
// Tag and Modified are what a later Request may give back.
type Page struct {
	URL           string
	Moved         string
	MediaType     string
	Body          []byte
	Tag, Modified string
	Same          bool
	RetryAfter    time.Duration // a server that answered fetch.status asks for this pause; 0 for none
	Answer        claims.Answer
}

// Client fetches pages.
type Client struct {
	http    *http.Client
	dialer  *dialer
	agent   string
	timeout time.Duration
	slots   chan struct{}
	robots  robots
}

// New makes a client that goes through no proxy: whoever stands between would be
// asked for private addresses in its stead.
func New(c Config) *Client {
	if c.UserAgent == "" {
		c.UserAgent = "Cotejo"
	}
	if c.Timeout <= 0 {
		c.Timeout = maxTime
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	d := newDialer(c.Allow)
	return &Client{dialer: d, agent: c.UserAgent, timeout: c.Timeout, slots: make(chan struct{}, maxAtOnce), robots: robots{now: c.Now, hosts: map[string]hostRules{}}, http: &http.Client{
		Transport: &http.Transport{
			Proxy: nil, DialContext: d.dial, DisableKeepAlives: true, DisableCompression: true, ForceAttemptHTTP2: true,
			MaxResponseHeaderBytes: maxHeader, TLSHandshakeTimeout: maxConnect, ResponseHeaderTimeout: c.Timeout,
		},
		CheckRedirect: checkRedirect,
	}}
}

func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return claims.Refuse(claims.KindInvalid, "fetch.redirects")
	}
	_, err := checked(r.URL.String())
	r.Header.Del("Referer")
	return err
}

// dialer refuses private, link-local and other special addresses at the moment
// of connecting, when names have become numbers.
type dialer struct {
	plain, guarded net.Dialer
	allow          map[string]bool
	lookUp         func(ctx context.Context, host string) ([]netip.Addr, error)
}

func newDialer(allow []string) *dialer {
	d := &dialer{allow: map[string]bool{}}
	for _, host := range allow {
		if host = strings.ToLower(strings.TrimSpace(host)); host != "" {
			d.allow[host] = true
		}
	}
	d.lookUp = func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	}
	guard := ssrf.New()
	d.plain.Timeout, d.guarded.Timeout = maxConnect, maxConnect
	d.guarded.Control = func(network, address string, c syscall.RawConn) error {
		if err := guard.Safe(network, address, c); err != nil {
			return &claims.Error{Kind: claims.KindInvalid, Key: "fetch.address", Cause: err}
		}
		return nil
	}
	return d
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if d.allow[strings.ToLower(address)] {
		return d.plain.DialContext(ctx, network, address)
	}
	return d.guarded.DialContext(ctx, network, address)
}

// checked reads an address that may be asked for: http or https, a host, nobody's
// name and password in it.
func checked(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Hostname() == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || utf8.RuneCountInString(address) > maxAddress {
		return nil, claims.Refuse(claims.KindInvalid, "fetch.malformed")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && ip.Zone() != "" {
		return nil, claims.Refuse(claims.KindInvalid, "fetch.address")
	}
	if numberLike(u.Hostname()) {
		return nil, claims.Refuse(claims.KindInvalid, "fetch.address")
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// numberLike reports whether a host is a number that is no plain address:
// 2130706433, 0x7f.1 and 0177.0.0.1 are, which resolvers read in ways of their own.
func numberLike(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	last := strings.TrimSuffix(host, ".")
	last = strings.ToLower(last[strings.LastIndexByte(last, '.')+1:])
	if digits, hex := strings.CutPrefix(last, "0x"); hex {
		return strings.Trim(digits, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

// Check refuses an address that Get would refuse for itself or for where its name
// leads now: fetch.malformed, fetch.address, fetch.unknown_host. Get looks
// again, since names change what they lead to.
func (c *Client) Check(ctx context.Context, address string) error {
	u, err := checked(address)
	if err != nil {
		return err
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if c.dialer.allow[strings.ToLower(net.JoinHostPort(u.Hostname(), port))] {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, maxConnect)
	defer cancel()
	found, err := c.dialer.lookUp(ctx, u.Hostname())
	if err != nil {
		return &claims.Error{Kind: claims.KindInvalid, Key: "fetch.unknown_host", Cause: err}
	}
	for _, ip := range found {
		network := "tcp4"
		if ip = ip.Unmap(); ip.Is6() {
			network = "tcp6"
		}
		if err = c.dialer.guarded.Control(network, net.JoinHostPort(ip.String(), port), nil); err == nil {
			return nil
		}
	}
	return err
}

// Get gets an address. A refusal is a *claims.Error: fetch.malformed,
// fetch.address (private), fetch.too_large (MB allowed), fetch.timeout,
// fetch.redirects, fetch.status (code), fetch.encoding, fetch.empty, fetch.busy,
// fetch.failed; of what is unasked also fetch.robots and fetch.robots_down (host).
func (c *Client) Get(ctx context.Context, in Request) (Page, error) {
	u, err := checked(in.URL)
	if err != nil {
		return Page{}, err
	}
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	default:
		return Page{}, claims.Refuse(claims.KindBusy, "fetch.busy")
	}
	timed, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	page, err := c.get(timed, u, in)
	return page, told(ctx, err)
}

func (c *Client) get(ctx context.Context, u *url.URL, in Request) (Page, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, claims.Refuse(claims.KindInvalid, "fetch.malformed")
	}
	c.head(r, in)
	client, moved, stays := *c.http, "", false
	if in.Unasked {
		if err := c.mayFetch(ctx, u); err != nil {
			return Page{}, err
		}
	}
	client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if err := checkRedirect(r, via); err != nil {
			return err
		}
		if stays = stays || !movedForGood(r.Response); !stays {
			moved = r.URL.String()
		}
		if in.Unasked {
			return c.mayFetch(ctx, r.URL)
		}
		return nil
	}
	response, err := client.Do(r)
	if err != nil {
		return Page{}, err
	}
	defer response.Body.Close()
	page := Page{URL: response.Request.URL.String(), Moved: moved, MediaType: mediaType(response.Header.Get("Content-Type")), Tag: kept(response, "ETag"), Modified: kept(response, "Last-Modified")}
	switch {
	case response.StatusCode == http.StatusNotModified && (in.Tag != "" || in.Modified != ""):
		page.Same = true
		return page, nil
	case response.StatusCode != http.StatusOK:
		return Page{RetryAfter: retryAfter(response, c.robots.now())}, claims.Refuse(claims.KindInvalid, "fetch.status", response.StatusCode)
	}
	if page.Body, err = readBody(response, in.Limit); err != nil {
		return Page{}, err
	}
	page.Answer = answerOf(response, u.String(), page.URL)
	return page, nil
}

// movedForGood reports whether a redirect says that the old address is no more.
func movedForGood(r *http.Response) bool {
	return r != nil && (r.StatusCode == http.StatusMovedPermanently || r.StatusCode == http.StatusPermanentRedirect)
}

const accepted = "text/html,application/xhtml+xml,application/pdf;q=0.9,image/*;q=0.8,*/*;q=0.5"

func (c *Client) head(r *http.Request, in Request) {
	if in.Accept == "" {
		in.Accept = accepted
	}
	for name, value := range map[string]string{
		"User-Agent": c.agent, "Accept": in.Accept, "Accept-Encoding": "gzip", "If-None-Match": in.Tag, "If-Modified-Since": in.Modified,
	} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
}

const (
	maxTag   = 500            // bytes of what a server calls a version
	maxPause = 24 * time.Hour // that a server may ask for
)

// kept gives what a server says of a version, where it can be given back.
func kept(response *http.Response, name string) string {
	if value := response.Header.Get(name); len(value) <= maxTag {
		return value
	}
	return ""
}

// retryAfter reads for how long a server wants not to be asked again.
func retryAfter(response *http.Response, now time.Time) time.Duration {
	said := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(said); err == nil {
		return time.Duration(max(0, min(seconds, int(maxPause/time.Second)))) * time.Second
	}
	if at, err := http.ParseTime(said); err == nil {
		return max(0, min(at.Sub(now), maxPause))
	}
	return 0
}

// readBody reads at most limit bytes, counted after unpacking.
func readBody(response *http.Response, limit int64) ([]byte, error) {
	tooLarge := claims.Refuse(claims.KindInvalid, "fetch.too_large", limit>>20)
	if response.ContentLength > limit {
		return nil, tooLarge
	}
	from, err := unpacked(response, limit)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	n, err := io.Copy(&body, io.LimitReader(from, limit+1))
	switch {
	case n > limit:
		return nil, tooLarge
	case err != nil:
		return nil, err
	case n == 0:
		return nil, claims.Refuse(claims.KindInvalid, "fetch.empty")
	}
	return body.Bytes(), nil
}

// unpacked gives the body as it was before it was packed for the way.
func unpacked(response *http.Response, limit int64) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding"))) {
	case "", "identity":
		return response.Body, nil
	case "gzip", "x-gzip":
		out, err := gzip.NewReader(io.LimitReader(response.Body, limit))
		if err != nil {
			return nil, &claims.Error{Kind: claims.KindInvalid, Key: "fetch.encoding", Cause: err}
		}
		return out, nil
	}
	return nil, claims.Refuse(claims.KindInvalid, "fetch.encoding")
}

const maxMediaType = 200 // bytes

// mediaType tidies what a server says of its type; "" where it says nothing that
// can be read.
func mediaType(said string) string {
	base, params, err := mime.ParseMediaType(said)
	if err != nil {
		return ""
	}
	out := mime.FormatMediaType(base, params)
	if len(out) > maxMediaType {
		return base[:min(len(base), maxMediaType)]
	}
	return out
}

// told turns a failure into its refusal; that the caller went away stays what it is.
func told(ctx context.Context, err error) error {
	var refused *claims.Error
	var timeout net.Error
	switch {
	case err == nil || ctx.Err() != nil:
		return errors.Join(err, ctx.Err())
	case errors.As(err, &refused):
		return &claims.Error{Kind: refused.Kind, Key: refused.Key, Args: refused.Args, Cause: refused.Cause}
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		return &claims.Error{Kind: claims.KindInvalid, Key: "fetch.timeout", Cause: err}
	}
	return &claims.Error{Kind: claims.KindInvalid, Key: "fetch.failed", Cause: err}
}
