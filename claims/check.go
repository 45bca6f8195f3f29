package claims

import "time"

// CheckState is where a check stands.
type CheckState string

// The states of a check.
const (
	CheckDraft     CheckState = "draft"
	CheckPublished CheckState = "published"
	CheckWithdrawn CheckState = "withdrawn"
)

// CheckMoves is the table of moves of a check: publishing again freezes a new
// version, so that the public page never shows half an edit.
var CheckMoves = map[CheckState][]CheckState{
	CheckDraft:     {CheckPublished},
	CheckPublished: {CheckPublished, CheckWithdrawn},
	CheckWithdrawn: {CheckPublished},
}

// Check is a fact-check article of the newsroom's own: Markdown that cites
// claims as [[7F3K9Q]].
type Check struct {
	ID        string
	Slug      string
	Title     string
	Summary   string
	Body      string // Markdown
	Language  string
	Authors   []string
	State     CheckState
	Published int // newest frozen version, 0 while there is none
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
	Version   int64
}

// CheckPublication is what the public sees of a check at version N, frozen.
type CheckPublication struct {
	Check       string
	N           int
	Slug        string
	Title       string
	Summary     string
	Body        string
	Language    string
	Authors     []string
	Claims      []string // ids of the claims cited, in order of first mention
	PublishedBy string
	PublishedAt time.Time
}
