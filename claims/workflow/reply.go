package workflow

import (
	"context"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// keepReplies is how long the same key gives the first answer again.
const keepReplies = 24 * time.Hour

const maxKey = 255 // code points of an Idempotency-Key

// Reserve asks for the answer to a request that bears an Idempotency-Key. With
// fresh set nobody asked before, and the caller must act and then Answer; else
// the reply is the first answer. The same key with another request is a
// conflict; one whose first request is not answered yet is busy.
func (d *Desk) Reserve(ctx context.Context, actor claims.Actor, key, request string) (reply claims.Reply, fresh bool, err error) {
	err = d.act(ctx, actor, func(t *tx) error {
		if n := utf8.RuneCountInString(key); n == 0 || n > maxKey {
			return claims.Invalid("Idempotency-Key", "text.too_long", n, maxKey)
		}
		if err := t.DeleteRepliesBefore(ctx, t.now.Add(-keepReplies)); err != nil {
			return err
		}
		var err error
		reply, err = t.Reply(ctx, actor.ID, key)
		switch fresh = missing(err); {
		case fresh:
			reply = claims.Reply{Person: actor.ID, Key: key, Request: request, At: t.now}
			return t.PutReply(ctx, reply)
		case err != nil:
			return err
		case reply.Request != request:
			return claims.Refuse(claims.KindConflict, "idempotency.other_request")
		case reply.Status == 0:
			return claims.Refuse(claims.KindBusy, "idempotency.unanswered")
		}
		return nil
	})
	return reply, fresh && err == nil, err
}

// Answer keeps the answer to a reserved request.
func (d *Desk) Answer(ctx context.Context, actor claims.Actor, reply claims.Reply) error {
	return d.act(ctx, actor, func(t *tx) error {
		kept, err := t.Reply(ctx, actor.ID, reply.Key)
		if err != nil {
			return err
		}
		kept.Status, kept.Header, kept.Body = reply.Status, reply.Header, reply.Body
		return t.PutReply(ctx, kept)
	})
}
