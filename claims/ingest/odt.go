package ingest

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"

	"cotejo/claims"
)

func readODT(ctx context.Context, src source) (content, error) { return odtFiles.read(ctx, src) }

// odt reads the elements of OpenDocument text.
func (r *officeReader) odt(e xml.StartElement) step {
	switch e.Name.Local {
	case "h":
		level, err := strconv.Atoi(attrOf(e, "outline-level"))
		if err != nil || level < 1 || level > 6 {
			level = 1
		}
		r.now.kind, r.now.level = claims.BlockHeading, level
		return stepParagraph
	case "p":
		if r.inList() {
			r.now.kind, r.now.level = claims.BlockItem, 1
		}
		return stepParagraph
	case "list":
		return stepList
	case "line-break":
		return stepBreak
	case "tab":
		return stepTab
	case "s":
		n, err := strconv.Atoi(attrOf(e, "c"))
		if err != nil || n < 1 || n > 100 {
			n = 1
		}
		if r.inWords() {
			r.text.WriteString(strings.Repeat(" ", n))
		}
		return stepDone
	case "table-row":
		return stepRow
	case "table-cell":
		return stepCell
	case "tracked-changes", "annotation", "note", "forms", "sequence-decls", "automatic-styles", "font-face-decls", "scripts", "deletion":
		return stepSkip
	}
	if r.inWords() {
		return stepText // a span or a link within a paragraph
	}
	return stepInto
}

func (r *officeReader) inList() bool {
	for _, s := range r.open {
		if s == stepList {
			return true
		}
	}
	return false
}
