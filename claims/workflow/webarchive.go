package workflow

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

const nounArchive = "archive"

// Archivist is a public web archive. A refusal is a *claims.Error with a key that begins
// "archive."; one of KindBusy may be none the next time.
type Archivist interface {
	Submit(ctx context.Context, address string) (receipt string, err error)
	Outcome(ctx context.Context, receipt string) (claims.Archived, error)
}

// StepSubmit and StepAwait are the steps of having a page archived.
const (
	StepSubmit = "submit"
	StepAwait  = "await"
)

var archiveFields = []field[claims.ArchiveRequest]{
	plain("url", func(a *claims.ArchiveRequest) *string { return &a.URL }),
	plain("archive_state", func(a *claims.ArchiveRequest) *claims.ArchiveState { return &a.State }),
	plain("archive_address", func(a *claims.ArchiveRequest) *string { return &a.Address }),
	timed("archived_at", func(a *claims.ArchiveRequest) **time.Time { return &a.ArchivedAt }),
}

// archiveJob is what a job is asked. Hint is for whoever reads what jobs are about.
type archiveJob struct {
	Request string
	Hint    ingest.Hint
}

// Archives reports whether a web archive can be asked.
func (d *Desk) Archives() bool { return d.archivist != nil }

// ArchiveRequests gives what web archives were asked to keep of an article and of the
// evidence on its claims, newest first.
func (d *Desk) ArchiveRequests(ctx context.Context, actor claims.Actor, article string) (all []claims.ArchiveRequest, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		a, err := r.Article(ctx, article)
		if err != nil {
			return err
		}
		all, err = r.ArchiveRequests(ctx, a.ID)
		return err
	})
	return all, err
}

// AskArchive asks for the page at an article's address to be kept by the web archive.
func (d *Desk) AskArchive(ctx context.Context, actor claims.Actor, article string) (claims.ArchiveRequest, error) {
	return d.askArchive(ctx, actor, func(r claims.Reader) (claims.ArchiveRequest, error) {
		a, err := r.Article(ctx, article)
		return claims.ArchiveRequest{Article: a.ID, URL: a.URL}, err
	})
}

// AskArchiveEvidence asks so for the page of a piece of evidence.
func (d *Desk) AskArchiveEvidence(ctx context.Context, actor claims.Actor, claim, id string) (claims.ArchiveRequest, error) {
	return d.askArchive(ctx, actor, func(r claims.Reader) (claims.ArchiveRequest, error) {
		c, err := readClaim(ctx, r, claim)
		if err != nil {
			return claims.ArchiveRequest{}, err
		}
		e, err := r.EvidenceByID(ctx, clip(id, maxName))
		if err == nil && e.Claim != c.ID {
			err = claims.NotFound("evidence", e.ID)
		}
		return claims.ArchiveRequest{Article: c.Article, Claim: c.ID, Evidence: e.ID, URL: e.URL}, err
	})
}

func (d *Desk) askArchive(ctx context.Context, actor claims.Actor, find func(claims.Reader) (claims.ArchiveRequest, error)) (claims.ArchiveRequest, error) {
	var out claims.ArchiveRequest
	err := d.look(ctx, actor, claims.ActArchive, func(r claims.Reader) (err error) {
		out, err = find(r)
		return err
	})
	switch {
	case err != nil:
		return out, err
	case d.archivist == nil:
		return out, claims.Refuse(claims.KindConflict, "archive.off")
	case out.URL == "":
		return out, claims.Refuse(claims.KindConflict, "archive.no_url")
	}
	if d.fetcher != nil { // what is private here is nothing to name to others
		if err := d.fetcher.Check(ctx, out.URL); err != nil {
			return out, err
		}
	}
	err = d.act(ctx, actor, func(t *tx) error {
		if out, err = find(t); err != nil {
			return err
		}
		if err := t.may(claims.ActArchive); err != nil {
			return err
		}
		if err := t.mayTellArchive(ctx, out); err != nil {
			return err
		}
		before, open, err := t.openArchive(ctx, out)
		if err != nil || open {
			out = before
			return err
		}
		if out.ID, err = t.newID(); err != nil {
			return err
		}
		out.State, out.AskedBy, out.AskedAt, out.ChangedAt = claims.ArchiveAsked, t.actor.ID, t.now, t.now
		j, err := t.addJob(ctx, claims.Job{Kind: claims.JobArchive, Article: out.Article}, archiveJob{Request: out.ID, Hint: ingest.Hint{URL: out.URL}})
		if err != nil {
			return err
		}
		out.Job = j.ID
		if err := t.CreateArchiveRequest(ctx, out); err != nil {
			return err
		}
		return t.record(ctx, onArchive(ActArchiveAsk, out, born(archiveFields, out)...))
	})
	return out, err
}

// mayTellArchive refuses to name to the world what is for few: restricted articles, and
// what stands beside claims that a protected source was ever tied to.
func (t *tx) mayTellArchive(ctx context.Context, q claims.ArchiveRequest) error {
	a, err := t.Article(ctx, q.Article)
	switch {
	case err != nil:
		return err
	case a.Restricted:
		return claims.Refuse(claims.KindConflict, "archive.restricted")
	case q.Claim == "":
		return nil
	}
	ties, err := t.TiesOf(ctx, []string{q.Claim})
	if err != nil {
		return err
	}
	all, err := t.ProtectedSources(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		if slices.Contains(ties[q.Claim], s.ID) {
			return claims.Refuse(claims.KindConflict, "archive.protected")
		}
	}
	return nil
}

// openArchive gives the request for the same that somebody still works on.
func (t *tx) openArchive(ctx context.Context, q claims.ArchiveRequest) (claims.ArchiveRequest, bool, error) {
	all, err := t.ArchiveRequests(ctx, q.Article)
	if err != nil {
		return q, false, err
	}
	for _, before := range all {
		if before.Evidence != q.Evidence || before.URL != q.URL || before.State.Settled() {
			continue
		}
		j, err := t.Job(ctx, before.Job)
		if missing(err) || err == nil && j.State.Over() {
			continue
		}
		return before, err == nil, err
	}
	return q, false, nil
}

// ArchivePage is the work of JobArchive: submit once, then ask what came of it, at
// longer and longer intervals.
func (d *Desk) ArchivePage(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	var in archiveJob
	if err := json.Unmarshal([]byte(j.Input), &in); err != nil {
		return err
	}
	q, err := d.archiveOf(ctx, actor, in.Request)
	if err != nil {
		return err
	}
	if d.archivist == nil {
		err = claims.Refuse(claims.KindConflict, "archive.off")
		return d.settleArchive(ctx, actor, j, q, claims.ArchiveFailed, err)
	}
	if q.State == claims.ArchiveAsked {
		tell(StepSubmit, 0, 0)
		if q, err = d.submitArchive(ctx, actor, j, q); err != nil || q.State.Settled() {
			return err
		}
	}
	tell(StepAwait, 0, 0)
	out, err := d.archivist.Outcome(ctx, q.Receipt)
	switch {
	case err == nil && out.Pending:
		return d.unlessLast(ctx, actor, j, q, claims.Refuse(claims.KindBusy, "archive.pending"))
	case err == nil:
		at := out.At
		q.Address, q.ArchivedAt = out.Address, &at
		return d.settleArchive(ctx, actor, j, q, claims.ArchiveKept, nil)
	}
	return d.unlessLast(ctx, actor, j, q, err)
}

func (d *Desk) archiveOf(ctx context.Context, actor claims.Actor, id string) (q claims.ArchiveRequest, err error) {
	err = d.look(ctx, actor, claims.ActArchive, func(r claims.Reader) error {
		q, err = r.ArchiveRequest(ctx, id)
		return err
	})
	return q, err
}

// submitArchive hands the page in and notes that it was.
func (d *Desk) submitArchive(ctx context.Context, actor claims.Actor, j claims.Job, q claims.ArchiveRequest) (claims.ArchiveRequest, error) {
	// An article may have been restricted, a source protected since.
	err := d.act(ctx, actor, func(t *tx) error { return t.mayTellArchive(ctx, q) })
	if err != nil {
		settled := q
		settled.State = claims.ArchiveFailed
		return settled, d.settleArchive(ctx, actor, j, q, claims.ArchiveFailed, err)
	}
	receipt, err := d.archivist.Submit(ctx, q.URL)
	if err != nil {
		settled := q
		settled.State = claims.ArchiveFailed
		return settled, d.unlessLast(ctx, actor, j, q, err)
	}
	before := q
	q.State, q.Receipt = claims.ArchiveSubmitted, receipt
	err = d.act(ctx, actor, func(t *tx) error {
		held := j
		held.NextAt = t.now.Add(JobLease)
		if err := t.HoldJob(ctx, held); err != nil {
			return err
		}
		q.ChangedAt = t.now
		if err := t.UpdateArchiveRequest(ctx, q); err != nil {
			return err
		}
		return t.record(ctx, onArchive(ActArchiveSubmit, q, diff(archiveFields, before, q)...))
	})
	return q, err
}

// unlessLast lets a job be tried again where that may be of use, and else settles what
// came of it.
func (d *Desk) unlessLast(ctx context.Context, actor claims.Actor, j claims.Job, q claims.ArchiveRequest, failure error) error {
	if ctx.Err() != nil || passing(failure) && j.Attempt < j.MaxAttempts {
		return failure
	}
	state := claims.ArchiveFailed
	if p := jobProblem(failure); p.Key == "archive.refused" {
		state = claims.ArchiveRefused
	}
	return d.settleArchive(ctx, actor, j, q, state, failure)
}

func (d *Desk) settleArchive(ctx context.Context, actor claims.Actor, j claims.Job, q claims.ArchiveRequest, state claims.ArchiveState, why error) error {
	before := q
	q.State = state
	if why != nil {
		q.Problem = jobProblem(why)
	}
	before.Address, before.ArchivedAt = "", nil
	return d.act(ctx, actor, func(t *tx) error {
		q.ChangedAt = t.now
		if err := t.UpdateArchiveRequest(ctx, q); err != nil {
			return err
		}
		if err := t.finishJob(ctx, j, map[string]any{"request": q.ID, "state": q.State, "address": q.Address}); err != nil {
			return err
		}
		return t.record(ctx, onArchive(ActArchiveSettle, q, diff(archiveFields, before, q)...))
	})
}

// undoArchive takes back a request that the archive does not know of yet.
func (t *tx) undoArchive(ctx context.Context, e claims.Event) ([]change, error) {
	q, err := t.ArchiveRequest(ctx, e.NounID)
	if err != nil {
		return nil, err
	}
	if q.State != claims.ArchiveAsked {
		return nil, claims.Refuse(claims.KindConflict, "archive.too_late")
	}
	j, err := t.Job(ctx, q.Job)
	if err != nil && !missing(err) {
		return nil, err
	}
	if err == nil && !j.State.Over() {
		j.State, j.EndedAt = claims.JobCancelled, t.now
		if err := t.UpdateJob(ctx, j); err != nil {
			return nil, err
		}
	}
	return gone(archiveFields, q), t.DeleteArchiveRequest(ctx, q.ID)
}

func onArchive(act string, q claims.ArchiveRequest, changes ...change) entry {
	return entry{act: act, noun: nounArchive, id: q.ID, article: q.Article, claim: q.Claim, changes: changes}
}
