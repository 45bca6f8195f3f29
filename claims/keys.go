package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// KeyAct is something that a key of the keyboard does on the desk's pages.
type KeyAct string

// The acts that have a key. Those of DismissKeys work in the form that dismisses.
const (
	KeyNext    KeyAct = "next"
	KeyPrev    KeyAct = "prev"
	KeyAccept  KeyAct = "accept"
	KeyEdit    KeyAct = "edit"
	KeyDismiss KeyAct = "dismiss"
	KeyClaim   KeyAct = "claim"
	KeySplit   KeyAct = "split"
	KeyMerge   KeyAct = "merge"
	KeyUndo    KeyAct = "undo"
	KeySearch  KeyAct = "search"
	KeyGoTo    KeyAct = "goto"
	KeyHelp    KeyAct = "help"
)

// KeyActs lists what has a key, in the order of the help.
var KeyActs = []KeyAct{KeyNext, KeyPrev, KeyAccept, KeyEdit, KeyDismiss, KeyClaim, KeySplit, KeyMerge, KeyUndo, KeySearch, KeyGoTo, KeyHelp}

// DismissKey is the act of dismissing for a reason.
func DismissKey(r DismissReason) KeyAct { return KeyAct("why_" + string(r)) }

// DismissKeys lists the acts of the form that dismisses, in the order of its buttons.
func DismissKeys() []KeyAct {
	out := make([]KeyAct, len(DismissReasons))
	for i, r := range DismissReasons {
		out[i] = DismissKey(r)
	}
	return out
}

var standardKeys = map[KeyAct]string{
	KeyNext: "j", KeyPrev: "k", KeyAccept: "a", KeyEdit: "e", KeyDismiss: "x", KeyClaim: "c", KeySplit: "s", KeyMerge: "m",
	KeyUndo: "u", KeySearch: "/", KeyGoTo: "g", KeyHelp: "?",
	DismissKey(DismissOpinion): "o", DismissKey(DismissTrivial): "t", DismissKey(DismissDuplicate): "d",
	DismissKey(DismissNotCheckable): "n", DismissKey(DismissWrong): "w",
}

// Keymap says which key does what. The zero Keymap is the standard one.
type Keymap struct {
	Off bool // no key of a single sign does anything
	Of  map[KeyAct]string
}

// Key is the key of an act; "" where it has none. It does not ask whether keys are off.
func (k Keymap) Key(act KeyAct) string {
	if own, ok := k.Of[act]; ok {
		return own
	}
	return standardKeys[act]
}

const keysOff = "off"

// String writes what differs from the standard: blank-separated act=key pairs, "off"
// among them where keys are switched off; "" for the standard.
func (k Keymap) String() string {
	var parts []string
	if k.Off {
		parts = append(parts, keysOff)
	}
	for _, act := range append(KeyActs[:len(KeyActs):len(KeyActs)], DismissKeys()...) {
		if key := k.Key(act); key != standardKeys[act] {
			parts = append(parts, string(act)+"="+key)
		}
	}
	return strings.Join(parts, " ")
}

// ParseKeymap reads what String wrote; what it does not know it leaves out.
func ParseKeymap(s string) Keymap {
	k := Keymap{}
	for _, part := range strings.Fields(s) {
		act, key, pair := strings.Cut(part, "=")
		if _, known := standardKeys[KeyAct(act)]; pair && known {
			if k.Of == nil {
				k.Of = map[KeyAct]string{}
			}
			k.Of[KeyAct(act)] = key
		}
		k.Off = k.Off || part == keysOff
	}
	return k
}

// Problems finds the acts whose key cannot be, with the message key of why: one visible
// sign, no digit (these choose a verdict), and none that another act has.
func (k Keymap) Problems() map[KeyAct]string {
	out := map[KeyAct]string{}
	for _, acts := range [][]KeyAct{KeyActs, DismissKeys()} {
		taken := map[string]bool{}
		for _, act := range acts {
			key := k.Key(act)
			switch r, size := utf8.DecodeRuneInString(key); {
			case key == "":
			case size != len(key) || r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r):
				out[act] = "keys.one_sign"
			case unicode.IsDigit(r):
				out[act] = "keys.no_digit"
			case taken[key]:
				out[act] = "keys.taken"
			}
			taken[key] = true
		}
	}
	return out
}
