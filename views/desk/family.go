package desk

import (
	"cotejo/claims"
)

// Family is what an article shares with those that it is a copy of, or that are copies
// of it.
type Family struct {
	Original *claims.Article // nil for none, and where the reader may not know of it
	Copies   []claims.Article
	Cards    []ClaimCard // claims of others that stand in its text, numbered after its own
	MayEdit  bool
}

// decided counts the shared claims that are published or approved.
func (f Family) decided() int {
	n := 0
	for _, c := range f.Cards {
		if c.State == claims.StatePublished || c.State == claims.StateApproved {
			n++
		}
	}
	return n
}

// alike reports whether two articles have so much of a text in common that one can be
// a copy of the other.
func (d Duplicate) alike() bool { return d.How != "address" && !d.Article.Erased }
