package desk

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ScalePage is the editor of the newsroom's scale.
type ScalePage struct {
	views.Frame
	Version  string // that the form was made from
	Layers   map[claims.Layer][]StepForm
	Langs    []string
	Problems views.Problems
	Stands   *claims.Scale // what stands now, where somebody else changed it meanwhile
	InUse    []StepInUse   // steps that were taken away and are in use
	Uses     map[claims.Layer]map[string]claims.StepUse
	Focus    string // id of where the keyboard goes on, "" for nowhere
}

// StepForm is one step as typed.
type StepForm struct {
	Code, Color, Shape, Number string
	Labels                     map[string]string
}

// StepInUse is a step that cannot be taken away, and where it is used.
type StepInUse struct {
	Layer claims.Layer
	Code  string
	Use   claims.StepUse
}

// StepFormsOf gives the forms of stored steps.
func StepFormsOf(steps []claims.Step) []StepForm {
	out := make([]StepForm, len(steps))
	for i, s := range steps {
		out[i] = StepForm{Code: s.Code, Color: s.Color, Shape: s.Shape, Labels: s.Labels}
		if s.Number != nil {
			out[i].Number = strconv.Itoa(*s.Number)
		}
	}
	return out
}

// step is the typed step as it would look.
func (f StepForm) step() claims.Step {
	return claims.Step{Code: f.Code, Labels: f.Labels, Color: f.Color, Shape: f.Shape}
}

// called is what buttons call a step for who cannot see its row.
func (f StepForm) called(w *i18n.Words, n int) string {
	if label := strings.TrimSpace(f.step().Label(w.Lang())); label != "" {
		return label
	}
	return w.T("scale.step_n", strconv.Itoa(n+1))
}

// StepField names a field of the editor: "content.0.code".
func StepField(l claims.Layer, i int, name string) string {
	return string(l) + "." + strconv.Itoa(i) + "." + name
}

// use is where a step is used; of one that is new it knows nothing.
func (p ScalePage) use(l claims.Layer, code string) claims.StepUse { return p.Uses[l][code] }

// doButton gives the attributes of a button that sends the whole form.
func (p ScalePage) doButton(do string, disabled bool) templ.Attributes {
	out := templ.Attributes{"type": "submit", "name": "do", "value": do, "id": "b-" + do, "formnovalidate": true}
	if disabled {
		out["disabled"] = true
	} else if p.Focus == "b-"+do {
		out["autofocus"] = true
	}
	return out
}

// input is a field of a step; the code of a step in use stays as it is.
func (p ScalePage) input(l claims.Layer, i int, name, label, value string) views.Input {
	in := views.Input{Name: StepField(l, i, name), Label: label, Value: value}
	in.Autofocus = p.Focus == in.ID()
	return in
}

func (p ScalePage) codeInput(l claims.Layer, i int, f StepForm) views.Input {
	in := p.input(l, i, "code", p.Words.T("scale.code"), f.Code)
	in.Required, in.Max, in.ReadOnly = true, 40, p.use(l, f.Code).Total > 0
	return in
}

func (p ScalePage) labelInput(l claims.Layer, i int, lang string, f StepForm) views.Input {
	in := p.input(l, i, "label."+lang, p.Words.T("scale.words_in", p.Words.T("language."+lang)), f.Labels[lang])
	in.Required, in.Max = true, 60
	return in
}

func (p ScalePage) numberInput(l claims.Layer, i int, f StepForm) views.Input {
	in := p.input(l, i, "number", p.Words.T("scale.number"), f.Number)
	in.Numeric = true
	return in
}
