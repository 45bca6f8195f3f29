package ingest

import (
	"path/filepath"
	"slices"
	"strings"

	"cotejo/claims"
	"github.com/gabriel-vasile/mimetype"
)

// FileTypes are the types that files of evidence may have.
var FileTypes = []string{typePDF, "image/png", "image/jpeg", "image/webp", "image/gif", typeText}

// FileType gives the media type of a file by its content: one of FileTypes. It refuses
// other types by name, and a file that its name or its sender calls something else.
// Text that a browser would take for a page is no plain text.
func FileType(raw []byte, name, declared string) (string, error) {
	if len(raw) == 0 {
		return "", claims.Invalid("file", "file.empty")
	}
	sniffed := mimetype.Detect(raw)
	media := contentType(raw, sniffed)
	if media == typeText && (sniffed.Is(typeHTML) || sniffed.Is("text/xml") || !isText(sniffed)) {
		media = baseType(sniffed.String())
	}
	if !slices.Contains(FileTypes, media) {
		return "", claims.Invalid("file", "file.unsupported", media)
	}
	ending := strings.ToLower(filepath.Ext(name))
	if misnamed(name, media) || endings[ending] == typeHTML {
		return "", claims.Invalid("file", "file.lies", ending, media)
	}
	if said := baseType(declared); liesAbout(said, media) {
		return "", claims.Invalid("file", "file.lies", said, media)
	}
	return media, nil
}

// liesAbout reports whether a sender's word contradicts the content; what senders
// say of text is too varied to mean anything.
func liesAbout(said, media string) bool {
	if said == "image/jpg" || said == "image/pjpeg" {
		said = "image/jpeg"
	}
	known := slices.Contains(FileTypes, said) || strings.HasPrefix(said, "image/") || said == typeHTML
	return said != "" && said != media && known
}
