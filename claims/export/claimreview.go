package export

import (
	"time"

	"cotejo/claims"
)

// ClaimReview is schema.org's markup for a fact check, as /c/ID carries it.
type ClaimReview struct {
	Context       string       `json:"@context"`
	Type          string       `json:"@type"`
	URL           string       `json:"url"`
	ClaimReviewed string       `json:"claimReviewed"`
	Author        Agent        `json:"author"`
	DatePublished string       `json:"datePublished"`
	DateModified  string       `json:"dateModified,omitempty"`
	InLanguage    string       `json:"inLanguage"`
	ReviewRating  Rating       `json:"reviewRating"`
	ItemReviewed  ItemReviewed `json:"itemReviewed"`
}

// Agent is a Person or an Organization.
type Agent struct {
	Type   string   `json:"@type"`
	Name   string   `json:"name"`
	URL    string   `json:"url,omitempty"`
	SameAs []string `json:"sameAs,omitempty"`
	*Trust          // of the newsroom alone
}

// Rating is the verdict; the numbers are left out for steps without one.
type Rating struct {
	Type              string `json:"@type"`
	AlternateName     string `json:"alternateName"`
	RatingValue       *int   `json:"ratingValue,omitempty"`
	BestRating        *int   `json:"bestRating,omitempty"`
	WorstRating       *int   `json:"worstRating,omitempty"`
	RatingExplanation string `json:"ratingExplanation,omitempty"`
}

// ItemReviewed is the claim as its author made it.
type ItemReviewed struct {
	Type          string  `json:"@type"`
	Author        []Agent `json:"author,omitempty"`
	DatePublished string  `json:"datePublished,omitempty"` // when the claim was made, never when it was checked
	Appearance    string  `json:"appearance,omitempty"`
}

func newClaimReview(d Document, s claims.Settings, sameAs map[string][]string, methodology string) ClaimReview {
	r := ClaimReview{
		Context: "https://schema.org", Type: "ClaimReview", URL: d.URL,
		ClaimReviewed: d.Claim.Standalone,
		Author:        newsroom(s, methodology),
		DatePublished: d.FirstAt.Format(time.RFC3339),
		InLanguage:    d.Language,
		ReviewRating:  newRating(d.Verdict),
		ItemReviewed:  ItemReviewed{Type: "Claim", Author: claimants(d, sameAs), Appearance: d.Article.URL},
	}
	if d.Claim.MadeOn != nil {
		r.ItemReviewed.DatePublished = string(*d.Claim.MadeOn)
	}
	if d.Version > 1 {
		r.DateModified = d.PublishedAt.Format(time.RFC3339)
	}
	return r
}

func newRating(v DocumentVerdict) Rating {
	r := Rating{Type: "Rating", AlternateName: v.Content.Label}
	if n := v.Content.Number; n != nil && *n >= 1 {
		r.RatingValue, r.BestRating, r.WorstRating = n, v.Content.Best, v.Content.Worst
	}
	if v.Attribution != nil {
		r.RatingExplanation = v.Attribution.Label
	}
	return r
}

// claimants are who made the claim: its sources, or else the outlet whose own
// voice it is.
func claimants(d Document, sameAs map[string][]string) []Agent {
	var out []Agent
	for _, a := range d.Claim.Attributions {
		for _, l := range a.Sources {
			out = append(out, Agent{Type: agentType(l.Kind), Name: linkName(l), SameAs: sameAs[l.Source]})
		}
	}
	if len(out) == 0 && d.Article.Outlet != "" {
		out = append(out, Agent{Type: "Organization", Name: d.Article.Outlet})
	}
	return out
}

func agentType(k claims.SourceKind) string {
	if k == claims.KindPerson {
		return "Person"
	}
	return "Organization"
}

func linkName(l claims.Link) string {
	if l.Name != "" {
		return l.Name
	}
	return l.Text
}
