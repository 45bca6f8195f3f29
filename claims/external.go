package claims

import (
	"context"
	"net/url"
	"strings"
	"time"
)

// LinkState says whether a page elsewhere links to a claim of ours.
type LinkState string

// The states of links.
const (
	LinkUnknown     LinkState = "unknown" // nobody has looked yet
	LinkStands      LinkState = "links"
	LinkMissing     LinkState = "missing"     // the page is there and does not link to us
	LinkUnreachable LinkState = "unreachable" // the page is not there, or cannot be read
)

// LinkStates lists them.
var LinkStates = []LinkState{LinkUnknown, LinkStands, LinkMissing, LinkUnreachable}

// ExternalCheck is a fact check that was published elsewhere and rests on a claim of
// ours: an address, with what is known of it. The same address stands once on a claim.
type ExternalCheck struct {
	ID        string
	Claim     string
	URL       string // http or https, as URLKey writes it
	Title     string
	Outlet    string
	Published *Date
	AddedBy   string
	AddedAt   time.Time
	Version   int64
	Link      Backlink
}

// Backlink is whether such a page still links to us, as far as the program looked.
type Backlink struct {
	State    LinkState
	SeenAt   time.Time   // when the link was last there; zero for never
	AskedAt  time.Time   // when the page was last asked for
	NextAt   time.Time   // when to look again
	Failures int         // in a row
	Problem  *JobProblem // of the last look; nil where it went well
}

const (
	linkEvery = 7 * 24 * time.Hour  // between two looks
	linkFirst = 24 * time.Hour      // after the first failure; doubled after each further one
	linkMost  = 28 * 24 * time.Hour // of a pause
)

// Shown reports whether readers are told of the check: not where its page is known
// not to link to the claim.
func (e ExternalCheck) Shown() bool { return e.Link.State != LinkMissing }

// Looked is what is known after the page was read.
func (b Backlink) Looked(links bool, now time.Time) Backlink {
	b.State, b.AskedAt, b.NextAt, b.Failures, b.Problem = LinkMissing, now, now.Add(linkEvery), 0, nil
	if links {
		b.State, b.SeenAt = LinkStands, now
	}
	return b
}

// patience is how many failures that may pass leave a page known as it was.
const patience = 3

// Failed is what is known after the page could not be read. A link that is known to
// be missing stays so; passing failures count only when they go on.
func (b Backlink) Failed(problem *JobProblem, passing bool, notBefore time.Duration, now time.Time) Backlink {
	b.Failures++
	if b.State != LinkMissing && (!passing || b.Failures >= patience) {
		b.State = LinkUnreachable
	}
	pause := min(linkFirst<<min(b.Failures-1, 8), linkMost)
	b.AskedAt, b.Problem, b.NextAt = now, problem, now.Add(max(pause, notBefore))
	return b
}

// LeadsToClaim reports whether an address is that of a claim's public page on the desk
// at base, in any notation of its id, of one of its versions, or of what stands beside
// it: its data, its card, the page that others embed.
func LeadsToClaim(base, address *url.URL, claim string) bool {
	if address.Scheme != "http" && address.Scheme != "https" || siteOf(address) != siteOf(base) {
		return false
	}
	rest, ours := strings.CutPrefix(address.Path, strings.TrimRight(base.Path, "/")+"/c/")
	if !ours {
		return false
	}
	id, _, _ := strings.Cut(rest, "/")
	id, _, _ = strings.Cut(id, "@")
	id, _, _ = strings.Cut(id, ".")
	plain, ok := PlainID(id)
	return ok && plain == claim
}

// siteOf is host and port of an address, without the ports that are usual.
func siteOf(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host
}

// ExternalReader reads what was published elsewhere about claims.
type ExternalReader interface {
	ExternalCheck(ctx context.Context, id string) (ExternalCheck, error)
	ExternalChecks(ctx context.Context, claim string) ([]ExternalCheck, error) // oldest first
	// DueBacklink gives one whose link is to be looked for, of a claim that stands
	// published, whoever may know of it; without ID there is none.
	DueBacklink(ctx context.Context, now time.Time) (ExternalCheck, error)
}

// ExternalWriter writes what was published elsewhere about claims.
type ExternalWriter interface {
	CreateExternalCheck(ctx context.Context, e *ExternalCheck) error // an address that stands on the claim is a conflict
	UpdateExternalCheck(ctx context.Context, e *ExternalCheck) error // what people say of it; compares and raises Version
	DeleteExternalCheck(ctx context.Context, claim, id string) error
	NoteBacklink(ctx context.Context, id string, b Backlink) error // of one that is gone is no error; exempt
}
