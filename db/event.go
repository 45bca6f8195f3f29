package db

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"cotejo/claims"
)

const eventColumns = "seq, id, at, actor, act, noun, noun_id, article, claim, digests, prev_hash, hash"

// valueDigest is what an event keeps of a value for ever.
type valueDigest struct {
	Side   claims.Side `json:"side"`
	Name   string      `json:"name"`
	Digest string      `json:"digest"`
}

func scanEvent(row scanner) (e claims.Event, err error) {
	var digests []valueDigest
	err = row.Scan(&e.Seq, &e.ID, timeColumn{&e.At}, &e.Actor, &e.Act, &e.Noun, &e.NounID, &e.Article, &e.Claim,
		jsonColumn{&digests}, &e.PrevHash, &e.Hash)
	for _, d := range digests {
		e.Values = append(e.Values, claims.Value{Side: d.Side, Name: d.Name, Digest: d.Digest, Erased: true})
	}
	return e, err
}

func (r *reader) Event(ctx context.Context, seq int64) (claims.Event, error) {
	return r.oneEvent(ctx, strconv.FormatInt(seq, 10), "seq = $1", seq)
}

func (r *reader) EventByID(ctx context.Context, id string) (claims.Event, error) {
	return r.oneEvent(ctx, id, "id = $1", id)
}

func (r *reader) oneEvent(ctx context.Context, name, where string, key any) (claims.Event, error) {
	events, err := r.events(ctx, "SELECT "+eventColumns+" FROM events WHERE "+where, key)
	if err != nil {
		return claims.Event{}, err
	}
	if len(events) == 0 {
		return claims.Event{}, claims.NotFound("event", name)
	}
	hidden, err := r.hides(ctx, events[0].Article)
	return known(events[0], hidden, err, "event", name)
}

func (r *reader) Events(ctx context.Context, f claims.EventFilter) ([]claims.Event, error) {
	query, args := eventsQuery(r.outsider, f)
	return r.events(ctx, query, args...)
}

func eventsQuery(o outsider, f claims.EventFilter) (string, []any) {
	var w where
	o.articles(&w, "article")
	for _, equal := range []struct{ column, value string }{{"claim", f.Claim}, {"article", f.Article}, {"actor", f.Actor}, {"noun", f.Noun}, {"noun_id", f.NounID}} {
		if equal.value != "" {
			w.add(equal.column+" = ?", equal.value)
		}
	}
	if len(f.Acts) > 0 {
		w.conditions = append(w.conditions, "act IN ("+w.list(f.Acts)+")")
	}
	if len(f.NotActs) > 0 {
		w.conditions = append(w.conditions, "act NOT IN ("+w.list(f.NotActs)+")")
	}
	if f.After > 0 {
		w.add("seq > ?", f.After)
	}
	order := "seq"
	if f.Before > 0 {
		w.add("seq < ?", f.Before)
		order = "seq DESC"
	}
	return "SELECT " + eventColumns + " FROM events" + w.String() + " ORDER BY " + order + " LIMIT " + w.arg(pageLimit(f.Limit)), w.args
}

func (r *reader) EachEvent(ctx context.Context, fn func(claims.Event) error) error {
	seq := int64(0)
	for {
		batch, err := r.events(ctx, "SELECT "+eventColumns+" FROM events WHERE seq > $1 ORDER BY seq LIMIT $2", seq, batchRows)
		if err != nil {
			return err
		}
		for _, e := range batch {
			if err := fn(e); err != nil {
				return err
			}
			seq = e.Seq
		}
		if len(batch) < batchRows {
			return nil
		}
	}
}

// events reads events and puts the values that were not erased into them.
func (r *reader) events(ctx context.Context, query string, args ...any) ([]claims.Event, error) {
	events, err := queryAll(ctx, r, scanEvent, query, args...)
	if err != nil || len(events) == 0 {
		return events, err
	}
	var w where
	seqs := ""
	at := make(map[int64]int, len(events))
	for i, e := range events {
		at[e.Seq] = i
		if i > 0 {
			seqs += ", "
		}
		seqs += w.arg(e.Seq)
	}
	_, err = queryAll(ctx, r, func(row scanner) (struct{}, error) {
		var seq int64
		var v claims.Value
		err := row.Scan(&seq, &v.Side, &v.Name, &v.Salt, &v.JSON)
		if err == nil {
			restoreValue(&events[at[seq]], v)
		}
		return struct{}{}, err
	}, "SELECT seq, side, name, salt, json FROM history_values WHERE seq IN ("+seqs+")", w.args...)
	return events, err
}

// restoreValue puts a value beside its digest; one without a digest was never
// part of the event and is left out.
func restoreValue(e *claims.Event, v claims.Value) {
	for i := range e.Values {
		if own := &e.Values[i]; own.Side == v.Side && own.Name == v.Name {
			own.Salt, own.JSON, own.Erased = v.Salt, v.JSON, false
		}
	}
}

// chainHead is the last event's number and hash.
type chainHead struct {
	seq  int64
	hash string
}

func scanHead(row scanner) (h chainHead, err error) {
	err = row.Scan(&h.seq, &h.hash)
	return h, err
}

func (r *reader) ChainHead(ctx context.Context) (seq int64, hash string, err error) {
	h, err := queryOne(ctx, r, scanHead, "SELECT seq, hash FROM chain_head WHERE id = 1")
	return h.seq, h.hash, err
}

func (w *writer) AppendEvent(ctx context.Context, e *claims.Event) error {
	digests := make([]valueDigest, len(e.Values))
	for i, v := range e.Values {
		if v.Erased || !v.Intact() {
			return fmt.Errorf("db: value %s %q of event %q does not have its digest", v.Side, v.Name, e.Act)
		}
		digests[i] = valueDigest{v.Side, v.Name, v.Digest}
	}
	if e.ID == "" {
		return errors.New("db: an event needs an id")
	}
	seq, hash, err := w.ChainHead(ctx)
	if err != nil {
		return err
	}
	e.At = e.At.UTC().Truncate(time.Microsecond)
	if err := e.Seal(claims.Event{Seq: seq, Hash: hash}); err != nil {
		return err
	}
	if err := w.create(ctx, "event", e.ID, insertInto("events", eventColumns), e.Seq, e.ID, e.At.UnixMicro(), e.Actor, e.Act,
		e.Noun, e.NounID, e.Article, e.Claim, jsonList(digests), e.PrevHash, e.Hash); err != nil {
		return err
	}
	for _, v := range e.Values {
		rows, err := w.exec(ctx, insertInto("history_values", "seq, side, name, salt, json"), e.Seq, v.Side, v.Name, v.Salt, v.JSON)
		if err != nil {
			return err
		}
		if rows == 0 {
			return fmt.Errorf("db: event %q names %q twice among its %s values", e.Act, v.Name, v.Side)
		}
	}
	if _, err := w.exec(ctx, "UPDATE chain_head SET seq = $1, hash = $2 WHERE id = 1", e.Seq, e.Hash); err != nil {
		return err
	}
	w.appended = true
	return nil
}

func (w *writer) EraseValues(ctx context.Context, seq int64) error {
	there, err := w.exists(ctx, "SELECT 1 FROM events WHERE seq = $1", seq)
	if err != nil {
		return err
	}
	if !there {
		return claims.NotFound("event", strconv.FormatInt(seq, 10))
	}
	_, err = w.exec(ctx, "DELETE FROM history_values WHERE seq = $1", seq)
	return err
}

// EraseValuesOf implements claims.EventWriter.
func (w *writer) EraseValuesOf(ctx context.Context, article string) error {
	if article == "" {
		return nil // what concerns no article
	}
	_, err := w.exec(ctx, `DELETE FROM history_values WHERE seq IN (SELECT seq FROM events
		WHERE article = $1 OR claim <> '' AND claim IN (SELECT id FROM claims WHERE article = $1))`, article)
	return err
}
