package model

// Tagger chooses for each word, from left to right, a class (part of speech
// with VerbForm and PronType) and then, with all classes of the sentence known,
// the rest of its features.
type Tagger struct {
	Classes []Class
	Bundles []string // "Gender=Fem|Number=Sing": the features that are not in the class
	Lexicon *Lexicon
	Class   *Table
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
	byWord   map[uint64]known
}

// Clustered is a word with its cluster, from 1: words of one cluster stand beside
// the same words in running text.
type Clustered struct {
	Key     uint64 // Form.Key
	Cluster uint8
}

// known is what there is on a word.
type known struct {
	entry   int32 // -1 for none
	cluster uint8
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
	l := &Lexicon{Entries: entries, Clusters: clusters, byWord: make(map[uint64]known, max(len(entries), len(clusters)))}
	for _, c := range clusters {
		l.byWord[c.Key] = known{entry: -1, cluster: c.Cluster}
	}
	for i, e := range entries {
		l.byWord[e.Key] = known{entry: int32(i), cluster: l.byWord[e.Key].cluster}
	}
	return l
}

// Mark notes on each form what the lexicon knows of it.
func (l *Lexicon) Mark(forms []Form) {
	for i := range forms {
		f := &forms[i]
		k, ok := l.byWord[f.Key]
		f.Cluster, f.entry, f.Lex = uint32(k.cluster), -1, 0
		if len(l.Clusters) == 0 {
			f.Cluster = noClusters
		}
		if ok && k.entry >= 0 {
			f.entry = k.entry
			f.Lex = l.Entries[k.entry].Group
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
func (t *Tagger) Tag(forms []Form, domain uint32, tags *Tags, s *Scratch) {
	t.Lexicon.Mark(forms)
	tags.Resize(len(forms))
	for i := range forms {
		tags.Class[i] = t.class(forms, i, domain, tags, s)
	}
	for i := range forms {
		tags.Bundle[i] = t.bundle(forms, i, tags, s)
	}
}

func (t *Tagger) class(forms []Form, i int, domain uint32, tags *Tags, s *Scratch) uint8 {
	only := t.Lexicon.Closed(&forms[i])
	if len(only) == 1 {
		return only[0]
	}
	rows := ClassRows(forms, i, tags.Class, domain, s.rows)
	s.rows = rows
	t.Class.Score(rows, s.scores[:])
	if only != nil {
		return bestOf(s.scores[:], only)
	}
	return uint8(best(s.scores[:t.Class.Classes]))
}

func (t *Tagger) bundle(forms []Form, i int, tags *Tags, s *Scratch) uint8 {
	options := t.BundleOptions(&forms[i], tags.Class[i], s)
	if len(options) == 1 {
		return options[0]
	}
	rows := BundleRows(forms, i, tags.Class, s.rows)
	s.rows = rows
	t.Bundle.Score(rows, s.scores[:])
	return bestOf(s.scores[:], options)
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
	rows    []uint32
	scores  [MaxClasses]int32
	options []uint8
	state   State
}

func best(scores []int32) int {
	at := 0
	for i, v := range scores {
		if v > scores[at] {
			at = i
		}
	}
	return at
}

func bestOf(scores []int32, among []uint8) uint8 {
	at := among[0]
	for _, c := range among[1:] {
		if scores[c] > scores[at] {
			at = c
		}
	}
	return at
}

// outside stands for the words beyond the ends of the sentence.
var outside = Form{Word: 1, Cluster: 1 << 20, Shape: 1 << 20, Lex: 1 << 20, Suf: [5]uint32{1, 1, 1, 1, 1}, entry: -1}

func at(forms []Form, i int) *Form {
	if i < 0 || i >= len(forms) {
		return &outside
	}
	return &forms[i]
}

func classAt(classes []uint8, i int) uint32 {
	if i < 0 || i >= len(classes) {
		return 255
	}
	return uint32(classes[i])
}

// ClassRows gives the features of word i for its class, given the classes of
// the words before it.
func ClassRows(forms []Form, i int, classes []uint8, domain uint32, buf []uint32) []uint32 {
	f := features(buf[:0])
	w, l, ll, r, rr := at(forms, i), at(forms, i-1), at(forms, i-2), at(forms, i+1), at(forms, i+2)
	t1, t2 := classAt(classes[:i], i-1), classAt(classes[:i], i-2)
	f.one(1, w.Word)
	for n, h := range w.Suf {
		f.one(uint32(2+n), h)
	}
	for n, h := range w.Pre {
		f.one(uint32(7+n), h)
	}
	f.one(10, w.Shape)
	f.one(11, l.Word)
	f.one(12, ll.Word)
	f.one(13, r.Word)
	f.one(14, rr.Word)
	f.two(15, l.Word, w.Word)
	f.two(16, w.Word, r.Word)
	f.one(17, w.Lex)
	f.one(18, r.Lex)
	f.one(19, rr.Lex)
	f.two(20, w.Lex, r.Lex)
	f.one(21, t1)
	f.two(22, t1, t2)
	f.two(23, t1, w.Word)
	f.two(24, t1, w.Lex)
	f.three(25, t1, w.Lex, r.Lex)
	f.two(26, t1, w.Suf[2])
	f.one(27, l.Suf[2])
	f.one(28, r.Suf[2])
	f.one(29, rr.Suf[1])
	f.three(30, l.Shape, w.Shape, r.Shape)
	f.two(31, domain, w.Word)
	f.two(32, domain, w.Suf[2])
	f.two(33, w.Shape, w.Suf[1])
	f.three(34, t1, t2, w.Lex)
	f.two(35, t1, r.Suf[2])
	f.two(36, w.Suf[2], r.Lex)
	f.three(37, t1, w.Suf[1], r.Lex)
	f.three(38, r.Lex, rr.Lex, w.Lex)
	f.two(39, w.Shape, t1)
	if w.Cluster == noClusters {
		return f
	}
	f.one(40, w.Cluster)
	f.one(41, l.Cluster)
	f.one(42, r.Cluster)
	f.two(43, t1, w.Cluster)
	f.two(44, w.Cluster, r.Cluster)
	f.two(45, r.Cluster, rr.Cluster)
	f.two(46, l.Cluster, w.Cluster)
	return f
}

// BundleRows gives the features of word i for its bundle, given all classes.
func BundleRows(forms []Form, i int, classes []uint8, buf []uint32) []uint32 {
	f := features(buf[:0])
	w, l, r := at(forms, i), at(forms, i-1), at(forms, i+1)
	c, left, right := uint32(classes[i]), classAt(classes, i-1), classAt(classes, i+1)
	f.two(64, c, w.Word)
	for n, h := range w.Suf {
		f.two(uint32(65+n), c, h)
	}
	f.two(70, c, l.Word)
	f.two(71, c, r.Word)
	f.three(72, c, l.Suf[1], left)
	f.three(73, c, r.Suf[1], right)
	f.three(74, c, left, right)
	f.two(75, c, at(forms, i-2).Word)
	f.three(76, c, w.Suf[1], l.Suf[1])
	f.three(77, c, w.Suf[1], r.Suf[1])
	f.three(78, c, w.Word, l.Word)
	f.three(79, c, w.Suf[2], left)
	f.two(80, c, w.Shape)
	f.one(81, c)
	f.three(82, c, l.Word, classAt(classes, i-2))
	return f
}
