package claims_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"cotejo/claims"
)

func piece(grade claims.Grade, stance claims.Stance, publisher, url string) claims.Evidence {
	return claims.Evidence{ID: publisher + url, Grade: grade, Stance: stance, Publisher: publisher, URL: url}
}

func primary(stance claims.Stance) claims.Evidence {
	return piece(claims.GradePrimary, stance, "INE", "https://ine.test/1")
}

func secondary(publisher, url string) claims.Evidence {
	return piece(claims.GradeSecondary, claims.StanceFor, publisher, url)
}

func TestIndependentPieces(t *testing.T) {
	for name, tt := range map[string]struct {
		pieces []claims.Evidence
		want   int
	}{
		"none":                {nil, 0},
		"one":                 {[]claims.Evidence{secondary("A", "https://a.test/1")}, 1},
		"two publishers":      {[]claims.Evidence{secondary("A", "https://a.test/1"), secondary("B", "https://b.test/1")}, 2},
		"one host":            {[]claims.Evidence{secondary("A", "https://a.test/1"), secondary("B", "https://WWW.a.test/2")}, 1},
		"one publisher":       {[]claims.Evidence{secondary("El  País", "https://a.test/1"), secondary("el país", "https://b.test/1")}, 1},
		"a third joins them":  {[]claims.Evidence{secondary("A", "https://a.test/1"), secondary("B", "https://b.test/1"), secondary("A", "https://b.test/2")}, 1},
		"no publisher":        {[]claims.Evidence{secondary("", "https://a.test/1"), secondary("", "https://b.test/1")}, 2},
		"nothing to go by":    {[]claims.Evidence{{ID: "1"}, {ID: "2"}}, 2},
		"a port is no source": {[]claims.Evidence{secondary("", "https://a.test/1"), secondary("", "https://a.test:8443/1")}, 1},
	} {
		if got := claims.Independent(tt.pieces); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
		slices.Reverse(tt.pieces)
		if got := claims.Independent(tt.pieces); got != tt.want {
			t.Errorf("%s, the other way round: %d, want %d", name, got, tt.want)
		}
	}
}

func TestSufficiencyOfTheDefaultRules(t *testing.T) {
	figure := func(c *claims.Claim) { c.Quantities = []claims.Quantity{{Text: "1.200"}} }
	verdict := func(content, attribution string) func(*claims.Claim) {
		return func(c *claims.Claim) { c.Verdict = &claims.Verdict{Content: content, Attribution: attribution} }
	}
	said := func(saw bool) func(*claims.Claim) {
		return func(c *claims.Claim) {
			c.Attributions = []claims.Attribution{{Sources: []claims.Link{{Name: "Alcalde", SawOriginal: saw}}}}
		}
	}
	type change = func(*claims.Claim)
	for name, tt := range map[string]struct {
		claim    []change
		evidence []claims.Evidence
		want     []claims.RuleCase
	}{
		"plain":                            {nil, nil, nil},
		"figure, nothing":                  {[]change{figure}, nil, []claims.RuleCase{claims.CaseFigure}},
		"figure, one primary":              {[]change{figure}, []claims.Evidence{primary(claims.StanceFor)}, nil},
		"figure, primary for context":      {[]change{figure}, []claims.Evidence{primary(claims.StanceContext)}, []claims.RuleCase{claims.CaseFigure}},
		"figure, one secondary":            {[]change{figure}, []claims.Evidence{secondary("A", "https://a.test")}, []claims.RuleCase{claims.CaseFigure}},
		"figure, two independent":          {[]change{figure}, []claims.Evidence{secondary("A", "https://a.test"), secondary("B", "https://b.test")}, nil},
		"figure, two of one house":         {[]change{figure}, []claims.Evidence{secondary("A", "https://a.test/1"), secondary("A", "https://a.test/2")}, []claims.RuleCase{claims.CaseFigure}},
		"false, nothing":                   {[]change{verdict("false", "")}, nil, []claims.RuleCase{claims.CaseContent}},
		"misleading, only for":             {[]change{verdict("misleading", "")}, []claims.Evidence{primary(claims.StanceFor)}, []claims.RuleCase{claims.CaseContent}},
		"false, one against":               {[]change{verdict("false", "")}, []claims.Evidence{primary(claims.StanceAgainst)}, nil},
		"true, nothing":                    {[]change{verdict("true", "")}, nil, nil},
		"accurate, not seen":               {[]change{said(false), verdict("unproven", "accurate")}, nil, []claims.RuleCase{claims.CaseAttribution}},
		"accurate, original seen":          {[]change{said(true), verdict("unproven", "accurate")}, nil, nil},
		"accurate, primary":                {[]change{said(false), verdict("unproven", "accurate")}, []claims.Evidence{primary(claims.StanceFor)}, nil},
		"accurate, no source":              {[]change{verdict("unproven", "accurate")}, nil, nil},
		"distorted, not seen":              {[]change{said(false), verdict("unproven", "distorted")}, nil, nil},
		"false figure, secondary for only": {[]change{figure, verdict("false", "")}, []claims.Evidence{secondary("A", "https://a.test")}, []claims.RuleCase{claims.CaseFigure, claims.CaseContent}},
	} {
		var c claims.Claim
		for _, f := range tt.claim {
			f(&c)
		}
		var got []claims.RuleCase
		for _, l := range claims.Insufficient(claims.DefaultEvidenceRules(), c, tt.evidence) {
			got = append(got, l.Rule.Case)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// TestALackAsksOnlyForWhatIsMissing: the half of a rule that is kept is not told.
func TestALackAsksOnlyForWhatIsMissing(t *testing.T) {
	rules := claims.EvidenceRules{{Case: claims.CaseAny, Primary: 1, Secondary: 2, Against: 1}}
	got := claims.Insufficient(rules, claims.Claim{}, []claims.Evidence{primary(claims.StanceFor)})
	if len(got) != 1 || got[0].Rule.Primary != 0 || got[0].Rule.Secondary != 0 || got[0].Rule.Against != 1 {
		t.Errorf("%+v", got)
	}
	got = claims.Insufficient(rules, claims.Claim{}, []claims.Evidence{piece(claims.GradeSecondary, claims.StanceAgainst, "A", "https://a.test")})
	if len(got) != 1 || got[0].Rule.Primary != 1 || got[0].Rule.Against != 0 || got[0].Secondary != 1 {
		t.Errorf("%+v", got)
	}
	if got := claims.Foreseeable(claims.DefaultEvidenceRules(), claims.Claim{}, nil); len(got) != 1 || got[0].Rule.Case != claims.CaseContent {
		t.Errorf("foreseen without a source and figure: %+v", got)
	}
}

func TestTheChecklistIsTicked(t *testing.T) {
	list := claims.DefaultChecklist()
	if len(list) != 6 {
		t.Fatalf("%d items", len(list))
	}
	items, unknown := list.Tick([]string{"wording", "nonsense", "nonsense", "fair"})
	if !slices.Equal(unknown, []string{"nonsense"}) || !slices.Equal(claims.OpenItems(items), []string{"source", "evidence", "figures", "contrary"}) {
		t.Errorf("unknown %v, open %v", unknown, claims.OpenItems(items))
	}
	for _, item := range list {
		if item.Label("es") == item.Label("en") || item.Label("fr") != item.Label("en") {
			t.Errorf("%s: %q, %q", item.Code, item.Label("es"), item.Label("fr"))
		}
	}
	if got := (claims.ChecklistItem{Code: "x"}).Label("es"); got != "x" {
		t.Errorf("without words: %q", got)
	}
}

// TestStoredListsReplaceTheDefaults: nothing of a default shines through what was stored.
func TestStoredListsReplaceTheDefaults(t *testing.T) {
	s := claims.DefaultSettings()
	raw := `{"checklist":[{"code":"a","words":{"es":"A"}}],"evidence_rules":[{"case":"any","against":2}]}`
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(s.Checklist, claims.Checklist{{Code: "a", Words: map[string]string{"es": "A"}}}) ||
		!reflect.DeepEqual(s.EvidenceRules, claims.EvidenceRules{{Case: claims.CaseAny, Against: 2}}) {
		t.Errorf("%+v, %+v", s.Checklist, s.EvidenceRules)
	}
}
