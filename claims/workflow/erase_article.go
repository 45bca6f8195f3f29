package workflow

import (
	"context"
	"strings"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// ErasePlan is what erasing an article would take away, counted.
type ErasePlan struct {
	Article    claims.Article
	Snapshots  int // whose text stands
	Claims     int
	Evidence   int
	Files      int // files and copies of it
	Threads    int // notes, contacts, reviews, opinions, reports
	Skips      int
	Jobs       int
	Requests   int // to web archives
	Copies     int // that show its claims
	Events     int // whose values go
	Standing   []claims.ClaimRow
	Tombstones []claims.ClaimRow // withdrawn: what was published of them stays under its banner
}

// ErasePlan says what erasing an article would take away, and what stands in its way.
func (d *Desk) ErasePlan(ctx context.Context, actor claims.Actor, id string) (ErasePlan, error) {
	var p ErasePlan
	err := d.look(ctx, actor, claims.ActErase, func(r claims.Reader) (err error) {
		p, _, err = planErase(ctx, r, id)
		return err
	})
	return p, err
}

// remains is what hangs on an article and goes with it.
type remains struct {
	rows     []claims.ClaimRow
	evidence map[string][]claims.Evidence // by claim
	jobs     []claims.Job
	requests []claims.ArchiveRequest
	skips    []claims.Skip
	blobs    []string
}

// planErase counts what there is of an article.
func planErase(ctx context.Context, r claims.Reader, id string) (p ErasePlan, all remains, err error) {
	if p.Article, err = r.Article(ctx, id); err != nil {
		return p, all, err
	}
	snapshots, err := r.Snapshots(ctx, p.Article.ID)
	if err != nil {
		return p, all, err
	}
	for _, s := range snapshots {
		if !s.Erased {
			p.Snapshots++
		}
	}
	for _, count := range []func(context.Context, claims.Reader, *ErasePlan) error{all.countClaims, all.countRest} {
		if err := count(ctx, r, &p); err != nil {
			return p, all, err
		}
	}
	if all.jobs, err = jobsAbout(ctx, r, p.Article, snapshots); err != nil {
		return p, all, err
	}
	p.Jobs = len(all.jobs)
	p.Events, err = countEvents(ctx, r, p.Article.ID)
	return p, all, err
}

func (all *remains) countClaims(ctx context.Context, r claims.Reader, p *ErasePlan) (err error) {
	if all.rows, err = claimsIn(ctx, r, p.Article.ID); err != nil {
		return err
	}
	all.evidence = map[string][]claims.Evidence{}
	for _, row := range all.rows {
		switch {
		case row.PublishedVersion > 0 && row.State != claims.StateWithdrawn:
			p.Standing = append(p.Standing, row)
		case row.PublishedVersion > 0:
			p.Tombstones = append(p.Tombstones, row)
		}
		list, err := r.Evidence(ctx, row.ID)
		if err != nil {
			return err
		}
		all.evidence[row.ID] = list
		for _, e := range list {
			for _, sum := range []string{e.File.SHA256, e.Copy.SHA256} {
				if sum != "" {
					p.Files++
					all.blobs = append(all.blobs, sum)
				}
			}
		}
		p.Evidence += len(list)
		n, err := threadsOf(ctx, r, row.ID)
		if err != nil {
			return err
		}
		p.Threads += n
	}
	p.Claims = len(all.rows)
	return nil
}

func threadsOf(ctx context.Context, r claims.Reader, claim string) (int, error) {
	notes, err := r.Notes(ctx, claim)
	if err != nil {
		return 0, err
	}
	contacts, err := r.Contacts(ctx, claim)
	if err != nil {
		return 0, err
	}
	reviews, err := r.Reviews(ctx, claim)
	if err != nil {
		return 0, err
	}
	reports, err := reportsOf(ctx, r, claim)
	if err != nil {
		return 0, err
	}
	elsewhere, err := r.ExternalChecks(ctx, claim)
	if err != nil {
		return 0, err
	}
	opinions, err := r.Opinions(ctx, claim)
	return len(elsewhere) + len(notes) + len(contacts) + len(reviews) + len(reports) + len(opinions), err
}

// reportsOf gives all that readers reported of a claim.
func reportsOf(ctx context.Context, r claims.ReportReader, claim string) (all []claims.ErrorReport, err error) {
	f := claims.ReportFilter{Claim: claim, Page: claims.Page{Limit: maxLimit}}
	for {
		some, next, err := r.Reports(ctx, f)
		all = append(all, some...)
		if err != nil || next == "" {
			return all, err
		}
		f.Cursor = next
	}
}

func (all *remains) countRest(ctx context.Context, r claims.Reader, p *ErasePlan) (err error) {
	if all.skips, err = r.Skips(ctx, p.Article.ID); err != nil {
		return err
	}
	if all.requests, err = r.ArchiveRequests(ctx, p.Article.ID); err != nil {
		return err
	}
	copies, err := r.CopiesOf(ctx, p.Article.ID)
	p.Skips, p.Requests, p.Copies = len(all.skips), len(all.requests), len(copies)
	return err
}

func countEvents(ctx context.Context, r claims.EventReader, article string) (n int, err error) {
	f := claims.EventFilter{Article: article, Limit: maxLimit}
	for {
		events, err := r.Events(ctx, f)
		if err != nil {
			return 0, err
		}
		for _, e := range events {
			if !allErased(e) {
				n++
			}
		}
		if len(events) < f.Limit {
			return n, nil
		}
		f.After = events[len(events)-1].Seq
	}
}

// jobsAbout finds the jobs that hold anything of an article: its own, those that name
// it, as imports do of what they took in, and those that fetched the same address or the
// same bytes and led nowhere.
func jobsAbout(ctx context.Context, r claims.JobReader, a claims.Article, snapshots []claims.Snapshot) ([]claims.Job, error) {
	known := map[string]bool{a.URL: true, a.CanonicalURL: true}
	for _, s := range snapshots {
		known[s.RawSHA256] = true
	}
	delete(known, "")
	var out []claims.Job
	f := claims.JobFilter{Page: claims.Page{Limit: maxLimit}}
	for {
		jobs, next, err := r.Jobs(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, j := range jobs {
			in, found := holdsOf(j)
			if j.Article == a.ID || strings.Contains(j.Input+j.Result, a.ID) || known[in.URL] || known[found.URL] || known[found.SHA256] || found.Found != nil && known[found.Found.CanonicalURL] {
				out = append(out, j)
			}
		}
		if next == "" {
			return out, nil
		}
		f.Cursor = next
	}
}

// holdsOf reads what a job was asked and what it brought, as far as it is of pages.
func holdsOf(j claims.Job) (asked ingest.Hint, found FoundPage) {
	if in, err := RequestOf(j); err == nil {
		asked = in.Hint
	}
	_ = decode(rawOf(j.Result), &found) // of other kinds nothing is found
	return asked, found
}

func rawOf(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

// EraseArticle takes away what an article and all that hangs on it say: texts, bytes,
// the claims' words and judgements, evidence, threads, the values of every event. Ids,
// hashes, states and the history's digests stay. confirm is the article's id, typed.
// Refused while anything of it stands published.
func (d *Desk) EraseArticle(ctx context.Context, actor claims.Actor, id, confirm, reason string) error {
	return d.act(ctx, actor, func(t *tx) error {
		plan, all, err := planErase(ctx, t, id)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActErase); err != nil {
			return err
		}
		if reason, err = plan.check(confirm, reason); err != nil {
			return err
		}
		if err := t.eraseParts(ctx, plan.Article, all); err != nil {
			return err
		}
		if err := t.unlinkCopies(ctx, plan.Article.ID); err != nil {
			return err
		}
		if err := t.EraseValuesOf(ctx, plan.Article.ID); err != nil {
			return err
		}
		for _, row := range all.rows {
			if err := t.eraseClaim(ctx, row.Claim); err != nil {
				return err
			}
		}
		after := frameOf(plan.Article)
		after.UpdatedAt = t.now
		if err := t.UpdateArticle(ctx, &after); err != nil {
			return err
		}
		e := onArticle(ActErase, after, change{"snapshots", nil, plan.Snapshots}, change{"claims", nil, plan.Claims}, change{"evidence_count", nil, plan.Evidence})
		e.reason = reason
		return t.record(ctx, e)
	})
}

// check refuses an erasure that may not be, and gives the reason as it is kept.
func (p ErasePlan) check(confirm, reason string) (string, error) {
	switch {
	case p.Article.Erased:
		return "", claims.Refuse(claims.KindConflict, "erase.done")
	case len(p.Standing) > 0:
		var ids []string
		for _, row := range p.Standing {
			ids = append(ids, claims.ShowID(row.ID))
		}
		return "", claims.Refuse(claims.KindConflict, "erase.published", strings.Join(ids, ", "))
	}
	reason = clean(reason)
	var f faults
	f.required("reason", reason, maxReason)
	if !strings.EqualFold(strings.TrimSpace(confirm), p.Article.ID) {
		f.add("confirm", "erase.confirm", p.Article.ID)
	}
	return reason, f.err()
}

// frameOf is what stays of an erased article.
func frameOf(a claims.Article) claims.Article {
	return claims.Article{
		ID: a.ID, Title: claims.ErasedWords, Language: a.Language, CreatedBy: a.CreatedBy, CreatedAt: a.CreatedAt, Version: a.Version,
		Restricted: a.Restricted, Readers: a.Readers, Erased: true,
	}
}

// eraseParts takes away what hangs on an article beside its claims.
func (t *tx) eraseParts(ctx context.Context, a claims.Article, all remains) error {
	for _, list := range all.evidence {
		for _, e := range list {
			if err := t.DeleteEvidence(ctx, e.Claim, e.ID); err != nil {
				return err
			}
		}
	}
	snapshots, err := t.Snapshots(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, s := range snapshots {
		if !s.Erased {
			if err := t.Writer.EraseSnapshot(ctx, a.ID, s.N); err != nil {
				return err
			}
		}
	}
	for _, s := range all.skips {
		if err := t.DeleteSkip(ctx, a.ID, s.ID); err != nil {
			return err
		}
	}
	for _, q := range all.requests {
		if err := t.DeleteArchiveRequest(ctx, q.ID); err != nil {
			return err
		}
	}
	for _, j := range all.jobs {
		if _, found := holdsOf(j); found.SHA256 != "" {
			all.blobs = append(all.blobs, found.SHA256)
		}
		if err := t.DeleteJob(ctx, j.ID); err != nil {
			return err
		}
	}
	for _, sum := range all.blobs {
		if err := t.DropBlob(ctx, sum); err != nil {
			return err
		}
	}
	if err := t.PutWatch(ctx, claims.Watch{Article: a.ID}); err != nil {
		return err
	}
	if err := t.EraseFeedItems(ctx, a.ID, []string{a.URL, a.CanonicalURL}); err != nil {
		return err
	}
	return t.DeleteReplyBodies(ctx)
}

// eraseThreads takes away what people wrote about a claim.
func (t *tx) eraseThreads(ctx context.Context, claim string) error {
	if err := t.DeleteSchedules(ctx, claims.ScheduleOfClaim, claim); err != nil {
		return err
	}
	notes, err := t.Notes(ctx, claim)
	if err != nil {
		return err
	}
	for _, n := range notes {
		if err := t.DeleteNote(ctx, claim, n.ID); err != nil {
			return err
		}
	}
	contacts, err := t.Contacts(ctx, claim)
	if err != nil {
		return err
	}
	for _, c := range contacts {
		if err := t.DeleteContact(ctx, claim, c.ID); err != nil {
			return err
		}
	}
	reviews, err := t.Reviews(ctx, claim)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if err := t.DeleteReview(ctx, claim, r.ID); err != nil {
			return err
		}
	}
	reports, err := reportsOf(ctx, t, claim)
	if err != nil {
		return err
	}
	for _, r := range reports {
		if err := t.DeleteReport(ctx, claim, r.ID); err != nil {
			return err
		}
	}
	elsewhere, err := t.ExternalChecks(ctx, claim)
	if err != nil {
		return err
	}
	for _, e := range elsewhere {
		if err := t.DeleteExternalCheck(ctx, claim, e.ID); err != nil {
			return err
		}
	}
	opinions, err := t.Opinions(ctx, claim)
	if err != nil {
		return err
	}
	for _, o := range opinions {
		if err := t.DeleteOpinion(ctx, claim, o.ID); err != nil {
			return err
		}
	}
	return nil
}

// eraseClaim leaves of a claim its id, its place and what became of it. One that was
// being worked on is set aside.
func (t *tx) eraseClaim(ctx context.Context, c claims.Claim) error {
	if err := t.eraseThreads(ctx, c.ID); err != nil {
		return err
	}
	c, err := t.Claim(ctx, c.ID)
	if err != nil {
		return err
	}
	after := claims.Claim{
		ID: c.ID, Article: c.Article, Snapshot: c.Snapshot, Language: c.Language, State: c.State, Origin: claims.Origin{By: c.Origin.By, Accepted: c.Origin.Accepted},
		PublishedVersion: c.PublishedVersion, PublishedAt: c.PublishedAt, Corrections: c.Corrections,
		CreatedBy: c.CreatedBy, CreatedAt: c.CreatedAt, UpdatedAt: t.now, Version: c.Version,
	}
	after.Standalone, after.Kind = claims.ErasedWords, claims.KindOther
	for _, f := range c.Fragments {
		after.Fragments = append(after.Fragments, claims.Fragment{Span: f.Span})
	}
	if c.State != claims.StateWithdrawn {
		after.State, after.Dismissed = claims.StateDismissed, &claims.Dismissal{Reason: claims.DismissWrong}
	}
	if c.Dismissed != nil {
		after.Dismissed = &claims.Dismissal{Reason: c.Dismissed.Reason, Of: c.Dismissed.Of}
	}
	if err := t.UpdateClaim(ctx, &after); err != nil {
		return err
	}
	return t.record(ctx, onClaim(ActErase, after, change{"state", c.State, after.State}))
}

// unlinkCopies lets the copies of an article stand by themselves.
func (t *tx) unlinkCopies(ctx context.Context, article string) error {
	copies, err := t.CopiesOf(ctx, article)
	if err != nil {
		return err
	}
	for _, id := range copies {
		before, err := t.Article(ctx, id)
		if err != nil {
			return err
		}
		after := before
		after.CopyOf, after.UpdatedAt = "", t.now
		if err := t.UpdateArticle(ctx, &after); err != nil {
			return err
		}
		if err := t.record(ctx, onArticle(ActArticleUnlink, after, diff(articleFields, before, after)...)); err != nil {
			return err
		}
	}
	return nil
}
