package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) settingShow(c echo.Context) error {
	v, err := s.desk.Settings(c.Request().Context())
	if err != nil {
		return err
	}
	return s.settingPage(c, http.StatusOK, desk.SettingPage{Form: settingForm(v), Seen: workflow.SettingsSeen(v)})
}

func settingForm(v claims.Settings) desk.SettingForm {
	form := desk.SettingForm{
		Newsroom: v.Newsroom, NewsroomURL: v.NewsroomURL, SameAs: strings.Join(v.SameAs, "\n"), Language: v.Language, BaseURL: v.BaseURL,
		SingleReview: v.SingleReview, CheckersApprove: v.CheckersApprove,
		ReturnAfter:  strconv.Itoa(v.ReturnAfter),
		MaxFile:      strconv.FormatInt(v.FileBytes()>>20, 10),
		SecondFactor: v.SecondFactor,
	}
	form.House, form.Public = houseForm(v), publicForm(v)
	return form
}

func (s *Server) settingPage(c echo.Context, status int, p desk.SettingPage) error {
	frame := s.frame(c, "settings", wordsOf(c).T("settings.title"))
	frame.Width = "middle"
	mail, err := s.desk.MailState(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p.Frame, p.Mail = frame, desk.MailState(mail)
	return s.render(c, status, desk.Settings(p))
}

func (s *Server) settingUpdate(c echo.Context) error {
	form := desk.SettingForm{
		Newsroom: c.FormValue("newsroom"), NewsroomURL: c.FormValue("newsroom_url"), SameAs: c.FormValue("same_as"),
		Language: c.FormValue("language"), BaseURL: c.FormValue("base_url"),
		SingleReview: c.FormValue("single_review") == "yes", CheckersApprove: c.FormValue("checkers_approve") == "yes",
		ReturnAfter:  strings.TrimSpace(c.FormValue("return_after")),
		MaxFile:      strings.TrimSpace(c.FormValue("max_file")),
		SecondFactor: c.FormValue("second_factor") == "yes",
	}
	var err error
	if form.Public, err = publicTyped(c); err != nil {
		return err
	}
	minutes := visitOf(c).settings.ReturnAfter
	if form.ReturnAfter != "" {
		minutes, err = strconv.Atoi(form.ReturnAfter)
	}
	most, broken := strconv.Atoi(form.MaxFile)
	if form.MaxFile == "" {
		most, broken = visitOf(c).settings.MaxFile, nil
	}
	if broken != nil {
		form.House, _ = houseTyped(c, &claims.Settings{})
		return s.settingRefused(c, form, claims.Invalid("max_file", "number.malformed", cut(form.MaxFile, maxShown)))
	}
	if err != nil {
		form.House, _ = houseTyped(c, &claims.Settings{})
		return s.settingRefused(c, form, claims.Invalid("return_after", "number.malformed", cut(form.ReturnAfter, maxShown)))
	}
	after := claims.Settings{
		Newsroom: form.Newsroom, NewsroomURL: form.NewsroomURL, SameAs: strings.Fields(form.SameAs), Language: form.Language,
		BaseURL: form.BaseURL, SingleReview: form.SingleReview, CheckersApprove: form.CheckersApprove,
		ReturnAfter:  minutes,
		MaxFile:      most,
		SecondFactor: form.SecondFactor,
	}
	putPublic(form.Public, &after)
	after.Public = visitOf(c).settings.Public // which has a page of its own
	if form.House, err = houseTyped(c, &after); err != nil {
		return s.settingRefused(c, form, err)
	}
	if err := s.desk.EditSettingsSeen(c.Request().Context(), actorOf(c), c.FormValue("seen"), after); err != nil {
		return s.settingRefused(c, form, err)
	}
	s.flash(c, "settings.saved")
	return seeOther(c, "/settings")
}

// settingRefused shows the settings again as typed.
func (s *Server) settingRefused(c echo.Context, form desk.SettingForm, err error) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
		return err
	}
	s.logError(c, status, err)
	p := desk.SettingPage{Form: form, Seen: c.FormValue("seen"), Problems: views.ProblemsOf(wordsOf(c), err)}
	if e.Kind == claims.KindStale {
		now, err := s.desk.Settings(c.Request().Context())
		if err != nil {
			return err
		}
		stands := settingForm(now)
		p.Seen, p.Stands = workflow.SettingsSeen(now), &stands
	}
	return s.settingPage(c, status, p)
}
