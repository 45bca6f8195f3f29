package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cotejo/claims/claimstest"
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
	if err := readTOML(raw, &out); err != nil {
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

func areas(t *testing.T) []string {
	t.Helper()
	paths, err := fs.Glob(locales, "locales/*.toml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no locale files", err)
	}
	var out []string
	for _, p := range paths {
		area, _, _ := strings.Cut(filepath.Base(p), ".")
		if !slices.Contains(out, area) {
			out = append(out, area)
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

// pluralForms are the forms that a language asks of whole numbers. Spanish has
// a third for millions, which our counts never reach: "other" then serves.
var pluralForms = []string{"one", "other"}

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	for _, area := range areas(t) {
		first := readLocale(t, "locales/"+area+"."+langs[0]+".toml")
		for _, lang := range langs[1:] {
			other := readLocale(t, "locales/"+area+"."+lang+".toml")
			for key := range other {
				if first[key] == nil {
					t.Errorf("%s.%s: %q is not in %s", area, lang, key, langs[0])
				}
			}
			for key, forms := range first {
				compareForms(t, area+"."+lang, key, forms, other[key])
			}
		}
	}
}

func compareForms(t *testing.T, where, key string, a, b map[string]string) {
	t.Helper()
	if len(b) == 0 {
		t.Errorf("%s: %q is missing", where, key)
		return
	}
	for form, words := range a {
		if form != "" && !slices.Contains(pluralForms, form) {
			t.Errorf("%s: %q has an unknown form %q", where, key, form)
		}
		if b[form] == "" {
			t.Errorf("%s: %q lacks the form %q or it is empty", where, key, form)
		} else if form != "one" && !slices.Equal(placeholders(words), placeholders(b[form])) {
			t.Errorf("%s: %q has placeholders %v, want %v", where, key, placeholders(b[form]), placeholders(words))
		}
	}
	if len(a) != len(b) || (len(a) > 1 && len(a) != len(pluralForms)) {
		t.Errorf("%s: %q has %d forms here and %d there", where, key, len(b), len(a))
	}
}

func TestNoKeyStandsInTwoAreas(t *testing.T) {
	seen := map[string]string{}
	for _, area := range areas(t) {
		for key := range readLocale(t, "locales/"+area+".en.toml") {
			if seen[key] != "" {
				t.Errorf("%q stands in %s and in %s", key, seen[key], area)
			}
			seen[key] = area
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
	for _, area := range areas(t) {
		for key := range readLocale(t, "locales/"+area+".en.toml") {
			used := slices.Contains(exact, key) || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
			if !used {
				t.Errorf("%s: nothing asks for %q", area, key)
			}
		}
	}
}
