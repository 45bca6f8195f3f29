package reading

import (
	"slices"
	"sort"
	"strings"

	"cotejo/claims/extract/lang"
)

// topic is a field of meaning of topics.tsv and the part of speech that a word
// must have to belong to it, "" for any.
type topic struct {
	field int // index into TopicFields
	pos   string
}

// addTopics gives each word of the table its fields.
func (l *Lexicon) addTopics(rows []lang.Row) {
	fields := TopicFields()
	for _, r := range rows {
		pos := strings.TrimPrefix(r.Cell(1), "-")
		field, _ := slices.BinarySearch(fields, r.Cell(0))
		for _, w := range strings.Fields(fold(r.Cell(2))) {
			v := l.of(w)
			v.topics = append(v.topics, topic{field, pos})
		}
	}
}

// Topics calls add with each field, an index into TopicFields, that word i belongs to by its
// form or its lemma, and with the part of speech that the table asks for.
func (r *Reading) Topics(i int, add func(field int, pos string)) {
	w := &r.Words[i]
	for _, t := range w.known.topics {
		if t.pos == "" || t.pos == w.POS {
			add(t.field, t.pos)
		}
	}
	if w.Lemma == w.Form {
		return
	}
	lemma := fold(w.Lemma)
	if lemma == w.Fold {
		return
	}
	for _, t := range r.Lex.vocable(lemma).topics {
		if t.pos == "" || t.pos == w.POS {
			add(t.field, t.pos)
		}
	}
}

// TopicFields lists the fields of the tables of all languages, sorted.
func TopicFields() []string {
	var out []string
	seen := map[string]bool{}
	for _, code := range lang.Codes() {
		pack, _ := lang.For(code)
		for _, r := range pack.Rows("topics") {
			if f := r.Cell(0); !seen[f] {
				seen[f] = true
				out = append(out, f)
			}
		}
	}
	sort.Strings(out)
	return out
}
