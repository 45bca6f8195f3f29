package workflow

import (
	"context"
	"strings"

	"cotejo/claims"
)

// Values of an event that tell by which rules of the house an act did not go.
const (
	valueLacking  = "lacking"  // cases of the rules of evidence that were not kept
	valueOpen     = "open"     // codes of the checklist that were not ticked
	valueOverride = "override" // why an editor passed over what blocked
)

// lacks lists the rules of evidence that the claim does not keep.
func lacks(ctx context.Context, r claims.ClaimReader, s claims.Settings, c claims.Claim) ([]claims.Lack, error) {
	if !s.Sufficiency.On() {
		return nil, nil
	}
	evidence, err := r.Evidence(ctx, c.ID)
	return claims.Insufficient(s.EvidenceRules, c, evidence), err
}

// insufficient is the refusal that names what is missing; nil where nothing is.
func insufficient(list []claims.Lack, s claims.Settings) *claims.Error {
	if len(list) == 0 {
		return nil
	}
	e := &claims.Error{Kind: claims.KindInvalid, Key: "sufficiency.blocked", Who: claims.WhoMay(claims.ActOverride, s)}
	for _, l := range list {
		e.Fields = append(e.Fields, claims.FieldError{Field: "evidence", Key: "sufficiency.missing." + string(l.Rule.Case)})
	}
	return e
}

// unticked is the refusal that names what of the checklist is open; nil where nothing is.
func unticked(items []claims.CheckedItem, s claims.Settings) *claims.Error {
	var labels []string
	for _, i := range items {
		if !i.Done {
			labels = append(labels, strings.TrimSuffix(i.Label(s.Language), "."))
		}
	}
	if labels == nil {
		return nil
	}
	return &claims.Error{
		Kind: claims.KindInvalid, Key: "sign_off.blocked", Who: claims.WhoMay(claims.ActOverride, s),
		Fields: []claims.FieldError{{Field: "checked", Key: "sign_off.open", Args: []any{strings.Join(labels, "; ")}}},
	}
}

// passOver lets an act go on though a rule of the house is not kept: where the
// rule only advises, or where the actor may say why. It gives the reason that was
// needed, "" for none.
func (t *tx) passOver(strict claims.Strictness, broken *claims.Error, reason string, e *entry) (string, error) {
	if broken == nil || strict != claims.Block {
		return "", nil
	}
	if reason == "" {
		return "", broken
	}
	if err := t.may(claims.ActOverride); err != nil {
		return "", err
	}
	for _, c := range e.changes {
		if c.name == valueOverride {
			return reason, nil
		}
	}
	e.changes = append(e.changes, change{valueOverride, nil, reason})
	return reason, nil
}

// blocked says what of the rules of evidence stands in the way of an actor who
// may not pass over it.
func blocked(actor claims.Actor, list []claims.Lack, s claims.Settings) error {
	broken := insufficient(list, s)
	if broken == nil || s.Sufficiency != claims.Block || claims.May(actor, claims.ActOverride, s) == nil {
		return nil
	}
	return broken
}

// sufficient holds a claim that is handed in to the rules of evidence.
func (t *tx) sufficient(ctx context.Context, c claims.Claim, reason string, e *entry) error {
	list, err := lacks(ctx, t, t.settings, c)
	if err != nil || len(list) == 0 {
		return err
	}
	var cases []string
	for _, l := range list {
		cases = append(cases, string(l.Rule.Case))
	}
	e.changes = append(e.changes, change{valueLacking, nil, cases})
	_, err = t.passOver(t.settings.Sufficiency, insufficient(list, t.settings), reason, e)
	return err
}

// signOff holds an approval to the checklist; it gives the list as ticked.
func (t *tx) signOff(in MoveInput, e *entry) (items []claims.CheckedItem, override string, err error) {
	if !t.settings.SignOff.On() {
		return nil, "", nil
	}
	items, unknown := t.settings.Checklist.Tick(in.Checked)
	if len(unknown) > 0 {
		return nil, "", claims.Invalid("checked", "sign_off.unknown", clip(unknown[0], maxName))
	}
	if open := claims.OpenItems(items); len(open) > 0 {
		e.changes = append(e.changes, change{valueOpen, nil, open})
	}
	override, err = t.passOver(t.settings.SignOff, unticked(items, t.settings), in.Override, e)
	return items, override, err
}

// overridden is why the claim was handed in against the rules of evidence, "" where
// it was not; events are the claim's, newest first.
func overridden(events []claims.Event) string {
	for _, e := range events {
		if e.Act != string(claims.ActClaimSubmit) {
			continue
		}
		var reason string
		if raw := told(e, claims.SideAfter, valueOverride); raw != nil && decode(raw, &reason) == nil {
			return reason
		}
		return ""
	}
	return ""
}
