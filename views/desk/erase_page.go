package desk

import (
	"cotejo/claims"
	"cotejo/views"
)

// ErasePage asks an admin whether an article shall be erased, and says what goes.
type ErasePage struct {
	views.Frame
	Article         claims.Article
	Counts          []EraseCount
	Copies          int
	Standing        []claims.ClaimRow // published: they have to be withdrawn first
	Tombstones      []claims.ClaimRow // withdrawn: their frozen versions stay
	Confirm, Reason string            // as typed
	Problems        views.Problems
}

// EraseCount is how much of a kind goes; Key is a plural.
type EraseCount struct {
	Key string
	N   int
}
