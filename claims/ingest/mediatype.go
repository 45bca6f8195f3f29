package ingest

import (
	"bytes"
	"mime"
	"path/filepath"
	"strings"

	"cotejo/claims"
	"github.com/gabriel-vasile/mimetype"
)

// The media types that have a reader.
const (
	typeText       = "text/plain"
	typeHTML       = "text/html"
	typeMarkdown   = "text/markdown"
	typeTranscript = "text/vtt"
	typeSubRip     = "application/x-subrip"
	typeMail       = "message/rfc822"
	typePDF        = "application/pdf"
	typeDocx       = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeODT        = "application/vnd.oasis.opendocument.text"
)

// ownEncoding are the types whose bytes are no text in one encoding.
var ownEncoding = map[string]bool{typeMail: true, typePDF: true, typeDocx: true, typeODT: true}

// maxControlShare is the share of control bytes above which "text" is binary; a
// stray NUL in an article is a blemish, one in twenty bytes is a format.
const maxControlShare = 0.05

// contentType is what bytes are, whatever anybody says of them: a PDF or a packed
// document, another format by its magic numbers, a page, or text.
func contentType(raw []byte, sniffed *mimetype.MIME) string {
	packed := packedType(raw, sniffed)
	switch {
	case packed != "":
		return packed
	case isBinary(raw, sniffed):
		return baseType(sniffed.String())
	case beginsAsPage(raw):
		return typeHTML
	}
	return typeText
}

// misnamed reports whether a file's name says that its bytes are of another kind than
// they are. An ending that is none of a known type ("v1.2") says nothing, and text has
// many; a PDF, a packed document or a picture is opened by its name, so that theirs
// must be true.
func misnamed(filename, media string) bool {
	ending := strings.ToLower(filepath.Ext(filename))
	named, known := endings[ending]
	switch {
	case ending == "" || named == media:
		return false
	case media == typeText || media == typeHTML:
		return known && !textual(named)
	}
	return true
}

// textual reports whether files of a type are text inside.
func textual(media string) bool {
	return strings.HasPrefix(media, "text/") || media == typeSubRip || media == typeMail || media == "application/json"
}

// mediaType decides how to read the input: by magic numbers first, then by what a page
// or a transcript begins with, then by what the sender says, then by the file's name.
// What no reader takes is refused by name, and so is a file whose bytes are of another
// kind than its name says.
func mediaType(in Input) (string, error) {
	named := typeByName(in.Filename)
	sniffed := mimetype.Detect(in.Raw)
	media := contentType(in.Raw, sniffed)
	if media != typeText && media != typeHTML && !ownEncoding[media] {
		if named == typeMail {
			return typeMail, nil
		}
		return "", claims.Refuse(claims.KindUnsupported, "ingest.binary", media)
	}
	ending := strings.ToLower(filepath.Ext(in.Filename))
	if endings[ending] != "" && misnamed(in.Filename, media) { // nobody opens an article by its name
		return "", claims.Refuse(claims.KindUnsupported, "ingest.misnamed", clip(ending, 12), media)
	}
	switch {
	case ownEncoding[media]:
		return media, nil
	case named == typeMail || baseType(in.ContentType) == typeMail:
		return typeMail, nil
	}
	return kindOfText(in, named, sniffed), nil
}

// packedType is the type of a PDF or of a packed document, "" for anything else.
func packedType(raw []byte, sniffed *mimetype.MIME) string {
	switch {
	case sniffed.Is(typePDF):
		return typePDF
	case !bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return ""
	}
	pack, err := openPack(raw)
	switch {
	case err != nil:
		return ""
	case pack.files[wordFiles.body] != nil:
		return typeDocx
	case pack.files[odtFiles.body] != nil && pack.files["mimetype"] != nil && sniffed.Is(typeODT):
		return typeODT
	}
	return ""
}

// kindOfText tells the kinds of text apart.
func kindOfText(in Input, named string, sniffed *mimetype.MIME) string {
	if beginsAsPage(in.Raw) {
		return typeHTML
	}
	head := in.Raw[:min(len(in.Raw), 256)]
	switch {
	case bytes.HasPrefix(bytes.TrimPrefix(head, []byte(byteOrderMark)), []byte("WEBVTT")):
		return typeTranscript
	case beginsSRT.Match(head):
		return typeSubRip
	}
	for _, declared := range []string{baseType(in.ContentType), named} {
		switch {
		case declared == typeHTML || declared == "application/xhtml+xml":
			return typeHTML
		case declared == typeTranscript, declared == typeSubRip, declared == typeMarkdown:
			return declared
		case strings.HasPrefix(declared, "text/") && (named == "" || named == typeText || named == typeHTML):
			return typeText
		}
	}
	if sniffed.Is(typeHTML) {
		return typeHTML
	}
	return typeText
}

// isBinary reports whether the bytes are no text for people. Some magic numbers
// are two letters ("BM" of a bitmap, as in "BMW anuncia"), so a magic number is
// believed only where control bytes stand beside it, or where the format is known
// to be printable.
func isBinary(raw []byte, sniffed *mimetype.MIME) bool {
	if enc, _ := byteOrder(raw); enc != nil {
		return false
	}
	for _, printable := range []string{"text/rtf", "application/postscript", "image/svg+xml"} {
		if sniffed.Is(printable) {
			return true
		}
	}
	share := controlShare(raw)
	return share > maxControlShare || share > 0 && !isText(sniffed)
}

// isText reports whether m is a kind of text, or nothing that has a magic number:
// text with a blemish has none.
func isText(m *mimetype.MIME) bool {
	if m.Parent() == nil {
		return true
	}
	for ; m != nil; m = m.Parent() {
		if m.Is(typeText) {
			return true
		}
	}
	return false
}

// controlShare is the share of bytes that no text has.
func controlShare(raw []byte) float64 {
	n := 0
	for _, b := range raw {
		if b < 0x20 && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1b"), rune(b)) {
			n++
		}
	}
	return float64(n) / float64(max(len(raw), 1))
}

// beginsAsPage reports whether the bytes begin as an HTML document does.
func beginsAsPage(raw []byte) bool {
	head := bytes.TrimPrefix(raw[:min(len(raw), 256)], []byte(byteOrderMark))
	head = bytes.ToLower(bytes.TrimSpace(head))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

func baseType(contentType string) string {
	base, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return base
}

// endings are the known ends of names; the table is ours because the system's differs
// from machine to machine.
var endings = map[string]string{
	".html": typeHTML, ".htm": typeHTML, ".xhtml": typeHTML, ".shtml": typeHTML,
	".txt": typeText, ".text": typeText, ".log": typeText, ".md": typeMarkdown, ".markdown": typeMarkdown,
	".srt": typeSubRip, ".vtt": typeTranscript, ".eml": typeMail,
	".csv": "text/csv", ".tsv": "text/tab-separated-values", ".json": "application/json",
	".pdf": typePDF, ".docx": typeDocx, ".odt": typeODT,
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".jpe": "image/jpeg", ".jfif": "image/jpeg",
	".webp": "image/webp", ".gif": "image/gif", ".svg": "image/svg+xml",
	".xml": "application/xml", ".js": "application/javascript", ".exe": "application/x-msdownload",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".zip": "application/zip",
}

// typeByName reads the end of a name; "" where there is no reader for it.
func typeByName(filename string) string {
	named := endings[strings.ToLower(filepath.Ext(filename))]
	if _, read := readers[named]; read {
		return named
	}
	return ""
}

// Reads reports whether there is a reader for a file, as far as its name tells.
func Reads(filename string) bool { return typeByName(filename) != "" }
