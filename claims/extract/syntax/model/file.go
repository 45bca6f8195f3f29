package model

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// Model is all that is stored for one language.
type Model struct {
	Lang       string
	Domains    []string // treebanks; a sentence's domain is its index
	Domain     Domain   // the one assumed at run time
	Tagger     *Tagger
	Lemmatizer *Lemmatizer
	Parser     *Parser
}

// The file: magic with format version, CRC-32 and length of the body, body
// (deflated). maxBody bounds what a damaged header can make us allocate.
const (
	magic   = "cotejo-syntax 4\n"
	maxBody = 64 << 20
)

// ErrDamaged is wrapped by every error about a model file that cannot be read.
var ErrDamaged = errors.New("the syntax model is damaged or of another version; build the program again from a clean checkout")

// Write stores the model.
func (m *Model) Write(w io.Writer) error {
	var e encoder
	e.model(m)
	var body bytes.Buffer
	z, err := flate.NewWriter(&body, flate.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(e.buf); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	head := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(head[len(magic):], crc32.ChecksumIEEE(e.buf))
	binary.LittleEndian.PutUint32(head[len(magic)+4:], uint32(len(e.buf)))
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err = w.Write(body.Bytes())
	return err
}

// Read loads a model.
func Read(r io.Reader) (*Model, error) {
	head := make([]byte, len(magic)+8)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, fmt.Errorf("%w: it ends within its header", ErrDamaged)
	}
	if string(head[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: it begins with %q, not %q", ErrDamaged, head[:len(magic)], magic)
	}
	sum := binary.LittleEndian.Uint32(head[len(magic):])
	size := binary.LittleEndian.Uint32(head[len(magic)+4:])
	if size > maxBody {
		return nil, fmt.Errorf("%w: it claims %d bytes", ErrDamaged, size)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(r), body); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if crc32.ChecksumIEEE(body) != sum {
		return nil, fmt.Errorf("%w: its checksum does not match", ErrDamaged)
	}
	d := decoder{buf: body}
	m := d.model()
	if d.err != nil {
		return nil, d.err
	}
	return m, nil
}

type encoder struct{ buf []byte }

func (e *encoder) number(n int)      { e.buf = binary.AppendUvarint(e.buf, uint64(n)) }
func (e *encoder) wide(n uint64)     { e.buf = binary.LittleEndian.AppendUint64(e.buf, n) }
func (e *encoder) byte(b uint8)      { e.buf = append(e.buf, b) }
func (e *encoder) text(s string)     { e.number(len(s)); e.buf = append(e.buf, s...) }
func (e *encoder) bytes(b []uint8)   { e.number(len(b)); e.buf = append(e.buf, b...) }
func (e *encoder) texts(ss []string) { each(e, ss, e.text) }

func (e *encoder) flag(on bool) {
	if on {
		e.byte(1)
		return
	}
	e.byte(0)
}

func each[T any](e *encoder, items []T, put func(T)) {
	e.number(len(items))
	for _, it := range items {
		put(it)
	}
}

func (e *encoder) model(m *Model) {
	e.text(m.Lang)
	e.texts(m.Domains)
	e.number(int(m.Domain.Treebank))
	e.flag(m.Domain.Mixed)
	e.tagger(m.Tagger)
	e.lemmatizer(m.Lemmatizer)
	e.parser(m.Parser)
}

func (e *encoder) tagger(t *Tagger) {
	each(e, t.Classes, func(c Class) { e.text(c.POS); e.text(c.Feats) })
	e.texts(t.Bundles)
	each(e, t.Options, e.bytes)
	each(e, t.Lexicon.Entries, func(en Entry) {
		e.wide(en.Key)
		e.number(int(en.Group))
		e.flag(en.Closed)
		e.bytes(en.Classes)
		each(e, en.Bundles, func(p Pair) { e.byte(p.Class); e.byte(p.Bundle) })
	})
	each(e, t.Lexicon.Clusters, func(c Clustered) { e.wide(c.Key); e.byte(c.Cluster) })
	e.cascade(&t.Class)
	e.table(t.Bundle)
}

func (e *encoder) lemmatizer(l *Lemmatizer) {
	each(e, l.Rules, func(r Rule) { e.number(r.Cut); e.text(r.Add) })
	e.ruleIndex(&l.Words)
	e.ruleIndex(&l.Endings)
	each(e, l.Known.Sorted(), e.wide)
}

func (e *encoder) ruleIndex(index *Index) {
	each(e, index.Sorted(), func(k uint64) {
		rule, _ := index.Get(k)
		e.wide(k)
		e.number(int(rule))
	})
}

func (e *encoder) parser(p *Parser) {
	e.texts(p.Labels)
	e.cascade(&p.Action)
	e.cascade(&p.Label)
}

func (e *encoder) cascade(c *Cascade) {
	e.number(int(c.Lead))
	e.table(c.Early)
	e.table(c.Late)
}

// table writes column by column, which packs better; of the buckets only the
// slots that are taken.
func (e *encoder) table(t *Table) {
	size := len(t.wide) + len(t.narrow)
	e.number(t.Classes)
	e.number(int(t.Top))
	e.number(size)
	e.number(t.Len())
	var (
		low, high, counts []uint8
		weights           []weight
	)
	for i := range size {
		taken := uint8(0)
		for lane := range ways {
			mark := uint16(t.bucket(i) >> (16 * lane))
			if mark == 0 {
				continue
			}
			before := len(weights)
			weights = t.slot(weights, i, lane)
			low, high, counts = append(low, uint8(mark)), append(high, uint8(mark>>8)), append(counts, uint8(len(weights)-before))
			taken++
		}
		e.byte(taken)
	}
	e.buf = slices.Concat(e.buf, low, high, counts)
	for _, w := range weights {
		e.byte(w.class)
	}
	for _, w := range weights {
		e.byte(uint8(w.cell))
	}
}

// decoder reads what encoder wrote; after the first fault it gives zeros.
type decoder struct {
	buf []byte
	err error
}

func (d *decoder) fail(what string) {
	if d.err == nil {
		d.err = fmt.Errorf("%w: %s", ErrDamaged, what)
	}
	d.buf = nil
}

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.buf) {
		d.fail("it ends too early")
		return nil
	}
	out := d.buf[:n]
	d.buf = d.buf[n:]
	return out
}

func (d *decoder) number() int {
	v, n := binary.Uvarint(d.buf)
	if n <= 0 || v > maxBody*64 {
		d.fail("a number is out of range")
		return 0
	}
	d.buf = d.buf[n:]
	return int(v)
}

func (d *decoder) wide() uint64 {
	if b := d.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (d *decoder) byte() uint8 {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) text() string    { return string(d.take(d.number())) }
func (d *decoder) bytes() []uint8  { return slices.Clone(d.take(d.number())) }
func (d *decoder) texts() []string { return list(d, d.text) }

func list[T any](d *decoder, get func() T) []T {
	n := d.number()
	if n > len(d.buf) {
		d.fail("a list is too long")
		return nil
	}
	out := make([]T, 0, n)
	for range n {
		out = append(out, get())
	}
	return out
}

func (d *decoder) model() *Model {
	m := &Model{Lang: d.text(), Domains: d.texts(), Domain: Domain{Treebank: uint32(d.number()), Mixed: d.byte() == 1}}
	m.Tagger = d.tagger()
	m.Lemmatizer = d.lemmatizer()
	m.Parser = d.parser()
	return m
}

func (d *decoder) tagger() *Tagger {
	t := &Tagger{}
	t.Classes = list(d, func() Class { return Class{POS: d.text(), Feats: d.text()} })
	t.Bundles = d.texts()
	t.Options = list(d, d.bytes)
	entries := list(d, func() Entry {
		return Entry{Key: d.wide(), Group: uint32(d.number()), Closed: d.byte() == 1, Classes: d.bytes(),
			Bundles: list(d, func() Pair { return Pair{Class: d.byte(), Bundle: d.byte()} })}
	})
	clusters := list(d, func() Clustered { return Clustered{Key: d.wide(), Cluster: d.byte()} })
	t.Lexicon = NewLexicon(entries, clusters)
	t.Class = d.cascade()
	t.Bundle = d.table()
	return t
}

func (d *decoder) lemmatizer() *Lemmatizer {
	l := &Lemmatizer{Rules: list(d, func() Rule { return Rule{Cut: d.number(), Add: d.text()} })}
	l.Words = d.ruleIndex()
	l.Endings = d.ruleIndex()
	known := list(d, d.wide)
	l.Known.Grow(len(known))
	for _, k := range known {
		l.Known.Put(k, 0)
	}
	return l
}

func (d *decoder) ruleIndex() (index Index) {
	n := d.number()
	if n > len(d.buf) {
		d.fail("an index is too long")
		return index
	}
	index.Grow(n)
	for range n {
		k := d.wide()
		index.Put(k, uint32(d.number()))
	}
	return index
}

func (d *decoder) parser() *Parser {
	return &Parser{Labels: d.texts(), Action: d.cascade(), Label: d.cascade()}
}

func (d *decoder) cascade() Cascade {
	return Cascade{Lead: int32(min(d.number(), noRival)), Early: d.table(), Late: d.table()}
}

func (d *decoder) table() *Table {
	t := &Table{Classes: d.number(), Top: int32(d.number())}
	size, weights := d.number(), d.number()
	taken, slots := d.take(size), 0
	for _, n := range taken {
		if n > ways {
			d.fail("a bucket is too full")
		}
		slots += int(n)
	}
	low, high, counts := d.take(slots), d.take(slots), d.take(slots)
	classes, cells := d.take(weights), d.take(weights)
	if d.err != nil || size < 1 || t.Classes > MaxClasses {
		d.fail("a table is out of range")
		return nil
	}
	t.wide, t.weights = make([]wideBucket, size), make([]weight, weights)
	at, first := 0, 0
	for i, n := range taken {
		t.wide[i].base = uint32(first)
		for lane := range int(n) {
			if counts[at] == 0 || int(counts[at]) > t.Classes {
				d.fail("a feature has no weight, or too many")
			}
			first += int(counts[at])
			t.wide[i].take(lane, uint16(low[at])|uint16(high[at])<<8, uint32(first))
			at++
		}
	}
	for i := range t.weights {
		t.weights[i] = weight{classes[i], int8(cells[i])}
		if int(classes[i]) >= t.Classes {
			d.fail("a weight is of no class")
		}
	}
	if first != weights {
		d.fail("a table does not add up")
	}
	if d.err != nil {
		return nil
	}
	t.prepare()
	return t
}
