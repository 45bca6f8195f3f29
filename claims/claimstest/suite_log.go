package claimstest

import (
	"errors"
	"testing"

	"cotejo/claims"
)

func runLog(t *testing.T, store claims.Store) {
	ctx := t.Context()
	for range 3 {
		e := NewEvent(t, "claim.edit", "CLAIM1")
		if err := store.Update(ctx, func(w claims.Writer) error { return w.AppendEvent(ctx, &e) }); err != nil {
			t.Fatal(err)
		}
	}
	missing(t, store, "no checkpoint yet", func(r claims.Reader) error { _, err := r.Checkpoint(ctx, 0); return err })
	leaves := []claims.LogLeaf{{Seq: 1, Record: "uno\n"}, {Seq: 2, Record: "dos\n", Publication: "7F3K9Q@1"}}
	hashes := []string{Hash("a"), Hash("b"), Hash("c")}
	add := func(fn func(w claims.Writer) error) error { return store.Update(ctx, fn) }
	first := claims.Checkpoint{Size: 1, Root: Hash("a"), Key: "k", Note: "n1", At: Start}
	second := claims.Checkpoint{Size: 2, Root: Hash("c"), Key: "k", Note: "n2", At: Start}
	if err := add(func(w claims.Writer) error { // without an event: the log follows from the events
		return errors.Join(w.AppendLog(ctx, leaves, 0, hashes), w.PutCheckpoint(ctx, first), w.PutCheckpoint(ctx, second), w.PutCheckpoint(ctx, first))
	}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "a leaf twice", claims.KindConflict, add(func(w claims.Writer) error { return w.AppendLog(ctx, leaves[:1], 3, nil) }))
	wantKind(t, "a hash twice", claims.KindConflict, add(func(w claims.Writer) error { return w.AppendLog(ctx, nil, 2, hashes[:1]) }))
	wantKind(t, "a leaf of no event", claims.KindNotFound, add(func(w claims.Writer) error {
		return w.AppendLog(ctx, []claims.LogLeaf{{Seq: 99, Record: "x"}}, 3, nil)
	}))
	Read(t, store, func(r claims.Reader) error {
		size, err := r.LogSize(ctx)
		equal(t, "size", int64(2), size)
		leaf, err2 := r.LogLeafOf(ctx, "7F3K9Q@1")
		equal(t, "leaf", leaves[1], leaf)
		got, err3 := r.LogHashes(ctx, []int64{2, 0})
		equal(t, "hashes", []string{hashes[2], hashes[0]}, got)
		var seen []claims.LogLeaf
		err4 := r.EachLogLeaf(ctx, func(l claims.LogLeaf) error { seen = append(seen, l); return nil })
		equal(t, "leaves", leaves, seen)
		newest, err6 := r.Checkpoint(ctx, 0)
		equal(t, "newest", second, newest)
		old, err7 := r.Checkpoint(ctx, 1)
		equal(t, "old", first, old)
		list, err8 := r.Checkpoints(ctx)
		equal(t, "list", []claims.Checkpoint{first, second}, list)
		return errors.Join(err, err2, err3, err4, err6, err7, err8)
	})
	Read(t, store, func(r claims.Reader) error {
		if _, err := r.LogHashes(ctx, []int64{7}); err == nil {
			t.Error("a hash that is not there was given")
		}
		return nil
	})
	missing(t, store, "unknown publication", func(r claims.Reader) error { _, err := r.LogLeafOf(ctx, "7F3K9Q@2"); return err })
	missing(t, store, "no publication's leaf", func(r claims.Reader) error { _, err := r.LogLeafOf(ctx, ""); return err })
}
