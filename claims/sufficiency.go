package claims

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Strictness says what a rule of the house does where it is not kept.
type Strictness string

// How strict a rule is; "" is off.
const (
	Off    Strictness = "off"
	Advise Strictness = "advise" // it is said, and may be passed over
	Block  Strictness = "block"  // an editor may pass over it with a reason
)

// AllStrictness lists them in the order that forms show them.
var AllStrictness = []Strictness{Off, Advise, Block}

// On reports whether the rule is looked at at all.
func (s Strictness) On() bool { return s == Advise || s == Block }

// Valid reports whether it is one of them.
func (s Strictness) Valid() bool { return s == "" || slices.Contains(AllStrictness, s) }

// RuleCase says which claims a rule of evidence is about.
type RuleCase string

// The cases of a rule of evidence.
const (
	CaseAny         RuleCase = "any"         // every claim
	CaseFigure      RuleCase = "figure"      // it states a figure
	CaseContent     RuleCase = "content"     // its content verdict is one of Steps
	CaseAttribution RuleCase = "attribution" // it has a source, and its attribution verdict is one of Steps
)

// RuleCases lists every case in the order that forms show them.
var RuleCases = []RuleCase{CaseFigure, CaseContent, CaseAttribution, CaseAny}

// EvidenceRule is one rule of the house on what a verdict must rest on. Primary,
// Secondary and Original are ways to keep it, of which one is enough; 0 and false
// are no way. Against is asked for beside them.
type EvidenceRule struct {
	Case      RuleCase `json:"case"`
	Steps     []string `json:"steps,omitempty"`     // codes of the scale
	Primary   int      `json:"primary,omitempty"`   // so many primary pieces
	Secondary int      `json:"secondary,omitempty"` // so many secondary pieces that are independent of each other
	Original  bool     `json:"original,omitempty"`  // somebody on the desk saw the original of what was said
	Against   int      `json:"against,omitempty"`   // so many pieces that speak against the claim
}

// EvidenceRules is the table of rules.
type EvidenceRules []EvidenceRule

// UnmarshalJSON reads a table as it was written: nothing of what the list held
// before shines through.
func (r *EvidenceRules) UnmarshalJSON(raw []byte) error {
	var list []EvidenceRule
	err := json.Unmarshal(raw, &list)
	*r = list
	return err
}

// DefaultEvidenceRules is what a new desk starts with.
func DefaultEvidenceRules() EvidenceRules {
	return EvidenceRules{
		{Case: CaseFigure, Primary: 1, Secondary: 2},
		{Case: CaseContent, Steps: []string{"misleading", "false"}, Against: 1},
		{Case: CaseAttribution, Steps: []string{"accurate"}, Primary: 1, Original: true},
	}
}

// Lack is a rule that is not kept yet, and what there is so far.
type Lack struct {
	Rule                        EvidenceRule
	Primary, Secondary, Against int
}

// Insufficient lists the rules that the claim's evidence does not keep.
func Insufficient(rules EvidenceRules, c Claim, evidence []Evidence) []Lack {
	var out []Lack
	primary, secondary, against := tally(evidence)
	original := sawOriginal(c)
	for _, r := range rules {
		if !r.concerns(c) {
			continue
		}
		if r.ways() && !r.kept(primary, secondary, original) || against < r.Against {
			lack := Lack{Rule: r, Primary: primary, Secondary: secondary, Against: against}
			if r.kept(primary, secondary, original) {
				lack.Rule.Primary, lack.Rule.Secondary, lack.Rule.Original = 0, 0, false
			}
			if against >= r.Against {
				lack.Rule.Against = 0
			}
			out = append(out, lack)
		}
	}
	return out
}

func (r EvidenceRule) ways() bool { return r.Primary > 0 || r.Secondary > 0 || r.Original }

func (r EvidenceRule) kept(primary, secondary int, original bool) bool {
	return r.Primary > 0 && primary >= r.Primary || r.Secondary > 0 && secondary >= r.Secondary || r.Original && original
}

// concerns reports whether the rule is about this claim.
func (r EvidenceRule) concerns(c Claim) bool {
	v := c.Verdict
	if v == nil {
		v = &Verdict{}
	}
	switch r.Case {
	case CaseAny:
		return true
	case CaseFigure:
		return len(c.Quantities) > 0
	case CaseContent:
		return slices.Contains(r.Steps, v.Content)
	case CaseAttribution:
		return HasSource(c.Attributions) && slices.Contains(r.Steps, v.Attribution)
	}
	return false
}

// tally counts what bears on a claim: primary pieces, secondary ones that are
// independent of each other, and those against. What is there for context alone
// proves nothing.
func tally(evidence []Evidence) (primary, secondary, against int) {
	var seconds []Evidence
	for _, e := range evidence {
		switch {
		case e.Stance == StanceContext:
			continue
		case e.Grade == GradePrimary:
			primary++
		default:
			seconds = append(seconds, e)
		}
		if e.Stance == StanceAgainst {
			against++
		}
	}
	return primary, Independent(seconds), against
}

// Independent counts how many of the pieces are independent: those of one
// publisher, or on one host, are one; so are those that a third piece joins.
func Independent(evidence []Evidence) int {
	var groups []map[string]bool
	for _, e := range evidence {
		group := traits(e)
		apart := groups[:0:0]
		for _, other := range groups {
			if !touch(group, other) {
				apart = append(apart, other)
				continue
			}
			for name := range other {
				group[name] = true
			}
		}
		groups = append(apart, group)
	}
	return len(groups)
}

// traits are what a piece can be told apart by; a piece without any stands alone.
func traits(e Evidence) map[string]bool {
	out := map[string]bool{}
	if publisher := strings.Join(strings.Fields(strings.ToLower(e.Publisher)), " "); publisher != "" {
		out["publisher "+publisher] = true
	}
	if u, err := url.Parse(e.URL); err == nil && u.Host != "" {
		out["host "+strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")] = true
	}
	if len(out) == 0 {
		out["piece "+e.ID] = true
	}
	return out
}

func touch(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}

// sawOriginal reports whether the desk saw the original of what was said.
func sawOriginal(c Claim) bool {
	seen := false
	EachLink(CopyAttributions(c.Attributions), func(l *Link) { seen = seen || l.SawOriginal })
	return seen
}

// Foreseeable lists the rules that the evidence would not keep under some verdict:
// for whoever has not given theirs yet.
func Foreseeable(rules EvidenceRules, c Claim, evidence []Evidence) []Lack {
	var out []Lack
	for _, r := range rules {
		probe := c
		switch {
		case r.Case == CaseContent && len(r.Steps) > 0:
			probe.Verdict = &Verdict{Content: r.Steps[0]}
		case r.Case == CaseAttribution && len(r.Steps) > 0:
			probe.Verdict = &Verdict{Attribution: r.Steps[0]}
		}
		out = append(out, Insufficient(EvidenceRules{r}, probe, evidence)...)
	}
	return out
}
