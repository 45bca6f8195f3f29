package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"cotejo/claims"
)

// siteHeaders are what the server says beside its answers and a file does not.
var siteHeaders = []string{
	"Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
	"Cross-Origin-Resource-Policy", "Content-Disposition", "Link",
}

// siteClasses are the kinds of paths that are told of together, as patterns that
// Go, nginx and Caddy read alike; the first that matches counts.
var siteClasses = []*regexp.Regexp{
	regexp.MustCompile(`^/c/[^/]+/embed$`),
	regexp.MustCompile(`^/c/[^/]+\.proof\.json$`),
	regexp.MustCompile(`^/c/[^/]+\.json$`),
	regexp.MustCompile(`^/c/[^/]+\.png$`),
	regexp.MustCompile(`^/checks/[^/]+/images/`),
	regexp.MustCompile(`^/assets/.+\.css$`),
	regexp.MustCompile(`^/assets/.+\.js$`),
	regexp.MustCompile(`^/assets/.+\.svg$`),
	regexp.MustCompile(`^/feeds/.+\.atom$`),
	regexp.MustCompile(`^/feeds/.+\.json$`),
	regexp.MustCompile(`^/claimreview/`),
	regexp.MustCompile(`^/sitemap/`),
	regexp.MustCompile(`^/log/`),
	regexp.MustCompile(`^/public/[^/]+\.csv-metadata\.json$`),
	regexp.MustCompile(`^/[^.]*$`), // pages
	regexp.MustCompile(`.`),
}

// siteNotes is what web servers have to be told, since a file does not say it.
type siteNotes struct {
	moved map[string]string // path → where it leads, for good
	gone  []string          // what is answered with 410
	ids   []string          // of claims, which in any notation lead to their pages
	heads []map[string][]string
}

func newSiteNotes() *siteNotes {
	n := &siteNotes{moved: map[string]string{}}
	for range siteClasses {
		n.heads = append(n.heads, map[string][]string{})
	}
	return n
}

const headMark = "\n" // between the values of the headers of one answer

// saw notes what was answered to a path.
func (n *siteNotes) saw(asked string, status int, h http.Header) {
	if status == http.StatusGone {
		n.gone = append(n.gone, asked)
	}
	if id, ok := strings.CutPrefix(asked, "/c/"); ok && len(id) == claims.ClaimIDLen {
		n.ids = append(n.ids, id)
	}
	values := make([]string, len(siteHeaders))
	for i, name := range siteHeaders {
		values[i] = h.Get(name)
	}
	head := strings.Join(values, headMark)
	class := slices.IndexFunc(siteClasses, func(p *regexp.Regexp) bool { return p.MatchString(asked) })
	n.heads[class][head] = append(n.heads[class][head], asked)
}

// lead notes that a path leads to another one for good.
func (n *siteNotes) lead(from, to string) {
	n.moved[from] = to
	if id, ok := strings.CutPrefix(from, "/c/"); ok && len(id) == claims.ClaimIDLen {
		n.ids = append(n.ids, id)
	}
}

// headRule is what is said of a class of paths, or of one that differs from it.
type headRule struct {
	pattern string // of a class; "" for one path
	path    string
	values  []string // as siteHeaders are ordered
}

// rules gives what most of a class have in common, and what of it differs.
func (n *siteNotes) rules() (classes, single []headRule) {
	for i, heads := range n.heads {
		usual := ""
		for _, head := range slices.Sorted(maps.Keys(heads)) {
			if len(heads[head]) > len(heads[usual]) {
				usual = head
			}
		}
		if len(heads) == 0 {
			continue
		}
		classes = append(classes, headRule{pattern: siteClasses[i].String(), values: strings.Split(usual, headMark)})
		for _, head := range slices.Sorted(maps.Keys(heads)) {
			if head == usual {
				continue
			}
			for _, p := range slices.Sorted(slices.Values(heads[head])) {
				single = append(single, headRule{path: p, values: strings.Split(head, headMark)})
			}
		}
	}
	return classes, single
}

// serverFiles are the files for web servers.
func (n *siteNotes) serverFiles() map[string][]byte {
	slices.Sort(n.gone)
	slices.Sort(n.ids)
	n.ids = slices.Compact(n.ids)
	return map[string][]byte{
		"_redirects":         n.redirects(),
		"_nginx.http.conf":   n.nginxHTTP(),
		"_nginx.server.conf": n.nginxServer(),
		"_Caddyfile":         n.caddy(),
	}
}

// redirects is for the hosts that read Netlify's _redirects.
func (n *siteNotes) redirects() []byte {
	var b bytes.Buffer
	b.WriteString("/ /public 302\n")
	for _, from := range slices.Sorted(maps.Keys(n.moved)) {
		fmt.Fprintf(&b, "%s %s 301!\n", from, n.moved[from])
	}
	for _, p := range n.gone {
		fmt.Fprintf(&b, "%s %s 410!\n", p, pageFile(p))
	}
	for _, id := range n.ids {
		for _, other := range commonNotations(id) {
			fmt.Fprintf(&b, "/c/%s /c/%s 308\n", other, id)
		}
	}
	return b.Bytes()
}

func pageFile(p string) string {
	if path.Ext(p) != "" {
		return p
	}
	return p + "/index.html"
}

// commonNotations are the ways in which people write an id: small, and with the
// hyphen that it is shown with.
func commonNotations(id string) []string {
	shown := claims.ShowID(id)
	out := []string{shown}
	for _, small := range []string{strings.ToLower(shown), strings.ToLower(id)} {
		if small != shown && small != id {
			out = append(out, small)
		}
	}
	return out
}

// lookAlikes are the letters that are read as another one.
var lookAlikes = map[rune]string{'0': "0o", '1': "1il"}

// notations are all ways to write an id in small letters, the plain one first.
func notations(id string) []string {
	out := []string{""}
	for _, r := range strings.ToLower(id) {
		letters, ok := lookAlikes[r]
		if !ok {
			letters = string(r)
		}
		var longer []string
		for _, begun := range out {
			for _, l := range letters {
				longer = append(longer, begun+string(l))
			}
		}
		out = longer
	}
	hyphen := strings.Index(claims.ShowID(id), "-")
	if hyphen < 0 {
		return out
	}
	for _, plain := range slices.Clone(out) {
		out = append(out, plain[:hyphen]+"-"+plain[hyphen:])
	}
	return out
}
