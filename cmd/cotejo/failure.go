package main

import (
	"errors"
	"fmt"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// inWords says what went wrong: a refusal of the house in its words, with the
// input it is about; anything else as it comes.
func inWords(err error) string {
	var refusal *claims.Error
	if !errors.As(err, &refusal) {
		return err.Error()
	}
	said := i18n.For("en").Refusal(refusal)
	if refusal.Kind == claims.KindInvalid {
		for _, f := range refusal.Fields {
			said = fmt.Sprintf("%s (%s)", said, f.Field)
		}
	}
	var about *inputError
	if errors.As(err, &about) {
		return about.name + ": " + said
	}
	return said
}

// badInput reports whether the fault lies in what was given, not in the doing.
func badInput(err error) bool {
	switch claims.KindOf(err) {
	case claims.KindInvalid, claims.KindTooLarge, claims.KindUnsupported:
		return true
	}
	return false
}
