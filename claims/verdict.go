package claims

import "time"

// Verdict is the desk's two-layer judgement of a claim. Content and
// Attribution are codes of steps of the scale of version Scale; either may be
// "" while the claim is being worked on.
type Verdict struct {
	Content     string
	Attribution string
	Rationale   string
	WhatIsTrue  string // one line
	AsOf        *Date
	ReviewAgain *Date
	Scale       int64
	ChangedBy   string
	ChangedAt   time.Time
}

// Same reports whether two verdicts say the same, whoever said it when.
func (v Verdict) Same(o Verdict) bool {
	return v.Content == o.Content && v.Attribution == o.Attribution && v.Rationale == o.Rationale && v.WhatIsTrue == o.WhatIsTrue &&
		sameDate(v.AsOf, o.AsOf) && sameDate(v.ReviewAgain, o.ReviewAgain) && v.Scale == o.Scale
}

func sameDate(a, b *Date) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Complete lists what is still missing before a claim can be submitted: a
// content verdict, an attribution verdict where it has a source, a rationale.
func (c Claim) Complete() error {
	var missing []FieldError
	v := c.Verdict
	if v == nil {
		v = &Verdict{}
	}
	if v.Content == "" {
		missing = append(missing, FieldError{Field: "content", Key: "verdict.content_missing"})
	}
	if v.Attribution == "" && HasSource(c.Attributions) {
		missing = append(missing, FieldError{Field: "attribution", Key: "verdict.attribution_missing"})
	}
	if v.Rationale == "" {
		missing = append(missing, FieldError{Field: "rationale", Key: "verdict.rationale_missing"})
	}
	if len(missing) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Key: "verdict.incomplete", Fields: missing}
}
