package export

import (
	"slices"

	"cotejo/claims"
)

// Trust is what a newsroom says of itself: properties of schema.org's
// Organization and, the last four, of NewsMediaOrganization.
type Trust struct {
	Logo                     string        `json:"logo,omitempty"`
	PublishingPrinciples     string        `json:"publishingPrinciples,omitempty"`
	CorrectionsPolicy        string        `json:"correctionsPolicy,omitempty"`
	EthicsPolicy             string        `json:"ethicsPolicy,omitempty"`
	UnnamedSourcesPolicy     string        `json:"unnamedSourcesPolicy,omitempty"`
	ActionableFeedbackPolicy string        `json:"actionableFeedbackPolicy,omitempty"`
	OwnershipFundingInfo     string        `json:"ownershipFundingInfo,omitempty"`
	DiversityPolicy          string        `json:"diversityPolicy,omitempty"`
	DiversityStaffingReport  string        `json:"diversityStaffingReport,omitempty"`
	ContactPoint             *ContactPoint `json:"contactPoint,omitempty"`

	Masthead                        string `json:"masthead,omitempty"`
	MissionCoveragePrioritiesPolicy string `json:"missionCoveragePrioritiesPolicy,omitempty"`
	NoBylinesPolicy                 string `json:"noBylinesPolicy,omitempty"`
	VerificationFactCheckingPolicy  string `json:"verificationFactCheckingPolicy,omitempty"`
}

// ContactPoint is where readers reach the newsroom.
type ContactPoint struct {
	Type        string `json:"@type"`
	ContactType string `json:"contactType"`
	URL         string `json:"url"`
}

// newsroom is the author of a fact check. Only what a NewsMediaOrganization
// alone can say makes it one, as fewer readers of the markup know that type.
func newsroom(s claims.Settings, methodology string) Agent {
	t := s.Trust
	out := Trust{
		Logo: t.Logo, PublishingPrinciples: t.PublishingPrinciples, CorrectionsPolicy: t.CorrectionsPolicy, EthicsPolicy: t.EthicsPolicy,
		UnnamedSourcesPolicy: t.UnnamedSourcesPolicy, ActionableFeedbackPolicy: t.ActionableFeedbackPolicy, OwnershipFundingInfo: t.OwnershipFundingInfo,
		DiversityPolicy: t.DiversityPolicy, DiversityStaffingReport: t.DiversityStaffingReport,
		Masthead: t.Masthead, MissionCoveragePrioritiesPolicy: t.MissionCoveragePrioritiesPolicy, NoBylinesPolicy: t.NoBylinesPolicy,
		VerificationFactCheckingPolicy: t.VerificationFactCheckingPolicy,
	}
	if out.PublishingPrinciples == "" {
		out.PublishingPrinciples = methodology
	}
	if t.Contact != "" {
		out.ContactPoint = &ContactPoint{Type: "ContactPoint", ContactType: "corrections", URL: t.Contact}
	}
	kind := "Organization"
	if slices.ContainsFunc([]string{t.Masthead, t.MissionCoveragePrioritiesPolicy, t.NoBylinesPolicy, t.VerificationFactCheckingPolicy}, func(s string) bool { return s != "" }) {
		kind = "NewsMediaOrganization"
	}
	return Agent{Type: kind, Name: s.Newsroom, URL: s.NewsroomURL, SameAs: s.SameAs, Trust: &out}
}
