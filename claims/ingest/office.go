package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"cotejo/claims"
)

// Bounds on packed documents. A file may unpack to no more than maxUnpacked bytes,
// whatever it says of itself; elements nest no deeper than any writer nests them.
const (
	maxUnpacked  = 40 << 20
	maxEntries   = 5000
	maxXMLDepth  = 200
	maxXMLTokens = 6_000_000
)

// office reads the two kinds of packed documents: how their elements are called.
type office struct {
	body, properties string // names of the files inside
	styles           string
	dialect          func(*officeReader, xml.StartElement) step
	loose            bool // words stand in the paragraph itself
}

// step says what an element of a document means.
type step int

// Meanings of elements.
const (
	stepInto      step = iota // nothing by itself
	stepSkip                  // no text of the document
	stepParagraph             // begins a line
	stepText                  // holds words
	stepBreak
	stepTab
	stepList
	stepHyphen
	stepRow
	stepCell
	stepDone // dealt with
)

var (
	wordFiles = office{"word/document.xml", "docProps/core.xml", "word/styles.xml", (*officeReader).word, false}
	odtFiles  = office{"content.xml", "meta.xml", "", (*officeReader).odt, true}
)

func readDocx(ctx context.Context, src source) (content, error) { return wordFiles.read(ctx, src) }
func readODT(ctx context.Context, src source) (content, error)  { return odtFiles.read(ctx, src) }

func (o office) read(ctx context.Context, src source) (content, error) {
	return bounded(ctx, func() (content, error) {
		pack, err := openPack(src.raw)
		if err != nil {
			return content{}, err
		}
		r := officeReader{ctx: ctx, dialect: o.dialect, loose: o.loose, headed: map[string]line{}}
		if o.styles != "" {
			if err := pack.each(o.styles, r.readStyles); err != nil && !errors.Is(err, errNoEntry) {
				return content{}, err
			}
		}
		if err := pack.each(o.body, r.token); err != nil {
			return content{}, brokenFile(err)
		}
		r.endLine()
		out := content{text: textOf(r.lines), blocks: blocksOf(r.lines)}
		props := properties{}
		if err := pack.each(o.properties, props.token); err == nil {
			out.findings = props.findings()
		}
		return out, nil
	})
}

// pack is an opened archive; left is how much it may still unpack.
type pack struct {
	files map[string]*zip.File
	left  int64
}

var errNoEntry = errors.New("ingest: no such file in the archive")

func openPack(raw []byte) (*pack, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(archive.File) > maxEntries {
		return nil, brokenFile(err)
	}
	p := &pack{files: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range archive.File {
		if p.files[f.Name] == nil {
			p.files[f.Name] = f
		}
	}
	return p, nil
}

// each gives the tokens of an XML file inside, with the depth they stand at. Document
// types are refused: with them come entities, and no writer makes them.
func (p *pack) each(name string, do func(xml.Token) error) error {
	f := p.files[name]
	if f == nil {
		return errNoEntry
	}
	stream, err := f.Open()
	if err != nil {
		return brokenFile(err)
	}
	defer stream.Close()
	limited := &io.LimitedReader{R: stream, N: p.left + 1}
	defer func() { p.left = limited.N - 1 }()
	d := xml.NewDecoder(limited)
	depth := 0
	for range maxXMLTokens {
		token, err := d.Token()
		switch {
		case limited.N <= 0:
			return claims.Refuse(claims.KindTooLarge, "ingest.unpacked", maxUnpacked>>20)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return brokenFile(err)
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return claims.Refuse(claims.KindInvalid, "ingest.too_deep")
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return brokenFile(errors.New("a document type"))
		}
		if err := do(token); err != nil {
			return err
		}
	}
	return claims.Refuse(claims.KindInvalid, "ingest.too_deep")
}

// brokenFile refuses a file that is not what it should be; a refusal stays as it is.
func brokenFile(cause error) error {
	var refusal *claims.Error
	if errors.As(cause, &refusal) {
		return cause
	}
	broken := claims.Refuse(claims.KindInvalid, "ingest.broken")
	broken.Cause = cause
	return broken
}

// officeReader makes lines of the elements of a document.
type officeReader struct {
	ctx     context.Context
	dialect func(*officeReader, xml.StartElement) step
	headed  map[string]line // styles that make headings, quotes or items
	styleID string
	loose   bool
	lines   []line
	text    strings.Builder
	now     line
	open    []step // of the elements around
	skipped int    // depth inside what is skipped
	rows    []row
	tokens  int
}

// row is a table's row on its way: its cells, and what stood before it on the line.
type row struct {
	cells []string
	lines int // where its lines begin
}

func (r *officeReader) token(t xml.Token) error {
	if r.tokens++; r.tokens%4096 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.EndElement:
		r.end()
	case xml.CharData:
		if r.skipped == 0 && r.inWords() {
			r.text.WriteString(strings.NewReplacer("\r", "", "\n", " ").Replace(string(t)))
		}
	}
	return nil
}

// inWords reports whether characters here are words, not blank space between elements.
func (r *officeReader) inWords() bool {
	n := len(r.open)
	return n > 0 && (r.open[n-1] == stepText || r.loose && r.open[n-1] == stepParagraph)
}

func (r *officeReader) start(e xml.StartElement) {
	if r.skipped > 0 {
		r.skipped++
		return
	}
	what := r.dialect(r, e)
	switch what {
	case stepSkip:
		r.skipped = 1
		return
	case stepParagraph:
		r.endLine()
	case stepBreak:
		r.text.WriteByte('\n')
	case stepTab:
		r.text.WriteByte('\t')
	case stepHyphen:
		r.text.WriteRune('\u2011')
	case stepRow:
		r.endLine()
		r.rows = append(r.rows, row{lines: len(r.lines)})
	case stepCell:
		r.endLine()
		if n := len(r.rows); n > 0 {
			r.rows[n-1].lines = len(r.lines)
		}
	}
	if what == stepParagraph {
		r.now = line{}
		r.dialect(r, e) // again, for the line that begins here
	}
	r.open = append(r.open, what)
}

func (r *officeReader) end() {
	if r.skipped > 1 {
		r.skipped--
		return
	}
	if r.skipped == 1 {
		r.skipped = 0
		return
	}
	n := len(r.open) - 1
	if n < 0 {
		return
	}
	what := r.open[n]
	r.open = r.open[:n]
	switch what {
	case stepParagraph:
		r.endLine()
	case stepCell:
		r.endCell()
	case stepRow:
		r.endRow()
	}
}

// endLine keeps the line written so far, if there is one.
func (r *officeReader) endLine() {
	text := strings.Trim(r.text.String(), " \n\t")
	r.text.Reset()
	if text != "" {
		r.now.text, r.now.letters = text, len(text)
		r.lines = append(r.lines, r.now)
	}
	r.now = line{}
}

// endCell takes the lines of the cell off again: a row is one line.
func (r *officeReader) endCell() {
	r.endLine()
	n := len(r.rows) - 1
	if n < 0 {
		return
	}
	var words []string
	for _, l := range r.lines[min(r.rows[n].lines, len(r.lines)):] {
		words = append(words, l.text)
	}
	r.lines = r.lines[:min(r.rows[n].lines, len(r.lines))]
	r.rows[n].cells = append(r.rows[n].cells, strings.Join(words, " "))
}

func (r *officeReader) endRow() {
	n := len(r.rows) - 1
	if n < 0 {
		return
	}
	cells := r.rows[n].cells
	r.rows = r.rows[:n]
	if text := strings.Trim(strings.Join(cells, "\t"), "\t "); text != "" {
		own := line{text: text, letters: len(text)}
		if len(cells) > 1 {
			own.kind, own.level = claims.BlockRow, 1
		}
		r.lines = append(r.lines, own)
	}
}

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

// properties are what a document says about itself.
type properties struct {
	now                      string
	title, creator, modified string
}

func (p *properties) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		p.now = t.Name.Local
	case xml.EndElement:
		p.now = ""
	case xml.CharData:
		value := cutBytes(string(t), maxNameBytes)
		switch p.now {
		case "title":
			p.title += value
		case "creator", "initial-creator":
			if p.creator == "" {
				p.creator = value
			}
		case "modified", "date":
			p.modified += value
		}
	}
	return nil
}

func (p *properties) findings() []finding {
	return []finding{
		{"title", []string{p.title}, FromFile}, {"authors", []string{p.creator}, FromFile}, {"modified", []string{p.modified}, FromFile},
	}
}
