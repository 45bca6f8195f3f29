package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ChainRoles are the roles of a link, from us outwards.
var ChainRoles = []string{"via", "source", "original"}

// Neighbour finds the row of a chain that row j would change places with, which
// is the nearest of its role above ("up") or below; -1 for none.
func Neighbour(list []LinkForm, j int, way string) int {
	step := 1
	if way == "up" {
		step = -1
	}
	for k := j + step; k >= 0 && k < len(list); k += step {
		if list[k].Role == list[j].Role {
			return k
		}
	}
	return -1
}

// formVersion is the version that a form was made from: the one that was typed
// into it stays until it is stored, so that others' changes are not written over.
func (p ClaimPage) formVersion(part string) string {
	if p.Forms.At == part && p.Forms.Version != "" {
		return p.Forms.Version
	}
	return version(p.Row.Version)
}

// doButton gives the attributes of one of the editor's buttons; the first press
// after a page was made anew finds the focus where the work goes on.
func (p ClaimPage) doButton(do string, disabled bool) templ.Attributes {
	out := templ.Attributes{"type": "submit", "name": "do", "value": do, "id": "b-" + do, "formnovalidate": true}
	if disabled {
		out["disabled"] = true
	}
	if p.Forms.Focus == "b-"+do && !disabled {
		out["autofocus"] = true
	}
	return out
}

// focused marks a field that the keyboard goes on from.
func (p ClaimPage) focused(in views.Input) views.Input {
	in.Autofocus = p.Forms.At == "attribution" && p.Forms.Focus == in.ID()
	return in
}

// linkCalled is how buttons call a row for who cannot see it.
func linkCalled(w *i18n.Words, j int, l LinkForm) string {
	if l.Name != "" {
		return l.Name
	}
	return w.T("claim.link_n", strconv.Itoa(j+1))
}

// recordOptions are the records that a link can be tied to.
func recordOptions(p ClaimPage, l LinkForm) []views.Option {
	out := []views.Option{{Value: "", Label: p.Words.T("claim.record_none")}}
	known := false
	for _, s := range l.Records {
		known = known || s.ID == l.Source
		label := sourceName(p.Words, s, s.ShownTo(p.Actor.ID)) + " · " + p.Words.T("source_kind."+string(s.Kind))
		if !s.ShownTo(p.Actor.ID) {
			label = p.Words.T("source.protected")
		}
		out = append(out, views.Option{Value: s.ID, Label: label})
	}
	if l.Source != "" && !known {
		out = append(out, views.Option{Value: l.Source, Label: l.Source})
	}
	return out
}

// originLine says which tellings lead to which origin.
func originLine(w *i18n.Words, o claims.SharedOrigin) string {
	list := join(o.Outlets)
	if len(o.Evidence) == 0 {
		return w.T("origins.line", list, linkName(o.Origin))
	}
	return w.T("origins.line_evidence", list, linkName(o.Origin), join(o.Evidence))
}

// tiedSources are the records that the claim is tied to, in the order of its chains.
func (p ClaimPage) tiedSources() []claims.Source {
	var out []claims.Source
	seen := map[string]bool{}
	for _, id := range claims.TiedTo(p.Row.Attributions) {
		if s, ok := p.Sources[id]; ok && !seen[s.ID] {
			out, seen[s.ID] = append(out, s), true
		}
	}
	return out
}
