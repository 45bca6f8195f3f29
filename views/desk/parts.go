package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

func linkName(l claims.Link) string {
	if l.Name != "" {
		return l.Name
	}
	return l.Text
}

func linkKind(l claims.Link) claims.SourceKind {
	if l.Kind == "" {
		return claims.KindUnknown
	}
	return l.Kind
}

func basis(w *i18n.Words, b claims.Basis) string {
	if key := "basis." + string(b); w.Has(key) {
		return w.T(key)
	}
	return string(b)
}

func meterValue(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

func version(v int64) string { return strconv.FormatInt(v, 10) }

// called is how a page calls a person of the given id.
func called(people map[string]claims.Person, id string, w *i18n.Words) string {
	p, ok := people[id]
	switch {
	case id == "" || id == "system":
		return w.T("person.program")
	case !ok:
		return id
	case p.Display != "":
		return p.Display
	}
	return p.Name
}

// sortedPeople lists people by the name they sign in with.
func sortedPeople(people map[string]claims.Person) []claims.Person {
	out := slices.Collect(maps.Values(people))
	slices.SortFunc(out, func(a, b claims.Person) int { return strings.Compare(a.Name, b.Name) })
	return out
}
