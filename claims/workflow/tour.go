package workflow

import (
	"context"
	"strconv"

	"cotejo/claims"
)

// SetTour says at which step of the first-run tour the actor is, 1 to claims.TourSteps;
// 0 is the end of it.
func (d *Desk) SetTour(ctx context.Context, actor claims.Actor, step int) error {
	return d.changeSelf(ctx, actor, ActPersonTour, func(_ *tx, p *claims.Person) error {
		if step < 0 || step > claims.TourSteps {
			return claims.Invalid("step", "tour.step_unknown", strconv.Itoa(claims.TourSteps))
		}
		p.Tour = step
		return nil
	})
}

// Tour gives the step that the actor is at; 0 for none.
func (d *Desk) Tour(ctx context.Context, actor claims.Actor) (step int, err error) {
	err = d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) error {
		p, err := r.Person(ctx, actor.ID)
		step = p.Tour
		return err
	})
	return step, err
}
