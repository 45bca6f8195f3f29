package claims

import "time"

// SecondFactor is what a person signs in with beside their password: one-time
// codes of an authenticator app. Secret is shown while it is being set up and
// never again: no page, history, export or log holds it.
type SecondFactor struct {
	Person      string
	Secret      string // base 32
	CreatedAt   time.Time
	ConfirmedAt time.Time // zero: being set up, nothing is asked at sign-in yet
	LastStep    int64     // of the last code taken, so that each works once
	Recovery    []string  // SHA-256 (hex) of the recovery codes that are left
}

// InForce reports whether sign-in asks for a code.
func (f SecondFactor) InForce() bool { return !f.ConfirmedAt.IsZero() }

// Identity ties an account to the newsroom's OpenID Connect provider. An admin
// says which verified e-mail address may claim it; the first sign-in puts the
// subject down, which alone counts from then on.
type Identity struct {
	Person   string
	Issuer   string // "" until linked
	Subject  string // "" until linked
	Email    string // lower case
	LinkedAt time.Time
}

// Linked reports whether somebody has signed in with it.
func (i Identity) Linked() bool { return i.Subject != "" }
