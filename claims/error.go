package claims

import (
	"errors"
	"fmt"
)

// ErrKind says what went wrong in terms a caller can act on; web and the API
// turn it into a status, cmd into an exit code.
type ErrKind string

// The kinds of error.
const (
	KindNotFound        ErrKind = "not_found"       // 404
	KindInvalid         ErrKind = "invalid"         // 422: a field is missing or wrong
	KindNotAllowed      ErrKind = "not_allowed"     // 403: Who says who could
	KindIllegalMove     ErrKind = "illegal_move"    // 409: the state machine has no such move
	KindStale           ErrKind = "stale"           // 412: somebody changed it since
	KindConflict        ErrKind = "conflict"        // 409: it exists already, or is in use
	KindUnauthenticated ErrKind = "unauthenticated" // 401
	KindTooLarge        ErrKind = "too_large"       // 413
	KindUnsupported     ErrKind = "unsupported"     // 415: not text, unreadable encoding
	KindBusy            ErrKind = "busy"            // 429, 503: try again
	KindGone            ErrKind = "gone"            // 410
)

// Error is a refusal that a person can read: Key is a message key
// ("date.malformed") that views and the API word in the reader's language, Args
// fill it. Cause is for the log only.
type Error struct {
	Kind   ErrKind
	Key    string
	Args   []any
	Fields []FieldError // for KindInvalid: what is wrong where
	Who    []Role       // for KindNotAllowed: who could do it
	Cause  error
}

// FieldError says what is wrong with one field.
type FieldError struct {
	Field string `json:"field"`
	Key   string `json:"key"`
	Args  []any  `json:"args,omitempty"`
}

// Error words the refusal for the log and the command line.
func (e *Error) Error() string {
	s := string(e.Kind) + ": " + e.Key
	if len(e.Args) > 0 {
		s += fmt.Sprintf(" %v", e.Args)
	}
	for _, f := range e.Fields {
		s += fmt.Sprintf("; %s: %s", f.Field, f.Key)
		if len(f.Args) > 0 {
			s += fmt.Sprintf(" %v", f.Args)
		}
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Refuse makes an error of the given kind.
func Refuse(kind ErrKind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Invalid makes an error about one field.
func Invalid(field, key string, args ...any) *Error {
	return &Error{Kind: KindInvalid, Key: "invalid", Fields: []FieldError{{Field: field, Key: key, Args: args}}}
}

// NotFound says that there is no such thing (or that it is not yours to see).
func NotFound(noun, id string) *Error { return Refuse(KindNotFound, "not_found."+noun, id) }

// KindOf gives the kind of err, or "" where it is not a refusal.
func KindOf(err error) ErrKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
