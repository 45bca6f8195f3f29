package model

import (
	"math"
	"strings"
)

// Parser builds a dependency tree by arc-hybrid transitions, greedily: shift the
// next word onto the stack, attach the top of the stack to the next word (left)
// or to the word below it (right). A second table names the relation of each
// arc when it is made, when the dependant has all its own dependants.
type Parser struct {
	Labels []string // relations
	Action Cascade  // of Left and Right, beside Shift
	Label  Cascade
}

// The actions of the parser.
const (
	Shift = iota
	Left
	Right
	Actions
)

// Node is what the parser sees of a word.
type Node struct {
	Word    uint32 // hash of the folded word
	Lemma   uint32
	Suf     uint32 // hash of the last three letters
	Tag     uint32 // class
	Morph   uint32 // bundle
	Cluster uint32 // 0 for none
	Kind    Kind
}

// Kind is a coarse view of a word, counted over stretches of the sentence.
type Kind uint8

// The kinds that are counted.
const (
	OtherKind Kind = iota
	FiniteKind
	PunctKind
	OpenerKind // opens a clause: a conjunction or relative
	kinds
)

// KindOf gives the kind of a class.
func KindOf(c Class) Kind {
	switch {
	case c.POS == "PUNCT":
		return PunctKind
	case (c.POS == "VERB" || c.POS == "AUX") && strings.Contains(c.Feats, "VerbForm=Fin"):
		return FiniteKind
	case c.POS == "SCONJ" || strings.Contains(c.Feats, "Rel"):
		return OpenerKind
	}
	return OtherKind
}

// NewNode makes the node of a tagged word.
func NewNode(f *Form, lemma string, class, bundle uint8, kind Kind) Node {
	return Node{Word: f.Word, Cluster: f.Cluster, Suf: f.Suf[2], Lemma: fold32(hashString(fnvOffset, lemma)), Tag: uint32(class), Morph: uint32(bundle), Kind: kind}
}

// Tree holds the head (-1 for the root) and relation of each word.
type Tree struct {
	Head  []int32
	Label []uint8
}

// Resize makes room for n words.
func (t *Tree) Resize(n int) {
	if cap(t.Head) < n {
		t.Head, t.Label = make([]int32, n), make([]uint8, n)
	}
	t.Head, t.Label = t.Head[:n], t.Label[:n]
}

const none = -1

// State is a parse under way. The next word is Next; at len(Nodes) stands the
// root, which takes the last word of the stack.
type State struct {
	Nodes []Node
	Stack []int32
	Next  int
	Tree  Tree
	kids  []kids
	count [][kinds]uint16 // words of each kind before a place
}

// kids are the outermost dependants found so far on either side of a word.
type kids struct {
	left, left2, right, right2 int32
	lefts, rights              uint8
	labels                     uint64 // set of relations of all dependants
}

// Start begins a parse of the nodes.
func (s *State) Start(nodes []Node) {
	s.Nodes, s.Stack, s.Next = nodes, s.Stack[:0], 0
	s.Tree.Resize(len(nodes))
	if cap(s.kids) < len(nodes) {
		s.kids = make([]kids, len(nodes))
	}
	s.kids = s.kids[:len(nodes)]
	s.countKinds()
	for i := range s.kids {
		s.kids[i] = kids{left: none, left2: none, right: none, right2: none}
		s.Tree.Head[i] = none
	}
}

func (s *State) countKinds() {
	s.count = append(s.count[:0], [kinds]uint16{})
	for i := range s.Nodes {
		c := s.count[i]
		c[s.Nodes[i].Kind]++
		s.count = append(s.count, c)
	}
}

// between describes the words after from and before to: how many finite verbs,
// marks and clause openers, up to two, three and one.
func (s *State) between(from, to int32) uint32 {
	if from < 0 || to <= from+1 {
		return 0
	}
	a, b := &s.count[from+1], &s.count[to]
	return uint32(min(b[FiniteKind]-a[FiniteKind], 2))<<4 | uint32(min(b[PunctKind]-a[PunctKind], 3))<<2 |
		uint32(min(b[OpenerKind]-a[OpenerKind], 1)) | 64
}

// ahead describes the words after a place to the end.
func (s *State) ahead(from int32) uint32 {
	return s.between(from, int32(len(s.Nodes)))
}

// Done says that every word has its head.
func (s *State) Done() bool { return s.Next == len(s.Nodes) && len(s.Stack) == 0 }

// Legal says whether the action can be taken; one always can until Done. The
// root takes one word only.
func (s *State) Legal(action int) bool {
	switch action {
	case Shift:
		return s.Next < len(s.Nodes)
	case Left:
		return len(s.Stack) > 0 && (s.Next < len(s.Nodes) || len(s.Stack) == 1)
	}
	return len(s.Stack) > 1
}

// Arc gives the dependant and head that a Left or Right would join; the head
// is -1 for the root.
func (s *State) Arc(action int) (dep, head int32) {
	n := len(s.Stack)
	dep = s.Stack[n-1]
	if action == Right {
		return dep, s.Stack[n-2]
	}
	if s.Next == len(s.Nodes) {
		return dep, none
	}
	return dep, int32(s.Next)
}

// Shift moves the next word onto the stack.
func (s *State) Shift() {
	s.Stack = append(s.Stack, int32(s.Next))
	s.Next++
}

// Join attaches the top of the stack to head with the relation and drops it.
func (s *State) Join(dep, head int32, label uint8) {
	s.Stack = s.Stack[:len(s.Stack)-1]
	s.Tree.Head[dep], s.Tree.Label[dep] = head, label
	if head == none {
		return
	}
	k := &s.kids[head]
	k.labels |= 1 << (label & 63)
	if dep < head {
		k.left2, k.left = k.left, dep
		k.lefts = min(k.lefts+1, 6)
		return
	}
	k.right2, k.right = k.right, dep
	k.rights = min(k.rights+1, 6)
}

// Parse builds the tree of one sentence; it is valid until s is used again.
func (p *Parser) Parse(nodes []Node, domain Domain, s *Scratch) *Tree {
	st := &s.state
	st.Start(nodes)
	for !st.Done() {
		action := p.action(domain, s)
		if action == Shift {
			st.Shift()
			continue
		}
		dep, head := st.Arc(action)
		label := uint8(0)
		if head != none {
			label = p.label(dep, head, domain, s)
		}
		st.Join(dep, head, label)
	}
	return &st.Tree
}

func (p *Parser) action(domain Domain, s *Scratch) int {
	st, c := &s.state, &p.Action
	if only := st.only(); only >= 0 {
		return only
	}
	var v actionView
	v.of(st, domain)
	v.early(&s.rows)
	c.Early.Score(s.rows.Early(), &s.sheet)
	first, lead := bestAction(st, &s.sheet)
	if lead >= c.Lead {
		return first
	}
	v.late(&s.rows)
	c.Late.Add(s.rows.Late(), &s.sheet)
	action, _ := bestAction(st, &s.sheet)
	s.Watch.tell(c, lead, action == first)
	return action
}

func (p *Parser) label(dep, head int32, domain Domain, s *Scratch) uint8 {
	c, v := &p.Label, labelView{}
	v.of(&s.state, dep, head, domain)
	v.early(&s.rows)
	c.Early.Score(s.rows.Early(), &s.sheet)
	scores := s.sheet.Of[:len(p.Labels)]
	first, lead := top(scores)
	if lead >= c.Lead {
		return uint8(first)
	}
	v.late(&s.rows)
	c.Late.Add(s.rows.Late(), &s.sheet)
	label, _ := top(scores)
	s.Watch.tell(c, lead, label == first)
	return uint8(label)
}

// only gives the action where no other is legal, else -1.
func (s *State) only() int {
	n, more := len(s.Stack), s.Next < len(s.Nodes)
	switch {
	case n == 0:
		return Shift
	case more:
		return -1
	case n == 1:
		return Left
	}
	return Right
}

// bestAction gives the legal action with the highest score and its lead over the
// next, where the sentence has words left; Shift scores 0.
func bestAction(s *State, sheet *Sheet) (action int, lead int32) {
	left, right := sheet.Of[Left-1], sheet.Of[Right-1]
	if len(s.Stack) < 2 {
		right = math.MinInt32 / 2
	}
	switch {
	case left <= 0 && right <= 0:
		return Shift, -max(left, right)
	case left >= right:
		return Left, left - max(right, 0)
	}
	return Right, right - max(left, 0)
}

// empty stands where there is no word, root for the root.
var (
	empty    = Node{Word: 2, Cluster: 257, Lemma: 2, Tag: 254, Morph: 254}
	rootNode = Node{Word: 3, Cluster: 258, Lemma: 3, Tag: 253, Morph: 253}
	noKids   = kids{left: none, left2: none, right: none, right2: none}
)

func (s *State) node(i int32) *Node {
	switch {
	case i >= 0 && int(i) < len(s.Nodes):
		return &s.Nodes[i]
	case int(i) == len(s.Nodes):
		return &rootNode
	}
	return &empty
}

func (s *State) kidsOf(i int32) *kids {
	if i < 0 || int(i) >= len(s.kids) {
		return &noKids
	}
	return &s.kids[i]
}

func (s *State) labelOf(i int32) uint32 {
	if i < 0 || int(i) >= len(s.Nodes) {
		return 255
	}
	return uint32(s.Tree.Label[i])
}

func (s *State) stack(depth int) int32 {
	if n := len(s.Stack); depth < n {
		return s.Stack[n-1-depth]
	}
	return none
}

// distance puts the space between two words into classes.
func distance(from, to int32) uint32 {
	d := to - from
	if d < 0 {
		d = -d
	}
	switch {
	case from < 0 || to < 0:
		return 0
	case d < 5:
		return uint32(d)
	case d < 7:
		return 5
	case d < 11:
		return 6
	case d < 20:
		return 7
	}
	return 8
}
