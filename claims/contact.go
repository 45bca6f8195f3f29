package claims

import "time"

// Means is how somebody was asked.
type Means string

// The means of asking.
const (
	MeansEmail    Means = "email"
	MeansPhone    Means = "phone"
	MeansMessage  Means = "message"
	MeansInPerson Means = "in_person"
	MeansLetter   Means = "letter"
	MeansOther    Means = "other"
)

// AllMeans lists every means in the order that forms show them.
var AllMeans = []Means{MeansEmail, MeansPhone, MeansMessage, MeansInPerson, MeansLetter, MeansOther}

// Contact is a question put to somebody about a claim, with its deadline and
// answer: the right of reply. Public is the sentence that is printed on the
// public page, "" for none.
type Contact struct {
	ID         string
	Claim      string
	Whom       string
	Means      Means
	Question   string
	AskedAt    time.Time
	Deadline   *time.Time
	Answer     string
	AnsweredAt *time.Time
	Closed     bool // no answer came, and none is waited for
	Public     string
	CreatedBy  string
	CreatedAt  time.Time
	Version    int64
}

// Waiting reports whether an answer is still waited for.
func (c Contact) Waiting() bool { return c.AnsweredAt == nil && !c.Closed }
