package names

import (
	"slices"

	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// introduction ties a role or a kind of body to the name that the article gives
// it: "la consejera de Sanidad, Ana Ruiz", "Tom Hale, chief executive of Merrin Lines".
type introduction struct {
	mention int      // index of the name
	words   []string // the folded content words of the role
}

// maxIntroductions bounds how many names are kept for one role.
const maxIntroductions = 8

// introduce looks for a role around the name w, mention k.
func (x *Index) introduce(w reading.Range, k int) {
	r := x.r
	sent := r.Sentences[r.Words[w.First].Sent]
	person := w.Last-w.First > 1 && x.personal(w, x.Mentions[k].Text)
	end := w.First
	if end > sent.First && r.Comma(end-1) {
		end--
	}
	if end > sent.First {
		x.role(reading.Range{First: r.PhraseBefore(end-1, sent.First), Last: end}, k, person)
	}
	if w.Last < sent.Last && r.Comma(w.Last) {
		x.role(reading.Range{First: w.Last + 1, Last: r.Phrase(w.Last+1, sent.Last)}, k, person)
	}
}

// role notes that the phrase says what the name of mention k stands for.
func (x *Index) role(phrase reading.Range, k int, person bool) {
	for i := phrase.First; i < phrase.Last; i++ {
		if x.r.Is(i, "and") {
			phrase.First = i + 1 // "el alcalde Juan Mora y la ministra Ana Ruiz"
		}
	}
	head := x.roleHead(phrase, person)
	if head == reading.None || x.namesPerson(phrase) {
		return
	}
	key := x.r.Words[head].Fold
	if list := x.roles[key]; len(list) < maxIntroductions {
		x.roles[key] = append(list, introduction{mention: x.Mentions[k].Full, words: x.content(phrase)})
	}
}

// roleHead gives the last noun before any preposition of the phrase that names a
// person's role, else a body; None where it names neither.
func (x *Index) roleHead(phrase reading.Range, person bool) int {
	head := reading.None
	for i := phrase.First; i < phrase.Last && x.r.Words[i].POS != "ADP" && !x.r.Words[i].Mark; i++ {
		n, ok := x.r.Noun(i)
		if ok && !x.r.Capital(i) && (person && n.Kind == claims.KindPerson || !person && n.Kind == claims.KindOrganization) {
			head = i
		}
	}
	return head
}

// namesPerson reports whether a person's name of two words stands in the phrase.
func (x *Index) namesPerson(phrase reading.Range) bool {
	for i := phrase.First; i < phrase.Last; i++ {
		if m, ok := x.At(i); ok && m.Last-m.First > 1 && x.personal(m.Range, m.Text) {
			return true
		}
	}
	return false
}

// content lists the folded nouns, names and adjectives of a phrase.
func (x *Index) content(phrase reading.Range) []string {
	var out []string
	for i := phrase.First; i < phrase.Last; i++ {
		switch x.r.Words[i].POS {
		case "NOUN", "PROPN", "ADJ":
			out = append(out, x.r.Words[i].Fold)
		}
	}
	return out
}

// holder finds the name behind a definite role ("la consejera"): the one name
// introduced before with that role and all the words that the phrase has.
func (x *Index) holder(phrase reading.Range) (Mention, bool) {
	if !x.r.Is(phrase.First, "definite") && !x.r.Is(phrase.First-1, "definite") && !x.r.Is(phrase.First-1, "with-article") {
		return Mention{}, false
	}
	for _, person := range []bool{true, false} {
		head := x.roleHead(phrase, person)
		if head == reading.None {
			continue
		}
		return x.only(x.roles[x.r.Words[head].Fold], phrase)
	}
	return Mention{}, false
}

func (x *Index) only(list []introduction, phrase reading.Range) (Mention, bool) {
	words, found := x.content(phrase), reading.None
	for _, in := range list {
		m := x.Mentions[in.mention]
		if m.First >= phrase.First || slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(in.words, w) }) {
			continue
		}
		if found != reading.None && x.Mentions[found].Text != m.Text {
			return Mention{}, false // two hold the role: which is meant stays open
		}
		found = in.mention
	}
	if found == reading.None {
		return Mention{}, false
	}
	return x.Mentions[found], true
}
