package claims

import "time"

// Invite lets one person make an account. Hash is the SHA-256 (hex) of the
// link's token, which is shown once and never stored.
type Invite struct {
	ID        string
	Hash      string
	Role      Role
	Name      string // the sign-in name proposed; "" leaves it to the invitee
	Display   string
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt time.Time // zero: not revoked
	UsedAt    time.Time // zero: not used
	Person    string    // who came by it; "" while nobody did
}

// InviteState says whether an invite still opens the door, else why not.
type InviteState string

// The states of an invite.
const (
	InviteOpen    InviteState = "open"
	InviteUsed    InviteState = "used"
	InviteRevoked InviteState = "revoked"
	InviteExpired InviteState = "expired"
)

// State is how the invite stands at a moment.
func (i Invite) State(now time.Time) InviteState {
	switch {
	case !i.UsedAt.IsZero():
		return InviteUsed
	case !i.RevokedAt.IsZero():
		return InviteRevoked
	case !i.ExpiresAt.After(now):
		return InviteExpired
	}
	return InviteOpen
}
