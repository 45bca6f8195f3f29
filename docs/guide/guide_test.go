package guide_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cotejo/docs/guide"
)

var heading = regexp.MustCompile(`(?m)^#{2,} `)

func TestChaptersAreThereInEveryLanguage(t *testing.T) {
	first := guide.In(guide.Langs[0])
	for _, lang := range guide.Langs {
		for i, c := range guide.In(lang) {
			if c.Lang != lang || c.Title == "" || c.Lead == "" || strings.HasPrefix(c.Lead, "#") || len(c.Body) < 500 {
				t.Errorf("%s/%s: %q, %q", lang, c.Name, c.Title, c.Lead)
			}
			if got, want := heading.FindAllString(c.Body, -1), heading.FindAllString(first[i].Body, -1); !slices.Equal(got, want) {
				t.Errorf("%s/%s has headings %q, %s has %q", lang, c.Name, got, first[i].Lang, want)
			}
		}
		entries, err := fs.ReadDir(os.DirFS("."), lang)
		if err != nil || len(entries) != len(guide.Chapters) {
			t.Errorf("%s: %d files, %d chapters, %v", lang, len(entries), len(guide.Chapters), err)
		}
	}
	if got := guide.In("xx")[0].Lang; got != guide.Langs[0] {
		t.Errorf("a language that nobody wrote: %s", got)
	}
}

var picture = regexp.MustCompile(`!\[([^\]]*)\]\(\.\./img/([^)]+)\)`)

func TestPicturesAreThereAndShown(t *testing.T) {
	shown := map[string]bool{}
	for _, lang := range guide.Langs {
		for _, c := range guide.In(lang) {
			if strings.Count(c.Body, "![") != len(picture.FindAllString(c.Body, -1)) {
				t.Errorf("%s/%s shows a picture from elsewhere", lang, c.Name)
			}
			for _, m := range picture.FindAllStringSubmatch(c.Body, -1) {
				if _, ok := guide.Picture(m[2]); !ok || len(m[1]) < 20 || !strings.HasSuffix(m[2], "-"+lang+".png") {
					t.Errorf("%s/%s: picture %s, described as %q", lang, c.Name, m[2], m[1])
				}
				shown[m[2]] = true
			}
		}
	}
	for _, name := range guide.Pictures() {
		if !shown[name] {
			t.Errorf("nobody shows %s", name)
		}
	}
}
