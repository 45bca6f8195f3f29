package claims

import "time"

// Claim is one checkable assertion in an article, as the desk works on it.
type Claim struct {
	Assertion
	ID       string // public id, six letters of Crockford base 32
	Article  string
	Snapshot int    // number of the snapshot that the spans point into
	Prefix   string // up to 40 code points before the first fragment
	Suffix   string // up to 40 code points after the last
	Anchor   Anchor // what the desk decided where its words changed in a newer snapshot
	Language string // the article's
	Origin   Origin

	State     State
	Priority  int // 0 normal, 1 high, 2 urgent; -1 low
	Tags      []string
	Assignee  string // person id
	Due       *time.Time
	MadeOn    *Date // when the claim was made, if known
	Dismissed *Dismissal

	Verdict     *Verdict
	Withheld    bool // Verdict is kept from the reader until they have given their own opinion; never stored
	SubmittedBy string
	SubmittedAt *time.Time
	ReviewedBy  string // who last approved or returned it
	ReviewedAt  *time.Time
	ApprovedBy  string

	PublishedVersion int        // newest publication, 0 while there is none
	PublishedAt      *time.Time // of the newest publication
	Corrections      int        // publications that raised a public notice
	Evidence         int        // how many pieces
	CreatedBy        string
	CreatedAt        time.Time
	UpdatedAt        time.Time
	Version          int64
}

// Origin says who proposed a claim: an engine rule, a model, or a person.
// Machine words are marked as such until a person has accepted them.
type Origin struct {
	By       string // "engine", "model", "person"
	Rule     string // the rule or model and prompt version
	Accepted bool   // a person has taken it over
}

// Anchor is what the desk decided about a claim whose words do not stand in the newest
// snapshot as they did; "" while nobody decided.
type Anchor string

// What can be decided.
const (
	AnchorKept   Anchor = "kept"   // it stays with the words that it was judged by
	AnchorOrphan Anchor = "orphan" // there is no place for it any more
)

// The makers of claims.
const (
	ByEngine = "engine"
	ByModel  = "model"
	ByPerson = "person"
)

// Dismissal says why a claim was set aside; Of is the other claim of a duplicate.
type Dismissal struct {
	Reason DismissReason
	Of     string
	Note   string
}

// Order says how a list of claims is sorted.
type Order string

// The orders of a list of claims.
const (
	OrderArticle Order = "article" // articles oldest first, claims as they stand in them
	OrderUpdated Order = "updated" // last changed first
	OrderWorth   Order = "worth"   // priority, then check-worthiness, highest first
	OrderQueue   Order = "queue"   // as OrderWorth, then the oldest article first
)

// ClaimFilter narrows a list of claims; zero fields do not narrow.
type ClaimFilter struct {
	States       []State
	Article      string
	Source       string // words in the name of a source, folded, or the id of one
	Verdict      string // code of the content verdict; "none" for claims without one
	Assignee     string // person id; "none" for unassigned
	Language     string
	Tag          string
	Query        string // an id in any notation, or words of wording, quote and sources, folded
	UpdatedSince time.Time
	Published    bool // only claims that have a publication
	MinWorth     float64
	From, To     *Date     // the article's publication date, both ends included
	Evidence     *bool     // with, or without, any evidence
	Changed      bool      // the article has a newer snapshot than the one the claim stands in, and nobody decided what that means for it
	Orphan       bool      // its words have no place any more, as somebody decided
	Waiting      bool      // somebody was asked and has not answered
	Pending      time.Time // due before this moment, or Waiting; and not yet published or set aside
	Needs        *Needs
	IdleSince    time.Time // not changed since
	DuplicateOf  string    // only claims that were dismissed as duplicates of this one
	Figures      bool      // only claims that give a figure
	Without      []string  // ids of claims that are left out
	Order        Order
	Page
}

// Needs narrows to claims that wait for one person: theirs in work, and, where
// they may, what others handed in to be reviewed and what stands approved.
type Needs struct {
	Person          string
	Review, Publish bool
}

// ClaimRow is a claim as lists and exports show it, with what they need of
// its article.
type ClaimRow struct {
	Claim
	ArticleTitle     string
	ArticleOutlet    string
	ArticleAuthors   []string
	ArticleURL       string
	ArticleCanonical string
	ArticlePublished *Date
	SnapshotSHA256   string
}
