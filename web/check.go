package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
	"cotejo/views/public"
)

func (s *Server) checkList(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	rows, next, err := s.desk.Checks(c.Request().Context(), actorOf(c), page)
	if err != nil {
		return err
	}
	p := desk.ChecksPage{Frame: s.frame(c, "checks", wordsOf(c).T("checks.title")), Rows: rows, MayWrite: s.may(c, claims.ActCheckWrite)}
	p.MayMove = p.MayWrite || s.may(c, claims.ActCheckApprove)
	if p.Scheduled, err = s.scheduledTimes(c); err != nil {
		return err
	}
	p.Width = "middle"
	p.First, p.Next = turned(c, next)
	return s.render(c, http.StatusOK, desk.Checks(p))
}

func (s *Server) checkNew(c echo.Context) error {
	return s.checkPage(c, http.StatusOK, desk.CheckPage{MayWrite: true, Form: desk.CheckForm{Authors: calledName(personOf(c))}})
}

func (s *Server) checkPage(c echo.Context, status int, p desk.CheckPage) error {
	title := "checks.edit"
	if p.Slug == "" {
		title = "checks.new"
	}
	p.Frame = s.frame(c, "checks", wordsOf(c).T(title))
	p.Scripts, p.Head = []string{"js/check.js"}, public.Head()
	p.MayWrite = s.may(c, claims.ActCheckWrite)
	if p.Slug != "" {
		if err := s.checkNext(c, &p); err != nil {
			return err
		}
	}
	return s.render(c, status, desk.Check(p))
}

func checkForm(c echo.Context) desk.CheckForm {
	return desk.CheckForm{
		Slug: strings.TrimSpace(c.FormValue("slug")), Title: c.FormValue("title"), Summary: c.FormValue("summary"), Body: c.FormValue("body"),
		Language: c.FormValue("language"), Authors: c.FormValue("authors"), Related: c.FormValue("related"),
	}
}

func (s *Server) checkCreate(c echo.Context) error {
	form := checkForm(c)
	if helped, err := s.checkHelp(c, form); helped {
		return err
	}
	check, err := s.desk.CreateCheck(c.Request().Context(), actorOf(c), workflow.CheckInput{
		Slug: form.Slug, Title: form.Title, Summary: form.Summary, Body: form.Body, Language: form.Language, Authors: splitList(form.Authors), Related: splitList(form.Related),
	})
	if err != nil {
		return s.checkRefused(c, err, desk.CheckPage{Form: form})
	}
	return s.checkSaved(c, check)
}

// checkSaved leads back to the form, or on to the preview.
func (s *Server) checkSaved(c echo.Context, check claims.Check) error {
	if c.FormValue("then") == "preview" {
		return seeOther(c, "/checks/"+check.Slug+"/preview")
	}
	s.flash(c, "checks.saved")
	return seeOther(c, "/checks/"+check.Slug+"/edit")
}

func (s *Server) checkEdit(c echo.Context) error {
	p, err := s.checkAsKept(c)
	if err != nil {
		return err
	}
	return s.checkPage(c, http.StatusOK, p)
}

// checkAsKept reads the check that the address names into its form.
func (s *Server) checkAsKept(c echo.Context) (desk.CheckPage, error) {
	check, err := s.desk.Check(c.Request().Context(), actorOf(c), c.Param("slug"))
	return desk.CheckPage{
		ID: check.ID, Slug: check.Slug, Version: check.Version, State: check.State, Published: check.Published,
		Form: desk.CheckForm{
			Slug: check.Slug, Title: check.Title, Summary: check.Summary, Body: check.Body, Language: check.Language,
			Authors: strings.Join(check.Authors, ", "), Related: strings.Join(check.Related, ", "),
		},
		Check: check, Picture: pictureForm(check),
	}, err
}

func (s *Server) checkUpdate(c echo.Context) error {
	form := checkForm(c)
	if helped, err := s.checkHelp(c, form); helped {
		return err
	}
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	authors, related := splitList(form.Authors), splitList(form.Related)
	patch := workflow.CheckPatch{Title: &form.Title, Summary: &form.Summary, Body: &form.Body, Authors: &authors, Related: &related, Slug: &form.Slug}
	if form.Language != "" {
		patch.Language = &form.Language
	}
	check, err := s.desk.EditCheck(c.Request().Context(), actorOf(c), c.Param("slug"), seen, patch)
	if claims.KindOf(err) == claims.KindNotFound {
		err = s.checkMovedOn(c, err)
	}
	if err != nil {
		return s.checkUpdateRefused(c, err, form)
	}
	return s.checkSaved(c, check)
}

// checkMovedOn finds the check under the address that somebody gave it meanwhile:
// the form is then stale, and not lost.
func (s *Server) checkMovedOn(c echo.Context, err error) error {
	check, readErr := s.desk.Check(c.Request().Context(), actorOf(c), cut(c.FormValue("id"), maxShown))
	if readErr != nil {
		return err
	}
	c.SetParamNames("slug")
	c.SetParamValues(check.Slug)
	return claims.Refuse(claims.KindStale, "stale.check", check.ID)
}

// checkUpdateRefused keeps what was typed, over the check as it stands now.
func (s *Server) checkUpdateRefused(c echo.Context, err error, form desk.CheckForm) error {
	p, readErr := s.checkAsKept(c)
	if readErr != nil {
		return readErr
	}
	if claims.KindOf(err) == claims.KindStale {
		stands := p.Form
		p.Stands = &stands
	}
	p.Form = form
	return s.checkRefused(c, err, p)
}

func (s *Server) checkRefused(c echo.Context, err error, p desk.CheckPage) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindConflict, claims.KindStale, claims.KindIllegalMove:
	default:
		return err
	}
	s.logError(c, status, err)
	p.Problems = views.ProblemsOf(wordsOf(c), err)
	if e.Key == "check.cites_unpublished" {
		p.Refused = unpublished(c, e)
	}
	return s.checkPage(c, status, p)
}

// unpublished lists the claims for which a check cannot be published.
func unpublished(c echo.Context, e *claims.Error) []desk.UnpublishedCitation {
	out := make([]desk.UnpublishedCitation, 0, len(e.Fields))
	for _, f := range e.Fields {
		if len(f.Args) == 0 {
			continue
		}
		id, _ := f.Args[0].(string)
		out = append(out, desk.UnpublishedCitation{Claim: id, Text: wordsOf(c).Field(f)})
	}
	return out
}
