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

// mediaType decides how to read the input: by magic numbers first, then by what a page
// or a transcript begins with, then by what the sender says, then by the file's name.
// What no reader takes is refused by name, and so is a file whose bytes are of another
// kind than its name says.
func mediaType(in Input) (string, error) {
	named := typeByName(in.Filename)
	sniffed := mimetype.Detect(in.Raw)
	if packed := packedType(in.Raw, sniffed); packed != "" {
		if named != "" && named != packed {
			return "", misnamed(in.Filename, packed)
		}
		return packed, nil
	}
	if isBinary(in.Raw, sniffed) && named != typeMail {
		return "", claims.Refuse(claims.KindUnsupported, "ingest.binary", baseType(sniffed.String()))
	}
	if named == typePDF || named == typeDocx || named == typeODT {
		return "", misnamed(in.Filename, baseType(sniffed.String()))
	}
	if named == typeMail || baseType(in.ContentType) == typeMail {
		return typeMail, nil
	}
	return kindOfText(in, named, sniffed), nil
}

// misnamed refuses a file whose name says something else than its bytes.
func misnamed(filename, found string) error {
	return claims.Refuse(claims.KindUnsupported, "ingest.misnamed", clip(strings.ToLower(filepath.Ext(filename)), 12), found)
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

// typeByName reads the extension; the table is ours because the system's
// differs from machine to machine.
func typeByName(filename string) string {
	switch strings.ToLower(filepath.Ext(filename)) {
	case ".html", ".htm", ".xhtml", ".shtml":
		return typeHTML
	case ".txt", ".text":
		return typeText
	case ".md", ".markdown":
		return typeMarkdown
	case ".srt":
		return typeSubRip
	case ".vtt":
		return typeTranscript
	case ".eml":
		return typeMail
	case ".pdf":
		return typePDF
	case ".docx":
		return typeDocx
	case ".odt":
		return typeODT
	}
	return ""
}
