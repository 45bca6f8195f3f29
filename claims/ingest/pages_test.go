package ingest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// paged writes a PDF with a line of Helvetica on each page.
func paged(lines ...string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range lines {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(lines))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, line := range lines {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 5+2*i)
		stream := "BT /F 11 Tf 50 400 Td (" + line + ") Tj ET"
		object("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func TestWordsOfAPDFKnowTheirPage(t *testing.T) {
	page, err := ingest.Read(t.Context(), ingest.Input{Filename: "acta.pdf", Raw: paged(
		"2026-02-03", "The ferry company cancelled 120 sailings in January.", "The town bought two ships, and the harbour", "board paid 3 million pounds for them.")})
	if err != nil {
		t.Fatal(err)
	}
	meta := claims.SnapshotMeta{Pages: page.Pages}
	for words, want := range map[string]string{"120 sailings": "p. 2", "two ships": "p. 3", "3 million": "p. 4"} {
		before, _, ok := strings.Cut(page.Text, words)
		start := utf8.RuneCountInString(before)
		if got := meta.Locator(claims.Span{Start: start, End: start + len(words)}); !ok || got != want {
			t.Errorf("%q stands on %q, want %s of %+v in %q", words, got, want, page.Pages, page.Text)
		}
	}
	if got := meta.Locator(claims.Span{Start: 9000, End: 9001}); got != "" {
		t.Errorf("what stands nowhere is at %q", got)
	}
}
