package ingest

import (
	"context"
	"encoding/xml"
	"errors"
	"strings"

	"cotejo/claims"
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
