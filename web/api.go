package web

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
)

const apiRoot = "/api/v1"

// endpoint is one line of the API's index: who may call it is data here too.
type endpoint struct {
	method    string
	path      string // under apiRoot
	act       claims.Act
	summary   string
	body      reflect.Type // of the request's JSON, nil where it has none
	multipart bool         // the body is a form with a file instead
	bound     int64        // of the body, in bytes; formBound where 0
	status    int          // of success; 200 where 0
	secret    secrecy
}

// secrecy says what of a call is never stored under an Idempotency-Key.
type secrecy int

const (
	secretNothing  secrecy = iota
	secretRequest          // its body holds a password: not even a digest is kept
	secretResponse         // its answer holds a token: a key is refused
)

func bodyOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// Call is embedded in every input: it leads from huma's world to the request's.
type Call struct{ echo echo.Context }

// Resolve is called by huma before the handler.
func (in *Call) Resolve(ctx huma.Context) []error {
	in.echo = humaecho.Unwrap(ctx)
	return nil
}

func (in *Call) request() echo.Context { return in.echo }
func (in *Call) actor() claims.Actor   { return actorOf(in.echo) }

// Seen is embedded in the input of what must say which version it saw.
type Seen struct {
	IfMatch string `header:"If-Match" doc:"The version that was seen, in double quotes, as the ETag gave it"`
}

// version reads If-Match: missing is 428, anything but a quoted whole number 422.
func (in Seen) version() (int64, error) {
	if in.IfMatch == "" {
		return 0, ifMatchMissing()
	}
	inner, ok := strings.CutPrefix(strings.TrimPrefix(in.IfMatch, "W/"), `"`)
	if inner, closed := strings.CutSuffix(inner, `"`); ok && closed {
		if n, err := strconv.ParseInt(inner, 10, 64); err == nil {
			return n, nil
		}
	}
	return 0, claims.Invalid("If-Match", "api.if_match_malformed", cut(in.IfMatch, maxShown))
}

func ifMatchMissing() error {
	return &statusError{http.StatusPreconditionRequired, claims.Refuse(claims.KindInvalid, "api.if_match_missing")}
}

// single is one thing; its ETag is its version.
type single[T any] struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     T
}

func etagOf(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// listing is one page of a list.
type listing[T any] struct{ Body page[T] }

type page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"Cursor of the next page, null on the last"`
}

func listed[T any](items []T, next string) *listing[T] {
	out := &listing[T]{Body: page[T]{Items: some(items)}}
	if next != "" {
		out.Body.Next = &next
	}
	return out
}

// some gives an empty list for nil, so that JSON says [] and never null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// api is the API while it is put together.
type api struct {
	server    *Server
	huma      huma.API
	endpoints map[string]endpoint // by method and echo's path
}

func (s *Server) registerAPI() error {
	a := &api{server: s, endpoints: map[string]endpoint{}}
	s.echo.Use(a.admit) // not on the group, which would answer 404 where 405 is right
	a.huma = humaecho.NewWithGroup(s.echo, s.echo.Group(apiRoot), s.apiConfig())
	a.addArticles()
	a.addClaims()
	a.addBulk()
	a.addSearch()
	a.addFilters()
	a.addClaimThreads()
	a.addPrecedents()
	a.addSources()
	a.addChecks()
	a.addPeople()
	a.addWaysIn()
	a.addDesk()
	a.addInbox()
	a.addJobs()
	a.addFeeds()
	a.addImports()
	a.addTables()
	a.addExports()
	a.addChanges()
	a.addReports()
	a.addStats()
	a.addFigures()
	a.addHooks()
	document, err := a.describe()
	s.openAPI = document
	return err
}

func (s *Server) apiConfig() huma.Config {
	config := huma.DefaultConfig("Cotejo", s.version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil // no schema links in answers
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"token": {}}}
	config.Servers = []*huma.Server{{URL: strings.TrimRight(s.base.String(), "/")}}
	config.Transformers = []huma.Transformer{s.humaProblem}
	return config
}

// schemaName names a schema after its Go type, without our suffix.
func schemaName(t reflect.Type, hint string) string {
	return strings.ReplaceAll(huma.DefaultSchemaNamer(t, hint), "JSON", "")
}

// called is the pointer to an input that embeds Call.
type called[T any] interface {
	*T
	request() echo.Context
}

// add registers an endpoint; a refusal of its handler becomes a problem document.
func add[In, Out any, P called[In]](a *api, e endpoint, handle func(context.Context, P) (*Out, error)) {
	a.server.index = append(a.server.index, route{method: e.method, path: apiRoot + echoPath(e.path), access: access{accessAPI, e.act}, bound: e.bound})
	a.endpoints[e.method+" "+apiRoot+echoPath(e.path)] = e
	huma.Register(a.huma, a.operation(e), func(ctx context.Context, in *In) (*Out, error) {
		out, err := handle(ctx, P(in))
		if err != nil {
			return nil, a.server.refuse(P(in).request(), err)
		}
		return out, nil
	})
}

// echoPath writes {id} as :id.
func echoPath(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, "{", ":"), "}", "")
}

func (a *api) operation(e endpoint) huma.Operation {
	registry := a.huma.OpenAPI().Components.Schemas
	op := huma.Operation{
		OperationID: strings.ToLower(e.method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(e.path),
		Method:      e.method, Path: e.path, Summary: e.summary, DefaultStatus: e.status,
		Extensions: map[string]any{"x-act": string(e.act)},
		Responses: map[string]*huma.Response{"default": {
			Description: "A problem document (RFC 9457)",
			Content:     map[string]*huma.MediaType{problemType: {Schema: registry.Schema(reflect.TypeFor[problem](), true, "")}},
		}},
	}
	if keeps(e.method) && e.secret != secretResponse {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string"},
			Description: "The same key gives the first answer again, for a day",
		})
	}
	return op
}

// describe writes the OpenAPI document, its paths from the root of the host. The
// bodies are described only now: huma would else read and word them itself.
func (a *api) describe() ([]byte, error) {
	doc := a.huma.OpenAPI()
	rooted := map[string]*huma.PathItem{}
	for path, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Post, item.Patch, item.Put} {
			if op != nil {
				op.RequestBody = a.bodyOf(a.endpoints[op.Method+" "+apiRoot+echoPath(path)])
			}
		}
		rooted[apiRoot+path] = item
	}
	doc.Paths = rooted
	return json.Marshal(doc)
}

func (a *api) bodyOf(e endpoint) *huma.RequestBody {
	if e.body == nil {
		return nil
	}
	schema := a.huma.OpenAPI().Components.Schemas.Schema(e.body, true, "")
	if e.multipart {
		return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{echo.MIMEMultipartForm: {Schema: schema}}}
	}
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{echo.MIMEApplicationJSON: {Schema: schema}}}
}

func (s *Server) openAPIShow(c echo.Context) error {
	s.changedAt(c, s.built)
	return sendPublic(c, http.StatusOK, echo.MIMEApplicationJSON, s.openAPI)
}
