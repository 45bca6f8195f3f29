package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"cotejo/claims"
)

//go:embed locales/*.toml
var locales embed.FS

// fallback is the language of words that another lacks.
const fallback = "en"

// langs are the languages of the pages, those that a file of locales is in; the
// one that words fall back to comes first.
var langs = languages()

func languages() []string {
	paths, err := fs.Glob(locales, "locales/*.toml")
	if err != nil {
		panic(err) // the pattern is well formed
	}
	out := []string{fallback}
	for _, path := range paths {
		if code := languageOf(path); !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// languageOf is the language of a locale file: "locales/base.en.toml", "locales/pt.toml".
func languageOf(file string) string {
	name := strings.TrimSuffix(path.Base(file), ".toml")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// Words says everything in one language; it is safe for concurrent use.
type Words struct {
	lang    string
	local   *goi18n.Localizer
	printer *message.Printer
}

var (
	matcher = language.NewMatcher(tags())
	inLang  = mustLoad()
)

func tags() []language.Tag {
	var out []language.Tag
	for _, l := range langs {
		out = append(out, language.Make(l))
	}
	return out
}

func mustLoad() map[string]*Words {
	bundle, err := load(locales)
	if err != nil {
		panic(err)
	}
	out := map[string]*Words{}
	for _, l := range langs {
		out[l] = &Words{lang: l, local: goi18n.NewLocalizer(bundle, l), printer: message.NewPrinter(language.Make(l))}
	}
	return out
}

func load(files fs.FS) (*goi18n.Bundle, error) {
	bundle := goi18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	paths, err := fs.Glob(files, "locales/*.toml")
	if err != nil {
		return nil, err
	}
	for _, file := range paths {
		raw, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, err
		}
		if _, err := bundle.ParseMessageFileBytes(raw, file); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return bundle, nil
}

// Langs lists the languages of the pages as ISO 639-1 codes.
func Langs() []string { return append([]string(nil), langs...) }

// Match picks the language of the pages: the person's wish where it is one of
// ours, else the best of what their browser accepts.
func Match(wish, acceptLanguage string) string {
	if _, ok := inLang[wish]; ok {
		return wish
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return langs[0]
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return langs[0]
	}
	return langs[i]
}

// For gives the words of a language, English where we do not speak it.
func For(lang string) *Words {
	if w, ok := inLang[lang]; ok {
		return w
	}
	return inLang[langs[0]]
}

// Lang is the language's ISO 639-1 code.
func (w *Words) Lang() string { return w.lang }

// T words a message; an unknown key is shown as it is, so that it is seen.
func (w *Words) T(key string, args ...any) string {
	s, err := w.local.Localize(&goi18n.LocalizeConfig{MessageID: key, TemplateParser: template.IdentityParser{}})
	if err != nil {
		return key
	}
	return w.fill(s, args)
}

// N words a message whose form depends on n, which stands for {n}.
func (w *Words) N(key string, n int, args ...any) string {
	s, err := w.local.Localize(&goi18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateParser: template.IdentityParser{}})
	if err != nil {
		return key
	}
	return w.fill(strings.ReplaceAll(s, "{n}", w.Number(float64(n))), args)
}

// Has reports whether there are words for key.
func (w *Words) Has(key string) bool {
	_, err := w.local.Localize(&goi18n.LocalizeConfig{MessageID: key, PluralCount: 2, TemplateParser: template.IdentityParser{}})
	return err == nil
}

func (w *Words) fill(s string, args []any) string {
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", i), w.show(a))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

func (w *Words) show(a any) string {
	switch v := a.(type) {
	case string:
		return v
	case int:
		return w.Number(float64(v))
	case int64:
		return w.Number(float64(v))
	case float64:
		return w.Number(v)
	case claims.FieldError: // one refusal within another
		return w.Field(v)
	}
	return fmt.Sprint(a)
}
