package markdown

import (
	"strings"
	"testing"
	"time"
)

func TestCitations(t *testing.T) {
	for body, want := range map[string]string{
		"One [[7f3k-9q]] and [[ ABCDEF ]], once more [[7F3K9Q]].": "7F3K9Q ABCDEF",
		"[[AAAAAA]]":                                   "AAAAAA",
		"`[[AAAAAA]]` [[BBBBBB]]":                      "BBBBBB",
		"a ` b [[AAAAAA]]":                             "AAAAAA",
		"```\n[[AAAAAA]]\n```\n[[BBBBBB]]":             "BBBBBB",
		"- ```\n  [[AAAAAA]]\n  ```\n  [[BBBBBB]]":     "BBBBBB",
		"    [[AAAAAA]]":                               "",
		"text\n    [[AAAAAA]]":                         "AAAAAA",
		"## [[AAAAAA]]\n[[BBBBBB]]\n===":               "AAAAAA BBBBBB",
		`\[[AAAAAA]] \\[[BBBBBB]]`:                     "BBBBBB",
		"![see [[AAAAAA]]](/x) [[BBBBBB]]":             "BBBBBB",
		"<!-- [[AAAAAA]]\n\n[[BBBBBB]] -->":            "",
		"a <b title=\"[[AAAAAA]]\">b</b> [[BBBBBB]]":   "BBBBBB",
		"|a|b|\n|-|-|\n|`[[AAAAAA]]`|[[BBBBBB]]|":      "BBBBBB",
		"[[UUUUUU]] [[note]] [[AAAAAA]":                "",
		"**[[AAAAAA]]** *a* ~~[[BBBBBB]]~~ [[OIL0OO]]": "AAAAAA BBBBBB 011000",
	} {
		if got := strings.Join(Citations(body), " "); got != want {
			t.Errorf("%q cites %q, want %q", body, got, want)
		}
	}
}

func TestALoneCitationIsACard(t *testing.T) {
	doc, _ := Parse("[[AAAAAA]]\n\nText [[BBBBBB]].")
	if _, ok := doc.FirstChild().(*Card); !ok {
		t.Errorf("a citation alone in its paragraph is a %s", doc.FirstChild().Kind())
	}
	if _, ok := doc.LastChild().(*Card); ok {
		t.Error("a citation among words is a card")
	}
}

func TestDeepNestingIsReadInTime(t *testing.T) {
	started := time.Now()
	Citations(strings.Repeat("> ", 50_000) + "[[AAAAAA]]")
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}
