package compare

import (
	"strings"
)

const (
	maxPairs  = 20_000 // of pieces that are weighed against each other
	leastLike = 0.35   // how much of two pieces must be the same for one to have become the other
)

// aligned finds out which of the pieces that went became which of those that came, as
// far as they are alike, and compares these; the others went and came as a whole.
func aligned(gone, come []string, compare func(gone, come string) []edit) []edit {
	if len(gone) == 1 && len(come) == 1 {
		return compare(gone[0], come[0])
	}
	if len(gone)*len(come) > maxPairs {
		return unweighed(gone, come, compare)
	}
	var out []edit
	i, k := 0, 0
	rest := func(untilGone, untilCome int) {
		out = append(out, edit{strings.Join(gone[i:untilGone], ""), strings.Join(come[k:untilCome], "")})
	}
	for _, pair := range bestPairs(gone, come) {
		rest(pair[0], pair[1])
		i, k = pair[0]+1, pair[1]+1
		out = append(out, compare(gone[pair[0]], come[pair[1]])...)
	}
	rest(len(gone), len(come))
	return out
}

// unweighed compares too many pieces one by one where they are as many, else all at once.
func unweighed(gone, come []string, compare func(gone, come string) []edit) (out []edit) {
	if len(gone) != len(come) {
		return compare(strings.Join(gone, ""), strings.Join(come, ""))
	}
	for i := range gone {
		out = append(out, compare(gone[i], come[i])...)
	}
	return out
}

// bestPairs gives, in order, the pairs of pieces that are the most alike all in all.
func bestPairs(gone, come []string) (pairs [][2]int) {
	bags, others := bagsOf(gone), bagsOf(come)
	like := make([][]float64, len(gone))
	best := make([][]float64, len(gone)+1) // of the pieces from i and from k on
	best[len(gone)] = make([]float64, len(come)+1)
	for i := len(gone) - 1; i >= 0; i-- {
		like[i], best[i] = make([]float64, len(come)), make([]float64, len(come)+1)
		for k := len(come) - 1; k >= 0; k-- {
			best[i][k] = max(best[i+1][k], best[i][k+1])
			if like[i][k] = alikeness(bags[i], others[k]); like[i][k] >= leastLike {
				best[i][k] = max(best[i][k], like[i][k]+best[i+1][k+1])
			}
		}
	}
	for i, k := 0, 0; i < len(gone) && k < len(come); {
		switch best[i][k] {
		case best[i+1][k]:
			i++
		case best[i][k+1]:
			k++
		default:
			pairs = append(pairs, [2]int{i, k})
			i, k = i+1, k+1
		}
	}
	return pairs
}

// bag counts the words of a piece.
type bag struct {
	words map[string]int
	n     int
}

func bagsOf(pieces []string) []bag {
	out := make([]bag, len(pieces))
	for i, p := range pieces {
		out[i].words = map[string]int{}
		for _, w := range words(p) {
			if strings.TrimSpace(w) != "" {
				out[i].words[w]++
				out[i].n++
			}
		}
	}
	return out
}

// alikeness is the share of their words that two pieces have in common.
func alikeness(a, b bag) float64 {
	if a.n+b.n == 0 {
		return 0
	}
	common := 0
	for w, n := range a.words {
		common += min(n, b.words[w])
	}
	return 2 * float64(common) / float64(a.n+b.n)
}
