package claims

import "time"

// Stance says what a piece of evidence does for a claim.
type Stance string

// The stances of evidence.
const (
	StanceFor     Stance = "for"
	StanceAgainst Stance = "against"
	StanceContext Stance = "context"
)

// Grade says how near the evidence is to what it speaks of.
type Grade string

// The grades of evidence.
const (
	GradePrimary   Grade = "primary"
	GradeSecondary Grade = "secondary"
)

// Evidence is a document for, against or for context of one claim.
type Evidence struct {
	ID        string
	Claim     string
	URL       string
	Title     string
	Publisher string
	Stance    Stance
	Grade     Grade
	Quote     string // the passage
	Locator   string // page, timecode
	AddedBy   string
	AddedAt   time.Time
}
