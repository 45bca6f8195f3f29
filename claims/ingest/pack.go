package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"cotejo/claims"
)

// Bounds on packed documents. A file may unpack to no more than maxUnpacked bytes,
// whatever it says of itself; elements nest no deeper than any writer nests them.
const (
	maxUnpacked  = 40 << 20
	maxEntries   = 5000
	maxXMLDepth  = 200
	maxXMLTokens = 6_000_000
)

// pack is an opened archive; left is how much it may still unpack.
type pack struct {
	files map[string]*zip.File
	left  int64
}

var errNoEntry = errors.New("ingest: no such file in the archive")

func openPack(raw []byte) (*pack, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(archive.File) > maxEntries {
		return nil, brokenFile(err)
	}
	p := &pack{files: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range archive.File {
		if p.files[f.Name] == nil {
			p.files[f.Name] = f
		}
	}
	return p, nil
}

// each gives the tokens of an XML file inside, with the depth they stand at. Document
// types are refused: with them come entities, and no writer makes them.
func (p *pack) each(name string, do func(xml.Token) error) error {
	f := p.files[name]
	if f == nil {
		return errNoEntry
	}
	stream, err := f.Open()
	if err != nil {
		return brokenFile(err)
	}
	defer stream.Close()
	limited := &io.LimitedReader{R: stream, N: p.left + 1}
	defer func() { p.left = limited.N - 1 }()
	d := xml.NewDecoder(limited)
	depth := 0
	for range maxXMLTokens {
		token, err := d.Token()
		switch {
		case limited.N <= 0:
			return claims.Refuse(claims.KindTooLarge, "ingest.unpacked", maxUnpacked>>20)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return brokenFile(err)
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return claims.Refuse(claims.KindInvalid, "ingest.too_deep")
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return brokenFile(errors.New("a document type"))
		}
		if err := do(token); err != nil {
			return err
		}
	}
	return claims.Refuse(claims.KindInvalid, "ingest.too_deep")
}

// brokenFile refuses a file that is not what it should be; a refusal stays as it is.
func brokenFile(cause error) error {
	var refusal *claims.Error
	if errors.As(cause, &refusal) {
		return cause
	}
	broken := claims.Refuse(claims.KindInvalid, "ingest.broken")
	broken.Cause = cause
	return broken
}
