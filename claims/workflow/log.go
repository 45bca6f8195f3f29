package workflow

import (
	"context"
	"strconv"
	"time"

	"cotejo/claims"
	"cotejo/claims/ledger"
)

// logBatch is how many events one transaction puts into the log.
const logBatch = 500

// checkpointEvery is how often a running desk signs what was done since.
const checkpointEvery = time.Minute

// signOn signs checkpoints until ctx ends.
func (d *Desk) signOn(ctx context.Context) {
	tick := time.NewTicker(checkpointEvery)
	defer tick.Stop()
	for {
		if _, err := d.Checkpoint(ctx); err != nil && ctx.Err() == nil {
			d.log.Error("no checkpoint was signed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// LogKey gives the public key that verifies what this desk signs.
func (d *Desk) LogKey() (string, error) {
	if d.signer == nil {
		return "", claims.Refuse(claims.KindConflict, "log.no_key")
	}
	return d.signer.Key(), nil
}

// Agrees proves that the history still begins with what a checkpoint signed
// that somebody kept; key is the one to trust, "" the first that the desk signed
// with. It gives how many acts that is.
func (d *Desk) Agrees(ctx context.Context, signed, key string) (size int64, err error) {
	err = d.store.View(ctx, func(r claims.Reader) error {
		if key == "" {
			all, err := r.Checkpoints(ctx)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				return claims.Refuse(claims.KindConflict, "log.empty")
			}
			key = all[0].Key
		}
		c, err := ledger.Open(signed, key)
		if err != nil {
			return claims.Refuse(claims.KindInvalid, "log.checkpoint_malformed", err.Error())
		}
		have, err := r.LogSize(ctx)
		if err != nil {
			return err
		}
		if size = c.Size; have < size {
			return claims.Refuse(claims.KindConflict, "log.shorter", have, size)
		}
		root, err := ledger.Root(size, hashesOf(ctx, r))
		if err == nil && root != c.Root {
			err = claims.Refuse(claims.KindConflict, "log.differs", size)
		}
		return err
	})
	return size, err
}

// Checkpoint brings the log up to the newest event and signs its head. Where
// nothing happened since the last one, that one is given.
func (d *Desk) Checkpoint(ctx context.Context) (claims.Checkpoint, error) {
	if d.signer == nil {
		return claims.Checkpoint{}, claims.Refuse(claims.KindConflict, "log.no_key")
	}
	if c, err := d.upToDate(ctx); !missing(err) {
		return c, err
	}
	for {
		var out claims.Checkpoint
		more := false
		err := d.store.Update(ctx, func(w claims.Writer) (err error) {
			out, more, err = d.extendLog(ctx, w)
			return err
		})
		if err != nil || !more {
			return out, err
		}
	}
}

// upToDate gives the newest checkpoint where it covers all that was done.
func (d *Desk) upToDate(ctx context.Context) (c claims.Checkpoint, err error) {
	err = d.store.View(ctx, func(r claims.Reader) error {
		seq, _, err := r.ChainHead(ctx)
		if err != nil {
			return err
		}
		if c, err = r.Checkpoint(ctx, 0); err == nil && c.Size < seq {
			err = claims.NotFound("checkpoint", strconv.FormatInt(seq, 10))
		}
		return err
	})
	return c, err
}

// extendLog adds the next batch of events, and the checkpoint after the last one.
func (d *Desk) extendLog(ctx context.Context, w claims.Writer) (c claims.Checkpoint, more bool, err error) {
	size, err := w.LogSize(ctx)
	if err != nil {
		return c, false, err
	}
	events, err := w.Events(ctx, claims.EventFilter{After: size, Limit: logBatch})
	if err != nil {
		return c, false, err
	}
	if len(events) > 0 {
		if err := appendLog(ctx, w, size, events); err != nil {
			return c, false, err
		}
		size += int64(len(events))
	}
	if len(events) == logBatch {
		return c, true, nil
	}
	if c, err = w.Checkpoint(ctx, size); size > 0 && !missing(err) || size == 0 {
		return c, false, err
	}
	root, err := ledger.Root(size, hashesOf(ctx, w))
	if err != nil {
		return c, false, err
	}
	if c, err = d.signer.Sign(size, root); err != nil {
		return c, false, err
	}
	c.At = d.clock.Now()
	return c, false, w.PutCheckpoint(ctx, c)
}

func appendLog(ctx context.Context, w claims.Writer, size int64, events []claims.Event) error {
	leaves := make([]claims.LogLeaf, len(events))
	for i, e := range events {
		p, err := publicationOf(ctx, w, e)
		if err != nil {
			return err
		}
		leaves[i] = ledger.Record(e, p)
	}
	first, hashes, err := ledger.Extend(size, leaves, hashesOf(ctx, w))
	if err != nil {
		return err
	}
	return w.AppendLog(ctx, leaves, first, hashes)
}

func hashesOf(ctx context.Context, r claims.LogReader) ledger.HashReader {
	return func(at []int64) ([]string, error) { return r.LogHashes(ctx, at) }
}

// publicationOf gives the publication that an event tells of, nil for none. It
// goes by the moment that both bear, since the event's values can be erased.
func publicationOf(ctx context.Context, r claims.PublicationReader, e claims.Event) (*claims.Publication, error) {
	if e.Act != string(claims.ActClaimPublish) {
		return nil, nil
	}
	all, err := r.Publications(ctx, e.Claim)
	for i := range all {
		if all[i].PublishedAt.Equal(e.At) {
			return &all[i], err
		}
	}
	return nil, err
}

// Proof shows that version n of a claim stands in the log, as of the newest
// checkpoint; the publication's bytes are what it speaks of.
func (d *Desk) Proof(ctx context.Context, claim string, n int) (ledger.Proof, error) {
	public, err := d.PublicClaim(ctx, claim, n)
	if err != nil {
		return ledger.Proof{}, err
	}
	proof, err := d.proof(ctx, public.Publication)
	if !missing(err) {
		return proof, err
	}
	if _, err := d.Checkpoint(ctx); err != nil {
		return ledger.Proof{}, err
	}
	return d.proof(ctx, public.Publication)
}

// proof looks in the log as it is; what no checkpoint covers yet is not found.
func (d *Desk) proof(ctx context.Context, p claims.Publication) (ledger.Proof, error) {
	var out ledger.Proof
	err := d.store.View(ctx, func(r claims.Reader) error {
		leaf, err := r.LogLeafOf(ctx, ledger.PublicationName(p.Claim, p.N))
		if err != nil {
			return err
		}
		c, err := r.Checkpoint(ctx, 0)
		if err != nil {
			return err
		}
		if c.Size < leaf.Seq {
			return claims.NotFound("checkpoint", leaf.Publication)
		}
		out, err = ledger.Prove(leaf, c, hashesOf(ctx, r))
		return err
	})
	return out, err
}

// log proves the log: a leaf an event, the hashes that those leaves give, and a
// signed root of them at each checkpoint.
func (v *verifier) log(ctx context.Context) error {
	checkpoints, err := v.Checkpoints(ctx)
	if err != nil {
		return err
	}
	roots := map[int64]string{}
	for _, c := range checkpoints {
		roots[c.Size] = ""
	}
	tree, batch := &ledger.Tree{}, []claims.LogLeaf{}
	flush := func() error {
		err := v.leaves(ctx, tree, batch, roots)
		batch = batch[:0]
		return err
	}
	if err := v.EachLogLeaf(ctx, func(l claims.LogLeaf) error {
		if batch = append(batch, l); len(batch) < logBatch {
			return nil
		}
		return flush()
	}); err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	for _, c := range checkpoints {
		v.report.Checkpoints++
		v.checkpoint(c, roots[c.Size])
	}
	return nil
}

// leaves proves a run of leaves, and fills in the roots that checkpoints ask for.
func (v *verifier) leaves(ctx context.Context, tree *ledger.Tree, batch []claims.LogLeaf, roots map[int64]string) error {
	if len(batch) == 0 {
		return nil
	}
	events, err := v.Events(ctx, claims.EventFilter{After: batch[0].Seq - 1, Limit: len(batch)})
	if err != nil {
		return err
	}
	var hashes []string
	first := ledger.Places(tree.Size())
	for i, l := range batch {
		var want claims.LogLeaf
		if i < len(events) {
			p, err := publicationOf(ctx, v, events[i])
			if err != nil {
				return err
			}
			want = ledger.Record(events[i], p)
		}
		if l != want {
			v.report.add("log", strconv.FormatInt(l.Seq, 10), "the leaf is not what the history tells")
		}
		hashes = append(hashes, tree.Add(l.Record)...)
		if _, asked := roots[tree.Size()]; asked {
			roots[tree.Size()] = tree.Root()
		}
	}
	return v.hashes(ctx, first, hashes)
}

// hashes proves a run of the tree's hashes.
func (v *verifier) hashes(ctx context.Context, first int64, want []string) error {
	at := make([]int64, len(want))
	for i := range at {
		at[i] = first + int64(i)
	}
	stored, err := v.LogHashes(ctx, at)
	if err != nil {
		return err
	}
	for i := range want {
		if stored[i] != want[i] {
			v.report.add("log", "hash "+strconv.FormatInt(at[i], 10), "it is not that of the leaves")
		}
	}
	return nil
}

// checkpoint proves one signed head against the root that the leaves give.
func (v *verifier) checkpoint(c claims.Checkpoint, root string) {
	signed, err := ledger.Open(c.Note, c.Key)
	switch {
	case err != nil:
		v.report.add("checkpoint", strconv.FormatInt(c.Size, 10), err.Error())
	case signed.Size != c.Size || signed.Root != c.Root:
		v.report.add("checkpoint", strconv.FormatInt(c.Size, 10), "it is not what was signed")
	case root == "":
		v.report.add("checkpoint", strconv.FormatInt(c.Size, 10), "the history was longer when it was signed: newer events are missing")
	case root != c.Root:
		v.report.add("checkpoint", strconv.FormatInt(c.Size, 10), "the history up to it is not what was signed")
	}
}
