package export

import (
	"slices"
	"strings"

	"cotejo/claims"
)

// ChangeKind says what differs between two publications of a claim.
type ChangeKind string

// The kinds of change, in the order in which readers are told of them. Those of
// a step have a label on each side; those of evidence name the piece.
const (
	ChangedVerdict         ChangeKind = "verdict"
	ChangedAttribution     ChangeKind = "attribution"
	ChangedWhatIsTrue      ChangeKind = "what_is_true"
	ChangedRationale       ChangeKind = "rationale"
	ChangedAsOf            ChangeKind = "as_of"
	ChangedWording         ChangeKind = "wording"
	ChangedQuote           ChangeKind = "quote"
	ChangedSources         ChangeKind = "sources"
	ChangedFigures         ChangeKind = "figures"
	ChangedArticle         ChangeKind = "article"
	ChangedEvidenceAdded   ChangeKind = "evidence_added"
	ChangedEvidenceRemoved ChangeKind = "evidence_removed"
	ChangedEvidence        ChangeKind = "evidence"
	ChangedReplies         ChangeKind = "replies"
)

// ChangeKinds lists every kind.
var ChangeKinds = []ChangeKind{
	ChangedVerdict, ChangedAttribution, ChangedWhatIsTrue, ChangedRationale, ChangedAsOf, ChangedWording, ChangedQuote, ChangedSources,
	ChangedFigures, ChangedArticle, ChangedEvidenceAdded, ChangedEvidenceRemoved, ChangedEvidence, ChangedReplies,
}

// Change is one difference between two publications. Before and After are there
// for steps of a scale, dates and lines that are short enough to be told; Title
// for a piece of evidence. "" stands for what was not there.
type Change struct {
	Kind          ChangeKind `json:"kind"`
	Before, After string
	Title         string
}

// Changes lists what readers of one publication would read otherwise in the
// next, from what was frozen of each.
func Changes(before, after Document) []Change {
	var out []Change
	line := func(kind ChangeKind, was, is string) {
		if was != is {
			out = append(out, Change{Kind: kind, Before: was, After: is})
		}
	}
	a, b := before.Verdict, after.Verdict
	if a.Content.Code != b.Content.Code {
		line(ChangedVerdict, a.Content.Label, b.Content.Label)
	}
	line(ChangedAttribution, stepLabel(a.Attribution), stepLabel(b.Attribution))
	line(ChangedWhatIsTrue, a.WhatIsTrue, b.WhatIsTrue)
	if a.Rationale != b.Rationale {
		out = append(out, Change{Kind: ChangedRationale})
	}
	line(ChangedAsOf, dateOf(a.AsOf), dateOf(b.AsOf))
	line(ChangedWording, before.Claim.Standalone, after.Claim.Standalone)
	for _, whole := range []struct {
		kind ChangeKind
		same bool
	}{
		{ChangedQuote, before.Claim.Quote == after.Claim.Quote},
		{ChangedSources, slices.Equal(saying(before), saying(after))},
		{ChangedFigures, slices.Equal(figures(before), figures(after))},
		{ChangedArticle, before.Article.Title == after.Article.Title && before.Article.URL == after.Article.URL && before.Article.Outlet == after.Article.Outlet},
	} {
		if !whole.same {
			out = append(out, Change{Kind: whole.kind})
		}
	}
	out = append(out, evidenceChanges(before.Evidence, after.Evidence)...)
	if !slices.Equal(before.Replies, after.Replies) {
		out = append(out, Change{Kind: ChangedReplies})
	}
	return out
}

func stepLabel(s *DocumentStep) string {
	if s == nil {
		return ""
	}
	return s.Label
}

func dateOf(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}

// saying lists who said it and who passed it on, as the page tells it.
func saying(d Document) (out []string) {
	for _, a := range d.Claim.Attributions {
		for _, list := range [][]claims.Link{a.Sources, a.Via} {
			for _, l := range list {
				out = append(out, linkName(l))
			}
			out = append(out, "")
		}
	}
	return out
}

func figures(d Document) (out []string) {
	for _, q := range d.Claim.Quantities {
		out = append(out, q.Text)
	}
	out = append(out, "")
	for _, t := range d.Claim.Times {
		out = append(out, strings.Join([]string{t.Text, dateOf(t.From), dateOf(t.To)}, " "))
	}
	return out
}

// evidenceChanges pairs pieces by their address, else by their title; what has no
// partner came or went.
func evidenceChanges(before, after []DocumentSource) (out []Change) {
	left := slices.Clone(before)
	var added, changed []Change
	for _, e := range after {
		i := slices.IndexFunc(left, func(old DocumentSource) bool { return evidenceKey(old) == evidenceKey(e) })
		if i < 0 {
			added = append(added, Change{Kind: ChangedEvidenceAdded, Title: evidenceTitle(e)})
			continue
		}
		if retold(left[i], e) {
			changed = append(changed, Change{Kind: ChangedEvidence, Title: evidenceTitle(e)})
		}
		left = slices.Delete(left, i, i+1)
	}
	out = append(out, added...)
	for _, e := range left {
		out = append(out, Change{Kind: ChangedEvidenceRemoved, Title: evidenceTitle(e)})
	}
	return append(out, changed...)
}

// retold reports whether a piece is shown otherwise; a further copy of the same
// address is none of the reader's concern.
func retold(a, b DocumentSource) bool {
	a.Archived, b.Archived = nil, nil
	return a != b
}

func evidenceKey(e DocumentSource) string {
	if e.URL != "" {
		return e.URL
	}
	return "title " + e.Title
}

func evidenceTitle(e DocumentSource) string {
	if e.Title != "" {
		return e.Title
	}
	return e.URL
}
