package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// evidenceTyped reads a form of evidence, the file that came with it included.
func evidenceTyped(c echo.Context) (desk.EvidenceForm, workflow.EvidenceInput, error) {
	typed := desk.EvidenceForm{
		URL: strings.TrimSpace(c.FormValue("url")), Title: c.FormValue("title"), Publisher: c.FormValue("publisher"), Stance: c.FormValue("stance"),
		Grade: c.FormValue("grade"), Quote: c.FormValue("quote"), Locator: c.FormValue("locator"), From: c.FormValue("from"), FileName: c.FormValue("from_file"),
	}
	in := workflow.EvidenceInput{From: typed.From, Evidence: claims.Evidence{
		URL: typed.URL, Title: typed.Title, Publisher: typed.Publisher, Stance: claims.Stance(typed.Stance), Grade: claims.Grade(typed.Grade),
		Quote: typed.Quote, Locator: typed.Locator,
	}}
	var err error
	in.Upload, err = uploadOf(c.Request())
	return typed, in, err
}

// uploadOf reads the file of a form that was parsed; nil where none was chosen.
func uploadOf(r *http.Request) (*workflow.Upload, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File["file"]) == 0 {
		return nil, nil
	}
	header := r.MultipartForm.File["file"][0]
	if header.Filename == "" && header.Size == 0 {
		return nil, nil
	}
	return openUpload(header)
}

func openUpload(header *multipart.FileHeader) (*workflow.Upload, error) {
	f, err := header.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	return &workflow.Upload{Name: header.Filename, ContentType: header.Header.Get("Content-Type"), Data: data}, errors.Join(err, f.Close())
}

func (s *Server) evidenceAdd(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed, in, err := evidenceTyped(c)
	if err != nil {
		return err
	}
	var e claims.Evidence
	if in.From != "" && typed.Stance == "" {
		err = claims.Invalid("stance", "text.missing")
	} else {
		e, err = s.desk.AddDocument(c.Request().Context(), actorOf(c), c.Param("id"), seen, in)
	}
	if err != nil {
		return s.claimRefused(c, err, "evidence", func(f *desk.ClaimForms) { f.Evidence = typed })
	}
	return s.claimDone(c, claims.Claim{ID: e.Claim}, "#evidence", "evidence.added")
}

func (s *Server) evidenceEdit(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed, in, err := evidenceTyped(c)
	if err != nil {
		return err
	}
	e, err := s.desk.EditEvidence(c.Request().Context(), actorOf(c), c.Param("id"), c.Param("eid"), seen, in)
	if err != nil {
		return s.claimRefused(c, err, "evidence-"+c.Param("eid"), func(f *desk.ClaimForms) { f.Evidence = typed })
	}
	return s.claimDone(c, claims.Claim{ID: e.Claim}, "#e-"+e.ID, "evidence.changed")
}

func (s *Server) evidenceRemove(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	if err := s.desk.RemoveEvidence(c.Request().Context(), actorOf(c), c.Param("id"), c.Param("eid"), seen); err != nil {
		return s.claimRefused(c, err, "evidence", func(*desk.ClaimForms) {})
	}
	return s.claimDone(c, claims.Claim{ID: c.Param("id")}, "#evidence", "evidence.removed")
}

// evidenceNew finds documents that stand on other claims; ?from= fills the form
// with one of them.
func (s *Server) evidenceNew(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	v, err := s.desk.Claim(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	p := desk.EvidencePage{Frame: s.frame(c, "claims", claims.ShowID(v.Row.ID)), Claim: s.claimView(c, v), Query: strings.TrimSpace(c.QueryParam("q"))}
	p.Claim.Frame, p.Claim.InQueue = p.Frame, c.QueryParam("back") == "/queue"
	if from := c.QueryParam("from"); from != "" {
		e, err := s.desk.EvidenceByID(ctx, actor, from)
		if err != nil {
			return err
		}
		p.Claim.Forms.Evidence = desk.EvidenceTaken(e)
	}
	if p.Query != "" {
		page, err := pageOf(c)
		if err != nil {
			return err
		}
		page.Limit = min(page.Limit, foundRows)
		if p.Found, p.Next, err = s.desk.FindEvidence(ctx, actor, claims.EvidenceFilter{Query: p.Query, Page: page}); err != nil {
			return err
		}
		p.Searched = true
		p.First, p.Next = turned(c, p.Next)
	}
	return s.render(c, http.StatusOK, desk.EvidenceNew(p))
}

// foundRows is how many documents a search shows at once.
const foundRows = 20

// evidenceCopy fetches what the address gives and keeps it. That it could not is
// written down, and told.
func (s *Server) evidenceCopy(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	e, err := s.desk.KeepCopy(c.Request().Context(), actorOf(c), c.Param("id"), c.Param("eid"), seen)
	var refused *claims.Error
	if errors.As(err, &refused) && strings.HasPrefix(refused.Key, "fetch.") {
		s.flash(c, refused.Key, shownArgs(refused.Args)...)
		s.logError(c, http.StatusSeeOther, err)
	} else if err != nil {
		return s.claimRefused(c, err, "evidence", func(*desk.ClaimForms) {})
	} else {
		s.flash(c, "copy.kept", claims.ShowID(e.Claim))
	}
	if back := c.FormValue("back"); back != "" {
		return seeOther(c, localPath(back))
	}
	return seeOther(c, "/claims/"+c.Param("id")+"#e-"+c.Param("eid"))
}

func shownArgs(args []any) []string {
	out := make([]string, len(args))
	for i, arg := range args {
		out[i] = fmt.Sprint(arg)
	}
	return out
}

func (s *Server) evidenceFile(c echo.Context) error {
	d, err := s.desk.EvidenceFile(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return sendDocument(c, d, c.QueryParam("inline") != "")
}

func (s *Server) evidenceCopyFile(c echo.Context) error {
	d, err := s.desk.EvidenceCopy(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return sendDocument(c, d, false)
}

// filePolicy lets kept bytes do nothing, whatever they turn out to be.
const filePolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

// sendDocument sends kept bytes to be saved, or shown where they are a picture or
// a PDF. Somebody else's page is never sent as a page.
func sendDocument(c echo.Context, d workflow.Document, inline bool) error {
	disposition, media, name := sentAs(d, inline)
	h := c.Response().Header()
	h.Set("Content-Security-Policy", filePolicy)
	h.Set("Cache-Control", "private, no-store")
	h.Set(echo.HeaderContentDisposition, mime.FormatMediaType(disposition, map[string]string{"filename": name}))
	return c.Blob(http.StatusOK, media, d.Data)
}

// copyEnds are the ends of names that copies get by their types.
var copyEnds = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt", "application/json": ".json",
	"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif",
}

func sentAs(d workflow.Document, inline bool) (disposition, media, name string) {
	base, _, _ := mime.ParseMediaType(d.MediaType)
	name = d.Name
	if !strings.Contains(name, ".") {
		name += copyEnds[base]
	}
	switch {
	case desk.Showable(base) && inline:
		return "inline", base, name
	case desk.Showable(base):
		return "attachment", base, name
	case base == "text/plain":
		return "attachment", "text/plain; charset=utf-8", name
	}
	return "attachment", "application/octet-stream", name
}

// evidenceErase erases the file or the copy of a piece of evidence.
func (s *Server) evidenceErase(c echo.Context) error {
	e, err := s.desk.EvidenceByID(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	sum := e.File.SHA256
	if c.FormValue("what") == "copy" {
		sum = e.Copy.SHA256
	}
	if sum == "" {
		return claims.NotFound("file", e.ID)
	}
	if err := s.desk.EraseFile(c.Request().Context(), actorOf(c), sum, c.FormValue("reason")); err != nil {
		return err
	}
	s.flash(c, "file.erase_done")
	return seeOther(c, "/claims/"+e.Claim+"#e-"+e.ID)
}
