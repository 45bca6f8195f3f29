package workflow

import (
	"context"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// keepReplies is how long the same key gives the first answer again.
const keepReplies = 24 * time.Hour

// answerWithin is how long a first request may take to be answered. After it the
// program may have stopped in the middle, and only a look at the desk can tell
// what was done.
const answerWithin = 2 * time.Minute

const maxKey = 255 // code points of an Idempotency-Key

// The two rows of a key: that it is taken, and the answer.
const (
	reservation = "reserved "
	answer      = "answer "
)

// Reserve asks for the answer to a request that bears an Idempotency-Key. With
// fresh set nobody asked before, and the caller must act and then Answer; else
// the reply is the first answer. The same key with another request is a
// conflict; one whose first request is not answered yet is busy, and a conflict
// where it should have been answered long ago.
func (d *Desk) Reserve(ctx context.Context, actor claims.Actor, key, request string) (reply claims.Reply, fresh bool, err error) {
	err = d.act(ctx, actor, func(t *tx) error {
		reply, fresh = claims.Reply{}, false
		if n := utf8.RuneCountInString(key); n == 0 || n > maxKey {
			return claims.Invalid("Idempotency-Key", "text.too_long", n, maxKey)
		}
		if err := t.DeleteRepliesBefore(ctx, t.now.Add(-keepReplies)); err != nil {
			return err
		}
		taken, err := t.Reply(ctx, actor.ID, reservation+key)
		switch {
		case missing(err):
			reply, fresh = claims.Reply{Person: actor.ID, Key: key, Request: request, At: t.now}, true
			return t.putReply(ctx, reservation, reply)
		case err != nil:
			return err
		case taken.Request != request:
			return claims.Refuse(claims.KindConflict, "idempotency.other_request")
		}
		reply, err = t.Reply(ctx, actor.ID, answer+key)
		if missing(err) {
			return t.unanswered(taken)
		}
		reply.Key = key
		return err
	})
	return reply, fresh && err == nil, err
}

// unanswered refuses a key that is taken, but has no answer.
func (t *tx) unanswered(taken claims.Reply) error {
	if t.now.Sub(taken.At) < answerWithin {
		return claims.Refuse(claims.KindBusy, "idempotency.unanswered")
	}
	return claims.Refuse(claims.KindConflict, "api.key_outcome_unknown")
}

// Answer keeps the answer to a reserved request.
func (d *Desk) Answer(ctx context.Context, actor claims.Actor, reply claims.Reply) error {
	return d.act(ctx, actor, func(t *tx) error {
		taken, err := t.Reply(ctx, actor.ID, reservation+reply.Key)
		if err != nil {
			return err
		}
		kept := reply
		kept.Person, kept.Request, kept.At = actor.ID, taken.Request, taken.At
		return t.putReply(ctx, answer, kept)
	})
}

// Release gives a reserved key back, because nothing was done for it: the same
// request may then be tried again.
func (d *Desk) Release(ctx context.Context, actor claims.Actor, key string) error {
	return d.act(ctx, actor, func(t *tx) error {
		if _, err := t.Reply(ctx, actor.ID, answer+key); !missing(err) {
			return err
		}
		return t.DeleteReply(ctx, actor.ID, reservation+key)
	})
}

// putReply keeps one row of a key.
func (t *tx) putReply(ctx context.Context, row string, r claims.Reply) error {
	r.Key = row + r.Key
	return t.PutReply(ctx, r)
}
