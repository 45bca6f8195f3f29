package claims

import "slices"

// Report is one telling of a claim: the attributions that an outlet's article
// gives it.
type Report struct {
	Outlet       string
	Attributions []Attribution
}

// SharedOrigin is one source or document to which several tellings of a claim
// lead, so that they do not confirm one another.
type SharedOrigin struct {
	Origin   Link
	Outlets  []string // who tells it
	Evidence []string // titles of evidence that the origin itself published
}

// SharedOrigins finds the origins that more than one telling leads to: outlets
// whose articles name the same source, sources of one article that draw on the
// same document, evidence published by the very source. A chain of relays
// (the paper quotes the agency, which quotes the ministry) is one telling.
// key says which links name the same source, "" for one that cannot be compared.
// It is advice: what is found may be independent all the same.
func SharedOrigins(reports []Report, evidence []Evidence, key func(Link) string) []SharedOrigin {
	o := origins{key: key, at: map[string]int{}}
	for _, r := range reports {
		o.tell(r)
	}
	for _, e := range evidence {
		if i, ok := o.at[key(Link{Name: e.Publisher, Kind: KindOrganization})]; ok && e.Publisher != "" {
			o.found[i].Evidence = append(o.found[i].Evidence, titleOf(e))
		}
	}
	return slices.DeleteFunc(o.found, func(s SharedOrigin) bool { return len(s.Outlets)+len(s.Evidence) < 2 })
}

func titleOf(e Evidence) string {
	if e.Title != "" {
		return e.Title
	}
	return e.URL
}

// origins gathers who leads to which origin, in the order of the claim's words.
type origins struct {
	key   func(Link) string
	found []SharedOrigin
	at    map[string]int // by key, where in found
}

// tell adds one report. Several relays inside it count each, a single one for the
// outlet that we read.
func (o *origins) tell(r Report) {
	var order []string
	relays := map[string][]Link{}
	origin := map[string]Link{}
	add := func(to Link, by ...Link) {
		k := o.key(to)
		if k == "" {
			return
		}
		if _, known := origin[k]; !known {
			origin[k], order = to, append(order, k)
		}
		for _, l := range by {
			if o.key(l) != k {
				relays[k] = append(relays[k], l)
			}
		}
	}
	for _, a := range r.Attributions {
		nearest := a.Via[:min(len(a.Via), 1)]
		if a.Original != nil {
			add(*a.Original, append(slices.Clone(a.Sources), nearest[:min(len(nearest), max(0, 1-len(a.Sources)))]...)...)
			continue
		}
		for _, s := range a.Sources {
			add(s, nearest...)
		}
	}
	for _, k := range order {
		o.lead(origin[k], k, o.outletsOf(r, relays[k]))
	}
}

// outletsOf are the relays where there are several, else the outlet itself.
func (o *origins) outletsOf(r Report, relays []Link) []string {
	var names, keys []string
	for _, l := range relays {
		if k := o.key(l); !slices.Contains(keys, k) {
			keys, names = append(keys, k), append(names, l.Name)
		}
	}
	if len(names) < 2 && r.Outlet != "" {
		return []string{r.Outlet}
	}
	return names
}

// lead notes that outlets lead to an origin, each once.
func (o *origins) lead(origin Link, key string, outlets []string) {
	i, ok := o.at[key]
	if !ok {
		i = len(o.found)
		o.at[key], o.found = i, append(o.found, SharedOrigin{Origin: origin})
	}
	for _, name := range outlets {
		if !slices.Contains(o.found[i].Outlets, name) {
			o.found[i].Outlets = append(o.found[i].Outlets, name)
		}
	}
}
