package i18n

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cotejo/claims/claimstest"

	"github.com/BurntSushi/toml"
)

// file is one locale file as written: forms by key ("" where there is no plural).
type file map[string]map[string]string

func readLocale(t *testing.T, path string) file {
	t.Helper()
	raw, err := fs.ReadFile(locales, path)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := toml.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	f := file{}
	for key, v := range out.(map[string]any) {
		f[key] = map[string]string{}
		switch v := v.(type) {
		case string:
			f[key][""] = v
		case map[string]any:
			for form, words := range v {
				f[key][form] = words.(string)
			}
		}
	}
	return f
}

// paths lists the locale files of a language: one, or one an area.
func paths(t *testing.T, lang string) []string {
	t.Helper()
	all, err := fs.Glob(locales, "locales/*.toml")
	if err != nil || len(all) == 0 {
		t.Fatal("no locale files", err)
	}
	return slices.DeleteFunc(all, func(p string) bool { return languageOf(p) != lang })
}

// readLanguage joins the files of a language; no key stands in two of them.
func readLanguage(t *testing.T, lang string) file {
	t.Helper()
	out, from := file{}, map[string]string{}
	for _, path := range paths(t, lang) {
		for key, forms := range readLocale(t, path) {
			if from[key] != "" {
				t.Errorf("%q stands in %s and in %s", key, from[key], path)
			}
			out[key], from[key] = forms, path
		}
	}
	return out
}

var placeholder = regexp.MustCompile(`\{(n|\d)\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// pluralForms are the forms that each language asks of whole numbers; the
// Spanish and Portuguese "many" is for whole millions.
var pluralForms = map[string][]string{"en": {"one", "other"}, "es": {"many", "one", "other"}, "pt": {"many", "one", "other"}}

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	first := readLanguage(t, langs[0])
	for _, lang := range langs[1:] {
		other := readLanguage(t, lang)
		for key := range other {
			if first[key] == nil {
				t.Errorf("%s: %q is not in %s", lang, key, langs[0])
			}
		}
		for key, forms := range first {
			compareForms(t, lang, key, forms, other[key])
		}
	}
}

// compareForms holds a key in one language against the first language's.
func compareForms(t *testing.T, lang, key string, first, other map[string]string) {
	t.Helper()
	if len(other) == 0 {
		t.Errorf("%s: %q is missing", lang, key)
		return
	}
	_, plural := first["other"]
	checkForms(t, langs[0], key, pluralForms[langs[0]], plural, first)
	checkForms(t, lang, key, pluralForms[lang], plural, other)
	for form, words := range other {
		same := first["other"]
		if form == "" {
			same = first[""]
		}
		if form != "one" && !slices.Equal(placeholders(words), placeholders(same)) {
			t.Errorf("%s: %q has placeholders %v, want %v", lang, key, placeholders(words), placeholders(same))
		}
	}
}

func checkForms(t *testing.T, where, key string, want []string, plural bool, got map[string]string) {
	t.Helper()
	if !plural {
		want = []string{""}
	}
	forms := slices.Sorted(maps.Keys(got))
	if !slices.Equal(forms, want) {
		t.Errorf("%s: %q has the forms %q, want %q", where, key, forms, want)
	}
	for form, words := range got {
		if strings.TrimSpace(words) == "" {
			t.Errorf("%s: %q %s is empty", where, key, form)
		}
	}
}

var (
	literal = regexp.MustCompile(`"([a-z0-9_]+(?:\.[a-z0-9_-]*)*)"`)
	asked   = regexp.MustCompile(`(?:\.(?:T|N)\(|[^.\w]word\()"([a-z0-9_.-]*[a-z0-9_])"\s*[,)]|Refuse\(\s*(?:claims\.)?Kind\w+,\s*"([^"]+[^".])"\s*[,)]|Invalid\(\s*[^,()]+,\s*"([^"]+[^".])"\s*[,)]|\bKey:\s*"([^"]+[^".])"\s*[,}]`)
)

// sources reads every written (not generated) source file that can ask for words.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := claimstest.RepoRoot(t)
	for _, dir := range []string{"views", "web", "claims", "db", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name := d.Name()
			written := strings.HasSuffix(name, ".templ") || strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go")
			if !written {
				return nil
			}
			raw, err := os.ReadFile(path)
			out[path] = string(raw)
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return out
}

func TestEveryKeyThatIsAskedForExists(t *testing.T) {
	en := For("en")
	for path, text := range sources(t) {
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			key := strings.Join(m[1:], "")
			if !en.Has(key) {
				t.Errorf("%s asks for %q, which no locale file has", path, key)
			}
		}
	}
}

func TestNoKeyIsUnused(t *testing.T) {
	var exact []string
	var prefixes []string
	for _, text := range sources(t) {
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			if strings.HasSuffix(m[1], ".") {
				prefixes = append(prefixes, m[1])
			} else {
				exact = append(exact, m[1])
			}
		}
	}
	for key := range readLanguage(t, langs[0]) {
		used := slices.Contains(exact, key) || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
		if !used {
			t.Errorf("nothing asks for %q", key)
		}
	}
}
