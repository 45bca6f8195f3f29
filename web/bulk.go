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

// claimBulk goes from the list by a preview to the deed: step "choose" comes from
// the list, "preview" shows what would happen, "do" does it, where what is typed
// is what was shown.
func (s *Server) claimBulk(c echo.Context) error {
	form, err := s.bulkForm(c)
	if err != nil {
		return err
	}
	in, err := bulkInput(form)
	if err != nil {
		return s.bulkRefused(c, form, err)
	}
	step := c.FormValue("step")
	if step == "choose" && form.Asks() && len(form.Chosen) > 0 {
		return s.bulkPage(c, http.StatusOK, desk.BulkPage{Form: form})
	}
	if step != "do" || c.FormValue("seen") != form.Words() {
		result, err := s.desk.PreviewBulk(c.Request().Context(), actorOf(c), in)
		if err != nil {
			return s.bulkRefused(c, form, err)
		}
		return s.bulkPage(c, http.StatusOK, desk.BulkPage{Form: form, Looked: true, Rows: bulkRows(c, result)})
	}
	result, err := s.desk.Bulk(c.Request().Context(), actorOf(c), in)
	if err != nil {
		return s.bulkRefused(c, form, err)
	}
	if done := result.Done(); done == len(result.Items) {
		s.flash(c, "bulk.done", strconv.Itoa(done))
		return seeOther(c, form.Back)
	}
	page := desk.BulkPage{Form: form, Looked: true, Done: true, Rows: bulkRows(c, result)}
	if in.Act != workflow.BulkPublish {
		page.Undo = result.Event
	}
	return s.bulkPage(c, http.StatusOK, page)
}

// bulkForm reads the form; "all" means every claim of the list that it came from.
func (s *Server) bulkForm(c echo.Context) (desk.BulkForm, error) {
	values, err := c.FormParams()
	if err != nil {
		return desk.BulkForm{}, err
	}
	form := desk.BulkForm{
		Act: c.FormValue("act"), Reason: c.FormValue("reason"), Note: c.FormValue("note"), Of: c.FormValue("of"),
		Assignee: c.FormValue("assignee"), Tag: c.FormValue("tag"), Priority: c.FormValue("priority"),
		Chosen: values["claim"], Back: localPath(c.FormValue("back")),
	}
	if form.Back == "/" {
		form.Back = "/claims"
	}
	if form.Priority == "" {
		form.Priority = "0"
	}
	if c.FormValue("all") != "1" {
		return form, nil
	}
	_, query, _ := strings.Cut(form.Back, "?")
	list, err := url.ParseQuery(query)
	if err != nil {
		return form, claims.Invalid("back", "error.bad_request")
	}
	f, err := s.filterFor(c.Request().Context(), list, actorOf(c))
	if err != nil {
		return form, err
	}
	f.Page = claims.Page{Limit: maxLimit}
	rows, _, err := s.desk.Claims(c.Request().Context(), actorOf(c), f)
	form.Chosen = nil
	for _, r := range rows {
		form.Chosen = append(form.Chosen, r.ID+"."+strconv.FormatInt(r.Version, 10))
	}
	return form, err
}

func bulkInput(form desk.BulkForm) (workflow.BulkInput, error) {
	in := workflow.BulkInput{
		Act: workflow.BulkAct(form.Act), Reason: form.Reason, Note: form.Note, Of: form.Of, Assignee: form.Assignee, Tag: form.Tag,
	}
	priority, err := strconv.Atoi(form.Priority)
	if err != nil {
		return in, claims.Invalid("priority", "number.malformed", cut(form.Priority, maxShown))
	}
	in.Priority = priority
	for _, one := range form.Chosen {
		id, version, _ := strings.Cut(one, ".")
		n, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			return in, claims.Invalid("claims", "number.malformed", cut(one, maxShown))
		}
		in.Claims = append(in.Claims, workflow.BulkClaim{ID: id, Version: n})
	}
	return in, nil
}

func bulkRows(c echo.Context, result workflow.BulkResult) []desk.BulkRow {
	out := make([]desk.BulkRow, len(result.Items))
	for i, item := range result.Items {
		out[i] = desk.BulkRow{ID: item.ID, Before: item.Before, After: item.After, Changed: item.Changed}
		if item.Refused != nil {
			e, _ := refusal(item.Refused)
			out[i].Refused = wordsOf(c).Refusal(e)
		}
	}
	return out
}

// bulkRefused shows the form again with what is wrong; what no form can mend is
// an error page.
func (s *Server) bulkRefused(c echo.Context, form desk.BulkForm, err error) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid || !wordsOf(c).Has("bulk.act."+form.Act) {
		return err
	}
	s.logError(c, status, err)
	return s.bulkPage(c, status, desk.BulkPage{Form: form, Problems: views.ProblemsOf(wordsOf(c), err)})
}

func (s *Server) bulkPage(c echo.Context, status int, p desk.BulkPage) error {
	people, err := s.names(c)
	if err != nil {
		return err
	}
	p.Frame, p.People = s.frame(c, "claims", wordsOf(c).T("bulk.title")), people
	return s.render(c, status, desk.Bulk(p))
}

// bulkActs lists what the reader may do to many claims.
func (s *Server) bulkActs(c echo.Context) []string {
	var out []string
	for _, act := range workflow.BulkActs {
		if s.may(c, act.Right()) {
			out = append(out, string(act))
		}
	}
	return out
}

// undoneNote words what the undoing of a bulk act could not take back.
func undoneNote(c echo.Context, kept []workflow.BulkKept) string {
	const shown = 10
	var parts []string
	for i, k := range kept {
		if i == shown {
			parts = append(parts, "…")
			break
		}
		why := wordsOf(c).Refusal(&claims.Error{Key: k.Why, Args: k.Args})
		parts = append(parts, claims.ShowID(k.Claim)+": "+why)
	}
	return strings.Join(parts, " ")
}
