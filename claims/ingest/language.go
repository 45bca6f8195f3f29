package ingest

import (
	"strings"

	"cotejo/claims"
	"github.com/abadojack/whatlanggo"
)

// iso6391 lists the two-letter language codes of ISO 639-1.
const iso6391 = " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee" +
	" el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu" +
	" ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb" +
	" nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr" +
	" ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "

// Limits of guessing: fewer letters than sureLetters say too little to be sure,
// more than shortLetters are no short text, and more bytes than sampleBytes say
// nothing new. The trigram model is shown windows of windowBytes: it ranks all the
// trigrams it gets against the commonest 300 of a language, so that a longer text
// seems ever less like any of them. Past maxWindows without an answer there is none.
const (
	sureLetters  = 40
	shortLetters = 200
	sampleBytes  = 256 << 10
	windowBytes  = 2 << 10
	maxWindows   = 16
)

// KnownLanguage reports whether code is a two-letter code of ISO 639-1.
func KnownLanguage(code string) bool {
	return len(code) == 2 && strings.Contains(iso6391, " "+code+" ")
}

// ParseLanguage reads a language as people and pages write it ("es", "ES",
// "es-MX", "es_MX") and gives its ISO 639-1 code; an unknown one is refused.
func ParseLanguage(field, s string) (string, error) {
	code := strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(code, "-_"); i >= 0 {
		code = code[:i]
	}
	if !KnownLanguage(code) {
		return "", claims.Invalid(field, "language.unknown", clip(s, 40))
	}
	return code, nil
}

// GuessLanguage says in which language (ISO 639-1) a text is written. It is
// confident only about a text long enough to tell, in a language whose common
// words bear the guess out. A short text that shows words of Spanish or English
// is guessed to be that, without confidence; code is "" where nothing tells.
func GuessLanguage(text string) (code string, confident bool) {
	sample := cutBytes(text, sampleBytes)
	letters := countLetters(sample)
	if code := byTrigrams(sample); letters >= sureLetters && code != "" && bornOut(sample, code) {
		return code, true
	}
	if letters > shortLetters {
		return "", false
	}
	es, en := marksOf(sample, "es"), marksOf(sample, "en")
	switch {
	case es > en:
		return "es", false
	case en > es:
		return "en", false
	}
	return "", false
}

// byTrigrams gives the code that the trigram model is sure of in the first window of
// the text in which it is sure of any, "" for none.
func byTrigrams(text string) string {
	for n := 0; n < maxWindows && text != ""; n++ {
		window := cutBytes(text, windowBytes)
		text = text[len(window):]
		if guess := whatlanggo.Detect(window); guess.IsReliable() && KnownLanguage(guess.Lang.Iso6391()) {
			return guess.Lang.Iso6391()
		}
	}
	return ""
}

// commonWords are function words of the languages Cotejo serves first. The
// trigram model knows neither Catalan nor Galician and takes them for Spanish;
// the words tell: Galician has few of the Spanish ones, Catalan none of ownWords.
var (
	commonWords = map[string]map[string]bool{
		"es": wordSet("el la los las un una y de del en con por para que se su no es lo al más pero como"),
		"en": wordSet("the a an and of in on to for that with is was were are be by it as at from his has have not but"),
	}
	ownWords = map[string]map[string]bool{"es": wordSet("y los las con por para su más lo pero")}
)

// The least share of those words in a text of the language. News has 0.34 to
// 0.41 common and 0.08 to 0.12 own words in Spanish, 0.26 to 0.35 common ones in
// English.
var (
	minCommonShare = map[string]float64{"es": 0.25, "en": 0.18}
	minOwnShare    = map[string]float64{"es": 0.02}
)

func bornOut(text, code string) bool {
	words := float64(len(strings.FieldsFunc(text, notLetter)))
	return float64(countWords(text, commonWords[code])) >= minCommonShare[code]*words &&
		float64(countWords(text, ownWords[code])) >= minOwnShare[code]*words
}

func countWords(text string, of map[string]bool) int {
	hits := 0
	for word := range strings.FieldsFuncSeq(text, notLetter) {
		if of[strings.ToLower(word)] {
			hits++
		}
	}
	return hits
}

// marksOf counts what shows a short text to be in a language: its common words,
// and for Spanish the letters and signs that only it has of the two.
func marksOf(text, code string) int {
	hits := countWords(text, commonWords[code])
	if code == "es" {
		for _, r := range text {
			if strings.ContainsRune("ñÑ¿¡áéíóúÁÉÍÓÚ", r) {
				hits++
			}
		}
	}
	return hits
}

// guessable are the languages GuessLanguage can tell, by ISO 639-1 code.
var guessable = func() map[string]bool {
	set := map[string]bool{}
	for lang := range whatlanggo.Langs {
		set[lang.Iso6391()] = true
	}
	return set
}()

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
