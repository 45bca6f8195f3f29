package workflow

import (
	"math"

	"cotejo/claims"
)

// Limits of a page of a list.
const (
	defaultLimit = 100
	maxLimit     = 500
	lastSeq      = math.MaxInt64 // before which every event stands
)

// bounded gives a page a limit that is fit to serve.
func bounded(p claims.Page) claims.Page {
	if p.Limit <= 0 {
		p.Limit = defaultLimit
	}
	p.Limit = min(p.Limit, maxLimit)
	return p
}

// some gives an empty list for nil, so that the two never differ.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
