// Package wording makes the sentence that can be read alone: the claim's own
// words, and in [square brackets] what a reader without the article needs.
package wording

import (
	"slices"
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
)

// Insertion is one bracket: its words, the code point of the article before which
// they go, and where in the article they come from. A resolved date comes from
// the expression that it resolves.
type Insertion struct {
	At   int
	Text string
	From claims.Span
	lead bool // it stands before the word at At, not behind the one that ends there
}

// Standalone words a clause; times are the calendar expressions inside it.
func Standalone(r *reading.Reading, idx *names.Index, c clause.Clause, times []claims.Time) (string, []Insertion) {
	var ins []Insertion
	if s, ok := subject(r, idx, c); ok {
		ins = append(ins, s)
	}
	if !bracketed(r, c) {
		ins = append(ins, fullNames(r, idx, c)...)
		ins = append(ins, dates(r, times)...)
	}
	if len(ins) == 0 {
		return weave(r, c, nil), nil
	}
	ins = slices.DeleteFunc(ins, func(in Insertion) bool { return strings.ContainsAny(in.Text, "[]") })
	slices.SortStableFunc(ins, func(a, b Insertion) int { return a.At - b.At })
	return weave(r, c, ins), ins
}

// bracketed reports whether the article's own words have brackets, into which no
// others are put.
func bracketed(r *reading.Reading, c clause.Clause) bool {
	for _, i := range c.Words {
		if strings.IndexByte(r.Words[i].Form, '[') >= 0 || strings.IndexByte(r.Words[i].Form, ']') >= 0 {
			return true
		}
	}
	return false
}

// subject gives the inherited subject, by its best name.
func subject(r *reading.Reading, idx *names.Index, c clause.Clause) (Insertion, bool) {
	if c.Subject.Empty() || len(c.Words) == 0 {
		return Insertion{}, false
	}
	at := r.Words[c.Words[0]].Start
	text, from := idx.Best(c.Subject), c.Subject
	if head := r.Head(from); head != reading.None && r.Words[head].POS == "NOUN" && from.First > 0 && r.Is(from.First-1, "definite") && text == r.Text(r.Span(from)) {
		from.First-- // "[la inflación] bajó"
		text = r.Text(r.Span(from))
	}
	return Insertion{At: at, Text: text, From: r.Span(from), lead: true}, true
}

// fullNames completes each short name once: "Kim [Jong Un]", "[Sergey] Lavrov".
func fullNames(r *reading.Reading, idx *names.Index, c clause.Clause) []Insertion {
	var out []Insertion
	done := map[string]bool{}
	for _, i := range c.Words {
		m, ok := idx.At(i)
		if !ok {
			continue
		}
		full, short := idx.FullOf(m)
		if !short {
			done[m.Text] = true
			continue
		}
		if done[full.Text] {
			continue
		}
		done[full.Text] = true
		span := r.Span(full.Range)
		if rest, ok := strings.CutPrefix(full.Text, m.Text+" "); ok {
			out = append(out, Insertion{At: r.Words[m.Last-1].End, Text: rest, From: span})
		} else if rest, ok := strings.CutSuffix(full.Text, " "+m.Text); ok {
			out = append(out, Insertion{At: r.Words[m.First].Start, Text: rest, From: span, lead: true})
		}
	}
	return out
}

// dates resolves the expressions that need the article's date.
func dates(r *reading.Reading, times []claims.Time) []Insertion {
	var out []Insertion
	for _, t := range times {
		if label := Label(r, t); label != "" {
			out = append(out, Insertion{At: t.End, Text: label, From: t.Span})
		}
	}
	return out
}

// weave puts the brackets into the fragments.
func weave(r *reading.Reading, c clause.Clause, ins []Insertion) string {
	if len(c.Fragments) == 1 && len(ins) == 0 {
		return r.Text(r.Span(c.Fragments[0]))
	}
	var b strings.Builder
	next := 0
	for k, w := range c.Fragments {
		if k > 0 {
			b.WriteByte(' ')
		}
		span := r.Span(w)
		at := span.Start
		for next < len(ins) && ins[next].At <= span.End {
			in := ins[next]
			next++
			if in.At < at {
				continue
			}
			b.WriteString(r.Text(claims.Span{Start: at, End: in.At}))
			at = in.At
			bracket(&b, in)
		}
		b.WriteString(r.Text(claims.Span{Start: at, End: span.End}))
	}
	return b.String()
}

// bracket writes " [words]" or, before a word, "[words] ".
func bracket(b *strings.Builder, in Insertion) {
	if in.lead {
		b.WriteString("[" + in.Text + "] ")
		return
	}
	b.WriteString(" [" + in.Text + "]")
}
