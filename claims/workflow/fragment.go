package workflow

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// contextLen is how many code points of context a claim keeps on each side.
const contextLen = 40

// fragments checks words marked by hand: inside the text, in order, not
// overlapping, and saying what stands there. A fragment's Text may be left out.
func (f *faults) fragments(field string, text []rune, list []claims.Fragment) []claims.Fragment {
	if len(list) == 0 {
		f.add(field, "claim.fragment_missing")
		return nil
	}
	if len(list) > maxFragments {
		f.add(field, "list.too_long", len(list), maxFragments)
		return nil
	}
	out := make([]claims.Fragment, len(list))
	end := 0
	for i, frag := range list {
		name := at(field, i)
		stands, ok := claims.Slice(text, frag.Span)
		switch {
		case !ok || strings.TrimSpace(stands) == "":
			f.add(name, "claim.fragment_outside", frag.Start, frag.End, len(text))
			continue
		case frag.Start < end:
			f.add(name, "claim.fragment_order")
		case frag.Len() > maxQuote:
			f.add(name, "text.too_long", frag.Len(), maxQuote)
		case frag.Text != "" && frag.Text != stands:
			f.add(name+".text", "claim.fragment_mismatch", clip(stands, maxLine))
		}
		end = frag.End
		out[i] = claims.Fragment{Span: frag.Span, Text: stands}
	}
	return out
}

func at(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

// around gives the words before the first fragment and after the last.
func around(text []rune, list []claims.Fragment) (prefix, suffix string) {
	if len(list) == 0 {
		return "", ""
	}
	start, end := list[0].Start, list[len(list)-1].End
	return string(text[max(0, start-contextLen):start]), string(text[end:min(len(text), end+contextLen)])
}

func (f *faults) kind(field string, k claims.Kind) {
	if !slices.Contains(claims.Kinds, k) {
		f.add(field, "claim.kind_unknown", clip(string(k), maxName))
	}
}

var modes = []claims.Mode{claims.ModeNone, claims.ModeIndirect, claims.ModeDirect, claims.ModeMixed}

// attributions checks who is said to have said it. A part whose words do not
// stand where its span says is taken as typed by hand.
func (f *faults) attributions(field string, text []rune, list []claims.Attribution) []claims.Attribution {
	if len(list) > maxList {
		f.add(field, "list.too_long", len(list), maxList)
		return nil
	}
	out := make([]claims.Attribution, len(list))
	for i, a := range list {
		name := at(field, i)
		if !slices.Contains(modes, a.Mode) {
			f.add(name+".mode", "attribution.mode_unknown", clip(string(a.Mode), maxName))
		}
		f.text(name+".basis", string(a.Basis), maxTag)
		a.Sources = f.links(name+".sources", text, a.Sources)
		a.Via = f.links(name+".via", text, a.Via)
		if a.Original != nil {
			original := f.sourceLink(name+".original", text, *a.Original)
			a.Original = &original
		}
		if a.Cue != nil {
			f.text(name+".cue", a.Cue.Text, maxLine)
			a.Cue = &claims.Cue{Text: a.Cue.Text, Span: placed(text, a.Cue.Span, a.Cue.Text)}
		}
		out[i] = a
	}
	return out
}

func (f *faults) links(field string, text []rune, list []claims.Link) []claims.Link {
	if len(list) > maxLinks {
		f.add(field, "list.too_long", len(list), maxLinks)
		return nil
	}
	out := make([]claims.Link, len(list))
	for i, l := range list {
		out[i] = f.sourceLink(at(field, i), text, l)
	}
	return out
}

func (f *faults) sourceLink(field string, text []rune, l claims.Link) claims.Link {
	l.Name, l.Text = strings.TrimSpace(l.Name), strings.TrimSpace(l.Text)
	if l.Name == "" {
		l.Name = l.Text
	}
	f.required(field+".name", l.Name, maxLine)
	f.text(field+".text", l.Text, maxLine)
	f.text(field+".cue", l.Cue, maxLine)
	f.text(field+".code", l.Code, maxTag)
	f.text(field+".source", l.Source, maxTag)
	if l.Kind == "" {
		l.Kind = claims.KindUnknown
	}
	if !slices.Contains(claims.SourceKinds, l.Kind) {
		f.add(field+".kind", "source.kind_unknown", clip(string(l.Kind), maxName))
	}
	l.Span = placed(text, l.Span, l.Text)
	return l
}

var bounds = []claims.Bound{claims.BoundExact, claims.BoundMin, claims.BoundMax, claims.BoundRange}

func (f *faults) quantities(field string, text []rune, list []claims.Quantity) []claims.Quantity {
	if len(list) > maxList {
		f.add(field, "list.too_long", len(list), maxList)
		return nil
	}
	out := make([]claims.Quantity, len(list))
	for i, q := range list {
		name := at(field, i)
		f.text(name+".text", q.Text, maxLine)
		f.text(name+".unit", q.Unit, maxLine)
		f.text(name+".hedge", q.Hedge, maxLine)
		if q.Bound == "" {
			q.Bound = claims.BoundExact
		}
		if !slices.Contains(bounds, q.Bound) {
			f.add(name+".bound", "quantity.bound_unknown", clip(string(q.Bound), maxName))
		}
		if q.Value == nil && q.Low == nil && q.High == nil {
			f.add(name+".value", "quantity.value_missing")
		}
		if q.Low != nil && q.High != nil && *q.Low > *q.High {
			f.add(name+".high", "quantity.range_reversed")
		}
		q.Span = placed(text, q.Span, q.Text)
		out[i] = q
	}
	return out
}

func (f *faults) times(field string, text []rune, list []claims.Time) []claims.Time {
	if len(list) > maxList {
		f.add(field, "list.too_long", len(list), maxList)
		return nil
	}
	out := make([]claims.Time, len(list))
	for i, t := range list {
		name := at(field, i)
		f.text(name+".text", t.Text, maxLine)
		t.From = f.date(name+".from", dateText(t.From))
		t.To = f.date(name+".to", dateText(t.To))
		t.Span = placed(text, t.Span, t.Text)
		out[i] = t
	}
	return out
}

// placed is the span where the words stand there, else the zero span.
func placed(text []rune, s claims.Span, words string) claims.Span {
	if stands, ok := claims.Slice(text, s); ok && s.Placed() && stands == words {
		return s
	}
	return claims.Span{}
}

// moment reads an optional date or time; nil for "". A date means the end of
// that day in UTC.
func (f *faults) moment(field, s string) *time.Time {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		t = t.UTC().Truncate(time.Microsecond)
		return &t
	}
	day := f.date(field, s)
	if day == nil {
		return nil
	}
	t, ok := day.Day()
	if !ok {
		f.add(field, "date.no_day", s)
		return nil
	}
	t = claims.EndOfDay(t)
	return &t
}

// Place is one place of an ambiguous quote: its first code point and the words
// around it.
type Place struct {
	Start  int    `json:"start"`
	Before string `json:"before"`
	After  string `json:"after"`
}

const maxPlaces = 20

// locate finds the words quoted in the text, blank space of any kind taken for
// any other, and start choosing among several places.
func locate(text []rune, quote string, start *int) ([]claims.Fragment, error) {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return nil, claims.Invalid("quote", "claim.quote_missing")
	}
	if n := utf8.RuneCountInString(quote); n > maxQuote {
		return nil, claims.Invalid("quote", "text.too_long", n, maxQuote)
	}
	found := occurrences(text, []rune(strings.Join(words, " ")))
	if start != nil {
		found = slices.DeleteFunc(found, func(s claims.Span) bool { return s.Start != *start })
	}
	switch len(found) {
	case 0:
		return nil, quoteError("claim.quote_not_found", clip(quote, maxLine))
	case 1:
		s, _ := claims.Slice(text, found[0])
		return []claims.Fragment{{Span: found[0], Text: s}}, nil
	}
	places := make([]any, 0, maxPlaces)
	for _, s := range found[:min(len(found), maxPlaces)] {
		before, after := around(text, []claims.Fragment{{Span: s}})
		places = append(places, Place{Start: s.Start, Before: before, After: after})
	}
	return nil, quoteError("claim.quote_ambiguous", places...)
}

func quoteError(key string, args ...any) error {
	return &claims.Error{Kind: claims.KindInvalid, Key: key, Args: args, Fields: []claims.FieldError{{Field: "quote", Key: key, Args: args}}}
}
