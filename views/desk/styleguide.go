package desk

import (
	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/assets"
	"cotejo/views/i18n"
)

// StyleGuidePage shows what pages are made of.
type StyleGuidePage struct {
	views.Frame
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
	guideJobs = []JobRow{
		{Job: claims.Job{State: claims.JobRunning}},
		{Job: claims.Job{State: claims.JobRunning, Done: 2, Total: 5}},
	}
	noticeTones = []string{"", "good", "warn", "bad"}
)

// guideProblems is a refused field, to show how it is told.
func guideProblems(w *i18n.Words) views.Problems {
	return views.Problems{{Field: "wrong", Text: w.T("style.wrong")}}
}

// guideScheme is a scheme of base.css with its colours, in their order there.
type guideScheme struct {
	Name    string
	Colours []guideColour
}

type guideColour struct{ Name, Value string }

func guideSchemes() []guideScheme {
	var out []guideScheme
	for _, s := range assets.Schemes {
		one, of := guideScheme{Name: s.Name}, assets.Colours(s)
		for _, name := range assets.ColourNames() {
			one.Colours = append(one.Colours, guideColour{name, of[name]})
		}
		out = append(out, one)
	}
	return out
}

// guideClash is a form that met somebody else's change, once with a field that can take over.
func guideClash(w *i18n.Words) Clash {
	return Clash{Title: w.T("claim.conflict"), Again: "/styleguide", Fields: []ClashField{
		{Label: w.T("style.field"), Name: "clash", Typed: w.T("style.sample"), Stands: w.T("style.other")},
		{Label: w.T("style.area"), Typed: w.T("style.sample")},
	}}
}
