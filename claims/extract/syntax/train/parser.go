package train

import (
	"math/rand/v2"
	"slices"

	"cotejo/claims/extract/syntax/model"
)

// While training, the right action and the right relation must win by these.
const (
	actionMargin = 50
	labelMargin  = 40
)

// explore is how often, once the first epoch is over, training follows the
// parser's own choice rather than the right one.
const explore = 0.9

// parserRuns holds the weights of parsers trained apart.
type parserRuns struct{ actions, names []*weights }

// trainParser fits parsers to examples whose nodes carry predicted tags, each in
// another order of the examples.
func trainParser(examples []example, labels []string, o Options) parserRuns {
	var (
		counter parseLearner
		seen    = counter.count(examples)
		out     parserRuns
	)
	for run := range o.Runs {
		l := parseLearner{random: rand.New(rand.NewPCG(o.Seed+uint64(run), 2)),
			action: newWeights(model.Actions, seen, o.Least.Action), label: newWeights(len(labels), seen, o.Least.Label)}
		eachEpoch(len(examples), o.ParseEpochs, l.random, func(epoch, i int) {
			l.exploring = epoch > 0
			l.learn(&examples[i])
		})
		out.actions, out.names = append(out.actions, l.action), append(out.names, l.label)
	}
	return out
}

// parser makes one parser of the mean weights.
func (r parserRuns) parser(labels []string, p Prune, step int) *model.Parser {
	return &model.Parser{Labels: labels, Action: pool(r.actions).beside().cascade(p.Action, step), Label: pool(r.names).cascade(p.Label, step)}
}

// count takes the census of the features along the right derivations.
func (l *parseLearner) count(examples []example) census {
	seen, s := newCensus(), &l.state
	for i := range examples {
		ex := &examples[i]
		l.index(ex)
		s.Start(ex.nodes)
		for !s.Done() {
			model.ActionRows(s, ex.domain, &l.rows)
			seen.add(&l.rows)
			action := l.right(ex)
			if action == model.Shift {
				s.Shift()
				continue
			}
			dep, head := s.Arc(action)
			if head >= 0 {
				model.LabelRows(s, dep, head, ex.domain, &l.rows)
				seen.add(&l.rows)
			}
			s.Join(dep, head, ex.labels[dep])
		}
	}
	return seen
}

// right gives the first of the actions that cost least.
func (l *parseLearner) right(ex *example) int {
	action, least := -1, 0
	for a := range model.Actions {
		if !l.state.Legal(a) {
			continue
		}
		if c := l.cost(ex, a); action < 0 || c < least {
			action, least = a, c
		}
	}
	return action
}

type parseLearner struct {
	action, label *weights
	random        *rand.Rand
	exploring     bool
	state         model.State
	rows          model.Rows
	first, scores [model.MaxClasses]int32
	dependants    [][]int32
}

func (l *parseLearner) learn(ex *example) {
	l.index(ex)
	s := &l.state
	s.Start(ex.nodes)
	for !s.Done() {
		action := l.choose(ex)
		if action == model.Shift {
			s.Shift()
			continue
		}
		dep, head := s.Arc(action)
		label := uint8(0)
		if head >= 0 {
			label = l.name(ex, dep, head)
		}
		s.Join(dep, head, label)
	}
}

// index lists the gold dependants of every word.
func (l *parseLearner) index(ex *example) {
	n := len(ex.heads)
	for len(l.dependants) < n {
		l.dependants = append(l.dependants, nil)
	}
	for i := range n {
		l.dependants[i] = l.dependants[i][:0]
	}
	for i, h := range ex.heads {
		if h >= 0 {
			l.dependants[h] = append(l.dependants[h], int32(i))
		}
	}
}

// choose learns the action for the state and gives the one to take.
func (l *parseLearner) choose(ex *example) int {
	s := &l.state
	model.ActionRows(s, ex.domain, &l.rows)
	l.action.score(&l.rows, l.first[:], l.scores[:])
	var costs [model.Actions]int
	least := len(ex.heads) + 1
	for a := range model.Actions {
		if s.Legal(a) {
			costs[a] = l.cost(ex, a)
			least = min(least, costs[a])
		}
	}
	right, wrong := l.rivals(&costs, least, l.scores[:])
	guess := right
	if wrong >= 0 {
		if l.scores[wrong] > l.scores[right] {
			guess = wrong
		}
		if l.scores[right] < l.scores[wrong]+actionMargin {
			l.action.update(right, wrong)
		} else if r, w := l.rivals(&costs, least, l.first[:]); l.first[r] < l.first[w]+actionMargin {
			l.action.updateEarly(r, w)
		}
	}
	if guess != right && l.exploring && l.random.Float64() < explore {
		return guess
	}
	return right
}

// rivals gives the best of the actions that cost least and the best of the others.
func (l *parseLearner) rivals(costs *[model.Actions]int, least int, scores []int32) (right, wrong int) {
	right, wrong = -1, -1
	for a := range model.Actions {
		if !l.state.Legal(a) {
			continue
		}
		if costs[a] == least {
			if right < 0 || scores[a] > scores[right] {
				right = a
			}
		} else if wrong < 0 || scores[a] > scores[wrong] {
			wrong = a
		}
	}
	return right, wrong
}

// cost counts the gold arcs that can no longer be built after the action.
func (l *parseLearner) cost(ex *example, action int) int {
	s := &l.state
	if action == model.Shift {
		return l.shiftCost(ex)
	}
	dep, head := s.Arc(action)
	cost := 0
	for _, d := range l.dependants[dep] {
		if int(d) >= s.Next {
			cost++
		}
	}
	gold := ex.heads[dep]
	if gold == head {
		return cost
	}
	below := int32(-2)
	if n := len(s.Stack); n > 1 {
		below = s.Stack[n-2]
	}
	if gold < 0 || int(gold) >= s.Next || gold == below {
		cost++
	}
	return cost
}

func (l *parseLearner) shiftCost(ex *example) int {
	s := &l.state
	next := int32(s.Next)
	cost := 0
	for i, w := range s.Stack {
		if ex.heads[w] == next || ex.heads[next] == w && i < len(s.Stack)-1 {
			cost++
		}
	}
	return cost
}

// name learns the relation of an arc, where the arc is right, and gives the one
// that the parser would choose.
func (l *parseLearner) name(ex *example, dep, head int32) uint8 {
	model.LabelRows(&l.state, dep, head, ex.domain, &l.rows)
	l.label.score(&l.rows, l.first[:], l.scores[:])
	gold := int(ex.labels[dep])
	guess, rival := bestTwo(l.scores[:l.label.classes], nil, gold)
	if ex.heads[dep] != head {
		return uint8(guess)
	}
	if l.scores[gold] < l.scores[rival]+labelMargin {
		l.label.update(gold, rival)
	} else if _, rival := bestTwo(l.first[:l.label.classes], nil, gold); l.first[gold] < l.first[rival]+labelMargin {
		l.label.updateEarly(gold, rival)
	}
	return uint8(guess)
}

// relations lists the relations of the sentences, most frequent first. The root
// needs no name from the model.
func relations(sentences []Sentence) []string {
	c := counter[string]{}
	for _, s := range sentences {
		for _, w := range s.Words {
			if w.Head >= 0 {
				c.add(w.Rel)
			}
		}
	}
	out := c.sorted(func(a, b string) int {
		if a < b {
			return -1
		}
		return 1
	})
	return out
}

// attach adds to the examples what the parser learns from: gold trees, and nodes
// tagged by taggers that have not seen the sentence.
func attach(examples []example, sentences []Sentence, m *model.Model, labels []string, set *tagset, o Options) {
	var (
		scratch model.Scratch
		tags    model.Tags
	)
	single := o
	single.Runs = 1
	for fold := range o.Folds {
		var rest []example
		for i := range examples {
			if i%o.Folds != fold {
				rest = append(rest, examples[i])
			}
		}
		tagger := trainTagger(rest, m.Tagger.Lexicon.Clusters, set, single)
		for i := fold; i < len(examples); i += o.Folds {
			ex, s := &examples[i], &sentences[i]
			tagger.Tag(ex.forms, ex.domain, &tags, &scratch)
			ex.nodes = nodes(m, s, ex.forms, &tags, nil)
			for j := range s.Words {
				ex.heads = append(ex.heads, int32(s.Words[j].Head))
				ex.labels = append(ex.labels, uint8(max(0, slices.Index(labels, s.Words[j].Rel))))
			}
		}
	}
}

// nodes are the words of a sentence as the parser sees them, tagged so.
func nodes(m *model.Model, s *Sentence, forms []model.Form, tags *model.Tags, buf []model.Node) []model.Node {
	buf = buf[:0]
	for j := range s.Words {
		c, b := m.Tagger.Classes[tags.Class[j]], m.Tagger.Bundles[tags.Bundle[j]]
		lemma := m.Lemmatizer.Lemma(s.Words[j].Form, c.POS, model.TagSeed(model.TagName(c.POS, c.Feats, b)))
		buf = append(buf, model.NewNode(&forms[j], lemma, tags.Class[j], tags.Bundle[j], model.KindOf(c)))
	}
	return buf
}
