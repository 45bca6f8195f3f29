package ingest_test

import (
	"strings"
	"testing"

	"cotejo/claims/ingest"
)

func TestFileType(t *testing.T) {
	png, pdf := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "%PDF-1.7\n1 0 obj\n"
	jpeg, gif, webp := "\xff\xd8\xff\xe0\x00\x10JFIF\x00", "GIF89a\x01\x00\x01\x00", "RIFF\x24\x00\x00\x00WEBPVP8 "
	for _, tt := range []struct{ name, raw, declared, want string }{
		{"a.png", png, "image/png", "image/png"},
		{"A.PDF", pdf, "", "application/pdf"},
		{"a.jpeg", jpeg, "image/pjpeg", "image/jpeg"},
		{"a.jpg", jpeg, "image/jpg", "image/jpeg"},
		{"a.gif", gif, "application/octet-stream", "image/gif"},
		{"a.webp", webp, "image/webp", "image/webp"},
		{"nota", "El puente costó 12 €.\n", "", "text/plain"},
		{"acta v1.2", "texto", "", "text/plain"},
		{"datos.csv", "a,b\n1,2\n3,4\n", "application/vnd.ms-excel", "text/plain"},
		{"a.txt", "BMW anuncia despidos", "text/plain", "text/plain"},
		{"a.txt", "<script>alert(1)", "text/plain", "file.unsupported"},
		{"a.txt", "  \n<!DOCTYPE html><p>x", "", "file.unsupported"},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, "image/svg+xml", "file.unsupported"},
		{"a.png", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`, "image/png", "file.unsupported"},
		{"a.html", "<html><body>x", "text/html", "file.unsupported"},
		{"a.zip", "PK\x03\x04\x14\x00\x00\x00", "", "file.unsupported"},
		{"a.exe", "MZ\x90\x00\x03\x00\x00\x00", "", "file.unsupported"},
		{"a.png", pdf, "", "file.lies"},
		{"a.png", jpeg, "image/png", "file.lies"},
		{"a.docx", pdf, "", "file.lies"},
		{"a.pdf", "solo texto", "", "file.lies"},
		{"a.html", "solo texto", "", "file.lies"},
		{"a", png, "application/pdf", "file.lies"},
		{"a", png, "text/html", "file.lies"},
		{"a.txt", "", "", "file.empty"},
	} {
		got, err := ingest.FileType([]byte(tt.raw), tt.name, tt.declared)
		if err != nil {
			got = ""
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s %.12q: %v, want %s", tt.name, tt.raw, err, tt.want)
			}
		} else if got != tt.want {
			t.Errorf("%s %.12q (%s): %s, want %s", tt.name, tt.raw, tt.declared, got, tt.want)
		}
	}
}
