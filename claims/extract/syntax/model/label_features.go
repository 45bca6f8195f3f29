package model

// The roles in which the names of arcs look at words.
const (
	roleDep = roleLabel + 8*iota
	roleHead
	roleArc
)

// labelView is what the features of an arc look at.
type labelView struct {
	s         *State
	dep, head int32
	domain    Domain
	dn, hn    *Node
	kd, kh    *kids
	d, h      seen
	side      uint64
	tags      uint64 // of both, and the side
	mark      uint64 // the dependant's last dependant on the left
	w         uint64 // the words between
}

func (v *labelView) of(s *State, dep, head int32, domain Domain) {
	v.s, v.dep, v.head, v.domain = s, dep, head, domain
	v.dn, v.hn, v.kd, v.kh = s.node(dep), s.node(head), s.kidsOf(dep), s.kidsOf(head)
	v.d.look(roleDep, v.dn, v.kd)
	v.h.look(roleHead, v.hn, v.kh)
	side := uint32(0)
	if dep > head {
		side = 1
	}
	v.side = v.part(0, side)
	v.tags = v.d.tag + v.h.tag + v.side
	v.mark = v.part(1, s.node(v.kd.left).Word)
	v.w = v.part(2, s.between(min(head, dep), max(head, dep)))
}

func (v *labelView) part(place, value uint32) uint64 { return part(roleArc+place, value) }

// early gives the features that name most arcs alone.
func (v *labelView) early(rows *Rows) {
	if !v.domain.Mixed {
		v.leanEarly(rows)
		return
	}
	f := &rows.early
	f.put(0, v.tags)
	f.put(1, v.d.word+v.h.tag+v.side)
	f.put(2, v.d.tag+v.h.word+v.side)
	f.put(3, v.tags+v.mark)
	f.put(4, v.tags+v.d.labels)
	f.put(5, v.tags+v.h.labels)
	f.put(6, v.h.lemma+v.d.tag+v.side+v.w)
	f.put(7, v.h.lemma+v.mark+v.d.tag+v.side)
	f.put(8, v.tags+v.part(3, v.s.tag(v.dep+1)))
	f.put(9, v.d.lemma+v.h.lemma+v.side)
	rows.nEarly = 10
	if v.clustered() {
		f.put(10, v.d.cluster+v.tags)
		rows.nEarly = 11
	}
	in := v.part(4, v.domain.Treebank)
	rows.addEarly(11, in+v.tags)
	rows.addEarly(12, in+v.d.word+v.side)
}

func (v *labelView) clustered() bool { return v.dn.Cluster != noClusters }

// late gives the others.
func (v *labelView) late(rows *Rows) {
	if !v.domain.Mixed {
		v.leanLate(rows)
		return
	}
	f, s := &rows.late, v.s
	in := v.part(4, v.domain.Treebank)
	f.put(0, v.d.word+v.side)
	f.put(1, v.h.word+v.side)
	f.put(2, v.tags+v.part(5, distance(v.head, v.dep)))
	f.put(3, v.d.tag+v.mark+v.side)
	f.put(4, v.h.word+v.mark+v.side)
	f.put(5, v.d.tag+v.d.labels+v.side)
	f.put(6, v.h.lemma+v.h.labels+v.d.tag+v.side)
	f.put(7, v.tags+v.part(6, s.tag(v.dep-1)))
	f.put(8, v.tags+v.part(7, s.tag(v.head-1)))
	f.put(9, v.tags+v.part(8, s.tag(v.head+1)))
	f.put(10, v.tags+v.d.morph+v.h.morph)
	f.put(11, v.d.word+v.d.tag+v.side)
	f.put(12, in+v.tags)
	f.put(13, in+v.d.word+v.side)
	f.put(14, in+v.h.word+v.side)
	f.put(15, v.h.lemma+v.d.tag+v.d.labels)
	f.put(16, v.d.tag+v.part(9, s.node(v.kd.left2).Word)+v.side)
	f.put(17, v.tags+v.part(10, s.tag(v.kd.left)<<8|s.tag(v.kd.right)))
	f.put(18, v.h.lemma+v.d.lemma+v.mark)
	f.put(19, v.d.tag+v.part(11, s.labelOf(v.kh.right)<<8|s.labelOf(v.kh.left)))
	f.put(20, v.d.lemma+v.d.labels+v.side)
	f.put(21, v.tags+v.w)
	f.put(22, v.tags+v.d.labels+v.h.labels)
	f.put(23, part(roleDep+placeSuffix, v.dn.Suf)+v.h.tag+v.side)
	f.put(24, part(roleHead+placeSuffix, v.hn.Suf)+v.d.tag+v.side)
	f.put(25, v.tags+v.part(12, s.tag(v.kh.left)<<8|s.tag(v.kh.right)))
	rows.nLate = 26
	if v.clustered() {
		f.put(26, v.d.cluster+v.h.cluster+v.side)
		f.put(27, v.h.cluster+v.d.tag+v.mark)
		f.put(28, v.d.cluster+v.h.tag+v.mark)
		rows.nLate = 29
	}
}

// LabelRows gives the features of an arc for its relation.
func LabelRows(s *State, dep, head int32, domain Domain, rows *Rows) {
	var v labelView
	v.of(s, dep, head, domain)
	v.early(rows)
	v.late(rows)
}
