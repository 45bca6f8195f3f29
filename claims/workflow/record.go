package workflow

import (
	"context"
	"reflect"

	"cotejo/claims"
)

// change is one field before and after an act; nil where there was or is none.
type change struct {
	name          string
	before, after any
}

// diff lists the fields that differ.
func diff[T any](fields []field[T], before, after T) []change {
	var out []change
	for _, f := range fields {
		b, a := f.of(before), f.of(after)
		if !reflect.DeepEqual(b, a) {
			out = append(out, change{f.name, b, a})
		}
	}
	return out
}

// born lists what a new thing starts with: the fields that differ from nothing.
func born[T any](fields []field[T], after T) []change {
	var zero T
	out := diff(fields, zero, after)
	for i := range out {
		out[i].before = nil
	}
	return out
}

// gone lists what a removed thing had: the fields that differ from nothing.
func gone[T any](fields []field[T], before T) []change {
	out := born(fields, before)
	for i := range out {
		out[i].before, out[i].after = out[i].after, nil
	}
	return out
}

// entry is an event in the making.
type entry struct {
	act     string // one of Acts
	noun    string
	id      string
	article string
	claim   string
	reason  string
	changes []change
}

// record appends the event that tells of an act.
func (t *tx) record(ctx context.Context, e entry) error {
	id, err := t.newID()
	if err != nil {
		return err
	}
	event := claims.Event{
		ID: id, At: t.now, Actor: t.author(), Act: e.act,
		Noun: e.noun, NounID: e.id, Article: e.article, Claim: e.claim,
	}
	add := func(side claims.Side, name string, v any) error {
		value, err := claims.NewValue(t.random, side, name, v)
		event.Values = append(event.Values, value)
		return err
	}
	for _, c := range e.changes {
		if c.before != nil {
			if err := add(claims.SideBefore, c.name, c.before); err != nil {
				return err
			}
		}
		if c.after != nil {
			if err := add(claims.SideAfter, c.name, c.after); err != nil {
				return err
			}
		}
	}
	if e.reason != "" {
		if err := add(claims.SideReason, "reason", e.reason); err != nil {
			return err
		}
	}
	if err := t.AppendEvent(ctx, &event); err != nil {
		return err
	}
	t.recorded = append(t.recorded, event.ID)
	return nil
}

// author is whom the history names. A job is the program's own doing, whosever
// rights it bears.
func (t *tx) author() string {
	if t.actor.Job {
		return ""
	}
	return t.actor.ID
}

// onClaim is the entry of an act on a claim.
func onClaim(act string, c claims.Claim, changes ...change) entry {
	return entry{act: act, noun: "claim", id: c.ID, article: c.Article, claim: c.ID, changes: changes}
}
