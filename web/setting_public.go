package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views/desk"
)

// publicForm is what the settings say to the public, to edit.
func publicForm(s claims.Settings) desk.PublicForm {
	return desk.PublicForm{NameReviewers: s.NameReviewers, ReviewLint: string(s.ReviewLint), ReviewChecks: s.ReviewChecks, TimeZone: s.TimeZone, Trust: s.Trust}
}

// publicTyped reads that as typed. Where a request does not speak of it, it stays
// as it is.
func publicTyped(c echo.Context) (desk.PublicForm, error) {
	form, err := c.FormParams()
	out := publicForm(visitOf(c).settings)
	if err != nil || !form.Has("review_lint") {
		return out, err
	}
	out.ReviewLint, out.NameReviewers = form.Get("review_lint"), form.Get("name_reviewers") == "yes"
	if form.Has("time_zone") {
		out.TimeZone, out.ReviewChecks = strings.TrimSpace(form.Get("time_zone")), form.Get("review_checks") == "yes"
	}
	for _, own := range out.Trust.Fields() {
		*own.Value = strings.TrimSpace(form.Get("trust_" + own.Name))
	}
	return out, nil
}

// putPublic puts what was typed on the settings.
func putPublic(f desk.PublicForm, s *claims.Settings) {
	s.NameReviewers, s.ReviewLint, s.Trust = f.NameReviewers, claims.Strictness(f.ReviewLint), f.Trust
	s.ReviewChecks, s.TimeZone = f.ReviewChecks, f.TimeZone
}
