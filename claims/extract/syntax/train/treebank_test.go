package train

import (
	"strconv"
	"strings"
	"testing"

	"cotejo/claims/extract/syntax/model"
)

func conllu(rows ...string) string {
	return strings.ReplaceAll(strings.Join(rows, "\n"), " ", "\t") + "\n\n"
}

func TestParseJoinsWhatTheProgramSeesWhole(t *testing.T) {
	tests := []struct {
		name, lang, file string
		want             string // form/lemma/pos/head/relation
	}{
		{"del stays whole", "es", conllu(
			"1-2 del _ _ _ _ _ _ _ _", "1 de de ADP _ _ 3 case _ _", "2 el el DET _ _ 3 det _ _",
			"3 mar mar NOUN _ _ 0 root _ _"),
			"del/de/ADP/1/case mar/mar/NOUN/-1/root"},
		{"clitics come apart by rule", "es", conllu(
			"1-2 verlo _ _ _ _ _ _ _ _", "1 ver ver VERB _ _ 0 root _ _", "2 lo él PRON _ _ 1 obj _ _"),
			"ver/ver/VERB/-1/root lo/él/PRON/0/obj"},
		{"other clitics stay whole", "es", conllu(
			"1-2 dígame _ _ _ _ _ _ _ _", "1 diga decir VERB _ _ 0 root _ _", "2 me yo PRON _ _ 1 obj _ _"),
			"dígame/decir/VERB/-1/root"},
		{"hyphenated words are one", "en", conllu(
			"1 well well ADV _ _ 3 advmod _ SpaceAfter=No", "2 - - PUNCT _ _ 1 punct _ SpaceAfter=No",
			"3 known know ADJ _ _ 4 amod _ _", "4 fact fact NOUN _ _ 0 root _ _"),
			"well-known/well-know/ADJ/1/amod fact/fact/NOUN/-1/root"},
		{"empty nodes are left out", "en", conllu(
			"1 I I PRON _ _ 2 nsubj _ _", "2 go go VERB _ _ 0 root _ _", "2.1 go go VERB _ _ _ _ _ _"),
			"I/I/PRON/1/nsubj go/go/VERB/-1/root"},
		{"relative clauses are named alike", "es", conllu(
			"1 casa casa NOUN _ _ 0 root _ _", "2 que que PRON _ PronType=Rel 3 obj _ _",
			"3 vi ver VERB _ VerbForm=Fin 1 acl _ _"),
			"casa/casa/NOUN/-1/root que/que/PRON/2/obj vi/ver/VERB/0/acl:relcl"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parse(strings.NewReader(tt.file), model.NewSplitter(tt.lang))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || render(got[0]) != tt.want {
				t.Errorf("got %v\nwant %s", got, tt.want)
			}
		})
	}
}

func render(s Sentence) string {
	var words []string
	for _, w := range s.Words {
		words = append(words, strings.Join([]string{w.Form, w.Lemma, w.POS, strconv.Itoa(w.Head), w.Rel}, "/"))
	}
	return strings.Join(words, " ")
}

func TestParseSaysWhichLineIsBad(t *testing.T) {
	for _, file := range []string{"1\tshort\n\n", conllu("1 I I PRON _ _ x nsubj _ _"), conllu("1-x I _ _ _ _ _ _ _ _")} {
		_, err := parse(strings.NewReader(file), model.NewSplitter("en"))
		if err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", file, err)
		}
	}
}
