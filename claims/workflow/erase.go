package workflow

import (
	"context"
	"strconv"

	"cotejo/claims"
)

// The nouns of erase events: what they name was erased.
const (
	nounHistory  = "history"  // id: the seq of the event whose values are gone
	nounSnapshot = "snapshot" // id: article/n
	nounArticle  = "article"  // with all its snapshots, claims and the values of events about it
)

// EraseEvent deletes the values of one event; its digests, and so the chain,
// stay. The reason stands in an event of its own.
func (d *Desk) EraseEvent(ctx context.Context, actor claims.Actor, seq int64, reason string) error {
	return d.erase(ctx, actor, reason, func(t *tx) (entry, func() error, error) {
		e, err := t.Event(ctx, seq)
		return entry{noun: nounHistory, id: strconv.FormatInt(seq, 10), article: e.Article, claim: e.Claim},
			func() error {
				if allErased(e) {
					return claims.Refuse(claims.KindConflict, "erase.done")
				}
				return t.EraseValues(ctx, seq)
			}, err
	})
}

// EraseSnapshot deletes the text and the raw bytes of a snapshot; its hashes stay.
func (d *Desk) EraseSnapshot(ctx context.Context, actor claims.Actor, article string, n int, reason string) error {
	return d.erase(ctx, actor, reason, func(t *tx) (entry, func() error, error) {
		var s claims.Snapshot
		err := error(claims.NotFound("snapshot", snapshotID(article, n)))
		if n > 0 {
			s, err = t.Snapshot(ctx, article, n)
		}
		return entry{noun: nounSnapshot, id: snapshotID(article, n), article: article},
			func() error {
				if s.Erased {
					return claims.Refuse(claims.KindConflict, "erase.done")
				}
				return t.EraseSnapshot(ctx, article, n)
			}, err
	})
}

// erase is every act of erasing: find, ask, delete, and write down that it was.
func (d *Desk) erase(ctx context.Context, actor claims.Actor, reason string, find func(*tx) (entry, func() error, error)) error {
	return d.act(ctx, actor, func(t *tx) error {
		e, remove, err := find(t)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActErase); err != nil {
			return err
		}
		e.act, e.reason = ActErase, clean(reason)
		var f faults
		f.required("reason", e.reason, maxReason)
		if err := f.err(); err != nil {
			return err
		}
		if err := remove(); err != nil {
			return err
		}
		return t.record(ctx, e)
	})
}

func allErased(e claims.Event) bool {
	for _, v := range e.Values {
		if !v.Erased {
			return false
		}
	}
	return true
}

func snapshotID(article string, n int) string { return article + "/" + strconv.Itoa(n) }
