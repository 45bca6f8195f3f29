// Package slab hands out many small slices from a few large pieces of memory.
package slab

// The items that are asked of the runtime at once: the first time, and at most;
// each time twice as many as the time before.
const (
	first = 8
	most  = 1024
)

// Of is a supply of slices of T; the zero value is ready.
type Of[T any] struct {
	free []T
	next int
}

// Take gives an empty slice, never nil, with room for n items; what is appended beyond
// moves elsewhere.
func (s *Of[T]) Take(n int) []T {
	if n > len(s.free) || s.free == nil {
		s.next = min(max(first, 2*s.next), most)
		s.free = make([]T, max(n, s.next))
	}
	out := s.free[:0:n]
	s.free = s.free[n:]
	return out
}
