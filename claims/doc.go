// Package claims is the domain: the words and rules of a fact-checking desk.
//
// It knows the nouns (article, claim, attribution, source, evidence, verdict,
// scale, review, check, publication, person, event), the table of moves a claim
// may make (status.go), who may do what (policy.go) and what a store must keep
// (store.go). It imports the standard library only; every other package of
// Cotejo points to it.
//
// Offsets count Unicode code points of a snapshot's text unless said otherwise.
// Times are UTC with microsecond precision. Dates are calendar dates in the
// outlet's zone, as precise as the words are: "2025", "2025-09" or "2025-09-28".
package claims
