package ingest

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/ingest/pdf"
)

// pdfLimits bounds a PDF: pages past the limit are left out, and the page says so.
var pdfLimits = pdf.Limits{Pages: 300, Text: MaxBytes / 4, Time: 60 * time.Second}

// maxBare is the share of pages without text from which a file is a scan.
const maxBare = 0.5

// readPDF is the reader of PDF files.
func readPDF(ctx context.Context, src source) (content, error) {
	doc, err := pdf.Read(ctx, src.raw, pdfLimits)
	if err != nil {
		return content{}, pdfRefusal(ctx, err)
	}
	var lines []line
	for _, p := range doc.Paragraphs {
		l := line{text: p.Text, letters: len(p.Text)}
		if p.Level > 0 {
			l.kind, l.level = claims.BlockHeading, p.Level
		}
		if p.Row {
			l.kind, l.level = claims.BlockRow, 1
		}
		lines = append(lines, l)
	}
	if doc.Read > 0 && !hasWord(textOf(lines)) {
		return content{}, claims.Refuse(claims.KindInvalid, "ingest.pdf_scan", doc.Total)
	}
	out := content{text: textOf(lines), blocks: blocksOf(lines), pages: pagesOf(doc.Paragraphs), findings: []finding{
		{"title", firstHeading(lines), FromPage},
		{"title", []string{sensibleTitle(doc.Title)}, FromFile},
		{"authors", []string{doc.Author}, FromFile},
		{"modified", []string{pdfDate(doc.Modified), pdfDate(doc.Created)}, FromFile},
	}}
	switch {
	case float64(doc.Bare) > maxBare*float64(doc.Read):
		out.barrier = BarrierScan
	case doc.Read < doc.Total:
		out.barrier = BarrierOversize
	}
	return out, nil
}

// pagesOf says which page each stretch of textOf stands on.
func pagesOf(paragraphs []pdf.Paragraph) []claims.PageMark {
	var out []claims.PageMark
	at := 0
	put := func(from, to, page int) {
		if n := len(out) - 1; n >= 0 && out[n].Page == page {
			out[n].End = to
			return
		}
		out = append(out, claims.PageMark{Span: claims.Span{Start: from, End: to}, Page: page})
	}
	for _, p := range paragraphs {
		from, page, end := at, p.Page, at+utf8.RuneCountInString(p.Text)
		for _, t := range p.Turns {
			put(from, at+t.At, page)
			from, page = at+t.At, t.Page
		}
		put(from, end, page)
		at = end + len(paragraphBreak)
	}
	return out
}

func pdfRefusal(ctx context.Context, err error) error {
	kind, key, args := claims.KindInvalid, "ingest.broken", []any(nil)
	switch {
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case errors.Is(err, pdf.ErrLocked):
		key = "ingest.locked"
	case errors.Is(err, pdf.ErrLate):
		key, args = "ingest.too_complex", []any{int(pdfLimits.Time.Seconds())}
	case errors.Is(err, pdf.ErrFull):
		kind, key, args = claims.KindTooLarge, "ingest.too_large", []any{MaxBytes, MaxBytes}
	case errors.Is(err, pdf.ErrBusy):
		kind, key = claims.KindBusy, "ingest.busy"
	}
	refusal := claims.Refuse(kind, key, args...)
	refusal.Cause = err
	return refusal
}

// firstHeading is the first heading of the first level, if there is one.
func firstHeading(lines []line) []string {
	for _, l := range lines {
		if l.kind == claims.BlockHeading && l.level == 1 {
			return []string{l.text}
		}
	}
	return nil
}

// sensibleTitle passes over titles that programs make of the file's name.
func sensibleTitle(s string) string {
	low := strings.ToLower(strings.TrimSpace(s))
	for _, end := range []string{".doc", ".docx", ".indd", ".pdf", ".odt", ".qxd", ".pages", ".dvi", ".tex"} {
		if strings.HasSuffix(low, end) {
			return ""
		}
	}
	if strings.HasPrefix(low, "microsoft word") || strings.HasPrefix(low, "untitled") || strings.HasPrefix(low, "sin título") {
		return ""
	}
	return s
}

// pdfDate makes "D:20251028…" the day that it begins with.
func pdfDate(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	if len(s) < 8 {
		return ""
	}
	return s[:8]
}
