package claims

// Mode says how the words of a claim are attributed.
type Mode string

// The modes of attribution.
const (
	ModeNone     Mode = "none"     // the article's own voice
	ModeIndirect Mode = "indirect" // reported
	ModeDirect   Mode = "direct"   // all of it inside quotation marks
	ModeMixed    Mode = "mixed"    // partly inside quotation marks
)

// SourceKind says what kind of speaker or document a source is.
type SourceKind string

// The kinds of source.
const (
	KindPerson       SourceKind = "person"
	KindOrganization SourceKind = "organization"
	KindGovernment   SourceKind = "government"
	KindMedia        SourceKind = "media"
	KindDocument     SourceKind = "document"
	KindGroup        SourceKind = "group"
	KindUnknown      SourceKind = "unknown"
)

// SourceKinds lists every kind in the order that forms show them.
var SourceKinds = []SourceKind{KindPerson, KindOrganization, KindGovernment, KindMedia, KindDocument, KindGroup, KindUnknown}

// Basis says what a statement rests on, where its cue tells ("" where not).
type Basis string

// The bases a cue can give.
const (
	BasisStatement Basis = "statement"
	BasisEstimate  Basis = "estimate"
	BasisReport    Basis = "report"
	BasisPoll      Basis = "poll"
	BasisLaw       Basis = "law"
	BasisTestimony Basis = "testimony"
	BasisStudy     Basis = "study"
	BasisData      Basis = "data"
)

// Cue is the words that tie a claim to who says it ("Según evaluaciones de").
type Cue struct {
	Text string `json:"text"`
	Span
}

// Link is one step of an attribution chain. Text is how the article names the
// source there, Name its best name in the article, Code an ISO 3166 code for
// states. Source is the id of a Source of the desk once it is tied to one.
type Link struct {
	Source      string     `json:"source,omitempty"`
	Text        string     `json:"text"`
	Span                   // where Text stands
	Name        string     `json:"name"`
	Kind        SourceKind `json:"kind"`
	Code        string     `json:"code,omitempty"`
	Cue         string     `json:"cue,omitempty"`
	SawOriginal bool       `json:"saw_original"`
}

// Attribution is who says a claim: Sources said it (several say it jointly),
// Via relayed it, nearest to us first, Original is the document behind it.
type Attribution struct {
	Mode     Mode   `json:"mode"`
	Sources  []Link `json:"sources"`
	Via      []Link `json:"via"`
	Original *Link  `json:"original,omitempty"`
	Cue      *Cue   `json:"cue"`
	Basis    Basis  `json:"basis,omitempty"`
}

// HasSource reports whether any of the attributions names a source: the claim
// then needs an attribution verdict before it can be submitted.
func HasSource(as []Attribution) bool {
	for _, a := range as {
		if len(a.Sources) > 0 {
			return true
		}
	}
	return false
}
