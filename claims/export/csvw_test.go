package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// described is a CSVW description as somebody reads it who knows the standard and not us.
type described struct {
	Context     []any  `json:"@context"`
	URL         string `json:"url"`
	TableSchema struct {
		Columns []struct {
			Name      string              `json:"name"`
			Titles    map[string][]string `json:"titles"`
			Datatype  any                 `json:"datatype"`
			Separator string              `json:"separator"`
			Required  bool                `json:"required"`
			Null      string              `json:"null"`
		} `json:"columns"`
		PrimaryKey []string `json:"primaryKey"`
	} `json:"tableSchema"`
	Dialect map[string]any `json:"dialect"`
}

// variable is the name of a variable in RFC 6570, which names of columns must be.
var variable = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$`)

// csvwKeys are the properties that W3C's vocabulary has where we use any.
var csvwKeys = map[string][]string{
	"table":   {"@context", "url", "dialect", "tableSchema", "dc:title"},
	"schema":  {"columns", "primaryKey"},
	"column":  {"name", "titles", "datatype", "separator", "required", "null", "dc:description"},
	"dialect": {"encoding", "delimiter", "quoteChar", "doubleQuote", "header", "lineTerminators"},
}

func TestMetadataKeepsTheRulesOfCSVW(t *testing.T) {
	for _, p := range Profiles {
		raw, err := Metadata(p, p.Name+".csv")
		if err != nil {
			t.Fatal(err)
		}
		var d described
		if err := json.Unmarshal(raw, &d); err != nil {
			t.Fatal(err)
		}
		if d.Context[0] != "http://www.w3.org/ns/csvw" || d.URL != p.Name+".csv" {
			t.Errorf("%s: %v %s", p.Name, d.Context, d.URL)
		}
		onlyKnown(t, raw)
		seen := map[string]bool{}
		for i, c := range d.TableSchema.Columns {
			if !variable.MatchString(c.Name) || strings.HasPrefix(c.Name, "_") || seen[c.Name] {
				t.Errorf("%s: column %q has no name of its own that URI templates can hold", p.Name, c.Name)
			}
			seen[c.Name] = true
			for _, lang := range []string{"en", "es"} {
				if titles := c.Titles[lang]; len(titles) != 2 || titles[0] != p.Columns[i].Name || titles[1] == "" {
					t.Errorf("%s: titles of %s in %s are %q", p.Name, c.Name, lang, titles)
				}
			}
			if base, _ := typeOf(c.Datatype); !slices.Contains([]string{"string", "anyURI", "integer", "decimal", "boolean", "dateTime"}, base) {
				t.Errorf("%s: %s is of type %v", p.Name, c.Name, c.Datatype)
			}
		}
		for _, key := range d.TableSchema.PrimaryKey {
			if !seen[key] {
				t.Errorf("%s: no column %s for its key", p.Name, key)
			}
		}
		readBy(t, p.Name, d, tableOf(t, p.Name, Options{}))
	}
}

func typeOf(v any) (base, format string) {
	switch v := v.(type) {
	case string:
		return v, ""
	case map[string]any:
		base, _ = v["base"].(string)
		format, _ = v["format"].(string)
	}
	return base, format
}

// onlyKnown refuses properties that are neither the vocabulary's nor have a prefix.
func onlyKnown(t *testing.T, raw []byte) {
	t.Helper()
	var table map[string]any
	if err := json.Unmarshal(raw, &table); err != nil {
		t.Fatal(err)
	}
	check := func(kind string, object any) {
		for key := range object.(map[string]any) {
			if !slices.Contains(csvwKeys[kind], key) {
				t.Errorf("a %s has no property %s", kind, key)
			}
		}
	}
	schema := table["tableSchema"].(map[string]any)
	check("table", table)
	check("schema", schema)
	check("dialect", table["dialect"])
	for _, column := range schema["columns"].([]any) {
		check("column", column)
	}
}

// readBy reads a table by its description: header, required cells, types, keys.
func readBy(t *testing.T, name string, d described, table []byte) {
	t.Helper()
	if n := bytes.Count(table, []byte("\r\n")); n < 2 || d.Dialect["lineTerminators"].([]any)[0] != "\r\n" {
		t.Errorf("%s: lines do not end as described", name)
	}
	records, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records[0]) != len(d.TableSchema.Columns) {
		t.Fatalf("%s: %d columns, %d described", name, len(records[0]), len(d.TableSchema.Columns))
	}
	keys := map[string]bool{}
	for n, record := range records {
		key := ""
		for i, c := range d.TableSchema.Columns {
			if n == 0 {
				if !slices.Contains(c.Titles["en"], record[i]) {
					t.Errorf("%s: header %q is none of %q", name, record[i], c.Titles["en"])
				}
				continue
			}
			if slices.Contains(d.TableSchema.PrimaryKey, c.Name) {
				key += record[i] + "\x00"
			}
			if record[i] == c.Null {
				if c.Required {
					t.Errorf("%s: %s must have a value", name, c.Name)
				}
				continue
			}
			values := []string{record[i]}
			if c.Separator != "" {
				values = strings.Split(record[i], c.Separator)
			}
			for _, v := range values {
				if !isOf(c.Datatype, v) {
					t.Errorf("%s: %q of %s is not of type %v", name, v, c.Name, c.Datatype)
				}
			}
		}
		if n > 0 && keys[key] && name != "claimreview" { // two versions of one claim in the sample
			t.Errorf("%s: two rows have the key %q", name, key)
		}
		keys[key] = true
	}
}

var lexical = map[string]*regexp.Regexp{
	"integer": regexp.MustCompile(`^[-+]?[0-9]+$`), "decimal": regexp.MustCompile(`^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`), "boolean": regexp.MustCompile(`^(true|false|1|0)$`),
}

func isOf(datatype any, v string) bool {
	base, format := typeOf(datatype)
	switch {
	case format != "":
		return regexp.MustCompile(`^(?:` + format + `)$`).MatchString(v)
	case base == "dateTime":
		_, err := time.Parse(time.RFC3339, v)
		return err == nil
	case base == "anyURI":
		_, err := url.Parse(v)
		return err == nil && !strings.ContainsAny(v, " <>\"")
	case lexical[base] != nil:
		return lexical[base].MatchString(v)
	}
	return true
}
