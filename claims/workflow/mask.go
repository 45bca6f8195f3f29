package workflow

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// hide puts something else in the place of a value; without its salt nobody can
// guess at it by the digest.
func hide(value *claims.Value, instead any) {
	raw, err := json.Marshal(instead)
	if err != nil {
		raw = []byte(`""`)
	}
	value.JSON, value.Salt, value.Hidden = string(raw), "", true
}

// mask hides the names of protected sources in what hangs on one claim.
type mask struct {
	hidden map[string]claims.Source
	names  *text.Redactor
	label  string
	lang   string
	markup bool // texts are Markdown
}

func (m *mask) text(s string) string {
	if m.markup {
		return m.markdown(s)
	}
	return m.names.Redact(s, m.label)
}

// address leaves a URL out that names a source: to change it would lead nowhere.
func (m *mask) address(s string) string {
	plain, err := url.QueryUnescape(s)
	if m.names.Finds(s) || err == nil && m.names.Finds(plain) {
		return ""
	}
	return s
}

// evidence hides names, and with a file or copy all of it: nobody has read it for
// names.
func (m *mask) evidence(e claims.Evidence) claims.Evidence {
	if e.HasFile() || e.HasCopy() {
		e.File, e.Copy, e.Guarded = claims.KeptFile{}, claims.KeptCopy{}, true
	}
	e.URL, e.Title, e.Publisher = m.address(e.URL), m.text(e.Title), m.text(e.Publisher)
	e.Quote, e.Locator = m.text(e.Quote), m.text(e.Locator)
	if e.URL == "" && e.Title == "" {
		e.Title = m.label
	}
	return e
}

func (m *mask) contact(c claims.Contact) claims.Contact {
	c.Whom, c.Question, c.Answer, c.Public = m.text(c.Whom), m.text(c.Question), m.text(c.Answer), m.text(c.Public)
	return c
}

func (m *mask) claim(c claims.Claim) claims.Claim {
	c = copyOf(c)
	c.Standalone, c.Attributions = m.text(c.Standalone), m.attributions(c.Attributions)
	c.Tags = slices.Clone(c.Tags)
	for i := range c.Tags {
		c.Tags[i] = m.text(c.Tags[i])
	}
	if v := c.Verdict; v != nil {
		v.Rationale, v.WhatIsTrue = m.text(v.Rationale), m.text(v.WhatIsTrue)
	}
	if c.Dismissed != nil {
		d := *c.Dismissed
		d.Note = m.text(d.Note)
		c.Dismissed = &d
	}
	return c
}

func (m *mask) attributions(list []claims.Attribution) []claims.Attribution {
	list = claims.CopyAttributions(list)
	for i := range list {
		if cue := list[i].Cue; cue != nil {
			list[i].Cue = m.cue(*cue)
		}
	}
	claims.EachLink(list, func(l *claims.Link) {
		if _, hidden := m.hidden[l.Source]; hidden {
			*l = l.Neutral(m.lang)
			return
		}
		if name := m.text(l.Name); name != l.Name {
			l.Name, l.Span = name, claims.Span{}
		}
		l.Text, l.Cue = m.text(l.Text), m.text(l.Cue)
	})
	return list
}

// cue takes the names out of a cue, and with them its place in the article.
func (m *mask) cue(c claims.Cue) *claims.Cue {
	if words := m.text(c.Text); words != c.Text {
		return &claims.Cue{Text: words}
	}
	return &c
}

// value masks one value of an event.
func (m *mask) value(value *claims.Value) {
	var v any
	if value.Erased || value.Hidden || json.Unmarshal([]byte(value.JSON), &v) != nil {
		return
	}
	if masked, changed := m.walk(v); changed {
		hide(value, masked)
	}
}

// walk masks any JSON value and says whether that changed it.
func (m *mask) walk(v any) (masked any, changed bool) {
	switch v := v.(type) {
	case string:
		s := m.text(v)
		if s == v && strings.Contains(v, "://") && m.address(v) == "" {
			s = m.label
		}
		return s, s != v
	case []any:
		for i := range v {
			var c bool
			v[i], c = m.walk(v[i])
			changed = changed || c
		}
		return v, changed
	case map[string]any:
		return m.walkObject(v)
	}
	return v, false
}

func (m *mask) walkObject(v map[string]any) (masked any, changed bool) {
	if id, ok := v["source"].(string); ok {
		if _, hidden := m.hidden[id]; hidden {
			saw, _ := v["saw_original"].(bool)
			return claims.Link{Source: id, SawOriginal: saw}.Neutral(m.lang), true
		}
	}
	for key, one := range v {
		var c bool
		v[key], c = m.walk(one)
		changed = changed || c
	}
	return v, changed
}
