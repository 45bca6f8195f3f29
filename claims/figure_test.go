package claims_test

import (
	"testing"

	"cotejo/claims"
)

func exactly(v float64) claims.Quantity {
	return claims.Quantity{Value: &v, Bound: claims.BoundExact}
}

func about(v float64) claims.Quantity {
	return claims.Quantity{Value: &v, Bound: claims.BoundExact, Approx: true}
}

func atLeast(v float64) claims.Quantity { return claims.Quantity{Low: &v, Bound: claims.BoundMin} }
func atMost(v float64) claims.Quantity  { return claims.Quantity{High: &v, Bound: claims.BoundMax} }

func between(low, high float64) claims.Quantity {
	return claims.Quantity{Low: &low, High: &high, Bound: claims.BoundRange}
}

func TestFigureClashes(t *testing.T) {
	year, later := claims.Date("2024"), claims.Date("2025")
	for name, c := range map[string]struct {
		a, b     claims.Quantity
		from, to *claims.Date // of the first and of the second
		want     claims.FigureDoubt
	}{
		"the same":                  {exactly(5), exactly(5), &year, &year, ""},
		"two values":                {exactly(5), exactly(6), &year, &year, claims.FigureApart},
		"another time":              {exactly(5), exactly(6), &year, &later, ""},
		"no known time":             {exactly(5), exactly(6), nil, nil, ""},
		"one known time":            {exactly(5), exactly(6), &year, nil, ""},
		"near enough to be about":   {about(100), exactly(109), &year, &year, ""},
		"too far to be about":       {about(100), exactly(111), &year, &year, claims.FigureApart},
		"at least holds":            {atLeast(10), exactly(4000), &year, &year, ""},
		"at least does not hold":    {atLeast(10), exactly(9), &year, &year, claims.FigureApart},
		"at most does not hold":     {atMost(10), exactly(11), &year, &year, claims.FigureApart},
		"ranges overlap":            {between(1, 5), between(5, 9), &year, &year, ""},
		"ranges apart":              {between(1, 5), between(6, 9), &year, &year, claims.FigureApart},
		"thousands and millions":    {exactly(3e6), exactly(3e3), &year, &year, claims.FigureThousand},
		"nearly a thousand":         {exactly(3.1e6), exactly(3e3), &year, &year, claims.FigureThousand},
		"zero is not a thousandth":  {exactly(0), exactly(1000), &year, &year, claims.FigureApart},
		"no number, nothing to say": {claims.Quantity{}, exactly(6), &year, &year, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := claims.FigureClashes([]claims.Figure{{Quantity: c.a, From: c.from}, {Quantity: c.b, From: c.to}})
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0] != claims.FigureClash{Doubt: c.want, A: 0, B: 1}) {
				t.Errorf("clashes are %v, want %q", got, c.want)
			}
		})
	}
}

func TestFigureSums(t *testing.T) {
	for name, c := range map[string]struct {
		total claims.Quantity
		parts []claims.Quantity
		want  bool
	}{
		"12 of whom 5 and 6":    {exactly(12), []claims.Quantity{exactly(5), exactly(6)}, true},
		"11 of whom 5 and 6":    {exactly(11), []claims.Quantity{exactly(5), exactly(6)}, false},
		"about 12":              {about(12), []claims.Quantity{exactly(5), exactly(6)}, false},
		"an open part may fill": {exactly(12), []claims.Quantity{exactly(5), atLeast(6)}, false},
		"an open part too much": {exactly(12), []claims.Quantity{exactly(5), atLeast(8)}, true},
		"one part":              {exactly(12), []claims.Quantity{exactly(5)}, false},
		"a part unknown":        {exactly(12), []claims.Quantity{exactly(5), {}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := claims.SumDoubt(c.total, c.parts); got != c.want {
				t.Errorf("doubt is %v", got)
			}
		})
	}
}

func TestFigurePercents(t *testing.T) {
	for name, c := range map[string]struct {
		parts []claims.Quantity
		want  bool
	}{
		"a hundred":         {[]claims.Quantity{exactly(60), exactly(40)}, false},
		"less than all":     {[]claims.Quantity{exactly(60), exactly(20)}, false},
		"rounded":           {[]claims.Quantity{exactly(34), exactly(34), exactly(33)}, false},
		"too many":          {[]claims.Quantity{exactly(60), exactly(45)}, true},
		"one rise, no part": {[]claims.Quantity{exactly(140)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := claims.PercentDoubt(c.parts); got != c.want {
				t.Errorf("doubt is %v", got)
			}
		})
	}
}
