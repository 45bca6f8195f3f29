package claims

import "time"

// Role is what a person may do on the desk; policy.go decides by it.
type Role string

// The roles, least first.
const (
	RoleContributor Role = "contributor"
	RoleChecker     Role = "checker"
	RoleEditor      Role = "editor"
	RoleAdmin       Role = "admin"
)

// Roles lists every role, least first.
var Roles = []Role{RoleContributor, RoleChecker, RoleEditor, RoleAdmin}

// Valid reports whether r is a role of the desk.
func (r Role) Valid() bool {
	for _, known := range Roles {
		if r == known {
			return true
		}
	}
	return false
}

// Person is somebody with an account. Password is an argon2id hash in PHC form;
// it is never shown, exported or logged.
type Person struct {
	ID        string
	Name      string // the sign-in name, lower case, unique
	Display   string // how pages call them; falls back to Name
	Role      Role
	Language  string // of the pages; "" follows the browser
	Password  string
	Mail      string      // where their inbox is sent to; "" for nowhere; shown to nobody else but admins in the history
	MailKinds []InboxKind // what of it
	Keys      string      // which keys do what, as Keymap.String writes it; "" for the standard
	Tour      int         // the step of the first-run tour that they are at; 0 for none
	Disabled  bool
	CreatedAt time.Time
	Version   int64
}

// TourSteps is how many steps the first-run tour has.
const TourSteps = 4

// Actor is who acts: always an argument, never hidden in a context. The zero
// Actor is nobody (the public).
type Actor struct {
	ID   string
	Name string
	Role Role
	Job  bool // a job of the program itself, which bears its starter's rights
	// ReadOnly is set for tokens of read scope: they may look, not act.
	ReadOnly bool
	// MustEnrol is set for those who may do nothing before they have set up the
	// second factor that the newsroom asks of them.
	MustEnrol bool
}

// SignedIn reports whether the actor is somebody.
func (a Actor) SignedIn() bool { return a.ID != "" }

// Session is a signed-in browser. Key is the SHA-256 (hex) of the cookie's
// random id, so that a stolen data file signs nobody in.
type Session struct {
	Key       string
	Person    string
	Data      []byte // what gorilla/sessions keeps: flashes and kept forms
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	Agent     string // the browser's name, for the list under /account
	// Half is set while the code of the second factor is still to come: such a
	// session signs nobody in.
	Half bool
}

// Scope is what an API token may do.
type Scope string

// The scopes; write includes read.
const (
	ScopeRead  Scope = "read"
	ScopeWrite Scope = "write"
)

// Token is a key to the API. Hash is the SHA-256 (hex) of the token, which is
// shown once and never stored.
type Token struct {
	ID        string
	Person    string
	Scope     Scope
	Hash      string
	CreatedAt time.Time
	ExpiresAt time.Time // zero: never
	RevokedAt time.Time // zero: in force
	UsedAt    time.Time
}
