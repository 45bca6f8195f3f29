package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// methodologyShow tells everybody how the newsroom works: in its language, or in that
// of the path.
func (s *Server) methodologyShow(c echo.Context) error {
	language := c.Param("language")
	if language != "" && !slices.Contains(i18n.Langs(), language) {
		return claims.NotFound("language", cut(language, maxShown))
	}
	v, err := s.desk.PublicMethodology(c.Request().Context(), language)
	if err != nil {
		return err
	}
	if language == i18n.For(v.Settings.Language).Lang() { // one address a page
		return c.Redirect(http.StatusPermanentRedirect, "/methodology")
	}
	page, err := s.methodologyView(c, v, language)
	if err != nil {
		return err
	}
	return s.renderPublic(c, http.StatusOK, public.Methodology(page))
}

func (s *Server) methodologyView(c echo.Context, v workflow.MethodologyView, language string) (public.MethodologyView, error) {
	frame, err := s.publicFrame(c, language, "")
	if err != nil {
		return public.MethodologyView{}, err
	}
	frame.Title = frame.Words.T("methodology.title")
	lang, house := frame.Words.Lang(), i18n.For(v.Settings.Language).Lang()
	frame.Head = public.CanonicalHead(s.link(public.MethodologyPath(lang, house)))
	page := public.MethodologyView{Frame: frame, Settings: v.Settings, Scale: v.Scale, Counts: v.Counts, Reports: v.Reports, Days: v.Days,
		Content: v.Content, Attribution: v.Attribution, Opinions: v.Opinions}
	for _, other := range i18n.Langs() {
		if other != lang {
			page.Others = append(page.Others, views.Option{Value: public.MethodologyPath(other, house), Label: other})
		}
	}
	for _, text := range []struct {
		to   *templ.Component
		body string
	}{{&page.Intro, v.Text.Intro}, {&page.Funding, v.Text.Funding}, {&page.Team, v.Text.Team}} {
		if text.body == "" {
			continue
		}
		if *text.to, err = public.Markdown(frame.Words, text.body, nil); err != nil {
			return page, err
		}
	}
	return page, nil
}

// methodologyLanguage is the language whose texts a form edits.
func methodologyLanguage(c echo.Context) string {
	language := c.QueryParam("language")
	if !slices.Contains(i18n.Langs(), language) {
		return i18n.For(visitOf(c).settings.Language).Lang()
	}
	return language
}

func (s *Server) methodologyEdit(c echo.Context) error {
	settings, err := s.desk.Settings(c.Request().Context())
	if err != nil {
		return err
	}
	stands := methodologyStands(settings, methodologyLanguage(c))
	return s.methodologyForm(c, http.StatusOK, desk.MethodologyPage{Days: stands.Days, Form: stands.Text, Seen: workflow.SettingsSeen(settings)})
}

func methodologyStands(settings claims.Settings, language string) desk.MethodologyForm {
	return desk.MethodologyForm{Days: strconv.Itoa(max(settings.Public.ReportDays, 1)), Text: settings.Public.In(language)}
}

func (s *Server) methodologyForm(c echo.Context, status int, p desk.MethodologyPage) error {
	events, people, err := s.desk.Events(c.Request().Context(), actorOf(c), claims.EventFilter{Noun: "settings", NounID: "settings", Before: 1 << 60, Limit: 20})
	if err != nil {
		return err
	}
	p.Language = methodologyLanguage(c)
	p.History = desk.EventReader{Words: wordsOf(c), People: people}.Rows(events)
	p.Frame = s.frame(c, "settings", wordsOf(c).T("methodology.edit"))
	p.Width = "middle"
	return s.render(c, status, desk.MethodologyEdit(p))
}

func methodologyTyped(c echo.Context) (days string, text claims.Methodology) {
	return strings.TrimSpace(c.FormValue("report_days")),
		claims.Methodology{Language: methodologyLanguage(c), Intro: c.FormValue("intro"), Funding: c.FormValue("funding"), Team: c.FormValue("team")}
}

func (s *Server) methodologyUpdate(c echo.Context) error {
	typed, text := methodologyTyped(c)
	days, err := strconv.Atoi(typed)
	if err != nil {
		err = claims.Invalid("report_days", "number.malformed", cut(typed, maxShown))
	} else {
		err = s.desk.EditPublicSettings(c.Request().Context(), actorOf(c), c.FormValue("seen"), days, text)
	}
	if err != nil {
		return s.methodologyRefused(c, err, desk.MethodologyPage{Days: typed, Form: text})
	}
	s.flash(c, "methodology.saved")
	return seeOther(c, "/settings/methodology?language="+url.QueryEscape(text.Language))
}

func (s *Server) methodologyRefused(c echo.Context, err error, p desk.MethodologyPage) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
		return err
	}
	s.logError(c, status, err)
	p.Seen, p.Problems = c.FormValue("seen"), views.ProblemsOf(wordsOf(c), err)
	if e.Kind == claims.KindStale {
		settings, err := s.desk.Settings(c.Request().Context())
		if err != nil {
			return err
		}
		stands := methodologyStands(settings, p.Form.Language)
		p.Seen, p.Stands = workflow.SettingsSeen(settings), &stands
	}
	return s.methodologyForm(c, status, p)
}

// methodologyPreview shows the page as it would be, and keeps nothing.
func (s *Server) methodologyPreview(c echo.Context) error {
	_, text := methodologyTyped(c)
	v, err := s.desk.PublicMethodology(c.Request().Context(), text.Language)
	if err != nil {
		return err
	}
	v.Text = text
	page, err := s.methodologyView(c, v, text.Language)
	if err != nil {
		return err
	}
	page.Preview = true
	return s.render(c, http.StatusOK, public.Methodology(page))
}

// methodologyWalk gives the page in the languages that are not the newsroom's own.
func (s *Server) methodologyWalk(ctx context.Context, add func(string) error) error {
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		return err
	}
	house := i18n.For(settings.Language).Lang()
	for _, language := range i18n.Langs() {
		if language == house {
			continue
		}
		if err := add(public.MethodologyPath(language, house)); err != nil {
			return err
		}
	}
	return nil
}
