package claims

// Step is one step of a scale.
type Step struct {
	Code   string            `json:"code"`
	Labels map[string]string `json:"labels"` // language code → words
	Color  string            `json:"color"`  // name of a design token: "true", "mixed", …
	Shape  string            `json:"shape"`  // name of a mark; no meaning is carried by colour alone
	Number *int              `json:"number"` // nil where the step has none
}

// Label gives the step's words in a language, else in English, else its code.
func (s Step) Label(lang string) string {
	for _, l := range []string{lang, "en"} {
		if w := s.Labels[l]; w != "" {
			return w
		}
	}
	return s.Code
}

// Scale is the newsroom's rating steps at one version, best first.
type Scale struct {
	Version     int64  `json:"version"`
	Content     []Step `json:"content"`
	Attribution []Step `json:"attribution"`
}

// ContentStep finds a step of the content scale by its code.
func (s Scale) ContentStep(code string) (Step, bool) { return find(s.Content, code) }

// AttributionStep finds a step of the attribution scale by its code.
func (s Scale) AttributionStep(code string) (Step, bool) { return find(s.Attribution, code) }

// Worst and best numbers of the content scale; false where no step has one.
func (s Scale) Range() (worst, best int, ok bool) {
	for _, st := range s.Content {
		if st.Number == nil {
			continue
		}
		if !ok {
			worst, best, ok = *st.Number, *st.Number, true
		}
		worst, best = min(worst, *st.Number), max(best, *st.Number)
	}
	return worst, best, ok
}

func find(steps []Step, code string) (Step, bool) {
	for _, s := range steps {
		if s.Code == code {
			return s, true
		}
	}
	return Step{}, false
}

// Layer is one of the two halves of a verdict.
type Layer string

// The layers: whether it is so, and whether it was said.
const (
	LayerContent     Layer = "content"
	LayerAttribution Layer = "attribution"
)

// Layers lists the layers in the order in which they are judged.
var Layers = []Layer{LayerContent, LayerAttribution}

// Steps gives the steps of a layer.
func (s Scale) Steps(l Layer) []Step {
	if l == LayerAttribution {
		return s.Attribution
	}
	return s.Content
}

// StepColors and StepShapes are what steps may look like: design tokens and marks.
var (
	StepColors = []string{"true", "mostly-true", "half-true", "misleading", "false", "unproven", "not-checkable"}
	StepShapes = []string{"check", "check-minus", "half", "warning", "cross", "question", "dash"}
)

// StepUse says which claims stand on a step, by their present verdict or by what
// the public reads of them. Claims are the first of Total ids.
type StepUse struct {
	Claims []string
	Total  int
}

// Scales are all versions of the newsroom's scale, oldest first, never none.
type Scales []Scale

// Newest is the version that is judged on now.
func (s Scales) Newest() Scale {
	if len(s) == 0 {
		return DefaultScale()
	}
	return s[len(s)-1]
}

// Of gives the version that a verdict was given on, so that it keeps its words;
// the newest where there is no such version.
func (s Scales) Of(version int64) Scale {
	for _, one := range s {
		if one.Version == version {
			return one
		}
	}
	return s.Newest()
}

// Step finds a step by its code in the newest version that has it.
func (s Scales) Step(l Layer, code string) (Step, bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if step, ok := find(s[i].Steps(l), code); ok {
			return step, true
		}
	}
	return find(s.Newest().Steps(l), code)
}

// DefaultScale is the scale that ships, as version 1.
func DefaultScale() Scale {
	n := func(i int) *int { return &i }
	w := func(es, en, pt string) map[string]string { return map[string]string{"es": es, "en": en, "pt": pt} }
	return Scale{
		Version: 1,
		Content: []Step{
			{"true", w("Verdadero", "True", "Verdadeiro"), "true", "check", n(5)},
			{"mostly_true", w("Mayormente cierto", "Mostly true", "Majoritariamente verdadeiro"), "mostly-true", "check-minus", n(4)},
			{"half_true", w("Verdad a medias", "Half true", "Meia verdade"), "half-true", "half", n(3)},
			{"misleading", w("Engañoso", "Misleading", "Enganoso"), "misleading", "warning", n(2)},
			{"false", w("Falso", "False", "Falso"), "false", "cross", n(1)},
			{"unproven", w("Sin pruebas", "Unproven", "Sem provas"), "unproven", "question", nil},
			{"not_checkable", w("No verificable", "Not checkable", "Não verificável"), "not-checkable", "dash", nil},
		},
		Attribution: []Step{
			{"accurate", w("Lo dijo, y así", "Accurately attributed", "Disse, e assim"), "true", "check", nil},
			{"distorted", w("Lo dijo, pero no así", "Distorted", "Disse, mas não assim"), "misleading", "warning", nil},
			{"not_said", w("No lo dijo", "Not said", "Não disse"), "false", "cross", nil},
			{"not_found", w("No se pudo establecer", "Could not be established", "Não foi possível estabelecer"), "unproven", "question", nil},
		},
	}
}
