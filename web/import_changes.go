package web

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// importChanges is the kind of import that brings an edited table back.
const importChanges = "changes"

// editedFile reads an edited table that was handed in as a file.
func editedFile(form desk.ImportForm, f io.Reader, contentType string) (desk.ImportForm, error) {
	raw, err := io.ReadAll(io.LimitReader(f, workflow.MaxChanges+1))
	if err != nil {
		return form, err
	}
	text, err := workflow.EditedText(raw, contentType)
	if e, _ := refusal(err); err != nil && len(e.Fields) == 0 && e.Kind != "" {
		return form, claims.Invalid("file", e.Key, e.Args...)
	}
	form.Text = text
	return form, err
}

// changesSubmit shows what an edited table changes; once that is confirmed, it does
// exactly that, or shows what it would be by now.
func (s *Server) changesSubmit(c echo.Context, form desk.ImportForm) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	in := workflow.ChangesInput{Name: form.Name, Text: form.Text}
	if c.FormValue("confirm") == "" {
		plan, err := s.desk.PlanChanges(ctx, actor, in)
		if err != nil {
			return s.importRefused(c, err, form)
		}
		return s.changesPage(c, http.StatusOK, plan, desk.TableChangesPage{})
	}
	done, err := s.desk.ApplyChanges(ctx, actor, in, c.FormValue("pin"))
	if err == nil {
		return s.changesPage(c, http.StatusOK, done, desk.TableChangesPage{Done: true, Undo: done.Event})
	}
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Kind != claims.KindConflict {
		return s.importRefused(c, err, form)
	}
	_, status := refusal(err)
	s.logError(c, status, err)
	plan, again := s.desk.PlanChanges(ctx, actor, in)
	if again != nil {
		return s.importRefused(c, again, form)
	}
	return s.changesPage(c, status, plan, desk.TableChangesPage{Problems: views.ProblemsOf(wordsOf(c), err)})
}

func (s *Server) changesPage(c echo.Context, status int, plan workflow.ChangePlan, p desk.TableChangesPage) error {
	p.Frame = s.frame(c, "articles", wordsOf(c).T("table.title"))
	p.Width, p.Name, p.Unread, p.Pin, p.Text = "middle", plan.Name, plan.Unread, plan.Pin, plan.Text
	p.Stopped = plan.Counts[workflow.RowConflict]+plan.Counts[workflow.RowRefused] > 0
	if plan.Ready() {
		p.Ready = plan.Counts[workflow.RowChanged]
	}
	for _, fate := range workflow.RowFates {
		if n := plan.Counts[fate]; n > 0 {
			p.Counts = append(p.Counts, desk.ImportCount{Fate: string(fate), N: n})
		}
	}
	for _, r := range plan.Rows {
		row := desk.TableRow{Line: r.Line, Claim: r.Claim, What: r.What, Fate: string(r.Fate), Edited: r.Edited, Now: r.Now, Problem: r.Problem}
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, desk.TableCell{Column: cell.Column, Old: cell.Old, New: cell.New, Stays: cell.Stays, Problem: cell.Problem})
		}
		p.Rows = append(p.Rows, row)
	}
	return s.render(c, status, desk.TableChanges(p))
}
