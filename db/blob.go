package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"cotejo/claims"
)

// pieceBytes is the size of a piece; the last one may be shorter.
const pieceBytes = 1 << 20

func (r *reader) Blob(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	pieces, err := queryOne(ctx, r, value[int], "SELECT CASE WHEN erased THEN -1 ELSE pieces END FROM blobs WHERE sha256 = $1", sha256)
	if pieces, err = found(pieces, err, "blob", sha256); err != nil {
		return nil, err
	}
	if pieces < 0 {
		return nil, claims.Refuse(claims.KindGone, "blob.erased", sha256)
	}
	return &blobReader{ctx: ctx, r: r, sha256: sha256, pieces: pieces}, nil
}

// blobReader reads a blob piece by piece; it lives as long as the transaction.
type blobReader struct {
	ctx    context.Context
	r      *reader
	sha256 string
	pieces int
	next   int
	rest   []byte
}

func (b *blobReader) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		if b.next >= b.pieces {
			return 0, io.EOF
		}
		piece, err := queryOne(b.ctx, b.r, value[[]byte], "SELECT data FROM blob_pieces WHERE sha256 = $1 AND n = $2", b.sha256, b.next)
		if piece, err = found(piece, err, "blob", b.sha256); err != nil {
			return 0, err
		}
		b.rest = piece
		b.next++
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

func (b *blobReader) Close() error {
	b.next, b.rest = b.pieces, nil
	return nil
}

func (w *writer) PutBlob(ctx context.Context, b claims.Blob) error {
	if sum := sha256.Sum256(b.Data); hex.EncodeToString(sum[:]) != b.SHA256 {
		return claims.Invalid("sha256", "blob.wrong_hash", b.SHA256)
	}
	pieces := (len(b.Data) + pieceBytes - 1) / pieceBytes
	rows, err := w.exec(ctx, insertInto("blobs", "sha256, media_type, size, pieces"), b.SHA256, b.MediaType, len(b.Data), pieces)
	if err != nil {
		return err
	}
	if rows == 0 {
		return w.notErased(ctx, b.SHA256)
	}
	n := 0
	for piece := range slices.Chunk(b.Data, pieceBytes) {
		if _, err := w.exec(ctx, insertInto("blob_pieces", "sha256, n, data"), b.SHA256, n, piece); err != nil {
			return err
		}
		n++
	}
	return nil
}

// notErased refuses bytes that an admin erased: nobody brings them back by chance.
func (w *writer) notErased(ctx context.Context, sha256 string) error {
	erased, err := w.exists(ctx, "SELECT 1 FROM blobs WHERE sha256 = $1 AND erased", sha256)
	if err == nil && erased {
		return claims.Refuse(claims.KindConflict, "blob.erased", sha256)
	}
	return err
}

func (w *writer) EraseBlob(ctx context.Context, sha256 string) error {
	used, err := w.exists(ctx, "SELECT 1 FROM snapshots WHERE raw_sha256 = $1 AND NOT erased", sha256)
	if err != nil {
		return err
	}
	if used {
		return claims.Refuse(claims.KindConflict, "blob.in_snapshot", sha256)
	}
	rows, err := w.exec(ctx, "UPDATE blobs SET erased = TRUE WHERE sha256 = $1", sha256)
	if err == nil && rows == 0 {
		err = claims.NotFound("blob", sha256)
	}
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, "DELETE FROM blob_pieces WHERE sha256 = $1", sha256)
	return err
}

// blobUsed asks whether anything that stands is made of the bytes.
const blobUsed = `SELECT 1 FROM snapshots WHERE raw_sha256 = $1 AND NOT erased
	UNION ALL SELECT 1 FROM evidence WHERE file_sha256 = $1 OR copy_sha256 = $1
	UNION ALL SELECT 1 FROM checks WHERE image <> '' AND image LIKE '%"' || $1 || '"%'
	UNION ALL SELECT 1 FROM check_publications WHERE image <> '' AND image LIKE '%"' || $1 || '"%'`

// DropBlob implements claims.ArticleWriter.
func (w *writer) DropBlob(ctx context.Context, sha256 string) error {
	kept, err := w.exists(ctx, blobUsed+" UNION ALL SELECT 1 FROM blobs WHERE sha256 = $1 AND erased", sha256)
	if err != nil || kept {
		return err
	}
	return w.deleteBlob(ctx, sha256)
}

func (w *writer) deleteBlob(ctx context.Context, sha256 string) error {
	if _, err := w.exec(ctx, "DELETE FROM blob_pieces WHERE sha256 = $1", sha256); err != nil {
		return err
	}
	_, err := w.exec(ctx, "DELETE FROM blobs WHERE sha256 = $1", sha256)
	return err
}
