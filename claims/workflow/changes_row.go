package workflow

import (
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/sheet"
)

// rowEdit is what a row makes of a claim.
type rowEdit struct {
	claim   claims.Claim // as the actor sees it
	people  map[string]claims.Person
	patch   ClaimPatch
	patched bool
	verdict VerdictInput
	judged  bool
}

func newRowEdit(c claims.Claim, people map[string]claims.Person) *rowEdit {
	v := verdictOf(c)
	return &rowEdit{claim: c, people: people, verdict: VerdictInput{
		Content: v.Content, Attribution: v.Attribution, Rationale: v.Rationale, WhatIsTrue: v.WhatIsTrue, AsOf: dateText(v.AsOf), ReviewAgain: dateText(v.ReviewAgain),
	}}
}

// rowEdits are the columns that a table can change, and what each of them sets. Others
// stay as they are.
var rowEdits = map[string]func(e *rowEdit, value string) *claims.JobProblem{
	"claim_text":    patching(func(p *ClaimPatch, v string) { p.Standalone = &v }),
	"claim_made_on": patching(func(p *ClaimPatch, v string) { p.MadeOn = &v }),
	"claim_kind": patching(func(p *ClaimPatch, v string) {
		kind := claims.Kind(v)
		p.Kind = &kind
	}),
	"tags": patching(func(p *ClaimPatch, v string) {
		tags := sheet.Cells{"tags": v}.List("tags")
		p.Tags = &tags
	}),
	"assigned_to":         (*rowEdit).assign,
	"verdict_code":        judging(func(in *VerdictInput, v string) { in.Content = v }),
	"attribution_verdict": judging(func(in *VerdictInput, v string) { in.Attribution = v }),
	"rationale":           judging(func(in *VerdictInput, v string) { in.Rationale = v }),
	"what_is_true":        judging(func(in *VerdictInput, v string) { in.WhatIsTrue = v }),
	"as_of":               judging(func(in *VerdictInput, v string) { in.AsOf = v }),
	"figure_value":        figuring(func(q *claims.Quantity, v string) (err error) { q.Value, err = figure(v); return err }),
	"figure_low":          figuring(func(q *claims.Quantity, v string) (err error) { q.Low, err = figure(v); return err }),
	"figure_high":         figuring(func(q *claims.Quantity, v string) (err error) { q.High, err = figure(v); return err }),
	"figure_unit":         figuring(func(q *claims.Quantity, v string) error { q.Unit = v; return nil }),
	"figure_hedge":        figuring(func(q *claims.Quantity, v string) error { q.Hedge = v; return nil }),
	"figure_bound":        figuring(func(q *claims.Quantity, v string) error { q.Bound = claims.Bound(v); return nil }),
	"time_from":           timing(func(t *claims.Time, d *claims.Date) { t.From = d }),
	"time_to":             timing(func(t *claims.Time, d *claims.Date) { t.To = d }),
	"sources":             (*rowEdit).chain,
	"attribution_mode":    (*rowEdit).mode,
}

// TableEdits lists the columns that an edited table can change.
func TableEdits() []string {
	var out []string
	for name := range rowEdits {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func patching(set func(*ClaimPatch, string)) func(*rowEdit, string) *claims.JobProblem {
	return func(e *rowEdit, v string) *claims.JobProblem {
		e.patched = true
		set(&e.patch, v)
		return nil
	}
}

func judging(set func(*VerdictInput, string)) func(*rowEdit, string) *claims.JobProblem {
	return func(e *rowEdit, v string) *claims.JobProblem {
		e.judged = true
		set(&e.verdict, v)
		return nil
	}
}

// figuring changes the first figure, the one that tables tell of.
func figuring(set func(*claims.Quantity, string) error) func(*rowEdit, string) *claims.JobProblem {
	return func(e *rowEdit, v string) *claims.JobProblem {
		if len(e.claim.Quantities) == 0 {
			return &claims.JobProblem{Key: "changes.no_figure"}
		}
		if e.patch.Quantities == nil {
			all := slices.Clone(e.claim.Quantities)
			e.patch.Quantities, e.patched = &all, true
		}
		if err := set(&(*e.patch.Quantities)[0], v); err != nil {
			return &claims.JobProblem{Key: "changes.no_number", Args: []any{clip(v, maxName)}}
		}
		return nil
	}
}

// figure reads what readCell gives; nil for "".
func figure(s string) (*float64, error) {
	if s == "" {
		return nil, nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err == nil && (n != n || n-n != 0) {
		err = strconv.ErrRange
	}
	return &n, err
}

// timing changes the first time.
func timing(set func(*claims.Time, *claims.Date)) func(*rowEdit, string) *claims.JobProblem {
	return func(e *rowEdit, v string) *claims.JobProblem {
		if len(e.claim.Times) == 0 {
			return &claims.JobProblem{Key: "changes.no_time"}
		}
		var f faults
		day := f.date("time", v)
		if len(f) > 0 {
			return &claims.JobProblem{Key: f[0].Key, Args: f[0].Args}
		}
		if e.patch.Times == nil {
			all := slices.Clone(e.claim.Times)
			e.patch.Times, e.patched = &all, true
		}
		set(&(*e.patch.Times)[0], day)
		return nil
	}
}

// assign finds who is meant by the name that tables show, or by the sign-in name.
func (e *rowEdit) assign(v string) *claims.JobProblem {
	e.patched = true
	found := []string{}
	for id, p := range e.people {
		if v != "" && (p.Display == v || strings.EqualFold(p.Name, v)) {
			found = append(found, id)
		}
	}
	switch {
	case v == "":
		found = []string{""}
	case len(found) == 0:
		return &claims.JobProblem{Key: "assignee.unknown", Args: []any{clip(v, maxName)}}
	case len(found) > 1:
		return &claims.JobProblem{Key: "changes.many_named", Args: []any{clip(v, maxName)}}
	}
	e.patch.Assignee = &found[0]
	return nil
}

// attribution is the one chain that a table can tell of; problem where there are more.
func (e *rowEdit) attribution() (*claims.Attribution, *claims.JobProblem) {
	if len(e.claim.Attributions) > 1 {
		return nil, &claims.JobProblem{Key: "changes.chains", Args: []any{len(e.claim.Attributions)}}
	}
	if e.patch.Attributions == nil {
		all := slices.Clone(e.claim.Attributions)
		if len(all) == 0 {
			all = []claims.Attribution{{Mode: claims.ModeIndirect}}
		}
		e.patch.Attributions, e.patched = &all, true
	}
	return &(*e.patch.Attributions)[0], nil
}

func (e *rowEdit) mode(v string) *claims.JobProblem {
	a, problem := e.attribution()
	if problem == nil {
		a.Mode = claims.Mode(v)
	}
	return problem
}

// chain sets who said it and who relayed it. A link keeps what else is known of it as long
// as its name stays; without any link the claim is the article's own.
func (e *rowEdit) chain(v string) *claims.JobProblem {
	a, problem := e.attribution()
	if problem != nil {
		return problem
	}
	links := sheet.Cells{"sources": v}.Sources()
	if len(links) == 0 {
		*e.patch.Attributions = []claims.Attribution{}
		return nil
	}
	known := append(slices.Clone(a.Sources), a.Via...)
	if a.Original != nil {
		known = append(known, *a.Original)
	}
	a.Sources, a.Via, a.Original = []claims.Link{}, []claims.Link{}, nil
	for _, l := range links {
		link := claims.Link{Name: l.Name, Text: l.Name}
		for _, k := range known {
			if k.Name == l.Name || k.Name == "" && k.Text == l.Name {
				link = k
				break
			}
		}
		if link.Kind = claims.SourceKind(l.Kind); l.Kind == "" {
			link.Kind = claims.KindUnknown
		}
		switch l.Role {
		case "", "source":
			a.Sources = append(a.Sources, link)
		case "via":
			a.Via = append(a.Via, link)
		case "original":
			a.Original = &link
		default:
			return &claims.JobProblem{Key: "changes.role_unknown", Args: []any{clip(l.Role, maxName)}}
		}
	}
	return nil
}
