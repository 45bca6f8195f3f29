package model

// The features of the parser where the treebanks are of one scheme: fewer, as
// docs/syntax.md tells, which costs such a language nothing.

func (v *actionView) leanEarly(rows *Rows) {
	f := &rows.early
	f.far(0, v.s0.word+v.arc0)
	f.far(1, v.arc0+v.b0.word)
	f.far(2, v.arc1+v.s0.word)
	f.near(3, v.arc0+v.b1.tag)
	f.near(4, v.b0.tag+v.b1.tag+v.b2.tag)
	f.far(5, v.arc1+v.b0.tag+v.b1.tag)
	f.far(6, v.s0.word+v.b0.tag+v.b1.tag)
	f.far(7, v.arc1+v.mark)
	f.near(8, v.arc0+v.s0.labels)
	f.near(9, v.arc0+v.part(3, distance(v.i0, v.j0)))
	f.near(10, v.arc0+v.w0)
	f.near(11, v.arc1+v.w1)
	rows.nEarly = 12
}

func (v *actionView) leanLate(rows *Rows) {
	f := &rows.late
	v.leanWords(f)
	v.leanDependants(f)
	v.leanDistances(f)
	rows.nLate = 45
}

func (v *actionView) leanWords(f *lateRows) {
	f.far(0, v.s1.word+v.arc1)
	f.far(1, v.arc1+v.b0.word)
	f.far(2, v.arc0+v.b1.tag+v.b2.tag+v.part(4, v.s.tag(next(v.s, 3))))
	f.far(3, v.s2.tag+v.arc1+v.b0.tag)
	f.far(4, v.s0.lemma+v.b0.lemma)
	f.far(5, v.s1.lemma+v.s0.lemma)
	f.far(6, v.b1.word+v.b1.tag)
	f.far(7, v.b2.word+v.b2.tag)
	f.far(8, v.s2.word+v.s2.tag)
	f.far(9, v.s0.word)
	f.far(10, v.s1.word)
	f.far(11, v.b0.word)
	f.near(12, v.s0.tag)
	f.near(13, v.s1.tag)
	f.near(14, v.b0.tag)
	f.near(15, v.b1.tag)
	f.far(16, v.s0.word+v.b0.word+v.arc0)
	f.far(17, v.s1.word+v.s0.word+v.arc1)
	f.far(18, v.s1.word+v.b0.word+v.s1.tag+v.b0.tag)
	f.near(19, v.b0.tag+v.b1.tag)
	f.near(20, v.s2.tag+v.arc1)
	f.far(21, v.s1.lemma+v.arc0)
	f.near(22, v.arc0+v.s0.morph+v.b0.morph)
}

func (v *actionView) leanDependants(f *lateRows) {
	s := v.s
	left0, left1 := v.part(5, s.tag(v.k0.left)), v.part(6, s.tag(v.k1.left))
	label0 := v.part(7, s.labelOf(v.k0.right))
	f.near(23, v.arc1+v.s1.labels)
	f.near(24, v.arc1+left1)
	f.near(25, v.arc0+left0)
	f.near(26, v.arc0+v.part(8, s.tag(v.kb.left)))
	f.near(27, v.s0.tag+v.part(9, s.labelOf(v.k0.left))+label0)
	f.near(28, v.arc0+v.b0.labels)
	f.near(29, v.arc0+v.mark)
	f.far(30, v.s1.lemma+v.mark+v.s0.lemma)
	f.far(31, v.arc1+v.s0.labels+v.s1.labels)
	f.far(32, v.arc0+v.s0.labels+v.b0.labels)
	f.far(33, v.s0.lemma+v.b0.tag+v.s0.labels)
}

func (v *actionView) leanDistances(f *lateRows) {
	s, d0 := v.s, v.part(3, distance(v.i0, v.j0))
	f.far(34, v.s0.word+d0)
	f.near(35, v.s0.tag+d0)
	f.near(36, v.b0.tag+d0)
	f.near(37, v.s1.tag+v.part(10, uint32(v.k1.lefts)<<8|uint32(v.k1.rights)))
	f.near(38, v.b0.tag+v.part(11, uint32(v.kb.lefts)))
	f.near(39, v.arc0+v.part(12, s.tag(v.i0+1)))
	f.near(40, v.arc1+v.part(13, s.tag(v.i0-1)))
	f.far(41, v.s0.lemma+v.b0.tag+v.w0)
	f.far(42, v.s1.lemma+v.s0.tag+v.w1)
	f.far(43, v.arc0+v.part(15, s.ahead(v.j0)))
	f.far(44, v.b0.labels+v.b0.tag+v.b0.word)
}

func (v *labelView) leanEarly(rows *Rows) {
	f := &rows.early
	f.put(0, v.tags)
	f.put(1, v.d.word+v.h.tag+v.side)
	f.put(2, v.d.tag+v.h.word+v.side)
	f.put(3, v.tags+v.mark)
	f.put(4, v.tags+v.d.labels)
	f.put(5, v.tags+v.h.labels)
	f.put(6, v.h.lemma+v.d.tag+v.side+v.w)
	f.put(7, v.tags+v.part(3, v.s.tag(v.dep+1)))
	rows.nEarly = 8
}

func (v *labelView) leanLate(rows *Rows) {
	f, s := &rows.late, v.s
	in := v.part(4, v.domain.Treebank)
	f.put(0, v.h.lemma+v.mark+v.d.tag+v.side)
	f.put(1, v.d.lemma+v.h.lemma+v.side)
	f.put(2, v.d.word+v.side)
	f.put(3, v.h.word+v.side)
	f.put(4, v.tags+v.part(5, distance(v.head, v.dep)))
	f.put(5, v.d.tag+v.mark+v.side)
	f.put(6, v.d.tag+v.d.labels+v.side)
	f.put(7, v.tags+v.part(6, s.tag(v.dep-1)))
	f.put(8, v.tags+v.part(7, s.tag(v.head-1)))
	f.put(9, v.tags+v.part(8, s.tag(v.head+1)))
	f.put(10, v.tags+v.d.morph+v.h.morph)
	f.put(11, in+v.tags)
	f.put(12, in+v.d.word+v.side)
	f.put(13, v.d.tag+v.part(9, s.node(v.kd.left2).Word)+v.side)
	f.put(14, v.d.tag+v.part(10, s.labelOf(v.kh.right)<<8|s.labelOf(v.kh.left)))
	f.put(15, v.d.lemma+v.d.labels+v.side)
	f.put(16, v.tags+v.w)
	f.put(17, part(roleDep+placeSuffix, v.dn.Suf)+v.h.tag+v.side)
	f.put(18, part(roleHead+placeSuffix, v.hn.Suf)+v.d.tag+v.side)
	rows.nLate = 19
}
