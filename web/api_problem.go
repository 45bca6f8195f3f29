package web

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

const problemType = "application/problem+json"

// problem is an RFC 9457 problem document, worded after Accept-Language.
type problem struct {
	Type        string           `json:"type" doc:"urn:cotejo:problem: and the kind of problem"`
	Title       string           `json:"title"`
	Status      int              `json:"status"`
	Detail      string           `json:"detail"`
	Code        string           `json:"code" doc:"The same in every language"`
	RequestID   string           `json:"request_id" doc:"Ties the answer to the log"`
	Errors      []problemField   `json:"errors,omitempty" doc:"What is wrong where"`
	Who         []claims.Role    `json:"who,omitempty" doc:"403: the roles that could"`
	DuplicateOf string           `json:"duplicate_of,omitempty" doc:"409: the article that has this text"`
	Likeness    string           `json:"likeness,omitempty" enum:"text,near,address" doc:"409: the same text, mostly the same, or another text of the same address"`
	Overlap     *float64         `json:"overlap,omitempty" doc:"409: how much of the text it shares, 0 to 1"`
	Places      []workflow.Place `json:"places,omitempty" doc:"422: where an ambiguous quote stands"`
}

// problemField says what is wrong at one place of the request.
type problemField struct {
	Location string `json:"location" doc:"As body.content, query.state or header.If-Match"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Slice    string `json:"slice,omitempty" doc:"The words that stand at the fragment's offsets"`
}

// Error gives the detail; huma asks for it.
func (p *problem) Error() string { return p.Detail }

// GetStatus gives the status; huma asks for it.
func (p *problem) GetStatus() int { return p.Status }

// ContentType gives the media type of problem documents; huma asks for it.
func (p *problem) ContentType(string) string { return problemType }

// refuse words an error of an API handler, and logs it.
func (s *Server) refuse(c echo.Context, err error) *problem {
	e, status := refusal(err)
	s.logError(c, status, err)
	return s.problemOf(c, e, status)
}

func (s *Server) problemOf(c echo.Context, e *claims.Error, status int) *problem {
	w := wordsOf(c)
	kind := string(e.Kind)
	if kind == "" {
		kind = "internal"
	}
	p := &problem{
		Type: "urn:cotejo:problem:" + kind, Title: w.T(titleKey(status)), Status: status, Detail: w.Refusal(e),
		Code: e.Key, RequestID: requestID(c), Who: e.Who,
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, problemField{
			Location: location(c, f.Field), Code: f.Key, Message: w.Field(f), Slice: textOf(f, "claim.fragment_mismatch"),
		})
	}
	p.addDuplicate(e)
	advise(c.Response().Header(), status)
	for _, a := range e.Args {
		if place, ok := a.(workflow.Place); ok {
			p.Places = append(p.Places, place)
		}
	}
	return p
}

// addDuplicate says which article has the text and how much of it.
func (p *problem) addDuplicate(e *claims.Error) {
	if e.Key != "article.duplicate" || len(e.Args) == 0 {
		return
	}
	p.DuplicateOf, _ = e.Args[0].(string)
	overlap := 1.0
	if len(e.Args) > 1 {
		if o, ok := e.Args[1].(float64); ok {
			overlap = o
		}
	}
	if len(e.Args) > 2 {
		p.Likeness, _ = e.Args[2].(string)
	}
	p.Overlap = &overlap
}

// textOf gives the first argument of a field's error with this key.
func textOf(f claims.FieldError, key string) string {
	if f.Key != key || len(f.Args) == 0 {
		return ""
	}
	s, _ := f.Args[0].(string)
	return s
}

// location says in which part of the request a field stands.
func location(c echo.Context, field string) string {
	switch {
	case field == "If-Match" || field == "Idempotency-Key":
		return "header." + field
	case c.Request().Method == http.MethodGet:
		return "query." + field
	}
	return strings.TrimSuffix("body."+field, ".")
}

func (s *Server) sendProblem(c echo.Context, p *problem) error {
	return writeJSON(c, p.Status, problemType, p)
}

// advise sets the headers that say what to do about a refusal.
func advise(h http.Header, status int) {
	switch status {
	case http.StatusUnauthorized:
		h.Set(echo.HeaderWWWAuthenticate, `Bearer realm="cotejo"`)
	case http.StatusTooManyRequests:
		h.Set(echo.HeaderRetryAfter, retryAfter)
	}
}

// humaProblem words what huma itself refuses as everything else is worded.
func (s *Server) humaProblem(ctx huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	c := humaecho.Unwrap(ctx)
	e, status := refusalOfEcho(echo.NewHTTPError(model.Status, model.Detail))
	p := s.problemOf(c, e, status)
	for _, d := range model.Errors {
		p.Errors = append(p.Errors, problemField{Location: d.Location, Code: e.Key, Message: d.Message})
	}
	return p, nil
}
