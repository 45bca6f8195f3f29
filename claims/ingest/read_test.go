package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// note is a plain article of our own, with accents, quotes and a dash.
const note = "El puerto de Vela cerró el martes. «No hay grúas», dijo la alcaldesa Íñiguez, según la autoridad portuaria — y añadió que volverán en otoño."

func read(t *testing.T, in ingest.Input) ingest.Page {
	t.Helper()
	page, err := ingest.Read(t.Context(), in)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return page
}

func encode(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	raw, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestReadExample(t *testing.T) {
	path := claimstest.Shared(t, "examples", "es-choe-putin.txt")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := read(t, ingest.Input{Raw: raw, Filename: "es-choe-putin.txt"})
	if page.Published == nil || *page.Published != "2025-10-28" || page.Origins["published"] != ingest.FromDateline {
		t.Errorf("published %v from %q", page.Published, page.Origins["published"])
	}
	if page.Language != "es" || page.Origins["language"] != ingest.FromGuess || page.Title != "" {
		t.Errorf("language %q, title %q, origins %v", page.Language, page.Title, page.Origins)
	}
	if !bytes.Equal(page.Raw, raw) || page.Encoding != "utf-8" || page.MediaType != "text/plain" {
		t.Errorf("raw bytes changed, or %s in %s", page.MediaType, page.Encoding)
	}
}

func TestReadEncodings(t *testing.T) {
	latin := strings.ReplaceAll(note, " — ", " - ")
	dutch := "“De haven is dicht”, zei de burgemeester. Het kost € 15.000 per dag…"
	russian := "Порт закрылся во вторник. Мэр заявила, что краны привезут осенью, сообщает администрация порта."
	utf16 := func(order unicode.Endianness) encoding.Encoding { return unicode.UTF16(order, unicode.UseBOM) }
	tests := map[string]struct {
		raw         []byte
		contentType string
		want, name  string
	}{
		"UTF-8":                   {[]byte(note), "", note, "utf-8"},
		"UTF-8 with mark":         {[]byte("\uFEFF" + note), "text/plain", note, "utf-8"},
		"UTF-16 little endian":    {encode(t, utf16(unicode.LittleEndian), note), "", note, "utf-16le"},
		"UTF-16 big endian":       {encode(t, utf16(unicode.BigEndian), note), "", note, "utf-16be"},
		"Latin-1":                 {encode(t, charmap.ISO8859_1, latin), "", latin, "iso-8859-1"},
		"Latin-1, one accent":     {encode(t, charmap.ISO8859_1, "Cerró."), "", "Cerró.", "iso-8859-1"},
		"Windows-1252 quotes":     {encode(t, charmap.Windows1252, dutch), "", dutch, "windows-1252"},
		"Latin-1 called UTF-8":    {encode(t, charmap.ISO8859_1, latin), "text/plain; charset=utf-8", latin, "iso-8859-1"},
		"UTF-8 called Latin-1":    {[]byte(note), "text/plain; charset=iso-8859-1", note, "utf-8"},
		"Windows-1251 declared":   {encode(t, charmap.Windows1251, russian), "text/plain; charset=windows-1251", russian, "windows-1251"},
		"Windows-1251 undeclared": {encode(t, charmap.Windows1251, russian), "", russian, "windows-1251"},
		"ISO-2022-JP declared": {encode(t, japanese.ISO2022JP, "港は火曜日に閉鎖された。"), "text/plain; charset=iso-2022-jp",
			"港は火曜日に閉鎖された。", "iso-2022-jp"},
		"unknown declaration": {[]byte(note), "text/plain; charset=klingon", note, "utf-8"},
		"one broken sequence": {[]byte(note + " \xE2\x82 Fin."), "", note + " \uFFFD Fin.", "utf-8"},
		"a stray NUL":         {[]byte(note + "\x00 Fin."), "", note + "\uFFFD Fin.", "utf-8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: test.raw, ContentType: test.contentType})
			if page.Text != test.want || page.Encoding != test.name {
				t.Errorf("got %q in %s, want %q in %s", page.Text, page.Encoding, test.want, test.name)
			}
			if !bytes.Equal(page.Raw, test.raw) {
				t.Error("the raw bytes are changed")
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	noise := make([]byte, 4096) // every byte value, in an order no text has
	for i := range noise {
		noise[i] = byte(i*167 + i>>3)
	}
	tests := map[string]struct {
		in   ingest.Input
		kind claims.ErrKind
		key  string
	}{
		"nothing":            {ingest.Input{}, claims.KindInvalid, "ingest.empty"},
		"blank":              {ingest.Input{Raw: []byte(" \r\n\t")}, claims.KindInvalid, "ingest.empty"},
		"only a mark":        {ingest.Input{Raw: []byte("\uFEFF")}, claims.KindInvalid, "ingest.empty"},
		"only a date line":   {ingest.Input{Raw: []byte("date 2025-10-28\n")}, claims.KindInvalid, "ingest.empty"},
		"no word":            {ingest.Input{Raw: []byte("--- *** ---")}, claims.KindInvalid, "ingest.no_text"},
		"PDF":                {ingest.Input{Raw: []byte("%PDF-1.7\n%âãÏÓ"), Filename: "nota.txt"}, claims.KindUnsupported, "ingest.misnamed"},
		"PNG":                {ingest.Input{Raw: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ContentType: "text/html"}, claims.KindUnsupported, "ingest.binary"},
		"zip or DOCX":        {ingest.Input{Raw: []byte("PK\x03\x04\x14\x00\x06\x00")}, claims.KindUnsupported, "ingest.binary"},
		"RTF":                {ingest.Input{Raw: []byte(`{\rtf1\ansi Hola}`)}, claims.KindUnsupported, "ingest.binary"},
		"NULs":               {ingest.Input{Raw: []byte("a\x00b\x00c\x00d\x00")}, claims.KindUnsupported, "ingest.binary"},
		"noise":              {ingest.Input{Raw: noise}, claims.KindUnsupported, "ingest.binary"},
		"UTF-32":             {ingest.Input{Raw: []byte("\xFF\xFE\x00\x00H\x00\x00\x00o\x00\x00\x00")}, claims.KindUnsupported, "ingest.encoding"},
		"no known encoding":  {ingest.Input{Raw: []byte("\x81\x8d\x90\x9d\x81\xff\xfe\x8f\x81\x80")}, claims.KindUnsupported, "ingest.encoding"},
		"over the limit":     {ingest.Input{Raw: bytes.Repeat([]byte("a "), ingest.MaxBytes/2+1)}, claims.KindTooLarge, "ingest.too_large"},
		"script-only page":   {ingest.Input{Raw: []byte("<html><head><title>App</title></head><body><div id=app></div><script>go()</script><noscript>JS!</noscript></body></html>")}, claims.KindInvalid, "ingest.page_script"},
		"depth bomb":         {ingest.Input{Raw: []byte(strings.Repeat("<div>", 100_000)), ContentType: "text/html"}, claims.KindInvalid, "ingest.too_deep"},
		"ten MB of brackets": {ingest.Input{Raw: bytes.Repeat([]byte("<"), ingest.MaxBytes), ContentType: "text/html"}, claims.KindInvalid, "ingest.no_text"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page, err := ingest.Read(t.Context(), test.in)
			var refusal *claims.Error
			if !errors.As(err, &refusal) || refusal.Kind != test.kind || refusal.Key != test.key {
				t.Errorf("err = %v, page %.80q in %s; want %s %s", err, page.Text, page.Encoding, test.kind, test.key)
			}
		})
	}
}

func TestReadSaysWhatItFound(t *testing.T) {
	_, err := ingest.Read(t.Context(), ingest.Input{Raw: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")})
	var refusal *claims.Error
	if !errors.As(err, &refusal) || !slices.Equal(refusal.Args, []any{"image/png"}) {
		t.Errorf("err = %v, want the media type as its argument", err)
	}
	_, err = ingest.Read(t.Context(), ingest.Input{Raw: make([]byte, ingest.MaxBytes+1)})
	if !errors.As(err, &refusal) || !slices.Equal(refusal.Args, []any{ingest.MaxBytes + 1, ingest.MaxBytes}) {
		t.Errorf("err = %v, want size and limit as its arguments", err)
	}
}

func TestReadRefusesHints(t *testing.T) {
	tests := map[string]struct {
		hint  ingest.Hint
		field string
		key   string
	}{
		"no date":           {ingest.Hint{Published: "ayer"}, "published", "date.malformed"},
		"no such day":       {ingest.Hint{Published: "2025-02-30"}, "published", "date.impossible"},
		"unknown language":  {ingest.Hint{Language: "xx"}, "language", "language.unknown"},
		"language by name":  {ingest.Hint{Language: "español"}, "language", "language.unknown"},
		"script address":    {ingest.Hint{URL: "javascript:alert(1)"}, "url", "url.malformed"},
		"address, no host":  {ingest.Hint{URL: "https:///nota"}, "url", "url.malformed"},
		"address, password": {ingest.Hint{URL: "https://a:b@example.org/"}, "url", "url.malformed"},
		"endless title":     {ingest.Hint{Title: strings.Repeat("ñ", 501)}, "title", "text.too_long"},
		"endless outlet":    {ingest.Hint{Outlet: strings.Repeat("ñ", 501)}, "outlet", "text.too_long"},
		"too many authors":  {ingest.Hint{Authors: make([]string, 51)}, "authors", "list.too_long"},
		"endless author":    {ingest.Hint{Authors: []string{strings.Repeat("ñ", 501)}}, "authors", "text.too_long"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := ingest.Read(t.Context(), ingest.Input{Raw: []byte(note), Hint: test.hint})
			var refusal *claims.Error
			if !errors.As(err, &refusal) || refusal.Kind != claims.KindInvalid || len(refusal.Fields) != 1 ||
				refusal.Fields[0].Field != test.field || refusal.Fields[0].Key != test.key {
				t.Errorf("err = %v, want %s: %s", err, test.field, test.key)
			}
		})
	}
	_, err := ingest.Read(t.Context(), ingest.Input{Raw: []byte(note), Hint: ingest.Hint{Language: "xx", Published: "ayer", URL: "x"}})
	var refusal *claims.Error
	if !errors.As(err, &refusal) || len(refusal.Fields) != 3 {
		t.Errorf("three wrong fields are answered with %v", err)
	}
}

func TestReadPrecedence(t *testing.T) {
	const both = "date 2025-10-28\n\nEl puerto cerró.\n\n27 de octubre de 2025\n\nFin de la nota."
	const worded = "Un titular\n\nMartes, 28 de octubre de 2025\n\nEl puerto cerró."
	html := func(head string) string {
		return "<html><head>" + head + "</head><body><p>date 2025-10-28</p><p>El puerto cerró.</p></body></html>"
	}
	tests := map[string]struct {
		raw          string
		given        string
		want, origin string
	}{
		"given over date line":    {both, "2024-01-02", "2024-01-02", ingest.FromGiven},
		"date line over words":    {both, "", "2025-10-28", ingest.FromDateline},
		"words on a line":         {worded, "", "2025-10-28", ingest.FromGuess},
		"partial date given":      {both, "2024-01", "2024-01", ingest.FromGiven},
		"none":                    {"El puerto cerró el 3 de mayo de 2025.", "", "", ""},
		"metadata over date line": {html(`<meta property="article:published_time" content="2025-10-27T23:30:00-03:00">`), "", "2025-10-27", ingest.FromOpenGraph},
		"date line on a page":     {html(""), "", "2025-10-28", ingest.FromDateline},
		"given over metadata":     {html(`<meta property="article:published_time" content="2025-10-27">`), "2025-10-26", "2025-10-26", ingest.FromGiven},
		"metadata that is no date": {html(`<meta property="article:published_time" content="hoy"><meta name="date" content="2025-10-25 10:00">`),
			"", "2025-10-25", ingest.FromMeta},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: []byte(test.raw), Hint: ingest.Hint{Published: test.given}})
			got := ""
			if page.Published != nil {
				got = string(*page.Published)
			}
			if got != test.want || page.Origins["published"] != test.origin {
				t.Errorf("published %q from %q, want %q from %q", got, page.Origins["published"], test.want, test.origin)
			}
		})
	}
}

func TestReadGuessesTitle(t *testing.T) {
	tests := map[string]string{
		"Cierra el puerto de Vela\n\nLa alcaldesa lo anunció.": "Cierra el puerto de Vela",
		"¿Cierra el puerto?\n\nLa alcaldesa lo anunció.":       "¿Cierra el puerto?",
		"Cierra el puerto.\n\nLa alcaldesa lo anunció.":        "",
		"Cierra el puerto\nLa alcaldesa lo anunció.":           "",
		"Cierra el puerto": "",
		"Martes, 28 de octubre de 2025\n\nLa alcaldesa habló.":   "",
		strings.Repeat("largo ", 40) + "\n\nLa alcaldesa habló.": "",
	}
	for text, want := range tests {
		page := read(t, ingest.Input{Raw: []byte(text)})
		if page.Title != want || (page.Origins["title"] == ingest.FromGuess) != (want != "") {
			t.Errorf("title of %.40q is %q from %q, want %q", text, page.Title, page.Origins["title"], want)
		}
	}
}

func TestReadTakesTextOrPage(t *testing.T) {
	const marked = "<p>Una nota</p>"
	const whole = "<!DOCTYPE html><html><body><p>Una nota</p></body></html>"
	tests := map[string]struct{ raw, filename, contentType, media, text string }{
		"name .txt":                   {marked, "a.txt", "", "text/plain", marked},
		"name .HTM":                   {marked, "a.HTM", "", "text/html", "Una nota"},
		"content type HTML":           {marked, "", "text/html; charset=utf-8", "text/html", "Una nota"},
		"content type wins over name": {marked, "a.txt", "text/html", "text/html", "Una nota"},
		"XHTML":                       {marked, "", "application/xhtml+xml", "text/html", "Una nota"},
		"a whole page called text":    {whole, "a.txt", "text/plain", "text/html", "Una nota"},
		"sniffed":                     {whole, "", "", "text/html", "Una nota"},
		"octet stream of a page":      {whole, "a", "application/octet-stream", "text/html", "Una nota"},
		"letters of a bitmap":         {"BMW anuncia recortes", "", "", "text/plain", "BMW anuncia recortes"},
		"letters of a program":        {"MZ anunció", "", "", "text/plain", "MZ anunció"},
		"bare text":                   {"Una nota", "", "", "text/plain", "Una nota"},
		"HTML without a tag":          {"Una\n\nnota", "", "text/html", "text/html", "Una nota"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: []byte(test.raw), Filename: test.filename, ContentType: test.contentType})
			if page.MediaType != test.media || page.Text != test.text {
				t.Errorf("got %q as %s, want %q as %s", page.Text, page.MediaType, test.text, test.media)
			}
		})
	}
}

func TestReadStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	page := []byte("<p>" + strings.Repeat("<b>hola</b> ", 20_000))
	if _, err := ingest.Read(ctx, ingest.Input{Raw: page, ContentType: "text/html"}); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want the context's", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("date 2025-10-28\n\nHola."), "text/plain")
	f.Add([]byte(`<html lang=es><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":{"@id":"#a"}},{"@id":"#a","name":{"@id":"#a"}}]}</script><article><p>Hola<br>tú`), "text/html")
	f.Add([]byte("<table><tr><td>a<td>b<pre>\n x"), "text/html; charset=windows-1252")
	f.Add([]byte("\xff\xfeH\x00o\x00"), "")
	f.Fuzz(func(t *testing.T, raw []byte, contentType string) {
		in := ingest.Input{Raw: raw, ContentType: contentType}
		page, err := ingest.Read(context.Background(), in)
		if err != nil {
			if claims.KindOf(err) == "" {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		if clean, _ := ingest.Clean(page.Text); clean != page.Text || page.Text == "" {
			t.Errorf("text %q is not clean", page.Text)
		}
		if page.Language != "" && !ingest.KnownLanguage(page.Language) {
			t.Errorf("language %q", page.Language)
		}
		again, err := ingest.Read(context.Background(), in)
		if err != nil || again.Text != page.Text || again.Title != page.Title || again.Language != page.Language {
			t.Errorf("read twice, two answers: %+v and %+v (%v)", page, again, err)
		}
	})
}
