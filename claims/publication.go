package claims

import "time"

// Effect says what a publication after the first one changed.
type Effect string

// The effects; the last two raise a public notice.
const (
	EffectTypo          Effect = "typo"
	EffectClarification Effect = "clarification"
	EffectEvidence      Effect = "evidence"
	EffectVerdict       Effect = "verdict"
)

// Public reports whether readers are told of the change.
func (e Effect) Public() bool { return e == EffectEvidence || e == EffectVerdict }

// Valid reports whether e is an effect.
func (e Effect) Valid() bool {
	switch e {
	case EffectTypo, EffectClarification, EffectEvidence, EffectVerdict:
		return true
	}
	return false
}

// Publication is what the public saw of a claim at version N, frozen. Document
// is the RFC 8785 form of /c/ID@N.json and SHA256 its hex digest.
type Publication struct {
	Claim       string
	N           int
	Document    []byte
	SHA256      string
	Effect      Effect // "" for the first
	Notice      string
	PublishedBy string
	ApprovedBy  string
	PublishedAt time.Time
	Withdrawn   *Withdrawal
}

// ToldAt is when readers were told of the publication, or of its withdrawal.
func (p Publication) ToldAt() time.Time {
	if p.Withdrawn != nil {
		return p.Withdrawn.At
	}
	return p.PublishedAt
}

// Withdrawal is the reason a publication was taken down.
type Withdrawal struct {
	By     string
	At     time.Time
	Reason string // shown on the tombstone
}
