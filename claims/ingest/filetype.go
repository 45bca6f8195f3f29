package ingest

import (
	"path/filepath"
	"strings"

	"cotejo/claims"
	"github.com/gabriel-vasile/mimetype"
)

// fileTypes are the types that files of evidence may have, and the ends of names
// that go with them.
var fileTypes = map[string][]string{
	"application/pdf": {".pdf"},
	"image/png":       {".png"},
	"image/jpeg":      {".jpg", ".jpeg", ".jpe", ".jfif"},
	"image/webp":      {".webp"},
	"image/gif":       {".gif"},
	typeText:          {".txt", ".text", ".md", ".csv", ".tsv", ".srt", ".vtt", ".json", ".log"},
}

// FileType gives the media type of a file by its content: PDF, PNG, JPEG, WebP,
// GIF or plain text. It refuses other types by name, and a file that its name or
// its sender calls something else. Text that a browser would take for a page is
// no plain text.
func FileType(raw []byte, name, declared string) (string, error) {
	if len(raw) == 0 {
		return "", claims.Invalid("file", "file.empty")
	}
	sniffed := mimetype.Detect(raw)
	media := baseType(sniffed.String())
	if _, known := fileTypes[media]; !known || media == typeText {
		if media = textType(raw, sniffed); media != typeText {
			return "", claims.Invalid("file", "file.unsupported", media)
		}
	}
	if ext := strings.ToLower(filepath.Ext(name)); ext != "" && !endsAs(media, ext) {
		return "", claims.Invalid("file", "file.lies", ext, media)
	}
	if said := baseType(declared); liesAbout(said, media) {
		return "", claims.Invalid("file", "file.lies", said, media)
	}
	return media, nil
}

// textType is text/plain for text that no browser runs, else what the bytes are.
func textType(raw []byte, sniffed *mimetype.MIME) string {
	switch {
	case sniffed.Is("image/svg+xml") || sniffed.Is(typeHTML) || sniffed.Is("text/xml"):
		return baseType(sniffed.String())
	case beginsAsPage(raw):
		return typeHTML
	case isBinary(raw, sniffed) || !isText(sniffed):
		return baseType(sniffed.String())
	}
	return typeText
}

// endsAs reports whether a name may end like this. What is no known end of any
// type ("v1.2") says nothing, unless the file is a picture or a PDF, which are
// opened by their names.
func endsAs(media, ext string) bool {
	for _, own := range fileTypes[media] {
		if ext == own {
			return true
		}
	}
	if media != typeText {
		return false
	}
	switch ext {
	case ".html", ".htm", ".xhtml", ".svg", ".xml", ".js", ".exe", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".zip":
		return false
	}
	for _, ends := range fileTypes {
		for _, end := range ends {
			if ext == end {
				return false
			}
		}
	}
	return true
}

// liesAbout reports whether a sender's word contradicts the content; what senders
// say of text is too varied to mean anything.
func liesAbout(said, media string) bool {
	if said == "image/jpg" || said == "image/pjpeg" {
		said = "image/jpeg"
	}
	_, known := fileTypes[said]
	return said != media && (known || strings.HasPrefix(said, "image/") || said == typeHTML) && said != ""
}
