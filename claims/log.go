package claims

import "time"

// LogLeaf is one leaf of the transparency log: what the log says of the event
// Seq, and which publication ("7F3K9Q@2") that event made, "" for none.
type LogLeaf struct {
	Seq         int64
	Record      string
	Publication string
}

// Checkpoint is the log's head as it was signed: the root (hex) of its first
// Size leaves. Note is the signed text, Key the public key that verifies it.
type Checkpoint struct {
	Size int64
	Root string
	Key  string
	Note string
	At   time.Time
}
