package views

import (
	"errors"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// Problem says what is wrong with one field of a form, in the reader's words;
// Field is "" where it concerns the whole form.
type Problem struct {
	Field string
	Key   string // that of the field's Input
	Text  string
}

// Problems is all that is wrong with a form.
type Problems []Problem

// On gives what is wrong with a field, "" where nothing is.
func (p Problems) On(field string) string {
	for _, one := range p {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// Keyed gives the problems of a form whose fields have a key.
func (p Problems) Keyed(key string) Problems {
	out := slices.Clone(p)
	for i := range out {
		out[i].Key = key
	}
	return out
}

// ProblemsOf words a refusal for a form: a problem a field, or one for the whole.
func ProblemsOf(w *i18n.Words, err error) Problems {
	var e *claims.Error
	if err == nil || !errors.As(err, &e) {
		return nil
	}
	if len(e.Fields) == 0 {
		return Problems{{Text: w.Refusal(e)}}
	}
	out := make(Problems, len(e.Fields))
	for i, f := range e.Fields {
		out[i] = Problem{Field: f.Field, Text: w.Field(f)}
	}
	return out
}

// Input is one field of a form.
type Input struct {
	Name         string
	Key          string // tells fields of the same name on one page apart; see id
	Label        string
	Value        string
	Hint         string
	Type         string // "" for text
	Class        string
	Autocomplete string
	Required     bool
	ReadOnly     bool
	Autofocus    bool
	Numeric      bool // telephones show their keys for digits
	Max          int  // code points, 0 for no bound here
}

// Option is one choice of a select.
type Option struct{ Value, Label string }

// ID is where links to what is wrong with the field lead: "f-" and the name.
func (in Input) ID() string { return "f-" + in.Name + in.Key }

// HintID is the id of the field's hint.
func (in Input) HintID() string { return "h-" + in.Name + in.Key }

// Attributes are those of the field's element, its problem among them.
func (in Input) Attributes(problems Problems) templ.Attributes {
	out := templ.Attributes{}
	if in.Type != "" {
		out["type"] = in.Type
	}
	if in.Autocomplete != "" {
		out["autocomplete"] = in.Autocomplete
	}
	if in.Required {
		out["required"] = true
	}
	if in.Numeric {
		out["inputmode"] = "numeric"
	}
	if in.ReadOnly {
		out["readonly"] = true
	}
	if in.Autofocus {
		out["autofocus"] = true
	}
	if in.Max > 0 {
		out["maxlength"] = in.Max
	}
	var described []string
	if in.Hint != "" {
		described = append(described, in.HintID())
	}
	if problems.On(in.Name) != "" {
		out["aria-invalid"] = "true"
		described = append(described, "e-"+in.Name)
	}
	if len(described) > 0 {
		out["aria-describedby"] = strings.Join(described, " ")
	}
	return out
}
