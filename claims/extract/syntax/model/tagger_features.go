package model

// The roles in which the tagger looks at words, as steps from the word itself,
// and the places in each.
const (
	stepSelf = 16 * iota
	stepLeft
	stepLeft2
	stepRight
	stepRight2
	stepTags
)

const (
	formPre  = iota // and the two after it
	formWord = iota + 2
	formShape
	formLex
	formCluster
	formSuf // and the four after it
)

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

// glimpse are the parts of a word in its role.
type glimpse struct{ word, shape, lex, cluster, suf2, suf3 uint64 }

func (g *glimpse) look(role uint32, f *Form) {
	g.word, g.shape, g.lex = part(role+formWord, f.Word), part(role+formShape, f.Shape), part(role+formLex, f.Lex)
	g.cluster, g.suf2, g.suf3 = part(role+formCluster, f.Cluster), part(role+formSuf+1, f.Suf[1]), part(role+formSuf+2, f.Suf[2])
}

// classView is what the features of a word look at: itself, two words on either
// side and the classes of those before.
type classView struct {
	forms           []Form
	i               int
	self            *Form
	w, l, ll, r, rr glimpse
	t1, t2          uint64
	domain          Domain
}

// of looks at what the early features need.
func (v *classView) of(forms []Form, i int, classes []uint8, domain Domain) {
	v.forms, v.i, v.self, v.domain = forms, i, at(forms, i), domain
	r := at(forms, i+1)
	v.w.look(roleClass+stepSelf, v.self)
	v.l.word = part(roleClass+stepLeft+formWord, at(forms, i-1).Word)
	v.r.word, v.r.lex = part(roleClass+stepRight+formWord, r.Word), part(roleClass+stepRight+formLex, r.Lex)
	v.r.cluster, v.r.suf3 = part(roleClass+stepRight+formCluster, r.Cluster), part(roleClass+stepRight+formSuf+2, r.Suf[2])
	v.rr.lex = part(roleClass+stepRight2+formLex, at(forms, i+2).Lex)
	v.t1, v.t2 = part(roleClass+stepTags, classAt(classes[:i], i-1)), part(roleClass+stepTags+1, classAt(classes[:i], i-2))
}

// rest looks at what the late ones need beside that.
func (v *classView) rest() {
	v.l.look(roleClass+stepLeft, at(v.forms, v.i-1))
	v.ll.look(roleClass+stepLeft2, at(v.forms, v.i-2))
	v.r.look(roleClass+stepRight, at(v.forms, v.i+1))
	v.rr.look(roleClass+stepRight2, at(v.forms, v.i+2))
}

// early gives the features that decide most words alone.
func (v *classView) early(rows *Rows) {
	f := &rows.early
	f.put(0, v.w.word)
	f.put(1, v.w.suf3)
	f.put(2, part(roleClass+formSuf+4, v.self.Suf[4]))
	f.put(3, v.w.suf2+v.w.shape)
	f.put(4, v.w.lex+v.r.lex)
	f.put(5, v.t1+v.w.word)
	f.put(6, v.t1+v.w.lex+v.r.lex)
	f.put(7, v.t1+v.w.suf3)
	f.put(8, v.l.word+v.w.word)
	f.put(9, v.w.word+v.r.word)
	f.put(10, v.t1+v.t2+v.w.lex)
	f.put(11, v.w.suf3+v.r.lex)
	f.put(12, v.r.lex+v.rr.lex+v.w.lex)
	f.put(13, v.w.shape+v.t1)
	f.put(14, v.t1+v.r.suf3)
	f.put(15, v.l.word)
	rows.nEarly = 16
	if v.clustered() {
		f.put(16, v.w.cluster)
		f.put(17, v.t1+v.w.cluster)
		f.put(18, v.w.cluster+v.r.cluster)
		rows.nEarly = 19
	}
	if v.domain.Mixed {
		in := part(roleClass+stepTags+2, v.domain.Treebank)
		rows.addEarly(19, in+v.w.word)
		rows.addEarly(20, in+v.w.suf3)
	}
}

func (v *classView) clustered() bool { return v.self.Cluster != noClusters }

// late gives the others.
func (v *classView) late(rows *Rows) {
	f := &rows.late
	v.rest()
	in := part(roleClass+stepTags+2, v.domain.Treebank)
	f.put(0, part(roleClass+formSuf, v.self.Suf[0]))
	f.put(1, v.w.suf2)
	f.put(2, v.w.shape+v.w.lex)
	f.put(3, part(roleClass+formSuf+3, v.self.Suf[3]))
	f.put(4, v.w.lex+v.w.suf3)
	for n, h := range v.self.Pre {
		f.put(uint32(5+n), part(roleClass+formPre+uint32(n), h))
	}
	f.put(8, v.w.shape)
	f.put(9, v.ll.word)
	f.put(10, v.r.word)
	f.put(11, v.rr.word)
	f.put(12, v.w.lex)
	f.put(13, v.r.lex)
	f.put(14, v.rr.lex)
	f.put(15, v.t1)
	f.put(16, v.t1+v.t2)
	f.put(17, v.t1+v.w.lex)
	f.put(18, v.l.suf3)
	f.put(19, v.r.suf3)
	f.put(20, v.rr.suf2)
	f.put(21, v.l.shape+v.w.shape+v.r.shape)
	f.put(22, in+v.w.word)
	f.put(23, in+v.w.suf3)
	f.put(24, v.t1+v.w.suf2+v.r.lex)
	rows.nLate = 25
	if v.clustered() {
		f.put(25, v.l.cluster)
		f.put(26, v.r.cluster)
		f.put(27, v.r.cluster+v.rr.cluster)
		f.put(28, v.l.cluster+v.w.cluster)
		rows.nLate = 29
	}
}

// ClassRows gives the features of word i for its class, given the classes of
// the words before it.
func ClassRows(forms []Form, i int, classes []uint8, domain Domain, rows *Rows) {
	var v classView
	v.of(forms, i, classes, domain)
	v.early(rows)
	v.late(rows)
}

// BundleRows gives the features of word i for its bundle, given all classes; all
// of them are early ones.
func BundleRows(forms []Form, i int, classes []uint8, rows *Rows) {
	var w, l, r glimpse
	f, self := &rows.early, at(forms, i)
	w.look(roleBundle+stepSelf, self)
	l.look(roleBundle+stepLeft, at(forms, i-1))
	r.look(roleBundle+stepRight, at(forms, i+1))
	c := part(roleBundle+stepTags, uint32(classes[i]))
	left, right := part(roleBundle+stepTags+1, classAt(classes, i-1)), part(roleBundle+stepTags+2, classAt(classes, i+1))
	for n, h := range self.Suf {
		f.put(uint32(n), c+part(roleBundle+formSuf+uint32(n), h))
	}
	f.put(5, c+w.word)
	f.put(6, c+l.word)
	f.put(7, c+r.word)
	f.put(8, c+l.suf2+left)
	f.put(9, c+r.suf2+right)
	f.put(10, c+left+right)
	f.put(11, c+part(roleBundle+stepLeft2, at(forms, i-2).Word))
	f.put(12, c+w.suf2+l.suf2)
	f.put(13, c+w.suf2+r.suf2)
	f.put(14, c+w.word+l.word)
	f.put(15, c+w.suf3+left)
	f.put(16, c+w.shape)
	f.put(17, c)
	f.put(18, c+l.word+part(roleBundle+stepTags+3, classAt(classes, i-2)))
	rows.nEarly, rows.nLate = 19, 0
}
