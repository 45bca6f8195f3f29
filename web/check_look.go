package web

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
	"cotejo/views/public"
)

// maxFound is how many claims the finder offers.
const maxFound = 8

// checkLook gives what a text would become, as a part of a page for its script.
func (s *Server) checkLook(c echo.Context) error {
	look, err := s.lookAt(c, checkForm(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, look)
}

// lookAt renders a text as readers would see it now. Nothing is kept.
func (s *Server) lookAt(c echo.Context, form desk.CheckForm) (templ.Component, error) {
	p, err := s.desk.PreviewText(c.Request().Context(), actorOf(c), workflow.CheckInput{
		Title: form.Title, Summary: form.Summary, Body: form.Body, Language: form.Language, Authors: splitList(form.Authors),
	})
	if err != nil {
		return nil, err
	}
	view, err := checkView(views.Frame{Words: wordsOf(c)}, p)
	return public.CheckLook(view), err
}

// checkFind gives claims to cite, as a part of a page for its script.
func (s *Server) checkFind(c echo.Context) error {
	find, err := s.findClaims(c, c.QueryParam("find"))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, desk.FoundClaims(views.Frame{Words: wordsOf(c)}, find))
}

// findClaims searches claims by words or by id; those that readers see stand first.
func (s *Server) findClaims(c echo.Context, query string) (desk.ClaimFinder, error) {
	find := desk.ClaimFinder{Query: strings.TrimSpace(query), Asked: true}
	if find.Query == "" {
		return find, nil
	}
	ctx := c.Request().Context()
	scales, err := s.desk.Scales(ctx)
	if err != nil {
		return find, err
	}
	if id, ok := claims.PlainID(find.Query); ok && len(id) == claims.ClaimIDLen {
		v, err := s.desk.Claim(ctx, actorOf(c), id)
		if err == nil {
			find.Rows = append(find.Rows, found(c, scales, v.Row))
			return find, nil
		}
		if claims.KindOf(err) != claims.KindNotFound {
			return find, err
		}
	}
	for _, states := range [][]claims.State{
		{claims.StatePublished}, {claims.StateApproved}, {claims.StateReopened, claims.StateSubmitted, claims.StateInCheck, claims.StateReturned, claims.StateOpen, claims.StateHelpNeeded},
	} {
		rows, _, err := s.desk.Claims(ctx, actorOf(c), claims.ClaimFilter{Query: find.Query, States: states, Order: claims.OrderUpdated, Page: claims.Page{Limit: maxFound}})
		if err != nil {
			return find, err
		}
		for _, row := range rows {
			if len(find.Rows) < maxFound {
				find.Rows = append(find.Rows, found(c, scales, row))
			}
		}
	}
	return find, nil
}

func found(c echo.Context, scales claims.Scales, row claims.ClaimRow) desk.FoundClaim {
	out := desk.FoundClaim{ID: row.ID, Wording: row.Standalone, Language: row.Language, State: row.State, Published: row.PublishedVersion > 0}
	if row.Verdict != nil && row.Verdict.Content != "" && !row.Withheld && row.PublishedVersion > 0 {
		if step, ok := scales.Step(claims.LayerContent, row.Verdict.Content); ok {
			out.Verdict = step.Label(wordsOf(c).Lang())
		}
	}
	return out
}

// checkHelp answers a form that was sent to look, to find or to insert, and not to
// save: with the same form, as typed. false where it was sent to save.
func (s *Server) checkHelp(c echo.Context, form desk.CheckForm) (bool, error) {
	then, insert, query := c.FormValue("then"), c.FormValue("insert"), c.FormValue("find")
	if then == "enter" && strings.TrimSpace(query) != "" && insert == "" {
		then = "find" // the keyboard's Enter in the field of the search
	}
	if insert == "" && then != "find" && then != "look" {
		return false, nil
	}
	var p desk.CheckPage
	if c.Param("slug") != "" {
		var err error
		if p, err = s.checkAsKept(c); err != nil {
			return true, err
		}
		if seen, err := versionOf(c); err == nil {
			p.Version = seen // saving compares with what was read
		}
	}
	if insert != "" {
		form.Body = inserted(form.Body, insert)
	}
	p.Form = form
	var err error
	if query != "" && (then == "find" || insert != "") {
		if p.Find, err = s.findClaims(c, query); err != nil {
			return true, err
		}
	}
	if then == "look" || insert != "" {
		if p.Look, err = s.lookAt(c, form); err != nil {
			return true, s.checkRefused(c, err, p)
		}
	}
	return true, s.checkPage(c, http.StatusOK, p)
}

// insertMark is where somebody wants the next reference.
const insertMark = "[[?]]"

// inserted puts a reference where the text is marked, else in a paragraph of its own at
// its end.
func inserted(body, id string) string {
	plain, ok := claims.PlainID(id)
	if !ok || len(plain) != claims.ClaimIDLen {
		return body
	}
	reference := "[[" + plain + "]]"
	if strings.Contains(body, insertMark) {
		return strings.Replace(body, insertMark, reference, 1)
	}
	if body = strings.TrimRight(body, "\r\n\t "); body != "" {
		body += "\n\n"
	}
	return body + reference + "\n"
}
