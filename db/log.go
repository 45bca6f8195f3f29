package db

import (
	"context"
	"fmt"

	"cotejo/claims"
)

const (
	leafColumns       = "seq, record, publication"
	checkpointColumns = "size, root, key, note, at"
)

func scanLeaf(row scanner) (l claims.LogLeaf, err error) {
	err = row.Scan(&l.Seq, &l.Record, &l.Publication)
	return l, err
}

func scanCheckpoint(row scanner) (c claims.Checkpoint, err error) {
	err = row.Scan(&c.Size, &c.Root, &c.Key, &c.Note, timeColumn{&c.At})
	return c, err
}

func (r *reader) LogSize(ctx context.Context) (int64, error) {
	return queryOne(ctx, r, value[int64], "SELECT COALESCE(MAX(seq), 0) FROM log_leaves")
}

func (r *reader) LogLeafOf(ctx context.Context, publication string) (claims.LogLeaf, error) {
	l, err := queryOne(ctx, r, scanLeaf, "SELECT "+leafColumns+" FROM log_leaves WHERE publication = $1 AND publication <> ''", publication)
	return found(l, err, "log_leaf", publication)
}

// placedHash is a hash of the log's tree with its place.
type placedHash struct {
	place int64
	hash  string
}

func scanHash(row scanner) (h placedHash, err error) {
	err = row.Scan(&h.place, &h.hash)
	return h, err
}

func (r *reader) LogHashes(ctx context.Context, at []int64) ([]string, error) {
	if len(at) == 0 {
		return nil, nil
	}
	var w where
	list := ""
	for i, place := range at {
		if i > 0 {
			list += ", "
		}
		list += w.arg(place)
	}
	hashes, err := queryAll(ctx, r, scanHash, "SELECT place, hash FROM log_hashes WHERE place IN ("+list+")", w.args...)
	if err != nil {
		return nil, err
	}
	byPlace := make(map[int64]string, len(hashes))
	for _, h := range hashes {
		byPlace[h.place] = h.hash
	}
	out := make([]string, len(at))
	for i, place := range at {
		if out[i] = byPlace[place]; out[i] == "" {
			return nil, fmt.Errorf("db: the log has no hash at %d", place)
		}
	}
	return out, nil
}

// each walks a table by a numbered column in constant memory.
func each[T any](ctx context.Context, r *reader, scan func(scanner) (T, error), query string, key func(T) int64, fn func(T) error) error {
	last := int64(-1)
	for {
		batch, err := queryAll(ctx, r, scan, query, last, batchRows)
		if err != nil {
			return err
		}
		for _, one := range batch {
			if err := fn(one); err != nil {
				return err
			}
			last = key(one)
		}
		if len(batch) < batchRows {
			return nil
		}
	}
}

func (r *reader) EachLogLeaf(ctx context.Context, fn func(claims.LogLeaf) error) error {
	return each(ctx, r, scanLeaf, "SELECT "+leafColumns+" FROM log_leaves WHERE seq > $1 ORDER BY seq LIMIT $2",
		func(l claims.LogLeaf) int64 { return l.Seq }, fn)
}

func (r *reader) Checkpoint(ctx context.Context, size int64) (claims.Checkpoint, error) {
	c, err := queryOne(ctx, r, scanCheckpoint,
		"SELECT "+checkpointColumns+" FROM checkpoints WHERE size = $1 OR $1 = 0 ORDER BY size DESC LIMIT 1", size)
	return found(c, err, "checkpoint", fmt.Sprint(size))
}

func (r *reader) Checkpoints(ctx context.Context) ([]claims.Checkpoint, error) {
	return queryAll(ctx, r, scanCheckpoint, "SELECT "+checkpointColumns+" FROM checkpoints ORDER BY size")
}

func (w *writer) AppendLog(ctx context.Context, leaves []claims.LogLeaf, first int64, hashes []string) error {
	for _, l := range leaves {
		if err := w.append(ctx, insertInto("log_leaves", leafColumns), l.Seq, l.Record, l.Publication); err != nil {
			return err
		}
	}
	for i, hash := range hashes {
		if err := w.append(ctx, insertInto("log_hashes", "place, hash"), first+int64(i), hash); err != nil {
			return err
		}
	}
	return nil
}

// append adds a row to the log, which the history does not speak of.
func (w *writer) append(ctx context.Context, query string, args ...any) error {
	rows, err := w.execExempt(ctx, query, args...)
	if err == nil && rows == 0 {
		return claims.Refuse(claims.KindConflict, "conflict.log")
	}
	return err
}

func (w *writer) PutCheckpoint(ctx context.Context, c claims.Checkpoint) error {
	_, err := w.execExempt(ctx, insertInto("checkpoints", checkpointColumns), c.Size, c.Root, c.Key, c.Note, c.At.UnixMicro())
	return err
}
