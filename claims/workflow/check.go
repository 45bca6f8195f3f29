package workflow

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/text"
)

// CheckInput is what a check starts with. An empty Slug is made of the title.
type CheckInput struct {
	Slug     string
	Title    string
	Summary  string
	Body     string // Markdown
	Language string // ISO 639-1
	Authors  []string
	Related  []string // slugs of other checks
}

// CheckPatch changes some fields of a check; nil leaves a field as it is.
type CheckPatch struct {
	Slug     *string
	Title    *string
	Summary  *string
	Body     *string
	Language *string
	Authors  *[]string
	Related  *[]string
}

// checkFields is what the history tells of a check.
var checkFields = []field[claims.Check]{
	plain("slug", func(c *claims.Check) *string { return &c.Slug }),
	plain("title", func(c *claims.Check) *string { return &c.Title }),
	plain("summary", func(c *claims.Check) *string { return &c.Summary }),
	plain("body", func(c *claims.Check) *string { return &c.Body }),
	plain("language", func(c *claims.Check) *string { return &c.Language }),
	listed("authors", func(c *claims.Check) *[]string { return &c.Authors }),
	listed("related", func(c *claims.Check) *[]string { return &c.Related }),
	plain("image", func(c *claims.Check) **claims.CheckImage { return &c.Image }),
	plain("changed_by", func(c *claims.Check) *string { return &c.ChangedBy }),
	plain("state", func(c *claims.Check) *claims.CheckState { return &c.State }),
	plain("submitted_by", func(c *claims.Check) *string { return &c.SubmittedBy }),
	stamped("submitted_at", func(c *claims.Check) *time.Time { return &c.SubmittedAt }),
	plain("approved_by", func(c *claims.Check) *string { return &c.ApprovedBy }),
	stamped("approved_at", func(c *claims.Check) *time.Time { return &c.ApprovedAt }),
	plain("withdrawal", func(c *claims.Check) **claims.Withdrawal { return &c.Withdrawn }),
	plain("published_version", func(c *claims.Check) *int { return &c.Published }),
}

var (
	slugShape     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	slugBreak     = regexp.MustCompile(`[^a-z0-9]+`)
	reservedSlugs = []string{"new", "edit"}
)

const (
	maxSlug    = 100
	maxRelated = 10
)

// slugOf makes a slug of a title.
func slugOf(title string) string {
	slug := strings.Trim(slugBreak.ReplaceAllString(text.Fold(title), "-"), "-")
	if len(slug) > maxSlug {
		slug = slug[:maxSlug]
		if i := strings.LastIndexByte(slug, '-'); i > 0 {
			slug = slug[:i]
		}
	}
	if slices.Contains(reservedSlugs, slug) {
		slug = "check-" + slug
	}
	return strings.Trim(slug, "-")
}

// tidyCheck evens out a check's fields and refuses what cannot be.
func tidyCheck(c *claims.Check) error {
	c.Title, c.Summary, c.Body = clean(c.Title), clean(c.Summary), clean(c.Body)
	c.Authors, c.Related = tidy(c.Authors), tidy(c.Related)
	if c.Slug = strings.TrimSpace(c.Slug); c.Slug == "" {
		c.Slug = slugOf(c.Title)
	}
	var f faults
	f.required("title", c.Title, maxLine)
	f.text("summary", c.Summary, maxWording)
	f.text("body", c.Body, maxBody)
	f.list("authors", c.Authors, maxAuthors, maxLine)
	f.list("related", c.Related, maxRelated, maxSlug)
	f.language("language", &c.Language)
	switch {
	case len(c.Slug) > maxSlug:
		f.add("slug", "text.too_long", len(c.Slug), maxSlug)
	case slices.Contains(reservedSlugs, c.Slug):
		f.add("slug", "check.slug_reserved", c.Slug)
	case c.Slug == "" && c.Title != "":
		f.add("slug", "text.missing")
	case c.Slug != "" && !slugShape.MatchString(c.Slug):
		f.add("slug", "check.slug_malformed", c.Slug)
	}
	return f.err()
}

// CreateCheck begins a check.
func (d *Desk) CreateCheck(ctx context.Context, actor claims.Actor, in CheckInput) (claims.Check, error) {
	var out claims.Check
	err := d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActCheckWrite); err != nil {
			return err
		}
		c := claims.Check{
			Slug: in.Slug, Title: in.Title, Summary: in.Summary, Body: in.Body, Language: in.Language, Authors: in.Authors,
			Related: in.Related, State: claims.CheckDraft, ChangedBy: actor.ID, CreatedBy: actor.ID, CreatedAt: t.now, UpdatedAt: t.now,
		}
		if c.Language == "" {
			c.Language = t.settings.Language
		}
		if err := tidyCheck(&c); err != nil {
			return err
		}
		if err := t.discreetSlug(ctx, in, &c); err != nil {
			return err
		}
		var err error
		if c.ID, err = t.newID(); err != nil {
			return err
		}
		if err := t.freeSlug(ctx, c); err != nil {
			return err
		}
		if err := t.knownChecks(ctx, &c); err != nil {
			return err
		}
		if err := t.CreateCheck(ctx, &c); err != nil {
			return err
		}
		out = c
		return t.record(ctx, onCheck(ActCheckAdd, c, born(checkFields, c)...))
	})
	return out, err
}

// freeSlug refuses a slug that another check has.
func (t *tx) freeSlug(ctx context.Context, c claims.Check) error {
	other, err := t.Check(ctx, c.Slug)
	if missing(err) {
		return nil
	}
	if err == nil && other.ID != c.ID {
		err = &claims.Error{Kind: claims.KindConflict, Key: "check.slug_taken", Args: []any{c.Slug}, Fields: []claims.FieldError{{Field: "slug", Key: "check.slug_taken", Args: []any{c.Slug}}}}
	}
	return err
}

// EditCheck changes a check's draft; what is published stays until it is
// published again.
func (d *Desk) EditCheck(ctx context.Context, actor claims.Actor, slug string, version int64, p CheckPatch) (claims.Check, error) {
	return d.changeCheck(ctx, actor, slug, version, func(t *tx, c *claims.Check) (entry, error) {
		if err := t.may(claims.ActCheckWrite); err != nil {
			return entry{}, err
		}
		if !c.State.Editable() {
			return entry{}, claims.Refuse(claims.KindIllegalMove, "check.frozen", string(c.State))
		}
		was, before := *c, c.Slug
		set(&c.Slug, p.Slug)
		set(&c.Title, p.Title)
		set(&c.Summary, p.Summary)
		set(&c.Body, p.Body)
		set(&c.Language, p.Language)
		set(&c.Authors, p.Authors)
		set(&c.Related, p.Related)
		if err := t.unveilCheck(ctx, was, c); err != nil {
			return entry{}, err
		}
		if err := tidyCheck(c); err != nil {
			return entry{}, err
		}
		if c.Slug != before && c.Published > 0 {
			return entry{}, claims.Invalid("slug", "check.slug_published", before)
		}
		if !sameRelated(was, *c) {
			if err := t.knownChecks(ctx, c); err != nil {
				return entry{}, err
			}
		}
		if len(diff(checkFields, was, *c)) > 0 {
			c.ChangedBy = t.actor.ID
		}
		return onCheck(ActCheckEdit, *c), t.freeSlug(ctx, *c)
	})
}

func sameRelated(a, b claims.Check) bool { return slices.Equal(a.Related, b.Related) }

// knownChecks refuses related checks that are none, or the check itself.
func (t *tx) knownChecks(ctx context.Context, c *claims.Check) error {
	var f faults
	for i, slug := range c.Related {
		other, err := readCheck(ctx, t, slug)
		switch {
		case missing(err):
			f.add("related", "check.related_unknown", clip(slug, maxName))
		case err != nil:
			return err
		case other.ID == c.ID:
			f.add("related", "check.related_itself")
		default:
			c.Related[i] = other.Slug
		}
	}
	return f.err()
}

// set takes over a value that was given.
func set[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}

// changeCheck is every act that changes a check, as changeClaim is for claims.
func (d *Desk) changeCheck(ctx context.Context, actor claims.Actor, slug string, version int64, change func(*tx, *claims.Check) (entry, error)) (claims.Check, error) {
	var out claims.Check
	err := d.act(ctx, actor, func(t *tx) (err error) {
		out, err = t.changeCheck(ctx, slug, version, change)
		return err
	})
	return out, err
}

func (t *tx) changeCheck(ctx context.Context, slug string, version int64, change func(*tx, *claims.Check) (entry, error)) (claims.Check, error) {
	before, err := readCheck(ctx, t, slug)
	if err != nil {
		return before, err
	}
	if err := fresh("check", slug, version, before.Version); err != nil {
		return before, err
	}
	after := before
	after.Related = slices.Clone(before.Related)
	e, err := change(t, &after)
	if err != nil {
		return before, err
	}
	changes := diff(checkFields, before, after)
	if e.changes = append(changes, e.changes...); len(changes) == 0 {
		return t.seenCheck(ctx, t.actor.ID, before)
	}
	after.UpdatedAt = t.now
	if err := t.UpdateCheck(ctx, &after); err != nil {
		return before, err
	}
	if err := t.record(ctx, e); err != nil {
		return before, err
	}
	if err := t.announceCheck(ctx, before, after); err != nil {
		return before, err
	}
	return t.seenCheck(ctx, t.actor.ID, after)
}

func onCheck(act string, c claims.Check, changes ...change) entry {
	return entry{act: act, noun: nounCheck, id: c.ID, changes: changes}
}

// Check gives a check as the desk works on it, by its slug or its id.
func (d *Desk) Check(ctx context.Context, actor claims.Actor, slug string) (claims.Check, error) {
	var out claims.Check
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		out, err = readCheck(ctx, r, slug)
		return err
	})
	return out, err
}

// readCheck reads a check by its slug, or by the id that stays when the slug changes.
func readCheck(ctx context.Context, r claims.CheckReader, slug string) (claims.Check, error) {
	c, err := r.Check(ctx, slug)
	if id, ok := claims.PlainID(slug); ok && missing(err) {
		if byID, err := r.CheckByID(ctx, id); !missing(err) {
			return byID, err
		}
	}
	return c, err
}

// Checks gives a page of the list of checks, drafts included.
func (d *Desk) Checks(ctx context.Context, actor claims.Actor, p claims.Page) (checks []claims.Check, next string, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		checks, next, err = r.Checks(ctx, bounded(p))
		return err
	})
	return checks, next, err
}
