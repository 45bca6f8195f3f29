package feed_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/feed"
)

const rss = `<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>El Faro</title><language>es-MX</language><link>https://faro.test/</link>
<item><title>La presa &amp; el río</title><link>/presa#x</link><guid isPermaLink="false">n-2</guid><category>Agua</category>
<description><![CDATA[<p>Baja al <b>18 %</b>.</p>]]></description><pubDate>Tue, 28 Oct 2025 10:00:00 GMT</pubDate></item>
<item><title>Sin enlace</title><guid>https://faro.test/enlace</guid></item>
<item><title>Nada más que título</title></item>
<item><title>Otra vez</title><guid isPermaLink="false">n-2</guid><link>https://faro.test/otra</link></item>
<item></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://news.test/a/"><title>News</title>
<entry><id>tag:news.test,2025:1</id><title type="html">The &lt;i&gt;dam&lt;/i&gt;</title><link rel="alternate" href="dam.html"/><updated>2025-10-28T10:00:00+01:00</updated><summary>Low.</summary></entry></feed>`

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"J","language":"pt","items":[
{"id":"1","url":"https://j.test/1","title":"Um","summary":"Resumo","tags":["rio"],"date_published":"2025-10-28T10:00:00Z"}]}`

func TestFeedsOfEachKind(t *testing.T) {
	got, err := feed.Read(rss, "https://faro.test/rss.xml")
	if err != nil || got.Title != "El Faro" || got.Language != "es-MX" || len(got.Items) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	at := time.Date(2025, 10, 28, 10, 0, 0, 0, time.UTC)
	if i := got.Items[0]; i.Key != "n-2" || i.URL != "https://faro.test/presa" || i.Title != "La presa & el río" || i.Words != "Baja al 18 % . Agua" || !i.Published.Equal(at) {
		t.Errorf("%+v", i)
	}
	if i := got.Items[1]; i.URL != "https://faro.test/enlace" || !i.Published.IsZero() {
		t.Errorf("%+v", i)
	}
	if i := got.Items[2]; i.URL != "" || i.Key != "Nada más que título" {
		t.Errorf("%+v", i)
	}
	got, err = feed.Read("\ufeff  "+atom, "https://news.test/atom")
	if err != nil || len(got.Items) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if i := got.Items[0]; i.Key != "tag:news.test,2025:1" || i.URL != "https://news.test/a/dam.html" || i.Title != "The dam" || !i.Published.Equal(at.Add(-time.Hour)) {
		t.Errorf("%+v", i)
	}
	got, err = feed.Read(jsonFeed, "https://j.test/feed.json")
	if err != nil || len(got.Items) != 1 || got.Language != "pt" || got.Items[0].Key != "1" || got.Items[0].Words != "Resumo rio" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for text, key := range map[string]string{
		"":                             "feed.not_a_feed",
		"hello":                        "feed.not_a_feed",
		"<html><body>x</body></html>":  "feed.not_a_feed",
		"<rss><channel>\n<item><title": "feed.malformed",
		"<rss><channel>\n<item>":       "feed.malformed",
		`{"version": [`:                "feed.malformed",
		"<rss><channel>" + strings.Repeat("<a>", 2_000_000): "feed.malformed",
		`{"items":` + strings.Repeat("[", 1_000_000):        "feed.malformed",
	} {
		_, err := feed.Read(text, "https://x.test/")
		var refused *claims.Error
		if !errors.As(err, &refused) || refused.Key != key || key == "feed.malformed" && len(refused.Args) != 1 {
			t.Errorf("%.40q: %v, want %s", text, err, key)
		}
	}
	_, err := feed.Read("<rss><channel>\n<item><title", "")
	var refused *claims.Error
	if errors.As(err, &refused) && refused.Args[0] != 2 {
		t.Errorf("the line is %v", refused.Args)
	}
}

// TestNoAddressButOfTheWeb: links are not followed here, but shown.
func TestNoAddressButOfTheWeb(t *testing.T) {
	got, err := feed.Read(`<rss><channel><item><title>x</title><link>javascript:alert(1)</link><guid>file:///etc/passwd</guid></item></channel></rss>`, "https://x.test/")
	if err != nil || len(got.Items) != 1 || got.Items[0].URL != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestEntitiesDoNotGrow(t *testing.T) {
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;&b;&b;&b;</title><item><title>t</title><guid>1</guid></item></channel></rss>`
	got, err := feed.Read(bomb, "")
	if err == nil && len(got.Title) > 100 {
		t.Errorf("%d bytes came of %d", len(got.Title), len(bomb))
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{rss, atom, jsonFeed, "<rdf>", "{", "<feed><entry><content type='xhtml'><div>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := feed.Read(s, "https://x.test/")
		if err != nil && claims.KindOf(err) != claims.KindInvalid {
			t.Error(err)
		}
		for _, i := range got.Items {
			if i.Key == "" || i.URL != "" && !strings.HasPrefix(i.URL, "http") || strings.ContainsRune(i.Title, 0) {
				t.Errorf("%+v", i)
			}
		}
	})
}
