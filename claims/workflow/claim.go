package workflow

import (
	"context"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
)

// claimFields is what the history tells of a claim.
var claimFields = []field[claims.Claim]{
	plain("state", func(c *claims.Claim) *claims.State { return &c.State }),
	plain("snapshot", func(c *claims.Claim) *int { return &c.Snapshot }),
	plain("anchor", func(c *claims.Claim) *claims.Anchor { return &c.Anchor }),
	listed("fragments", func(c *claims.Claim) *[]claims.Fragment { return &c.Fragments }),
	plain("standalone", func(c *claims.Claim) *string { return &c.Standalone }),
	plain("kind", func(c *claims.Claim) *claims.Kind { return &c.Kind }),
	attributionsField(),
	listed("quantities", func(c *claims.Claim) *[]claims.Quantity { return &c.Quantities }),
	listed("times", func(c *claims.Claim) *[]claims.Time { return &c.Times }),
	dated("made_on", func(c *claims.Claim) **claims.Date { return &c.MadeOn }),
	plain("priority", func(c *claims.Claim) *int { return &c.Priority }),
	listed("tags", func(c *claims.Claim) *[]string { return &c.Tags }),
	plain("assignee", func(c *claims.Claim) *string { return &c.Assignee }),
	timed("due", func(c *claims.Claim) **time.Time { return &c.Due }),
	plain("origin", func(c *claims.Claim) *claims.Origin { return &c.Origin }),
	dismissedField(),
	plain("content", func(c *claims.Claim) *string { return &verdictIn(c).Content }),
	plain("attribution", func(c *claims.Claim) *string { return &verdictIn(c).Attribution }),
	plain("rationale", func(c *claims.Claim) *string { return &verdictIn(c).Rationale }),
	plain("what_is_true", func(c *claims.Claim) *string { return &verdictIn(c).WhatIsTrue }),
	dated("as_of", func(c *claims.Claim) **claims.Date { return &verdictIn(c).AsOf }),
	dated("review_again", func(c *claims.Claim) **claims.Date { return &verdictIn(c).ReviewAgain }),
	plain("scale", func(c *claims.Claim) *int64 { return &verdictIn(c).Scale }),
	plain("verdict_by", func(c *claims.Claim) *string { return &verdictIn(c).ChangedBy }),
	stamped("verdict_at", func(c *claims.Claim) *time.Time { return &verdictIn(c).ChangedAt }),
	plain("submitted_by", func(c *claims.Claim) *string { return &c.SubmittedBy }),
	timed("submitted_at", func(c *claims.Claim) **time.Time { return &c.SubmittedAt }),
	plain("reviewed_by", func(c *claims.Claim) *string { return &c.ReviewedBy }),
	timed("reviewed_at", func(c *claims.Claim) **time.Time { return &c.ReviewedAt }),
	plain("approved_by", func(c *claims.Claim) *string { return &c.ApprovedBy }),
	plain("published_version", func(c *claims.Claim) *int { return &c.PublishedVersion }),
	plain("correction_count", func(c *claims.Claim) *int { return &c.Corrections }),
}

func attributionsField() field[claims.Claim] {
	f := listed("attributions", func(c *claims.Claim) *[]claims.Attribution { return &c.Attributions })
	f.of = func(c claims.Claim) any { return someLinks(c.Attributions) }
	return f
}

func dismissedField() field[claims.Claim] {
	f := plain("dismissed", func(c *claims.Claim) **claims.Dismissal { return &c.Dismissed })
	f.of = func(c claims.Claim) any { return dismissalOf(c) }
	f.put = func(c *claims.Claim, raw []byte) error {
		var d claims.Dismissal
		err := decode(raw, &d)
		if c.Dismissed = nil; d.Reason != "" {
			c.Dismissed = &d
		}
		return err
	}
	return f
}

// verdictIn is the claim's verdict to write into.
func verdictIn(c *claims.Claim) *claims.Verdict {
	if c.Verdict == nil {
		c.Verdict = &claims.Verdict{}
	}
	return c.Verdict
}

func verdictOf(c claims.Claim) claims.Verdict {
	if c.Verdict == nil {
		return claims.Verdict{}
	}
	return *c.Verdict
}

func dismissalOf(c claims.Claim) claims.Dismissal {
	if c.Dismissed == nil {
		return claims.Dismissal{}
	}
	return *c.Dismissed
}

// someLinks evens out empty lists inside attributions, which a store may give
// back as nil.
func someLinks(list []claims.Attribution) []claims.Attribution {
	out := make([]claims.Attribution, len(list))
	for i, a := range list {
		a.Sources, a.Via = some(a.Sources), some(a.Via)
		out[i] = a
	}
	return out
}

// ClaimView is a claim with all that its page shows.
type ClaimView struct {
	Row          claims.ClaimRow
	Snapshot     claims.Snapshot // with Text
	Newest       int             // number of the article's newest snapshot
	Restricted   bool            // its article is for named people only
	Erased       bool            // its article was erased
	Appearances  []claims.Appearance
	Archives     []claims.ArchiveRequest // of its article and all evidence there, newest first
	Evidence     []claims.Evidence
	Shared       map[string][]string // by a piece of evidence: the other claims that the same document stands on
	Notes        []claims.Note
	Reviews      []claims.Review
	Contacts     []claims.Contact
	External     []claims.ExternalCheck // published elsewhere
	Reports      []claims.ErrorReport   // newest first; none for who may not read them
	Publications []claims.Publication
	Checks       []claims.CheckPublication
	Events       []claims.Event           // newest first, at most 200
	People       map[string]claims.Person // by id
	Moves        []MoveOption
	Undo         *claims.Event            // what the actor could take back next
	Sources      map[string]claims.Source // what its links are tied to, by the id in the link
	Offers       []TieOffer               // of links that are tied to nothing
	Origins      []claims.SharedOrigin    // that several tellings lead to
	Settings     claims.Settings
	Scales       claims.Scales
	Lacks        []claims.Lack // rules of evidence that it does not keep
	Opinions     []claims.Opinion
	Owes         bool             // the actor should give an opinion of their own
	Present      []string         // ids of who else has it open
	Lint         []export.Finding // how its ClaimReview stands to the rules; only where publishing is next
	Override     string           // why it was handed in all the same, where the rules block
}

// MoveOption is a move that the table has from here. Refused is nil where the
// actor may do it now, else why not and who could.
type MoveOption struct {
	claims.Move
	Refused error
}

// Claims gives a page of the list of claims.
func (d *Desk) Claims(ctx context.Context, actor claims.Actor, f claims.ClaimFilter) (rows []claims.ClaimRow, next string, err error) {
	f.Page = bounded(f.Page)
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		if err := checkFilter(f); err != nil {
			return err
		}
		rows, next, err = r.Claims(ctx, f)
		return err
	})
	return rows, next, err
}

// checkFilter bounds what is searched for.
func checkFilter(f claims.ClaimFilter) error {
	var wrong faults
	for _, s := range f.States {
		if !s.Valid() {
			wrong.add("state", "state.unknown", clip(string(s), maxName))
		}
	}
	wrong.text("q", f.Query, maxLine)
	wrong.text("source", f.Source, maxLine)
	wrong.text("tag", f.Tag, maxLine)
	return wrong.err()
}

// CountClaims counts what the filter gives, by state.
func (d *Desk) CountClaims(ctx context.Context, actor claims.Actor, f claims.ClaimFilter) (map[claims.State]int, error) {
	var counts map[claims.State]int
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		if err := checkFilter(f); err != nil {
			return err
		}
		counts, err = r.CountClaims(ctx, f)
		return err
	})
	return counts, err
}

// Claim gives a claim by its id in any notation.
func (d *Desk) Claim(ctx context.Context, actor claims.Actor, id string) (ClaimView, error) {
	var v ClaimView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, id)
		if err != nil {
			return err
		}
		v = ClaimView{}
		for _, read := range []func(context.Context, claims.Reader, claims.Claim) error{v.readPlace, v.readThreads, v.readPublic, v.readDesk, v.readSources} {
			if err := read(ctx, r, c); err != nil {
				return err
			}
		}
		if v.Opinions, err = r.Opinions(ctx, c.ID); err != nil {
			return err
		}
		if err := v.readReports(ctx, r, actor, c); err != nil {
			return err
		}
		v.Owes = claims.OwesOpinion(actor, c, v.Opinions, v.Settings) && !actor.ReadOnly
		if v.Settings.Sufficiency.On() && !c.Withheld {
			v.Lacks = claims.Insufficient(v.Settings.EvidenceRules, c, v.Evidence)
		}
		v.Override = overridden(v.Events)
		if v.Present, err = d.othersPresent(ctx, r, actor, c.ID); err != nil {
			return err
		}
		if next, _ := claims.FindMove(c.State, claims.StatePublished); next.Act == claims.ActClaimPublish && v.Settings.ReviewLint.On() {
			if v.Lint, err = d.lint(ctx, r, v.Settings, c); err != nil {
				return err
			}
		}
		v.Moves, v.Undo = movesOf(actor, c, v.Settings, v.Lacks), undoable(actor, v.Events)
		return nil
	})
	return v, err
}

func (v *ClaimView) readPlace(ctx context.Context, r claims.Reader, c claims.Claim) error {
	a, err := r.Article(ctx, c.Article)
	if err != nil {
		return err
	}
	list, err := r.Snapshots(ctx, c.Article)
	if err != nil {
		return err
	}
	v.Newest = list[len(list)-1].N
	v.Snapshot, err = r.Snapshot(ctx, c.Article, c.Snapshot)
	v.Row, v.Restricted, v.Erased = rowOf(c, a, v.Snapshot), a.Restricted, a.Erased
	if err != nil {
		return err
	}
	if v.Appearances, err = appearancesOf(ctx, r, c, a, v.Snapshot); err != nil {
		return err
	}
	v.Archives, err = r.ArchiveRequests(ctx, a.ID)
	return err
}

func (v *ClaimView) readThreads(ctx context.Context, r claims.Reader, c claims.Claim) (err error) {
	if v.Evidence, err = r.Evidence(ctx, c.ID); err != nil {
		return err
	}
	if v.Shared, err = r.SharedEvidence(ctx, c.ID); err != nil {
		return err
	}
	if v.Notes, err = r.Notes(ctx, c.ID); err != nil {
		return err
	}
	if v.Reviews, err = r.Reviews(ctx, c.ID); err != nil {
		return err
	}
	if v.Contacts, err = r.Contacts(ctx, c.ID); err != nil {
		return err
	}
	if v.External, err = r.ExternalChecks(ctx, c.ID); err != nil {
		return err
	}
	v.Events, err = newestEvents(ctx, r, c.ID)
	return err
}

func (v *ClaimView) readPublic(ctx context.Context, r claims.Reader, c claims.Claim) (err error) {
	if v.Publications, err = r.Publications(ctx, c.ID); err != nil {
		return err
	}
	v.Checks, err = r.ChecksCiting(ctx, c.ID)
	return err
}

func (v *ClaimView) readDesk(ctx context.Context, r claims.Reader, _ claims.Claim) (err error) {
	if v.Settings, err = r.Settings(ctx); err != nil {
		return err
	}
	if v.Scales, err = r.Scales(ctx); err != nil {
		return err
	}
	v.People, err = everyone(ctx, r)
	return err
}

func (v *ClaimView) readSources(ctx context.Context, r claims.Reader, c claims.Claim) (err error) {
	v.Sources = map[string]claims.Source{}
	for _, id := range claims.TiedTo(c.Attributions) {
		s, err := standingSource(ctx, r, id)
		if missing(err) {
			continue
		}
		if err != nil {
			return err
		}
		v.Sources[id] = s
	}
	if v.Offers, err = offersOf(ctx, r, c.Attributions); err != nil {
		return err
	}
	v.Origins, err = originsOf(ctx, r, v.Row, v.Evidence)
	return err
}

func rowOf(c claims.Claim, a claims.Article, s claims.Snapshot) claims.ClaimRow {
	return claims.ClaimRow{
		Claim: c, ArticleTitle: a.Title, ArticleOutlet: a.Outlet, ArticleAuthors: a.Authors, ArticleURL: a.URL,
		ArticleCanonical: a.CanonicalURL, ArticlePublished: a.Published, SnapshotSHA256: s.SHA256,
	}
}

// readClaim reads a claim by its id in any notation.
func readClaim(ctx context.Context, r claims.ClaimReader, id string) (claims.Claim, error) {
	plain, ok := claims.PlainID(id)
	if !ok || len(plain) != claims.ClaimIDLen {
		return claims.Claim{}, claims.NotFound("claim", clip(id, maxName))
	}
	return r.Claim(ctx, plain)
}

// ClaimPatch changes some fields of a claim; nil leaves a field as it is, and
// "" clears Assignee (a person's id or sign-in name), Due (an ISO 8601 date or time) and MadeOn.
type ClaimPatch struct {
	Standalone   *string
	Kind         *claims.Kind
	Attributions *[]claims.Attribution
	Quantities   *[]claims.Quantity
	Times        *[]claims.Time
	Fragments    *[]claims.Fragment
	Priority     *int
	Tags         *[]string
	Assignee     *string
	Due          *string
	MadeOn       *string
}

// content reports whether the patch changes what is judged and published.
func (p ClaimPatch) content() bool {
	return p.Standalone != nil || p.Kind != nil || p.Attributions != nil || p.Quantities != nil || p.Times != nil ||
		p.Fragments != nil || p.MadeOn != nil
}

// EditClaim changes a claim's fields. A person who edits what a machine wrote
// takes it over.
func (d *Desk) EditClaim(ctx context.Context, actor claims.Actor, id string, version int64, p ClaimPatch) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) { return t.edit(ctx, c, p) })
}

// edit is what EditClaim does to a claim.
func (t *tx) edit(ctx context.Context, c *claims.Claim, p ClaimPatch) (entry, error) {
	e := onClaim(ActClaimEdit, *c)
	if err := t.findAssignee(ctx, &p); err != nil {
		return e, err
	}
	if err := t.mayPatch(*c, p); err != nil {
		return e, err
	}
	if p.content() {
		if err := t.patchContent(ctx, c, p); err != nil {
			return e, err
		}
		c.Origin.Accepted = true
	}
	return e, t.patchTriage(ctx, c, p)
}

// findAssignee takes a sign-in name for the person who has it.
func (t *tx) findAssignee(ctx context.Context, p *ClaimPatch) error {
	if p.Assignee == nil || *p.Assignee == "" {
		return nil
	}
	person, err := t.PersonByName(ctx, strings.ToLower(strings.TrimSpace(*p.Assignee)))
	if missing(err) {
		return nil
	}
	p.Assignee = &person.ID
	return err
}

// mayPatch asks policy about every part of the patch.
func (t *tx) mayPatch(c claims.Claim, p ClaimPatch) error {
	if p.content() {
		if !c.State.Editable() {
			return frozen(c)
		}
		if err := claims.MayOnClaim(t.actor, claims.ActClaimEdit, c, t.settings); err != nil {
			return err
		}
	}
	if p.Assignee != nil && *p.Assignee != c.Assignee {
		return claims.MayAssign(t.actor, c, *p.Assignee, t.settings)
	}
	return claims.MayOnClaim(t.actor, claims.ActClaimTriage, c, t.settings)
}

// frozen says that what was handed in or published does not change.
func frozen(c claims.Claim) error {
	return claims.Refuse(claims.KindIllegalMove, "claim.frozen", string(c.State))
}

// patchContent changes what is judged: words, attribution, figures, times.
func (t *tx) patchContent(ctx context.Context, c *claims.Claim, p ClaimPatch) error {
	s, err := t.Snapshot(ctx, c.Article, c.Snapshot)
	if err != nil {
		return err
	}
	text := []rune(s.Text)
	var f faults
	if p.Standalone != nil {
		c.Standalone = clean(*p.Standalone)
		f.required("standalone", c.Standalone, maxWording)
	}
	if p.Kind != nil {
		c.Kind = *p.Kind
		f.kind("kind", c.Kind)
	}
	if p.Fragments != nil {
		c.Fragments = f.fragments("fragments", text, *p.Fragments)
		c.Prefix, c.Suffix = around(text, c.Fragments)
	}
	if p.Attributions != nil {
		before := c.Attributions
		c.Attributions = f.attributions("attributions", text, *p.Attributions)
		if err := t.settleTies(ctx, &f, c.ID, before, c.Attributions); err != nil {
			return err
		}
	}
	if p.Quantities != nil {
		c.Quantities = f.quantities("quantities", text, *p.Quantities)
	}
	if p.Times != nil {
		c.Times = f.times("times", text, *p.Times)
	}
	if p.MadeOn != nil {
		c.MadeOn = f.date("made_on", *p.MadeOn)
	}
	return f.err()
}

// patchTriage changes what the desk notes about its work.
func (t *tx) patchTriage(ctx context.Context, c *claims.Claim, p ClaimPatch) error {
	var f faults
	if p.Priority != nil {
		c.Priority = *p.Priority
		if c.Priority < -1 || c.Priority > 2 {
			f.add("priority", "number.out_of_range", -1, 2)
		}
	}
	if p.Tags != nil {
		c.Tags = tidy(*p.Tags)
		f.list("tags", c.Tags, maxTags, maxTag)
	}
	if p.Due != nil {
		c.Due = f.moment("due", *p.Due)
	}
	if p.Assignee != nil && *p.Assignee != c.Assignee {
		if err := f.take(t.assign(ctx, c, *p.Assignee)); err != nil {
			return err
		}
	}
	return f.err()
}

// assign gives the claim to somebody who can check it, or to nobody.
func (t *tx) assign(ctx context.Context, c *claims.Claim, person string) error {
	c.Assignee = person
	if person == "" {
		return nil
	}
	p, err := t.Person(ctx, person)
	if missing(err) {
		return claims.Invalid("assignee", "assignee.unknown", clip(person, maxName))
	}
	if err != nil {
		return err
	}
	if p.Disabled || !slices.Contains(claims.WhoMay(claims.ActClaimTake, t.settings), p.Role) {
		return claims.Invalid("assignee", "assignee.cannot_check", p.Name)
	}
	a, err := t.Article(ctx, c.Article)
	if err == nil && !a.ShownTo(p) {
		err = claims.Invalid("assignee", "assignee.no_reader", p.Name)
	}
	return err
}

// changing is what an act does to a claim, and the event that will tell of it.
type changing func(*tx, *claims.Claim) (entry, error)

// changeClaim is every act that changes one claim.
func (d *Desk) changeClaim(ctx context.Context, actor claims.Actor, id string, version int64, change changing) (claims.Claim, error) {
	var out claims.Claim
	err := d.act(ctx, actor, func(t *tx) (err error) {
		out, err = t.changeClaim(ctx, id, version, change)
		return err
	})
	return out, err
}

// changeClaim reads a claim, compares the version that the caller saw, lets
// change do its work on a copy, writes it and the event of what changed. Where
// nothing changed, nothing is written.
func (t *tx) changeClaim(ctx context.Context, id string, version int64, change changing) (claims.Claim, error) {
	before, err := readClaim(ctx, t, id)
	if err != nil {
		return claims.Claim{}, err
	}
	if err := fresh("claim", before.ID, version, before.Version); err != nil {
		return claims.Claim{}, err
	}
	if err := t.noteTopics(ctx, before); err != nil {
		return claims.Claim{}, err
	}
	after := copyOf(before)
	e, err := change(t, &after)
	if err != nil {
		return claims.Claim{}, err
	}
	if err := t.unveil(ctx, before, &after); err != nil {
		return claims.Claim{}, err
	}
	return t.saveClaim(ctx, before, after, e)
}

// saveClaim writes a changed claim and the event of it.
func (t *tx) saveClaim(ctx context.Context, before, after claims.Claim, e entry) (claims.Claim, error) {
	e.changes = append(diff(claimFields, before, after), e.changes...)
	if len(e.changes) == 0 {
		return before, nil
	}
	if before.Standalone == claims.ErasedWords {
		return claims.Claim{}, claims.Refuse(claims.KindGone, "claim.erased")
	}
	after.UpdatedAt = t.now
	if err := t.UpdateClaim(ctx, &after); err != nil {
		return claims.Claim{}, err
	}
	if err := t.record(ctx, e); err != nil {
		return claims.Claim{}, err
	}
	if err := t.announceClaim(ctx, before, after); err != nil {
		return claims.Claim{}, err
	}
	return after, t.tellOfClaim(ctx, e.act, before, after)
}

// copyOf is the claim with a verdict of its own, so that what changes the copy
// leaves the original for the history.
func copyOf(c claims.Claim) claims.Claim {
	if c.Verdict != nil {
		v := *c.Verdict
		c.Verdict = &v
	}
	return c
}

// clean trims a text and gives it the line ends of the house.
func clean(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
}
