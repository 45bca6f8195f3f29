package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"cotejo/claims"
)

// Limits of robots.txt files, as RFC 9309 has them.
const (
	maxRobots      = 500 << 10      // bytes that are read; the rest is taken as not written
	robotsKept     = 24 * time.Hour // a file
	robotsKeptDown = 10 * time.Minute
	maxRobotsHosts = 1000 // that are remembered
)

// robots remembers what hosts let programs fetch.
type robots struct {
	now   func() time.Time
	mu    sync.Mutex
	hosts map[string]hostRules // by scheme and authority
}

type hostRules struct {
	rules robotsRules
	down  bool // nobody can say: nothing may be fetched
	until time.Time
}

// mayFetch refuses an address that its site's robots.txt keeps from programs:
// fetch.robots (host), or fetch.robots_down (host) where the site cannot say at
// the moment.
func (c *Client) mayFetch(ctx context.Context, u *url.URL) error {
	host := u.Scheme + "://" + strings.ToLower(u.Host)
	known, ok := c.robots.of(host)
	if !ok {
		var err error
		if known, err = c.askRobots(ctx, host); err != nil {
			return err
		}
		c.robots.keep(host, known)
	}
	switch {
	case known.down:
		return claims.Refuse(claims.KindInvalid, "fetch.robots_down", u.Hostname())
	case !known.rules.allow(u):
		return claims.Refuse(claims.KindInvalid, "fetch.robots", u.Hostname())
	}
	return nil
}

func (r *robots) of(host string) (hostRules, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, ok := r.hosts[host]
	return known, ok && r.now().Before(known.until)
}

func (r *robots) keep(host string, rules hostRules) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.hosts) >= maxRobotsHosts {
		clear(r.hosts)
	}
	rules.until = r.now().Add(robotsKept)
	if rules.down {
		rules.until = r.now().Add(robotsKeptDown)
	}
	r.hosts[host] = rules
}

// askRobots reads a site's file. A site that says that it has none allows all; one
// that is out of order, or out of reach, allows nothing. An error says that the
// caller went away.
func (c *Client) askRobots(ctx context.Context, host string) (hostRules, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, host+robotsPath, nil)
	if err != nil {
		return hostRules{}, claims.Refuse(claims.KindInvalid, "fetch.malformed")
	}
	r.Header.Set("User-Agent", c.agent)
	r.Header.Set("Accept", "text/plain,*/*;q=0.5")
	r.Header.Set("Accept-Encoding", "gzip")
	response, err := c.http.Do(r)
	var refused *claims.Error
	switch {
	case errors.As(err, &refused) && refused.Key == "fetch.redirects":
		return hostRules{}, nil // as good as none, says RFC 9309
	case errors.Is(err, context.Canceled):
		return hostRules{}, err
	case err != nil:
		return hostRules{down: true}, nil
	}
	defer response.Body.Close()
	switch code := response.StatusCode; {
	case code >= 400 && code < 500:
		return hostRules{}, nil
	case code != http.StatusOK:
		return hostRules{down: true}, nil
	}
	from, err := unpacked(response, maxRobots)
	if err != nil {
		return hostRules{down: true}, nil
	}
	body, err := io.ReadAll(io.LimitReader(from, maxRobots))
	switch {
	case errors.Is(err, context.Canceled):
		return hostRules{}, err
	case err != nil && len(body) < maxRobots:
		return hostRules{down: true}, nil
	}
	return hostRules{rules: parseRobots(string(body), product(c.agent))}, nil
}

// product is the name by which robots.txt files call a program: what stands before
// the version.
func product(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end < 0 {
		return agent
	}
	return agent[:end]
}

const robotsPath = "/robots.txt"

// robotsRules are the rules for one program, those of all groups that name it.
type robotsRules []robotsRule

type robotsRule struct {
	allow   bool
	pattern string // in canonical form
}

// parseRobots reads the rules for a program: those for its name where there are
// any, else those for all.
func parseRobots(text, name string) robotsRules {
	var own, all robotsRules
	var forUs, forAll, named, inAgents bool
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch key = strings.ToLower(strings.TrimSpace(key)); key {
		case "user-agent":
			if !inAgents {
				forUs, forAll = false, false
			}
			inAgents = true
			forAll = forAll || value == "*" || strings.HasPrefix(value, "* ")
			forUs = forUs || name != "" && strings.EqualFold(product(value), name)
			named = named || forUs
		case "allow", "disallow":
			inAgents = false
			if value == "" {
				continue
			}
			rule := robotsRule{allow: key == "allow", pattern: canonicalPath(value)}
			if forUs {
				own = append(own, rule)
			}
			if forAll {
				all = append(all, rule)
			}
		}
	}
	if named {
		return own
	}
	return all
}

// allow reports whether an address may be fetched: the longest pattern decides, of
// two equal ones that which allows.
func (r robotsRules) allow(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == robotsPath {
		return true
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = canonicalPath(path)
	allowed, longest := true, -1
	for _, rule := range r {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && pathMatches(rule.pattern, path) {
			allowed, longest = rule.allow, n
		}
	}
	return allowed
}

// pathMatches reports whether a pattern stands at the beginning of a path: * is
// anything, $ at the end of the pattern is the end of the path.
func pathMatches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	if len(parts) == 1 {
		return !whole || rest == ""
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	if whole {
		return strings.HasSuffix(rest, last)
	}
	return strings.Contains(rest, last)
}

// canonicalPath writes a path or pattern so that what means the same octets is the
// same text: what needs no escape has none, all else that is not ASCII has one.
func canonicalPath(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if high, low := unhex(s[i+1]), unhex(s[i+2]); high < 16 && low < 16 {
				c, i = high<<4|low, i+2
				if unreserved(c) {
					out.WriteByte(c)
				} else {
					writeEscape(&out, c)
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			writeEscape(&out, c)
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

func writeEscape(out *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	out.WriteByte('%')
	out.WriteByte(digits[c>>4])
	out.WriteByte(digits[c&15])
}

// unhex gives the value of a hexadecimal digit; 16 where it is none.
func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 16
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
