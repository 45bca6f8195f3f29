package model

import "slices"

// DomainOf gives the number of a treebank, the run-time one's where the model
// does not know it.
func (m *Model) DomainOf(name string) uint32 {
	if i := slices.Index(m.Domains, name); i >= 0 {
		return uint32(i)
	}
	return m.Domain
}
