package model

import (
	"math"
	"math/bits"
	"slices"
)

// MaxClasses bounds the number of classes a table can score: the weights of a
// bucket are counted in one byte.
const MaxClasses = 63

// Table is a sparse weight matrix: for each feature the classes for which it has
// a weight. Features are known by 32-bit hashes; those that training did not keep
// are absent and weigh nothing. A weight is one byte on a logarithmic scale.
//
// The upper bits of the hash choose a bucket of four slots, the lower ones mark
// the slot. A look-up reads one bucket and does not branch, so that the memory
// can fetch many buckets at a time; that it does, all of them are touched first.
type Table struct {
	Classes int
	Top     int32 // the largest weight, in fixed point
	wide    []wideBucket
	weights []weight
	narrow  []narrowBucket // in the place of both where there are few classes
	values  [256]int32
}

// marks are those of a bucket's four slots, the first in the lowest bits; 0 is a
// free slot. Taken slots come first.
type marks uint64

const (
	ways    = 4
	markOne = 0x0001_0001_0001_0001
	markTop = 0x8000_8000_8000_8000
)

// wideBucket says beside its slots' marks where their weights stand, which follow
// each other: from base on, up to an end for each slot, one byte each.
type wideBucket struct {
	marks marks
	base  uint32
	ends  uint32
}

// slot gives where the weights of a lane stand.
func (b *wideBucket) slot(lane uint) (from, to uint32) {
	at := 8 * (lane & 3)
	return b.base + b.ends<<8>>at&0xFF, b.base + b.ends>>at&0xFF
}

// narrowBucket holds all weights of its slots beside their marks, 16 bits a slot.
type narrowBucket struct {
	marks marks
	cells uint64
}

// narrowest is how many classes a table may have for narrow buckets.
const narrowest = 2

type weight struct {
	class uint8
	cell  int8
}

// Row is a feature with its weights, one a class; 0 is no weight.
type Row struct {
	Feature uint32
	Cells   []int8
}

// Sheet is room to score in: Of holds the score of each class.
type Sheet struct {
	Of      [256]int32
	hits    [256]hit
	fetched marks // of no meaning, but it makes the compiler keep what only touches
}

// hit is where the weights of a feature stand.
type hit struct{ from, to uint32 }

// compand is the steepness of the logarithmic scale, as in telephony's µ-law.
const compand = 255

// fullest is how many rows a bucket may hold in the mean.
const fullest = 2.2

// NewTable makes the table of the rows. Where a bucket overflows, the rows whose
// largest weight is least are left out.
func NewTable(classes int, top int32, rows []Row) *Table {
	size := max(1, int(math.Ceil(float64(len(rows))/fullest)))
	t := &Table{Classes: classes, Top: top, wide: make([]wideBucket, size)}
	buckets := make([][]Row, size)
	for _, r := range rows {
		at := place(r.Feature, uint64(size))
		buckets[at] = admit(buckets[at], r)
	}
	for i, b := range buckets {
		t.wide[i].base = uint32(len(t.weights))
		for lane, row := range b {
			t.weights = appendWeights(t.weights, row.Cells)
			t.wide[i].take(lane, markOf(row.Feature), uint32(len(t.weights)))
		}
	}
	t.prepare()
	return t
}

// take gives a lane to the mark, whose weights end so; the lanes before it are taken.
func (b *wideBucket) take(lane int, mark uint16, end uint32) {
	b.marks |= marks(mark) << (16 * lane)
	b.ends |= (end - b.base) << (8 * lane)
}

// admit puts a row into a bucket, which it keeps in the order of the marks.
func admit(bucket []Row, r Row) []Row {
	at, taken := slices.BinarySearchFunc(bucket, r, func(a, b Row) int { return int(markOf(a.Feature)) - int(markOf(b.Feature)) })
	if taken {
		if heaviest(r) > heaviest(bucket[at]) {
			bucket[at] = r
		}
		return bucket
	}
	bucket = slices.Insert(bucket, at, r)
	if len(bucket) <= ways {
		return bucket
	}
	lightest := 0
	for i := range bucket {
		if heaviest(bucket[i]) < heaviest(bucket[lightest]) {
			lightest = i
		}
	}
	return slices.Delete(bucket, lightest, lightest+1)
}

func heaviest(r Row) int {
	most := 0
	for _, c := range r.Cells {
		most = max(most, int(c), -int(c))
	}
	return most
}

func appendWeights(dst []weight, cells []int8) []weight {
	for c, cell := range cells {
		if cell != 0 {
			dst = append(dst, weight{uint8(c), cell})
		}
	}
	return dst
}

// place gives the bucket of a feature among so many: they share the hashes evenly,
// in their order.
func place(feature uint32, buckets uint64) uint32 { return uint32(uint64(feature) * buckets >> 32) }

// prepare readies a table whose buckets and weights are filled.
func (t *Table) prepare() {
	for i := range t.values {
		t.values[i] = expand(int8(i), t.Top)
	}
	if t.Classes > narrowest {
		return
	}
	t.narrow = make([]narrowBucket, len(t.wide))
	var buf [narrowest]weight
	for i := range t.wide {
		t.narrow[i].marks = t.wide[i].marks
		for lane := range ways {
			for _, w := range t.slot(buf[:0], i, lane) {
				t.narrow[i].cells |= uint64(uint8(w.cell)) << (16*lane + 8*int(w.class))
			}
		}
	}
	t.wide, t.weights = nil, nil
}

// bucket gives the marks of bucket i.
func (t *Table) bucket(i int) marks {
	if t.narrow != nil {
		return t.narrow[i].marks
	}
	return t.wide[i].marks
}

// slot adds to dst the weights in a lane of bucket i.
func (t *Table) slot(dst []weight, i, lane int) []weight {
	if t.wide != nil {
		if uint16(t.wide[i].marks>>(16*lane)) == 0 {
			return dst
		}
		from, to := t.wide[i].slot(uint(lane))
		return append(dst, t.weights[from:to]...)
	}
	cells := t.narrow[i].cells >> (16 * lane)
	return appendWeights(dst, []int8{int8(cells), int8(cells >> 8)})
}

// Len gives the number of weights.
func (t *Table) Len() int {
	n := len(t.weights)
	for i := range t.narrow {
		for lane := range ways {
			n += len(t.slot(nil, i, lane))
		}
	}
	return n
}

func markOf(feature uint32) uint16 { return uint16(feature) | 1 }

// find gives 16 times the lane that has the feature's mark, and some more; 64 where none has.
func (m marks) find(feature uint32) uint {
	x := uint64(m) ^ uint64(feature&0xFFFF|1)*markOne
	return uint(bits.TrailingZeros64((x - markOne) &^ x & markTop)) // exact in its lowest lane
}

func expand(cell int8, top int32) int32 {
	x := math.Abs(float64(cell)) / 127
	v := (math.Pow(1+compand, x) - 1) / compand * float64(top)
	return int32(math.Copysign(math.Round(v), float64(cell)))
}

// Compress gives the cell whose weight is nearest to v on the scale up to top.
func Compress(v, top float64) int8 {
	if top == 0 || v == 0 {
		return 0
	}
	x := math.Log(1+compand*math.Abs(v)/top) / math.Log(1+compand)
	return int8(math.Copysign(math.Round(127*x), v))
}

// Score sets s.Of[c] to the sum of the weights of up to 255 features for class c.
func (t *Table) Score(features []uint32, s *Sheet) {
	clear(s.Of[:t.Classes])
	t.Add(features, s)
}

// Add adds to s.Of[c] the weights of up to 255 features for class c.
func (t *Table) Add(features []uint32, s *Sheet) {
	if t.narrow != nil {
		t.addNarrow(features, s)
		return
	}
	for _, h := range t.hits(features, s) {
		for _, w := range t.weights[h.from:h.to] {
			s.Of[w.class] += t.values[uint8(w.cell)]
		}
	}
}

// hits lists where the weights of those features stand that have some. It touches
// every bucket, and then every place, before the first is used: loops so short let
// the memory fetch all at a time.
func (t *Table) hits(features []uint32, s *Sheet) []hit {
	n, all, size, fetched := uint8(0), t.wide, uint64(len(t.wide)), marks(0)
	for _, f := range features {
		fetched ^= all[place(f, size)].marks
	}
	for _, f := range features {
		bucket := &all[place(f, size)]
		lane := bucket.marks.find(f)
		from, to := bucket.slot(lane >> 4)
		s.hits[n] = hit{from, to}
		n += 1 - uint8(lane>>6)
	}
	found := s.hits[:n]
	for _, h := range found {
		fetched += marks(t.weights[h.from].class)
	}
	s.fetched = fetched
	return found
}

func (t *Table) addNarrow(features []uint32, s *Sheet) {
	a, b, all, size, fetched := s.Of[0], s.Of[1], t.narrow, uint64(len(t.narrow)), marks(0)
	for _, f := range features {
		fetched ^= all[place(f, size)].marks
	}
	for _, f := range features {
		bucket := &all[place(f, size)]
		lane := bucket.marks.find(f)
		cells := bucket.cells >> (lane & 48) & (uint64(lane>>6) - 1)
		a += t.values[uint8(cells)]
		b += t.values[uint8(cells>>8)]
	}
	s.Of[0], s.Of[1], s.fetched = a, b, fetched
}
