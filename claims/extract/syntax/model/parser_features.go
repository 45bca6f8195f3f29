package model

// The roles in which the parser looks at words, and the places in each.
const (
	roleS0 = roleAction + 8*iota
	roleS1
	roleS2
	roleB0
	roleB1
	roleB2
	roleState
)

const (
	placeWord = iota
	placeLemma
	placeTag
	placeMorph
	placeCluster
	placeLabels
	placeSuffix
)

// seen are the parts of a word in its role.
type seen struct{ word, lemma, tag, morph, cluster, labels uint64 }

func (p *seen) look(role uint32, n *Node, k *kids) {
	p.word, p.lemma, p.tag = part(role+placeWord, n.Word), part(role+placeLemma, n.Lemma), part(role+placeTag, n.Tag)
	p.morph, p.cluster = part(role+placeMorph, n.Morph), part(role+placeCluster, n.Cluster)
	p.labels = part(role+placeLabels, fold32(k.labels*mulB))
}

// glance looks at the word and its tag only.
func (p *seen) glance(role uint32, n *Node) {
	p.word, p.tag = part(role+placeWord, n.Word), part(role+placeTag, n.Tag)
}

// actionView is what the features of a state look at: the two or three words on
// top of the stack (s0, s1, s2), the next three words (b0, b1, b2), the dependants
// found so far and the words between and ahead.
type actionView struct {
	s          *State
	clusters   bool
	domain     Domain
	i0, i1, j0 int32 // where s0, s1 and b0 stand
	s0, s1, b0 seen
	s2, b1, b2 seen
	k0, k1, kb *kids
	arc0, arc1 uint64 // tags of s0 and b0, and of s1 and s0
	mark       uint64 // s0's last dependant on the left
	w0, w1     uint64 // words between s0 and b0, and s1 and s0
}

func (v *actionView) of(s *State, domain Domain) {
	v.s, v.domain, v.i0, v.i1, v.j0 = s, domain, s.stack(0), s.stack(1), int32(s.Next)
	v.clusters = s.Nodes[0].Cluster != noClusters
	v.k0, v.k1, v.kb = s.kidsOf(v.i0), s.kidsOf(v.i1), s.kidsOf(v.j0)
	v.s0.look(roleS0, s.node(v.i0), v.k0)
	v.s1.look(roleS1, s.node(v.i1), v.k1)
	v.b0.look(roleB0, s.node(v.j0), v.kb)
	v.s2.glance(roleS2, s.node(s.stack(2)))
	v.b1.glance(roleB1, s.node(next(s, 1)))
	v.b2.glance(roleB2, s.node(next(s, 2)))
	v.arc0, v.arc1 = v.s0.tag+v.b0.tag, v.s1.tag+v.s0.tag
	v.mark = v.part(0, s.node(v.k0.left).Word)
	v.w0, v.w1 = v.part(1, s.between(v.i0, v.j0)), v.part(2, s.between(v.i1, v.i0))
}

// part hashes what is no property of one of the six words.
func (v *actionView) part(place, value uint32) uint64 { return part(roleState+place, value) }

// early gives the features that decide most states alone.
func (v *actionView) early(rows *Rows) {
	if !v.domain.Mixed {
		v.leanEarly(rows)
		return
	}
	f := &rows.early
	f.far(0, v.s0.word+v.arc0)
	f.far(1, v.arc0+v.b0.word)
	f.far(2, v.s1.word+v.arc1)
	f.far(3, v.arc1+v.s0.word)
	f.near(4, v.arc0+v.b1.tag)
	f.near(5, v.b0.tag+v.b1.tag+v.b2.tag)
	f.near(6, v.arc1+v.b0.tag)
	f.far(7, v.arc1+v.b0.tag+v.b1.tag)
	f.far(8, v.s0.word+v.b0.tag+v.b1.tag)
	f.far(9, v.arc1+v.b0.word)
	f.far(10, v.s1.word+v.arc0)
	f.far(11, v.arc1+v.mark)
	f.near(12, v.arc0+v.s0.labels)
	f.near(13, v.arc1+v.s1.labels)
	f.near(14, v.arc1+v.s0.labels)
	f.near(15, v.arc0+v.part(3, distance(v.i0, v.j0)))
	f.near(16, v.arc0+v.w0)
	f.near(17, v.arc1+v.w1)
	f.near(18, v.arc1+v.b0.tag+v.w1)
	f.far(19, v.arc0+v.b1.tag+v.b2.tag+v.part(4, v.s.tag(next(v.s, 3))))
	f.far(20, v.s2.tag+v.arc1+v.b0.tag)
	f.far(21, v.s0.lemma+v.b0.lemma)
	f.far(22, v.s1.lemma+v.s0.lemma)
	rows.nEarly = 23
	if v.clusters {
		f.far(23, v.s0.cluster+v.arc0)
		f.far(24, v.b0.cluster+v.arc0)
		f.far(25, v.s1.cluster+v.arc0)
		rows.nEarly = 26
	}
	in := v.part(14, v.domain.Treebank)
	rows.addEarly(26, in+v.arc0)
	rows.addEarly(27, in+v.arc1)
}

// late gives the others.
func (v *actionView) late(rows *Rows) {
	if !v.domain.Mixed {
		v.leanLate(rows)
		return
	}
	f := &rows.late
	v.words(f)
	v.dependants(f)
	v.distances(f)
	rows.nLate = 61
	if v.clusters {
		f.far(61, v.s0.cluster+v.b0.cluster)
		f.far(62, v.s1.cluster+v.s0.cluster)
		f.far(63, v.s1.tag+v.s0.cluster+v.b0.tag)
		rows.nLate = 64
	}
}

func (v *actionView) words(f *lateRows) {
	f.far(0, v.s0.word+v.s0.tag)
	f.far(1, v.s1.word+v.s1.tag)
	f.far(2, v.b0.word+v.b0.tag)
	f.far(3, v.b1.word+v.b1.tag)
	f.far(4, v.b2.word+v.b2.tag)
	f.far(5, v.s2.word+v.s2.tag)
	f.far(6, v.s0.word)
	f.far(7, v.s1.word)
	f.far(8, v.b0.word)
	f.near(9, v.s0.tag)
	f.near(10, v.s1.tag)
	f.near(11, v.b0.tag)
	f.near(12, v.b1.tag)
	f.far(13, v.s0.word+v.b0.word+v.arc0)
	f.near(14, v.arc0)
	f.far(15, v.s1.word+v.s0.word+v.arc1)
	f.near(16, v.arc1)
	f.near(17, v.s1.tag+v.b0.tag)
	f.far(18, v.s1.word+v.b0.word+v.s1.tag+v.b0.tag)
	f.near(19, v.b0.tag+v.b1.tag)
	f.near(20, v.s2.tag+v.arc1)
	f.far(21, v.s1.lemma+v.arc0)
	f.near(22, v.arc0+v.s0.morph+v.b0.morph)
	f.near(23, v.arc1+v.s1.morph+v.s0.morph)
}

func (v *actionView) dependants(f *lateRows) {
	s := v.s
	left0, right0 := v.part(5, s.tag(v.k0.left)), v.part(6, s.tag(v.k0.right))
	left1, right1 := v.part(7, s.tag(v.k1.left)), v.part(8, s.tag(v.k1.right))
	label0, label1 := v.part(9, s.labelOf(v.k0.right)), v.part(10, s.labelOf(v.k1.right))
	f.near(24, v.arc1+right1)
	f.near(25, v.arc1+left1)
	f.near(26, v.arc0+left0)
	f.near(27, v.arc0+right0)
	f.near(28, v.arc0+v.part(11, s.tag(v.kb.left)))
	f.near(29, v.arc1+right0)
	f.near(30, v.arc1+left0)
	f.near(31, v.s0.tag+v.part(12, s.labelOf(v.k0.left))+label0)
	f.near(32, v.s1.tag+v.part(13, s.labelOf(v.k1.left))+label1)
	f.far(33, v.s0.tag+v.s0.word+v.s0.labels)
	f.near(34, v.arc0+v.b0.labels)
	f.far(35, v.s1.word+v.s1.tag+v.s1.labels)
	f.near(36, v.arc1+label0+label1)
	f.near(37, v.arc0+v.mark)
	f.far(38, v.s1.lemma+v.mark+v.s0.lemma)
	f.far(39, v.arc1+v.s0.labels+v.s1.labels)
	f.far(40, v.arc0+v.s0.labels+v.b0.labels)
	f.far(41, v.s0.lemma+v.b0.tag+v.s0.labels)
}

func (v *actionView) distances(f *lateRows) {
	s := v.s
	d0, in := v.part(3, distance(v.i0, v.j0)), v.part(14, v.domain.Treebank)
	f.far(42, v.s0.word+d0)
	f.near(43, v.s0.tag+d0)
	f.near(44, v.b0.tag+d0)
	f.near(45, v.arc1+v.part(15, distance(v.i1, v.i0)))
	f.near(46, v.s0.tag+v.part(16, uint32(v.k0.lefts)<<8|uint32(v.k0.rights)))
	f.near(47, v.s1.tag+v.part(17, uint32(v.k1.lefts)<<8|uint32(v.k1.rights)))
	f.near(48, v.b0.tag+v.part(18, uint32(v.kb.lefts)))
	f.near(49, v.arc0+v.part(19, s.tag(v.j0-1)))
	f.near(50, v.arc0+v.part(20, s.tag(v.i0+1)))
	f.near(51, v.arc1+v.part(21, s.tag(v.i0-1)))
	f.near(52, in+v.arc0)
	f.near(53, in+v.arc1)
	f.near(54, in+v.s0.word)
	f.near(55, in+v.b0.word)
	f.far(56, v.s0.lemma+v.b0.tag+v.w0)
	f.far(57, v.s1.lemma+v.s0.tag+v.w1)
	f.far(58, v.arc0+v.part(22, s.ahead(v.j0)))
	f.far(59, v.s1.labels+v.s1.tag+v.b0.tag)
	f.far(60, v.b0.labels+v.b0.tag+v.b0.word)
}

func next(s *State, ahead int) int32 {
	if i := s.Next + ahead; i <= len(s.Nodes) {
		return int32(i)
	}
	return none
}

func (s *State) tag(i int32) uint32 { return s.node(i).Tag }

// ActionRows gives the features of the state for the next action.
func ActionRows(s *State, domain Domain, rows *Rows) {
	var v actionView
	v.of(s, domain)
	v.early(rows)
	v.late(rows)
}
