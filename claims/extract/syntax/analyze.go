package syntax

import (
	"cotejo/claims/extract/segment"
	"cotejo/claims/extract/syntax/model"
)

// MaxWords is the longest stretch of a sentence that is tagged and parsed in one
// piece; longer sentences are cut, and every piece has its own root.
const MaxWords = 400

// Tagged is what the tagger and the lemmatizer say of one word.
type Tagged struct {
	Lemma string
	POS   string
	Feats *Feats // shared between words: not to be changed
}

// desk is room to work in for one goroutine.
type desk struct {
	scratch model.Scratch
	forms   []model.Form
	tags    model.Tags
	nodes   []model.Node
	words   []string
	lemmas  [1 << lemmaBits]remembered
}

// lemmaBits is how many bits of a word's hash choose where its lemma is remembered.
const lemmaBits = 11

// remembered is the lemma of a word under a tag, which a text says again and again.
type remembered struct {
	form, lemma string
	tag         *tag
}

// close gives the desk back without the text that was read at it.
func (m *Model) close(d *desk) {
	clear(d.lemmas[:])
	m.work.Put(d)
}

// Analyze tags and parses every sentence of the document; the result is
// parallel to doc.Sentences. The Feats are shared: not to be changed.
func (m *Model) Analyze(doc *segment.Document) []Sentence {
	d := m.work.Get().(*desk)
	defer m.close(d)
	out := make([]Sentence, len(doc.Sentences))
	words := make([]Word, 0, len(doc.Tokens)+len(doc.Tokens)/16) // one piece of memory for all
	for i, s := range doc.Sentences {
		from := len(words)
		words = m.words(words, doc, s, d)
		out[i].Words = words[from:len(words):len(words)]
		m.annotate(out[i].Words, d)
	}
	return out
}

// words adds to dst the words of a sentence, not yet tagged.
func (m *Model) words(dst []Word, doc *segment.Document, s segment.Sentence, d *desk) []Word {
	for t := s.First; t < s.Last; t++ {
		tok := &doc.Tokens[t]
		if tok.Kind != segment.Word {
			dst = append(dst, Word{Span: tok.Span, Form: tok.Text, Token: t, Head: -1})
			continue
		}
		d.words = m.splitter.Append(d.words[:0], tok.Text, tok.Fold)
		for _, part := range d.words {
			dst = append(dst, Word{Span: tok.Span, Form: part, Token: t, Head: -1})
		}
	}
	return dst
}

// Tag tags and lemmatizes the words of one sentence, already split.
func (m *Model) Tag(forms []string) []Tagged {
	words := m.Parse(forms).Words
	out := make([]Tagged, len(words))
	for i, w := range words {
		out[i] = Tagged{Lemma: w.Lemma, POS: w.POS, Feats: w.Feats}
	}
	return out
}

// Parse tags and parses the words of one sentence, already split. The words'
// spans are empty and Token is the index of the form.
func (m *Model) Parse(forms []string) Sentence {
	d := m.work.Get().(*desk)
	defer m.close(d)
	words := make([]Word, len(forms))
	for i, f := range forms {
		words[i] = Word{Form: f, Token: i, Head: -1}
	}
	m.annotate(words, d)
	return Sentence{Words: words}
}

func (m *Model) annotate(words []Word, d *desk) {
	for from := 0; from < len(words); from += MaxWords {
		m.annotatePiece(words[from:min(from+MaxWords, len(words))], from, d)
	}
}

// annotatePiece tags and parses words that begin at the offset in their sentence.
func (m *Model) annotatePiece(words []Word, offset int, d *desk) {
	d.words, d.nodes = d.words[:0], d.nodes[:0]
	for i := range words {
		d.words = append(d.words, words[i].Form)
	}
	d.forms = model.Forms(d.words, d.forms)
	m.core.Tagger.Tag(d.forms, m.core.Domain, &d.tags, &d.scratch)
	for i := range words {
		w, class, bundle := &words[i], d.tags.Class[i], d.tags.Bundle[i]
		t := m.tag(class, bundle)
		w.POS, w.Feats = m.core.Tagger.Classes[class].POS, t.feats
		w.Lemma = m.lemma(w, &d.forms[i], t, d)
		d.nodes = append(d.nodes, model.NewNode(&d.forms[i], w.Lemma, class, bundle, m.kinds[class]))
	}
	tree := m.core.Parser.Parse(d.nodes, m.core.Domain, &d.scratch)
	for i := range words {
		w, head := &words[i], int(tree.Head[i])
		if head < 0 {
			w.Head, w.Rel = -1, "root"
			continue
		}
		w.Head, w.Rel = head+offset, m.core.Parser.Labels[tree.Label[i]]
	}
}

// lemma gives the lemma of a word, from memory where the text had the word before.
func (m *Model) lemma(w *Word, form *model.Form, t *tag, d *desk) string {
	known := &d.lemmas[form.Word>>(32-lemmaBits)]
	if known.tag != t || known.form != w.Form {
		*known = remembered{w.Form, m.core.Lemmatizer.Lemma(w.Form, w.POS, t.seed), t}
	}
	return known.lemma
}
