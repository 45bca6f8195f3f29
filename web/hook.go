package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) hookList(c echo.Context) error {
	return s.hooksPage(c, http.StatusOK, desk.HooksPage{Form: desk.HookForm{Kinds: hookKinds(claims.HookKinds)}})
}

func hookKinds(kinds []claims.HookKind) map[string]bool {
	out := map[string]bool{}
	for _, k := range kinds {
		out[string(k)] = true
	}
	return out
}

func (s *Server) hooksPage(c echo.Context, status int, p desk.HooksPage) error {
	list, err := s.desk.Hooks(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	for _, h := range list {
		if h.Form == claims.HookWebSub {
			hub := h
			p.Hub = &hub
			continue
		}
		p.Rows = append(p.Rows, h)
	}
	if p.At == "" && p.Hub != nil && p.Hub.State != claims.HookOff {
		p.HubURL = p.Hub.URL
	}
	p.Frame = s.frame(c, "settings", wordsOf(c).T("hooks.title"))
	p.Width = "middle"
	return s.render(c, status, desk.Hooks(p))
}

func hookTyped(c echo.Context) (desk.HookForm, workflow.HookInput) {
	form := desk.HookForm{Name: c.FormValue("name"), URL: strings.TrimSpace(c.FormValue("url")), Kinds: map[string]bool{}}
	in := workflow.HookInput{Name: form.Name, URL: form.URL}
	for _, kind := range c.Request().PostForm["kind"] {
		form.Kinds[kind] = true
		in.Kinds = append(in.Kinds, claims.HookKind(kind))
	}
	return form, in
}

// hookAdd shows the secret of the new hook, this once.
func (s *Server) hookAdd(c echo.Context) error {
	form, in := hookTyped(c)
	h, secret, err := s.desk.AddHook(c.Request().Context(), actorOf(c), in)
	if err != nil {
		return s.hooksRefused(c, err, desk.HooksPage{At: "add", Form: form})
	}
	return s.hookPage(c, http.StatusOK, h.ID, desk.HookPage{Secret: secret})
}

func (s *Server) hooksRefused(c echo.Context, err error, p desk.HooksPage) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindConflict {
		return err
	}
	s.logError(c, status, err)
	p.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.hooksPage(c, status, p)
}

func (s *Server) hubSet(c echo.Context) error {
	address := c.FormValue("url")
	if err := s.desk.SetHub(c.Request().Context(), actorOf(c), address); err != nil {
		return s.hooksRefused(c, err, desk.HooksPage{At: "hub", HubURL: address, Form: desk.HookForm{Kinds: hookKinds(claims.HookKinds)}})
	}
	s.flash(c, "hooks.hub_saved")
	return seeOther(c, "/settings/webhooks")
}

func (s *Server) hookShow(c echo.Context) error {
	return s.hookPage(c, http.StatusOK, c.Param("id"), desk.HookPage{})
}

func (s *Server) hookPage(c echo.Context, status int, id string, p desk.HookPage) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	if page.Limit == 0 {
		page.Limit = 50
	}
	v, err := s.desk.Hook(c.Request().Context(), actorOf(c), id, page)
	if err != nil {
		return err
	}
	stands := desk.HookFormOf(v.Hook)
	if p.Problems == nil {
		p.Form = stands
	} else if p.Stale {
		p.Stands = &stands
	}
	p.Hook, p.Rows, p.People, p.Now = v.Hook, v.Deliveries, v.People, s.clock.Now()
	p.History = desk.EventReader{Words: wordsOf(c), People: v.People}.Rows(v.Events)
	p.First, p.Next = turned(c, v.Next)
	p.Frame = s.frame(c, "settings", v.Hook.Name)
	return s.render(c, status, desk.HookOne(p))
}

func (s *Server) hookUpdate(c echo.Context) error {
	form, in := hookTyped(c)
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	if _, err = s.desk.EditHook(c.Request().Context(), actorOf(c), c.Param("id"), seen, in); err != nil {
		e, status := refusal(err)
		if e.Kind != claims.KindInvalid && e.Kind != claims.KindConflict && e.Kind != claims.KindStale {
			return err
		}
		s.logError(c, status, err)
		return s.hookPage(c, status, c.Param("id"), desk.HookPage{Form: form, Problems: views.ProblemsOf(wordsOf(c), err), Stale: e.Kind == claims.KindStale})
	}
	return s.hookDone(c, nil, "hook.saved")
}

func (s *Server) hookDone(c echo.Context, err error, said string) error {
	if err != nil {
		return err
	}
	s.flash(c, said)
	return seeOther(c, "/settings/webhooks/"+url.PathEscape(c.Param("id")))
}

func (s *Server) hookStop(c echo.Context) error {
	_, err := s.desk.StopHook(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.hookDone(c, err, "hook.stopped_done")
}

func (s *Server) hookStart(c echo.Context) error {
	_, err := s.desk.StartHook(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.hookDone(c, err, "hook.started_done")
}

func (s *Server) hookTest(c echo.Context) error {
	_, err := s.desk.TestHook(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.hookDone(c, err, "hook.tested")
}

func (s *Server) hookRotate(c echo.Context) error {
	_, secret, err := s.desk.RotateHook(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return s.hookPage(c, http.StatusOK, c.Param("id"), desk.HookPage{Secret: secret})
}

func (s *Server) hookDelete(c echo.Context) error {
	if err := s.desk.DeleteHook(c.Request().Context(), actorOf(c), c.Param("hid")); err != nil {
		return err
	}
	s.flash(c, "hook.deleted")
	return seeOther(c, "/settings/webhooks")
}

func (s *Server) deliveryResend(c echo.Context) error {
	d, err := s.desk.ResendDelivery(c.Request().Context(), actorOf(c), c.Param("did"))
	if err != nil {
		return err
	}
	s.flash(c, "hook.resent")
	return seeOther(c, "/settings/webhooks/"+url.PathEscape(d.Hook))
}
