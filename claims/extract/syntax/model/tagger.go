package model

// Tagger chooses for each word, from left to right, a class (part of speech
// with VerbForm and PronType) and then, with all classes of the sentence known,
// the rest of its features.
type Tagger struct {
	Classes []Class
	Bundles []string // "Gender=Fem|Number=Sing": the features that are not in the class
	Lexicon *Lexicon
	Class   Cascade
	Bundle  *Table
	Options [][]uint8 // bundles seen with each class
}

// Class is a part of speech with the features that syntax leans on.
type Class struct {
	POS   string
	Feats string // "PronType=Prs", "VerbForm=Fin|…", in the order of the names
}

// Lexicon tells which classes and bundles a frequent word took in training.
type Lexicon struct {
	Entries  []Entry
	Clusters []Clustered
	byWord   Index // of what is known: the entry, from 1, and in the lowest byte the cluster
}

// Clustered is a word with its cluster, from 1: words of one cluster stand beside
// the same words in running text.
type Clustered struct {
	Key     uint64 // Form.Key
	Cluster uint8
}

// Entry is a word of the lexicon.
type Entry struct {
	Key     uint64  // Form.Key
	Group   uint32  // words with the same classes in the same order share it; from 1
	Closed  bool    // seen so often that other classes are ruled out
	Classes []uint8 // most frequent first
	Bundles []Pair  // bundles seen with a class
}

// Pair is a bundle that a word took under a class.
type Pair struct{ Class, Bundle uint8 }

// noClusters is the cluster of every word where the language has none.
const noClusters = 1 << 16

// NewLexicon indexes the entries and clusters.
func NewLexicon(entries []Entry, clusters []Clustered) *Lexicon {
	l := &Lexicon{Entries: entries, Clusters: clusters}
	l.byWord.Grow(max(len(entries), len(clusters)))
	for _, c := range clusters {
		l.byWord.Put(c.Key, uint32(c.Cluster))
	}
	for i, e := range entries {
		cluster, _ := l.byWord.Get(e.Key)
		l.byWord.Put(e.Key, uint32(i+1)<<8|cluster&0xFF)
	}
	return l
}

// Mark notes on each form what the lexicon knows of it.
func (l *Lexicon) Mark(forms []Form) {
	for i := range forms {
		f := &forms[i]
		known, _ := l.byWord.Get(f.Key)
		f.Cluster, f.entry, f.Lex = known&0xFF, int32(known>>8)-1, 0
		if len(l.Clusters) == 0 {
			f.Cluster = noClusters
		}
		if f.entry >= 0 {
			f.Lex = l.Entries[f.entry].Group
		}
	}
}

// Closed gives the classes a word is held to; none where it may take any.
func (l *Lexicon) Closed(f *Form) []uint8 {
	if f.entry < 0 || !l.Entries[f.entry].Closed {
		return nil
	}
	return l.Entries[f.entry].Classes
}

// BundlesOf adds to buf the bundles that the word took under the class.
func (l *Lexicon) BundlesOf(f *Form, class uint8, buf []uint8) []uint8 {
	if f.entry < 0 {
		return buf
	}
	for _, p := range l.Entries[f.entry].Bundles {
		if p.Class == class {
			buf = append(buf, p.Bundle)
		}
	}
	return buf
}

// Tags holds the class and bundle of each word of a sentence.
type Tags struct {
	Class  []uint8
	Bundle []uint8
}

// Resize makes room for n words.
func (t *Tags) Resize(n int) {
	if cap(t.Class) < n {
		t.Class, t.Bundle = make([]uint8, n), make([]uint8, n)
	}
	t.Class, t.Bundle = t.Class[:n], t.Bundle[:n]
}

// Tag fills tags for the forms of one sentence, which it marks with the lexicon.
func (t *Tagger) Tag(forms []Form, domain Domain, tags *Tags, s *Scratch) {
	t.Lexicon.Mark(forms)
	tags.Resize(len(forms))
	for i := range forms {
		tags.Class[i] = t.class(forms, i, domain, tags, s)
	}
	for i := range forms {
		tags.Bundle[i] = t.bundle(forms, i, tags, s)
	}
}

func (t *Tagger) class(forms []Form, i int, domain Domain, tags *Tags, s *Scratch) uint8 {
	only := t.Lexicon.Closed(&forms[i])
	if len(only) == 1 {
		return only[0]
	}
	c, v := &t.Class, classView{}
	v.of(forms, i, tags.Class, domain)
	v.early(&s.rows)
	c.Early.Score(s.rows.Early(), &s.sheet)
	first, lead := t.topClass(only, &s.sheet)
	if lead >= c.Lead {
		return first
	}
	v.late(&s.rows)
	c.Late.Add(s.rows.Late(), &s.sheet)
	class, _ := t.topClass(only, &s.sheet)
	s.Watch.tell(c, lead, class == first)
	return class
}

// topClass chooses among some classes, among all where none are named.
func (t *Tagger) topClass(only []uint8, s *Sheet) (class uint8, lead int32) {
	if only != nil {
		return topOf(s, only)
	}
	at, lead := top(s.Of[:len(t.Classes)])
	return uint8(at), lead
}

func (t *Tagger) bundle(forms []Form, i int, tags *Tags, s *Scratch) uint8 {
	options := t.BundleOptions(&forms[i], tags.Class[i], s)
	if len(options) == 1 {
		return options[0]
	}
	BundleRows(forms, i, tags.Class, &s.rows)
	t.Bundle.Score(s.rows.Early(), &s.sheet)
	bundle, _ := topOf(&s.sheet, options)
	return bundle
}

// BundleOptions gives the bundles the word may take: those it was seen with
// where the lexicon holds it, else all that go with the class.
func (t *Tagger) BundleOptions(f *Form, class uint8, s *Scratch) []uint8 {
	s.options = t.Lexicon.BundlesOf(f, class, s.options[:0])
	if len(s.options) > 0 {
		return s.options
	}
	return t.Options[class]
}

// Scratch is room to work in, for one goroutine at a time.
type Scratch struct {
	Watch   Watch // may be nil
	rows    Rows
	sheet   Sheet
	options []uint8
	state   State
}
