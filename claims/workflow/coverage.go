package workflow

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
)

// nounSkip is the noun of events about skipped sentences.
const nounSkip = "skip"

// skipFields is what the history tells of a skip.
var skipFields = []field[claims.Skip]{
	plain("snapshot", func(s *claims.Skip) *int { return &s.Snapshot }),
	plain("start", func(s *claims.Skip) *int { return &s.Start }),
	plain("end", func(s *claims.Skip) *int { return &s.End }),
	plain("skip_reason", func(s *claims.Skip) *claims.SkipReason { return &s.Reason }),
	plain("note", func(s *claims.Skip) *string { return &s.Note }),
	plain("skipped_by", func(s *claims.Skip) *string { return &s.By }),
	stamped("skipped_at", func(s *claims.Skip) *time.Time { return &s.At }),
}

// coverageOf says what became of every sentence of a snapshot. Skips of an older
// snapshot hold where their exact words stand once in this one.
func coverageOf(ctx context.Context, r claims.Reader, a claims.Article, s claims.Snapshot, rows []claims.ClaimRow) (claims.Coverage, error) {
	if s.Erased {
		return claims.Coverage{}, nil
	}
	skips, err := r.Skips(ctx, a.ID)
	if err != nil {
		return claims.Coverage{}, err
	}
	if skips, err = carrySkips(ctx, r, skips, s); err != nil {
		return claims.Coverage{}, err
	}
	here, err := appearing(ctx, r, a, s.Text)
	return coverOf(a, s, rows, here, skips), err
}

// carrySkips moves skips of older snapshots to where their words stand in s, and leaves
// out those whose words are gone, changed or ambiguous.
func carrySkips(ctx context.Context, r claims.ArticleReader, skips []claims.Skip, s claims.Snapshot) ([]claims.Skip, error) {
	older := map[int][]rune{}
	var out []claims.Skip
	for _, skip := range skips {
		if skip.Snapshot == s.N {
			out = append(out, skip)
			continue
		}
		text, ok := older[skip.Snapshot]
		if !ok {
			was, err := r.Snapshot(ctx, skip.Article, skip.Snapshot)
			if err != nil {
				return nil, err
			}
			text = []rune(was.Text)
			older[skip.Snapshot] = text
		}
		words, inside := claims.Slice(text, skip.Span)
		if !inside || words == "" || strings.Count(s.Text, words) != 1 {
			continue
		}
		start := utf8.RuneCountInString(s.Text[:strings.Index(s.Text, words)])
		skip.Span = claims.Span{Start: start, End: start + skip.Len()}
		out = append(out, skip)
	}
	return out, nil
}

// SkipInput says of the sentence that holds a code point of the newest snapshot that
// there is nothing to check in it; Rest says so of those behind it in its paragraph too.
type SkipInput struct {
	Snapshot int // 0 for the newest
	Start    int
	Rest     bool
	Reason   claims.SkipReason
	Note     string
}

func (in SkipInput) check() error {
	var f faults
	f.text("note", in.Note, maxReason)
	switch {
	case in.Reason == "":
		f.add("reason", "text.missing")
	case !slices.Contains(claims.SkipReasons, in.Reason):
		f.add("reason", "coverage.reason_unknown", clip(string(in.Reason), maxName))
	case in.Reason == claims.SkipOther:
		f.required("note", in.Note, maxReason)
	}
	return f.err()
}

// SkipSentences says that sentences of an article have nothing to check.
func (d *Desk) SkipSentences(ctx context.Context, actor claims.Actor, article string, in SkipInput) (claims.Skip, error) {
	var out claims.Skip
	err := d.act(ctx, actor, func(t *tx) error {
		a, s, c, err := t.covered(ctx, article)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActArticleSkip); err != nil {
			return err
		}
		in.Note = clean(in.Note)
		if err := in.check(); err != nil {
			return err
		}
		if in.Snapshot != 0 && in.Snapshot != s.N {
			return claims.Refuse(claims.KindConflict, "coverage.other_snapshot")
		}
		span, err := skipped(c, in)
		if err != nil {
			return err
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		out = claims.Skip{ID: id, Article: a.ID, Snapshot: s.N, Span: span, Reason: in.Reason, Note: in.Note, By: t.actor.ID, At: t.now}
		if err := t.CreateSkip(ctx, out); err != nil {
			return err
		}
		return t.record(ctx, onSkip(ActSkipAdd, out, born(skipFields, out)...))
	})
	return out, err
}

// covered reads an article with what became of its sentences.
func (t *tx) covered(ctx context.Context, id string) (a claims.Article, s claims.Snapshot, c claims.Coverage, err error) {
	if a, err = t.Article(ctx, id); err != nil {
		return a, s, c, err
	}
	if s, err = t.Snapshot(ctx, id, 0); err != nil {
		return a, s, c, err
	}
	rows, err := claimsIn(ctx, t, id)
	if err == nil {
		c, err = coverageOf(ctx, t, a, s, rows)
	}
	return a, s, c, err
}

// skipped gives the span that an input speaks of: of one sentence nobody has looked at,
// or from there to the last such sentence of its paragraph.
func skipped(c claims.Coverage, in SkipInput) (claims.Span, error) {
	i := c.At(in.Start)
	if i < 0 {
		return claims.Span{}, claims.Invalid("start", "coverage.no_sentence", in.Start)
	}
	first := c.Sentences[i]
	if first.Cover != claims.CoverUnseen {
		return claims.Span{}, claims.Refuse(claims.KindConflict, "coverage.looked_at."+string(first.Cover))
	}
	span := first.Span
	for ; in.Rest && i < len(c.Sentences) && c.Sentences[i].Paragraph == first.Paragraph; i++ {
		if c.Sentences[i].Cover == claims.CoverUnseen {
			span.End = c.Sentences[i].End
		}
	}
	return span, nil
}

// UnskipSentences says that the sentences of a skip are to be looked at after all.
func (d *Desk) UnskipSentences(ctx context.Context, actor claims.Actor, article, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		s, err := t.Skip(ctx, article, clip(id, maxName))
		if err != nil {
			return err
		}
		if err := t.may(claims.ActArticleSkip); err != nil {
			return err
		}
		if err := t.DeleteSkip(ctx, s.Article, s.ID); err != nil {
			return err
		}
		return t.record(ctx, onSkip(ActSkipRemove, s, gone(skipFields, s)...))
	})
}

// undoSkip takes a skip away, or brings it back.
func (t *tx) undoSkip(ctx context.Context, e claims.Event) error {
	if e.Act == ActSkipRemove {
		back := claims.Skip{ID: e.NounID, Article: e.Article}
		if err := restore(skipFields, &back, e); err != nil {
			return err
		}
		if err := t.CreateSkip(ctx, back); err != nil {
			return err
		}
		return t.record(ctx, undoing(e, born(skipFields, back)...))
	}
	now, err := t.Skip(ctx, e.Article, e.NounID)
	if err != nil {
		return err
	}
	if err := t.DeleteSkip(ctx, now.Article, now.ID); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, gone(skipFields, now)...))
}

// SignOff says that the desk is done with an article as it stands. Where sentences are
// left to look at, why says why that is enough.
func (d *Desk) SignOff(ctx context.Context, actor claims.Actor, id string, version int64, why string) (claims.Article, error) {
	return d.sign(ctx, actor, id, version, func(t *tx, a *claims.Article, s claims.Snapshot, c claims.Coverage) (entry, error) {
		switch {
		case s.Erased:
			return entry{}, claims.Refuse(claims.KindGone, "coverage.erased")
		case a.SignOff.Signed() && a.SignOff.Snapshot == s.N && c.Left == 0:
			return entry{}, claims.Refuse(claims.KindConflict, "coverage.signed_already")
		}
		var f faults
		if why = clean(why); c.Left > 0 && why == "" {
			f.add("why", "coverage.left", c.Left)
		}
		f.text("why", why, maxReason)
		a.SignOff = claims.SignOff{By: t.actor.ID, At: t.now, Snapshot: s.N, Left: c.Left, Why: why}
		return entry{act: ActArticleSign}, f.err()
	})
}

// WithdrawSignOff says that there is more to do on an article after all.
func (d *Desk) WithdrawSignOff(ctx context.Context, actor claims.Actor, id string, version int64, why string) (claims.Article, error) {
	return d.sign(ctx, actor, id, version, func(_ *tx, a *claims.Article, _ claims.Snapshot, _ claims.Coverage) (entry, error) {
		if !a.SignOff.Signed() {
			return entry{}, claims.Refuse(claims.KindConflict, "coverage.not_signed")
		}
		var f faults
		why = clean(why)
		f.text("why", why, maxReason)
		a.SignOff = claims.SignOff{}
		return entry{act: ActArticleUnsign, reason: why}, f.err()
	})
}

// sign is every act on the sign-off of an article.
func (d *Desk) sign(ctx context.Context, actor claims.Actor, id string, version int64,
	do func(*tx, *claims.Article, claims.Snapshot, claims.Coverage) (entry, error)) (claims.Article, error) {
	var out claims.Article
	err := d.act(ctx, actor, func(t *tx) error {
		before, s, c, err := t.covered(ctx, id)
		if err != nil {
			return err
		}
		if err := fresh("article", id, version, before.Version); err != nil {
			return err
		}
		if err := t.may(claims.ActArticleSign); err != nil {
			return err
		}
		after := before
		done, err := do(t, &after, s, c)
		if err != nil {
			return err
		}
		after.UpdatedAt = t.now
		if err := t.UpdateArticle(ctx, &after); err != nil {
			return err
		}
		out = after
		e := onArticle(done.act, after, diff(articleFields, before, after)...)
		e.reason = done.reason
		return t.record(ctx, e)
	})
	return out, err
}

func onSkip(act string, s claims.Skip, changes ...change) entry {
	return entry{act: act, noun: nounSkip, id: s.ID, article: s.Article, changes: changes}
}
