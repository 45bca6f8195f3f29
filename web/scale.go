package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
	"cotejo/views/i18n"
)

func (s *Server) scaleShow(c echo.Context) error {
	scale, err := s.desk.Scale(c.Request().Context(), 0)
	if err != nil {
		return err
	}
	return s.scalePage(c, http.StatusOK, desk.ScalePage{Version: strconv.FormatInt(scale.Version, 10), Layers: stepFormsOf(scale)})
}

func stepFormsOf(s claims.Scale) map[claims.Layer][]desk.StepForm {
	out := map[claims.Layer][]desk.StepForm{}
	for _, l := range claims.Layers {
		out[l] = desk.StepFormsOf(s.Steps(l))
	}
	return out
}

func (s *Server) scalePage(c echo.Context, status int, p desk.ScalePage) error {
	uses, err := s.desk.StepUses(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p.Uses, p.Langs = uses, i18n.Langs()
	p.Frame = s.frame(c, "settings", wordsOf(c).T("scale.title"))
	return s.render(c, status, desk.ScaleEditor(p))
}

// scaleTyped reads the editor's form.
func scaleTyped(c echo.Context) desk.ScalePage {
	p := desk.ScalePage{Version: c.FormValue("version"), Layers: map[claims.Layer][]desk.StepForm{}}
	for _, l := range claims.Layers {
		for i := 0; i < maxFormRows && c.Request().PostForm.Has(desk.StepField(l, i, "code")); i++ {
			of := func(name string) string { return strings.TrimSpace(c.FormValue(desk.StepField(l, i, name))) }
			f := desk.StepForm{Code: of("code"), Color: of("color"), Shape: of("shape"), Number: of("number"), Labels: map[string]string{}}
			for _, lang := range i18n.Langs() {
				f.Labels[lang] = of("label." + lang)
			}
			p.Layers[l] = append(p.Layers[l], f)
		}
	}
	return p
}

// scaleUpdate stores the scale, or answers one of the editor's other buttons: the
// form comes back with a step more or fewer or elsewhere, nothing is stored.
func (s *Server) scaleUpdate(c echo.Context) error {
	version, err := versionOf(c)
	if err != nil {
		return err
	}
	p := scaleTyped(c)
	if do := c.FormValue("do"); do != "" && do != "save" {
		if p.Focus = rearrangeSteps(p.Layers, do); p.Focus == "" {
			return echo.NewHTTPError(http.StatusBadRequest)
		}
		return s.scalePage(c, http.StatusOK, p)
	}
	ctx := c.Request().Context()
	in, err := s.scaleInput(c, p)
	if err == nil {
		_, err = s.desk.EditScale(ctx, actorOf(c), version, in)
	}
	if err != nil {
		return s.scaleRefused(c, p, err)
	}
	s.flash(c, "scale.saved")
	return seeOther(c, "/settings/scale")
}

// rearrangeSteps does what a button says: "preview", "add.LAYER", "up.LAYER.I",
// "down.LAYER.I" or "remove.LAYER.I". It gives the id of where the keyboard goes
// on, "" for what is no button.
func rearrangeSteps(layers map[claims.Layer][]desk.StepForm, do string) string {
	parts := strings.Split(do, ".")
	if do == "preview" {
		return "b-preview"
	}
	if len(parts) < 2 || !slices.Contains(claims.Layers, claims.Layer(parts[1])) {
		return ""
	}
	l := claims.Layer(parts[1])
	list := layers[l]
	if len(parts) == 2 && parts[0] == "add" && len(list) < maxFormRows {
		layers[l] = append(list, desk.StepForm{Color: "not-checkable", Shape: "dash", Labels: map[string]string{}})
		return "f-" + desk.StepField(l, len(list), "label."+i18n.Langs()[0])
	}
	if len(parts) != 3 {
		return ""
	}
	i, err := strconv.Atoi(parts[2])
	if err != nil || i < 0 || i >= len(list) {
		return ""
	}
	to := i
	switch parts[0] {
	case "up":
		to--
	case "down":
		to++
	case "remove":
		layers[l] = slices.Delete(list, i, i+1)
		return "b-add." + string(l)
	default:
		return ""
	}
	if to < 0 || to >= len(list) {
		return ""
	}
	list[i], list[to] = list[to], list[i]
	do = parts[0]
	if to == 0 { // there the button is out of use
		do = "down"
	} else if to == len(list)-1 {
		do = "up"
	}
	return "b-" + do + "." + string(l) + "." + strconv.Itoa(to)
}

// scaleInput turns what was typed into steps. Words in languages that the form
// does not have stay as they are.
func (s *Server) scaleInput(c echo.Context, p desk.ScalePage) (workflow.ScaleInput, error) {
	now, err := s.desk.Scale(c.Request().Context(), 0)
	if err != nil {
		return workflow.ScaleInput{}, err
	}
	wrong := &claims.Error{Kind: claims.KindInvalid, Key: "invalid"}
	steps := func(l claims.Layer) []claims.Step {
		out := make([]claims.Step, len(p.Layers[l]))
		for i, f := range p.Layers[l] {
			out[i] = claims.Step{Code: f.Code, Color: f.Color, Shape: f.Shape, Labels: map[string]string{}}
			if at := slices.IndexFunc(now.Steps(l), func(s claims.Step) bool { return s.Code == f.Code }); at >= 0 {
				for lang, words := range now.Steps(l)[at].Labels {
					out[i].Labels[lang] = words
				}
			}
			for lang, words := range f.Labels {
				out[i].Labels[lang] = words
			}
			if f.Number == "" {
				continue
			}
			n, err := strconv.Atoi(f.Number)
			if err != nil {
				wrong.Fields = append(wrong.Fields, claims.FieldError{Field: desk.StepField(l, i, "number"), Key: "number.malformed", Args: []any{cut(f.Number, maxShown)}})
			}
			out[i].Number = &n
		}
		return out
	}
	in := workflow.ScaleInput{Content: steps(claims.LayerContent), Attribution: steps(claims.LayerAttribution), Languages: i18n.Langs()}
	if len(wrong.Fields) == 0 {
		return in, nil
	}
	if _, err := in.Check(); err != nil { // name the other wrong fields too
		e, _ := refusal(err)
		for _, f := range e.Fields {
			if !slices.ContainsFunc(wrong.Fields, func(w claims.FieldError) bool { return w.Field == f.Field }) {
				wrong.Fields = append(wrong.Fields, f)
			}
		}
	}
	return in, wrong
}

// scaleRefused shows the form again as typed: with what is wrong, with what stands
// now, or with where a step is used.
func (s *Server) scaleRefused(c echo.Context, p desk.ScalePage, err error) error {
	e, status := refusal(err)
	ctx := c.Request().Context()
	switch {
	case e.Kind == claims.KindInvalid:
		p.Problems = views.ProblemsOf(wordsOf(c), err)
	case e.Kind == claims.KindStale:
		now, err := s.desk.Scale(ctx, 0)
		if err != nil {
			return err
		}
		p.Stands, p.Version = &now, strconv.FormatInt(now.Version, 10)
		p.Problems = views.Problems{{Text: wordsOf(c).Refusal(e)}}
	case e.Key == "scale.in_use":
		uses, err := s.desk.StepUses(ctx, actorOf(c))
		if err != nil {
			return err
		}
		for _, f := range e.Fields {
			l, code := claims.Layer(f.Field), f.Args[0].(string)
			p.InUse = append(p.InUse, desk.StepInUse{Layer: l, Code: code, Use: uses[l][code]})
		}
	default:
		return err
	}
	s.logError(c, status, err)
	return s.scalePage(c, status, p)
}
