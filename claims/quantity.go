package claims

// Bound says on which side a figure is open.
type Bound string

// The bounds a figure can have.
const (
	BoundExact Bound = "exact"
	BoundMin   Bound = "min"   // at least, more than; vague plurals ("miles de")
	BoundMax   Bound = "max"   // at most, less than
	BoundRange Bound = "range" // between Low and High
)

// Quantity is a counted or measured amount as an article gives it. Value is nil
// for ranges and for vague plurals, whose Low then holds the least they can mean.
type Quantity struct {
	Text string `json:"text"`
	Span
	Value  *float64 `json:"value"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Bound  Bound    `json:"bound"`
	Approx bool     `json:"approx"`
	Unit   string   `json:"unit"`
	Hedge  string   `json:"hedge,omitempty"` // the hedging words: "alrededor de"
}
