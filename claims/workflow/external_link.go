package workflow

import (
	"context"
	"encoding/json"
	"net/url"
	"time"

	"cotejo/claims"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
)

// backlinkJob is what a job is asked. Hint is for whoever reads what jobs are about.
type backlinkJob struct {
	External string
	Hint     ingest.Hint
}

// Backlinked is what came of looking for a link.
type Backlinked struct {
	External string           `json:"external_check"`
	State    claims.LinkState `json:"link"`
}

// AskBacklink has the page of a check published elsewhere looked at now; where that is
// asked already, it gives the job.
func (d *Desk) AskBacklink(ctx context.Context, actor claims.Actor, id string) (claims.Job, error) {
	e, err := d.ExternalCheck(ctx, actor, id)
	if err == nil {
		err = d.ask(ctx, actor, claims.ActExternal)
	}
	switch {
	case err != nil:
		return claims.Job{}, err
	case d.fetcher == nil:
		return claims.Job{}, claims.Refuse(claims.KindConflict, "fetch.off")
	case e.URL == "":
		return claims.Job{}, claims.Refuse(claims.KindConflict, "backlink.guarded")
	}
	if err := d.fetcher.Check(ctx, e.URL); err != nil {
		return claims.Job{}, err
	}
	var out claims.Job
	err = d.act(ctx, actor, func(t *tx) error {
		e, err := t.ExternalCheck(ctx, e.ID)
		if err != nil {
			return err
		}
		c, err := t.Claim(ctx, e.Claim)
		if err != nil {
			return err
		}
		if err := t.mayCite(ctx, c); err != nil {
			return err
		}
		open, _, err := t.Jobs(ctx, claims.JobFilter{Article: c.Article, Kind: claims.JobBacklink, Open: true, Page: claims.Page{Limit: maxLimit}})
		if err != nil {
			return err
		}
		for _, j := range open {
			if in, err := backlinkOf(j); err == nil && in.External == e.ID {
				out = j
				return nil
			}
		}
		out, err = t.addJob(ctx, claims.Job{Kind: claims.JobBacklink, Article: c.Article}, backlinkJob{External: e.ID, Hint: hintOf(e.URL)})
		return err
	})
	return out, err
}

func backlinkOf(j claims.Job) (in backlinkJob, err error) {
	return in, json.Unmarshal([]byte(j.Input), &in)
}

// nextBacklink plans a look at a page that is due, where none of the program's own is
// under way. It says whether it did.
func (t *tx) nextBacklink(ctx context.Context) (bool, error) {
	if t.settings.Watch.Paused {
		return false, nil
	}
	e, err := t.DueBacklink(ctx, t.now)
	if err != nil || e.ID == "" {
		return false, err
	}
	under, _, err := t.Jobs(ctx, claims.JobFilter{Kind: claims.JobBacklink, Open: true, Page: claims.Page{Limit: 1}})
	if err != nil || len(under) > 0 {
		return false, err
	}
	c, err := t.Claim(ctx, e.Claim)
	if err != nil {
		return false, err
	}
	lost := e.Link
	lost.NextAt = t.now.Add(24 * time.Hour) // should the job be lost
	if err := t.NoteBacklink(ctx, e.ID, lost); err != nil {
		return false, err
	}
	return true, t.planJob(ctx, claims.JobBacklink, c.Article, backlinkJob{External: e.ID, Hint: hintOf(e.URL)})
}

// LookForBacklink is the work of JobBacklink: see whether a page links to the claim. It
// asks where robots.txt allows it, unless a person wants to know.
func (d *Desk) LookForBacklink(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	in, err := backlinkOf(j)
	if err != nil {
		return err
	}
	var e claims.ExternalCheck
	var s claims.Settings
	err = d.view(ctx, actor, func(r claims.Reader) (err error) {
		if s, err = r.Settings(ctx); err != nil {
			return err
		}
		e, err = r.ExternalCheck(ctx, in.External)
		return err
	})
	if err != nil {
		return err
	}
	tell(StepFetch, 0, 0)
	links, page, failure := d.linksTo(ctx, e, d.address(s), j.Person == "")
	if ctx.Err() != nil {
		return ctx.Err() // the worker stops: that says nothing of the page
	}
	noted := d.act(ctx, actor, func(t *tx) error {
		now, err := t.ExternalCheck(ctx, e.ID)
		if err != nil {
			return err
		}
		was, next := now.Link, now.Link
		switch {
		case now.URL != e.URL: // somebody changed it meanwhile
		case failure != nil:
			next = was.Failed(jobProblem(failure), passing(failure), page.RetryAfter, t.now)
		default:
			next = was.Looked(links, t.now)
		}
		if err := t.putBacklink(ctx, now, next); err != nil || failure != nil {
			return err
		}
		return t.finishJob(ctx, j, Backlinked{External: e.ID, State: next.State})
	})
	if noted != nil {
		return noted
	}
	return failure
}

// linksTo fetches the page of a check and says whether it links to its claim.
func (d *Desk) linksTo(ctx context.Context, e claims.ExternalCheck, base *url.URL, unasked bool) (bool, fetch.Page, error) {
	if d.fetcher == nil {
		return false, fetch.Page{}, claims.Refuse(claims.KindConflict, "fetch.off")
	}
	if err := d.fetcher.Check(ctx, e.URL); err != nil {
		return false, fetch.Page{}, err
	}
	page, err := d.get(ctx, fetch.Request{URL: e.URL, Limit: ingest.MaxBytes, Unasked: unasked})
	if err != nil {
		return false, page, err
	}
	links, err := ingest.LinksTo(page.Body, page.MediaType, page.URL, func(to *url.URL) bool { return claims.LeadsToClaim(base, to, e.Claim) })
	return links, page, err
}

// putBacklink writes down what was seen. The history tells of links that are found and
// lost; of one that had been there, also those whose claim it is.
func (t *tx) putBacklink(ctx context.Context, e claims.ExternalCheck, next claims.Backlink) error {
	if err := t.NoteBacklink(ctx, e.ID, next); err != nil || next.State == e.Link.State {
		return err
	}
	c, err := t.Claim(ctx, e.Claim)
	if err != nil {
		return err
	}
	told := change{"link", e.Link.State, next.State}
	switch next.State {
	case claims.LinkStands:
		return t.record(ctx, onExternal(ActExternalFound, c, e, told))
	case claims.LinkMissing:
		if err := t.record(ctx, onExternal(ActExternalLost, c, e, told)); err != nil || e.Link.SeenAt.IsZero() {
			return err
		}
		return t.tellOfLink(ctx, c, e)
	}
	return nil
}

func (t *tx) tellOfLink(ctx context.Context, c claims.Claim, e claims.ExternalCheck) error {
	people := []string{e.AddedBy, c.ApprovedBy, c.Assignee}
	if c.PublishedVersion > 0 {
		p, err := t.Publication(ctx, c.ID, 0)
		if err != nil {
			return err
		}
		people = append(people, p.PublishedBy, p.ApprovedBy)
	}
	starter := t.actor
	t.actor = job // whoever asked is told too: it is no act of theirs
	defer func() { t.actor = starter }()
	return t.tell(ctx, claims.InboxLink, c.ID, people...)
}
