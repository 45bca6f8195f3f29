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
	typeText = "text/plain"
	typeHTML = "text/html"
)

// maxControlShare is the share of control bytes above which "text" is binary; a
// stray NUL in an article is a blemish, one in twenty bytes is a format.
const maxControlShare = 0.05

// mediaType decides how to read the input: by magic numbers first (a PDF is a
// PDF whatever its name), then by what a page begins with, then by what the
// sender says, then by the file's name. What no reader takes is refused by name.
func mediaType(in Input) (string, error) {
	sniffed := mimetype.Detect(in.Raw)
	if isBinary(in.Raw, sniffed) {
		return "", claims.Refuse(claims.KindUnsupported, "ingest.binary", baseType(sniffed.String()))
	}
	if beginsAsPage(in.Raw) {
		return typeHTML, nil
	}
	for _, declared := range []string{baseType(in.ContentType), typeByName(in.Filename)} {
		switch {
		case declared == typeHTML || declared == "application/xhtml+xml":
			return typeHTML, nil
		case strings.HasPrefix(declared, "text/"):
			return typeText, nil
		}
	}
	if sniffed.Is(typeHTML) {
		return typeHTML, nil
	}
	return typeText, nil
}

// isBinary reports whether the bytes are no text for people. Some magic numbers
// are two letters ("BM" of a bitmap, as in "BMW anuncia"), so a magic number is
// believed only where control bytes stand beside it, or where the format is known
// to be printable.
func isBinary(raw []byte, sniffed *mimetype.MIME) bool {
	if enc, _ := byteOrder(raw); enc != nil {
		return false
	}
	for _, printable := range []string{"application/pdf", "text/rtf", "application/postscript", "image/svg+xml"} {
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
	case ".txt", ".text", ".md":
		return typeText
	}
	return ""
}
