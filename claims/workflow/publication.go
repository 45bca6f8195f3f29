package workflow

import (
	"context"
	"net/url"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
)

// PublicClaim is a claim as the public sees it. Newest is the number of its
// newest publication, which Publication is where no other was asked for.
type PublicClaim struct {
	Publication    claims.Publication
	Newest         int
	Document       export.Document
	RecheckedSince *time.Time         // it is being re-checked since then
	Withdrawn      *claims.Withdrawal // a tombstone
	MergedInto     string             // the claim it was merged into, whose page leads on
	Checks         []claims.CheckPublication
	External       []claims.ExternalCheck // published elsewhere, of which readers are told
	Changed        time.Time              // when this was last otherwise; like Versions
	Versions       []PublicVersion        // up to the one asked for, oldest first; not among the claims of a check
	Topics         []claims.Topic         // whose lists it stands in
}

// publish freezes the claim as version n+1.
func (d *Desk) publish(ctx context.Context, t *tx, c *claims.Claim, in MoveInput, e *entry) error {
	doc, err := d.document(ctx, t, *c, in)
	if err != nil {
		return err
	}
	if err := t.linted(export.Lint(doc, d.address(t.settings)), in, e); err != nil {
		return err
	}
	raw, sum, err := doc.Freeze()
	if err != nil {
		return err
	}
	if err := t.dropSchedule(ctx, claims.ScheduleOfClaim, c.ID); err != nil {
		return err
	}
	p := claims.Publication{
		Claim: c.ID, N: doc.Version, Document: raw, SHA256: sum, Effect: doc.Effect, Notice: doc.Notice,
		PublishedBy: t.actor.ID, ApprovedBy: c.ApprovedBy, PublishedAt: t.now,
	}
	if err := t.CreatePublication(ctx, p); err != nil {
		return err
	}
	now := t.now
	c.PublishedVersion, c.PublishedAt, c.Corrections = p.N, &now, doc.Corrections
	e.changes = append(e.changes, change{"publication_sha256", nil, sum})
	if p.Effect != "" {
		e.changes = append(e.changes, change{"effect", nil, p.Effect}, change{"notice", nil, p.Notice})
	}
	return nil
}

// document puts together what the public will see.
func (d *Desk) document(ctx context.Context, t *tx, c claims.Claim, in MoveInput) (export.Document, error) {
	out, err := d.draft(ctx, t, t.settings, c, t.now)
	if err != nil {
		return export.Document{}, err
	}
	if c.PublishedVersion > 0 {
		if err := t.correct(ctx, c, in, &out); err != nil {
			return export.Document{}, err
		}
	}
	if err := openly(ctx, t, &out); err != nil {
		return export.Document{}, err
	}
	return export.NewDocument(out), nil
}

// draft gathers what a publication of the claim would be made from now, protected
// sources still by their names.
func (d *Desk) draft(ctx context.Context, r claims.Reader, s claims.Settings, c claims.Claim, now time.Time) (export.DocumentInput, error) {
	out := export.DocumentInput{
		Settings: s, BaseURL: d.address(s), Version: c.PublishedVersion + 1, PublishedAt: now, FirstAt: now, Corrections: c.Corrections,
	}
	var err error
	if out.Row, err = rowIn(ctx, r, c); err != nil {
		return out, err
	}
	if out.Row.Language == "" {
		out.Row.Language = s.Language
	}
	if out.Evidence, err = r.Evidence(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Contacts, err = r.Contacts(ctx, c.ID); err != nil {
		return out, err
	}
	if out.Scale, err = r.Scale(ctx, c.Verdict.Scale); err != nil {
		return out, err
	}
	if out.Single, err = single(ctx, r, c.ID); err != nil {
		return out, err
	}
	return out, eyes(ctx, r, c, &out)
}

// openly leaves out of what is published who protected sources are, which record
// stands for them included, and says where else the others can be found.
func openly(ctx context.Context, r claims.Reader, in *export.DocumentInput) error {
	in.SameAs = map[string][]string{}
	row := &in.Row.Claim
	seen, err := veil(ctx, r, "")
	if err != nil {
		return err
	}
	v, _ := seen.(*veiled)
	if v != nil {
		if err := v.cover(ctx, in); err != nil {
			return err
		}
	}
	for _, id := range claims.TiedTo(row.Attributions) {
		s, err := standingSource(ctx, r, id)
		if err != nil && !missing(err) {
			return err
		}
		if len(s.SameAs) > 0 {
			in.SameAs[id] = s.SameAs
		}
	}
	return nil
}

// cover masks what a document is made from.
func (v *veiled) cover(ctx context.Context, in *export.DocumentInput) error {
	ties, err := v.TiesOf(ctx, []string{in.Row.ID})
	if err != nil {
		return err
	}
	lang := in.Row.Language
	m := v.mask(ties[in.Row.ID], lang)
	if m == nil {
		return nil
	}
	in.Row.Claim = m.claim(in.Row.Claim)
	claims.EachLink(in.Row.Attributions, func(l *claims.Link) {
		if _, hidden := v.hidden[l.Source]; hidden {
			l.Source = ""
		}
	})
	in.Notice = m.text(in.Notice)
	for i := range in.Contacts {
		in.Contacts[i] = m.contact(in.Contacts[i])
	}
	evidence := make([]claims.Evidence, 0, len(in.Evidence))
	for _, e := range in.Evidence {
		if shown := m.evidence(e); shown.URL == e.URL {
			evidence = append(evidence, shown)
		}
	}
	in.Evidence = evidence
	return nil
}

func rowIn(ctx context.Context, r claims.Reader, c claims.Claim) (claims.ClaimRow, error) {
	a, err := r.Article(ctx, c.Article)
	if err != nil {
		return claims.ClaimRow{}, err
	}
	s, err := r.Snapshot(ctx, c.Article, c.Snapshot)
	return rowOf(c, a, s), err
}

// single reports whether the approval in force, the one of the highest version
// of the claim, was of the approver's own work.
func single(ctx context.Context, r claims.ClaimReader, claim string) (bool, error) {
	reviews, err := r.Reviews(ctx, claim)
	var last claims.Review
	for _, r := range reviews {
		if r.Outcome == claims.OutcomeApproved && r.ClaimVersion > last.ClaimVersion {
			last = r
		}
	}
	return last.Single, err
}

// correct settles what a publication after the first one is called: by default
// a verdict change where a verdict changed and else new evidence, with the
// reason for reopening as its notice. A changed verdict cannot be called less.
func (t *tx) correct(ctx context.Context, c claims.Claim, in MoveInput, out *export.DocumentInput) error {
	last, err := t.Publication(ctx, c.ID, 0)
	if err != nil {
		return err
	}
	doc, err := export.ReadDocument(last.Document)
	if err != nil {
		return err
	}
	out.FirstAt = doc.FirstAt
	changed := doc.Verdict.Content.Code != c.Verdict.Content || attributionCode(doc) != c.Verdict.Attribution
	out.Effect = in.Effect
	switch {
	case changed && in.Effect != "" && in.Effect != claims.EffectVerdict:
		return claims.Invalid("effect", "publication.effect_verdict")
	case changed:
		out.Effect = claims.EffectVerdict
	case in.Effect == "":
		out.Effect = claims.EffectEvidence
	}
	if out.Notice, err = t.notice(ctx, c, in.Notice); err != nil {
		return err
	}
	if out.Effect.Public() {
		out.Corrections++
		if out.Notice == "" {
			return claims.Invalid("notice", "publication.notice_missing")
		}
	}
	return nil
}

func attributionCode(d export.Document) string {
	if d.Verdict.Attribution == nil {
		return ""
	}
	return d.Verdict.Attribution.Code
}

// notice is what readers are told: what was given, else the reason for reopening.
func (t *tx) notice(ctx context.Context, c claims.Claim, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	e, err := reopening(ctx, t, c.ID)
	if err != nil || e == nil {
		return "", err
	}
	for _, v := range e.Values {
		if v.Side == claims.SideReason && !v.Erased {
			return readText(v.JSON)
		}
	}
	return "", nil
}

// reopening finds the event by which a published claim was last reopened; nil
// where it never was.
func reopening(ctx context.Context, r claims.EventReader, claim string) (*claims.Event, error) {
	for before := int64(lastSeq); ; {
		events, err := r.Events(ctx, claims.EventFilter{Claim: claim, Before: before, Limit: maxEvents})
		if err != nil || len(events) == 0 {
			return nil, err
		}
		for i := range events {
			if events[i].Act == string(claims.ActClaimReopen) {
				return &events[i], nil
			}
		}
		before = events[len(events)-1].Seq
	}
}

// fallbackAddress is that of links where neither the program nor the newsroom has
// been told its address.
const fallbackAddress = "http://127.0.0.1:8080"

// address is what the links in publications begin with.
func (d *Desk) address(s claims.Settings) *url.URL {
	for _, base := range []string{d.baseURL, s.BaseURL, fallbackAddress} {
		if u, err := url.Parse(strings.TrimRight(base, "/")); err == nil && u.Host != "" {
			return u
		}
	}
	return &url.URL{}
}

// PublicClaim gives what the public sees of a claim: version n, the newest where
// n is 0. What was never published is not found.
func (d *Desk) PublicClaim(ctx context.Context, id string, n int) (PublicClaim, error) {
	var out PublicClaim
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		if out, err = readPublic(ctx, r, id, n); err != nil {
			return err
		}
		if out.Versions, err = publicVersions(ctx, r, out.Publication); err != nil {
			return err
		}
		out.Changed, err = changedAt(ctx, r, out)
		return err
	})
	return out, err
}

func readPublic(ctx context.Context, r claims.Reader, id string, n int) (PublicClaim, error) {
	c, err := readClaim(ctx, r, id)
	if err != nil {
		return PublicClaim{}, err
	}
	switch {
	case c.PublishedVersion == 0:
		return PublicClaim{}, claims.NotFound("claim", c.ID)
	case n < 0 || n > c.PublishedVersion:
		return PublicClaim{}, claims.NotFound("publication", c.ID)
	}
	p, err := r.Publication(ctx, c.ID, n)
	if err != nil {
		return PublicClaim{}, err
	}
	out := PublicClaim{Publication: p, Newest: c.PublishedVersion, Withdrawn: p.Withdrawn}
	if out.Document, err = export.ReadDocument(p.Document); err != nil {
		return PublicClaim{}, err
	}
	if out.Checks, err = r.ChecksCiting(ctx, c.ID); err != nil {
		return PublicClaim{}, err
	}
	if out.External, err = publicExternals(ctx, r, c.ID); err != nil {
		return PublicClaim{}, err
	}
	if out.Topics, err = r.TopicsOf(ctx, c.ID); err != nil {
		return PublicClaim{}, err
	}
	switch c.State {
	case claims.StatePublished, claims.StateWithdrawn:
	case claims.StateDismissed:
		out.MergedInto, err = mergedInto(ctx, r, c)
	default:
		var e *claims.Event
		if e, err = reopening(ctx, r, c.ID); e != nil {
			out.RecheckedSince = &e.At
		}
	}
	return out, err
}

// mergedInto follows duplicates to the claim that stands for this one. The
// chain ends, because nothing is merged into what is dismissed.
func mergedInto(ctx context.Context, r claims.ClaimReader, c claims.Claim) (string, error) {
	id := ""
	for c.State == claims.StateDismissed && dismissalOf(c).Of != "" {
		id = c.Dismissed.Of
		next, err := r.Claim(ctx, id)
		if err != nil {
			return "", err
		}
		c = next
	}
	return id, nil
}

// PublicClaims lists the newest publication of every claim that stands, last
// published first.
func (d *Desk) PublicClaims(ctx context.Context, p claims.Page) (pubs []claims.Publication, next string, err error) {
	err = d.store.View(ctx, func(r claims.Reader) (err error) {
		pubs, next, err = r.Listings(ctx, claims.ListingFilter{Page: bounded(p)})
		return err
	})
	return pubs, next, err
}

// PublicCorrections lists what readers were told of after a first publication:
// versions with new evidence or another verdict, and claims that are withdrawn.
func (d *Desk) PublicCorrections(ctx context.Context, p claims.Page) (pubs []claims.Publication, next string, err error) {
	err = d.store.View(ctx, func(r claims.Reader) (err error) {
		pubs, next, err = r.CorrectedPublications(ctx, bounded(p))
		if err != nil {
			return err
		}
		pubs, err = standing(ctx, r, pubs)
		return err
	})
	return pubs, next, err
}

// standing leaves out the publications of claims that were merged into others.
func standing(ctx context.Context, r claims.ClaimReader, pubs []claims.Publication) ([]claims.Publication, error) {
	out := make([]claims.Publication, 0, len(pubs))
	for _, p := range pubs {
		c, err := r.Claim(ctx, p.Claim)
		if err != nil {
			return nil, err
		}
		if c.State != claims.StateDismissed {
			out = append(out, p)
		}
	}
	return out, nil
}

// Publications lists every version of a claim that was published, oldest first.
func (d *Desk) Publications(ctx context.Context, actor claims.Actor, id string) ([]claims.Publication, error) {
	var out []claims.Publication
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, id)
		if err != nil {
			return err
		}
		out, err = r.Publications(ctx, c.ID)
		return err
	})
	return out, err
}
