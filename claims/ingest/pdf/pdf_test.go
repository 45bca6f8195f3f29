package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cotejo/claims/ingest/pdf"
)

var limits = pdf.Limits{Pages: 50, Text: 1 << 20, Time: 30 * time.Second}

// line is a line of text at a place, in points.
type line struct {
	x, y, size float64
	text       string
}

// file writes a small PDF: a page for each list of lines, in Helvetica, Latin-1.
func file(pages ...[]line) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, lines := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 5+2*i))
		var stream strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&stream, "BT /F %g Tf %g %g Td (%s) Tj ET\n", l.size, l.x, l.y, strings.NewReplacer("(", "\\(", ")", "\\)").Replace(latin(l.text)))
		}
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", stream.Len(), stream.String()))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func latin(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = append(out, byte(r))
	}
	return string(out)
}

// column sets lines one under the other.
func column(x, y float64, texts ...string) []line {
	var out []line
	for i, t := range texts {
		out = append(out, line{x, y - 12*float64(i), 10, t})
	}
	return out
}

func texts(doc pdf.Document) string {
	var out []string
	for _, p := range doc.Paragraphs {
		out = append(out, fmt.Sprintf("%d|%s", p.Level, p.Text))
	}
	return strings.Join(out, "\n")
}

func TestReadColumnsHyphensAndRunningHeads(t *testing.T) {
	first := []line{{50, 770, 8, "Diario de Vela - 3 de mayo"}, {50, 700, 20, "El puerto cierra otra vez"}, {295, 20, 8, "1"}}
	first = append(first, column(50, 660,
		"El puerto de Vela cerró el martes por la", "avería de sus tres grúas, según la autori-", "dad portuaria, que no dio plazo alguno.",
		"La alcaldesa anunció que los barcos irán", "a Nuevo Puerto hasta que llegue el otoño.")...)
	first = append(first, column(320, 660,
		"Los estibadores calculan que perderán dos", "millones de euros. El comité franco-", "español lo discutirá en junio, y un grupo",
		"franco-español de técnicos viajará el lu-", "nes a Vela para ver las grúas y escribir un")...)
	second := []line{{50, 770, 8, "Diario de Vela - 3 de mayo"}, {295, 20, 8, "2"}}
	second = append(second, column(50, 700, "informe que se publicará entero.")...)
	doc, err := pdf.Read(t.Context(), file(first, second), limits)
	if err != nil {
		t.Fatal(err)
	}
	want := "1|El puerto cierra otra vez\n" +
		"0|El puerto de Vela cerró el martes por la avería de sus tres grúas, según la autoridad portuaria, que no dio plazo alguno. " +
		"La alcaldesa anunció que los barcos irán a Nuevo Puerto hasta que llegue el otoño.\n" +
		"0|Los estibadores calculan que perderán dos millones de euros. El comité franco-español lo discutirá en junio, y un grupo " +
		"franco-español de técnicos viajará el lunes a Vela para ver las grúas y escribir un informe que se publicará entero."
	if got := texts(doc); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	last := doc.Paragraphs[len(doc.Paragraphs)-1]
	if len(last.Turns) != 1 || last.Turns[0].Page != 2 || !strings.HasPrefix(string([]rune(last.Text)[last.Turns[0].At:]), "informe que") {
		t.Errorf("the last paragraph goes on at %+v", last.Turns)
	}
	if doc.Total != 2 || doc.Read != 2 || doc.Bare != 0 {
		t.Errorf("pages %d, read %d, bare %d", doc.Total, doc.Read, doc.Bare)
	}
}

func TestReadTablesAndWhatBrowsersPrint(t *testing.T) {
	page := []line{{24, 780, 8, "11/28/26, 5:44 PM"}, {24, 15, 8, "https://diario.test/nota"}, {560, 15, 8, "1/1"}}
	page = append(page, column(50, 700, "El alquiler ha subido en toda la comarca.")...)
	for i, row := range [][2]string{{"Municipio", "2025"}, {"Sarral", "690"}, {"Montblau", "742"}} {
		page = append(page, line{50, 660 - 14*float64(i), 10, row[0]}, line{300, 660 - 14*float64(i), 10, row[1]})
	}
	doc, err := pdf.Read(t.Context(), file(page), limits)
	if want := "0|El alquiler ha subido en toda la comarca.\n0|Municipio\t2025\n0|Sarral\t690\n0|Montblau\t742"; err != nil || texts(doc) != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, texts(doc), want)
	}
}

func TestReadKnowsAScan(t *testing.T) {
	doc, err := pdf.Read(t.Context(), file(nil, nil), limits)
	if err != nil || doc.Bare != 2 || len(doc.Paragraphs) != 0 {
		t.Errorf("%+v, %v; want two bare pages", doc, err)
	}
}

func TestReadHasLimits(t *testing.T) {
	page := column(50, 700, "Una línea con palabras.", "Otra línea con palabras.")
	many := file(page, page, page)
	doc, err := pdf.Read(t.Context(), many, pdf.Limits{Pages: 2, Text: 1000, Time: time.Minute})
	if err != nil || doc.Read != 2 || doc.Total != 3 {
		t.Errorf("%d of %d pages, %v", doc.Read, doc.Total, err)
	}
	if _, err := pdf.Read(t.Context(), many, pdf.Limits{Pages: 9, Text: 20, Time: time.Minute}); !errors.Is(err, pdf.ErrFull) {
		t.Errorf("err = %v, want full", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pdf.Read(gone, many, limits); err == nil {
		t.Error("reads for nobody")
	}
	if _, err := pdf.Read(t.Context(), many, pdf.Limits{Pages: 9, Text: 1000, Time: time.Nanosecond}); !errors.Is(err, pdf.ErrLate) {
		t.Errorf("err = %v, want late", err)
	}
}

func FuzzRead(f *testing.F) {
	whole := file(column(50, 700, "Una frase de prueba.", "Y otra."))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj trailer << /Root 1 0 R >>"))
	f.Add(bytes.ReplaceAll(whole, []byte("/Kids [4 0 R]"), []byte("/Kids [2 0 R]")))
	f.Add(bytes.ReplaceAll(whole, []byte("/Count 1"), []byte("/Count 99999999")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := pdf.Read(t.Context(), raw, pdf.Limits{Pages: 20, Text: 1 << 16, Time: 10 * time.Second})
		if err != nil && !errors.Is(err, pdf.ErrBroken) && !errors.Is(err, pdf.ErrLate) && !errors.Is(err, pdf.ErrFull) && !errors.Is(err, pdf.ErrLocked) {
			t.Errorf("an error of no kind: %v", err)
		}
	})
}
