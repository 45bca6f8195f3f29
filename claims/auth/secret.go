package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"strings"
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

// crockford is base 32 without the letters that look like digits.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLetters is the length of a set-up code: 16 letters, 80 bits.
const codeLetters = 16

// NewSetupCode makes a one-time code that can be read aloud: "7F3K-9QTB-…".
func NewSetupCode() string {
	b := make([]byte, codeLetters)
	random(b)
	var code strings.Builder
	for i, v := range b {
		if i > 0 && i%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(crockford[v%32])
	}
	return code.String()
}

// SameCode reports, in constant time, whether a person typed the code: any case,
// with or without hyphens and spaces, O for 0, I and L for 1. No code fits "".
func SameCode(typed, code string) bool {
	a, b := sha256.Sum256([]byte(plainCode(typed))), sha256.Sum256([]byte(plainCode(code)))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1 && plainCode(code) != ""
}

var codeTwins = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "\t", "", "\n", "", "\r", "")

func plainCode(s string) string { return codeTwins.Replace(strings.ToUpper(s)) }
