package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims/claimstest"
)

const module = "cotejo"

// arrows says which house packages each package may import ("x/..." takes all
// below x). A package that is not in the table may not exist.
var arrows = map[string][]string{
	"claims":      {},
	"claims/text": {"claims"},

	"claims/auth":       {"claims", "claims/text"},
	"claims/card":       {},
	"claims/export":     {"claims", "claims/text"},
	"claims/feed":       {"claims"},
	"claims/fetch":      {"claims"},
	"claims/ingest":     {"claims", "claims/text", "claims/ingest/..."},
	"claims/ingest/pdf": {},
	"claims/markdown":   {"claims"},
	"claims/sheet":      {"claims"},

	"claims/compare": {"claims", "claims/extract/lang"},

	"claims/suggest":       {"claims", "claims/text"},
	"claims/ledger":        {"claims"},
	"claims/mail":          {},
	"claims/webarchive":    {"claims"},
	"claims/oidc":          {"claims"},
	"claims/oidc/oidctest": {},

	"claims/extract":                 {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/lang":            {},
	"claims/extract/slab":            {},
	"claims/extract/segment":         {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/reading":         {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/syntax":          {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/syntax/model":    {"claims/extract/..."},
	"claims/extract/syntax/train":    {"claims", "claims/extract/..."},
	"claims/extract/quote":           {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/attribute":       {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/quantity":        {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/dates":           {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/names":           {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/clause":          {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/score":           {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/wording":         {"claims", "claims/text", "claims/extract/..."},
	"claims/extract/eval":            {"claims", "claims/text", "claims/extract", "claims/extract/..."},
	"claims/extract/eval/recognizer": {"claims", "claims/extract/..."},

	"claims/claimstest": {"claims"},
	"db":                {"claims", "claims/text"},
	"db/pgtest":         {"claims/claimstest"},

	"claims/workflow": {"claims", "claims/text", "claims/extract", "claims/ingest", "claims/export", "claims/markdown", "claims/auth", "claims/suggest", "claims/ledger", "claims/fetch", "claims/feed", "claims/sheet", "claims/compare"},

	"claims/jobs": {"claims", "claims/workflow"},

	"docs/guide": {},

	"views":        {"claims", "views/assets", "views/i18n"},
	"views/desk":   {"claims", "claims/text", "claims/export", "docs/guide", "views", "views/assets", "views/i18n"},
	"views/public": {"claims", "claims/export", "claims/markdown", "views", "views/assets", "views/i18n"},
	"views/assets": {},
	"views/i18n":   {"claims"},

	"web":           {"claims", "claims/text", "claims/auth", "claims/card", "claims/export", "claims/ingest", "claims/ledger", "claims/markdown", "claims/oidc", "claims/workflow", "docs/guide", "views", "views/..."},
	"web/htmlcheck": {},

	"cmd/cotejo":       {"..."},
	"cmd/cotejo-train": {"..."},
}

// rooms says where each foreign tool lives; tests may use any of them.
var rooms = map[string][]string{
	"database/sql":                    {"db"},
	"modernc.org/sqlite":              {"db"},
	"github.com/jackc/pgx":            {"db", "db/pgtest"},
	"github.com/pressly/goose":        {"db"},
	"github.com/labstack/echo":        {"web"},
	"github.com/gorilla/":             {"web"},
	"github.com/danielgtaylor/huma":   {"web"},
	"github.com/pquerna/otp":          {"claims/auth"},
	"github.com/boombuler/barcode":    {"claims/auth"},
	"github.com/coreos/go-oidc":       {"claims/oidc"},
	"golang.org/x/oauth2":             {"claims/oidc"},
	"github.com/a-h/templ":            {"views", "views/desk", "views/public", "web"},
	"github.com/yuin/goldmark":        {"claims/markdown", "views/desk", "views/public"},
	"github.com/nicksnyder/go-i18n":   {"views/i18n"},
	"github.com/BurntSushi/toml":      {"views/i18n"},
	"golang.org/x/text":               {"views/i18n", "claims/text", "claims/ingest", "claims/auth"},
	"golang.org/x/image":              {"claims/card"},
	"golang.org/x/net":                {"claims/ingest", "web/htmlcheck"},
	"github.com/andybalholm/cascadia": {"web/htmlcheck"},
	"codeberg.org/readeck/":           {"claims/ingest"},
	"github.com/mmcdole/":             {"claims/feed"},
	"github.com/wlynxg/chardet":       {"claims/ingest"},
	"github.com/klippa-app/":          {"claims/ingest/pdf"},
	"github.com/tetratelabs/":         {"claims/ingest/pdf"},
	"github.com/gabriel-vasile/":      {"claims/ingest"},
	"code.dny.dev/ssrf":               {"claims/fetch"},
	"github.com/abadojack/":           {"claims/ingest"},
	"github.com/clipperhouse/":        {"claims/extract/segment"},
	"github.com/blevesearch/":         {"claims/text"},
	"github.com/aymanbagabas/":        {"claims/compare"},
	"github.com/cespare/xxhash":       {"claims/text"},
	"github.com/go-json-experiment/":  {"claims/export"},
	"github.com/xuri/excelize":        {"claims/export", "claims/sheet"},
	"golang.org/x/crypto":             {"claims/auth"},
	"golang.org/x/mod":                {"claims/ledger"},
	"github.com/google/go-cmp":        {"claims/claimstest"},
	"pgregory.net/rapid":              {"claims/claimstest"},
	"github.com/caarlos0/env":         {"cmd/cotejo"},
	"net/smtp":                        {"claims/mail"},
	"net/http":                        {"web", "cmd/cotejo", "views/assets", "claims/suggest", "claims/fetch", "claims/webarchive", "claims/oidc", "claims/oidc/oidctest"},
}

// reserved packages are no part of the product: only these may import them,
// and tests.
var reserved = map[string][]string{
	"claims/claimstest":              {"db/pgtest"},
	"db/pgtest":                      {},
	"web/htmlcheck":                  {},
	"claims/oidc/oidctest":           {},
	"claims/extract/eval":            {"cmd/cotejo", "cmd/cotejo-train"},
	"claims/extract/eval/recognizer": {"cmd/cotejo"},
	"claims/extract/syntax/train":    {"cmd/cotejo", "cmd/cotejo-train"},
}

// imports is what the files of a package import, those of its tests left out.
type imports map[string]bool

func TestArchitecture(t *testing.T) {
	packages := readPackages(t, claimstest.RepoRoot(t))
	for _, offence := range offences(packages) {
		t.Error(offence)
	}
	for name := range arrows {
		if _, ok := packages[name]; !ok {
			t.Errorf("the table has %s, which does not exist", name)
		}
	}
}

func TestArchitectureCatchesPlantedOffences(t *testing.T) {
	plant := func(pkg, imported string) map[string]imports {
		return map[string]imports{pkg: {imported: true}}
	}
	for name, planted := range map[string]map[string]imports{
		"the domain imports the store":       plant("claims", "cotejo/db"),
		"the domain imports a library":       plant("claims", "golang.org/x/text/unicode/norm"),
		"an arrow goes up":                   plant("claims/export", "cotejo/claims/workflow"),
		"an arrow goes sideways":             plant("db", "cotejo/web"),
		"a package is not in the table":      plant("util", "fmt"),
		"a tool leaves its room":             plant("web", "database/sql"),
		"a tool leaves its room by a suffix": plant("claims/workflow", "github.com/jackc/pgx/v5/stdlib"),
		"a library nobody has a room for":    plant("web", "example.org/left/pad"),
		"the product imports the test kit":   plant("web", "cotejo/claims/claimstest"),
	} {
		if len(offences(planted)) == 0 {
			t.Errorf("%s, and nobody noticed", name)
		}
	}
	if got := offences(plant("claims/workflow", "cotejo/claims/export")); len(got) > 0 {
		t.Errorf("an arrow of the table is called an offence: %v", got)
	}
}

// offences lists every import that the tables do not allow.
func offences(packages map[string]imports) []string {
	var out []string
	for name, im := range packages {
		allowed, known := arrows[name]
		if !known {
			out = append(out, fmt.Sprintf("package %s is not in the table of arrows", name))
			continue
		}
		for imported := range im {
			if why := offence(name, imported, allowed); why != "" {
				out = append(out, fmt.Sprintf("%s imports %s: %s", name, imported, why))
			}
		}
	}
	sort.Strings(out)
	return out
}

func offence(name, imported string, allowed []string) string {
	if inside, ok := strings.CutPrefix(imported, module+"/"); ok {
		return houseOffence(name, inside, allowed)
	}
	for prefix, homes := range rooms {
		if !strings.HasPrefix(imported, prefix) {
			continue
		}
		if slices.Contains(homes, name) {
			return ""
		}
		return fmt.Sprintf("that tool lives in %v", homes)
	}
	if strings.Contains(strings.Split(imported, "/")[0], ".") {
		return "that library has no room in the table"
	}
	return ""
}

func houseOffence(name, inside string, allowed []string) string {
	if importers, is := reserved[inside]; is && !slices.Contains(importers, name) {
		return fmt.Sprintf("it is no part of the product; only %v may import it, and tests", importers)
	}
	for _, a := range allowed {
		below, all := strings.CutSuffix(a, "...")
		if inside == a || (all && strings.HasPrefix(inside+"/", below)) {
			return ""
		}
	}
	return fmt.Sprintf("the table allows %v", allowed)
}

func readPackages(t *testing.T, root string) map[string]imports {
	t.Helper()
	out := map[string]imports{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(p))
		if err != nil {
			return err
		}
		return addImports(out, filepath.ToSlash(rel), p)
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func addImports(out map[string]imports, pkg, file string) error {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	if out[pkg] == nil {
		out[pkg] = imports{}
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		out[pkg][imported] = true
	}
	return nil
}
