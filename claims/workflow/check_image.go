package workflow

import (
	"context"
	"io"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// CheckImageInput is the picture at the head of a check. Without an Upload the one that
// is there gets other words; Remove takes it away.
type CheckImageInput struct {
	Upload *Upload
	Alt    string // what it shows, for who does not see it
	Credit string
	Remove bool
}

const maxCredit = 300

// SetCheckImage gives a check a picture, other words to the one it has, or none.
func (d *Desk) SetCheckImage(ctx context.Context, actor claims.Actor, slug string, version int64, in CheckImageInput) (claims.Check, error) {
	if err := d.ask(ctx, actor, claims.ActCheckWrite); err != nil {
		return claims.Check{}, err
	}
	var picture *ingest.Picture
	if in.Upload != nil && !in.Remove {
		settings, err := d.Settings(ctx)
		if err != nil {
			return claims.Check{}, err
		}
		if limit := settings.FileBytes(); int64(len(in.Upload.Data)) > limit {
			return claims.Check{}, claims.Invalid("file", "file.too_large", limit>>20)
		}
		read, err := ingest.ReadPicture(in.Upload.Data, fileName(in.Upload.Name), in.Upload.ContentType)
		if err != nil {
			return claims.Check{}, err
		}
		picture = &read
	}
	return d.changeCheck(ctx, actor, slug, version, func(t *tx, c *claims.Check) (entry, error) {
		if err := t.may(claims.ActCheckWrite); err != nil {
			return entry{}, err
		}
		if !c.State.Editable() {
			return entry{}, claims.Refuse(claims.KindIllegalMove, "check.frozen", string(c.State))
		}
		if err := t.putPicture(ctx, c, picture, in); err != nil {
			return entry{}, err
		}
		c.ChangedBy = t.actor.ID
		return onCheck(ActCheckEdit, *c), nil
	})
}

func (t *tx) putPicture(ctx context.Context, c *claims.Check, picture *ingest.Picture, in CheckImageInput) error {
	if in.Remove {
		c.Image = nil
		return nil
	}
	var next claims.CheckImage
	if c.Image != nil {
		next = *c.Image
	}
	next.Alt, next.Credit = strings.Join(strings.Fields(in.Alt), " "), strings.Join(strings.Fields(in.Credit), " ")
	var f faults
	f.required("alt", next.Alt, maxWording)
	f.text("credit", next.Credit, maxCredit)
	if picture == nil && c.Image == nil {
		f.add("file", "text.missing")
	}
	if err := f.err(); err != nil {
		return err
	}
	if picture != nil {
		next.SHA256, next.Type, next.Width, next.Height = digest(picture.Data), picture.Type, picture.Width, picture.Height
		if err := t.PutBlob(ctx, claims.Blob{SHA256: next.SHA256, MediaType: picture.Type, Data: picture.Data}); err != nil {
			return err
		}
	}
	c.Image = &next
	return nil
}

// CheckImage gives the picture of a check that the desk works on.
func (d *Desk) CheckImage(ctx context.Context, actor claims.Actor, slug, sha256 string) (Document, error) {
	var out Document
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readCheck(ctx, r, slug)
		if err != nil {
			return err
		}
		out, err = pictureOf(ctx, r, sha256, c.Image)
		return err
	})
	return out, err
}

// PublicCheckImage gives a picture of a check that stands published, of any version.
func (d *Desk) PublicCheckImage(ctx context.Context, slug, sha256 string) (Document, error) {
	var out Document
	err := d.store.View(ctx, func(r claims.Reader) error {
		c, err := r.Check(ctx, slug)
		if err != nil {
			return err
		}
		if !c.Public() {
			return claims.NotFound("file", clip(sha256, maxName))
		}
		versions, err := r.CheckPublications(ctx, c.ID)
		if err != nil {
			return err
		}
		var images []*claims.CheckImage
		for _, p := range versions {
			images = append(images, p.Image)
		}
		out, err = pictureOf(ctx, r, sha256, images...)
		return err
	})
	return out, err
}

func pictureOf(ctx context.Context, r claims.Reader, sha256 string, images ...*claims.CheckImage) (Document, error) {
	for _, i := range images {
		if i == nil || i.SHA256 != sha256 {
			continue
		}
		body, err := r.Blob(ctx, sha256)
		if err != nil {
			return Document{}, err
		}
		defer body.Close()
		data, err := io.ReadAll(body)
		return Document{MediaType: i.Type, SHA256: sha256, Data: data}, err
	}
	return Document{}, claims.NotFound("file", clip(sha256, maxName))
}
