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
	Domain     uint32   // the one assumed at run time
	Tagger     *Tagger
	Lemmatizer *Lemmatizer
	Parser     *Parser
}

// The file: magic with format version, CRC-32 and length of the body, body
// (deflated). maxBody bounds what a damaged header can make us allocate.
const (
	magic   = "cotejo-syntax 2\n"
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

func each[T any](e *encoder, items []T, put func(T)) {
	e.number(len(items))
	for _, it := range items {
		put(it)
	}
}

func (e *encoder) model(m *Model) {
	e.text(m.Lang)
	e.texts(m.Domains)
	e.number(int(m.Domain))
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
		closed := uint8(0)
		if en.Closed {
			closed = 1
		}
		e.byte(closed)
		e.bytes(en.Classes)
		each(e, en.Bundles, func(p Pair) { e.byte(p.Class); e.byte(p.Bundle) })
	})
	each(e, t.Lexicon.Clusters, func(c Clustered) { e.wide(c.Key); e.byte(c.Cluster) })
	e.table(t.Class)
	e.table(t.Bundle)
}

func (e *encoder) lemmatizer(l *Lemmatizer) {
	each(e, l.Rules, func(r Rule) { e.number(r.Cut); e.text(r.Add) })
	e.ruleIndex(l.Words)
	e.ruleIndex(l.Endings)
	keys := make([]uint64, 0, len(l.Known))
	for k := range l.Known {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	each(e, keys, e.wide)
}

func (e *encoder) ruleIndex(index map[uint64]uint16) {
	keys := make([]uint64, 0, len(index))
	for k := range index {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	each(e, keys, func(k uint64) { e.wide(k); e.number(int(index[k])) })
}

func (e *encoder) parser(p *Parser) {
	e.texts(p.Labels)
	e.table(p.Action)
	e.table(p.Label)
}

// table writes column by column, which packs better.
func (e *encoder) table(t *Table) {
	e.number(t.Classes)
	e.number(int(t.Top))
	e.number(len(t.slots))
	e.number(len(t.weights))
	for _, s := range t.slots {
		e.byte(uint8(s.mark))
	}
	for _, s := range t.slots {
		e.byte(uint8(s.mark >> 8))
	}
	for _, s := range t.slots {
		e.byte(uint8(s.count))
	}
	order := t.inOrder()
	for _, w := range order {
		e.byte(w.class)
	}
	for _, w := range order {
		e.byte(uint8(w.cell))
	}
}

// inOrder lists the weights in the order of the slots.
func (t *Table) inOrder() []weight {
	out := make([]weight, 0, len(t.weights))
	for _, s := range t.slots {
		out = append(out, t.weights[s.first:s.first+uint32(s.count)]...)
	}
	return out
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
	m := &Model{Lang: d.text(), Domains: d.texts(), Domain: uint32(d.number())}
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
	t.Class = d.table()
	t.Bundle = d.table()
	return t
}

func (d *decoder) lemmatizer() *Lemmatizer {
	l := &Lemmatizer{Rules: list(d, func() Rule { return Rule{Cut: d.number(), Add: d.text()} })}
	l.Words = d.ruleIndex()
	l.Endings = d.ruleIndex()
	known := list(d, d.wide)
	l.Known = make(map[uint64]struct{}, len(known))
	for _, k := range known {
		l.Known[k] = struct{}{}
	}
	return l
}

func (d *decoder) ruleIndex() map[uint64]uint16 {
	n := d.number()
	if n > len(d.buf) {
		d.fail("an index is too long")
		return nil
	}
	index := make(map[uint64]uint16, n)
	for range n {
		k := d.wide()
		index[k] = uint16(d.number())
	}
	return index
}

func (d *decoder) parser() *Parser {
	return &Parser{Labels: d.texts(), Action: d.table(), Label: d.table()}
}

func (d *decoder) table() *Table {
	t := &Table{Classes: d.number(), Top: int32(d.number())}
	slots, weights := d.number(), d.number()
	low, high, counts := d.take(slots), d.take(slots), d.take(slots)
	classes, cells := d.take(weights), d.take(weights)
	if d.err != nil || slots&(slots-1) != 0 || slots < 2 || t.Classes > MaxClasses {
		d.fail("a table is out of range")
		return nil
	}
	t.slots, t.weights = make([]slot, slots), make([]weight, weights)
	first, empty := 0, false
	for i := range t.slots {
		t.slots[i] = slot{first: uint32(first), mark: uint16(low[i]) | uint16(high[i])<<8, count: uint16(counts[i])}
		first += int(counts[i])
		empty = empty || t.slots[i].mark == 0
	}
	for i := range t.weights {
		t.weights[i] = weight{classes[i], int8(cells[i])}
		if int(classes[i]) >= t.Classes {
			d.fail("a weight is of no class")
		}
	}
	if first != weights || !empty {
		d.fail("a table does not add up")
	}
	t.prepare()
	return t
}
