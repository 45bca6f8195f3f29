package export

import (
	"encoding/json"
	"strings"
)

// MetadataType is what a server calls CSVW metadata.
const MetadataType = "application/csvm+json"

// csvwTable is a table's description in W3C's vocabulary for CSV on the web.
type csvwTable struct {
	Context     []any           `json:"@context"`
	URL         string          `json:"url"`
	Title       []csvwWords     `json:"dc:title"`
	Dialect     csvwDialect     `json:"dialect"`
	TableSchema csvwTableSchema `json:"tableSchema"`
}

type csvwWords struct {
	Value    string `json:"@value"`
	Language string `json:"@language"`
}

type csvwDialect struct {
	Encoding        string   `json:"encoding"`
	Delimiter       string   `json:"delimiter"`
	QuoteChar       string   `json:"quoteChar"`
	DoubleQuote     bool     `json:"doubleQuote"`
	Header          bool     `json:"header"`
	LineTerminators []string `json:"lineTerminators"`
}

type csvwTableSchema struct {
	Columns    []csvwColumn `json:"columns"`
	PrimaryKey []string     `json:"primaryKey,omitempty"`
}

// csvwColumn names the header among its titles, since that is what they are for.
type csvwColumn struct {
	Name        string              `json:"name"`
	Titles      map[string][]string `json:"titles"`
	Datatype    any                 `json:"datatype"`
	Separator   string              `json:"separator,omitempty"`
	Required    bool                `json:"required,omitempty"`
	Null        string              `json:"null"`
	Description string              `json:"dc:description,omitempty"`
}

type csvwType struct {
	Base   string `json:"base"`
	Format string `json:"format,omitempty"`
}

// Metadata describes a profile's CSV at an address (mostly relative to that of the
// description itself) as CSVW.
func Metadata(p Profile, address string) ([]byte, error) {
	t := csvwTable{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		URL:     address,
		Title:   []csvwWords{{p.En, "en"}, {p.Es, "es"}},
		Dialect: csvwDialect{Encoding: "utf-8", Delimiter: ",", QuoteChar: `"`, DoubleQuote: true, Header: true, LineTerminators: []string{"\r\n"}},
	}
	for _, c := range p.Columns {
		t.TableSchema.Columns = append(t.TableSchema.Columns, csvwColumnOf(c))
	}
	for _, name := range p.Key {
		t.TableSchema.PrimaryKey = append(t.TableSchema.PrimaryKey, csvwName(name))
	}
	out, err := json.MarshalIndent(t, "", "  ")
	return append(out, '\n'), err
}

func csvwColumnOf(c Column) csvwColumn {
	out := csvwColumn{Name: csvwName(c.Name), Titles: map[string][]string{"en": {c.Name, c.En}, "es": {c.Name, c.Es}}, Required: c.Always}
	switch c.Type {
	case Integer, Decimal, Boolean:
		out.Datatype = string(c.Type)
	case Instant:
		out.Datatype = "dateTime"
	case Address:
		out.Datatype = "anyURI"
	case Day:
		out.Datatype = csvwType{"string", `[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?`}
		out.Description = "ISO 8601 calendar date; day, or month and day, may be unknown"
	case URLs:
		out.Datatype, out.Separator = "anyURI", " "
	case List:
		out.Datatype, out.Separator = "string", "; "
		out.Description = `a backslash stands before ;, | and \ that are part of a name`
	default:
		out.Datatype = "string"
	}
	return out
}

// csvwName is a column's name as URI templates allow it: no sign but dots and underscores.
func csvwName(s string) string { return strings.ReplaceAll(s, "@", "") }
