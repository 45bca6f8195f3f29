package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// packed makes a zip archive of names and contents, in the order given.
func packed(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: map[bool]uint16{true: zip.Store, false: zip.Deflate}[files[i] == "mimetype"]})
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	odtSpace  = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"`
)

func docx(t testing.TB, body string) []byte {
	return packed(t, "[Content_Types].xml", `<Types/>`,
		"word/styles.xml", `<w:styles `+wordSpace+`><w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Cita"><w:name w:val="Quote"/></w:style></w:styles>`,
		"word/document.xml", `<w:document `+wordSpace+`><w:body>`+body+`</w:body></w:document>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>La lonja de Vela</dc:title><dc:creator>Ana Paz</dc:creator><dcterms:modified>2025-05-04T10:00:00Z</dcterms:modified></cp:coreProperties>`)
}

func odt(t testing.TB, body string) []byte {
	return packed(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content `+odtSpace+`><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`,
		"meta.xml", `<office:document-meta `+odtSpace+` xmlns:dc="d"><office:meta><dc:title>La lonja de Vela</dc:title><dc:creator>Ana Paz</dc:creator></office:meta></office:document-meta>`)
}

const wordBody = `<w:p><w:pPr><w:pStyle w:val="Ttulo1"/></w:pPr><w:r><w:t>La lonja de Vela</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">El puerto cerró </w:t></w:r><w:del><w:r><w:delText>anteayer</w:delText></w:r></w:del><w:r><w:t>el martes.</w:t></w:r><w:r><w:br/><w:t>Sin plazo.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Cita"/></w:pPr><w:r><w:t>No hay grúas.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Tres barcos</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Año</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2025</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p/>`

const odtBody = `<text:h text:outline-level="1">La lonja de Vela</text:h><text:p>El puerto <text:span>cerró</text:span><text:s/>el martes.<text:line-break/>Sin plazo.<text:note><text:note-body><text:p>Una nota.</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>Tres barcos</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Año</text:p></table:table-cell><table:table-cell><text:p>2025</text:p></table:table-cell></table:table-row></table:table>`

const letter = "From: =?utf-8?q?Ana_Mu=C3=B1oz?= <ana@medio.test>\r\nTo: mesa@cotejo.test\r\nSubject: =?iso-8859-1?q?El_puerto_cerr=F3?=\r\nDate: Tue, 28 Oct 2025 23:30:00 -0300\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEn texto.\r\n" +
	"--y\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<h1>El puerto</h1><p>La alcaldesa =CD=F1iguez lo confirm=\r\n=F3.</p>\r\n--y--\r\n" +
	"--x\r\nContent-Type: application/pdf; name=\"acta.pdf\"\r\nContent-Disposition: attachment; filename=\"acta.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--x--\r\n"

const subtitles = "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>El puerto cerró</i>\r\n\r\n2\r\n00:00:03,600 --> 00:00:06,000\r\nel martes, dijo\r\nla alcaldesa.\r\n\r\n3\r\n00:00:12,000 --> 00:00:14,000\r\n¿Y las grúas?\r\n"

const webVTT = "WEBVTT\n\nNOTE nada\nde nada\n\n00:01.000 --> 00:02.000 align:left\n<v Ana Paz>The port shut.\n\n1:00:02.500 --> 1:00:04.000\n<v Luis Gil>When?\n"

const markdownNote = "---\ntitle: \"El puerto\"\ndate: 2025-10-28\nauthor: Ana Paz\n---\n# El puerto de Vela\n\nCerró el **martes** por\nla [avería](https://x.test) de *tres* grúas de snake_case_es.\n\n> «No hay\n> plazo»\n\n- Uno\n  - Dos\n\nUn aviso\n--------\n\n| Año | Días |\n|---|---|\n| 2024 | 12 |\n\n```\na  *b*\n```\n"

// structure writes the blocks of a page beside their words.
func structure(p ingest.Page) string {
	runes := []rune(p.Text)
	var out []string
	for _, b := range p.Blocks {
		out = append(out, fmt.Sprintf("%s%d:%s", b.Kind, b.Level, string(runes[b.Start:b.End])))
	}
	return strings.Join(out, " / ")
}

func TestReadFiles(t *testing.T) {
	const office = "La lonja de Vela\n\nEl puerto cerró el martes.\nSin plazo.\n\n"
	tests := map[string]struct {
		name, contentType string
		raw               []byte
		text, structure   string
		fields            string // title | authors | published | media type
	}{
		"docx": {"nota.docx", "", docx(t, wordBody), office + "No hay grúas.\n\nTres barcos\n\nAño\t2025",
			"heading1:La lonja de Vela / quote1:No hay grúas. / item2:Tres barcos / row1:Año\t2025", "La lonja de Vela|Ana Paz||application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		"odt": {"nota.odt", "", odt(t, odtBody), office + "Tres barcos\n\nAño\t2025",
			"heading1:La lonja de Vela / item1:Tres barcos / row1:Año\t2025", "La lonja de Vela|Ana Paz||application/vnd.oasis.opendocument.text"},
		"eml":                {"nota.eml", "", []byte(letter), "El puerto\n\nLa alcaldesa Íñiguez lo confirmó.", "heading1:El puerto", "El puerto cerró|Ana Muñoz|2025-10-28|message/rfc822"},
		"srt":                {"nota.srt", "", []byte(subtitles), "El puerto cerró el martes, dijo la alcaldesa.\n\n¿Y las grúas?", "", "|||application/x-subrip"},
		"vtt":                {"nota.vtt", "", []byte(webVTT), "Ana Paz: The port shut.\n\nLuis Gil: When?", "", "|||text/vtt"},
		"srt without a name": {"", "text/plain", []byte(subtitles), "El puerto cerró el martes, dijo la alcaldesa.\n\n¿Y las grúas?", "", "|||application/x-subrip"},
		"md": {"nota.md", "", []byte(markdownNote), "El puerto de Vela\n\nCerró el martes por la avería de tres grúas de snake_case_es.\n\n«No hay plazo»\n\nUno\n\nDos\n\nUn aviso\n\nAño\tDías\n\n2024\t12\n\na  *b*",
			"heading1:El puerto de Vela / quote1:«No hay plazo» / item1:Uno / item2:Dos / heading2:Un aviso / row1:Año\tDías / row1:2024\t12", "El puerto|Ana Paz|2025-10-28|text/markdown"},
		"pasted HTML": {"", "text/html", []byte(`<h2 onclick="x()">Un título</h2><ul><li>Uno<ul><li>dos</li></ul></li></ul><blockquote><p>Cita</p></blockquote><script>alert(1)</script><p>Fin.</p>`),
			"Un título\n\nUno\n\ndos\n\nCita\n\nFin.", "heading2:Un título / item1:Uno / item2:dos / quote1:Cita", "Un título|||text/html"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := read(t, ingest.Input{Raw: test.raw, Filename: test.name, ContentType: test.contentType})
			if page.Text != test.text {
				t.Errorf("text\n%s\nwant\n%s", page.Text, test.text)
			}
			if got := structure(page); got != test.structure {
				t.Errorf("structure %q, want %q", got, test.structure)
			}
			published := ""
			if page.Published != nil {
				published = string(*page.Published)
			}
			if got := strings.Join([]string{page.Title, strings.Join(page.Authors, "; "), published, page.MediaType}, "|"); got != test.fields {
				t.Errorf("fields %q, want %q", got, test.fields)
			}
		})
	}
}

func TestReadMailNamesAttachments(t *testing.T) {
	page := read(t, ingest.Input{Raw: []byte(letter), Filename: "a.eml"})
	if strings.Join(page.Attachments, "; ") != "acta.pdf" || page.Origins["published"] != ingest.FromFile {
		t.Errorf("attachments %q, origins %v", page.Attachments, page.Origins)
	}
}

func TestReadTranscriptKeepsTimecodes(t *testing.T) {
	page := read(t, ingest.Input{Raw: []byte(subtitles), Filename: "a.srt"})
	runes := []rune(page.Text)
	var got []string
	for _, c := range page.Cues {
		got = append(got, fmt.Sprintf("%d-%d %s", c.From, c.To, string(runes[c.Start:c.End])))
	}
	if want := "1000-3500 El puerto cerró|3600-6000 el martes, dijo la alcaldesa.|12000-14000 ¿Y las grúas?"; strings.Join(got, "|") != want {
		t.Errorf("cues %q, want %q", got, want)
	}
}

func TestReadRefusesFiles(t *testing.T) {
	bomb := docx(t, "<w:p><w:r><w:t>"+strings.Repeat("a ", 40<<20)+"</w:t></w:r></w:p>")
	tests := map[string]struct {
		raw  []byte
		name string
		key  string
	}{
		"a zip bomb":               {bomb, "a.docx", "ingest.unpacked"},
		"deep nesting":             {docx(t, strings.Repeat("<w:sdt>", 5000)+strings.Repeat("</w:sdt>", 5000)), "a.docx", "ingest.too_deep"},
		"entities":                 {packed(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>`), "a.docx", "ingest.broken"},
		"broken XML":               {docx(t, "<w:p><w:r>"), "a.docx", "ingest.broken"},
		"no text":                  {odt(t, "<text:p/>"), "a.odt", "ingest.no_text"},
		"a text called PDF":        {[]byte(note), "a.pdf", "ingest.misnamed"},
		"a text called PNG":        {[]byte(note), "a.png", "ingest.misnamed"},
		"a PDF called PNG":         {[]byte("%PDF-1.7\n1 0 obj"), "a.png", "ingest.misnamed"},
		"a PDF called v2":          {[]byte("%PDF-1.7\n1 0 obj"), "a.v2", "ingest.broken"},
		"a PDF called text":        {[]byte("%PDF-1.7\n1 0 obj"), "a.txt", "ingest.misnamed"},
		"an ODT called DOCX":       {odt(t, odtBody), "a.docx", "ingest.misnamed"},
		"another zip":              {packed(t, "a.txt", "a"), "a.zip", "ingest.binary"},
		"another zip called DOCX":  {packed(t, "a.txt", "a"), "a.docx", "ingest.binary"},
		"a broken PDF":             {[]byte("%PDF-1.7\n1 0 obj"), "a.pdf", "ingest.broken"},
		"no cues":                  {[]byte("WEBVTT\n\nnothing"), "a.vtt", "ingest.broken"},
		"no letter":                {[]byte("\n\n" + note), "a.eml", "ingest.broken"},
		"letter with no text":      {[]byte("Subject: a\r\nContent-Type: image/png\r\n\r\nabc"), "a.eml", "ingest.no_text"},
		"parts in parts in parts…": {[]byte("Content-Type: multipart/mixed; boundary=a\r\n\r\n" + strings.Repeat("--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n", 5000)), "a.eml", "ingest.no_text"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page, err := ingest.Read(t.Context(), ingest.Input{Raw: test.raw, Filename: test.name})
			var refusal *claims.Error
			if !errors.As(err, &refusal) || refusal.Key != test.key {
				t.Errorf("err = %v (%v), page %.80q; want %s", err, errors.Unwrap(err), page.Text, test.key)
			}
		})
	}
}

// FuzzReadFiles gives every reader of files what it may get: no panic, no error that is
// no refusal, and blocks and cues inside the text.
func FuzzReadFiles(f *testing.F) {
	f.Add(docx(f, wordBody), "a.docx")
	f.Add(odt(f, odtBody), "a.odt")
	f.Add([]byte(letter), "a.eml")
	f.Add([]byte(subtitles), "a.srt")
	f.Add([]byte(webVTT), "a.vtt")
	f.Add([]byte(markdownNote), "a.md")
	f.Add([]byte("Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\n"), "a.eml")
	f.Add([]byte("1\n99999999:00:00,0 --> 0:0:0,0\nx"), "a.srt")
	f.Add([]byte("# \n> \n- \n|\n```\n"), "a.md")
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		page, err := ingest.Read(context.Background(), ingest.Input{Raw: raw, Filename: name})
		if err != nil {
			if claims.KindOf(err) == "" {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		if again, _ := ingest.Clean(page.Text); again != page.Text {
			t.Errorf("text %q is not clean", page.Text)
		}
		length := len([]rune(page.Text))
		for _, b := range page.Blocks {
			if b.Start < 0 || b.Start >= b.End || b.End > length {
				t.Errorf("block %+v in a text of %d", b, length)
			}
		}
		for _, c := range page.Cues {
			if c.Start < 0 || c.Start >= c.End || c.End > length || c.From > c.To {
				t.Errorf("cue %+v in a text of %d", c, length)
			}
		}
	})
}
