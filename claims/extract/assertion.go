package extract

import (
	"sort"

	"cotejo/claims"
	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/score"
	"cotejo/claims/extract/slab"
	"cotejo/claims/extract/wording"
)

// builder puts the assertions of one article together.
type builder struct {
	r          *reading.Reading
	names      *names.Index
	reports    []attribute.Report
	quantities []claims.Quantity
	times      []claims.Time

	fragments    slab.Of[claims.Fragment]
	attributions slab.Of[claims.Attribution]
	links        slab.Of[claims.Link]
}

// rated makes a clause's assertion and gives the score's word on it.
func (b *builder) rated(c clause.Clause) (claims.Assertion, score.Verdict) {
	a := claims.Assertion{Quantities: []claims.Quantity{}, Times: []claims.Time{}}
	a.Fragments = b.fragments.Take(len(c.Fragments))
	for _, w := range c.Fragments {
		span := b.r.Span(w)
		a.Fragments = append(a.Fragments, claims.Fragment{Span: span, Text: b.r.Text(span)})
		a.Quantities = append(a.Quantities, within(b.quantities, span, func(q claims.Quantity) claims.Span { return q.Span })...)
		a.Times = append(a.Times, within(b.times, span, func(t claims.Time) claims.Span { return t.Span })...)
	}
	a.Attributions = append(b.attributions.Take(1), b.attribution(c))
	v := score.Rate(b.r, b.input(c, a))
	a.Kind, a.Checkable, a.Worth, a.Reasons = v.Kind, v.Checkable, v.Worth, v.Reasons
	a.Standalone, _ = wording.Standalone(b.r, b.names, c, a.Times)
	return a, v
}

// input is what the score looks at of a clause and what was found in it.
func (b *builder) input(c clause.Clause, a claims.Assertion) score.Input {
	in := score.Input{
		Clause: c, Mode: a.Attributions[0].Mode, Sourced: len(a.Attributions[0].Sources) > 0,
		Quantities: a.Quantities, Times: a.Times, Names: b.nameCount(c),
	}
	if c.Report != reading.None {
		rep := b.reports[c.Report]
		in.Grade, in.Self = rep.Grade, len(rep.Sources) == 0 && b.self(rep.Verb)
	}
	return in
}

// self reports whether the speaker is the one who speaks: "I think", "creemos".
func (b *builder) self(verb int) bool {
	if verb == reading.None {
		return false
	}
	return b.r.Words[verb].Feats.Person == "1" || b.r.Is(verb-1, "first-person") || b.r.Is(verb-2, "first-person")
}

func (b *builder) nameCount(c clause.Clause) int {
	n := 0
	for _, i := range c.Words {
		if _, ok := b.names.At(i); ok {
			n++
		}
	}
	return n
}

// within gives the items, sorted by start, that lie inside the span.
func within[T any](items []T, span claims.Span, of func(T) claims.Span) []T {
	first := sort.Search(len(items), func(i int) bool { return of(items[i]).Start >= span.Start })
	last := first
	for last < len(items) && of(items[last]).End <= span.End {
		last++
	}
	return items[first:last]
}

// attribution says who says the clause: nobody but the article, or the sources
// of its report.
func (b *builder) attribution(c clause.Clause) claims.Attribution {
	out := claims.Attribution{Mode: claims.ModeNone, Sources: []claims.Link{}, Via: []claims.Link{}}
	if c.Report == reading.None {
		return out
	}
	rep := b.reports[c.Report]
	out.Mode = b.mode(c)
	out.Sources, out.Via = b.links.Take(len(rep.Sources)), b.links.Take(len(rep.Via))
	for _, s := range rep.Sources {
		out.Sources = append(out.Sources, b.link(s))
	}
	for _, v := range rep.Via {
		out.Via = append(out.Via, b.link(v))
	}
	out.Basis = rep.Basis
	if !rep.Cue.Empty() {
		span := b.r.Span(rep.Cue)
		out.Cue = &claims.Cue{Text: b.r.Text(span), Span: span}
	}
	return out
}

// mode compares the clause's words with the quotation marks.
func (b *builder) mode(c clause.Clause) claims.Mode {
	inside, all := 0, 0
	for _, i := range c.Words {
		if b.r.Words[i].Mark {
			continue
		}
		all++
		if b.r.Words[i].Quote != reading.None {
			inside++
		}
	}
	switch inside {
	case 0:
		return claims.ModeIndirect
	case all:
		return claims.ModeDirect
	}
	return claims.ModeMixed
}

func (b *builder) link(p reading.Range) claims.Link {
	span := b.r.Span(p)
	kind, code := b.names.Kind(p)
	return claims.Link{Text: b.r.Text(span), Span: span, Name: b.names.Best(p), Kind: kind, Code: code}
}
