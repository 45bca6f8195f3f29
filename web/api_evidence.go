package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type evidenceInput struct {
	URL       string        `json:"url"`
	Title     string        `json:"title,omitempty"`
	Publisher string        `json:"publisher,omitempty"`
	Stance    claims.Stance `json:"stance" doc:"for, against or context"`
	Grade     claims.Grade  `json:"grade" doc:"primary or secondary"`
	Quote     string        `json:"quote,omitempty"`
	Locator   string        `json:"locator,omitempty"`
	From      string        `json:"from,omitempty" doc:"Id of evidence on another claim, whose file and copy are taken over"`
}

// evidenceUpload describes the form by which a file is sent.
type evidenceUpload struct {
	File      string        `json:"file" format:"binary" doc:"PDF, PNG, JPEG, WebP, GIF or plain text"`
	URL       string        `json:"url,omitempty"`
	Title     string        `json:"title,omitempty"`
	Publisher string        `json:"publisher,omitempty"`
	Stance    claims.Stance `json:"stance,omitempty"`
	Grade     claims.Grade  `json:"grade,omitempty"`
	Quote     string        `json:"quote,omitempty"`
	Locator   string        `json:"locator,omitempty"`
}

type evidenceJSON struct {
	ID        string        `json:"id"`
	Claim     string        `json:"claim"`
	URL       string        `json:"url" doc:"Empty where there is only a file"`
	Title     string        `json:"title"`
	Publisher string        `json:"publisher"`
	Stance    claims.Stance `json:"stance"`
	Grade     claims.Grade  `json:"grade"`
	Quote     string        `json:"quote"`
	Locator   string        `json:"locator"`
	File      *fileJSON     `json:"file"`
	Archived  *archivedJSON `json:"archived" doc:"The copy that the desk keeps"`
	Problem   *string       `json:"archive_problem" doc:"Why the last attempt kept no copy"`
	AddedBy   string        `json:"added_by"`
	AddedAt   time.Time     `json:"added_at"`
}

type fileJSON struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size" doc:"Bytes"`
	SHA256    string `json:"sha256"`
	Erased    bool   `json:"erased"`
}

type archivedJSON struct {
	SHA256    string     `json:"sha256"`
	At        *time.Time `json:"at"`
	URL       string     `json:"url" doc:"Where redirects led"`
	MediaType string     `json:"media_type"`
	Size      int64      `json:"size" doc:"Bytes"`
	Erased    bool       `json:"erased"`
}

type (
	evidenceAt struct {
		Call
		IfMatch string `header:"If-Match" doc:"The version that was seen; the present one where left out"`
		ID      string `path:"id"`
	}
	evidenceOne struct {
		Call
		IfMatch  string `header:"If-Match" doc:"The version that was seen; the present one where left out"`
		ID       string `path:"id"`
		Evidence string `path:"evidence"`
	}
	evidenceSeen struct {
		Call
		Seen
		ID       string `path:"id"`
		Evidence string `path:"evidence"`
	}
	evidenceQuery struct {
		Call
		Paging
		Query string `query:"q" doc:"Words of title, publisher, passage, address or file name; or an address"`
	}
	evidenceID struct {
		Call
		ID string `path:"id"`
	}
	fileSum struct {
		Call
		SHA256 string `path:"sha256"`
	}
	// sentFile is kept bytes as an answer.
	sentFile struct {
		ContentType        string `header:"Content-Type"`
		ContentDisposition string `header:"Content-Disposition"`
		Policy             string `header:"Content-Security-Policy"`
		Body               []byte
	}
)

func (a *api) addEvidence() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/evidence", act: claims.ActLook, summary: "Search the evidence of all claims, newest first"}, s.apiEvidenceFind)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/evidence", act: claims.ActEvidenceAdd, summary: "Put a document beside a claim",
		body: bodyOf[evidenceInput](), status: http.StatusCreated}, s.apiEvidenceAdd)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/evidence/files", act: claims.ActEvidenceAdd, summary: "Put a file beside a claim",
		body: bodyOf[evidenceUpload](), multipart: true, bound: fileBound, status: http.StatusCreated}, s.apiEvidenceUpload)
	add(a, endpoint{method: http.MethodPut, path: "/claims/{id}/evidence/{evidence}", act: claims.ActEvidenceAdd,
		summary: "Change evidence, whole but for its file; If-Match is the claim’s version", body: bodyOf[evidenceInput]()}, s.apiEvidenceEdit)
	add(a, endpoint{method: http.MethodDelete, path: "/claims/{id}/evidence/{evidence}", act: claims.ActEvidenceAdd,
		summary: "Take a document away from a claim", status: http.StatusNoContent}, s.apiEvidenceRemove)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/evidence/{evidence}/copy", act: claims.ActEvidenceAdd,
		summary: "Fetch the document’s address and keep what it gives"}, s.apiEvidenceCopy)
	add(a, endpoint{method: http.MethodGet, path: "/evidence/{id}/file", act: claims.ActLook, summary: "The file of a piece of evidence"}, s.apiEvidenceFile)
	add(a, endpoint{method: http.MethodGet, path: "/evidence/{id}/copy", act: claims.ActLook, summary: "The archived copy of a piece of evidence"}, s.apiEvidenceCopyFile)
	add(a, endpoint{method: http.MethodPost, path: "/files/{sha256}/erase", act: claims.ActErase, summary: "Erase the bytes of a file or an archived copy; the hash stays",
		body: bodyOf[reasonInput](), status: http.StatusNoContent}, s.apiFileErase)
}

func newEvidenceJSON(e claims.Evidence) evidenceJSON {
	out := evidenceJSON{
		ID: e.ID, Claim: e.Claim, URL: e.URL, Title: e.Title, Publisher: e.Publisher, Stance: e.Stance, Grade: e.Grade,
		Quote: e.Quote, Locator: e.Locator, Problem: known(e.Copy.Problem), AddedBy: e.AddedBy, AddedAt: e.AddedAt,
	}
	if f := e.File; e.HasFile() {
		out.File = &fileJSON{Name: f.Name, MediaType: f.MediaType, Size: f.Size, SHA256: f.SHA256, Erased: f.Erased}
	}
	if c := e.Copy; e.HasCopy() {
		out.Archived = &archivedJSON{SHA256: c.SHA256, At: c.At, URL: c.URL, MediaType: c.MediaType, Size: c.Size, Erased: c.Erased}
	}
	return out
}

// seenOrPresent gives the version that was seen, or the present one: adding and
// taking away evidence overwrites nobody's work.
func (s *Server) seenOrPresent(ctx context.Context, actor claims.Actor, id, ifMatch string) (int64, error) {
	if ifMatch != "" {
		return Seen{IfMatch: ifMatch}.version()
	}
	v, err := s.desk.Claim(ctx, actor, id)
	return v.Row.Version, err
}

func (in evidenceInput) evidence() workflow.EvidenceInput {
	return workflow.EvidenceInput{From: in.From, Evidence: claims.Evidence{
		URL: in.URL, Title: in.Title, Publisher: in.Publisher, Stance: in.Stance, Grade: in.Grade, Quote: in.Quote, Locator: in.Locator,
	}}
}

func oneEvidence(e claims.Evidence, err error) (*single[evidenceJSON], error) {
	if err != nil {
		return nil, err
	}
	return &single[evidenceJSON]{Body: newEvidenceJSON(e)}, nil
}

func (s *Server) apiEvidenceFind(ctx context.Context, in *evidenceQuery) (*listing[evidenceJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	found, next, err := s.desk.FindEvidence(ctx, in.actor(), claims.EvidenceFilter{Query: strings.TrimSpace(in.Query), Page: page})
	if err != nil {
		return nil, err
	}
	return listed(evidenceList(found), next), nil
}

func (s *Server) apiEvidenceAdd(ctx context.Context, in *evidenceAt) (*single[evidenceJSON], error) {
	body, err := decode[evidenceInput](in)
	if err != nil {
		return nil, err
	}
	version, err := s.seenOrPresent(ctx, in.actor(), in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return oneEvidence(s.desk.AddDocument(ctx, in.actor(), in.ID, version, body.evidence()))
}

func (s *Server) apiEvidenceUpload(ctx context.Context, in *evidenceAt) (*single[evidenceJSON], error) {
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if err := claims.May(in.actor(), claims.ActEvidenceAdd, settings); err != nil {
		return nil, err
	}
	r := in.request().Request()
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return nil, claims.Refuse(claims.KindUnsupported, "api.not_multipart")
	}
	if err := parseForm(r); err != nil {
		return nil, err
	}
	version, err := s.seenOrPresent(ctx, in.actor(), in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	_, document, err := evidenceTyped(in.request())
	if err != nil {
		return nil, err
	}
	if document.Upload == nil {
		return nil, claims.Invalid("file", "text.missing")
	}
	return oneEvidence(s.desk.AddDocument(ctx, in.actor(), in.ID, version, document))
}

func (s *Server) apiEvidenceEdit(ctx context.Context, in *evidenceSeen) (*single[evidenceJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[evidenceInput](in)
	if err != nil {
		return nil, err
	}
	return oneEvidence(s.desk.EditEvidence(ctx, in.actor(), in.ID, in.Evidence, version, body.evidence()))
}

func (s *Server) apiEvidenceRemove(ctx context.Context, in *evidenceOne) (*nothing, error) {
	version, err := s.seenOrPresent(ctx, in.actor(), in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.RemoveEvidence(ctx, in.actor(), in.ID, in.Evidence, version)
}

// apiEvidenceCopy answers 422 with the reason where nothing could be kept, which
// is written down on the evidence all the same.
func (s *Server) apiEvidenceCopy(ctx context.Context, in *evidenceOne) (*single[evidenceJSON], error) {
	version, err := s.seenOrPresent(ctx, in.actor(), in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	e, err := s.desk.KeepCopy(ctx, in.actor(), in.ID, in.Evidence, version)
	var refused *claims.Error
	if errors.As(err, &refused) {
		return nil, refused
	}
	return oneEvidence(e, err)
}

func (s *Server) apiEvidenceFile(ctx context.Context, in *evidenceID) (*sentFile, error) {
	return sent(s.desk.EvidenceFile(ctx, in.actor(), in.ID))
}

func (s *Server) apiEvidenceCopyFile(ctx context.Context, in *evidenceID) (*sentFile, error) {
	return sent(s.desk.EvidenceCopy(ctx, in.actor(), in.ID))
}

func sent(d workflow.Document, err error) (*sentFile, error) {
	if err != nil {
		return nil, err
	}
	disposition, media, name := sentAs(d, false)
	return &sentFile{ContentType: media, Policy: filePolicy, Body: d.Data,
		ContentDisposition: mime.FormatMediaType(disposition, map[string]string{"filename": name})}, nil
}

func (s *Server) apiFileErase(ctx context.Context, in *fileSum) (*nothing, error) {
	body, err := decode[reasonInput](in)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.EraseFile(ctx, in.actor(), strings.ToLower(in.SHA256), body.Reason)
}
