package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) importShow(c echo.Context) error {
	kind := string(workflow.ImportAddresses)
	if c.QueryParam("kind") == importChanges {
		kind = importChanges
	}
	return s.importPage(c, http.StatusOK, desk.ImportPage{Form: desk.ImportForm{Kind: kind}})
}

func (s *Server) importPage(c echo.Context, status int, p desk.ImportPage) error {
	p.Frame = s.frame(c, "articles", wordsOf(c).T("import.title"))
	p.Width, p.MaxMB, p.MaxRows = "middle", workflow.MaxImport>>20, workflow.MaxImportRows
	p.Changes = [2]int{workflow.MaxChanges >> 20, workflow.MaxChangedClaims}
	return s.render(c, status, desk.Import(p))
}

// importForm reads what was handed in: a file, or what was pasted where there is none.
func importForm(c echo.Context) (desk.ImportForm, error) {
	form := desk.ImportForm{Kind: c.FormValue("kind"), Name: c.FormValue("name"), Text: c.FormValue("text"), Duplicate: c.FormValue("duplicate") == "accept"}
	file, err := c.FormFile("file")
	switch {
	case errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) || err == nil && file.Size == 0:
		return form, nil
	case err != nil:
		return form, err
	}
	f, err := file.Open()
	if err != nil {
		return form, err
	}
	defer f.Close()
	form.Name = cut(file.Filename, maxShown)
	if form.Kind == importChanges {
		return editedFile(form, f, file.Header.Get("Content-Type"))
	}
	raw, err := io.ReadAll(io.LimitReader(f, workflow.MaxImport+1))
	if err != nil {
		return form, err
	}
	if len(raw) > workflow.MaxImport {
		return form, claims.Invalid("file", "import.too_large", workflow.MaxImport>>20)
	}
	text, err := ingest.DecodeXML(raw, file.Header.Get("Content-Type"))
	if e, _ := refusal(err); err != nil && e != nil && e.Kind != "" {
		return form, claims.Invalid("file", e.Key, e.Args...)
	}
	form.Text = text
	return form, err
}

func importRequest(f desk.ImportForm) workflow.ImportRequest {
	return workflow.ImportRequest{Kind: workflow.ImportKind(f.Kind), Name: f.Name, Text: f.Text, Options: workflow.ImportOptions{AcceptDuplicate: f.Duplicate}}
}

// importSubmit says what would become of each row; once that is confirmed, it asks for
// the doing and leads to the job.
func (s *Server) importSubmit(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	form, err := importForm(c)
	if err != nil {
		return s.importRefused(c, err, form)
	}
	if form.Kind == importChanges {
		return s.changesSubmit(c, form)
	}
	if c.FormValue("confirm") != "" {
		j, err := s.desk.AskImport(ctx, actor, importRequest(form))
		if err != nil {
			return s.importRefused(c, err, form)
		}
		return seeOther(c, "/jobs/"+url.PathEscape(j.ID)+"?go=1")
	}
	plan, err := s.desk.PlanImport(ctx, actor, importRequest(form))
	if err != nil {
		return s.importRefused(c, err, form)
	}
	return s.importPage(c, http.StatusOK, desk.ImportPage{Form: form, Report: importReport(plan)})
}

func (s *Server) importRefused(c echo.Context, err error, form desk.ImportForm) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindTooLarge && e.Kind != claims.KindUnsupported {
		return err
	}
	s.logError(c, status, err)
	return s.importPage(c, status, desk.ImportPage{Form: form, Problems: views.ProblemsOf(wordsOf(c), err)})
}

// importDone tells what became of the rows that a job took in.
func (s *Server) importDone(c echo.Context) error {
	j, err := s.desk.Job(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	report, ok, err := workflow.ImportReportOf(j)
	if err != nil {
		return err
	}
	if !ok {
		return seeOther(c, "/jobs/"+url.PathEscape(j.ID))
	}
	return s.importPage(c, http.StatusOK, desk.ImportPage{Job: j.ID, Form: desk.ImportForm{Name: report.Name}, Report: importReport(report)})
}

func importReport(r workflow.ImportReport) *desk.ImportReport {
	out := &desk.ImportReport{Unread: r.Unread, Ready: r.Counts[workflow.ImportReady]}
	for _, fate := range workflow.ImportFates {
		if n := r.Counts[fate]; n > 0 {
			out.Counts = append(out.Counts, desk.ImportCount{Fate: string(fate), N: n})
		}
	}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, desk.ImportRow{Line: row.Line, What: row.What, Fate: string(row.Fate), Problem: row.Problem, Article: row.Article, Claim: row.Claim, Fetches: row.Fetches})
	}
	return out
}

// importSubject is what a job that imports is called.
func importSubject(j claims.Job) string {
	in, err := workflow.ImportRequestOf(j)
	if err != nil || in.Name == "" {
		first, _, _ := strings.Cut(strings.TrimSpace(in.Text), "\n")
		return cut(first, maxShown)
	}
	return in.Name
}
