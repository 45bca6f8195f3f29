// Package pdf reads the text of PDF files: paragraphs and headings in reading order,
// without running heads, page numbers and the hyphens of line ends. PDFium does the
// parsing, as a WebAssembly module: it sees no file system and no network, has a
// bounded memory and is ended when its time is up, so a hostile file harms nobody.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// What a file is refused for.
var (
	ErrLocked = errors.New("pdf: a password is wanted")
	ErrBroken = errors.New("pdf: not a PDF that can be read")
	ErrLate   = errors.New("pdf: takes too long to read")
	ErrBusy   = errors.New("pdf: too many are being read")
	ErrFull   = errors.New("pdf: holds more text than is read")
)

// Limits bounds the reading of one file. Text counts code points.
type Limits struct {
	Pages int
	Text  int
	Time  time.Duration
}

// Document is what a file holds. Total is the number of its pages, Read how many were
// read, Bare how many of those hold no text: scans, mostly.
type Document struct {
	Title, Author, Created, Modified string // dates as the file writes them
	Paragraphs                       []Paragraph
	Total, Read, Bare                int
}

// Paragraph is a stretch of text; Level is 1 to 3 for a heading, 0 for none. Page
// counts from 1 and is where it begins; Turns says where it goes on.
type Paragraph struct {
	Text  string
	Level int
	Row   bool // of a table, cells set apart by tabs
	Page  int
	Turns []Turn
}

// Turn is where a paragraph goes on on another page, in code points of its text.
type Turn struct {
	At, Page int
}

const (
	maxReaders  = 2
	memoryPages = 6144 // of 64 KB each: 384 MB
	waitReader  = 20 * time.Second
)

// Read reads a file.
func Read(ctx context.Context, raw []byte, limits Limits) (doc Document, err error) {
	pool, err := readers()
	if err != nil {
		return Document{}, err
	}
	waiting, stop := context.WithTimeout(ctx, waitReader)
	defer stop()
	instance, err := pool.GetInstanceWithContext(waiting)
	if err != nil {
		return Document{}, errors.Join(ErrBusy, err)
	}
	ctx, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	ended := context.AfterFunc(ctx, func() { _ = instance.Kill() })
	defer func() {
		if broken := recover(); broken != nil {
			err = errors.Join(ErrBroken, fmt.Errorf("panicked: %v", broken))
		}
		if ended() {
			_ = instance.Close()
		} else {
			err = errors.Join(ErrLate, ctx.Err())
		}
	}()
	return readDocument(ctx, instance, raw, limits)
}

// readers makes the pool of PDFium instances when the first file comes, for starting
// one costs some tenths of a second.
var readers = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(true)
	if cache := compileCache(); cache != nil {
		config = config.WithCompilationCache(cache)
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal: maxReaders, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
})

// compileCache keeps the compiled module in the user's cache folder, which nobody else
// may write; without it, every process compiles for some seconds.
func compileCache() wazero.CompilationCache {
	base, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	dir := filepath.Join(base, "cotejo", "pdfium")
	if os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}

func readDocument(ctx context.Context, instance pdfium.Pdfium, raw []byte, limits Limits) (Document, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &raw})
	if err != nil {
		if errors.Is(err, pdfiumerrors.ErrPassword) {
			return Document{}, ErrLocked
		}
		return Document{}, errors.Join(ErrBroken, err)
	}
	defer func() {
		if ctx.Err() == nil {
			_, _ = instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: opened.Document})
		}
	}()
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return Document{}, errors.Join(ErrBroken, err)
	}
	doc := Document{Total: count.PageCount}
	doc.describe(instance, opened.Document)
	var pages []page
	letters := 0
	for i := range min(count.PageCount, limits.Pages) {
		if err := ctx.Err(); err != nil {
			return Document{}, err
		}
		read, err := readPage(ctx, instance, opened.Document, i)
		if err != nil && i == 0 && count.PageCount == 1 {
			return Document{}, errors.Join(ErrBroken, err)
		}
		pages = append(pages, read)
		if letters += read.letters(); letters > limits.Text {
			return Document{}, ErrFull
		}
		if read.letters() == 0 {
			doc.Bare++
		}
	}
	doc.Read = len(pages)
	doc.Paragraphs = layOut(pages)
	return doc, nil
}

func (d *Document) describe(instance pdfium.Pdfium, ref references.FPDF_DOCUMENT) {
	found, err := instance.GetMetaData(&requests.GetMetaData{Document: ref})
	if err != nil {
		return
	}
	for _, tag := range found.Tags {
		switch tag.Tag {
		case "Title":
			d.Title = tag.Value
		case "Author":
			d.Author = tag.Value
		case "CreationDate":
			d.Created = tag.Value
		case "ModDate":
			d.Modified = tag.Value
		}
	}
}

// readPage gives the pieces of text of a page with their places, in points from the
// lower left corner.
func readPage(ctx context.Context, instance pdfium.Pdfium, ref references.FPDF_DOCUMENT, i int) (page, error) {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: ref, Index: i}}
	size, err := instance.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return page{number: i + 1}, err
	}
	out := page{number: i + 1, width: size.Width, height: size.Height}
	text, err := instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return out, err
	}
	defer func() { _, _ = instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	count, err := instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil || count.Count > maxChars {
		return out, err
	}
	var w pieceWriter
	for i := range count.Count {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		char, err := instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue
		}
		box, err := instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text.TextPage, Index: i})
		if err != nil {
			w.put(rune(char.Unicode), piece{}, nil)
			continue
		}
		r := box.Rect
		w.put(rune(char.Unicode), piece{left: float64(r.Left), right: float64(r.Right), top: float64(max(r.Top, r.Bottom)), bottom: float64(min(r.Top, r.Bottom))}, func() bool {
			weight, err := instance.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: text.TextPage, Index: i})
			return err == nil && weight.FontWeight >= 600
		})
	}
	w.end()
	out.pieces = w.pieces
	return out, nil
}

// maxChars is the most characters that an honest page has.
const maxChars = 200_000

// looseHeight is how much higher the box of a character is than its font's size.
const looseHeight = 1.16

// pieceWriter makes pieces of characters as PDFium gives them, blanks that it worked out
// among them: one goes on for as long as the characters stand on one line with no more
// than a wide blank between them.
type pieceWriter struct {
	pieces []piece
	now    piece
	high   rune // the first half of a character beyond the basic plane
}

func (w *pieceWriter) put(r rune, box piece, bold func() bool) {
	if utf16.IsSurrogate(r) {
		if w.high == 0 {
			w.high = r
			return
		}
		r, w.high = utf16.DecodeRune(w.high, r), 0
	}
	height := box.top - box.bottom
	switch {
	case r == '\r' || r == '\n':
		w.end()
		return
	case r == 0:
		return
	case r == ' ' || r == '\u00A0' || r == '\t':
		if w.now.text != "" {
			w.now.text += string(r)
		}
		return
	case w.now.text != "" && height > 0 && (!sameLine(w.now, box) || box.left-w.now.right > w.reach()*height || box.left < w.now.left-height || math.Abs(height/looseHeight-w.now.size) > 0.2*w.now.size):
		w.end()
	}
	if w.now.text == "" {
		if height <= 0 {
			return
		}
		w.now = box
		w.now.size, w.now.bold = height/looseHeight, bold != nil && bold()
	}
	w.now.text += string(r)
	if height > 0 {
		w.now.right = max(w.now.right, box.right)
		w.now.top, w.now.bottom = max(w.now.top, box.top), min(w.now.bottom, box.bottom)
	}
}

// reach is how far from the piece, in sizes, the next character may stand.
func (w *pieceWriter) reach() float64 {
	if strings.HasSuffix(w.now.text, " ") {
		return maxJust / looseHeight
	}
	return maxBlank / looseHeight
}

func (w *pieceWriter) end() {
	if w.now.text = clean(w.now.text); w.now.text != "" && w.now.right > w.now.left {
		w.pieces = append(w.pieces, w.now)
	}
	w.now = piece{}
}
