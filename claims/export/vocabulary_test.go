package export

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/piprate/json-gold/ld"

	"cotejo/claims"
)

// vocabulary is schema.org's address, under which a processor knows its terms.
const vocabulary = "http://schema.org/"

// classes are the classes of schema.org that we use, with what each is a kind of.
var classes = map[string]string{
	"Thing": "", "CreativeWork": "Thing", "Intangible": "Thing", "StructuredValue": "Intangible",
	"Review": "CreativeWork", "ClaimReview": "Review", "Claim": "CreativeWork", "Rating": "Intangible",
	"Person": "Thing", "Organization": "Thing", "NewsMediaOrganization": "Organization", "ContactPoint": "StructuredValue",
}

// property says of which classes one of schema.org's properties speaks, and what
// it may hold: Text, URL, Number, Date or a class.
type property struct{ of, holds []string }

func prop(of, holds string) property { return property{strings.Fields(of), strings.Fields(holds)} }

var properties = map[string]property{
	"name":              prop("Thing", "Text"),
	"alternateName":     prop("Thing", "Text"),
	"url":               prop("Thing", "URL"),
	"sameAs":            prop("Thing", "URL"),
	"author":            prop("CreativeWork Rating", "Organization Person"),
	"datePublished":     prop("CreativeWork", "Date"),
	"dateModified":      prop("CreativeWork", "Date"),
	"inLanguage":        prop("CreativeWork", "Text"),
	"itemReviewed":      prop("Review", "Thing"),
	"reviewRating":      prop("Review", "Rating"),
	"claimReviewed":     prop("ClaimReview", "Text"),
	"appearance":        prop("Claim", "CreativeWork URL"),
	"ratingValue":       prop("Rating", "Number Text"),
	"bestRating":        prop("Rating", "Number Text"),
	"worstRating":       prop("Rating", "Number Text"),
	"ratingExplanation": prop("Rating", "Text"),

	"logo":                     prop("Organization", "URL"),
	"contactPoint":             prop("Organization Person", "ContactPoint"),
	"contactType":              prop("ContactPoint", "Text"),
	"publishingPrinciples":     prop("CreativeWork Organization Person", "CreativeWork URL"),
	"correctionsPolicy":        prop("Organization", "CreativeWork URL"),
	"ethicsPolicy":             prop("Organization", "CreativeWork URL"),
	"unnamedSourcesPolicy":     prop("Organization", "CreativeWork URL"),
	"actionableFeedbackPolicy": prop("Organization", "CreativeWork URL"),
	"diversityPolicy":          prop("Organization", "CreativeWork URL"),
	"diversityStaffingReport":  prop("Organization", "URL"),
	"ownershipFundingInfo":     prop("Organization", "CreativeWork Text URL"),

	"masthead":                        prop("NewsMediaOrganization", "CreativeWork URL"),
	"missionCoveragePrioritiesPolicy": prop("NewsMediaOrganization", "CreativeWork URL"),
	"noBylinesPolicy":                 prop("NewsMediaOrganization", "CreativeWork URL"),
	"verificationFactCheckingPolicy":  prop("NewsMediaOrganization", "CreativeWork URL"),
}

// isA reports whether a class is a kind of another.
func isA(class, of string) bool {
	for ; class != ""; class = classes[class] {
		if class == of {
			return true
		}
	}
	return false
}

// offline gives the processor a context of our own making and nothing else.
type offline struct{}

func (offline) LoadDocument(address string) (*ld.RemoteDocument, error) {
	if strings.TrimSuffix(strings.Replace(address, "https:", "http:", 1), "/") != strings.TrimSuffix(vocabulary, "/") {
		return nil, fmt.Errorf("nothing is fetched: %s", address)
	}
	terms := map[string]any{"@vocab": vocabulary}
	for name, p := range properties {
		term := map[string]any{"@id": vocabulary + name}
		switch {
		case slices.Contains(p.holds, "URL"):
			term["@type"] = "@id"
		case slices.Contains(p.holds, "Date"):
			term["@type"] = vocabulary + "Date"
		}
		terms[name] = term
	}
	return &ld.RemoteDocument{DocumentURL: address, Document: map[string]any{"@context": terms}}, nil
}

// speaks checks a node that the processor read against the vocabulary.
func speaks(t *testing.T, where string, node map[string]any) (class string) {
	t.Helper()
	types, _ := node["@type"].([]any)
	if len(types) != 1 {
		t.Fatalf("%s has the types %v", where, types)
	}
	class = strings.TrimPrefix(fmt.Sprint(types[0]), vocabulary)
	if _, ok := classes[class]; !ok {
		t.Errorf("%s is a %s, which schema.org does not have", where, class)
	}
	for key, raw := range node {
		if strings.HasPrefix(key, "@") {
			continue
		}
		name := strings.TrimPrefix(key, vocabulary)
		p, ok := properties[name]
		if !ok || !slices.ContainsFunc(p.of, func(of string) bool { return isA(class, of) }) {
			t.Errorf("%s: a %s has no %s", where, class, name)
			continue
		}
		values, _ := raw.([]any)
		for _, v := range values {
			one, _ := v.(map[string]any)
			if !holds(t, where+"."+name, p.holds, one) {
				t.Errorf("%s.%s holds %v, want %v", where, name, one, p.holds)
			}
		}
	}
	return class
}

func holds(t *testing.T, where string, kinds []string, v map[string]any) bool {
	t.Helper()
	if id, ok := v["@id"].(string); ok && v["@type"] == nil {
		u, err := url.Parse(id)
		return err == nil && u.IsAbs() && u.Host != "" && slices.Contains(kinds, "URL")
	}
	if value, ok := v["@value"]; ok {
		_, isNumber := value.(float64)
		text, isText := value.(string)
		_, notTime := time.Parse(time.RFC3339, text)
		_, notDay := time.Parse(time.DateOnly, text)
		return isNumber && slices.Contains(kinds, "Number") || isText && slices.Contains(kinds, "Text") ||
			isText && slices.Contains(kinds, "Date") && (notTime == nil || notDay == nil)
	}
	class := speaks(t, where, v)
	return slices.ContainsFunc(kinds, func(kind string) bool { return isA(class, kind) })
}

// expanded is what a JSON-LD processor makes of a ClaimReview.
func expanded(t *testing.T, r ClaimReview) map[string]any {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(raw, &plain); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = offline{}
	all, err := ld.NewJsonLdProcessor().Expand(plain, options)
	if err != nil || len(all) != 1 {
		t.Fatalf("%v: %d nodes", err, len(all))
	}
	node, _ := all[0].(map[string]any)
	return node
}

// everyTrust is a newsroom that tells everything.
func everyTrust(s *claims.Settings) {
	for _, own := range s.Trust.Fields() {
		*own.Value = "https://rio.test/" + own.Name
	}
}

// TestClaimReviewSpeaksTheVocabulary: a processor of JSON-LD reads only classes
// and properties that schema.org has, each where it may stand and with what it
// may hold.
func TestClaimReviewSpeaksTheVocabulary(t *testing.T) {
	for name, change := range map[string]func(*DocumentInput){
		"a rating with a number": func(*DocumentInput) {},
		"one without":            func(in *DocumentInput) { in.Row.Verdict.Content = "unproven" },
		"corrected":              func(in *DocumentInput) { in.Version, in.PublishedAt = 2, in.FirstAt.Add(time.Hour) },
		"all about the newsroom": func(in *DocumentInput) { everyTrust(&in.Settings) },
		"nothing about it":       func(in *DocumentInput) { in.Settings = claims.Settings{Newsroom: "Mesa"} },
		"of an article's own":    func(in *DocumentInput) { in.Row.Attributions, in.Row.ArticleOutlet = nil, "Diario" },
		"of a document without an address": func(in *DocumentInput) {
			in.Row.ArticleURL, in.Row.MadeOn, in.Row.ArticlePublished = "", nil, nil
		},
	} {
		d, _ := soundDocument(t, change)
		if class := speaks(t, name, expanded(t, d.ClaimReview)); class != "ClaimReview" {
			t.Errorf("%s: a %s", name, class)
		}
	}
}

// TestClaimReviewHasWhatIsAskedOfIt: the properties that documented readers of the
// markup demand are there under their own names.
func TestClaimReviewHasWhatIsAskedOfIt(t *testing.T) {
	d, _ := soundDocument(t, func(in *DocumentInput) { everyTrust(&in.Settings) })
	node := expanded(t, d.ClaimReview)
	within := func(n map[string]any, path ...string) (map[string]any, bool) {
		for _, name := range path {
			list, _ := n[vocabulary+name].([]any)
			if len(list) == 0 {
				return nil, false
			}
			n, _ = list[0].(map[string]any)
		}
		return n, true
	}
	for _, path := range []string{
		"claimReviewed", "url", "author name", "author url", "datePublished", "reviewRating alternateName", "reviewRating ratingValue",
		"reviewRating bestRating", "reviewRating worstRating", "itemReviewed author name", "itemReviewed author sameAs", "itemReviewed datePublished", "itemReviewed appearance",
	} {
		if _, ok := within(node, strings.Fields(path)...); !ok {
			t.Errorf("no %s", path)
		}
	}
	author, _ := within(node, "author")
	for name, p := range properties {
		told := slices.Contains(p.of, "NewsMediaOrganization") || slices.Contains(p.of, "Organization") && name != "contactPoint"
		if _, ok := author[vocabulary+name]; told && !ok {
			t.Errorf("the newsroom does not tell its %s", name)
		}
	}
}

// TestTheVocabularyCatchesWhatItDoesNotHave, or it would prove nothing.
func TestTheVocabularyCatchesWhatItDoesNotHave(t *testing.T) {
	if isA("Organization", "NewsMediaOrganization") || !isA("ClaimReview", "CreativeWork") {
		t.Error("kinds of kinds")
	}
	if holds(t, "", []string{"URL"}, map[string]any{"@id": "/relative"}) || holds(t, "", []string{"Date"}, map[string]any{"@value": "yesterday"}) || holds(t, "", []string{"Text"}, map[string]any{"@value": 3.0}) {
		t.Error("something is taken for what it is not")
	}
}
