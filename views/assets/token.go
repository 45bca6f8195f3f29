package assets

import "regexp"

// Scheme is a set of colour tokens as a reader's wishes choose them.
type Scheme struct {
	Name string   // "light", "dark", "high", "high_dark"
	of   []string // conditions whose tokens come one over the other
}

const (
	inDark = "(prefers-color-scheme: dark)"
	inHigh = "(prefers-contrast: more)"
)

// Schemes are those that base.css has.
var Schemes = []Scheme{
	{"light", []string{""}},
	{"dark", []string{"", inDark}},
	{"high", []string{"", inHigh}},
	{"high_dark", []string{"", inDark, inHigh, inHigh + " and " + inDark}},
}

var (
	rootBlock = regexp.MustCompile(`(?s)(?:@media ([^{]+) \{\s*)?:root \{(.*?)\}`)
	hexToken  = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)
)

// ColourNames lists the colour tokens in the order in which base.css has them.
func ColourNames() []string {
	var out []string
	for _, token := range hexToken.FindAllStringSubmatch(rootBlock.FindStringSubmatch(baseSheet())[2], -1) {
		out = append(out, token[1])
	}
	return out
}

// Colours gives the colour tokens of a scheme by their names, as #rrggbb.
func Colours(s Scheme) map[string]string { return tokensOf(baseSheet(), s) }

func baseSheet() string {
	raw, err := files.ReadFile("css/base.css")
	if err != nil {
		panic(err) // it is built in
	}
	return string(raw)
}

// tokensOf reads the tokens of a scheme from base.css.
func tokensOf(base string, s Scheme) map[string]string {
	out := map[string]string{}
	for _, condition := range s.of {
		for _, block := range rootBlock.FindAllStringSubmatch(base, -1) {
			if block[1] != condition {
				continue
			}
			for _, token := range hexToken.FindAllStringSubmatch(block[2], -1) {
				out[token[1]] = token[2]
			}
		}
	}
	return out
}
