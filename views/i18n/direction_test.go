package i18n

import "testing"

func TestALanguageHasADirection(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "ltr", "es": "ltr", "pt": "ltr", "ru": "ltr", "zh": "ltr", "az": "ltr", "": "ltr", "no language": "ltr",
		"ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "dv": "rtl", "ps": "rtl", "yi": "rtl", "az-Arab": "rtl", "ar-Latn": "ltr",
	} {
		if got := Direction(lang); got != want {
			t.Errorf("%q is written %s, want %s", lang, got, want)
		}
	}
	for _, lang := range Langs() {
		if For(lang).Dir() != Direction(lang) {
			t.Errorf("the pages in %s go another way than the language", lang)
		}
	}
}
