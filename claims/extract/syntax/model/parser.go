package model

// Parser builds a dependency tree by arc-hybrid transitions, greedily: shift the
// next word onto the stack, attach the top of the stack to the next word (left)
// or to the word below it (right). A second table names the relation of each
// arc when it is made, when the dependant has all its own dependants.
type Parser struct {
	Labels []string // relations
	Action *Table
	Label  *Table
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
	Word  uint32 // hash of the folded word
	Lemma uint32
	Tag   uint32 // class
	Morph uint32 // bundle
}

// NewNode makes the node of a tagged word.
func NewNode(f *Form, lemma string, class, bundle uint8) Node {
	return Node{Word: f.Word, Lemma: fold32(hashString(fnvOffset, lemma)), Tag: uint32(class), Morph: uint32(bundle)}
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
	for i := range s.kids {
		s.kids[i] = kids{left: none, left2: none, right: none, right2: none}
		s.Tree.Head[i] = none
	}
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
func (p *Parser) Parse(nodes []Node, domain uint32, s *Scratch) *Tree {
	st := &s.state
	st.Start(nodes)
	for !st.Done() {
		s.rows = ActionRows(st, domain, p.Action.Bits, s.rows)
		p.Action.Score(s.rows, s.scores[:])
		action := BestAction(st, s.scores[:])
		if action == Shift {
			st.Shift()
			continue
		}
		dep, head := st.Arc(action)
		if head == none {
			st.Join(dep, head, 0)
			continue
		}
		s.rows = LabelRows(st, dep, head, domain, p.Label.Bits, s.rows)
		p.Label.Score(s.rows, s.scores[:])
		st.Join(dep, head, uint8(best(s.scores[:p.Label.Classes])))
	}
	return &st.Tree
}

// BestAction gives the legal action with the highest score.
func BestAction(s *State, scores []int32) int {
	at := -1
	for a := range Actions {
		if s.Legal(a) && (at < 0 || scores[a] > scores[at]) {
			at = a
		}
	}
	return at
}

// empty stands where there is no word, root for the root.
var (
	empty    = Node{Word: 2, Lemma: 2, Tag: 254, Morph: 254}
	rootNode = Node{Word: 3, Lemma: 3, Tag: 253, Morph: 253}
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

func setHash(labels uint64) uint32 { return fold32(labels * mulB) }

func pair(a, b uint32) uint32 { return a<<8 | b }

// ActionRows gives the features of the state for the next action.
func ActionRows(s *State, domain uint32, bits int, buf []uint32) []uint32 {
	f := newFeatures(buf, bits)
	i0, i1, i2, j0 := s.stack(0), s.stack(1), s.stack(2), int32(s.Next)
	s0, s1, s2 := s.node(i0), s.node(i1), s.node(i2)
	b0, b1, b2 := s.node(j0), s.node(next(s, 1)), s.node(next(s, 2))
	k0, k1, kb := s.kidsOf(i0), s.kidsOf(i1), s.kidsOf(j0)

	f.one(1, s0.Word)
	f.two(2, s0.Word, s0.Tag)
	f.one(3, s0.Tag)
	f.one(4, s1.Word)
	f.two(5, s1.Word, s1.Tag)
	f.one(6, s1.Tag)
	f.one(7, b0.Word)
	f.two(8, b0.Word, b0.Tag)
	f.one(9, b0.Tag)
	f.two(10, b1.Word, b1.Tag)
	f.one(11, b1.Tag)
	f.two(12, b2.Word, b2.Tag)
	f.two(13, s2.Word, s2.Tag)

	f.three(14, s0.Word, b0.Word, pair(s0.Tag, b0.Tag))
	f.three(15, s0.Word, s0.Tag, b0.Tag)
	f.three(16, s0.Tag, b0.Word, b0.Tag)
	f.two(17, s0.Tag, b0.Tag)
	f.three(18, s1.Word, s0.Word, pair(s1.Tag, s0.Tag))
	f.three(19, s1.Word, s1.Tag, s0.Tag)
	f.three(20, s1.Tag, s0.Word, s0.Tag)
	f.two(21, s1.Tag, s0.Tag)
	f.two(22, s1.Tag, b0.Tag)
	f.three(23, s1.Word, b0.Word, pair(s1.Tag, b0.Tag))
	f.two(24, b0.Tag, b1.Tag)

	f.three(25, s0.Tag, b0.Tag, b1.Tag)
	f.three(26, b0.Tag, b1.Tag, b2.Tag)
	f.three(27, s1.Tag, s0.Tag, b0.Tag)
	f.three(28, s2.Tag, s1.Tag, s0.Tag)
	f.three(29, s1.Tag, pair(s0.Tag, b0.Tag), b1.Tag)
	f.three(30, s0.Word, b0.Tag, b1.Tag)
	f.three(31, s1.Tag, s0.Tag, b0.Word)
	f.three(32, s1.Word, s0.Tag, b0.Tag)

	f.three(33, s1.Tag, s.tag(k1.right), s0.Tag)
	f.three(34, s1.Tag, s.tag(k1.left), s0.Tag)
	f.three(35, s0.Tag, s.tag(k0.left), b0.Tag)
	f.three(36, s0.Tag, s.tag(k0.right), b0.Tag)
	f.three(37, s0.Tag, b0.Tag, s.tag(kb.left))
	f.three(38, s1.Tag, s0.Tag, s.tag(k0.right))
	f.three(39, s1.Tag, s0.Tag, s.tag(k0.left))
	f.three(40, s0.Tag, s.labelOf(k0.left), s.labelOf(k0.right))
	f.three(41, s1.Tag, s.labelOf(k1.left), s.labelOf(k1.right))
	f.three(42, s1.Tag, s0.Tag, s.node(k0.left).Word)
	f.three(43, s0.Tag, s0.Word, setHash(k0.labels))
	f.three(44, s0.Tag, b0.Tag, setHash(k0.labels))
	f.three(45, s1.Tag, s0.Tag, setHash(k1.labels))
	f.three(46, s1.Tag, s0.Tag, setHash(k0.labels))
	f.three(47, s0.Tag, b0.Tag, setHash(kb.labels))
	f.three(48, s1.Word, s1.Tag, setHash(k1.labels))

	d0, d1 := distance(i0, j0), distance(i1, i0)
	f.two(49, s0.Word, d0)
	f.two(50, s0.Tag, d0)
	f.two(51, b0.Tag, d0)
	f.three(52, s0.Tag, b0.Tag, d0)
	f.three(53, s1.Tag, s0.Tag, d1)
	f.three(54, s0.Tag, uint32(k0.lefts), uint32(k0.rights))
	f.three(55, s1.Tag, uint32(k1.lefts), uint32(k1.rights))
	f.two(56, b0.Tag, uint32(kb.lefts))

	f.three(57, s0.Tag, b0.Tag, s.tag(j0-1))
	f.three(58, s0.Tag, b0.Tag, s.tag(i0+1))
	f.three(59, s1.Tag, s0.Tag, s.tag(i0-1))
	f.three(60, s0.Tag, b0.Tag, pair(s0.Morph, b0.Morph))
	f.three(61, s1.Tag, s0.Tag, pair(s1.Morph, s0.Morph))
	f.three(62, domain, s0.Tag, b0.Tag)
	f.three(63, domain, s1.Tag, s0.Tag)
	f.two(64, domain, s0.Word)
	f.two(65, domain, b0.Word)
	f.three(66, s0.Lemma, b0.Lemma, 0)
	f.three(67, s1.Lemma, s0.Lemma, 0)
	f.three(68, s1.Lemma, b0.Tag, s0.Tag)
	f.three(69, s0.Lemma, b0.Tag, setHash(k0.labels))
	return f.rows
}

func next(s *State, ahead int) int32 {
	if i := s.Next + ahead; i <= len(s.Nodes) {
		return int32(i)
	}
	return none
}

func (s *State) tag(i int32) uint32 { return s.node(i).Tag }

// LabelRows gives the features of an arc for its relation.
func LabelRows(s *State, dep, head int32, domain uint32, bits int, buf []uint32) []uint32 {
	f := newFeatures(buf, bits)
	d, h := s.node(dep), s.node(head)
	kd, kh := s.kidsOf(dep), s.kidsOf(head)
	side := uint32(0)
	if dep > head {
		side = 1
	}
	dist := distance(head, dep)<<1 | side

	f.two(129, d.Word, side)
	f.two(130, h.Word, side)
	f.three(131, d.Tag, h.Tag, side)
	f.three(132, d.Word, h.Tag, side)
	f.three(133, d.Tag, h.Word, side)
	f.three(134, d.Lemma, h.Lemma, side)
	f.three(135, d.Tag, h.Tag, dist)
	f.three(136, d.Tag, s.node(kd.left).Word, side)
	f.three(137, pair(d.Tag, h.Tag), s.node(kd.left).Word, side)
	f.three(138, h.Word, s.node(kd.left).Word, side)
	f.three(139, d.Tag, setHash(kd.labels), side)
	f.three(140, pair(d.Tag, h.Tag), setHash(kd.labels), side)
	f.three(141, pair(d.Tag, h.Tag), setHash(kh.labels), side)
	f.three(142, h.Lemma, setHash(kh.labels), pair(d.Tag, side))
	f.three(143, pair(d.Tag, h.Tag), s.tag(dep-1), side)
	f.three(144, pair(d.Tag, h.Tag), s.tag(dep+1), side)
	f.three(145, pair(d.Tag, h.Tag), s.tag(head-1), side)
	f.three(146, pair(d.Tag, h.Tag), s.tag(head+1), side)
	f.three(147, pair(d.Tag, h.Tag), pair(d.Morph, h.Morph), side)
	f.three(148, d.Word, d.Tag, side)
	f.three(149, domain, pair(d.Tag, h.Tag), side)
	f.three(150, domain, d.Word, side)
	f.three(151, domain, h.Word, side)
	f.three(152, h.Lemma, d.Tag, setHash(kd.labels))
	f.three(153, d.Tag, s.node(kd.left2).Word, side)
	f.three(154, pair(d.Tag, h.Tag), s.tag(kd.left), s.tag(kd.right))
	f.three(155, h.Lemma, d.Lemma, s.node(kd.left).Word)
	f.three(156, d.Tag, s.labelOf(kh.right), s.labelOf(kh.left))
	f.three(157, d.Lemma, setHash(kd.labels), side)
	return f.rows
}
