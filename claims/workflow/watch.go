package workflow

import (
	"context"
	"errors"
	"slices"
	"time"

	"cotejo/claims"
	"cotejo/claims/fetch"
)

// WatchView says how an article's page is watched.
type WatchView struct {
	Article   claims.Article
	Watch     claims.Watch
	Rule      claims.WatchRule // that holds now
	House     claims.HouseWatch
	Snapshots []claims.Snapshot // oldest first, without Text
	Off       bool              // this desk fetches nothing
	People    map[string]claims.Person
}

// WatchOf gives how an article's page is watched.
func (d *Desk) WatchOf(ctx context.Context, actor claims.Actor, article string) (WatchView, error) {
	var v WatchView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		v = WatchView{Off: d.fetcher == nil}
		if v.Article, err = r.Article(ctx, article); err != nil {
			return err
		}
		if v.Snapshots, err = r.Snapshots(ctx, article); err != nil {
			return err
		}
		s, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		v.House, v.Rule = s.Watch, v.Article.Watch.Rule(s.Watch)
		if v.Watch, err = r.Watch(ctx, article); err != nil {
			return err
		}
		if v.Watch.NextAt, err = nextFetch(ctx, r, v.Article, v.Watch, v.Rule, d.clock.Now()); err != nil {
			return err
		}
		v.People, err = everyone(ctx, r)
		return err
	})
	return v, err
}

// nextFetch is when an article's page is fetched without anybody asking; zero for never.
func nextFetch(ctx context.Context, r claims.ClaimReader, a claims.Article, w claims.Watch, rule claims.WatchRule, now time.Time) (time.Time, error) {
	if a.URL == "" || rule.Every == 0 {
		return time.Time{}, nil
	}
	counts, err := r.CountClaims(ctx, claims.ClaimFilter{Article: a.ID, Published: true})
	delete(counts, claims.StateWithdrawn)
	published := 0
	for _, n := range counts {
		published += n
	}
	return w.Next(rule, a.CreatedAt, published > 0, now), err
}

// WatchInput says by whose rule an article is watched, Every and Days of which are for a
// rule of its own.
type WatchInput struct {
	Mode  claims.WatchMode
	Every int // hours
	Days  int
}

// EditWatch says how an article's page is watched.
func (d *Desk) EditWatch(ctx context.Context, actor claims.Actor, id string, version int64, in WatchInput) (claims.Article, error) {
	var out claims.Article
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := fresh("article", id, version, before.Version); err != nil {
			return err
		}
		if err := t.may(claims.ActArticleWatch); err != nil {
			return err
		}
		after := before
		var f faults
		if after.Watch.Mode = in.Mode; !slices.Contains(claims.WatchModes, in.Mode) {
			f.add("mode", "watch.mode_unknown", clip(string(in.Mode), maxName))
		}
		if in.Mode == claims.WatchOwn {
			after.Watch.Every, after.Watch.Days = in.Every, in.Days
			f.watchRule("every", "days", claims.WatchRule{Every: in.Every, Days: in.Days}, 1)
		}
		if err := f.err(); err != nil {
			return err
		}
		changes := diff(articleFields, before, after)
		if out = before; len(changes) == 0 {
			return nil
		}
		after.UpdatedAt = t.now
		if err := t.UpdateArticle(ctx, &after); err != nil {
			return err
		}
		out = after
		return t.record(ctx, onArticle(ActArticleWatch, after, changes...))
	})
	return out, err
}

// watchRule bounds a rule; least is the fewest hours between two fetches.
func (f *faults) watchRule(every, days string, r claims.WatchRule, least int) {
	if r.Every < least || r.Every > claims.MostWatchHours {
		f.add(every, "number.out_of_range", least, claims.MostWatchHours)
	}
	if r.Days < 1 || r.Days > claims.MostWatchDays {
		f.add(days, "number.out_of_range", 1, claims.MostWatchDays)
	}
}

// looked is how many watches are looked at in one go.
const looked = 20

// nextWatch plans the fetch of a page that is due, where none of the program's own is
// under way: whoever asks for a page never waits for them, nor does a site get many at
// once. It says whether it did.
func (t *tx) nextWatch(ctx context.Context) (bool, error) {
	under, _, err := t.Jobs(ctx, claims.JobFilter{Kind: claims.JobWatch, Open: true, Page: claims.Page{Limit: 1}})
	if err != nil || len(under) > 0 {
		return false, err
	}
	for range looked {
		w, err := t.DueWatch(ctx, t.now)
		if err != nil || w.Article == "" {
			return false, err
		}
		a, err := t.Article(ctx, w.Article)
		if err != nil {
			return false, err
		}
		rule := a.Watch.Rule(t.settings.Watch)
		if w.NextAt, err = nextFetch(ctx, t, a, w, rule, t.now); err != nil {
			return false, err
		}
		due := !w.NextAt.IsZero() && !w.NextAt.After(t.now)
		if due {
			w.NextAt = t.now.Add(time.Duration(rule.Every) * time.Hour) // should the job be lost
		}
		if err := t.PutWatch(ctx, w); err != nil {
			return false, err
		}
		if due {
			return true, t.planWatch(ctx, a)
		}
	}
	return false, nil
}

func (t *tx) planWatch(ctx context.Context, a claims.Article) error {
	return t.planJob(ctx, claims.JobWatch, a.ID, PageRequest{Hint: hintOf(a.URL)})
}

// noteFailure writes down why an article's page could not be read.
func (d *Desk) noteFailure(ctx context.Context, j claims.Job, failure error, pause time.Duration) error {
	if ctx.Err() != nil {
		return failure // the worker stops: that says nothing of the page
	}
	err := d.update(ctx, job, func(t *tx) error {
		w, a, err := t.asked(ctx, j)
		if err != nil {
			return err
		}
		if w.Problem = jobProblem(failure); j.Kind == claims.JobWatch {
			w.Failures++
		}
		if w.NotBefore = (time.Time{}); pause > 0 {
			w.NotBefore = t.now.Add(pause)
		}
		return t.putNext(ctx, a, w)
	})
	return errors.Join(failure, err)
}

// asked begins what is written down of a fetch.
func (t *tx) asked(ctx context.Context, j claims.Job) (claims.Watch, claims.Article, error) {
	a, err := t.Article(ctx, j.Article)
	if err != nil {
		return claims.Watch{}, a, err
	}
	w, err := t.Watch(ctx, a.ID)
	w.AskedAt = t.now
	return w, a, err
}

// putNext writes a watch down with when it is to be looked at next.
func (t *tx) putNext(ctx context.Context, a claims.Article, w claims.Watch) error {
	next, err := nextFetch(ctx, t, a, w, a.Watch.Rule(t.settings.Watch), t.now)
	if err != nil {
		return err
	}
	w.NextAt = next
	return t.PutWatch(ctx, w)
}

// pageSeen writes down that an article's page was there. What its server calls the
// version is kept where the page could be read.
func (t *tx) pageSeen(ctx context.Context, j claims.Job, page fetch.Page) error {
	w, a, err := t.asked(ctx, j)
	if err != nil {
		return err
	}
	if w.Gone() {
		if err := t.record(ctx, onArticle(ActArticleBack, a)); err != nil {
			return err
		}
	}
	w.SeenAt, w.GoneSince, w.NotBefore, w.Failures, w.Problem = t.now, time.Time{}, time.Time{}, 0, nil
	if !page.Same {
		w.Tag, w.Modified = page.Tag, page.Modified
	}
	return t.putNext(ctx, a, w)
}

// goneCodes are what servers answer where there is no such page, or none any more.
var goneCodes = []int{404, 410}

// pageGone gives the answer of a server that has no such page.
func pageGone(err error) (code int, gone bool) {
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Key != "fetch.status" || len(refused.Args) == 0 {
		return 0, false
	}
	code, _ = refused.Args[0].(int)
	return code, slices.Contains(goneCodes, code)
}

// noteGone writes down that there is no page any more; the article stays as it was read.
func (d *Desk) noteGone(ctx context.Context, actor claims.Actor, j claims.Job, failure error, code int) error {
	return d.act(ctx, actor, func(t *tx) error {
		w, a, err := t.asked(ctx, j)
		if err != nil {
			return err
		}
		if !w.Gone() {
			w.GoneSince = t.now
			if err := t.record(ctx, onArticle(ActArticleGone, a, change{"status", nil, code})); err != nil {
				return err
			}
		}
		w.Problem, w.NotBefore = jobProblem(failure), time.Time{}
		if j.Kind == claims.JobWatch {
			w.Failures++
		}
		if err := t.putNext(ctx, a, w); err != nil {
			return err
		}
		return t.finishJob(ctx, j, Refetched{Gone: true})
	})
}
