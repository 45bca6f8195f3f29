package ingest

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/url"
	"strings"

	"cotejo/claims"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// maxTag bounds one tag, so that a page that never closes one costs no more.
const maxTag = 1 << 20

// leads says by which attributes elements lead to other pages or show them.
var leads = map[string]string{"a": "href", "area": "href", "link": "href", "iframe": "src", "blockquote": "cite", "q": "cite"}

// LinksTo reports whether any address that a page of HTML links to, embeds or names as
// what it quotes is one that is looked for. address is the page's own. What is no HTML
// is refused: backlink.not_html.
func LinksTo(raw []byte, contentType, address string, is func(*url.URL) bool) (bool, error) {
	media, _, err := mime.ParseMediaType(contentType)
	if err == nil && media != "text/html" && media != "application/xhtml+xml" {
		return false, claims.Refuse(claims.KindInvalid, "backlink.not_html")
	}
	base, err := url.Parse(address)
	if err != nil {
		return false, err
	}
	text, err := charset.NewReader(bytes.NewReader(raw), contentType)
	if err != nil {
		return false, err
	}
	tokens := html.NewTokenizer(text)
	tokens.SetMaxBuf(maxTag)
	based := false
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); !errors.Is(err, io.EOF) && !errors.Is(err, html.ErrBufferExceeded) {
				return false, err
			}
			return false, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := tokens.TagName()
			element := string(name)
			to := attribute(tokens, more, element)
			if to == "" {
				continue
			}
			there, err := base.Parse(strings.TrimSpace(to))
			switch {
			case err != nil:
			case element == "base" && !based:
				base, based = there, true
			case element != "base" && is(there):
				return true, nil
			}
		}
	}
}

// attribute gives the address that a tag leads to, "" for none.
func attribute(tokens *html.Tokenizer, more bool, element string) string {
	wanted := leads[element]
	if element == "base" {
		wanted = "href"
	}
	if wanted == "" {
		return ""
	}
	for more {
		var key, value []byte
		if key, value, more = tokens.TagAttr(); string(key) == wanted {
			return string(value)
		}
	}
	return ""
}
