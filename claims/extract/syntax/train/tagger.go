package train

import (
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"cotejo/claims/extract/syntax/model"
)

// classFeats go with the part of speech into a word's class; the others make
// its bundle.
var classFeats = []string{"VerbForm", "PronType"}

func joinFeats(feats map[string]string, inClass bool) string {
	var parts []string
	for _, k := range keptFeats {
		if v, ok := feats[k]; ok && slices.Contains(classFeats, k) == inClass {
			parts = append(parts, k+"="+v)
		}
	}
	sort.Strings(parts)
	return strings.Join(parts, "|")
}

// tagset numbers the classes and bundles of a treebank.
type tagset struct {
	classes  []model.Class
	bundles  []string
	classOf  map[model.Class]uint8
	bundleOf map[string]uint8
	options  [][]uint8
}

// newTagset keeps what occurs at least minTag times; rarer ones are read as
// their part of speech's most frequent.
const minTag = 3

func newTagset(sentences []Sentence) *tagset {
	classCount, bundleCount := counter[model.Class]{}, counter[string]{}
	for _, s := range sentences {
		for _, w := range s.Words {
			classCount.add(model.Class{POS: w.POS, Feats: joinFeats(w.Feats, true)})
			bundleCount.add(joinFeats(w.Feats, false))
		}
	}
	t := &tagset{classOf: map[model.Class]uint8{}, bundleOf: map[string]uint8{}}
	for _, c := range classCount.sorted(func(a, b model.Class) int { return strings.Compare(a.POS+a.Feats, b.POS+b.Feats) }) {
		if _, known := t.fallback(c); known && classCount[c] < minTag {
			continue
		}
		t.classOf[c] = uint8(len(t.classes))
		t.classes = append(t.classes, c)
	}
	for _, b := range bundleCount.sorted(strings.Compare) {
		if bundleCount[b] >= minTag {
			t.bundleOf[b] = uint8(len(t.bundles))
			t.bundles = append(t.bundles, b)
		}
	}
	t.findOptions(sentences)
	return t
}

func (t *tagset) findOptions(sentences []Sentence) {
	pairs := counter[model.Pair]{}
	for _, s := range sentences {
		for i := range s.Words {
			pairs.add(t.tag(&s.Words[i]))
		}
	}
	t.options = make([][]uint8, len(t.classes))
	for _, p := range pairs.sorted(comparePairs) {
		if pairs[p] >= minTag || len(t.options[p.Class]) == 0 {
			t.options[p.Class] = append(t.options[p.Class], p.Bundle)
		}
	}
	for i := range t.options {
		if len(t.options[i]) == 0 {
			t.options[i] = []uint8{0}
		}
	}
}

func comparePairs(a, b model.Pair) int {
	return (int(a.Class)<<8 | int(a.Bundle)) - (int(b.Class)<<8 | int(b.Bundle))
}

// fallback gives the most frequent class of the same part of speech.
func (t *tagset) fallback(c model.Class) (uint8, bool) {
	for i, known := range t.classes {
		if known.POS == c.POS {
			return uint8(i), true
		}
	}
	return 0, false
}

func (t *tagset) tag(w *Word) model.Pair {
	c := model.Class{POS: w.POS, Feats: joinFeats(w.Feats, true)}
	class, ok := t.classOf[c]
	if !ok {
		class, _ = t.fallback(c)
	}
	return model.Pair{Class: class, Bundle: t.bundleOf[joinFeats(w.Feats, false)]}
}

// counter counts; sorted gives the most frequent first and, among equals, the
// order of compare, so that nothing hangs on map iteration.
type counter[K comparable] map[K]int

func (c counter[K]) add(k K) { c[k]++ }

func (c counter[K]) sorted(compare func(a, b K) int) []K {
	keys := make([]K, 0, len(c))
	for k := range c {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int {
		if c[a] != c[b] {
			return c[b] - c[a]
		}
		return compare(a, b)
	})
	return keys
}

// top gives what sorted puts first, of a counter that is not empty.
func (c counter[K]) top(compare func(a, b K) int) K {
	var best K
	most := 0
	for k, n := range c {
		if n > most || n == most && compare(k, best) < 0 {
			best, most = k, n
		}
	}
	return best
}

// example is a sentence in the form in which the tagger and parser learn.
type example struct {
	forms  []model.Form
	tags   []model.Pair
	domain model.Domain
	heads  []int32
	labels []uint8
	nodes  []model.Node
}

// Thresholds of the lexicon: words seen less often count as unknown; words seen
// closedCount times take no class that they were not seen with.
const (
	lexiconCount = 3
	closedCount  = 20
)

// sightings are the tags that a word was seen with.
type sightings struct {
	total int
	class counter[uint8]
	pairs counter[model.Pair]
}

// buildLexicon lists the words; one that was seen so often with a single class is
// held to it.
func buildLexicon(examples []example, clusters []model.Clustered, single int) *model.Lexicon {
	words, order := sight(examples)
	groups := map[string]uint32{}
	var entries []model.Entry
	for _, key := range order {
		s := words[key]
		if s.total < lexiconCount {
			continue
		}
		var classes []uint8
		for _, c := range s.class.sorted(func(a, b uint8) int { return int(a) - int(b) }) {
			if s.class[c]*200 >= s.total { // rarer is likely an error of annotation
				classes = append(classes, c)
			}
		}
		if groups[string(classes)] == 0 {
			groups[string(classes)] = uint32(len(groups) + 1)
		}
		closed := s.total >= closedCount || len(classes) == 1 && s.total >= single
		entries = append(entries, model.Entry{Key: key, Group: groups[string(classes)], Closed: closed,
			Classes: classes, Bundles: s.pairs.sorted(comparePairs)})
	}
	return model.NewLexicon(entries, clusters)
}

// sight collects the tags of every word; the words come in the order of their keys.
func sight(examples []example) (map[uint64]*sightings, []uint64) {
	words, order := map[uint64]*sightings{}, []uint64{}
	for _, ex := range examples {
		for i, f := range ex.forms {
			s := words[f.Key]
			if s == nil {
				s = &sightings{class: counter[uint8]{}, pairs: counter[model.Pair]{}}
				words[f.Key] = s
				order = append(order, f.Key)
			}
			s.total++
			s.class.add(ex.tags[i].Class)
			s.pairs.add(ex.tags[i])
		}
	}
	slices.Sort(order)
	return words, order
}

// tagMargin is by how much the right class must beat the others while training.
const tagMargin = 25

// trainTagger fits a tagger to the examples, the mean of several runs over them.
func trainTagger(examples []example, clusters []model.Clustered, set *tagset, o Options) *model.Tagger {
	t := &model.Tagger{Classes: set.classes, Bundles: set.bundles, Options: set.options, Lexicon: buildLexicon(examples, clusters, o.Single)}
	for i := range examples {
		t.Lexicon.Mark(examples[i].forms)
	}
	seen := countTagFeatures(examples)
	var classes, bundles []*weights
	for run := range o.Runs {
		l := tagLearner{tagger: t, class: newWeights(len(set.classes), seen, o.Least.Tag), bundle: newWeights(len(set.bundles), seen, o.Least.Tag)}
		random := rand.New(rand.NewPCG(o.Seed+uint64(run), 1))
		eachEpoch(len(examples), o.TagEpochs, random, func(_, i int) { l.learn(&examples[i]) })
		classes, bundles = append(classes, l.class), append(bundles, l.bundle)
	}
	t.Class, t.Bundle = pool(classes).cascade(o.Prune.Tag, 1), table(bundles, o.Prune.Tag, 1)
	return t
}

// eachEpoch calls do for every example of every epoch, in a new order each time.
func eachEpoch(examples, epochs int, random *rand.Rand, do func(epoch, example int)) {
	order := make([]int, examples)
	for i := range order {
		order[i] = i
	}
	for epoch := range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			do(epoch, i)
		}
	}
}

// countTagFeatures takes the census of the features on right tags.
func countTagFeatures(examples []example) census {
	seen := newCensus()
	rows := new(model.Rows)
	for _, ex := range examples {
		classes := make([]uint8, len(ex.tags))
		for i, t := range ex.tags {
			classes[i] = t.Class
		}
		for i := range ex.forms {
			model.ClassRows(ex.forms, i, classes, ex.domain, rows)
			seen.add(rows)
			model.BundleRows(ex.forms, i, classes, rows)
			seen.add(rows)
		}
	}
	return seen
}

type tagLearner struct {
	tagger        *model.Tagger
	class, bundle *weights
	rows          model.Rows
	first, scores [model.MaxClasses]int32
	classes       []uint8
	scratch       model.Scratch
}

func (l *tagLearner) learn(ex *example) {
	n := len(ex.forms)
	l.classes = slices.Grow(l.classes[:0], n)[:n]
	for i := range ex.forms {
		l.learnClass(ex, i)
	}
	// A bundle is learnt under the right class, amid the predicted ones.
	for i := range ex.forms {
		own := l.classes[i]
		l.classes[i] = ex.tags[i].Class
		l.learnBundle(ex, i)
		l.classes[i] = own
	}
}

func (l *tagLearner) learnClass(ex *example, i int) {
	only := l.tagger.Lexicon.Closed(&ex.forms[i])
	if len(only) == 1 {
		l.classes[i] = only[0]
		return
	}
	model.ClassRows(ex.forms, i, l.classes, ex.domain, &l.rows)
	l.class.score(&l.rows, l.first[:], l.scores[:])
	gold := int(ex.tags[i].Class)
	n := l.class.classes
	guess, rival := bestTwo(l.scores[:n], only, gold)
	if rival >= 0 && l.scores[gold] < l.scores[rival]+tagMargin {
		l.class.update(gold, rival)
	} else if _, rival := bestTwo(l.first[:n], only, gold); rival >= 0 && l.first[gold] < l.first[rival]+tagMargin {
		l.class.updateEarly(gold, rival)
	}
	l.classes[i] = uint8(guess)
}

func (l *tagLearner) learnBundle(ex *example, i int) {
	gold := int(ex.tags[i].Bundle)
	options := l.tagger.BundleOptions(&ex.forms[i], ex.tags[i].Class, &l.scratch)
	if len(options) == 1 {
		return
	}
	model.BundleRows(ex.forms, i, l.classes, &l.rows)
	l.bundle.score(&l.rows, l.first[:], l.scores[:])
	_, rival := bestTwo(l.scores[:], options, gold)
	if rival >= 0 && l.scores[gold] < l.scores[rival]+tagMargin {
		l.bundle.update(gold, rival)
	}
}

// bestTwo gives the class with the highest score and the highest-scored one that
// is not gold (-1 where there is none), among the given ones or all.
func bestTwo(scores []int32, among []uint8, gold int) (guess, rival int) {
	guess, rival = -1, -1
	consider := func(c int) {
		if guess < 0 || scores[c] > scores[guess] {
			guess = c
		}
		if c != gold && (rival < 0 || scores[c] > scores[rival]) {
			rival = c
		}
	}
	if among != nil {
		for _, c := range among {
			consider(int(c))
		}
		return guess, rival
	}
	for c := range scores {
		consider(c)
	}
	return guess, rival
}
