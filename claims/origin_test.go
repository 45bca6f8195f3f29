package claims_test

import (
	"reflect"
	"strings"
	"testing"

	"cotejo/claims"
)

func links(names ...string) (out []claims.Link) {
	for _, n := range names {
		out = append(out, claims.Link{Name: n})
	}
	return out
}

func TestSharedOrigins(t *testing.T) {
	said := func(source string, via ...string) claims.Attribution {
		return claims.Attribution{Sources: links(source), Via: links(via...)}
	}
	drawn := func(original string, sources ...string) claims.Attribution {
		return claims.Attribution{Sources: links(sources...), Original: &claims.Link{Name: original}}
	}
	report := func(outlet string, list ...claims.Attribution) claims.Report {
		return claims.Report{Outlet: outlet, Attributions: list}
	}
	for what, c := range map[string]struct {
		reports  []claims.Report
		evidence []claims.Evidence
		want     []string
	}{
		"nothing":                       {nil, nil, nil},
		"the article's own voice":       {[]claims.Report{report("A"), report("B")}, nil, nil},
		"one source":                    {[]claims.Report{report("A", said("Seúl"))}, nil, nil},
		"a chain of relays is one":      {[]claims.Report{report("A", said("Seúl", "EFE", "Yonhap"))}, nil, nil},
		"two sources":                   {[]claims.Report{report("A", said("Seúl"), said("Kiev"))}, nil, nil},
		"two outlets, one source":       {[]claims.Report{report("A", said("Seúl")), report("B", said("SEÚL", "EFE"))}, nil, []string{"Seúl: A, B"}},
		"one outlet twice":              {[]claims.Report{report("A", said("Seúl")), report("A", said("Seúl"))}, nil, nil},
		"two agencies in one article":   {[]claims.Report{report("A", said("Seúl", "EFE"), said("Seúl", "Reuters"))}, nil, []string{"Seúl: EFE, Reuters"}},
		"three sources, one document":   {[]claims.Report{report("A", drawn("Informe", "Ana", "Bea", "Carla"))}, nil, []string{"Informe: Ana, Bea, Carla"}},
		"one source, one document":      {[]claims.Report{report("A", drawn("Informe", "Ana"))}, nil, nil},
		"documents in two outlets":      {[]claims.Report{report("A", drawn("Informe", "Ana")), report("B", drawn("Informe", "Bea"))}, nil, []string{"Informe: A, B"}},
		"who is the origin leads not":   {[]claims.Report{report("A", said("EFE", "EFE"), said("EFE", "Reuters"))}, nil, nil},
		"evidence of the very source":   {[]claims.Report{report("A", said("INE"))}, []claims.Evidence{{Title: "Padrón", Publisher: "ine"}, {Title: "Otro", Publisher: "X"}}, []string{"INE: A + Padrón"}},
		"evidence without a publisher":  {[]claims.Report{report("A", said("INE"))}, []claims.Evidence{{Title: "Padrón"}}, nil},
		"without an outlet":             {[]claims.Report{report("", said("Seúl")), report("", said("Seúl"))}, nil, nil},
		"what has no name is not alike": {[]claims.Report{report("A", said("")), report("B", said(""))}, nil, nil},
	} {
		var got []string
		for _, s := range claims.SharedOrigins(c.reports, c.evidence, func(l claims.Link) string { return strings.ToLower(l.Name) }) {
			line := s.Origin.Name + ": " + strings.Join(s.Outlets, ", ")
			if len(s.Evidence) > 0 {
				line += " + " + strings.Join(s.Evidence, ", ")
			}
			got = append(got, line)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %q, want %q", what, got, c.want)
		}
	}
}
