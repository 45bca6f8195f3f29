package assets

import (
	"fmt"
	"io/fs"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A scheme is a set of colour tokens as a reader's wishes choose them.
type scheme struct {
	Scheme
	text float64 // least contrast of text
}

var schemes = []scheme{{Schemes[0], 4.5}, {Schemes[1], 4.5}, {Schemes[2], 7}, {Schemes[3], 7}}

var (
	cssRule   = regexp.MustCompile(`(?s)([^{}]+)\{([^{}]*)\}`)
	cssNote   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	textColor = regexp.MustCompile(`(?:^|[\s;{])color: var\(--([a-z0-9-]+)\)`)
	ground    = regexp.MustCompile(`(?:^|[\s;{])background(?:-color)?: var\(--([a-z0-9-]+)\)`)
)

func styleSheets(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(files, "css/*.css")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		raw, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = cssNote.ReplaceAllString(string(raw), "")
	}
	return out
}

// pair is text on a ground, by their tokens.
type pair struct{ text, ground string }

// pairsInUse are those that stand on the common grounds, and each that a rule puts together.
func pairsInUse(sheets map[string]string) []pair {
	used := map[pair]bool{}
	steps := []string{"v-true", "v-mostly-true", "v-half-true", "v-misleading", "v-false", "v-unproven", "v-not-checkable"}
	for _, ground := range []string{"paper", "surface", "sunken"} {
		for _, text := range append([]string{"ink", "ink-2", "accent", "accent-2", "bad", "good", "warn", "machine"}, steps...) {
			used[pair{text, ground}] = true
		}
	}
	for _, wash := range []string{"accent-wash", "bad-wash", "good-wash", "warn-wash", "machine-wash"} { // of notices, in which links and notes stand
		for _, text := range []string{"ink", "ink-2", "accent", strings.TrimSuffix(wash, "-wash")} {
			used[pair{text, wash}] = true
		}
	}
	used[pair{"ink", "mark"}], used[pair{"ink", "mark-lit"}] = true, true
	for _, sheet := range sheets {
		for _, rule := range cssRule.FindAllStringSubmatch(sheet, -1) {
			text, on := textColor.FindStringSubmatch(rule[2]), ground.FindStringSubmatch(rule[2])
			if text != nil && on != nil {
				used[pair{text[1], on[1]}] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(used), func(a, b pair) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
}

// luminance is the relative luminance of a colour #rrggbb, as WCAG 2 has it.
func luminance(hex string) float64 {
	var sum float64
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			panic(err)
		}
		v := float64(n) / 255
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// Text can be read on every ground that it stands on, in each of the four schemes.
func TestContrast(t *testing.T) {
	if got := contrast("#000000", "#ffffff"); math.Abs(got-21) > .01 {
		t.Fatalf("black on white is %.2f, must be 21", got)
	}
	sheets := styleSheets(t)
	pairs := pairsInUse(sheets)
	for _, s := range schemes {
		tokens := tokensOf(sheets["css/base.css"], s.Scheme)
		check := func(a, b string, least float64) {
			if tokens[a] == "" || tokens[b] == "" {
				t.Errorf("%s: no colour for --%s or --%s", s.Name, a, b)
			} else if got := contrast(tokens[a], tokens[b]); got < least {
				t.Errorf("%s: --%s on --%s is %.2f, must be %.1f", s.Name, a, b, got, least)
			}
		}
		for _, p := range pairs {
			check(p.text, p.ground, s.text)
		}
		for _, ground := range []string{"paper", "surface"} { // borders of what can be used, and marks
			check("line-2", ground, 3)
			check("mark-line", ground, map[bool]float64{true: 3, false: 2.5}[s.text == 7])
		}
	}
}

// Nothing is laid out by left and right, so that pages can be read from right to left.
func TestLogicalProperties(t *testing.T) {
	physical := regexp.MustCompile(`(?:^|[\s;{])((?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right)(?:-[a-z]+)?|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear): (?:left|right)`)
	uneven := regexp.MustCompile(`(?:^|[\s;{])(padding|margin|inset): ([^;{}()]+|(?:[^;{}()]*\([^()]*\))+[^;{}()]*);`)
	for name, sheet := range styleSheets(t) {
		for _, found := range physical.FindAllString(sheet, -1) {
			t.Errorf("%s: %s", name, strings.TrimSpace(found))
		}
		for _, found := range uneven.FindAllStringSubmatch(sheet, -1) {
			if sides := values(found[2]); len(sides) == 4 && sides[1] != sides[3] {
				t.Errorf("%s: %s: %s", name, found[1], found[2])
			}
		}
		// a fade at the end of a row has a direction: one rule for each
		if left, right := strings.Count(sheet, "to left"), strings.Count(sheet, "to right"); left != right {
			t.Errorf("%s: %d gradients to the left, %d to the right", name, left, right)
		}
	}
}

// values takes a property's value apart at the spaces outside brackets.
func values(text string) (out []string) {
	deep, word := 0, ""
	for _, r := range text + " " {
		switch {
		case r == '(':
			deep++
		case r == ')':
			deep--
		}
		if r != ' ' || deep > 0 {
			word += string(r)
		} else if word != "" {
			out, word = append(out, word), ""
		}
	}
	return out
}
