package workflow

import (
	"context"

	"cotejo/claims"
)

// noteFields is what the history tells of a note.
var noteFields = []field[claims.Note]{
	plain("text", func(n *claims.Note) *string { return &n.Text }),
}

// AddNote writes into the thread on a claim, whatever its state.
func (d *Desk) AddNote(ctx context.Context, actor claims.Actor, claim, text string) (claims.Note, error) {
	var note claims.Note
	err := d.act(ctx, actor, func(t *tx) error {
		c, err := readClaim(ctx, t, claim)
		if err != nil {
			return err
		}
		if err := claims.MayOnClaim(actor, claims.ActNoteAdd, c, t.settings); err != nil {
			return err
		}
		words := clean(text)
		var f faults
		f.required("text", words, maxNote)
		if err := f.err(); err != nil {
			return err
		}
		note, err = t.addNote(ctx, c, words)
		return err
	})
	return note, err
}

// addNote writes a note and the event of it.
func (t *tx) addNote(ctx context.Context, c claims.Claim, text string) (claims.Note, error) {
	id, err := t.newID()
	if err != nil {
		return claims.Note{}, err
	}
	note := claims.Note{ID: id, Claim: c.ID, Author: t.actor.ID, Text: text, At: t.now}
	if err := t.CreateNote(ctx, note); err != nil {
		return claims.Note{}, err
	}
	if err := t.record(ctx, entry{
		act: ActNoteAdd, noun: "note", id: id, article: c.Article, claim: c.ID, changes: born(noteFields, note),
	}); err != nil {
		return claims.Note{}, err
	}
	return note, t.mention(ctx, note)
}
