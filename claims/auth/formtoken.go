package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// NewKey makes a secret for FormToken, 256 bits as text.
func NewKey() string { return newSecret() }

const formTokenBytes = 8 + sha256.Size

// FormToken is what a form for anybody carries in the place of a session: it says
// when the form was given out and for what, and nobody without the key can make one.
func FormToken(key, about string, issued time.Time) string {
	raw := binary.BigEndian.AppendUint64(make([]byte, 0, formTokenBytes), uint64(issued.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(raw, formMAC(key, about, raw)...))
}

// FormIssued reads when a form was given out; false for a token that this key did
// not make, or made for something else.
func FormIssued(key, about, token string) (time.Time, bool) {
	if len(token) > 2*formTokenBytes {
		return time.Time{}, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != formTokenBytes || !hmac.Equal(raw[8:], formMAC(key, about, raw[:8])) {
		return time.Time{}, false
	}
	return time.UnixMicro(int64(binary.BigEndian.Uint64(raw))).UTC(), true
}

func formMAC(key, about string, issued []byte) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(issued)
	mac.Write([]byte(about))
	return mac.Sum(nil)
}
