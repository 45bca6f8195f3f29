package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
)

// decode reads the JSON of a request: one value, no unknown fields, and what is
// wrong is said with its place.
func decode[T any](in interface{ request() echo.Context }) (T, error) {
	var out T
	r := in.request().Request()
	if kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || kind != echo.MIMEApplicationJSON {
		return out, claims.Refuse(claims.KindUnsupported, "api.not_json")
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&out); err != nil {
		return out, malformed(err, dec.InputOffset())
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return out, malformed(err, dec.InputOffset())
	}
	return out, nil
}

const unknownField = "json: unknown field "

// malformed says what is wrong with the JSON: 400 where it cannot be read at
// all, 422 with the place where a value is not what it should be.
func malformed(err error, offset int64) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case tooLarge(err):
		return err
	case errors.Is(err, io.EOF):
		return &statusError{http.StatusBadRequest, claims.Refuse(claims.KindInvalid, "api.no_body")}
	case errors.As(err, &wrong):
		return claims.Invalid(wrong.Field, "api.wrong_type", wrong.Value, jsonName(wrong.Type))
	case err != nil && strings.HasPrefix(err.Error(), unknownField):
		field := strings.Trim(strings.TrimPrefix(err.Error(), unknownField), `"`)
		return claims.Invalid(field, "api.unknown_field", field)
	}
	return &statusError{http.StatusBadRequest, &claims.Error{Kind: claims.KindInvalid, Key: "api.malformed", Args: []any{offset}, Cause: err}}
}

// jsonName names what JSON calls a Go type.
func jsonName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Slice, reflect.Array:
		return "array"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	}
	return "object"
}

// statusError is a refusal whose status its kind does not tell.
type statusError struct {
	status  int
	refused *claims.Error
}

func (e *statusError) Error() string { return e.refused.Error() }

// clearable is a text that null clears and that absence leaves as it is.
type clearable struct {
	given bool
	value string
}

// UnmarshalJSON reads a string or null.
func (c *clearable) UnmarshalJSON(raw []byte) error {
	c.given, c.value = true, ""
	if string(raw) == "null" {
		return nil
	}
	return json.Unmarshal(raw, &c.value)
}

// Schema describes it as a string or null.
func (clearable) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

// patch gives nil where the field was not there.
func (c clearable) patch() *string {
	if !c.given {
		return nil
	}
	return &c.value
}
