package workflow

import (
	"context"
	"io"
	"path"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// nounFile is the noun of erase events that name kept bytes; id: their SHA-256.
const nounFile = "file"

// Upload is a file as its owner sends it. ContentType is what the sender calls
// it, and may be empty.
type Upload struct {
	Name        string
	ContentType string
	Data        []byte
}

// readUpload says what an upload is, and refuses what the desk does not keep;
// nothing for nil.
func (d *Desk) readUpload(ctx context.Context, actor claims.Actor, up *Upload) (claims.KeptFile, *claims.Blob, error) {
	if up == nil {
		return claims.KeptFile{}, nil, nil
	}
	if err := d.ask(ctx, actor, claims.ActEvidenceAdd); err != nil {
		return claims.KeptFile{}, nil, err
	}
	settings, err := d.Settings(ctx)
	if err != nil {
		return claims.KeptFile{}, nil, err
	}
	if limit := settings.FileBytes(); int64(len(up.Data)) > limit {
		return claims.KeptFile{}, nil, claims.Invalid("file", "file.too_large", limit>>20)
	}
	name := fileName(up.Name)
	media, err := ingest.FileType(up.Data, name, up.ContentType)
	if err != nil {
		return claims.KeptFile{}, nil, err
	}
	sum := digest(up.Data)
	return claims.KeptFile{SHA256: sum, Name: name, MediaType: media, Size: int64(len(up.Data))},
		&claims.Blob{SHA256: sum, MediaType: media, Data: up.Data}, nil
}

const maxFileName = 200 // code points

// fileName takes the last part of what a browser calls a file, without what no
// file should be called.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, name))
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	if runes := []rune(name); len(runes) > maxFileName {
		ext := []rune(path.Ext(name))
		ext = ext[:min(len(ext), 10)]
		name = string(runes[:maxFileName-len(ext)]) + string(ext)
	}
	return name
}

// putUpload keeps the bytes of an upload.
func (t *tx) putUpload(ctx context.Context, b *claims.Blob) error {
	if b == nil {
		return nil
	}
	return t.PutBlob(ctx, *b)
}

// Document is kept bytes to be sent to somebody.
type Document struct {
	Name      string
	MediaType string
	SHA256    string
	Data      []byte
}

// EvidenceFile gives the file of a piece of evidence.
func (d *Desk) EvidenceFile(ctx context.Context, actor claims.Actor, id string) (Document, error) {
	return d.evidenceBytes(ctx, actor, id, func(e claims.Evidence) Document {
		return Document{Name: e.File.Name, MediaType: e.File.MediaType, SHA256: e.File.SHA256}
	})
}

// EvidenceCopy gives the archived copy of a piece of evidence, as it came.
func (d *Desk) EvidenceCopy(ctx context.Context, actor claims.Actor, id string) (Document, error) {
	return d.evidenceBytes(ctx, actor, id, func(e claims.Evidence) Document {
		return Document{Name: "copy-" + e.ID, MediaType: e.Copy.MediaType, SHA256: e.Copy.SHA256}
	})
}

func (d *Desk) evidenceBytes(ctx context.Context, actor claims.Actor, id string, of func(claims.Evidence) Document) (Document, error) {
	var out Document
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		e, err := r.EvidenceByID(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		out = of(e)
		if out.SHA256 == "" {
			return claims.NotFound("file", e.ID)
		}
		body, err := r.Blob(ctx, out.SHA256)
		if err != nil {
			return err
		}
		defer body.Close()
		out.Data, err = io.ReadAll(body)
		return err
	})
	return out, err
}

// EraseFile deletes the bytes of a file or an archived copy, by their SHA-256,
// wherever they stand as evidence; the hash stays.
func (d *Desk) EraseFile(ctx context.Context, actor claims.Actor, sha256, reason string) error {
	return d.erase(ctx, actor, reason, func(t *tx) (entry, func() error, error) {
		e := entry{noun: nounFile, id: clip(sha256, maxName)}
		on, _, err := t.FindEvidence(ctx, claims.EvidenceFilter{Blob: sha256, Page: claims.Page{Limit: 1}})
		if err == nil && len(on) == 0 && len(sha256) != len(digest(nil)) {
			err = claims.NotFound("file", clip(sha256, maxName))
		}
		if len(on) > 0 {
			var c claims.Claim
			c, err = t.Claim(ctx, on[0].Claim)
			e.claim, e.article = c.ID, c.Article
		}
		return e, func() error {
			_, err := t.Blob(ctx, sha256)
			switch {
			case claims.KindOf(err) == claims.KindGone:
				return claims.Refuse(claims.KindConflict, "erase.done")
			case err != nil:
				return err
			}
			return t.EraseBlob(ctx, sha256)
		}, err
	})
}
