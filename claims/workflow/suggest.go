package workflow

import (
	"context"
	"runtime/debug"
	"strings"

	"cotejo/claims"
	"cotejo/claims/suggest"
)

// Suggester proposes further claims of an article, as a client of a language
// model does. It may be slow, be down or answer nonsense: no act waits for it,
// and what it proposes is held against the article's words again.
type Suggester interface {
	// Suggest gives what it found, also beside an error.
	Suggest(ctx context.Context, a suggest.Article) (suggest.Answer, error)
	// Rule names what made the suggestions, for the origin of the claims.
	Rule() string
}

const (
	suggestQueue   = 32  // articles that may wait for the suggester
	suggestedWorth = 0.5 // of what no engine has graded
	claimedAlready = 0.5 // the share of its code points from which on a suggestion is no news
)

// waiting is an article that waits for the suggester.
type waiting struct {
	actor   claims.Actor
	article string
}

// Start begins to ask the suggester about articles as they are taken in, until
// ctx ends or Close is called. Without a suggester it does nothing. It is called
// once.
func (d *Desk) Start(ctx context.Context) {
	ctx, d.stop = context.WithCancel(ctx)
	d.running.Go(func() { d.tidy(ctx) })
	if d.postman != nil {
		d.running.Go(func() { d.deliver(ctx) })
	}
	if d.signer != nil {
		d.running.Go(func() { d.signOn(ctx) })
	}
	if d.suggester == nil {
		return
	}
	d.log.Info("a model is asked about what is taken in", "rule", d.suggester.Rule())
	d.running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case next := <-d.queue:
				d.suggestFor(ctx, next)
			}
		}
	})
}

// Close ends what Start began and waits for it; what the suggester has not
// answered by then is forgotten.
func (d *Desk) Close() {
	d.stop()
	d.running.Wait()
}

// queueSuggest lets an article wait for the suggester, unless too many do.
func (d *Desk) queueSuggest(actor claims.Actor, article string) {
	if d.suggester == nil {
		return
	}
	select {
	case d.queue <- waiting{actor, article}:
	default:
		d.log.Warn("too many articles wait for the model: it will not be asked about this one", "article", article)
	}
}

// suggestFor asks about one article. Whatever goes wrong with a foreign answer
// ends here, in the log.
func (d *Desk) suggestFor(ctx context.Context, w waiting) {
	defer func() {
		if r := recover(); r != nil {
			d.log.Error("asking the model panicked", "article", w.article, "panic", r, "stack", string(debug.Stack()))
		}
	}()
	if _, err := d.SuggestMore(ctx, w.actor, w.article); err != nil && ctx.Err() == nil {
		d.log.Warn("the model could not be asked about an article", "article", w.article, "error", err)
	}
}

// SuggestMore asks the suggester about an article's newest snapshot and adds
// what is news as suggested claims, marked with the suggester's rule; added is
// how many. Nothing comes of it without a suggester, of an erased snapshot, of an
// article that is restricted (the model's service is none of its readers), or
// where a newer snapshot came in meanwhile. No transaction is open while it answers.
func (d *Desk) SuggestMore(ctx context.Context, actor claims.Actor, article string) (added int, err error) {
	a, snap, err := d.readForSuggester(ctx, actor, article)
	if err != nil || snap.Erased || a.Restricted || d.suggester == nil {
		return 0, err
	}
	answer, failure := d.suggester.Suggest(ctx, suggest.Article{Text: snap.Text, Language: a.Language, Title: a.Title, Published: a.Published})
	found, err := propose(ctx, a, []rune(snap.Text), answer.Suggestions)
	if err != nil {
		return 0, err
	}
	if len(found) > 0 {
		if added, err = d.addSuggested(ctx, actor, snap, found); err != nil {
			return 0, err
		}
	}
	d.log.Info("a model was asked about an article", "article", a.ID, "rule", d.suggester.Rule(), "added", added,
		"suggested", len(answer.Suggestions), "dropped", answer.Dropped, "unread", answer.Unread)
	return added, failure
}

// readForSuggester reads an article for whoever may take one in.
func (d *Desk) readForSuggester(ctx context.Context, actor claims.Actor, id string) (a claims.Article, snap claims.Snapshot, err error) {
	err = d.look(ctx, actor, claims.ActArticleAdd, func(r claims.Reader) (err error) {
		if a, err = r.Article(ctx, id); err != nil {
			return err
		}
		snap, err = r.Snapshot(ctx, a.ID, 0)
		return err
	})
	return a, snap, err
}

// proposal is a suggestion as a claim would assert it.
type proposal struct {
	claims.Assertion
	places []claims.Span // every place where its words stand
}

// propose makes assertions of suggestions as if a person had marked the words,
// leaving out those that do not stand in the text. The wording is the quote;
// figures and times are the engine's.
func propose(ctx context.Context, a claims.Article, text []rune, list []suggest.Suggestion) ([]proposal, error) {
	var out []proposal
	for _, s := range list[:min(len(list), maxList)] {
		in := NewClaim{Fragments: []claims.Fragment{s.Quote}, Attributions: attributedTo(text, s)}
		if s.Kind != claims.KindOther {
			in.Kind = s.Kind
		}
		assertion, err := in.assertion(ctx, a, text)
		if claims.KindOf(err) == claims.KindInvalid {
			continue
		}
		if err != nil {
			return nil, err
		}
		assertion.Worth, assertion.Checkable = suggestedWorth, assertion.Kind != claims.KindOpinion
		p := proposal{assertion, []claims.Span{s.Quote.Span}}
		for _, again := range s.Elsewhere {
			if placed(text, again, assertion.Quote()).Placed() {
				p.places = append(p.places, again)
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// attributedTo is the attribution to a source that stands in the text; none for
// the article itself.
func attributedTo(text []rune, s suggest.Suggestion) []claims.Attribution {
	if s.Source == nil || !placed(text, s.Source.Span, s.Source.Text).Placed() {
		return nil
	}
	mode := claims.ModeIndirect
	if quoted(text, s.Quote.Span) {
		mode = claims.ModeDirect
	}
	link := claims.Link{Text: s.Source.Text, Span: s.Source.Span}
	return []claims.Attribution{{Mode: mode, Sources: []claims.Link{link}, Via: []claims.Link{}}}
}

// quoted reports whether words stand between quotation marks.
func quoted(text []rune, s claims.Span) bool {
	around, ok := claims.Slice(text, claims.Span{Start: s.Start - 1, End: s.End + 1})
	if !ok || !s.Placed() {
		return false
	}
	inner := strings.TrimLeft(around, "«“„\"‘'")
	return inner != around && strings.TrimRight(inner, "»”“\"’'") != inner
}

// addSuggested adds the proposals that are still news, as a job of the actor's.
func (d *Desk) addSuggested(ctx context.Context, actor claims.Actor, snap claims.Snapshot, found []proposal) (added int, err error) {
	actor.Job = true
	text, origin := []rune(snap.Text), claims.Origin{By: claims.ByModel, Rule: d.suggester.Rule()}
	err = d.act(ctx, actor, func(t *tx) error {
		added = 0
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		claimed, ok, err := t.claimedWords(ctx, snap)
		if err != nil || !ok {
			return err
		}
		a, err := t.Article(ctx, snap.Article)
		if err != nil {
			return err
		}
		for _, p := range found {
			if p.known(claimed) {
				continue
			}
			if err := t.suggest(ctx, a, snap, text, p.Assertion, origin); err != nil {
				return err
			}
			claimed = append(claimed, p.places...)
			added++
		}
		return nil
	})
	return added, err
}

// claimedWords lists the words of a snapshot that claims stand on, dismissed
// ones too; not ok where the snapshot is erased or no longer the newest.
func (t *tx) claimedWords(ctx context.Context, snap claims.Snapshot) (claimed []claims.Span, ok bool, err error) {
	all, err := t.Snapshots(ctx, snap.Article)
	if err != nil || len(all) == 0 {
		return nil, false, err
	}
	if newest := all[len(all)-1]; newest.N != snap.N || newest.Erased {
		return nil, false, nil
	}
	err = t.EachClaim(ctx, claims.ClaimFilter{Article: snap.Article}, func(row claims.ClaimRow) error {
		if row.Snapshot == snap.N {
			for _, f := range row.Fragments {
				claimed = append(claimed, f.Span)
			}
		}
		return nil
	})
	return claimed, true, err
}

// known reports whether claims stand on half of the words already, in any of
// the places where they stand: the same words are one claim.
func (p proposal) known(claimed []claims.Span) bool {
	for _, place := range p.places {
		if share(place, claimed) >= claimedAlready {
			return true
		}
	}
	return false
}

// share is the part of a span's code points that other spans cover together.
func share(s claims.Span, others []claims.Span) float64 {
	covered, n := make([]bool, s.Len()), 0
	for _, o := range others {
		for i := max(s.Start, o.Start); i < min(s.End, o.End); i++ {
			if !covered[i-s.Start] {
				covered[i-s.Start] = true
				n++
			}
		}
	}
	return float64(n) / float64(s.Len())
}
