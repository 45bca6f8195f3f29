package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) changeRoutes() []route {
	return []route{
		{http.MethodGet, "/articles/:id/changes", staff(claims.ActLook), s.changesShow, 0},
		{http.MethodGet, "/articles/:id/watch", staff(claims.ActLook), s.watchShow, 0},
		{http.MethodPost, "/articles/:id/watch", staff(claims.ActArticleWatch), s.watchUpdate, 0},
		{http.MethodGet, "/claims/:id/place", staff(claims.ActLook), s.anchorShow, 0},
		{http.MethodPost, "/claims/:id/place", staff(claims.ActClaimPlace), s.anchorDecide, 0},
	}
}

func (s *Server) changesShow(c echo.Context) error {
	from, err := snapshotAsked(c, "from")
	if err != nil {
		return err
	}
	to, err := snapshotAsked(c, "to")
	if err != nil {
		return err
	}
	v, err := s.desk.Changes(c.Request().Context(), actorOf(c), c.Param("id"), from, to)
	if err != nil {
		return err
	}
	p := desk.ChangesPage{
		Frame: s.frame(c, "articles", wordsOf(c).T("changes.title")), Article: v.Article, Snapshots: v.Snapshots, From: v.From, To: v.To,
		Changes: v.Changes, Erased: v.Erased, Claims: v.Claims,
	}
	p.Width = "middle"
	return s.render(c, http.StatusOK, desk.Changes(p))
}

// snapshotAsked reads the number of a snapshot from the address, 0 where it has none.
func snapshotAsked(c echo.Context, name string) (int, error) {
	text := c.QueryParam(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, claims.NotFound("snapshot", cut(text, maxShown))
	}
	return n, nil
}

func (s *Server) anchorShow(c echo.Context) error {
	if plain, ok := claims.PlainID(c.Param("id")); ok && plain != c.Param("id") {
		return c.Redirect(http.StatusPermanentRedirect, "/claims/"+plain+"/place")
	}
	return s.anchorPage(c, http.StatusOK, nil, nil)
}

// anchorPage sets a claim's words beside what became of them, with the forms as typed.
func (s *Server) anchorPage(c echo.Context, status int, form *desk.AnchorForm, problems views.Problems) error {
	v, err := s.desk.Anchor(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := desk.AnchorPage{
		Frame: s.frame(c, "claims", wordsOf(c).T("anchor.title")), Row: v.Row, Then: v.Then, Now: v.Now, Changes: v.Changes, Own: v.Own, Offered: v.Offered,
		Same: v.Same, Erased: v.Erased, Behind: v.Behind(), Frozen: v.Frozen, Problems: problems,
	}
	if v.Refused != nil {
		e, _ := refusal(v.Refused)
		p.Refused = wordsOf(c).Refusal(e)
	}
	p.Form.Quote = v.Row.Quote()
	if len(v.Offered) == 1 {
		p.Form.Quote = v.Offered[0].Text
	}
	if form != nil {
		p.Form = *form
	}
	return s.render(c, status, desk.Anchor(p))
}

// anchorDone is what was decided, by the form's "do".
var anchorDone = map[string]claims.Anchor{"kept": claims.AnchorKept, "orphan": claims.AnchorOrphan, "again": ""}

func (s *Server) anchorDecide(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	ctx, actor, do := c.Request().Context(), actorOf(c), c.FormValue("do")
	var claim claims.Claim
	if to, settles := anchorDone[do]; settles {
		claim, err = s.desk.SettleAnchor(ctx, actor, c.Param("id"), seen, to, c.FormValue("reason"))
	} else {
		var in workflow.PlaceInput
		if in, err = placeTyped(c); err == nil {
			claim, err = s.desk.PlaceClaim(ctx, actor, c.Param("id"), seen, in)
		}
		do = "placed"
	}
	if err != nil {
		return s.anchorRefused(c, err)
	}
	s.flash(c, "anchor.done."+do, claims.ShowID(claim.ID))
	return seeOther(c, "/claims/"+claim.ID)
}

// placeTyped reads where a claim's words are said to stand.
func placeTyped(c echo.Context) (in workflow.PlaceInput, err error) {
	if in.Snapshot, err = optionalInt(c, "snapshot"); err != nil {
		return in, err
	}
	if spans := c.FormValue("spans"); spans != "" {
		for _, one := range strings.Split(cut(spans, maxQuery), ",") {
			start, end, _ := strings.Cut(one, "-")
			in.Fragments = append(in.Fragments, claims.Fragment{Span: claims.Span{Start: intOf(start), End: intOf(end)}})
		}
		return in, nil
	}
	in.Quote = c.FormValue("quote")
	if c.FormValue("place") != "" {
		start, err := optionalInt(c, "place")
		in.Start = &start
		return in, err
	}
	return in, nil
}

// anchorRefused shows the page again, as things stand now, with what was typed.
func (s *Server) anchorRefused(c echo.Context, err error) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindStale, claims.KindIllegalMove, claims.KindConflict:
	default:
		return err
	}
	s.logError(c, status, err)
	form := desk.AnchorForm{Quote: c.FormValue("quote"), Reason: c.FormValue("reason")}
	if e.Key == "claim.quote_ambiguous" {
		form.Places = placesOf(e)
	}
	return s.anchorPage(c, status, &form, views.ProblemsOf(wordsOf(c), err))
}

// watchState is how an article's page is watched, as pages show it.
func (s *Server) watchState(c echo.Context, v workflow.WatchView) desk.WatchState {
	return desk.WatchState{Watch: v.Watch, Rule: v.Rule, House: v.House, Off: v.Off, May: s.may(c, claims.ActArticleWatch)}
}

func (s *Server) watchShow(c echo.Context) error {
	return s.watchPage(c, http.StatusOK, nil, nil)
}

// watchPage shows how an article's page is watched. After somebody else's change to the
// article, what was typed stands beside theirs.
func (s *Server) watchPage(c echo.Context, status int, form *desk.WatchForm, err error) error {
	v, failed := s.desk.WatchOf(c.Request().Context(), actorOf(c), c.Param("id"))
	if failed != nil {
		return failed
	}
	stands := desk.WatchFormOf(v.Article.Watch, v.House)
	p := desk.WatchPage{
		Frame: s.frame(c, "articles", wordsOf(c).T("watch.title")), Article: v.Article, Snapshots: v.Snapshots, State: s.watchState(c, v),
		Version: v.Article.Version, Form: stands, Problems: views.ProblemsOf(wordsOf(c), err),
	}
	if form != nil {
		p.Form = *form
	}
	if claims.KindOf(err) == claims.KindStale {
		p.Stands = &stands
	}
	p.Width = "middle"
	return s.render(c, status, desk.Watch(p))
}

func (s *Server) watchUpdate(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	form := desk.WatchForm{Mode: c.FormValue("mode"), Every: strings.TrimSpace(c.FormValue("every")), Days: strings.TrimSpace(c.FormValue("days"))}
	in := workflow.WatchInput{Mode: claims.WatchMode(form.Mode)}
	if in.Mode == claims.WatchOwn {
		if in.Every, err = optionalInt(c, "every"); err == nil {
			in.Days, err = optionalInt(c, "days")
		}
	}
	var a claims.Article
	if err == nil {
		a, err = s.desk.EditWatch(c.Request().Context(), actorOf(c), c.Param("id"), seen, in)
	}
	if err != nil {
		e, status := refusal(err)
		if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
			return err
		}
		s.logError(c, status, err)
		return s.watchPage(c, status, &form, err)
	}
	s.flash(c, "watch.saved")
	return seeOther(c, "/articles/"+url.PathEscape(a.ID)+"/watch")
}

// houseWatch reads the default of the house. A form that does not speak of it leaves it.
func houseWatch(form url.Values, now claims.Settings, s *claims.Settings) error {
	if s.Watch = now.Watch; !form.Has("watch_every") {
		return nil
	}
	s.Watch.Published, s.Watch.Paused = form.Get("watch_published") == "yes", form.Get("watch_paused") == "yes"
	for name, to := range map[string]*int{"watch_every": &s.Watch.Every, "watch_days": &s.Watch.Days} {
		text := strings.TrimSpace(form.Get(name))
		if text == "" {
			*to = 0
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return claims.Invalid(name, "number.malformed", cut(text, maxShown))
		}
		*to = n
	}
	return nil
}

// watchTyped keeps what was typed of the default of the house.
func watchTyped(form url.Values, f *desk.HouseForm) {
	if form.Has("watch_every") {
		f.WatchEvery, f.WatchDays = form.Get("watch_every"), form.Get("watch_days")
		f.WatchPublished, f.WatchPaused = form.Get("watch_published") == "yes", form.Get("watch_paused") == "yes"
	}
}
