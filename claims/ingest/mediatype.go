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
	if enc, _ := byteOrder(in.Raw); enc == nil && (!readable(sniffed) || controlShare(in.Raw) > maxControlShare) {
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

// readable reports whether the bytes can be text that a person wrote for people.
// RTF, PostScript and SVG are text to a machine only; what has no magic number
// may be text with a blemish, and the control bytes decide.
func readable(m *mimetype.MIME) bool {
	if m.Is("text/rtf") || m.Is("application/postscript") || m.Is("image/svg+xml") {
		return false
	}
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
