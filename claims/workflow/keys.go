package workflow

import (
	"context"

	"cotejo/claims"
)

// SetKeys chooses which keys do what on the actor's own pages.
func (d *Desk) SetKeys(ctx context.Context, actor claims.Actor, keys claims.Keymap) error {
	return d.changeSelf(ctx, actor, ActPersonKeys, func(_ *tx, p *claims.Person) error {
		var f faults
		for act, why := range keys.Problems() {
			f.add("key_"+string(act), why)
		}
		p.Keys = keys.String()
		return f.err()
	})
}

// Keys gives which keys do what on the actor's own pages.
func (d *Desk) Keys(ctx context.Context, actor claims.Actor) (keys claims.Keymap, err error) {
	err = d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) error {
		p, err := r.Person(ctx, actor.ID)
		keys = claims.ParseKeymap(p.Keys)
		return err
	})
	return keys, err
}
