package desk

import (
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ClaimsPage is the list of claims under the filters of its address.
type ClaimsPage struct {
	views.Frame
	Filter ClaimFilter
	Counts map[claims.State]int // under the other filters, for every state
	Rows   []claims.ClaimRow
	Scales claims.Scales
	People map[string]claims.Person
	First  string
	Next   string
	Saved  []claims.SavedFilter
	Keep   FilterForm     // what was typed to keep this filter, where that was refused
	Query  string         // of the address, as a saved filter has it
	Share  bool           // the reader may share filters
	Here   string         // the address of the list as it stands
	Bulk   []string       // the acts that the reader may do to many claims; none for nobody's
	Export bool           // the reader may take the rows along as tables
	Source *claims.Source // whose claims are listed, where the filter names a record
}

// FilterForm is what was typed to keep a filter, and why it is not kept.
type FilterForm struct {
	Name     string
	Shared   bool
	Problems views.Problems
}

// ClaimFilter is the filter as it stands in the address.
type ClaimFilter struct {
	State, Article, Source, Verdict, Assignee, Query, Language, Tag, Order string
	From, To, Worth, Evidence, Changed, Orphan, Pending, Waiting, Needs    string
}

// Narrowed reports whether any of the filters narrows the list.
func (f ClaimFilter) Narrowed() bool { f.Order = ""; return f != ClaimFilter{} }

// ClaimPage is all that the desk knows of one claim.
type ClaimPage struct {
	views.Frame
	Behind       bool // its words changed in a newer snapshot of the article
	Row          claims.ClaimRow
	Schedule     *ScheduleShow
	Zone         string // in which times of publishing are set; "" for UTC
	Restricted   bool   // its article is for named people only
	Erased       bool   // its article was erased
	Locator      string
	Appearances  []claims.Appearance
	Archives     []claims.ArchiveRequest
	MayArchive   bool
	Around       Surroundings
	Evidence     []claims.Evidence
	Shared       map[string][]string // by a piece of evidence: the other claims that the same document stands on
	MaxFile      int                 // MB that a file may have
	Notes        []claims.Note
	Reviews      []claims.Review
	Publications []claims.Publication
	Checks       []claims.CheckPublication
	History      []EventRow
	People       map[string]claims.Person
	Scales       claims.Scales
	Moves        []MoveChoice
	Undo         EventRow // what the reader could take back; its Undo is "" for nothing
	Rights       ClaimRights
	Forms        ClaimForms
	Stands       ClaimForms               // as nobody has typed anything
	Sources      map[string]claims.Source // what links are tied to, by the id in the link
	Offers       []TieOffer
	Origins      []claims.SharedOrigin
	Contacts     []claims.Contact
	External     []claims.ExternalCheck
	Reports      []claims.ErrorReport // newest first
	MayReport    bool                 // the claim was published, and the reader may know what others report of it
	Precedents   claims.Precedents
	Now          time.Time
	House        HouseRules
	Opinions     []claims.Opinion
	Live         Live
	InQueue      bool   // shown on the queue, where its forms lead back to
	Skip         string // the claim that the reader left out on the queue
}

// TieOffer is a link that is tied to no record, and the known sources of its name.
type TieOffer struct {
	Attribution int
	Role        string
	N           int
	Name        string
	Sources     []claims.Source
}

// ClaimRights says what may be changed now; Why says who could where not.
type ClaimRights struct {
	Edit, Judge, Evidence, Note, Triage, Assign, Contact, Erase, External bool
	Why                                                                   string
}

// MoveChoice is one move from here. Refused says why not and who could; "" means
// that it may be done now.
type MoveChoice struct {
	claims.Move
	Refused string
}

// ClaimForms is every form of the page as typed; the handler fills it from the
// claim and lays over it what a refused request had typed. At says which form
// was refused, Conflict that somebody changed the claim meanwhile.
type ClaimForms struct {
	At           string // "wording", "attribution", "figures", "times", "verdict", "evidence", "note", "triage", "move"
	Problems     views.Problems
	Conflict     bool
	Version      string // that a form was made from, "" for the claim's
	Focus        string // id of where the keyboard goes on, "" for nowhere
	Standalone   string
	Kind         string
	MadeOn       string
	Attributions []AttributionForm
	Quantities   []QuantityForm
	Times        []TimeForm
	Verdict      VerdictForm
	Evidence     EvidenceForm
	Note         string
	Triage       TriageForm
	Move         MoveForm
	Contact      ContactForm
	External     ExternalForm
	Report       views.ReportForm
	Opinion      OpinionForm
	Split        SplitForm
	Schedule     ScheduleForm
}

// The names of the forms that split and merge a claim.
const (
	splitForm = "split"
	mergeForm = "merge"
)

// SplitForm is words to be cut out of a claim, or the claim it goes into, as typed.
type SplitForm struct{ Quote, Into, Note string }

// AttributionForm is one attribution as its form has it.
type AttributionForm struct {
	Mode, Cue, CueStart, CueEnd, Basis string
	Links                              []LinkForm
}

// LinkForm is one link of a chain; Role is one of ChainRoles. Find is what records
// were searched for, Records are those it can be tied to. A Guarded one is a
// protected source that the reader may not see.
type LinkForm struct {
	Role, Text, Start, End, Name, Kind, Code, Cue, Source string
	SawOriginal                                           bool
	Find                                                  string
	Records                                               []claims.Source
	Guarded                                               bool
}

// QuantityForm is one figure as typed.
type QuantityForm struct {
	Text, Start, End, Value, Low, High, Bound, Unit, Hedge string
	Approx                                                 bool
}

// TimeForm is one time expression as typed.
type TimeForm struct{ Text, Start, End, From, To string }

// VerdictForm is a verdict as typed.
type VerdictForm struct {
	Content, Attribution, Rationale, WhatIsTrue, AsOf, ReviewAgain string
	Override                                                       string
}

// EvidenceForm is a piece of evidence as typed.
// From is the evidence whose file and copy are taken over, FileName what comes
// along with it.
type EvidenceForm struct {
	URL, Title, Publisher, Stance, Grade, Quote, Locator string
	From, FileName                                       string
}

// TriageForm is how the desk sorts a claim, as typed.
type TriageForm struct{ Priority, Tags, Assignee, Due string }

// MoveForm is a move as typed.
type MoveForm struct {
	To, Reason, Note, Of, Effect, Notice string
	Checked                              []string
	Override                             string
}

// FormsOf fills every form from the claim as it stands.
func FormsOf(c claims.Claim) ClaimForms {
	f := ClaimForms{Standalone: c.Standalone, Kind: string(c.Kind), MadeOn: dateText(c.MadeOn)}
	for _, a := range c.Attributions {
		f.Attributions = append(f.Attributions, attributionForm(a))
	}
	for _, q := range c.Quantities {
		f.Quantities = append(f.Quantities, quantityForm(q))
	}
	for _, t := range c.Times {
		f.Times = append(f.Times, TimeForm{t.Text, strconv.Itoa(t.Start), strconv.Itoa(t.End), dateText(t.From), dateText(t.To)})
	}
	if v := c.Verdict; v != nil {
		f.Verdict = VerdictForm{
			Content: v.Content, Attribution: v.Attribution, Rationale: v.Rationale, WhatIsTrue: v.WhatIsTrue,
			AsOf: dateText(v.AsOf), ReviewAgain: dateText(v.ReviewAgain),
		}
	}
	f.Triage = TriageForm{Priority: strconv.Itoa(c.Priority), Tags: strings.Join(c.Tags, ", "), Assignee: c.Assignee}
	if c.Due != nil {
		f.Triage.Due = c.Due.UTC().Format(time.DateOnly)
	}
	return f
}

func attributionForm(a claims.Attribution) AttributionForm {
	f := AttributionForm{Mode: string(a.Mode), Basis: string(a.Basis), CueStart: "0", CueEnd: "0"}
	if a.Cue != nil {
		f.Cue, f.CueStart, f.CueEnd = a.Cue.Text, strconv.Itoa(a.Cue.Start), strconv.Itoa(a.Cue.End)
	}
	for _, l := range a.Via {
		f.Links = append(f.Links, linkForm("via", l))
	}
	for _, l := range a.Sources {
		f.Links = append(f.Links, linkForm("source", l))
	}
	if a.Original != nil {
		f.Links = append(f.Links, linkForm("original", *a.Original))
	}
	return f
}

func linkForm(role string, l claims.Link) LinkForm {
	return LinkForm{
		Role: role, Text: l.Text, Start: strconv.Itoa(l.Start), End: strconv.Itoa(l.End), Name: l.Name, Kind: string(l.Kind),
		Code: l.Code, Cue: l.Cue, Source: l.Source, SawOriginal: l.SawOriginal,
	}
}

func quantityForm(q claims.Quantity) QuantityForm {
	return QuantityForm{
		Text: q.Text, Start: strconv.Itoa(q.Start), End: strconv.Itoa(q.End), Value: plainNumber(q.Value), Low: plainNumber(q.Low),
		High: plainNumber(q.High), Bound: string(q.Bound), Unit: q.Unit, Hedge: q.Hedge, Approx: q.Approx,
	}
}

func plainNumber(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// problems gives what is wrong with one of the forms.
func (f ClaimForms) problems(form string) views.Problems {
	if f.At != form {
		return nil
	}
	return f.Problems
}

func (p ClaimPage) path(rest string) string { return "/claims/" + p.Row.ID + rest }

func (p ClaimPage) conflict(form string) bool { return p.Forms.Conflict && p.Forms.At == form }

// editOpen says whether the forms that change the claim stand open.
func (p ClaimPage) editOpen() bool {
	switch p.Forms.At {
	case "wording", "attribution", "figures", "times", "split", "merge":
		return true
	}
	return false
}

// refusedMove says whether this move's form was refused.
func (p ClaimPage) refusedMove(m MoveChoice) bool {
	return p.Forms.At == "move" && p.Forms.Move.To == string(m.To)
}

// moveForm is a move's form as typed where it was refused, else empty, with
// what is wrong with it and what tells its fields apart from the other moves'.
func (p ClaimPage) moveForm(m MoveChoice) (typed MoveForm, problems views.Problems, key string) {
	if p.refusedMove(m) {
		return p.Forms.Move, p.Forms.Problems, ""
	}
	return MoveForm{}, nil, "-" + string(m.To)
}

// needsForm says whether a move opens a form of its own.
func (m MoveChoice) needsForm(published int) bool {
	return m.Reason || m.To == claims.StatePublished && m.From == claims.StateApproved && published > 0
}

// primaryMoves are the ones that lead on; the others stand below.
func (m MoveChoice) primary() bool {
	switch m.Act {
	case claims.ActClaimOpen, claims.ActClaimTake, claims.ActClaimSubmit, claims.ActClaimApprove, claims.ActClaimPublish:
		return true
	}
	return false
}

// moveLabel names a move: bringing back what was dismissed is not accepting.
func moveLabel(w *i18n.Words, m claims.Move) string {
	if m.Act == claims.ActClaimOpen && m.From == claims.StateSuggested {
		return w.T("act.accept")
	}
	if m.Act == claims.ActClaimOpen {
		return w.T("act.bring_back")
	}
	return w.T("move." + string(m.Act))
}

func peopleOptions(w *i18n.Words, people map[string]claims.Person, chosen string) []views.Option {
	out := []views.Option{{Value: "", Label: w.T("claim.nobody")}}
	for _, p := range sortedPeople(people) {
		if !p.Disabled && p.Role != claims.RoleContributor || p.ID == chosen {
			out = append(out, views.Option{Value: p.ID, Label: called(people, p.ID, w)})
		}
	}
	return out
}

func priorityOptions(w *i18n.Words) []views.Option {
	var out []views.Option
	for _, p := range []string{"2", "1", "0", "-1"} {
		out = append(out, views.Option{Value: p, Label: w.T("priority." + p)})
	}
	return out
}

func effectOptions(w *i18n.Words) []views.Option {
	out := []views.Option{{Value: "", Label: w.T("effect.auto")}}
	for _, e := range []claims.Effect{claims.EffectTypo, claims.EffectClarification, claims.EffectEvidence, claims.EffectVerdict} {
		out = append(out, views.Option{Value: string(e), Label: w.T("effect." + string(e))})
	}
	return out
}
