package i18n

import (
	"strings"

	"cotejo/claims"
)

// Refusal words an error for the person who met it: what is wrong, what is
// wrong where, and who could do it.
func (w *Words) Refusal(e *claims.Error) string {
	parts := []string{w.T(e.Key, w.states(e)...)}
	if len(e.Fields) > 0 && (e.Key == "invalid" || e.Key == e.Fields[0].Key) {
		parts = parts[:0]
	}
	for _, f := range e.Fields {
		parts = append(parts, w.Field(f))
	}
	if len(e.Who) > 0 {
		parts = append(parts, w.T("error.who_could", w.Roles(e.Who)))
	}
	return strings.Join(parts, " ")
}

// Field words what is wrong with one field.
func (w *Words) Field(f claims.FieldError) string { return w.T(f.Key, f.Args...) }

// Roles lists roles in words: "editor or admin".
func (w *Words) Roles(roles []claims.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = w.T("role." + string(r))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + w.T("or") + " " + names[last]
}

// stateKeys are the refusals whose arguments are codes of states.
var stateKeys = map[string]bool{"claim.frozen": true, "move.illegal": true}

// states words the arguments of a refusal that names states by their codes.
func (w *Words) states(e *claims.Error) []any {
	if !stateKeys[e.Key] {
		return e.Args
	}
	out := make([]any, len(e.Args))
	for i, arg := range e.Args {
		out[i] = arg
		for _, prefix := range []string{"state.", "check_state."} {
			if key := prefix + w.show(arg); w.Has(key) {
				out[i] = w.T(key)
				break
			}
		}
	}
	return out
}
