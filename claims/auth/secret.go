package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"strings"

	"cotejo/claims"
)

// secretBytes is the strength of tokens and session ids: 256 bits.
const secretBytes = 32

// NewToken makes an API token, shown once, and the hash that is kept of it. The
// token is 43 characters of [A-Za-z0-9_-] and never begins with a hyphen, which a
// command line would take for a flag.
func NewToken() (token, hash string) {
	for token == "" || token[0] == '-' {
		token = newSecret()
	}
	return token, HashToken(token)
}

var tokenShape = regexp.MustCompile(`^[A-Za-z0-9_-]{32,128}$`)

// TokenShaped reports whether s could be a token, so that nothing else is looked up.
func TokenShaped(s string) bool { return tokenShape.MatchString(s) }

// HashToken is what is stored of a token and what it is looked up by: SHA-256 in
// hex. A fast hash is enough for 256 random bits.
func HashToken(token string) string { return sha256Hex(token) }

// NewSession makes the random id that a session's cookie holds, and the key under
// which the session is stored, so that a stolen data file signs nobody in.
func NewSession() (id, key string) {
	id = newSecret()
	return id, SessionKey(id)
}

// SessionKey is the key of the session whose cookie holds id.
func SessionKey(id string) string { return sha256Hex(id) }

func newSecret() string {
	b := make([]byte, secretBytes)
	random(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

func sha256Hex(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// codeLetters is the length of a set-up code: 16 letters, 80 bits.
const codeLetters = 16

// NewSetupCode makes a one-time code that can be read aloud: "7F3K-9QTB-…", in
// the letters of ids.
func NewSetupCode() string {
	letters, err := claims.NewID(rand.Reader, codeLetters)
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	var groups []string
	for i := 0; i < codeLetters; i += 4 {
		groups = append(groups, letters[i:i+4])
	}
	return strings.Join(groups, "-")
}

// SameCode reports, in constant time, whether a person typed the code: any case,
// with or without hyphens and spaces, O for 0, I and L for 1. No code fits "".
func SameCode(typed, code string) bool {
	plainTyped, readable := claims.PlainID(typed)
	plainCode, set := claims.PlainID(code)
	a, b := sha256.Sum256([]byte(plainTyped)), sha256.Sum256([]byte(plainCode))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1 && readable && set
}
