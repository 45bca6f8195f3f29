package main

import (
	"testing"

	"cotejo/claims/extract/score"
	"cotejo/views/i18n"
)

// TestEveryReasonHasWords keeps the engine from giving a reason that no page can say.
func TestEveryReasonHasWords(t *testing.T) {
	for _, lang := range i18n.Langs() {
		w := i18n.For(lang)
		for _, r := range score.Reasons() {
			if !w.Has("reason." + r) {
				t.Errorf("%s has no words for the reason %q", lang, r)
			}
		}
	}
}
