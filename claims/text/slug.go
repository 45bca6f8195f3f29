package text

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
)

// Slug gives a name the form that it has in addresses: folded, its letters and
// digits joined by hyphens, at most that many bytes, cut between words where
// there are some. Letters that fold to none of the Latin ones stay; a name
// without any letter or digit gets a number worked out from it.
func Slug(name string, most int) string {
	words := strings.FieldsFunc(Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slug := ""
	for _, w := range words {
		if slug != "" && len(slug)+1+len(w) > most {
			break
		}
		if slug != "" {
			slug += "-"
		}
		slug += w
	}
	if len(slug) > most {
		slug = strings.ToValidUTF8(slug[:most], "")
	}
	if slug == "" {
		sum := fnv.New32a()
		sum.Write([]byte(name))
		return "t" + strconv.FormatUint(uint64(sum.Sum32()), 36)
	}
	return slug
}
