package ingest

import (
	"context"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"cotejo/claims"
)

func readDocx(ctx context.Context, src source) (content, error) { return wordFiles.read(ctx, src) }

// word reads the elements of WordprocessingML.
func (r *officeReader) word(e xml.StartElement) step {
	switch e.Name.Local {
	case "p":
		if strings.Contains(e.Name.Space, "wordprocessingml") {
			return stepParagraph
		}
	case "t":
		return stepText
	case "br", "cr":
		return stepBreak
	case "tab":
		return stepTab
	case "tabs":
		return stepSkip
	case "noBreakHyphen":
		return stepHyphen
	case "tr":
		return stepRow
	case "tc":
		return stepCell
	case "del", "moveFrom", "instrText", "Fallback", "footnoteReference", "commentReference", "pict":
		return stepSkip
	case "pStyle":
		if like, ok := r.headed[valueOf(e)]; ok {
			r.now.kind, r.now.level = like.kind, like.level
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(valueOf(e)); err == nil && n < 6 {
			r.now.kind, r.now.level = claims.BlockHeading, n+1
		}
	case "numPr":
		if r.now.kind == "" {
			r.now.kind, r.now.level = claims.BlockItem, 1
		}
	case "ilvl":
		if n, err := strconv.Atoi(valueOf(e)); err == nil && r.now.kind == claims.BlockItem && n < 9 {
			r.now.level = n + 1
		}
	}
	return stepInto
}

func valueOf(e xml.StartElement) string { return attrOf(e, "val") }

func attrOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

var headingName = regexp.MustCompile(`(?i)^(?:heading|título|titulo|encabezado) ([1-6])$`)

// readStyles learns which styles are headings or quotes; their names are English in
// every edition of the program, their ids are not.
func (r *officeReader) readStyles(t xml.Token) error {
	e, ok := t.(xml.StartElement)
	if !ok {
		return nil
	}
	switch e.Name.Local {
	case "style":
		r.styleID = attrOf(e, "styleId")
	case "name":
		name := strings.ToLower(valueOf(e))
		switch m := headingName.FindStringSubmatch(name); {
		case m != nil:
			level, _ := strconv.Atoi(m[1])
			r.headed[r.styleID] = line{kind: claims.BlockHeading, level: level}
		case name == "title":
			r.headed[r.styleID] = line{kind: claims.BlockHeading, level: 1}
		case name == "quote" || name == "intense quote":
			r.headed[r.styleID] = line{kind: claims.BlockQuote, level: 1}
		case strings.HasPrefix(name, "list bullet") || strings.HasPrefix(name, "list number"):
			r.headed[r.styleID] = line{kind: claims.BlockItem, level: 1}
		}
	}
	return nil
}
