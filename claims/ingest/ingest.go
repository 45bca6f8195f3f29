// Package ingest turns what comes in (pasted text, an uploaded file, a page's
// bytes) into the clean text of an article with what is known about it, and
// keeps the raw bytes. It fetches nothing and runs nothing: bytes in, Page out.
//
// Each media type has one reader; the readers of HTML live nowhere else. A reader works
// within bounds of size, depth and time and in a goroutine whose panic harms nobody,
// so that a hostile file costs a refusal. Structure stands off the text: Blocks and
// Cues are spans of code points, and the text is the same with or without them.
package ingest

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
)

// MaxBytes is the largest input, raw or as text, that is read: 10 MB.
const MaxBytes = 10 << 20

// Limits of the fields, in code points; longer ones are refused where a person
// gave them and cut where a page did.
const (
	maxField   = 500
	maxURL     = 2000
	maxAuthors = 50
)

// Origins of a field of a Page.
const (
	FromGiven     = "given"     // by the person or program that sent it
	FromJSONLD    = "json-ld"   // the page's schema.org data
	FromOpenGraph = "opengraph" // og: and article: properties
	FromMeta      = "meta"      // other meta elements, <title>, <link>, lang
	FromTime      = "time"      // a <time> element
	FromPage      = "page"      // words that people read on the page
	FromURL       = "address"   // a date in the page's address
	FromFile      = "file"      // the properties of a document or the headers of a letter
	FromDateline  = "dateline"  // a leading date line, which is no article text
	FromGuess     = "guess"     // worked out from the text; a person should look
	FromUnsure    = "unsure"    // guessed from too little text; a person must look
)

// Input is one thing to take in. ContentType is as HTTP writes it, may carry a
// charset and may be empty, as may Filename.
type Input struct {
	Raw         []byte
	Filename    string
	ContentType string
	Hint        Hint
}

// Hint is what a person states about the article; it wins over what the bytes
// say. Empty fields state nothing. Published is an ISO 8601 date, full or partial.
type Hint struct {
	Title     string
	Outlet    string
	URL       string
	Language  string
	Authors   []string
	Published string
}

// Page is an article as taken in. Text is clean (see Clean). Language is ISO
// 639-1 or "" where it is unclear. MediaType is the reader's type, Encoding the
// one the raw bytes were in, "" where the format has its own. Origins says for each
// field that is set ("title", "outlet", "authors", "url", "canonical_url",
// "language", "published", "modified", "image") where it came from.
type Page struct {
	Text         string
	Title        string
	Outlet       string
	Authors      []string
	URL          string
	CanonicalURL string
	Language     string
	Published    *claims.Date
	Modified     *claims.Date
	Image        string // address of the lead image
	MediaType    string
	Encoding     string
	Origins      map[string]string
	Blocks       []claims.TextBlock // headings, list items, quotes, rows, in order
	Cues         []claims.Timecode  // when it is spoken, in order; of transcripts only
	Pages        []claims.PageMark  // which page of a document it stands on, in order; of PDF only
	Attachments  []string           // names of files that came with a letter and were not read
	Barrier      string             // why Text may be less than the article, "" where it is whole
	Raw          []byte
}

// source is what a reader gets: the decoded text, or the bytes of a format that has
// its own encoding, and where the page stood.
type source struct {
	text string
	raw  []byte
	base *url.URL // of relative links, nil where unknown
}

// content is what a reader gives: the article's text, not yet clean, and what
// the format says about the article, best first.
type content struct {
	text        string
	findings    []finding
	blocks      []claims.TextBlock // on text
	cues        []claims.Timecode  // on text
	pages       []claims.PageMark  // on text
	attachments []string
	barrier     string
}

// readers holds one reader for each media type.
var readers = map[string]func(context.Context, source) (content, error){
	typeText:       readText,
	typeHTML:       readHTML,
	typeMarkdown:   readMarkdown,
	typeTranscript: readTranscript,
	typeSubRip:     readTranscript,
	typeMail:       readMail,
	typePDF:        readPDF,
	typeDocx:       readDocx,
	typeODT:        readODT,
}

// Read takes in one input. It ends early with ctx. A refusal is a *claims.Error that says what is wrong:
// ingest.empty, ingest.too_large (bytes found, limit), ingest.binary (media type),
// ingest.encoding (name), ingest.misnamed (ending, media type), ingest.no_text,
// ingest.too_deep, ingest.too_complex (seconds), ingest.unpacked (MB), ingest.broken,
// ingest.locked, ingest.pdf_scan (pages), ingest.page_blocked, ingest.page_paywall,
// ingest.page_script, ingest.page_empty, ingest.busy, or the field of the hint that
// cannot be. A page that gives a part of its article is no refusal: see Page.Barrier.
func Read(ctx context.Context, in Input) (Page, error) {
	if err := ctx.Err(); err != nil {
		return Page{}, err
	}
	given, err := in.Hint.findings()
	if err != nil {
		return Page{}, err
	}
	if err := checkSize(in.Raw); err != nil {
		return Page{}, err
	}
	media, err := mediaType(in)
	if err != nil {
		return Page{}, err
	}
	src, encoding := source{raw: in.Raw, base: parseURL(in.Hint.URL)}, ""
	if !ownEncoding[media] {
		if src.text, encoding, err = decode(in.Raw, charsetOf(in, media)); err != nil {
			return Page{}, err
		}
	}
	read, err := readers[media](ctx, src)
	if err != nil {
		return Page{}, err
	}
	page := Page{MediaType: media, Encoding: encoding, Raw: in.Raw, Origins: map[string]string{}, Attachments: read.attachments, Barrier: read.barrier}
	var dateline *claims.Date
	var cut int
	page.Text, dateline, cut = clean(read.text)
	page.place(read, cut)
	switch {
	case page.Text == "" && media == typeText:
		return Page{}, claims.Refuse(claims.KindInvalid, "ingest.empty")
	case !hasWord(page.Text):
		return Page{}, claims.Refuse(claims.KindInvalid, "ingest.no_text", media)
	case len(page.Text) > MaxBytes:
		return Page{}, tooLarge(len(page.Text))
	}
	page.fill(given, read.findings, dateline)
	return page, nil
}

// place moves blocks, cues and pages by what Clean took off the beginning of the text; what
// stood in that goes.
func (p *Page) place(read content, cut int) {
	end := utf8.RuneCountInString(p.Text)
	move := func(s claims.Span) (claims.Span, bool) {
		s = claims.Span{Start: s.Start - cut, End: min(s.End-cut, end)}
		return s, s.Start >= 0 && s.Start < s.End
	}
	for _, b := range read.blocks {
		if span, ok := move(b.Span); ok {
			p.Blocks = append(p.Blocks, claims.TextBlock{Span: span, Kind: b.Kind, Level: b.Level})
		}
	}
	for _, c := range read.cues {
		if span, ok := move(c.Span); ok {
			p.Cues = append(p.Cues, claims.Timecode{Span: span, From: c.From, To: c.To})
		}
	}
	for _, m := range read.pages {
		m.Start = max(m.Start, cut) // its beginning may be the date line
		if span, ok := move(m.Span); ok {
			p.Pages = append(p.Pages, claims.PageMark{Span: span, Page: m.Page})
		}
	}
}

// readText is the reader of plain text: the text is the article.
func readText(_ context.Context, src source) (content, error) {
	return content{text: src.text}, nil
}

func checkSize(raw []byte) error {
	if len(raw) > MaxBytes {
		return tooLarge(len(raw))
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return claims.Refuse(claims.KindInvalid, "ingest.empty")
	}
	return nil
}

func tooLarge(size int) error {
	return claims.Refuse(claims.KindTooLarge, "ingest.too_large", size, MaxBytes)
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// charsetOf is what the sender declares, else what the page says about itself.
func charsetOf(in Input, media string) string {
	if declared := declaredCharset(in.ContentType); declared != "" || media != typeHTML {
		return declared
	}
	return metaCharset(in.Raw)
}
