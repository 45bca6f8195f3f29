package eval

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"cotejo/claims"
	"cotejo/claims/text"
)

// The least overlap (intersection over union of tokens) of a proposed claim with
// an annotated one that counts as found, and as found with the right borders.
const (
	loose = 0.5
	tight = 0.9
)

// Counts are the raw counts of a comparison; they add up over articles.
type Counts struct {
	Hit, Strict, Pred, Gold     int
	Attr, AttrNamed, Named      int
	QuantityHit, QuantityPred   int
	QuantityGold                int
	TimeHit, TimePred, TimeGold int
}

// Add sums counts.
func (c Counts) Add(o Counts) Counts {
	c.Hit += o.Hit
	c.Strict += o.Strict
	c.Pred += o.Pred
	c.Gold += o.Gold
	c.Attr += o.Attr
	c.AttrNamed += o.AttrNamed
	c.Named += o.Named
	c.QuantityHit += o.QuantityHit
	c.QuantityPred += o.QuantityPred
	c.QuantityGold += o.QuantityGold
	c.TimeHit += o.TimeHit
	c.TimePred += o.TimePred
	c.TimeGold += o.TimeGold
	return c
}

// Figures are the measures made of counts, each 0 to 1. Joint is the F1 of claims
// that are found with the right source; Named looks at claims that have one.
type Figures struct {
	Precision float64 `json:"claims_precision"`
	Recall    float64 `json:"claims_recall"`
	F1        float64 `json:"claims_f1"`
	Strict    float64 `json:"strict_f1"`
	Source    float64 `json:"source_accuracy"`
	Named     float64 `json:"named_source_accuracy"`
	Joint     float64 `json:"joint_f1"`
	Quantity  float64 `json:"quantity_f1"`
	Time      float64 `json:"time_f1"`
}

// Figures works the measures out.
func (c Counts) Figures() Figures {
	f := Figures{
		Precision: ratio(c.Hit, c.Pred), Recall: ratio(c.Hit, c.Gold), F1: f1(c.Hit, c.Pred, c.Gold),
		Strict: f1(c.Strict, c.Pred, c.Gold), Joint: f1(c.Attr, c.Pred, c.Gold),
		Source: ratio(c.Attr, c.Hit), Named: ratio(c.AttrNamed, c.Named),
	}
	f.Quantity = f1(c.QuantityHit, c.QuantityPred, c.QuantityGold)
	f.Time = f1(c.TimeHit, c.TimePred, c.TimeGold)
	return f
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func f1(hit, pred, gold int) float64 {
	if hit == 0 {
		return 0
	}
	return 2 * float64(hit) / float64(pred+gold)
}

// pair is a proposed and an annotated claim that overlap.
type pair struct {
	iou        float64
	pred, gold int
}

// Compare counts how the proposed claims of an article agree with the annotated
// ones. Proposals that are not checkable are left out; one that meets an
// annotated claim that is not checkable is neither paid nor fined.
func Compare(a Article, proposed []claims.Assertion) Counts {
	toks := tokens(a.Text)
	var preds []claims.Assertion
	for _, p := range proposed {
		if p.Checkable {
			preds = append(preds, p)
		}
	}
	matched := match(toks, a, preds)
	n := Counts{Pred: len(preds)}
	for _, g := range a.Claims {
		if g.Checkable {
			n.Gold++
			n.QuantityGold += len(g.Quantities)
			n.TimeGold += len(g.Times)
		}
	}
	free := map[int]bool{}
	for _, m := range matched {
		if g := a.Claims[m.gold]; !g.Checkable {
			n.Pred--
			free[m.pred] = true
		} else {
			n.pay(preds[m.pred], g, m.iou)
		}
	}
	for i, p := range preds {
		if !free[i] {
			n.QuantityPred += len(p.Quantities)
			n.TimePred += len(p.Times)
		}
	}
	return n
}

// pay counts what is right about one found claim.
func (n *Counts) pay(p claims.Assertion, g Claim, iou float64) {
	n.Hit++
	if iou >= tight {
		n.Strict++
	}
	right := sourceRight(p, g)
	if right {
		n.Attr++
	}
	if len(g.Sources) > 0 {
		n.Named++
		if right {
			n.AttrNamed++
		}
	}
	n.QuantityHit += greedy(p.Quantities, g.Quantities, quantityEqual)
	n.TimeHit += greedy(p.Times, g.Times, timeEqual)
}

// match pairs claims by overlap, best pairs first, each claim once.
func match(toks []token, a Article, preds []claims.Assertion) []pair {
	var pairs []pair
	golds := make([]map[int]bool, len(a.Claims))
	for j, g := range a.Claims {
		golds[j] = covered(toks, g.Spans)
	}
	for i, p := range preds {
		var spans []claims.Span
		for _, f := range p.Fragments {
			spans = append(spans, f.Span)
		}
		have := covered(toks, spans)
		for j, want := range golds {
			if v := overlap(have, want); v >= loose {
				pairs = append(pairs, pair{v, i, j})
			}
		}
	}
	sort.SliceStable(pairs, func(x, y int) bool { return pairs[x].iou > pairs[y].iou })
	usedPred, usedGold := map[int]bool{}, map[int]bool{}
	var out []pair
	for _, p := range pairs {
		if !usedPred[p.pred] && !usedGold[p.gold] {
			usedPred[p.pred], usedGold[p.gold] = true, true
			out = append(out, p)
		}
	}
	return out
}

func overlap(a, b map[int]bool) float64 {
	both := 0
	for i := range a {
		if b[i] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// token is a word or number of the text.
type token struct {
	claims.Span
	fold string
}

// tokens cuts text into runs of letters, digits and underscores; a point or a
// comma between digits does not cut.
func tokens(s string) []token {
	runes := []rune(s)
	var out []token
	for i := 0; i < len(runes); {
		if !wordRune(runes[i]) {
			i++
			continue
		}
		j := i
		for j < len(runes) && (wordRune(runes[j]) || (runes[j] == '.' || runes[j] == ',') && j+1 < len(runes) && unicode.IsDigit(runes[j+1])) {
			j++
		}
		out = append(out, token{claims.Span{Start: i, End: j}, text.Fold(string(runes[i:j]))})
		i = j
	}
	return out
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }

func covered(toks []token, spans []claims.Span) map[int]bool {
	out := map[int]bool{}
	for _, s := range spans {
		first := sort.Search(len(toks), func(i int) bool { return toks[i].End > s.Start })
		for i := first; i < len(toks) && toks[i].Start < s.End; i++ {
			out[i] = true
		}
	}
	return out
}

// light are words that say nothing about which source is meant.
var light = map[string]bool{
	"el": true, "la": true, "los": true, "las": true, "un": true, "una": true, "de": true, "del": true, "al": true, "y": true, "en": true,
	"the": true, "a": true, "an": true, "of": true, "and": true, "s": true, "por": true, "to": true, "in": true,
}

// nameWords is the set of telling words of a name, or of all its words where none tells.
func nameWords(s string) map[string]bool {
	all, telling := map[string]bool{}, map[string]bool{}
	for _, t := range tokens(s) {
		all[t.fold] = true
		if !light[t.fold] {
			telling[t.fold] = true
		}
	}
	if len(telling) == 0 {
		return all
	}
	return telling
}

// sameName reports whether half of the words of a name, and of one that will do, agree.
func sameName(got string, accepted []string) bool {
	g := nameWords(got)
	for _, name := range accepted {
		w := nameWords(name)
		both := 0
		for x := range g {
			if w[x] {
				both++
			}
		}
		if len(g) > 0 && len(w) > 0 && 4*both >= len(g)+len(w) {
			return true
		}
	}
	return false
}

// sourceRight reports whether a claim has no source where none is annotated, or
// every annotated one and at most one more.
func sourceRight(p claims.Assertion, g Claim) bool {
	var got []claims.Link
	for _, a := range p.Attributions {
		if a.Mode != claims.ModeNone {
			got = append(got, a.Sources...)
		}
	}
	if len(g.Sources) == 0 || len(got) == 0 {
		return len(g.Sources) == len(got)
	}
	for _, want := range g.Sources {
		found := false
		for _, s := range got {
			found = found || sameName(s.Text, want) || sameName(s.Name, want)
		}
		if !found {
			return false
		}
	}
	return len(got) <= len(g.Sources)+1
}

func greedy[T any](got, want []T, equal func(got, want T) bool) int {
	used, hit := make([]bool, len(want)), 0
	for _, g := range got {
		for i, w := range want {
			if !used[i] && equal(g, w) {
				used[i] = true
				hit++
				break
			}
		}
	}
	return hit
}

func quantityEqual(got, want claims.Quantity) bool {
	bound := func(q claims.Quantity) claims.Bound {
		if q.Bound == "" {
			return claims.BoundExact
		}
		return q.Bound
	}
	if bound(got) != bound(want) || got.Approx != want.Approx {
		return false
	}
	if bound(got) == claims.BoundRange {
		return near(got.Low, want.Low) && near(got.High, want.High)
	}
	value := func(q claims.Quantity) *float64 {
		if q.Value != nil {
			return q.Value
		}
		return q.Low
	}
	return near(value(got), value(want))
}

func near(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= 1e-3*math.Max(1, math.Abs(*a))
}

// timeEqual compares dates as precisely as the annotation gives them.
func timeEqual(got, want claims.Time) bool {
	same := func(g, w *claims.Date) bool {
		if g == nil || w == nil {
			return g == w
		}
		return strings.HasPrefix(string(*g), string(*w))
	}
	return same(got.From, want.From) && same(got.To, want.To)
}
