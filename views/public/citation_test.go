package public

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cotejo/claims/markdown"
)

var shownCitation = regexp.MustCompile(`data-claim="([0-9A-Z]{6})"`)

// shown lists the claims that a rendered body links, sorted, each once.
func shown(t *testing.T, body string) []string {
	t.Helper()
	var ids []string
	for _, m := range shownCitation.FindAllStringSubmatch(render(t, body, nil), -1) {
		ids = append(ids, m[1])
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func counted(body string) []string {
	ids := markdown.Citations(body)
	slices.Sort(ids)
	return ids
}

// bits are what bodies are put together from; @ stands for a citation.
var bits = []string{
	"@", "@", "@", "word ", " ", "\n", "\n", "\n\n", "`", "``", "```", "\n```\n", "\n~~~\n", "\n````\n", "\n> ", "\n>> ", "\n- ", "\n  ", "\n    ",
	"\n1. ", "\n   ", "\t", "\\", "[", "]", "](/x)", "](/x \"", "\")", "*", "_", "# ", "\n---\n", "\n===\n", "<", ">", "!", "(", ")",
}

func TestCountedAndShownNeverDiffer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := 0
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(bits), 1, 25).Draw(rt, "bits"), "")
		for strings.Contains(body, "@") {
			n++
			body = strings.Replace(body, "@", fmt.Sprintf("[[AAA%03d]]", n), 1)
		}
		if has, shows := counted(body), shown(t, body); !slices.Equal(has, shows) {
			rt.Fatalf("%q: counted %v, shown %v: %s", body, has, shows, render(t, body, nil))
		}
	})
}

func FuzzCountedAndShown(f *testing.F) {
	f.Add("a `[[AAAAAA]]` [[BBBBBB]]")
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 1<<12 {
			return
		}
		has := counted(body)
		for _, id := range shown(t, body) {
			if !slices.Contains(has, id) {
				t.Errorf("%q shows %s, which is not counted", body, id)
			}
		}
	})
}
