package db

import (
	"context"
	"time"

	"cotejo/claims"
)

const replyColumns = "person, key, request, status, header, body, at"

func scanReply(row scanner) (p claims.Reply, err error) {
	err = row.Scan(&p.Person, &p.Key, &p.Request, &p.Status, jsonColumn{&p.Header}, &p.Body, timeColumn{&p.At})
	return p, err
}

func (r *reader) Reply(ctx context.Context, person, key string) (claims.Reply, error) {
	p, err := queryOne(ctx, r, scanReply, "SELECT "+replyColumns+" FROM replies WHERE person = $1 AND key = $2", person, key)
	return found(p, err, "reply", key)
}

func (w *writer) PutReply(ctx context.Context, p claims.Reply) error {
	rows, err := w.execExempt(ctx, insertInto("replies", replyColumns), p.Person, p.Key, p.Request, p.Status, jsonValue{p.Header}, bytesOf(p.Body), p.At.UnixMicro())
	if err == nil && rows == 0 {
		return claims.Refuse(claims.KindConflict, "conflict.reply", p.Key)
	}
	return err
}

func (w *writer) DeleteReply(ctx context.Context, person, key string) error {
	_, err := w.execExempt(ctx, "DELETE FROM replies WHERE person = $1 AND key = $2", person, key)
	return err
}

func (w *writer) DeleteRepliesBefore(ctx context.Context, t time.Time) error {
	_, err := w.execExempt(ctx, "DELETE FROM replies WHERE at < $1", t.UnixMicro())
	return err
}

// DeleteReplyBodies implements claims.EventWriter.
func (w *writer) DeleteReplyBodies(ctx context.Context) error {
	_, err := w.execExempt(ctx, "DELETE FROM replies WHERE length(body) > 0")
	return err
}
