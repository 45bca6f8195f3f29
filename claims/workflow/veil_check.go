package workflow

import (
	"context"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/claims/markdown"
	"cotejo/claims/text"
)

// nounCheck is the noun of events on checks. A check hangs on every claim that it
// cites: whoever may not see a source behind one of these reads it without the name.
const nounCheck = "check"

func (v *veiled) Check(ctx context.Context, slug string) (claims.Check, error) {
	c, err := v.Reader.Check(ctx, slug)
	return v.check(ctx, c, err)
}

func (v *veiled) CheckByID(ctx context.Context, id string) (claims.Check, error) {
	c, err := v.Reader.CheckByID(ctx, id)
	return v.check(ctx, c, err)
}

func (v *veiled) Checks(ctx context.Context, p claims.Page) ([]claims.Check, string, error) {
	list, next, err := v.Reader.Checks(ctx, p)
	for i := range list {
		list[i], err = v.check(ctx, list[i], err)
	}
	return list, next, err
}

func (v *veiled) check(ctx context.Context, c claims.Check, err error) (claims.Check, error) {
	if err != nil {
		return c, err
	}
	everybody := &mask{names: v.everyName(), markup: true}
	if sameWords(everybody.check(c), c) {
		return c, nil
	}
	m, err := v.maskOfCheck(ctx, c.ID, c.Language, c.Body)
	if m != nil {
		c = m.check(c)
	}
	return c, err
}

// everyName finds the names of all hidden sources.
func (v *veiled) everyName() *text.Redactor {
	var names []string
	for _, s := range v.hidden {
		names = append(names, s.Names()...)
	}
	return text.NewRedactor(names)
}

// maskOfCheck is the mask of a check, for the claims that it cites and ever cited.
func (v *veiled) maskOfCheck(ctx context.Context, id, lang string, bodies ...string) (*mask, error) {
	past, err := v.bodiesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	bodies = append(bodies, past...)
	var cited, sources []string
	for _, body := range bodies {
		cited = append(cited, markdown.Citations(body)...)
	}
	ties, err := v.TiesOf(ctx, cited)
	for _, id := range cited {
		sources = append(sources, ties[id]...)
	}
	m := v.mask(sources, lang)
	if m != nil {
		m.markup = true
	}
	return m, err
}

// bodiesOf gives every body that a check ever had.
func (v *veiled) bodiesOf(ctx context.Context, id string) (bodies []string, err error) {
	f := claims.EventFilter{Noun: nounCheck, NounID: id, Limit: maxLimit}
	for {
		events, err := v.Reader.Events(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			for _, value := range e.Values {
				var body string
				if value.Name == "body" && !value.Erased && json.Unmarshal([]byte(value.JSON), &body) == nil {
					bodies = append(bodies, body)
				}
			}
			f.After = e.Seq
		}
		if len(events) < f.Limit {
			return bodies, nil
		}
	}
}

// Search leaves out the checks that the mask would change, since what is searched
// are the words as they were written.
func (v *veiled) Search(ctx context.Context, f claims.SearchFilter) (claims.SearchHits, error) {
	if f.Noun != claims.SearchCheck {
		return v.Reader.Search(ctx, f)
	}
	telling, err := v.tellingChecks(ctx)
	if err != nil {
		return claims.SearchHits{}, err
	}
	f.Without = append(slices.Clone(f.Without), telling...)
	return v.Reader.Search(ctx, f)
}

func (v *veiled) tellingChecks(ctx context.Context) (ids []string, err error) {
	page := claims.Page{Limit: maxLimit}
	for {
		list, next, err := v.Reader.Checks(ctx, page)
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			seen, err := v.check(ctx, c, nil)
			if err != nil {
				return nil, err
			}
			if !sameWords(seen, c) {
				ids = append(ids, c.ID)
			}
		}
		if page.Cursor = next; next == "" {
			return ids, nil
		}
	}
}

func sameWords(a, b claims.Check) bool {
	return a.Slug == b.Slug && a.Title == b.Title && a.Summary == b.Summary && a.Body == b.Body && slices.Equal(a.Authors, b.Authors)
}

// check hides names everywhere but in the slug, which is the address.
func (m *mask) check(c claims.Check) claims.Check {
	c.Title, c.Summary, c.Body = m.text(c.Title), m.text(c.Summary), m.text(c.Body)
	c.Authors = slices.Clone(c.Authors)
	for i := range c.Authors {
		c.Authors[i] = m.text(c.Authors[i])
	}
	return c
}

// encoded is a word with bytes written as %XX, as addresses have them.
var encoded = regexp.MustCompile(`[^\s()<>]*%[0-9A-Fa-f]{2}[^\s()<>]*`)

// markdown hides names that are spelled with HTML's entities or as part of an
// address too.
func (m *mask) markdown(body string) string {
	body = m.names.Redact(body, m.label)
	body = encoded.ReplaceAllStringFunc(body, func(word string) string {
		if plain, err := url.PathUnescape(word); err == nil && m.names.Finds(plain) {
			return ""
		}
		return word
	})
	if !m.names.Finds(html.UnescapeString(body)) {
		return body
	}
	lines := strings.Split(body, "\n")
	for i := range lines {
		if plain := html.UnescapeString(lines[i]); m.names.Finds(plain) {
			lines[i] = m.names.Redact(plain, m.label)
		}
	}
	return strings.Join(lines, "\n")
}

// seenCheck is a check as person (an id, "" for nobody) may see it.
func (t *tx) seenCheck(ctx context.Context, person string, c claims.Check) (claims.Check, error) {
	seen, err := veil(ctx, t, person)
	if v, ok := seen.(*veiled); ok {
		return v.check(ctx, c, err)
	}
	return c, err
}

// discreetSlug makes the address of a check of what everybody may read in its title.
func (t *tx) discreetSlug(ctx context.Context, in CheckInput, c *claims.Check) error {
	open, err := t.seenCheck(ctx, "", *c)
	if err != nil || strings.TrimSpace(in.Slug) != "" || open.Title == c.Title {
		return err
	}
	c.Slug = slugOf(open.Title)
	return nil
}

// unveilCheck gives texts back that the actor sent as they saw them.
func (t *tx) unveilCheck(ctx context.Context, before claims.Check, after *claims.Check) error {
	seen, err := t.seenCheck(ctx, t.actor.ID, before)
	if err != nil {
		return err
	}
	for _, one := range [][3]*string{
		{&after.Title, &seen.Title, &before.Title}, {&after.Summary, &seen.Summary, &before.Summary}, {&after.Body, &seen.Body, &before.Body},
	} {
		if *one[0] == *one[1] {
			*one[0] = *one[2]
		}
	}
	if slices.Equal(after.Authors, seen.Authors) {
		after.Authors = before.Authors
	}
	return nil
}
