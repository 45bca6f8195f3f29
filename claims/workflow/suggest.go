package workflow

import (
	"context"
	"errors"
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
	suggestedWorth = 0.5 // of what no engine has graded
	claimedAlready = 0.5 // the share of its code points from which on a suggestion is no news
)

// StepAsk is the step of a job in which a model thinks.
const StepAsk = "ask"

// Suggested is what came of asking a model about an article: Added claims of those
// that it Suggested; Unread code points at the article's end were too many for it.
type Suggested struct {
	Added     int    `json:"added"`
	Suggested int    `json:"suggested"`
	Unread    int    `json:"unread"`
	Rule      string `json:"rule"` // what was asked
}

// queueSuggest has the suggester asked about an article that comes in, with the rights
// of whoever takes it in.
func (d *Desk) queueSuggest(ctx context.Context, t *tx, a claims.Article) error {
	if d.suggester == nil || a.Restricted {
		return nil
	}
	_, err := t.queueJob(ctx, claims.Job{Kind: claims.JobSuggest, Article: a.ID}, struct{}{})
	if claims.KindOf(err) == claims.KindBusy {
		d.log.Warn("too many jobs wait: the model will not be asked about this article unless somebody asks", "article", a.ID)
		return nil
	}
	return err
}

// AskSuggest asks for a model to be asked about an article; where that is asked
// already, it gives the job.
func (d *Desk) AskSuggest(ctx context.Context, actor claims.Actor, article string) (claims.Job, error) {
	var out claims.Job
	err := d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		a, err := t.Article(ctx, clip(article, maxName))
		if err != nil {
			return err
		}
		switch {
		case d.suggester == nil:
			return claims.Refuse(claims.KindConflict, "suggest.off")
		case a.Restricted:
			return claims.Refuse(claims.KindConflict, "suggest.restricted")
		}
		open, _, err := t.Jobs(ctx, claims.JobFilter{Article: a.ID, Kind: claims.JobSuggest, Open: true, Page: claims.Page{Limit: 1}})
		if err != nil {
			return err
		}
		if len(open) > 0 {
			out = open[0]
			return nil
		}
		out, err = t.addJob(ctx, claims.Job{Kind: claims.JobSuggest, Article: a.ID}, struct{}{})
		return err
	})
	return out, err
}

// AsksModels reports whether a model can be asked about articles.
func (d *Desk) AsksModels() bool { return d.suggester != nil }

// SuggestForArticle is the work of JobSuggest. What a model said before it failed is
// kept, and it is asked again later.
func (d *Desk) SuggestForArticle(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	if d.suggester == nil {
		return claims.Refuse(claims.KindBusy, "suggest.off") // another node may have one
	}
	tell(StepAsk, 0, 0)
	_, err = d.suggestMore(ctx, actor, j.Article, func(t *tx, out Suggested) error { return t.finishJob(ctx, j, out) })
	var refused *claims.Error
	if err != nil && ctx.Err() == nil && !errors.As(err, &refused) {
		return &claims.Error{Kind: claims.KindBusy, Key: "suggest.failed", Cause: err}
	}
	return err
}

// SuggestMore asks the suggester about an article's newest snapshot and adds
// what is news as suggested claims, marked with the suggester's rule; added is
// how many. Nothing comes of it without a suggester, of an erased snapshot, of an
// article that is restricted (the model's service is none of its readers), or
// where a newer snapshot came in meanwhile. No transaction is open while it answers.
func (d *Desk) SuggestMore(ctx context.Context, actor claims.Actor, article string) (added int, err error) {
	return d.suggestMore(ctx, actor, article, func(*tx, Suggested) error { return nil })
}

// suggestMore is SuggestMore with what belongs into its transaction where the
// suggester said all that it had to say.
func (d *Desk) suggestMore(ctx context.Context, actor claims.Actor, article string, also func(*tx, Suggested) error) (added int, err error) {
	a, snap, err := d.readForSuggester(ctx, actor, article)
	if err != nil || d.suggester == nil {
		return 0, err
	}
	var answer suggest.Answer
	var found []proposal
	var failure error
	if !snap.Erased && !a.Restricted {
		answer, failure = d.suggester.Suggest(ctx, suggest.Article{Text: snap.Text, Language: a.Language, Title: a.Title, Published: a.Published})
		if found, err = propose(ctx, a, []rune(snap.Text), answer.Suggestions); err != nil {
			return 0, err
		}
	}
	added, err = d.addSuggested(ctx, actor, snap, found, func(t *tx, added int) error {
		if failure != nil {
			return nil
		}
		return also(t, Suggested{Added: added, Suggested: len(answer.Suggestions), Unread: answer.Unread, Rule: d.suggester.Rule()})
	})
	if err != nil {
		return 0, err
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

// addSuggested adds the proposals that are still news, as a job of the actor's, and
// does what also belongs into the transaction.
func (d *Desk) addSuggested(ctx context.Context, actor claims.Actor, snap claims.Snapshot, found []proposal, also func(*tx, int) error) (added int, err error) {
	actor.Job = true
	err = d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		if added, err = t.addNews(ctx, snap, found, claims.Origin{By: claims.ByModel, Rule: d.suggester.Rule()}); err != nil {
			return err
		}
		return also(t, added)
	})
	return added, err
}

// addNews adds the proposals that no claims stand on yet.
func (t *tx) addNews(ctx context.Context, snap claims.Snapshot, found []proposal, origin claims.Origin) (added int, err error) {
	if len(found) == 0 {
		return 0, nil
	}
	claimed, ok, err := t.claimedWords(ctx, snap)
	if err != nil || !ok {
		return 0, err
	}
	a, err := t.Article(ctx, snap.Article)
	if err != nil {
		return 0, err
	}
	text := []rune(snap.Text)
	for _, p := range found {
		if p.known(claimed) {
			continue
		}
		if err := t.suggest(ctx, a, snap, text, p.Assertion, origin); err != nil {
			return added, err
		}
		claimed = append(claimed, p.places...)
		added++
	}
	return added, nil
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
	if err != nil {
		return nil, false, err
	}
	words, err := t.sharedWords(ctx, snap.Article)
	return append(claimed, words...), true, err
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
