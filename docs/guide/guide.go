// Package guide holds the user guide: a Markdown file a chapter and language, and
// the pictures between their words. Links between chapters and to pictures are
// those of files, so that the guide can be read in a repository, too.
package guide

import (
	"embed"
	"slices"
	"strings"
)

//go:embed en/*.md es/*.md img/*.png
var files embed.FS

// Chapters are the names of all chapters, in reading order: of their files
// and of their addresses.
var Chapters = []string{"first-steps", "articles", "triage", "keys", "judging", "review", "checks", "sources", "exports", "desk"}

// Langs are the languages that the guide is written in; the first is read by
// those whose language is not among them.
var Langs = []string{"en", "es"}

// Chapter is one chapter in one language.
type Chapter struct {
	Name  string // as in Chapters
	Lang  string // what it is written in
	Title string // the heading of the file
	Lead  string // the paragraph under it, plain text
	Body  string // Markdown without the two
}

// In gives the chapters in a language, or in the first of Langs.
func In(lang string) []Chapter {
	if !slices.Contains(Langs, lang) {
		lang = Langs[0]
	}
	out := make([]Chapter, 0, len(Chapters))
	for _, name := range Chapters {
		out = append(out, read(lang, name))
	}
	return out
}

// read takes a file apart: "# title", a paragraph that leads in, the rest.
func read(lang, name string) Chapter {
	raw, err := files.ReadFile(lang + "/" + name + ".md")
	if err != nil {
		panic(err) // a test opens every chapter
	}
	title, rest, _ := strings.Cut(string(raw), "\n")
	lead, body, _ := strings.Cut(strings.TrimSpace(rest), "\n\n")
	return Chapter{Name: name, Lang: lang, Title: strings.TrimPrefix(title, "# "), Lead: strings.ReplaceAll(lead, "\n", " "), Body: body}
}

// Picture gives the bytes of a picture by its name, "article-en.png".
func Picture(name string) ([]byte, bool) {
	raw, err := files.ReadFile("img/" + name)
	return raw, err == nil
}

// Pictures lists the names of all pictures.
func Pictures() []string {
	var out []string
	entries, err := files.ReadDir("img")
	if err != nil {
		panic(err) // the folder is embedded
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}
