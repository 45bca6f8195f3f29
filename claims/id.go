package claims

import (
	"io"
	"strings"
)

// crockford is Crockford's base 32: no I, L, O or U, so that an id can be read
// over the phone.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Lengths of ids: a claim's public id, and every other id.
const (
	ClaimIDLen = 6
	IDLen      = 10
)

// NewID draws an id of n letters from random (crypto/rand outside tests).
func NewID(random io.Reader, n int) (string, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", err
	}
	for i, b := range raw {
		raw[i] = crockford[b&31]
	}
	return string(raw), nil
}

// PlainID reads an id as people type it: any case, O as 0, I and L as 1, hyphens
// and blanks left out. False where what is left is no id.
func PlainID(s string) (string, bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(strings.TrimSpace(s)) {
		switch r {
		case '-', ' ':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if !strings.ContainsRune(crockford, r) {
			return "", false
		}
		b.WriteRune(r)
	}
	return b.String(), b.Len() > 0
}

// ShowID writes a claim's id for people's eyes: 7F3K-9Q.
func ShowID(id string) string {
	if len(id) != ClaimIDLen {
		return id
	}
	return id[:4] + "-" + id[4:]
}
