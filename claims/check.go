package claims

import "time"

// CheckState is where a check stands.
type CheckState string

// The states of a check. None of them says whether the public sees one: what was
// published stands until it is withdrawn, while the next version is written.
const (
	CheckDraft     CheckState = "draft"
	CheckSubmitted CheckState = "submitted"
	CheckApproved  CheckState = "approved"
	CheckPublished CheckState = "published"
	CheckWithdrawn CheckState = "withdrawn"
)

// CheckStates lists every state in the order of the workflow.
var CheckStates = []CheckState{CheckDraft, CheckSubmitted, CheckApproved, CheckPublished, CheckWithdrawn}

// CheckMove is one row of the table of moves of a check.
type CheckMove struct {
	From, To CheckState
	Act      Act  // what policy is asked
	Reason   bool // a reason must be given
	Alone    bool // past the second pair of eyes: only where the newsroom does not ask for one
}

// CheckMoves is the whole table. Publishing again freezes a new version, so that
// the public page never shows half an edit.
var CheckMoves = []CheckMove{
	{CheckDraft, CheckSubmitted, ActCheckSubmit, false, false},
	{CheckSubmitted, CheckDraft, ActCheckReturn, false, false}, // its submitter takes it back without a reason
	{CheckSubmitted, CheckApproved, ActCheckApprove, false, false},
	{CheckApproved, CheckDraft, ActCheckReturn, true, false},
	{CheckApproved, CheckPublished, ActCheckPublish, false, false},
	{CheckPublished, CheckSubmitted, ActCheckSubmit, false, false},
	{CheckWithdrawn, CheckSubmitted, ActCheckSubmit, false, false},

	{CheckDraft, CheckPublished, ActCheckPublish, false, true},
	{CheckPublished, CheckPublished, ActCheckPublish, false, true},
	{CheckWithdrawn, CheckPublished, ActCheckPublish, false, true},

	{CheckPublished, CheckWithdrawn, ActCheckWithdraw, true, false},
	{CheckDraft, CheckWithdrawn, ActCheckWithdraw, true, false}, // these three where a version stands published
	{CheckSubmitted, CheckWithdrawn, ActCheckWithdraw, true, false},
	{CheckApproved, CheckWithdrawn, ActCheckWithdraw, true, false},
}

// FindCheckMove looks a move of a check up in the table.
func FindCheckMove(from, to CheckState) (CheckMove, bool) {
	for _, m := range CheckMoves {
		if m.From == from && m.To == to {
			return m, true
		}
	}
	return CheckMove{}, false
}

// Valid reports whether s is a state at all.
func (s CheckState) Valid() bool {
	for _, known := range CheckStates {
		if s == known {
			return true
		}
	}
	return false
}

// Editable reports whether the text may change in this state: what was handed in is
// what is approved, and what was approved is what is published.
func (s CheckState) Editable() bool { return s != CheckSubmitted && s != CheckApproved }

// Check is a fact-check article of the newsroom's own: Markdown that cites
// claims as [[7F3K9Q]].
type Check struct {
	ID          string
	Slug        string
	Title       string
	Summary     string
	Body        string // Markdown
	Language    string
	Authors     []string
	Related     []string    // slugs of other checks, chosen by hand, the closest first
	Image       *CheckImage // at its head; nil for none
	State       CheckState
	Published   int // newest frozen version, 0 while there is none
	SubmittedBy string
	SubmittedAt time.Time // zero while it is not handed in
	ApprovedBy  string
	ApprovedAt  time.Time   // zero while it is not approved
	ChangedBy   string      // who last changed what will be read
	Withdrawn   *Withdrawal // what was published is withdrawn
	CreatedBy   string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Version     int64
}

// Public reports whether readers see a version of the check.
func (c Check) Public() bool { return c.Published > 0 && c.Withdrawn == nil }

// CheckImage is the picture at the head of a check: a blob that the desk encoded
// itself, so that nothing of the file's metadata is left in it.
type CheckImage struct {
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`  // image/jpeg or image/png
	Width  int    `json:"width"` // pixels
	Height int    `json:"height"`
	Alt    string `json:"alt"`
	Credit string `json:"credit"`
}

// CheckPublication is what the public sees of a check at version N, frozen.
type CheckPublication struct {
	Check         string
	N             int
	Slug          string
	Title         string
	Summary       string
	Body          string
	Language      string
	Authors       []string
	Related       []string
	Image         *CheckImage
	Claims        []string       // ids of the claims cited, in order of first mention
	ClaimVersions map[string]int // their versions then, by id; empty for what was published before these were kept
	Effect        Effect         // "" for the first
	Notice        string
	PublishedBy   string
	ApprovedBy    string // "" where nobody else looked at it
	PublishedAt   time.Time
}
