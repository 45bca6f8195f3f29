package auth

import (
	"encoding/base64"

	"golang.org/x/crypto/argon2"
)

// OccupyForTest takes every slot until the function it gives is called.
func (h *Hasher) OccupyForTest() (release func()) {
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
	return func() {
		for range cap(h.slots) {
			<-h.slots
		}
	}
}

// BucketsForTest is how many buckets the limiter holds.
func (l *Limiter) BucketsForTest() (inMap, inList int) { return len(l.buckets), l.recent.Len() }

// MaxBucketsForTest is the limiter's bound.
const MaxBucketsForTest = maxBuckets

// DeriveForTest is the key part of a PHC string at a chosen cost.
func DeriveForTest(password, salt string, memory, passes uint32) string {
	return base64.RawStdEncoding.EncodeToString(argon2.IDKey([]byte(password), []byte(salt), passes, memory, 1, 32))
}

// DummyForTest is the hash that unknown names are checked against.
func (h *Hasher) DummyForTest() string { return h.dummy }
