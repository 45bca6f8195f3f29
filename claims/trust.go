package claims

// Trust is where a newsroom says who it is and by which rules it works: web
// addresses, "" where it does not. Each is the property of schema.org's
// Organization or NewsMediaOrganization that bears its name.
type Trust struct {
	Logo                            string `json:"logo"`
	PublishingPrinciples            string `json:"publishing_principles"` // /methodology where empty
	CorrectionsPolicy               string `json:"corrections_policy"`
	EthicsPolicy                    string `json:"ethics_policy"`
	VerificationFactCheckingPolicy  string `json:"verification_fact_checking_policy"`
	UnnamedSourcesPolicy            string `json:"unnamed_sources_policy"`
	ActionableFeedbackPolicy        string `json:"actionable_feedback_policy"`
	OwnershipFundingInfo            string `json:"ownership_funding_info"`
	Masthead                        string `json:"masthead"`
	MissionCoveragePrioritiesPolicy string `json:"mission_coverage_priorities_policy"`
	NoBylinesPolicy                 string `json:"no_bylines_policy"`
	DiversityPolicy                 string `json:"diversity_policy"`
	DiversityStaffingReport         string `json:"diversity_staffing_report"`
	Contact                         string `json:"contact"` // a page by which readers reach the newsroom
}

// TrustField is one address of a Trust under the name that forms and the API
// give it.
type TrustField struct {
	Name  string
	Value *string
}

// Fields lists the addresses in the order that forms show them.
func (t *Trust) Fields() []TrustField {
	return []TrustField{
		{"logo", &t.Logo},
		{"publishing_principles", &t.PublishingPrinciples},
		{"corrections_policy", &t.CorrectionsPolicy},
		{"ethics_policy", &t.EthicsPolicy},
		{"verification_fact_checking_policy", &t.VerificationFactCheckingPolicy},
		{"unnamed_sources_policy", &t.UnnamedSourcesPolicy},
		{"actionable_feedback_policy", &t.ActionableFeedbackPolicy},
		{"ownership_funding_info", &t.OwnershipFundingInfo},
		{"masthead", &t.Masthead},
		{"mission_coverage_priorities_policy", &t.MissionCoveragePrioritiesPolicy},
		{"no_bylines_policy", &t.NoBylinesPolicy},
		{"diversity_policy", &t.DiversityPolicy},
		{"diversity_staffing_report", &t.DiversityStaffingReport},
		{"contact", &t.Contact},
	}
}
