package train

import (
	"math"
	"slices"

	"cotejo/claims/extract/syntax/model"
)

// Limits of the clustering: how many clusters, how often a word must occur to be
// put into one, how many words serve as contexts, and how many rounds.
const (
	clusterCount    = 255
	clusterLeast    = 3
	clusterContexts = 6000
	clusterRounds   = 8
)

// trainClusters puts words that stand beside the same words into one cluster: each
// word in turn moves where the neighbours on either side tell most about the
// cluster, until the rounds are over. All counts are whole numbers.
func trainClusters(sentences [][]model.Form, clusters int) []model.Clustered {
	words, contexts := gatherContexts(sentences)
	if len(words) == 0 {
		return nil
	}
	x := newExchange(words, contexts, clusters)
	for range clusterRounds {
		if !x.round() {
			break
		}
	}
	out := make([]model.Clustered, len(words))
	for i, w := range words {
		out[i] = model.Clustered{Key: w.key, Cluster: uint8(x.home[i] + 1)}
	}
	slices.SortFunc(out, func(a, b model.Clustered) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return out
}

// clusterWord is a word with how often it stands in each context.
type clusterWord struct {
	key   uint64
	seen  int
	total int // of the contexts' counts
	near  []contextCount
}

type contextCount struct{ context, count int32 }

// gatherContexts gives the words to be clustered, most frequent first, and the
// number of contexts: each frequent word on the left, on the right, and the ends
// of the sentence.
func gatherContexts(sentences [][]model.Form) ([]clusterWord, int) {
	seen := counter[uint64]{}
	for _, s := range sentences {
		for i := range s {
			seen.add(s[i].Key)
		}
	}
	var words []clusterWord
	rank := map[uint64]int32{}
	for _, key := range seen.sorted(compareKeys) {
		if seen[key] < clusterLeast {
			break
		}
		rank[key] = int32(len(words))
		words = append(words, clusterWord{key: key, seen: seen[key]})
	}
	sides := int32(min(len(words), clusterContexts)) + 1
	near := make([]counter[int32], len(words))
	for _, s := range sentences {
		for i := range s {
			w, ok := rank[s[i].Key]
			if !ok {
				continue
			}
			if near[w] == nil {
				near[w] = counter[int32]{}
			}
			if c, ok := contextAt(s, i-1, rank, sides); ok {
				near[w].add(c)
			}
			if c, ok := contextAt(s, i+1, rank, sides); ok {
				near[w].add(sides + c)
			}
		}
	}
	for i := range words {
		for _, c := range near[i].sorted(func(a, b int32) int { return int(a - b) }) {
			words[i].near = append(words[i].near, contextCount{c, int32(near[i][c])})
			words[i].total += near[i][c]
		}
	}
	return words, 2 * int(sides)
}

func compareKeys(a, b uint64) int {
	if a < b {
		return -1
	}
	return 1
}

// contextAt numbers what stands at place i; false where it is too rare to tell.
func contextAt(s []model.Form, i int, rank map[uint64]int32, sides int32) (int32, bool) {
	if i < 0 || i >= len(s) {
		return sides - 1, true
	}
	c, ok := rank[s[i].Key]
	return c, ok && c < sides-1
}

// exchange is a clustering under way.
type exchange struct {
	words []clusterWord
	home  []int     // cluster of each word
	total []int     // counts of each cluster
	joint [][]int32 // by context, then cluster
	logs  []int64   // entropy of each count
	gain  []int64
}

func newExchange(words []clusterWord, contexts, clusters int) *exchange {
	x := &exchange{words: words, home: make([]int, len(words)), total: make([]int, clusters),
		joint: make([][]int32, contexts), gain: make([]int64, clusters)}
	for i := range x.joint {
		x.joint[i] = make([]int32, clusters)
	}
	most := 0
	for _, w := range words {
		most += w.total
	}
	x.logs = make([]int64, most+1)
	for n := range x.logs {
		x.logs[n] = entropy(n)
	}
	for i := range words {
		x.move(i, i%clusters, 1)
	}
	return x
}

// entropy gives n log2 n in 1/1024.
func entropy(n int) int64 {
	if n == 0 {
		return 0
	}
	return int64(math.Round(float64(n) * math.Log2(float64(n)) * 1024))
}

// move puts word i into the cluster (sign 1) or takes it out (sign -1).
func (x *exchange) move(i, cluster, sign int) {
	for _, n := range x.words[i].near {
		x.joint[n.context][cluster] += int32(sign) * n.count
	}
	x.total[cluster] += sign * x.words[i].total
	x.home[i] = cluster
}

// round moves every word once; false where none wanted to.
func (x *exchange) round() bool {
	moved := false
	for i := range x.words {
		from := x.home[i]
		x.move(i, from, -1)
		to := x.bestHome(i, from)
		x.move(i, to, 1)
		moved = moved || to != from
	}
	return moved
}

func (x *exchange) bestHome(i, from int) int {
	for c := range x.gain {
		x.gain[c] = x.logs[x.total[c]] - x.logs[x.total[c]+x.words[i].total]
	}
	for _, n := range x.words[i].near {
		beyond := x.logs[n.count:]
		for c, m := range x.joint[n.context] {
			x.gain[c] += beyond[m] - x.logs[m]
		}
	}
	best := from
	for c, g := range x.gain {
		if g > x.gain[best] {
			best = c
		}
	}
	return best
}
