package model

// view is what the features of a state look at: the two or three words on top of
// the stack (s0, s1, s2), the next three words (b0, b1, b2) and the dependants
// found so far.
type view struct {
	s                      *State
	i0, i1, j0             int32 // where s0, s1 and b0 stand
	s0, s1, s2, b0, b1, b2 *Node
	k0, k1, kb             *kids
}

// ActionRows gives the features of the state for the next action.
func ActionRows(s *State, domain uint32, buf []uint32) []uint32 {
	v := view{s: s, i0: s.stack(0), i1: s.stack(1), j0: int32(s.Next)}
	v.s0, v.s1, v.s2 = s.node(v.i0), s.node(v.i1), s.node(s.stack(2))
	v.b0, v.b1, v.b2 = s.node(v.j0), s.node(next(s, 1)), s.node(next(s, 2))
	v.k0, v.k1, v.kb = s.kidsOf(v.i0), s.kidsOf(v.i1), s.kidsOf(v.j0)
	f := features(buf[:0])
	v.words(&f)
	v.pairs(&f)
	v.dependants(&f)
	v.distances(&f, domain)
	v.stretches(&f)
	v.clusters(&f)
	return f
}

func (v *view) words(f *features) {
	f.one(1, v.s0.Word)
	f.two(2, v.s0.Word, v.s0.Tag)
	f.one(3, v.s0.Tag)
	f.one(4, v.s1.Word)
	f.two(5, v.s1.Word, v.s1.Tag)
	f.one(6, v.s1.Tag)
	f.one(7, v.b0.Word)
	f.two(8, v.b0.Word, v.b0.Tag)
	f.one(9, v.b0.Tag)
	f.two(10, v.b1.Word, v.b1.Tag)
	f.one(11, v.b1.Tag)
	f.two(12, v.b2.Word, v.b2.Tag)
	f.two(13, v.s2.Word, v.s2.Tag)
}

func (v *view) pairs(f *features) {
	f.three(14, v.s0.Word, v.b0.Word, pair(v.s0.Tag, v.b0.Tag))
	f.three(15, v.s0.Word, v.s0.Tag, v.b0.Tag)
	f.three(16, v.s0.Tag, v.b0.Word, v.b0.Tag)
	f.two(17, v.s0.Tag, v.b0.Tag)
	f.three(18, v.s1.Word, v.s0.Word, pair(v.s1.Tag, v.s0.Tag))
	f.three(19, v.s1.Word, v.s1.Tag, v.s0.Tag)
	f.three(20, v.s1.Tag, v.s0.Word, v.s0.Tag)
	f.two(21, v.s1.Tag, v.s0.Tag)
	f.two(22, v.s1.Tag, v.b0.Tag)
	f.three(23, v.s1.Word, v.b0.Word, pair(v.s1.Tag, v.b0.Tag))
	f.two(24, v.b0.Tag, v.b1.Tag)

	f.three(25, v.s0.Tag, v.b0.Tag, v.b1.Tag)
	f.three(26, v.b0.Tag, v.b1.Tag, v.b2.Tag)
	f.three(27, v.s1.Tag, v.s0.Tag, v.b0.Tag)
	f.three(28, v.s2.Tag, v.s1.Tag, v.s0.Tag)
	f.three(29, v.s1.Tag, pair(v.s0.Tag, v.b0.Tag), v.b1.Tag)
	f.three(30, v.s0.Word, v.b0.Tag, v.b1.Tag)
	f.three(31, v.s1.Tag, v.s0.Tag, v.b0.Word)
	f.three(32, v.s1.Word, v.s0.Tag, v.b0.Tag)
}

func (v *view) dependants(f *features) {
	f.three(33, v.s1.Tag, v.s.tag(v.k1.right), v.s0.Tag)
	f.three(34, v.s1.Tag, v.s.tag(v.k1.left), v.s0.Tag)
	f.three(35, v.s0.Tag, v.s.tag(v.k0.left), v.b0.Tag)
	f.three(36, v.s0.Tag, v.s.tag(v.k0.right), v.b0.Tag)
	f.three(37, v.s0.Tag, v.b0.Tag, v.s.tag(v.kb.left))
	f.three(38, v.s1.Tag, v.s0.Tag, v.s.tag(v.k0.right))
	f.three(39, v.s1.Tag, v.s0.Tag, v.s.tag(v.k0.left))
	f.three(40, v.s0.Tag, v.s.labelOf(v.k0.left), v.s.labelOf(v.k0.right))
	f.three(41, v.s1.Tag, v.s.labelOf(v.k1.left), v.s.labelOf(v.k1.right))
	f.three(42, v.s1.Tag, v.s0.Tag, v.s.node(v.k0.left).Word)
	f.three(43, v.s0.Tag, v.s0.Word, setHash(v.k0.labels))
	f.three(44, v.s0.Tag, v.b0.Tag, setHash(v.k0.labels))
	f.three(45, v.s1.Tag, v.s0.Tag, setHash(v.k1.labels))
	f.three(46, v.s1.Tag, v.s0.Tag, setHash(v.k0.labels))
	f.three(47, v.s0.Tag, v.b0.Tag, setHash(v.kb.labels))
	f.three(48, v.s1.Word, v.s1.Tag, setHash(v.k1.labels))
}

func (v *view) distances(f *features, domain uint32) {
	d0, d1 := distance(v.i0, v.j0), distance(v.i1, v.i0)
	f.two(49, v.s0.Word, d0)
	f.two(50, v.s0.Tag, d0)
	f.two(51, v.b0.Tag, d0)
	f.three(52, v.s0.Tag, v.b0.Tag, d0)
	f.three(53, v.s1.Tag, v.s0.Tag, d1)
	f.three(54, v.s0.Tag, uint32(v.k0.lefts), uint32(v.k0.rights))
	f.three(55, v.s1.Tag, uint32(v.k1.lefts), uint32(v.k1.rights))
	f.two(56, v.b0.Tag, uint32(v.kb.lefts))

	f.three(57, v.s0.Tag, v.b0.Tag, v.s.tag(v.j0-1))
	f.three(58, v.s0.Tag, v.b0.Tag, v.s.tag(v.i0+1))
	f.three(59, v.s1.Tag, v.s0.Tag, v.s.tag(v.i0-1))
	f.three(60, v.s0.Tag, v.b0.Tag, pair(v.s0.Morph, v.b0.Morph))
	f.three(61, v.s1.Tag, v.s0.Tag, pair(v.s1.Morph, v.s0.Morph))
	f.three(62, domain, v.s0.Tag, v.b0.Tag)
	f.three(63, domain, v.s1.Tag, v.s0.Tag)
	f.two(64, domain, v.s0.Word)
	f.two(65, domain, v.b0.Word)
	f.three(66, v.s0.Lemma, v.b0.Lemma, 0)
	f.three(67, v.s1.Lemma, v.s0.Lemma, 0)
	f.three(68, v.s1.Lemma, v.b0.Tag, v.s0.Tag)
}

// stretches are the words between and ahead, summed up.
func (v *view) stretches(f *features) {
	w0, w1 := v.s.between(v.i0, v.j0), v.s.between(v.i1, v.i0)
	f.three(70, v.s0.Tag, v.b0.Tag, w0)
	f.three(71, v.s1.Tag, v.s0.Tag, w1)
	f.three(72, v.s0.Lemma, v.b0.Tag, w0)
	f.three(73, v.s1.Lemma, v.s0.Tag, w1)
	f.three(74, v.s0.Tag, v.b0.Tag, v.s.ahead(v.j0))
	f.three(75, pair(v.s1.Tag, v.s0.Tag), v.b0.Tag, w1)
	f.three(76, pair(v.s0.Tag, v.b0.Tag), pair(v.b1.Tag, v.b2.Tag), v.s.tag(next(v.s, 3)))
	f.three(77, pair(v.s1.Tag, v.s0.Tag), v.s.labelOf(v.k0.right), v.s.labelOf(v.k1.right))
	f.three(78, v.s0.Tag, v.s.node(v.k0.left).Word, v.b0.Tag)
	f.three(79, pair(v.s2.Tag, v.s1.Tag), v.s0.Tag, v.b0.Tag)
	f.three(80, v.s1.Lemma, v.s.node(v.k0.left).Word, v.s0.Lemma)
	f.three(81, pair(v.s1.Tag, v.s0.Tag), setHash(v.k0.labels), setHash(v.k1.labels))
	f.three(82, pair(v.s0.Tag, v.b0.Tag), setHash(v.k0.labels), setHash(v.kb.labels))
	f.three(69, v.s0.Lemma, v.b0.Tag, setHash(v.k0.labels))
}

// clusters are what words that were hardly seen have in common with others.
func (v *view) clusters(f *features) {
	if v.s.Nodes[0].Cluster == noClusters {
		return
	}
	f.three(90, v.s0.Cluster, v.b0.Cluster, 0)
	f.three(91, v.s1.Cluster, v.s0.Cluster, 0)
	f.three(92, v.s0.Cluster, v.b0.Tag, v.s0.Tag)
	f.three(93, v.s0.Tag, v.b0.Cluster, v.b0.Tag)
	f.three(94, v.s1.Cluster, v.s0.Tag, v.b0.Tag)
	f.three(95, v.s1.Tag, v.s0.Cluster, v.b0.Tag)
}

func setHash(labels uint64) uint32 { return fold32(labels * mulB) }

func pair(a, b uint32) uint32 { return a<<8 | b }

func next(s *State, ahead int) int32 {
	if i := s.Next + ahead; i <= len(s.Nodes) {
		return int32(i)
	}
	return none
}

func (s *State) tag(i int32) uint32 { return s.node(i).Tag }

// LabelRows gives the features of an arc for its relation.
func LabelRows(s *State, dep, head int32, domain uint32, buf []uint32) []uint32 {
	f := features(buf[:0])
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
	w := s.between(min(head, dep), max(head, dep))
	f.three(158, pair(d.Tag, h.Tag), w, side)
	f.three(159, h.Lemma, pair(d.Tag, side), w)
	f.three(160, pair(d.Tag, h.Tag), setHash(kd.labels), setHash(kh.labels))
	f.three(161, h.Lemma, s.node(kd.left).Word, pair(d.Tag, side))
	f.three(162, d.Suf, h.Tag, side)
	f.three(163, h.Suf, d.Tag, side)
	f.three(164, pair(d.Tag, h.Tag), s.tag(kh.left), s.tag(kh.right))
	if d.Cluster != noClusters {
		f.three(170, d.Cluster, h.Cluster, side)
		f.three(171, d.Cluster, pair(h.Tag, d.Tag), side)
		f.three(172, h.Cluster, d.Tag, s.node(kd.left).Word)
		f.three(173, d.Cluster, h.Tag, s.node(kd.left).Word)
	}
	f.three(157, d.Lemma, setHash(kd.labels), side)
	return f
}
