package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract"
	"cotejo/claims/ingest"
)

// Intake is an article to take in. One that the desk has already, or nearly so, is
// refused unless AcceptDuplicate says that it shall stand twice.
type Intake struct {
	ingest.Input
	AcceptDuplicate bool
	Audience        Audience
	// Job names the job that fetched the page: its bytes are taken for Raw, and Hint
	// is what somebody made of all that was found. An empty field of it is empty,
	// whatever the page says; of title and language the page still says it.
	Job string
}

// TakenIn is what an intake made; Claims is how many were found.
type TakenIn struct {
	Article  claims.Article
	Snapshot claims.Snapshot // with Text
	Claims   int
}

// TakeIn reads an article, finds its claims and keeps all of it, or nothing.
func (d *Desk) TakeIn(ctx context.Context, actor claims.Actor, in Intake) (TakenIn, error) {
	return d.takeIn(ctx, actor, in, func(*tx, TakenIn) error { return nil })
}

// takeIn is TakeIn with what else belongs into its transaction.
func (d *Desk) takeIn(ctx context.Context, actor claims.Actor, in Intake, also func(*tx, TakenIn) error) (TakenIn, error) {
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return TakenIn{}, err
	}
	page, err := d.readIntake(ctx, actor, in)
	if err != nil {
		return TakenIn{}, err
	}
	found, notice, err := findClaims(ctx, page)
	if err != nil {
		return TakenIn{}, err
	}
	text, origin := []rune(page.Text), claims.Origin{By: claims.ByEngine, Rule: extract.Schema}
	var out TakenIn
	err = d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		snap := snapshotOf(page, notice)
		snap.FetchedAt = t.now
		if !in.AcceptDuplicate {
			if err := refuseDuplicate(ctx, t, page, snap.SHA256); err != nil {
				return err
			}
		}
		article, err := t.keep(ctx, page, &snap, in.Audience)
		if err != nil {
			return err
		}
		for _, a := range found {
			if err := t.suggest(ctx, article, snap, text, a, origin); err != nil {
				return err
			}
		}
		out = TakenIn{Article: article, Snapshot: snap, Claims: len(found)}
		if err := t.linkJob(ctx, in.Job, article); err != nil {
			return err
		}
		if err := d.queueSuggest(ctx, t, article); err != nil {
			return err
		}
		return also(t, out)
	})
	return out, err
}

// readIntake reads what is taken in, with what somebody corrected.
func (d *Desk) readIntake(ctx context.Context, actor claims.Actor, in Intake) (ingest.Page, error) {
	if in.Job == "" {
		return ingest.Read(ctx, in.Input)
	}
	raw, found, err := d.fetched(ctx, actor, in.Job)
	if err != nil {
		return ingest.Page{}, err
	}
	said := in.Hint
	in.Raw, in.ContentType, in.Hint = raw, found.MediaType, unlessFound(in.Hint, found.Found)
	page, err := ingest.Read(ctx, in.Input)
	if strings.TrimSpace(said.Outlet) == "" {
		page.Outlet = ""
	}
	if len(tidy(said.Authors)) == 0 {
		page.Authors = nil
	}
	if strings.TrimSpace(said.Published) == "" {
		page.Published = nil
	}
	return page, err
}

func snapshotOf(page ingest.Page, notice string) claims.Snapshot {
	return claims.Snapshot{
		N: 1, Text: page.Text, SHA256: digest([]byte(page.Text)), RawSHA256: digest(page.Raw),
		MediaType: page.MediaType, Encoding: page.Encoding, Notice: notice,
		Meta: claims.SnapshotMeta{
			Blocks: page.Blocks, Cues: page.Cues, Origins: page.Origins, Modified: page.Modified, Image: page.Image,
			Attachments: page.Attachments, Barrier: page.Barrier,
		},
	}
}

// LookAt reads an article without keeping anything, for a person to see what was found
// and to correct it.
func (d *Desk) LookAt(ctx context.Context, actor claims.Actor, in ingest.Input) (ingest.Page, error) {
	if err := d.ask(ctx, actor, claims.ActArticleAdd); err != nil {
		return ingest.Page{}, err
	}
	return ingest.Read(ctx, in)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// keep writes the article, its bytes and its first snapshot, and the event.
func (t *tx) keep(ctx context.Context, page ingest.Page, snap *claims.Snapshot, audience Audience) (claims.Article, error) {
	id, err := t.newID()
	if err != nil {
		return claims.Article{}, err
	}
	a := claims.Article{
		ID: id, Title: page.Title, Outlet: page.Outlet, Authors: page.Authors, URL: page.URL, CanonicalURL: page.CanonicalURL,
		Published: page.Published, Language: page.Language, CreatedBy: t.actor.ID, CreatedAt: t.now, UpdatedAt: t.now,
	}
	if _, err := t.confine(ctx, &a, audience); err != nil {
		return claims.Article{}, err
	}
	snap.Article = id
	if err := t.CreateArticle(ctx, &a); err != nil {
		return claims.Article{}, err
	}
	if err := t.PutBlob(ctx, claims.Blob{SHA256: snap.RawSHA256, MediaType: page.MediaType, Data: page.Raw}); err != nil {
		return claims.Article{}, err
	}
	if err := t.CreateSnapshot(ctx, *snap); err != nil {
		return claims.Article{}, err
	}
	changes := append(born(articleFields, a), change{"sha256", nil, snap.SHA256}, change{"raw_sha256", nil, snap.RawSHA256})
	return a, t.record(ctx, onArticle(ActArticleAdd, a, changes...))
}

// suggest keeps a claim that a machine found in text, for people to dispose of.
func (t *tx) suggest(ctx context.Context, a claims.Article, snap claims.Snapshot, text []rune, found claims.Assertion, origin claims.Origin) error {
	c := claims.Claim{Assertion: found, State: claims.StateSuggested, Origin: origin}
	c.Prefix, c.Suffix = around(text, found.Fragments)
	if err := t.createClaim(ctx, &c, a, snap); err != nil {
		return err
	}
	return t.record(ctx, onClaim(ActClaimAdd, c, change{"state", nil, c.State}, change{"origin", nil, c.Origin}))
}

// idTries bounds how often another id is drawn where one was used before.
const idTries = 20

// createClaim gives a claim its place and an id that was never used.
func (t *tx) createClaim(ctx context.Context, c *claims.Claim, a claims.Article, snap claims.Snapshot) error {
	c.Article, c.Snapshot, c.Language = a.ID, snap.N, a.Language
	c.CreatedBy, c.CreatedAt, c.UpdatedAt = t.actor.ID, t.now, t.now
	var err error
	for range idTries {
		if c.ID, err = claims.NewID(t.random, claims.ClaimIDLen); err != nil {
			return err
		}
		if err = t.CreateClaim(ctx, c); claims.KindOf(err) != claims.KindConflict {
			return err
		}
	}
	return err
}
