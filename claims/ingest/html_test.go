package ingest_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"cotejo/claims/ingest"
	"golang.org/x/text/encoding/charmap"
)

func readFixture(t *testing.T, name string, hint ingest.Hint) ingest.Page {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, ingest.Input{Raw: raw, Filename: name, Hint: hint})
}

func TestReadSpanishPage(t *testing.T) {
	page := readFixture(t, "es-portal.html", ingest.Hint{})
	want, err := os.ReadFile("testdata/es-portal.txt")
	if err != nil {
		t.Fatal(err)
	}
	if page.Text != strings.TrimSpace(string(want)) {
		t.Errorf("text is\n%s\nwant\n%s", page.Text, want)
	}
	checkField(t, page, "title", page.Title, "La presa de Urdiales baja al 18 % de su capacidad", ingest.FromJSONLD)
	checkField(t, page, "outlet", page.Outlet, "El Correo del Valle", ingest.FromJSONLD)
	checkField(t, page, "authors", strings.Join(page.Authors, "; "), "Rosa Tejedor; Iván Lago", ingest.FromJSONLD)
	checkField(t, page, "canonical_url", page.CanonicalURL, "https://correo.example/2025/09/presa-urdiales", ingest.FromMeta)
	checkField(t, page, "url", page.URL, "https://correo.example/2025/09/presa-urdiales", ingest.FromMeta)
	checkField(t, page, "language", page.Language, "es", ingest.FromJSONLD)
	checkField(t, page, "published", string(*page.Published), "2025-09-12", ingest.FromJSONLD)
}

func TestReadEnglishPage(t *testing.T) {
	page := readFixture(t, "en-plain.html", ingest.Hint{})
	checkField(t, page, "title", page.Title, "Harbour ferries to stop running at night", ingest.FromMeta)
	checkField(t, page, "outlet", page.Outlet, "The Northern Ledger", ingest.FromOpenGraph)
	checkField(t, page, "authors", strings.Join(page.Authors, "; "), "Maud Ekholm", ingest.FromMeta)
	checkField(t, page, "language", page.Language, "en", ingest.FromOpenGraph)
	checkField(t, page, "published", string(*page.Published), "2024-11-05", ingest.FromTime)
	checkField(t, page, "url", page.URL, "", "")
	for _, paragraph := range []string{
		"Night ferries between Holm and the mainland will stop on 1 December, the harbour board said on Tuesday, after passenger numbers fell by nearly two thirds in five years.",
		"\"We carried eleven people last Wednesday,\" said Tor Lindqvist, who chairs the board. According to its own report the night service lost 1.4 million crowns last year, a figure the ferry workers' union disputes.",
		"The union put the loss at less than half of that and said that the board had counted repairs twice.",
		"2019\t18,400",
	} {
		if !slices.Contains(strings.Split(page.Text, "\n\n"), paragraph) {
			t.Errorf("no paragraph of its own in %q:\n%s", page.Text, paragraph)
		}
	}
	for _, furniture := range []string{"Sport", "newsletter"} {
		if strings.Contains(page.Text, furniture) {
			t.Errorf("text holds %q", furniture)
		}
	}
}

func TestReadPageGivenWins(t *testing.T) {
	hint := ingest.Hint{Title: " Otro  título ", Outlet: "Agencia", URL: "https://otro.example/nota?id=1", Language: "ES-mx",
		Authors: []string{"Ana", "Ana", " "}, Published: "2025-09"}
	page := readFixture(t, "es-portal.html", hint)
	checkField(t, page, "title", page.Title, "Otro título", ingest.FromGiven)
	checkField(t, page, "outlet", page.Outlet, "Agencia", ingest.FromGiven)
	checkField(t, page, "authors", strings.Join(page.Authors, "; "), "Ana", ingest.FromGiven)
	checkField(t, page, "url", page.URL, "https://otro.example/nota?id=1", ingest.FromGiven)
	checkField(t, page, "canonical_url", page.CanonicalURL, "https://otro.example/2025/09/presa-urdiales", ingest.FromMeta)
	checkField(t, page, "language", page.Language, "es", ingest.FromGiven)
	checkField(t, page, "published", string(*page.Published), "2025-09", ingest.FromGiven)
}

func checkField(t *testing.T, page ingest.Page, field, got, want, origin string) {
	t.Helper()
	if got != want || page.Origins[field] != origin {
		t.Errorf("%s is %q from %q, want %q from %q", field, got, page.Origins[field], want, origin)
	}
}

func TestReadPageEncodings(t *testing.T) {
	body := "<body><p>«El año pasado», dijo la alcaldesa Íñiguez.</p></body>"
	want := "«El año pasado», dijo la alcaldesa Íñiguez."
	russian := "<body><p>Порт закрылся во вторник. Мэр заявила, что краны привезут осенью.</p></body>"
	tests := map[string]struct {
		raw                     []byte
		contentType, want, name string
	}{
		"meta charset":       {encode(t, charmap.ISO8859_1, `<html><head><meta charset="iso-8859-1">`+body), "", want, "iso-8859-1"},
		"meta http-equiv":    {encode(t, charmap.Windows1252, `<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">`+body+"<p>“Sí”"), "", want + "\n\n“Sí”", "windows-1252"},
		"content type wins":  {encode(t, charmap.ISO8859_1, `<html><meta charset="koi8-r">`+body), "text/html; charset=iso-8859-1", want, "iso-8859-1"},
		"undeclared Latin-1": {encode(t, charmap.ISO8859_1, "<html>"+body), "", want, "iso-8859-1"},
		"undeclared 1251":    {encode(t, charmap.Windows1251, "<html>"+russian), "", "Порт закрылся во вторник. Мэр заявила, что краны привезут осенью.", "windows-1251"},
		"meta tells lies":    {[]byte(`<html><meta charset="iso-8859-1">` + body), "", want, "utf-8"},
		"UTF-8":              {[]byte("<html>" + body), "", want, "utf-8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: test.raw, ContentType: test.contentType})
			if page.Text != test.want || page.Encoding != test.name {
				t.Errorf("got %q in %s, want %q in %s", page.Text, page.Encoding, test.want, test.name)
			}
		})
	}
	t.Run("an encoding that hides markup", func(t *testing.T) {
		_, err := ingest.Read(t.Context(), ingest.Input{Raw: []byte(`<html><meta charset="hz-gb-2312">` + body)})
		if err == nil || !strings.Contains(err.Error(), "ingest.encoding") {
			t.Errorf("err = %v, want ingest.encoding", err)
		}
	})
}

func TestReadPageLines(t *testing.T) {
	tests := map[string]struct{ html, want string }{
		"paragraphs":           {"<p>Uno</p><p>dos</p>", "Uno\n\ndos"},
		"inline elements":      {"<p>U<b>n</b>o <i>y</i>\n <a href=x>dos</a></p>", "Uno y dos"},
		"line break":           {"<p>Uno<br>dos<br><br><br>tres</p>", "Uno\ndos\n\ntres"},
		"list and heading":     {"<h2>Lista</h2><ul><li>Uno</li><li>dos</li></ul>", "Lista\n\nUno\n\ndos"},
		"unbreakable space":    {"<p>18&nbsp;%  de</p>", "18\u00A0% de"},
		"preformatted":         {"<p>Así:</p><pre>a  b\nc</pre>", "Así:\n\na  b\nc"},
		"entities":             {"<p>a &lt;b&gt; &amp; c&#x2026;</p>", "a <b> & c…"},
		"text between blocks":  {"<div>Uno<p>dos</p>tres</div>", "Uno\n\ndos\n\ntres"},
		"furniture":            {"<nav>Menú</nav><article><p>Uno</p><aside>Anuncio</aside></article><footer>Pie</footer>", "Uno"},
		"furniture is all":     {"<header><p>Uno</p></header>", "Uno"},
		"comments and scripts": {"<p>Uno<!-- dos --><script>tres</script><style>p{}</style></p>", "Uno"},
		"hidden fields":        {"<p>Uno <select><option>dos</select><textarea>tres</textarea></p>", "Uno"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: []byte(test.html), ContentType: "text/html"})
			if page.Text != test.want {
				t.Errorf("text is %q, want %q", page.Text, test.want)
			}
		})
	}
}

func TestReadPageFields(t *testing.T) {
	ld := func(data string) string { return `<script type="application/ld+json">` + data + `</script>` }
	tests := map[string]struct{ head, field, want, origin string }{
		"stamp of a mail":            {`<meta name="date" content="Fri, 12 Sep 2025 22:00:00 GMT">`, "published", "2025-09-12", ingest.FromMeta},
		"date with slashes":          {`<meta name="pubdate" content="2025/09/12">`, "published", "2025-09-12", ingest.FromMeta},
		"date in words":              {`<meta name="date" content="12 de septiembre de 2025">`, "published", "2025-09-12", ingest.FromMeta},
		"day or month first?":        {`<meta name="date" content="12/09/2025">`, "published", "", ""},
		"publication over others":    {`<time datetime="2025-01-01">a</time><time class="published" datetime="2025-09-12">b</time>`, "published", "2025-09-12", ingest.FromTime},
		"change is no publication":   {`<time itemprop="dateModified" datetime="2025-09-13">a</time>`, "published", "", ""},
		"byline":                     {`<meta name="byl" content="By Maud Ekholm">`, "authors", "Maud Ekholm", ingest.FromMeta},
		"rel=author":                 {`<a rel="author" href="/m">Por <b>Rosa</b> Tejedor</a>`, "authors", "Rosa Tejedor", ingest.FromMeta},
		"profile page is no name":    {`<meta property="article:author" content="https://a.example/m">`, "authors", "", ""},
		"authors as a list of names": {ld(`{"@type":"NewsArticle","author":["Ana","Luis"]}`), "authors", "Ana; Luis", ingest.FromJSONLD},
		"type as an address":         {ld(`{"@type":"https://schema.org/ReportageNewsArticle","headline":"Uno"}`), "title", "Uno", ingest.FromJSONLD},
		"article within its page":    {ld(`{"@type":"WebPage","name":"No","mainEntity":{"@type":"Article","name":"Sí"}}`), "title", "Sí", ingest.FromJSONLD},
		"no article":                 {ld(`{"@type":"Product","name":"No"}`) + "<title>Uno</title>", "title", "Uno", ingest.FromMeta},
		"marks around the data":      {ld("<!-- {\"@type\":\"Article\",\"headline\":\"Uno\"} -->"), "title", "Uno", ingest.FromJSONLD},
		"outlet off the title":       {`<meta property="og:site_name" content="El Faro"><title>Uno – EL FARO</title>`, "title", "Uno", ingest.FromMeta},
		"title that is the outlet":   {`<meta property="og:site_name" content="El Faro"><title>El Faro</title>`, "title", "El Faro", ingest.FromMeta},
		"canonical, relative, alone": {`<link rel="canonical" href="/a">`, "canonical_url", "", ""},
		"canonical that is a script": {`<link rel="canonical" href="javascript:alert(1)">`, "canonical_url", "", ""},
		"canonical of og:url":        {`<meta property="og:url" content="https://a.example/b">`, "canonical_url", "https://a.example/b", ingest.FromOpenGraph},
		"canonical of JSON-LD":       {ld(`{"@type":"Article","mainEntityOfPage":{"@type":"WebPage","@id":"https://a.example/c"}}`), "canonical_url", "https://a.example/c", ingest.FromJSONLD},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: []byte("<html><head>" + test.head + "</head><body><p>Hola.</p></body></html>")})
			got := map[string]string{"title": page.Title, "authors": strings.Join(page.Authors, "; "), "canonical_url": page.CanonicalURL}
			if page.Published != nil {
				got["published"] = string(*page.Published)
			}
			checkField(t, page, test.field, got[test.field], test.want, test.origin)
		})
	}
}

// TestReadHostilePages: each is read or refused long before the timeout. The
// bound is generous; what it catches is time that grows with the square.
func TestReadHostilePages(t *testing.T) {
	loop := `{"@type":"NewsArticle","author":{"@id":"a"}},{"@id":"a","x":1,"name":[` + strings.TrimSuffix(strings.Repeat(`{"@id":"a"},`, 200), ",") + `]}`
	pages := map[string]string{
		"many paragraphs":       strings.Repeat("<p>hola mundo", 300_000),
		"many nodes":            strings.Repeat("<p>hola mundo", 29_000),
		"deep but allowed":      strings.Repeat(strings.Repeat("<div>", 400)+"x"+strings.Repeat("</div>", 400), 60),
		"misnested formatting":  strings.Repeat("<b><p>x</p></b><i>", 10_000),
		"authors in authors":    strings.Repeat("<span rel=author>x", 400) + strings.Repeat("y ", 500_000),
		"one attribute of many": "<p " + strings.Repeat("a=1 ", 500_000) + ">x",
		"JSON-LD in a loop":     `<script type="application/ld+json">[` + loop + `]</script><p>x`,
		"menus in menus":        strings.Repeat("<div class=nav>", 450) + strings.Repeat("<p>hola mundo", 25_000),
		"bylines in bylines":    strings.Repeat("<i class=by>", 450) + strings.Repeat("<b></b>", 300_000) + "x",
		"tables in tables":      strings.Repeat(strings.Repeat("<table><tr><td>", 100)+"x"+strings.Repeat("</table>", 100), 100),
		"short lines":           "<title>x</title>" + strings.Repeat("<div>uno", 29_000),
		"links in links":        strings.Repeat("<a href=x>hola mundo que tal y nada mas que esto sigue", 20_000),
		"deep JSON-LD":          `<script type="application/ld+json">` + strings.Repeat(`{"author":[`, 100_000) + `</script><p>x`,
		"two megabytes of &":    "<p>" + strings.Repeat("&", 2<<20) + "x",
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ingest.Read(t.Context(), ingest.Input{Raw: []byte(page), ContentType: "text/html"})
			if err != nil && !strings.Contains(err.Error(), "ingest.too_deep") {
				t.Errorf("refused: %v", err)
			}
		})
	}
}
