package workflow

import (
	"context"
	"time"

	"cotejo/claims"
)

// DeskView is what somebody sees first: four short lists of claims, each with
// how many there are in all, and the newest articles.
type DeskView struct {
	Needs         DeskList                  // waits for the actor
	Unassigned    DeskList                  // waits for anybody
	Pending       DeskList                  // due within a day, overdue, or waiting for an answer
	Changed       DeskList                  // the article's text changed since
	ChangedPublic int                       // how many of Changed the public sees
	Asked         map[string]claims.Contact // of Pending, by claim: whose answer is most pressing
	Suggested     int                       // machine suggestions that nobody looked at
	Counts        map[claims.State]int
	Articles      []claims.ArticleRow
	Reports       ReportsView // open ones, first due first; empty for who may not read them
	Now           time.Time
}

// DeskList is the beginning of a list, and its length.
type DeskList struct {
	Rows  []claims.ClaimRow
	Total int
}

const (
	deskRows = 6
	dueSoon  = 24 * time.Hour
)

// NeedsOf narrows to what waits for the actor: their own work, and what they
// may review or publish.
func NeedsOf(actor claims.Actor, s claims.Settings) *claims.Needs {
	return &claims.Needs{
		Person: actor.ID,
		Review: claims.May(actor, claims.ActClaimApprove, s) == nil, Publish: claims.May(actor, claims.ActClaimPublish, s) == nil,
	}
}

// DueSoon is the moment before which a due date counts as pressing.
func (d *Desk) DueSoon() time.Time { return d.clock.Now().Add(dueSoon) }

// DeskView gives the actor's first page.
func (d *Desk) DeskView(ctx context.Context, actor claims.Actor) (DeskView, error) {
	var v DeskView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		v = DeskView{Now: d.clock.Now()}
		s, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		for _, list := range []struct {
			to *DeskList
			f  claims.ClaimFilter
		}{
			{&v.Needs, claims.ClaimFilter{Needs: NeedsOf(actor, s), Order: claims.OrderQueue}},
			{&v.Unassigned, claims.ClaimFilter{States: queued, Assignee: "none", Order: claims.OrderQueue}},
			{&v.Pending, claims.ClaimFilter{Pending: d.DueSoon(), Order: claims.OrderQueue}},
			{&v.Changed, claims.ClaimFilter{Changed: true, Order: claims.OrderUpdated}},
		} {
			if *list.to, err = deskList(ctx, r, list.f); err != nil {
				return err
			}
		}
		if v.Counts, err = r.CountClaims(ctx, claims.ClaimFilter{}); err != nil {
			return err
		}
		if v.Asked, err = askedOf(ctx, r, v.Pending.Rows); err != nil {
			return err
		}
		if v.ChangedPublic, err = changedPublic(ctx, r); err != nil {
			return err
		}
		if may(ctx, r, actor, claims.ActReportLook) == nil {
			if err := v.readReports(ctx, r); err != nil {
				return err
			}
		}
		v.Suggested = v.Counts[claims.StateSuggested]
		v.Articles, _, err = r.Articles(ctx, claims.ArticleFilter{Page: claims.Page{Limit: deskRows}})
		return err
	})
	return v, err
}

func changedPublic(ctx context.Context, r claims.ClaimReader) (n int, err error) {
	counts, err := r.CountClaims(ctx, claims.ClaimFilter{Changed: true, Published: true})
	for _, in := range counts {
		n += in
	}
	return n, err
}

func deskList(ctx context.Context, r claims.ClaimReader, f claims.ClaimFilter) (out DeskList, err error) {
	counts, err := r.CountClaims(ctx, f)
	if err != nil {
		return out, err
	}
	for _, n := range counts {
		out.Total += n
	}
	f.Limit = deskRows
	out.Rows, _, err = r.Claims(ctx, f)
	return out, err
}

// askedOf gives, of each claim that waits for answers, the contact with the earliest
// deadline, else the one who was asked first.
func askedOf(ctx context.Context, r claims.Reader, rows []claims.ClaimRow) (map[string]claims.Contact, error) {
	out := map[string]claims.Contact{}
	for _, row := range rows {
		asked, err := r.Contacts(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		for _, k := range asked {
			if !k.Waiting() {
				continue
			}
			if first, ok := out[row.ID]; !ok || k.Deadline != nil && (first.Deadline == nil || k.Deadline.Before(*first.Deadline)) {
				out[row.ID] = k
			}
		}
	}
	return out, nil
}
