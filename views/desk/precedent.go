package desk

import (
	"strings"

	"cotejo/claims"
)

// precedentCount counts each claim once, though both lists may have it.
func (p ClaimPage) precedentCount() int {
	ids := map[string]bool{}
	for _, one := range p.Precedents.Source {
		ids[one.ID] = true
	}
	for _, one := range p.Precedents.Topic {
		ids[one.ID] = true
	}
	return len(ids)
}

// shared lists the units and tags that a precedent has in common with the claim.
func shared(p claims.Precedent) string {
	out := append([]string{}, p.Units...)
	for _, tag := range p.Tags {
		out = append(out, "#"+tag)
	}
	return strings.Join(out, " · ")
}
