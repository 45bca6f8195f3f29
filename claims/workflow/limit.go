package workflow

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
)

// Limits of what people type, in code points, and of lists, in entries.
const (
	maxName      = 100 // of a person or a newsroom
	maxLine      = 500 // titles, outlets, locators, units
	maxURL       = 2000
	maxReason    = 2000
	maxWording   = 2000 // standalone wording, what is true, summaries, notices
	maxNote      = 20000
	maxQuote     = 20000 // a passage of evidence, a fragment
	maxRationale = 50000
	maxBody      = 500000
	maxTags      = 20
	maxTag       = 50
	maxAuthors   = 50
	maxFragments = 50
	maxList      = 100 // attributions, figures, times of a claim
	maxLinks     = 20  // sources of an attribution
)

// faults gathers what is wrong, so that one answer names every field.
type faults []claims.FieldError

func (f *faults) add(field, key string, args ...any) {
	*f = append(*f, claims.FieldError{Field: field, Key: key, Args: args})
}

// take adds the fields that a refusal names and hands back any other error.
func (f *faults) take(err error) error {
	if fields := fieldsOf(err); len(fields) > 0 {
		*f = append(*f, fields...)
		return nil
	}
	return err
}

// err is the refusal, nil where nothing is wrong.
func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return &claims.Error{Kind: claims.KindInvalid, Key: "invalid", Fields: f}
}

// text bounds a text in code points and refuses what no database and no page
// can hold.
func (f *faults) text(field, s string, limit int) {
	switch n := utf8.RuneCountInString(s); {
	case n > limit:
		f.add(field, "text.too_long", n, limit)
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		f.add(field, "text.malformed")
	}
}

// required is text that may not be blank.
func (f *faults) required(field, s string, limit int) {
	if strings.TrimSpace(s) == "" {
		f.add(field, "text.missing")
		return
	}
	f.text(field, s, limit)
}

// list bounds a list and each of its texts.
func (f *faults) list(field string, list []string, most, limit int) {
	if len(list) > most {
		f.add(field, "list.too_long", len(list), most)
		return
	}
	for _, s := range list {
		f.required(field, s, limit)
	}
}

// link refuses what is no absolute web address, so that no javascript: ever
// becomes a link; "" passes.
func (f *faults) link(field, s string) {
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	switch {
	case utf8.RuneCountInString(s) > maxURL:
		f.add(field, "text.too_long", utf8.RuneCountInString(s), maxURL)
	case err != nil || u.Hostname() == "" || !isPort(u.Port()) || u.User != nil || u.Scheme != "http" && u.Scheme != "https":
		f.add(field, "url.malformed", clip(s, 100))
	}
}

// isPort reports whether a web address can have this port; "" is the usual one.
func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return s == "" || err == nil && n > 0 && n <= 65535
}

// date reads an optional date; nil for "".
func (f *faults) date(field, s string) *claims.Date {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	day, err := claims.ParseDate(field, clip(s, 40))
	if err != nil {
		*f = append(*f, fieldsOf(err)...)
		return nil
	}
	return &day
}

// clip shortens what is repeated in an answer to n code points.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// tidy trims each text and leaves out the empty ones and repetitions.
func tidy(list []string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, s := range list {
		s = strings.Join(strings.Fields(s), " ")
		if s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
