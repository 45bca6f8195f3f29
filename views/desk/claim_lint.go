package desk

import (
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views/i18n"
)

// LintText says how a publication stands to a rule of ClaimReview.
func LintText(w *i18n.Words, f export.Finding) string {
	if f.Kept {
		return w.T("lint.kept."+string(f.Rule), f.Args...)
	}
	return w.T("lint.broken."+string(f.Rule), f.Args...)
}

// lintSplit parts the rules that are kept from those that are not.
func (h HouseRules) lintSplit() (kept, broken []export.Finding) {
	for _, f := range h.Lint {
		if f.Kept {
			kept = append(kept, f)
		} else {
			broken = append(broken, f)
		}
	}
	return kept, broken
}

// corrected reports whether readers were told of a change to the claim, or that it
// was withdrawn.
func (p ClaimPage) corrected() bool {
	_, told := p.correctedAt()
	return told
}

// correctedAt is when they were last told.
func (p ClaimPage) correctedAt() (at time.Time, told bool) {
	for _, pub := range p.Publications {
		if pub.Withdrawn != nil || pub.Effect.Public() {
			at, told = pub.ToldAt(), true
		}
	}
	return at, told
}

// outdated says what a check that cites the claim must be looked at for; "" where
// it was published after all that readers were told.
func (p ClaimPage) outdated(c claims.CheckPublication) string {
	at, told := p.correctedAt()
	switch {
	case !told || len(p.Publications) == 0 || c.PublishedAt.After(at):
		return ""
	case p.Publications[len(p.Publications)-1].Withdrawn != nil:
		return p.Words.T("claim.cites_withdrawn")
	}
	return p.Words.T("claim.cites_older", p.Publications[len(p.Publications)-1].N)
}
