package views

import (
	"cotejo/claims"
	"cotejo/views/i18n"
)

// StyleGuidePage shows what pages are made of.
type StyleGuidePage struct {
	Frame
	Scale claims.Scale
}

// The tokens of base.css, by what they are for; css/styleguide.css draws each.
var (
	groundTokens = []string{"paper", "surface", "sunken", "accent-wash", "machine-wash", "good-wash", "warn-wash", "bad-wash", "mark", "mark-lit"}
	inkTokens    = []string{"ink", "ink-2", "accent", "accent-2", "machine", "good", "warn", "bad"}
	typeSteps    = []string{"t-1", "t0", "t1", "t2", "t3", "t4"}
	spaceSteps   = []string{"s1", "s2", "s3", "s4", "s5", "s6", "s7"}
	guideStates  = []claims.State{
		claims.StateSuggested, claims.StateOpen, claims.StateInCheck, claims.StateHelpNeeded, claims.StateSubmitted, claims.StateReturned,
		claims.StateApproved, claims.StatePublished, claims.StateReopened, claims.StateWithdrawn, claims.StateDismissed,
	}
	noticeTones = []string{"", "good", "warn", "bad"}
)

// guideProblems is a refused field, to show how it is told.
func guideProblems(w *i18n.Words) Problems {
	return Problems{{Field: "wrong", Text: w.T("style.wrong")}}
}
