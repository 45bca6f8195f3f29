package views

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cotejo/claims"
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
	ids := claims.Citations(body)
	slices.Sort(ids)
	return ids
}

func TestWhatIsCountedIsWhatIsShown(t *testing.T) {
	for body, want := range map[string]int{
		"One [[7f3k-9q]] and [[ ABCDEF ]].":              2,
		"`[[AAAAAA]]` [[BBBBBB]]":                        1,
		"`` ` [[AAAAAA]] `` [[BBBBBB]]":                  1,
		"a ` b [[AAAAAA]]":                               1,
		"a `b\n[[AAAAAA]]` c":                            0,
		"a `b\n\n[[AAAAAA]]` c":                          1,
		"```\n[[AAAAAA]]\n```\n[[BBBBBB]]":               1,
		"```\n[[AAAAAA]]":                                0,
		"~~~ [[AAAAAA]]\n```\n[[BBBBBB]]\n~~~\n":         0,
		"````\n```\n[[AAAAAA]]\n````\n[[BBBBBB]]":        1,
		"text\n```\n[[AAAAAA]]\n```":                     0,
		"> ```\n> [[AAAAAA]]\n\n[[BBBBBB]]":              1,
		"> ```\n> [[AAAAAA]]\n[[BBBBBB]]":                1,
		"> quoted\n[[AAAAAA]]":                           1,
		"- ```\n  [[AAAAAA]]\n  ```\n  [[BBBBBB]]":       1,
		"- ```\n  [[AAAAAA]]\n\n[[BBBBBB]]":              1,
		"1. one\n\n    [[AAAAAA]]\n\n2. [[BBBBBB]]":      2,
		"    [[AAAAAA]]":                                 0,
		"\t[[AAAAAA]]":                                   0,
		"text\n    [[AAAAAA]]":                           1,
		"-     [[AAAAAA]]":                               0,
		"## [[AAAAAA]]\n[[BBBBBB]]\n===":                 2,
		`\[[AAAAAA]] \\[[BBBBBB]] [\[CCCCCC]]`:           1,
		"[[AAAAAA\n]] [[\nAAAAAA]]":                      0,
		"[see [[AAAAAA]]](/x \"[[BBBBBB]]\")":            1,
		"[a](/x)[[AAAAAA]](b)":                           1,
		"![see [[AAAAAA]]](/x) ![[BBBBBB]]":              0,
		"[a]: /x \"[[AAAAAA]]\"\n\n[a] [[BBBBBB]]":       1,
		"<!-- [[AAAAAA]]\n\n[[BBBBBB]] -->\n[[CCCCCC]]":  1,
		"<div>\n[[AAAAAA]]\n\n[[BBBBBB]]":                1,
		"a <b title=\"[[AAAAAA]]\">b</b> [[BBBBBB]]":     1,
		"<https://x.test/[[AAAAAA]]> [[BBBBBB]]":         1,
		"a < [[AAAAAA]] > b":                             1,
		"|a|b|\n|-|-|\n|`[[AAAAAA]]|[[BBBBBB]]`|":        2,
		"|a|b|\n|-|-|\n|`[[AAAAAA]]`|[[BBBBBB]]|":        1,
		"[[AAAAAA]]\r\n\r\n```\r\n[[BBBBBB]]\r\n```\r\n": 1,
		"[[AAAAAA]]\n===\n\t[[BBBBBB]]":                  1,
		"[[UUUUUU]] [[note]] [[AAAAAA]":                  0,
		"**[[AAAAAA]]** *a* ~~[[BBBBBB]]~~ [[[CCCCCC]]]": 3,
	} {
		has, shows := counted(body), shown(t, body)
		if !slices.Equal(has, shows) || len(has) != want {
			t.Errorf("%q: counted %v, shown %v, want %d", body, has, shows, want)
		}
	}
}

func TestCitationsStandWhereTheyAreSaidToStand(t *testing.T) {
	body := "¿Qué? [[7f3k-9q]] y\n\n> [[ABCDEF]]"
	for i, want := range []string{"[[7f3k-9q]]", "[[ABCDEF]]"} {
		if c := claims.CitationsIn(body)[i]; body[c.Start:c.End] != want {
			t.Errorf("citation %d is %q", i, body[c.Start:c.End])
		}
	}
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
