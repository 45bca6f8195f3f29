package workflow

import (
	"context"
	"slices"
	"time"

	"cotejo/claims"
)

// presenceKept is how long somebody counts as being on a claim after their page
// was last heard of; pages are heard of three times in that time.
const presenceKept = time.Minute

// PresenceBeat is how often an open page should be told of (Attend).
const PresenceBeat = presenceKept / 3

// Watch is what an open page shows: a claim, an article, or the whole desk.
type Watch struct {
	Claim   string
	Article string
	Desk    bool
}

// Attend notes that the actor has something open in front of them, and refuses
// what they may not see. Of articles and of the desk nothing is noted.
func (d *Desk) Attend(ctx context.Context, actor claims.Actor, w Watch) error {
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		switch {
		case w.Desk:
			return nil
		case w.Claim == "":
			_, err := r.Article(ctx, w.Article)
			return err
		}
		_, err := r.Claim(ctx, w.Claim)
		return err
	})
	if err != nil || w.Claim == "" {
		return err
	}
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.DeletePresenceBefore(ctx, t.now.Add(-2*presenceKept)); err != nil {
			return err
		}
		return t.PutPresence(ctx, claims.Presence{Claim: w.Claim, Person: actor.ID, SeenAt: t.now})
	})
}

// Leave notes that the actor has a claim open no more.
func (d *Desk) Leave(ctx context.Context, actor claims.Actor, w Watch) error {
	if w.Claim == "" {
		return nil
	}
	return d.act(ctx, actor, func(t *tx) error { return t.DeletePresence(ctx, w.Claim, actor.ID) })
}

// Change is what an event touched, by ids alone.
type Change struct {
	Seq     int64
	Claim   string
	Article string
}

// News is what happened on the desk since a moment, for whoever tells open
// pages to look again: ids only, so it is in nobody's rights.
type News struct {
	Seq     int64 // of the newest event that it knows of
	Changes []Change
	Present map[string][]string // ids of people by claim, in order
}

// News reads what happened after an event; below zero: nothing but where the
// history stands. It works on any number of servers over one database.
func (d *Desk) News(ctx context.Context, after int64) (News, error) {
	var out News
	since := d.clock.Now().Add(-presenceKept)
	err := d.store.View(ctx, func(r claims.Reader) error {
		out = News{Present: map[string][]string{}}
		head, _, err := r.ChainHead(ctx)
		if err != nil {
			return err
		}
		out.Seq = head
		if after >= 0 && after < head {
			if err := out.read(ctx, r, after); err != nil {
				return err
			}
		}
		present, err := r.Present(ctx, "", since)
		for _, p := range present {
			out.Present[p.Claim] = append(out.Present[p.Claim], p.Person)
		}
		return err
	})
	return out, err
}

// newsRead is how many events are read at a time; the rest is news next time.
const newsRead = 500

func (n *News) read(ctx context.Context, r claims.Reader, after int64) error {
	events, err := r.Events(ctx, claims.EventFilter{After: after, Limit: newsRead})
	for _, e := range events {
		n.Seq = e.Seq
		n.Changes = append(n.Changes, Change{Seq: e.Seq, Claim: e.Claim, Article: e.Article})
	}
	return err
}

// othersPresent gives the ids of who else has a claim open.
func (d *Desk) othersPresent(ctx context.Context, r claims.Reader, actor claims.Actor, claim string) ([]string, error) {
	present, err := r.Present(ctx, claim, d.clock.Now().Add(-presenceKept))
	var out []string
	for _, p := range present {
		if p.Person != actor.ID && !slices.Contains(out, p.Person) {
			out = append(out, p.Person)
		}
	}
	return out, err
}
