package views

import (
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// keyTable is what the script reads: which key belongs to which act.
func keyTable(k claims.Keymap) string {
	var parts []string
	if k.Off {
		parts = append(parts, "off")
	}
	for _, act := range append(claims.KeyActs[:len(claims.KeyActs):len(claims.KeyActs)], claims.DismissKeys()...) {
		parts = append(parts, string(act)+"="+k.Key(act))
	}
	return strings.Join(parts, " ")
}

// Key marks the element that a key of the reader's stands for.
func (f Frame) Key(act claims.KeyAct) templ.Attributes {
	out := templ.Attributes{"data-key": string(act)}
	if key := f.Keys.Key(act); key != "" && !f.Keys.Off {
		out["aria-keyshortcuts"] = key
	}
	return out
}

// Shortcut marks an element with a key that is its own on its page.
func (f Frame) Shortcut(key string) templ.Attributes {
	if f.Keys.Off {
		return nil
	}
	return templ.Attributes{"aria-keyshortcuts": key}
}

// KeyName is how a key is called in the list of the reader's keys.
func KeyName(w *i18n.Words, act claims.KeyAct) string {
	if reason, ok := strings.CutPrefix(string(act), "why_"); ok {
		return w.T("dismiss." + reason)
	}
	return w.T("keys." + string(act))
}
