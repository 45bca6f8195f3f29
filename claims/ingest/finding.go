package ingest

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
)

// finding is one place's answer to one question about an article. Several
// places may answer; the first that makes sense is believed.
type finding struct {
	field  string // as in Page.Origins
	values []string
	origin string
}

// findings checks what a person stated and refuses what cannot be, every field
// in one answer.
func (h Hint) findings() ([]finding, error) {
	var wrong []claims.FieldError
	refuse := func(field, key string, args ...any) {
		wrong = append(wrong, claims.FieldError{Field: field, Key: key, Args: args})
	}
	tooLong := func(field, value string) {
		if n := utf8.RuneCountInString(value); n > limitOf(field) {
			refuse(field, "text.too_long", n, limitOf(field))
		}
	}
	tooLong("title", h.Title)
	tooLong("outlet", h.Outlet)
	tooLong("url", h.URL)
	for _, author := range h.Authors {
		tooLong("authors", author)
	}
	if len(h.Authors) > maxAuthors {
		refuse("authors", "list.too_long", len(h.Authors), maxAuthors)
	}
	if strings.TrimSpace(h.URL) != "" && parseURL(h.URL) == nil {
		refuse("url", "url.malformed", clip(h.URL, 100))
	}
	if strings.TrimSpace(h.Language) != "" {
		_, err := ParseLanguage("language", h.Language)
		wrong = append(wrong, fieldsOf(err)...)
	}
	if day := strings.TrimSpace(h.Published); day != "" {
		_, err := claims.ParseDate("published", clip(day, 40))
		wrong = append(wrong, fieldsOf(err)...)
	}
	if len(wrong) > 0 {
		return nil, &claims.Error{Kind: claims.KindInvalid, Key: "invalid", Fields: wrong}
	}
	return []finding{
		{"title", []string{h.Title}, FromGiven},
		{"outlet", []string{h.Outlet}, FromGiven},
		{"url", []string{h.URL}, FromGiven},
		{"authors", h.Authors, FromGiven},
		{"language", []string{h.Language}, FromGiven},
		{"published", []string{h.Published}, FromGiven},
	}, nil
}

// fieldsOf gives the fields that a refusal names; none where err is nil.
func fieldsOf(err error) []claims.FieldError {
	var refusal *claims.Error
	if errors.As(err, &refusal) {
		return refusal.Fields
	}
	return nil
}

func limitOf(field string) int {
	if field == "url" {
		return maxURL
	}
	return maxField
}

// fill sets the fields of the page from the findings in order of trust: given,
// the format's own, the date line, the text itself.
func (p *Page) fill(given, found []finding, dateline *claims.Date) {
	for _, f := range given {
		p.take(f)
	}
	for _, f := range found {
		p.take(f)
	}
	if p.URL == "" && p.CanonicalURL != "" {
		p.take(finding{"url", []string{p.CanonicalURL}, p.Origins["canonical_url"]})
	}
	if dateline != nil {
		p.take(finding{"published", []string{string(*dateline)}, FromDateline})
	}
	if day, ok := wordedDateline(p.Text); ok {
		p.take(finding{"published", []string{string(day)}, FromGuess})
	}
	p.take(finding{"title", []string{guessTitle(p.Text)}, FromGuess})
	p.settleLanguage()
}

// take believes a finding where the field is still open and the value makes sense.
func (p *Page) take(f finding) {
	if p.Origins[f.field] != "" {
		return
	}
	ok := false
	switch f.field {
	case "title":
		p.Title, ok = firstLine(f.values)
	case "outlet":
		p.Outlet, ok = firstLine(f.values)
	case "authors":
		p.Authors = nameList(f.values, f.origin == FromGiven)
		ok = len(p.Authors) > 0
	case "url":
		p.URL, ok = firstURL(f.values)
	case "canonical_url":
		p.CanonicalURL, ok = firstURL(f.values)
	case "language":
		p.Language, ok = firstLanguage(f.values)
	case "published":
		p.Published, ok = firstDate(f.values)
	case "modified":
		p.Modified, ok = firstDate(f.values)
	case "image":
		p.Image, ok = firstURL(f.values)
	}
	if ok {
		p.Origins[f.field] = f.origin
	}
}

// settleLanguage guesses an open language, and corrects a page's declaration
// where the text is surely in another: templates are often left in English. A
// language the guesser does not know is left as declared.
func (p *Page) settleLanguage() {
	guess, confident := GuessLanguage(p.Text)
	switch origin := p.Origins["language"]; {
	case origin == FromGiven || guess == "":
	case origin == "" && !confident:
		p.Language, p.Origins["language"] = guess, FromUnsure
	case origin == "" || confident && guess != p.Language && guessable[p.Language]:
		p.Language, p.Origins["language"] = guess, FromGuess
	}
}

func firstLine(values []string) (string, bool) {
	for _, v := range values {
		if line := clip(oneLine(v), maxField); line != "" {
			return line, true
		}
	}
	return "", false
}

// byPrefix is what pages write before an author's name.
var byPrefix = regexp.MustCompile(`(?i)^(?:by|por) `)

// nameList gives the names, each once; what a person gave stays word for word.
func nameList(values []string, given bool) []string {
	var names []string
	for _, v := range values {
		name := clip(oneLine(v), maxField)
		if !given {
			name = byPrefix.ReplaceAllString(name, "")
		}
		if name != "" && !slices.Contains(names, name) && len(names) < maxAuthors {
			names = append(names, name)
		}
	}
	return names
}

func firstURL(values []string) (string, bool) {
	for _, v := range values {
		if u := parseURL(v); u != nil {
			return u.String(), true
		}
	}
	return "", false
}

func firstLanguage(values []string) (string, bool) {
	for _, v := range values {
		if code, err := ParseLanguage("language", v); err == nil {
			return code, true
		}
	}
	return "", false
}

func firstDate(values []string) (*claims.Date, bool) {
	for _, v := range values {
		if day, ok := calendarDate(v); ok {
			return &day, true
		}
	}
	return nil, false
}

// parseURL reads an absolute web address; nil for anything else, so that no
// javascript: or file: address ever becomes a link.
func parseURL(s string) *url.URL {
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > maxURL {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}
