package desk

import (
	"github.com/a-h/templ"

	"cotejo/claims"
)

// KeysForm is what /account asks about keys, as typed.
type KeysForm struct {
	Off  bool
	Keys map[claims.KeyAct]string
}

// moveKey marks the way out of a state that has a key.
func (p ClaimPage) moveKey(m MoveChoice) templ.Attributes {
	switch {
	case m.Refused != "":
	case m.Act == claims.ActClaimDismiss:
		return p.Key(claims.KeyDismiss)
	case m.To == claims.StateOpen && p.Row.State == claims.StateSuggested:
		return p.Key(claims.KeyAccept)
	}
	return nil
}

// cardKey marks the move of a card that has a key.
func (p ArticlePage) cardKey(to claims.State, c ClaimCard) templ.Attributes {
	if to == claims.StateOpen && c.State == claims.StateSuggested {
		return p.Key(claims.KeyAccept)
	}
	return nil
}

// hint is one entry of a bar of keys.
type hint struct {
	Acts []claims.KeyAct
	Word string
}

// keys are those of the hint that the reader has.
func (h hint) keys(k claims.Keymap) (out []string) {
	for _, act := range h.Acts {
		if key := k.Key(act); key != "" {
			out = append(out, key)
		}
	}
	return out
}

// hintOf is the entry of one act.
func hintOf(act claims.KeyAct) hint {
	return hint{[]claims.KeyAct{act}, "keys.short." + string(act)}
}

// articleHints are the keys of an article's page that the reader may use.
func articleHints(p ArticlePage) []hint {
	out := []hint{{[]claims.KeyAct{claims.KeyNext, claims.KeyPrev}, "keys.move"}}
	for _, one := range []struct {
		may bool
		act claims.KeyAct
	}{
		{p.Rights.Open, claims.KeyAccept}, {p.Rights.Dismiss, claims.KeyDismiss}, {p.Rights.Edit, claims.KeyEdit}, {p.Rights.Add, claims.KeyClaim},
		{p.Rights.Edit, claims.KeySplit}, {p.Rights.Edit && p.Rights.Dismiss, claims.KeyMerge}, {true, claims.KeyUndo}, {true, claims.KeyHelp},
	} {
		if one.may {
			out = append(out, hintOf(one.act))
		}
	}
	return out
}

// claimHints are the keys of a claim's page that the reader may use.
func claimHints(p ClaimPage) []hint {
	var out []hint
	add := func(may bool, acts ...claims.KeyAct) {
		for _, act := range acts {
			if may {
				out = append(out, hintOf(act))
			}
		}
	}
	for _, m := range p.Moves {
		add(p.moveKey(m) != nil && m.Act != claims.ActClaimDismiss, claims.KeyAccept)
	}
	add(p.mayMerge(), claims.KeyDismiss)
	add(p.Rights.Edit, claims.KeyEdit, claims.KeySplit)
	add(p.Rights.Edit && p.mayMerge(), claims.KeyMerge)
	add(p.Undo.Undo != "", claims.KeyUndo)
	add(true, claims.KeyHelp)
	return out
}

// keysForm is the form about keys: as typed where it was refused, else as it stands.
func (p AccountPage) keysForm() KeysForm {
	if p.At == "keys" {
		return p.KeysForm
	}
	k := claims.ParseKeymap(p.Person.Keys)
	out := KeysForm{Off: k.Off, Keys: map[claims.KeyAct]string{}}
	for _, act := range append(claims.DismissKeys(), claims.KeyActs...) {
		out.Keys[act] = k.Key(act)
	}
	return out
}
