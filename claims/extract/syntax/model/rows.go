package model

// What a feature looks at is hashed part by part; a feature is the hash of its
// template and the sum of its parts.
const (
	mulA = 0x9E3779B97F4A7C15
	mulB = 0xC2B2AE3D27D4EB4F
	mulC = 0x165667B19E3779F9
	mulD = 0xD6E8FEB86659FD93
)

// part hashes a value in a role; the sum of parts in different roles tells them apart.
func part(role, value uint32) uint64 {
	h := (uint64(role)<<32 | uint64(value)) * mulA
	h ^= h >> 29
	return h * mulB
}

// feature hashes a template with the sum of its parts.
func feature(template uint32, parts uint64) uint32 {
	h := parts + uint64(template)*mulC
	h ^= h >> 32
	return uint32(h * mulD >> 32)
}

// nearby moves a feature into the first fifth of the hashes.
func nearby(feature uint32) uint32 { return uint32(uint64(feature) * nearShare >> 32) }

// afar moves a feature into the others.
func afar(feature uint32) uint32 {
	return nearShare + uint32(uint64(feature)*(1<<32-nearShare)>>32)
}

const nearShare = 1 << 32 / 5

// maxRows is how many features one step may have.
const maxRows = 64

// earlyRows and lateRows hold the features of the two steps by their templates.
type (
	earlyRows [maxRows]uint32
	lateRows  [maxRows]uint32
)

func (r *earlyRows) put(template uint32, parts uint64) { r[template] = feature(template, parts) }

func (r *lateRows) put(template uint32, parts uint64) {
	r[template] = feature(maxRows+template, parts)
}

// near and far put features of the parser's actions apart in their table: those that
// there are few of, tags and distances alone, stand together, so that the memory's
// cache holds what is wanted often.
func (r *earlyRows) near(template uint32, parts uint64) {
	r[template] = nearby(feature(template, parts))
}
func (r *earlyRows) far(template uint32, parts uint64) { r[template] = afar(feature(template, parts)) }

func (r *lateRows) near(template uint32, parts uint64) {
	r[template] = nearby(feature(maxRows+template, parts))
}

func (r *lateRows) far(template uint32, parts uint64) {
	r[template] = afar(feature(maxRows+template, parts))
}

// Rows are the features of one decision.
type Rows struct {
	early         earlyRows
	late          lateRows
	nEarly, nLate int
}

// addEarly adds a feature that not every language has.
func (r *Rows) addEarly(template uint32, parts uint64) {
	r.early[r.nEarly] = feature(template, parts)
	r.nEarly++
}

// Early gives the features that are looked at first.
func (r *Rows) Early() []uint32 { return r.early[:r.nEarly] }

// Late gives those that are looked at where the early ones leave doubt.
func (r *Rows) Late() []uint32 { return r.late[:r.nLate] }

// The roles of parts: ranges for each kind of decision, so that features of
// different kinds differ.
const (
	roleAction = 0x100
	roleLabel  = 0x200
	roleClass  = 0x300
	roleBundle = 0x400
)
