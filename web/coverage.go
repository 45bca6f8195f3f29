package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// coverPanel is what the page shows of an article's sentences: the one asked for is at
// hand, else the first one left.
func (s *Server) coverPanel(c echo.Context, v workflow.ArticleView, form desk.CoverPanel) desk.CoverPanel {
	form.Coverage = v.Coverage
	form.MaySkip, form.MaySign = s.may(c, claims.ActArticleSkip), s.may(c, claims.ActArticleSign)
	typed := c.FormValue("at")
	if typed == "" {
		typed = c.Request().Header.Get(atHeader)
	}
	at, err := strconv.Atoi(typed)
	if form.At = -1; err == nil {
		form.At = v.Coverage.At(at)
	}
	if form.At < 0 {
		form.At, form.Fresh = v.Coverage.Next(0), true
	}
	if form.At >= 0 {
		form.Quote, _ = claims.Slice([]rune(v.Snapshot.Text), v.Coverage.Sentences[form.At].Span)
	}
	return form
}

func (s *Server) skipAdd(c echo.Context) error {
	in := workflow.SkipInput{Reason: claims.SkipReason(c.FormValue("reason")), Note: c.FormValue("note"), Rest: c.FormValue("rest") == "yes"}
	if in.Reason != claims.SkipOther {
		in.Note = ""
	}
	var err error
	if in.Snapshot, err = optionalInt(c, "snapshot"); err != nil {
		return err
	}
	if in.Start, err = optionalInt(c, "at"); err != nil {
		return err
	}
	skip, err := s.desk.SkipSentences(c.Request().Context(), actorOf(c), c.Param("id"), in)
	if err != nil {
		return s.coverRefused(c, err, desk.CoverPanel{Of: "skip", Form: desk.SkipForm{Note: c.FormValue("note"), Rest: in.Rest}})
	}
	s.flash(c, "coverage.skipped")
	return s.toNextLeft(c, skip.End)
}

func (s *Server) skipRemove(c echo.Context) error {
	at, err := optionalInt(c, "at")
	if err != nil {
		return err
	}
	if err := s.desk.UnskipSentences(c.Request().Context(), actorOf(c), c.Param("id"), c.Param("skip")); err != nil {
		return err
	}
	s.flash(c, "coverage.unskipped")
	return seeOther(c, articleAt(c.Param("id"), at))
}

// toNextLeft leads to the next sentence that is left behind a place.
func (s *Server) toNextLeft(c echo.Context, from int) error {
	v, err := s.desk.Article(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	place := 0
	for place < len(v.Coverage.Sentences) && v.Coverage.Sentences[place].Start < from {
		place++
	}
	if next := v.Coverage.Next(place); next >= 0 {
		from = v.Coverage.Sentences[next].Start
	}
	return seeOther(c, articleAt(c.Param("id"), from))
}

func articleAt(id string, at int) string {
	return "/articles/" + url.PathEscape(id) + "?at=" + strconv.Itoa(at) + "#cover"
}

func (s *Server) signOff(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	act, done := s.desk.SignOff, "signoff.done"
	if c.FormValue("withdraw") != "" {
		act, done = s.desk.WithdrawSignOff, "signoff.withdrawn"
	}
	a, err := act(c.Request().Context(), actorOf(c), c.Param("id"), seen, c.FormValue("why"))
	if err != nil {
		return s.coverRefused(c, err, desk.CoverPanel{Of: "sign", Why: c.FormValue("why")})
	}
	s.flash(c, done)
	return seeOther(c, "/articles/"+url.PathEscape(a.ID)+"#cover")
}

// coverRefused shows the article again with what was typed.
func (s *Server) coverRefused(c echo.Context, err error, form desk.CoverPanel) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindConflict && e.Kind != claims.KindStale {
		return err
	}
	s.logError(c, status, err)
	form.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.articlePage(c, status, desk.AddClaim{}, form)
}

func (s *Server) coverRoutes() []route {
	return []route{
		{http.MethodPost, "/articles/:id/skips", staff(claims.ActArticleSkip), s.skipAdd, 0},
		{http.MethodPost, "/articles/:id/skips/:skip/remove", staff(claims.ActArticleSkip), s.skipRemove, 0},
		{http.MethodPost, "/articles/:id/sign-off", staff(claims.ActArticleSign), s.signOff, 0},
	}
}
