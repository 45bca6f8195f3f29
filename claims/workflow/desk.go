package workflow

import (
	"context"

	"cotejo/claims"
)

// DeskView is what somebody sees first: at most eight rows of each list.
type DeskView struct {
	Mine       []claims.ClaimRow // the actor's, still in work
	Submitted  []claims.ClaimRow // waiting for a second pair of eyes
	Suggested  []claims.ClaimRow // the most check-worthy first
	HelpNeeded []claims.ClaimRow
	Counts     map[claims.State]int
	Articles   []claims.ArticleRow
}

const deskRows = 8

// inWork are the states in which a claim waits for its assignee.
var inWork = []claims.State{claims.StateOpen, claims.StateInCheck, claims.StateHelpNeeded, claims.StateReturned, claims.StateReopened}

// DeskView gives the actor's first page.
func (d *Desk) DeskView(ctx context.Context, actor claims.Actor) (DeskView, error) {
	var v DeskView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		v = DeskView{}
		for _, list := range []struct {
			rows *[]claims.ClaimRow
			f    claims.ClaimFilter
		}{
			{&v.Mine, claims.ClaimFilter{Assignee: actor.ID, States: inWork, Order: claims.OrderUpdated}},
			{&v.Submitted, claims.ClaimFilter{States: []claims.State{claims.StateSubmitted}, Order: claims.OrderWorth}},
			{&v.Suggested, claims.ClaimFilter{States: []claims.State{claims.StateSuggested}, Order: claims.OrderWorth}},
			{&v.HelpNeeded, claims.ClaimFilter{States: []claims.State{claims.StateHelpNeeded}, Order: claims.OrderUpdated}},
		} {
			list.f.Limit = deskRows
			rows, _, err := r.Claims(ctx, list.f)
			if err != nil {
				return err
			}
			*list.rows = rows
		}
		var err error
		if v.Counts, err = r.CountClaims(ctx, claims.ClaimFilter{}); err != nil {
			return err
		}
		v.Articles, _, err = r.Articles(ctx, claims.ArticleFilter{Page: claims.Page{Limit: deskRows}})
		return err
	})
	return v, err
}
