package web

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// maxFormRows bounds how many rows of one kind a form is read for.
const maxFormRows = 100

// claimUpdate changes one part of a claim: its wording, who says it, its
// figures or its times; each is a form of its own.
func (s *Server) claimUpdate(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	part := c.FormValue("part")
	if do := c.FormValue("do"); part == "attribution" && do != "" && do != "save" {
		return s.chainRearranged(c, do)
	}
	patch, fill, err := partOf(c, part)
	if err == nil {
		var claim claims.Claim
		if claim, err = s.desk.EditClaim(c.Request().Context(), actorOf(c), c.Param("id"), seen, patch); err == nil {
			return s.claimDone(c, claim, "#edit", "claim.saved")
		}
	}
	if part == "attribution" {
		var forms desk.ClaimForms
		fill(&forms)
		err = chainFields(err, forms.Attributions)
	}
	return s.claimRefused(c, formFields(err), part, fill)
}

// partOf reads one of the forms: what it changes, and how to show it again.
func partOf(c echo.Context, part string) (workflow.ClaimPatch, func(*desk.ClaimForms), error) {
	switch part {
	case "wording":
		return wordingOf(c)
	case "attribution":
		return attributionsOf(c)
	case "figures":
		return quantitiesOf(c)
	case "times":
		return timesOf(c)
	}
	return workflow.ClaimPatch{}, func(*desk.ClaimForms) {}, echo.NewHTTPError(http.StatusBadRequest)
}

func wordingOf(c echo.Context) (workflow.ClaimPatch, func(*desk.ClaimForms), error) {
	standalone, kind := c.FormValue("standalone"), claims.Kind(c.FormValue("kind"))
	patch := workflow.ClaimPatch{Standalone: &standalone, Kind: &kind}
	if c.Request().PostForm.Has("made_on") {
		made := c.FormValue("made_on")
		patch.MadeOn = &made
	}
	return patch, func(f *desk.ClaimForms) {
		f.Standalone, f.Kind = standalone, string(kind)
		if patch.MadeOn != nil {
			f.MadeOn = *patch.MadeOn
		}
	}, nil
}

// rowName is the name of a field in the i-th row of a form.
func rowName(name string, rows ...int) string {
	for _, i := range rows {
		name += "." + strconv.Itoa(i)
	}
	return name
}

// intOf reads a hidden offset; what is no number stands nowhere in the text.
func intOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func quantitiesOf(c echo.Context) (workflow.ClaimPatch, func(*desk.ClaimForms), error) {
	forms := []desk.QuantityForm{}
	list := []claims.Quantity{}
	wrong := &claims.Error{Kind: claims.KindInvalid, Key: "invalid"}
	for i := 0; i < maxFormRows && c.Request().PostForm.Has(rowName("q_text", i)); i++ {
		of := func(name string) string { return strings.TrimSpace(c.FormValue(rowName(name, i))) }
		f := desk.QuantityForm{
			Text: of("q_text"), Start: of("q_start"), End: of("q_end"), Value: of("q_value"), Low: of("q_low"), High: of("q_high"),
			Bound: of("q_bound"), Unit: of("q_unit"), Hedge: of("q_hedge"), Approx: of("q_approx") == "1",
		}
		if f.Text == "" && f.Value == "" && f.Low == "" && f.High == "" {
			continue
		}
		number := func(field, s string) *float64 {
			n, ok := plainNumber(s)
			if !ok {
				wrong.Fields = append(wrong.Fields, claims.FieldError{Field: rowName(field, len(forms)), Key: "number.malformed", Args: []any{cut(s, maxShown)}})
			}
			return n
		}
		list = append(list, claims.Quantity{
			Text: f.Text, Span: claims.Span{Start: intOf(f.Start), End: intOf(f.End)}, Value: number("q_value", f.Value), Low: number("q_low", f.Low),
			High: number("q_high", f.High), Bound: claims.Bound(f.Bound), Approx: f.Approx, Unit: f.Unit, Hedge: f.Hedge,
		})
		forms = append(forms, f)
	}
	fill := func(f *desk.ClaimForms) { f.Quantities = forms }
	if len(wrong.Fields) > 0 {
		return workflow.ClaimPatch{}, fill, wrong
	}
	return workflow.ClaimPatch{Quantities: &list}, fill, nil
}

var thousands = regexp.MustCompile(`^[-+]?\d{1,3}([.,]\d{3})+$`)

// plainNumber reads a number with a decimal point or comma; nil for "". What
// could be thousands or decimals ("15.000") is refused rather than guessed.
func plainNumber(s string) (*float64, bool) {
	if s == "" {
		return nil, true
	}
	if thousands.MatchString(s) {
		return nil, false
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		return nil, false
	}
	return &n, true
}

func timesOf(c echo.Context) (workflow.ClaimPatch, func(*desk.ClaimForms), error) {
	forms := []desk.TimeForm{}
	list := []claims.Time{}
	for i := 0; i < maxFormRows && c.Request().PostForm.Has(rowName("t_text", i)); i++ {
		of := func(name string) string { return strings.TrimSpace(c.FormValue(rowName(name, i))) }
		f := desk.TimeForm{Text: of("t_text"), Start: of("t_start"), End: of("t_end"), From: of("t_from"), To: of("t_to")}
		if f.Text == "" && f.From == "" && f.To == "" {
			continue
		}
		forms = append(forms, f)
		list = append(list, claims.Time{
			Text: f.Text, Span: claims.Span{Start: intOf(f.Start), End: intOf(f.End)}, From: optionalDate(f.From), To: optionalDate(f.To),
		})
	}
	return workflow.ClaimPatch{Times: &list}, func(f *desk.ClaimForms) { f.Times = forms }, nil
}

func optionalDate(s string) *claims.Date {
	if s == "" {
		return nil
	}
	d := claims.Date(s)
	return &d
}

// rowField is how workflow names a field of the i-th figure or time.
var rowField = regexp.MustCompile(`^(quantities|times)\[(\d+)\]\.(\w+)$`)

// formFields renames the fields of a refusal as the page's forms have them.
func formFields(err error) error {
	var e *claims.Error
	if !errors.As(err, &e) {
		return err
	}
	out := *e
	out.Fields = make([]claims.FieldError, len(e.Fields))
	for i, f := range e.Fields {
		if m := rowField.FindStringSubmatch(f.Field); m != nil {
			f.Field = m[1][:1] + "_" + m[3] + "." + m[2]
		}
		out.Fields[i] = f
	}
	return &out
}
