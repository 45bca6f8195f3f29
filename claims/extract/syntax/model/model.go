package model

import "slices"

// Domain says which treebank a text is read as.
type Domain struct {
	Treebank uint32 // index into Model.Domains
	Mixed    bool   // the treebanks differ in scheme, hence even the early features look at it
}

// DomainOf gives a treebank by its name, the run-time one where the model does
// not know it.
func (m *Model) DomainOf(name string) Domain {
	d := m.Domain
	if i := slices.Index(m.Domains, name); i >= 0 {
		d.Treebank = uint32(i)
	}
	return d
}
