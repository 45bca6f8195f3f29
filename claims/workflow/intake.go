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
	CopyOf          string // takes it in as an agency copy of this article
	// Looked says that Hint is what somebody made of all that was found in Raw, as
	// with Job.
	Looked bool
	// Job names the job that fetched the page: its bytes are taken for Raw, and Hint
	// is what somebody made of all that was found. An empty field of it is empty,
	// whatever the page says; of title and language the page still says it.
	Job string

	answer *claims.Answer // of the server that Raw was fetched from
}

// TakenIn is what an intake made; Claims is how many were found, Shared how many more it
// shares with what it is a copy of.
type TakenIn struct {
	Article  claims.Article
	Snapshot claims.Snapshot // with Text
	Claims   int
	Shared   int
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
	page, err := d.readIntake(ctx, actor, &in)
	if err != nil {
		return TakenIn{}, err
	}
	all, notice, err := findClaims(ctx, page)
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
		snap.Meta.Answer = in.answer
		copyOf, err := t.copyOf(ctx, in)
		if err != nil {
			return err
		}
		if !in.AcceptDuplicate && copyOf == "" {
			if err := refuseDuplicate(ctx, t, page, snap.SHA256); err != nil {
				return err
			}
		}
		article, err := t.keep(ctx, page, &snap, in.Audience, copyOf)
		if err != nil {
			return err
		}
		found, err := t.shared(ctx, article, page.Text, all)
		if err != nil {
			return err
		}
		for _, a := range found {
			if err := t.suggest(ctx, article, snap, text, a, origin); err != nil {
				return err
			}
		}
		out = TakenIn{Article: article, Snapshot: snap, Claims: len(found), Shared: len(all) - len(found)}
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
func (d *Desk) readIntake(ctx context.Context, actor claims.Actor, in *Intake) (ingest.Page, error) {
	if in.Job == "" && !in.Looked {
		return ingest.Read(ctx, in.Input)
	}
	said, found, err := in.Hint, (*FoundArticle)(nil), error(nil)
	if in.Job != "" {
		found, err = d.takeFetched(ctx, actor, in)
	} else {
		found, err = in.readAgain(ctx)
	}
	if err != nil {
		return ingest.Page{}, err
	}
	in.Hint = unlessFound(said, found)
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

// takeFetched puts the bytes that a job brought into an intake.
func (d *Desk) takeFetched(ctx context.Context, actor claims.Actor, in *Intake) (*FoundArticle, error) {
	raw, found, err := d.fetched(ctx, actor, in.Job)
	in.Raw, in.ContentType, in.answer = raw, found.MediaType, found.Answer
	return found.Found, err
}

// readAgain reads what somebody looked at as it was read then: without what they say.
func (in *Intake) readAgain(ctx context.Context) (*FoundArticle, error) {
	bare := in.Input
	bare.Hint = ingest.Hint{URL: in.Hint.URL}
	page, err := ingest.Read(ctx, bare)
	if err != nil {
		return nil, err
	}
	return foundArticle(page), nil
}

// copyOf is the article that an intake is an agency copy of, "" for none.
func (t *tx) copyOf(ctx context.Context, in Intake) (string, error) {
	if in.CopyOf == "" {
		return "", nil
	}
	return t.original(ctx, "", in.CopyOf)
}

func snapshotOf(page ingest.Page, notice string) claims.Snapshot {
	return claims.Snapshot{
		N: 1, Text: page.Text, SHA256: digest([]byte(page.Text)), RawSHA256: digest(page.Raw),
		MediaType: page.MediaType, Encoding: page.Encoding, Notice: notice,
		Meta: claims.SnapshotMeta{
			Blocks: page.Blocks, Cues: page.Cues, Origins: page.Origins, Modified: page.Modified, Image: page.Image,
			Attachments: page.Attachments, Barrier: page.Barrier, Pages: page.Pages,
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
func (t *tx) keep(ctx context.Context, page ingest.Page, snap *claims.Snapshot, audience Audience, copyOf string) (claims.Article, error) {
	id, err := t.newID()
	if err != nil {
		return claims.Article{}, err
	}
	a := claims.Article{
		ID: id, Title: page.Title, Outlet: page.Outlet, Authors: page.Authors, URL: page.URL, CanonicalURL: page.CanonicalURL,
		Published: page.Published, Language: page.Language, CopyOf: copyOf, CreatedBy: t.actor.ID, CreatedAt: t.now, UpdatedAt: t.now,
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
