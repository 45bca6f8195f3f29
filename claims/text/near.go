package text

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"
)

// How texts are compared: runs of nearWords words; a text needs nearLeast of them, and no
// more than the first nearMost words count. Of its runs, nearBands times nearRows least hashes
// are kept, a hash a band: texts that share half of their runs have a band in common
// with a chance of 98 in 100, those that share a twentieth with one of 4 in 1000.
const (
	nearWords = 4
	nearLeast = 40
	nearMost  = 50000
	nearBands = 32
	nearRows  = 3
)

// runs hashes every run of words of a text, punctuation, case and accents aside.
func runs(s string) map[uint64]bool {
	words := strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = words[:min(len(words), nearMost)]
	out := make(map[uint64]bool, len(words))
	for i := range len(words) - nearWords + 1 {
		out[xxhash.Sum64String(strings.Join(words[i:i+nearWords], " "))] = true
	}
	return out
}

// Bands gives the numbers by which texts that are nearly the same find each other: some of
// them are the same. None for a text that is too short to tell.
func Bands(s string) []int64 {
	all := runs(s)
	if len(all) < nearLeast {
		return nil
	}
	var least [nearBands * nearRows]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for h := range all {
		for i := range least {
			least[i] = min(least[i], mixed(h+uint64(i)*0x9e3779b97f4a7c15))
		}
	}
	out := make([]int64, nearBands)
	for b := range out {
		var buf [8 * (nearRows + 1)]byte
		binary.LittleEndian.PutUint64(buf[:], uint64(b))
		for r := range nearRows {
			binary.LittleEndian.PutUint64(buf[8*(r+1):], least[b*nearRows+r])
		}
		out[b] = int64(xxhash.Sum64(buf[:]))
	}
	return out
}

// mixed scatters a number, so that one hash serves as many.
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Overlap is how much of a text stands in another, 0 to 1, by its runs of words.
func Overlap(s, other string) float64 {
	mine, theirs := runs(s), runs(other)
	if len(mine) == 0 {
		return 0
	}
	shared := 0
	for h := range mine {
		if theirs[h] {
			shared++
		}
	}
	return float64(shared) / float64(len(mine))
}
