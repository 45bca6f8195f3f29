package claims

import (
	"slices"
	"time"
)

// Opinion is what a reviewer made of a submitted claim by themselves, beside the
// verdict that was proposed: codes of steps of the scale as it was newest then.
type Opinion struct {
	ID           string
	Claim        string
	ClaimVersion int64     // what was looked at
	SubmittedAt  time.Time // which submission it is about
	Person       string
	Content      string
	Attribution  string
	Note         string
	Waived       bool // they asked to see the proposal without judging first; Note is why
	At           time.Time

	// What it is measured by.
	Proposed    ProposedVerdict
	Withheld    bool // the proposal had been kept from them until then
	SeenAlready bool // they had judged or reviewed this claim before
}

// ProposedVerdict is the codes of the verdict that an opinion stands beside.
type ProposedVerdict struct {
	Content     string
	Attribution string
	Scale       int64
}

// Agrees reports whether the opinion is that of whoever proposed the verdict.
func (o Opinion) Agrees() bool {
	return o.Content == o.Proposed.Content && sameStep(o.Attribution, o.Proposed.Attribution)
}

// AgreesWith reports whether the opinion is that of a verdict.
func (o Opinion) AgreesWith(v Verdict) bool {
	return o.Content == v.Content && sameStep(o.Attribution, v.Attribution)
}

// sameStep takes a layer that one of the two leaves open for no disagreement: a
// claim without a source has nobody to be quoted rightly.
func sameStep(a, b string) bool { return a == b || a == "" || b == "" }

// OpinionOf finds what a person said of the claim's present submission; waiving
// is an answer too.
func OpinionOf(person string, c Claim, opinions []Opinion) (Opinion, bool) {
	if c.SubmittedAt == nil {
		return Opinion{}, false
	}
	for _, o := range opinions {
		if o.Person == person && o.SubmittedAt.UnixMicro() == c.SubmittedAt.UnixMicro() {
			return o, true
		}
	}
	return Opinion{}, false
}

// OwesOpinion reports whether the claim waits for this person's own opinion: they
// could review it, it is not their own work, and they have not said anything of
// this submission. What a token may do does not matter to what they may see.
func OwesOpinion(actor Actor, c Claim, opinions []Opinion, s Settings) bool {
	actor.ReadOnly = false
	if !s.Blind.On() || c.State != StateSubmitted || OwnWork(actor, c) || MayOnClaim(actor, ActOpinion, c, s) != nil {
		return false
	}
	_, said := OpinionOf(actor.ID, c, opinions)
	return !said
}

// Withholds reports whether the proposed verdict is kept from this person.
func Withholds(actor Actor, c Claim, opinions []Opinion, s Settings) bool {
	return s.Blind == Block && OwesOpinion(actor, c, opinions, s)
}

// AgreementCell counts second opinions by what was proposed and what was given.
type AgreementCell struct {
	Layer           Layer
	Proposed, Given string
	N               int
}

// StepAgreement is how often second opinions agreed where a step was proposed.
type StepAgreement struct {
	Step         string
	N, Agreed    int
	Elsewhere    map[string]int // what was given instead
	GivenInstead int            // how often the step was given where another was proposed
}

// Agreement is how far second opinions agree with what was proposed, of one
// layer. Kappa is Cohen's, of two raters: whoever proposed and whoever gave the
// opinion; HasKappa is false where it is not defined, as with no pairs, or with
// one step alone on both sides.
type Agreement struct {
	Layer     Layer
	Steps     []StepAgreement // in the order given, those that never occur left out
	N, Agreed int
	Kappa     float64
	HasKappa  bool
}

// Share is the part that agreed, 0 to 1; 0 where there is nothing.
func (a Agreement) Share() float64 {
	if a.N == 0 {
		return 0
	}
	return float64(a.Agreed) / float64(a.N)
}

// AgreementOf works the agreement of a layer out; order lists the codes of the
// steps, further ones follow as they come.
func AgreementOf(layer Layer, order []string, cells []AgreementCell) Agreement {
	out := Agreement{Layer: layer}
	steps := map[string]*StepAgreement{}
	given := map[string]int{}
	codes := append([]string(nil), order...)
	at := func(code string) *StepAgreement {
		if steps[code] == nil {
			steps[code] = &StepAgreement{Step: code, Elsewhere: map[string]int{}}
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
		return steps[code]
	}
	for _, cell := range cells {
		if cell.Layer != layer || cell.N <= 0 {
			continue
		}
		out.N += cell.N
		proposed, other := at(cell.Proposed), at(cell.Given)
		proposed.N += cell.N
		given[cell.Given] += cell.N
		if cell.Proposed == cell.Given {
			proposed.Agreed += cell.N
			out.Agreed += cell.N
			continue
		}
		proposed.Elsewhere[cell.Given] += cell.N
		other.GivenInstead += cell.N
	}
	chance := 0.0
	for _, code := range codes {
		s := steps[code]
		if s == nil {
			continue
		}
		out.Steps = append(out.Steps, *s)
		chance += float64(s.N) / float64(out.N) * float64(given[code]) / float64(out.N)
	}
	if out.HasKappa = out.N > 0 && chance < 1; out.HasKappa {
		out.Kappa = (out.Share() - chance) / (1 - chance)
	}
	return out
}
