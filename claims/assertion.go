package claims

// Kind says what sort of thing a claim asserts.
type Kind string

// The kinds of claim.
const (
	KindQuantity   Kind = "quantity"
	KindEvent      Kind = "event"
	KindRelation   Kind = "relation"
	KindComparison Kind = "comparison"
	KindQuotation  Kind = "quotation"
	KindSpeechAct  Kind = "speech-act"
	KindPrediction Kind = "prediction"
	KindOpinion    Kind = "opinion"
	KindOther      Kind = "other"
)

// Kinds lists every kind of claim in the order that forms show them.
var Kinds = []Kind{KindQuantity, KindEvent, KindRelation, KindComparison, KindQuotation, KindSpeechAct, KindPrediction, KindOpinion, KindOther}

// Assertion is what a claim says, as the engine proposes it and as people edit
// it. Fragments are the exact words in article order; Standalone is the wording
// that can be read alone, in which what was not in the words stands in
// [square brackets].
type Assertion struct {
	Fragments    []Fragment    `json:"fragments"`
	Standalone   string        `json:"standalone"`
	Kind         Kind          `json:"kind"`
	Checkable    bool          `json:"checkable"`
	Worth        float64       `json:"worth"`   // check-worthiness, 0 to 1
	Reasons      []string      `json:"reasons"` // why it is worth that: message keys ("figure", "named-source")
	Attributions []Attribution `json:"attributions"`
	Quantities   []Quantity    `json:"quantities"`
	Times        []Time        `json:"times"`
}

// Quote joins the exact words of the fragments by " […] ".
func (a Assertion) Quote() string {
	out := ""
	for i, f := range a.Fragments {
		if i > 0 {
			out += " […] "
		}
		out += f.Text
	}
	return out
}
