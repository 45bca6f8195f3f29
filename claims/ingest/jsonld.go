package ingest

import (
	"encoding/json"
	"html"
	"strconv"
	"strings"
)

// Bounds on structured data: what no honest page reaches.
const (
	maxScripts   = 32
	maxScript    = 1 << 20 // bytes
	maxLDDepth   = 16
	maxLDObjects = 2000
	maxLDSteps   = 20_000 // values looked at; pointers may form loops
)

// graph is the objects of a page's JSON-LD, in order, and by @id.
type graph struct {
	objects []map[string]any
	byID    map[string]map[string]any
	steps   int
}

// linked is what a page's JSON-LD says: about its article, whether it is free
// ("true", "false" or ""), and the text itself where it is there.
type linked struct {
	findings     []finding
	access, body string
}

// readJSONLD gives what schema.org data says about the article of a page. Broken
// blocks are passed over: they are common and harmless.
func readJSONLD(scripts []string) linked {
	g := graph{byID: map[string]map[string]any{}}
	for _, script := range scripts[:min(len(scripts), maxScripts)] {
		if len(script) > maxScript {
			continue
		}
		var data any
		if json.Unmarshal([]byte(tidyScript(script)), &data) == nil {
			g.gather(data, 0)
		}
	}
	article := g.article()
	if article == nil {
		return linked{}
	}
	body, _ := article["articleBody"].(string)
	return linked{access: truth(article["isAccessibleForFree"]), body: html.UnescapeString(body), findings: []finding{
		{"title", g.strings(article["headline"], article["name"]), FromJSONLD},
		{"outlet", g.names(article["publisher"]), FromJSONLD},
		{"authors", withoutURLs(g.names(article["author"])), FromJSONLD},
		{"language", g.strings(article["inLanguage"]), FromJSONLD},
		{"published", g.strings(article["datePublished"], article["dateCreated"]), FromJSONLD},
		{"modified", g.strings(article["dateModified"]), FromJSONLD},
		{"image", g.addresses(article["image"], article["thumbnailUrl"]), FromJSONLD},
		{"canonical_url", g.strings(article["mainEntityOfPage"], article["url"]), FromJSONLD},
	}}
}

// truth reads a boolean as pages write it.
func truth(v any) string {
	switch t := v.(type) {
	case bool:
		return strconv.FormatBool(t)
	case string:
		if t = strings.ToLower(t[strings.LastIndexAny(t, "/:")+1:]); t == "true" || t == "false" {
			return t
		}
	}
	return ""
}

// tidyScript makes two common faults readable: comment marks around the data and
// raw line breaks inside strings.
func tidyScript(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<!--"), "-->")
	return strings.Map(func(r rune) rune {
		if r < 0x20 {
			return ' '
		}
		return r
	}, s)
}

// gather collects every object, those nested in lists, @graph and fields too.
func (g *graph) gather(data any, depth int) {
	if depth > maxLDDepth || len(g.objects) >= maxLDObjects {
		return
	}
	switch v := data.(type) {
	case []any:
		for _, item := range v {
			g.gather(item, depth+1)
		}
	case map[string]any:
		g.objects = append(g.objects, v)
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			g.byID[id] = v
		}
		for _, field := range []string{"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "hasPart"} {
			g.gather(v[field], depth+1)
		}
	}
}

// article is the first object whose type is a kind of article.
func (g *graph) article() map[string]any {
	for _, object := range g.objects {
		for _, kind := range g.strings(object["@type"]) {
			kind = kind[strings.LastIndexAny(kind, "/:#")+1:]
			if strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "BlogPosting") || kind == "Report" {
				return object
			}
		}
	}
	return nil
}

// strings gives the texts of values: strings, lists of them, and of objects their
// @id or @value.
func (g *graph) strings(values ...any) []string {
	return g.collect(values, 0, func(object map[string]any) []any {
		return []any{object["@value"], object["alternateName"], object["@id"]}
	})
}

// names gives the names of persons and organizations, however they are written;
// an object that only points is followed.
func (g *graph) names(values ...any) []string {
	return g.collect(values, 0, func(object map[string]any) []any {
		if id, ok := object["@id"].(string); ok && object["name"] == nil && g.byID[id] != nil {
			object = g.byID[id]
		}
		return []any{object["name"]}
	})
}

// addresses gives the addresses of pictures, however they are written.
func (g *graph) addresses(values ...any) []string {
	return g.collect(values, 0, func(object map[string]any) []any {
		if id, ok := object["@id"].(string); ok && object["url"] == nil && g.byID[id] != nil {
			object = g.byID[id]
		}
		return []any{object["url"], object["contentUrl"]}
	})
}

func (g *graph) collect(values []any, depth int, of func(map[string]any) []any) []string {
	if depth > maxLDDepth {
		return nil
	}
	var texts []string
	for _, value := range values {
		if g.steps++; g.steps > maxLDSteps {
			return texts
		}
		switch v := value.(type) {
		case string:
			if text := strings.TrimSpace(html.UnescapeString(v)); text != "" {
				texts = append(texts, text)
			}
		case []any:
			texts = append(texts, g.collect(v, depth+1, of)...)
		case map[string]any:
			texts = append(texts, g.collect(of(v), depth+1, of)...)
		}
	}
	return texts
}
