package workflow

import (
	"encoding/json"
	"time"

	"cotejo/claims"
)

// field is one field of a noun: how the history tells of it, and how an undone
// act gives it back from what the history told (nil where it told nothing).
type field[T any] struct {
	name string
	of   func(T) any
	put  func(*T, []byte) error
}

// plain is a field that the history tells as it is.
func plain[T, V any](name string, of func(*T) *V) field[T] {
	return field[T]{
		name: name,
		of:   func(t T) any { return *of(&t) },
		put:  func(t *T, raw []byte) error { return decode(raw, of(t)) },
	}
}

// listed is a list, of which nil and empty do not differ.
func listed[T, V any](name string, of func(*T) *[]V) field[T] {
	f := plain(name, of)
	f.of = func(t T) any { return some(*of(&t)) }
	return f
}

// dated is a date that may be missing, told as "".
func dated[T any](name string, of func(*T) **claims.Date) field[T] {
	f := plain(name, of)
	f.of = func(t T) any { return dateText(*of(&t)) }
	f.put = func(t *T, raw []byte) error {
		var d claims.Date
		if err := decode(raw, &d); err != nil {
			return err
		}
		if *of(t) = nil; d != "" {
			*of(t) = &d
		}
		return nil
	}
	return f
}

// timed is a moment that may be missing, told as "".
func timed[T any](name string, of func(*T) **time.Time) field[T] {
	f := plain(name, of)
	f.of = func(t T) any { return instant(*of(&t)) }
	f.put = func(t *T, raw []byte) error {
		moment, err := readInstant(raw)
		*of(t) = moment
		return err
	}
	return f
}

// stamped is a moment, told as "" where it is zero.
func stamped[T any](name string, of func(*T) *time.Time) field[T] {
	return field[T]{
		name: name,
		of: func(t T) any {
			moment := of(&t)
			if moment.IsZero() {
				moment = nil
			}
			return instant(moment)
		},
		put: func(t *T, raw []byte) error {
			moment, err := readInstant(raw)
			if *of(t) = (time.Time{}); moment != nil {
				*of(t) = *moment
			}
			return err
		},
	}
}

// readInstant reads what instant wrote.
func readInstant(raw []byte) (*time.Time, error) {
	var s string
	if err := decode(raw, &s); err != nil || s == "" {
		return nil, err
	}
	moment, err := time.Parse(time.RFC3339Nano, s)
	return &moment, err
}

// decode reads what the history told; the zero value for nothing.
func decode[V any](raw []byte, to *V) error {
	var v V
	*to = v
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, to)
}

// instant words a moment as precisely as a store keeps it.
func instant(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}

func dateText(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}
