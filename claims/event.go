package claims

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"time"
)

// Event is one act in the history: who did what, when, to what. Events are
// append-only and chained: Hash covers the fields, the salted digests of every
// value and PrevHash. The values themselves stand in rows of their own, the
// only ones that an admin's erase may delete.
type Event struct {
	Seq      int64 // from 1, without gaps
	ID       string
	At       time.Time
	Actor    string // person id; "" for the program itself
	Act      string // a verb of the desk: "article.add", "claim.move", "verdict.set", "erase"
	Noun     string // what kind of thing was acted on
	NounID   string
	Article  string // the article it belongs to, where it does
	Claim    string // the claim it belongs to, where it does
	Values   []Value
	PrevHash string // hex; "" for the first
	Hash     string // hex
}

// Side says which side of the act a value describes.
type Side string

// The sides of an act.
const (
	SideBefore Side = "before"
	SideAfter  Side = "after"
	SideReason Side = "reason"
)

// Value is one named value before or after an act, or its reason, as JSON.
// Erased values keep their digest and nothing else. A Hidden one names who the
// reader may not know of: JSON is what stands instead, and the salt is not given.
type Value struct {
	Side   Side
	Name   string
	Salt   string // hex
	JSON   string
	Digest string // hex HMAC-SHA-256 of JSON under the salt
	Erased bool
	Hidden bool
}

// NewValue salts and digests v, which must marshal to JSON.
func NewValue(random io.Reader, side Side, name string, v any) (Value, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return Value{}, err
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(random, salt); err != nil {
		return Value{}, err
	}
	val := Value{Side: side, Name: name, Salt: hex.EncodeToString(salt), JSON: string(text)}
	val.Digest = val.digest()
	return val, nil
}

func (v Value) digest() string {
	mac := hmac.New(sha256.New, []byte(v.Salt))
	mac.Write([]byte(v.JSON))
	return hex.EncodeToString(mac.Sum(nil))
}

// Intact reports whether the value still has its digest; an erased one has
// nothing left to compare.
func (v Value) Intact() bool { return v.Erased || v.Digest == v.digest() }

// Seal puts the event behind prev (the zero Event for the first) and computes
// its hash. Only the store calls it, under the lock of the chain's head.
func (e *Event) Seal(prev Event) error {
	e.Seq, e.PrevHash = prev.Seq+1, prev.Hash
	hash, err := e.sum()
	e.Hash = hash
	return err
}

// Sound reports whether the event's hash is the one its fields give.
func (e Event) Sound() bool {
	hash, err := e.sum()
	return err == nil && hash == e.Hash
}

func (e Event) sum() (string, error) {
	digests := make([][3]string, len(e.Values))
	for i, v := range e.Values {
		digests[i] = [3]string{string(v.Side), v.Name, v.Digest}
	}
	raw, err := json.Marshal([]any{e.Seq, e.ID, e.At.UnixMicro(), e.Actor, e.Act, e.Noun, e.NounID, e.Article, e.Claim, digests, e.PrevHash})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// EventFilter narrows the history; zero fields do not narrow.
type EventFilter struct {
	After   int64 // only events with a higher Seq, oldest first
	Before  int64 // where set: only events with a lower Seq, newest first
	Claim   string
	Article string
	Actor   string
	Noun    string // with NounID: what happened to one thing
	NounID  string
	Acts    []string // any of these
	NotActs []string // none of these
	Limit   int
}

// Reply is the first answer to a request that carried an Idempotency-Key, kept
// so that the same key gives the same answer again. Request is a digest of
// method, path and body.
type Reply struct {
	Person  string
	Key     string
	Request string
	Status  int
	Header  map[string]string
	Body    []byte
	At      time.Time
}
