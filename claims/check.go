package claims

import (
	"regexp"
	"time"
)

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

var citation = regexp.MustCompile(`\[\[\s*([0-9A-Za-z][0-9A-Za-z\- ]{4,8})\s*\]\]`)

// Citations lists the ids of the claims that a Markdown body cites, in order of
// first mention, in plain form.
func Citations(body string) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range citation.FindAllStringSubmatch(body, -1) {
		id, ok := PlainID(m[1])
		if ok && len(id) == ClaimIDLen && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
