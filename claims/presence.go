package claims

import "time"

// Presence is that somebody has a claim open in front of them.
type Presence struct {
	Claim  string
	Person string
	SeenAt time.Time // when their page was last heard of
}
