// Package auth is the cryptography of signing in: password hashes and rules,
// the one-time set-up code, API tokens, session ids and the limiter of sign-in
// attempts. It knows no HTTP and no store. Secrets are never logged, and what is
// kept of them at rest opens nothing.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/text"
	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The length of a password, in code points.
const (
	MinPassword = 10
	MaxPassword = 200
)

// cost is what one argon2id hash takes.
type cost struct {
	memory  uint32 // KiB
	time    uint32 // passes
	threads uint8
}

// current is what new hashes are made with: OWASP's least for argon2id.
var current = cost{memory: 19 * 1024, time: 2, threads: 1}

// Bounds on what a stored hash may ask for, so that a tampered row cannot make
// signing in cost a machine.
const (
	maxMemory  = 256 * 1024 // KiB
	maxTime    = 10
	maxThreads = 8
	saltBytes  = 16
	keyBytes   = 32
)

// Hasher hashes and verifies passwords, a bounded number at once: each takes
// 19 MiB and some 20 ms of a core. It is safe for concurrent use.
type Hasher struct {
	slots chan struct{}
	dummy string
}

// NewHasher makes a hasher that works on at most atOnce passwords at a time.
func NewHasher(atOnce int) *Hasher {
	salt := make([]byte, saltBytes)
	random(salt)
	return &Hasher{
		slots: make(chan struct{}, max(1, atOnce)),
		dummy: current.encode(salt, make([]byte, keyBytes)),
	}
}

// Hash gives the PHC string of a password ("$argon2id$v=19$m=19456,t=2,p=1$…").
// It waits for its turn; a caller whose context ends first gets "auth.busy".
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	random(salt)
	key, err := h.derive(ctx, current, password, salt, keyBytes)
	if err != nil {
		return "", err
	}
	return current.encode(salt, key), nil
}

// Verify reports whether password is the one that encoded was made from, and
// whether it should be hashed anew because the cost has changed since. An
// unreadable hash fits no password and is an error for the log.
func (h *Hasher) Verify(ctx context.Context, encoded, password string) (ok, rehash bool, err error) {
	if utf8.RuneCountInString(password) > MaxPassword {
		return false, false, nil
	}
	c, salt, want, err := decode(encoded)
	if err != nil {
		return false, false, err
	}
	got, err := h.derive(ctx, c, password, salt, len(want))
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(got, want) == 1
	return ok, ok && (c != current || len(want) != keyBytes), nil
}

// VerifyNobody takes as long as Verify and always fails: for names that nobody
// has, so that the time does not tell them from the others.
func (h *Hasher) VerifyNobody(ctx context.Context, password string) error {
	_, _, err := h.Verify(ctx, h.dummy, password)
	return err
}

func (h *Hasher) derive(ctx context.Context, c cost, password string, salt []byte, size int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		busy := claims.Refuse(claims.KindBusy, "auth.busy")
		busy.Cause = ctx.Err()
		return nil, busy
	}
	return argon2.IDKey([]byte(normal(password)), salt, c.time, c.memory, c.threads, uint32(size)), nil
}

// normal makes one password of what different keyboards send for the same keys.
func normal(password string) string { return norm.NFC.String(password) }

func (c cost) encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.threads,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// decode reads a PHC string; the error does not hold it.
func decode(encoded string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, fmt.Errorf("auth: a stored password hash is not argon2id version %d", argon2.Version)
	}
	var memory, passes, threads uint32
	_, scanErr := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads)
	if scanErr != nil || parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", memory, passes, threads) {
		return c, nil, nil, fmt.Errorf("auth: a stored password hash has unreadable parameters")
	}
	if memory < 8 || memory > maxMemory || passes < 1 || passes > maxTime || threads < 1 || threads > maxThreads {
		return c, nil, nil, fmt.Errorf("auth: a stored password hash has parameters out of bounds")
	}
	salt, saltErr := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) < 16 || len(key) > 64 {
		return c, nil, nil, fmt.Errorf("auth: a stored password hash has an unreadable salt or key")
	}
	return cost{memory: memory, time: passes, threads: uint8(threads)}, salt, key, nil
}

// CheckPassword refuses a password that is too short, too long, everybody's, or
// one of names (the account's own). Field is the form's.
func CheckPassword(field, password string, names ...string) error {
	n := utf8.RuneCountInString(normal(password))
	switch {
	case !utf8.ValidString(password):
		return claims.Invalid(field, "auth.password_unreadable")
	case n < MinPassword:
		return claims.Invalid(field, "auth.password_short", n, MinPassword)
	case n > MaxPassword:
		return claims.Invalid(field, "auth.password_long", n, MaxPassword)
	}
	plain := squeeze(password)
	for _, name := range names {
		if bare := squeeze(name); bare != "" && (plain == bare || strings.TrimRight(plain, "0123456789") == bare) {
			return claims.Invalid(field, "auth.password_is_name")
		}
	}
	if common(plain) {
		return claims.Invalid(field, "auth.password_common")
	}
	return nil
}

// squeeze is a password as a guesser sees it: folded, letters and digits only.
func squeeze(s string) string { return strings.Join(text.Words(text.Fold(s)), "") }

// commonRoots are what the passwords most often guessed are made of, those long
// enough to pass and the words of this desk and of Spanish and English keyboards.
var commonRoots = wordSet(`password passw0rd contrasena contrasenya clave secreto secret letmein welcome
		bienvenido qwerty qwertyuiop qwertyuiopasdf asdfghjkl asdfghjklzxcvbnm zxcvbnm 1q2w3e4r5t 1q2w3e4r5t6y
		1qaz2wsx3edc iloveyou teamo tequiero superman batman princess princesa football futbol baseball barcelona
		realmadrid administrator administrador admin changeme cambiame default usuario cotejo redaccion newsroom
		factcheck factchecking verificacion periodista periodico journalist trustno1 dragon monkey sunshine
		passwordpassword adminadmin abcdefghij abcdefghijk abcd1234 abc123 q1w2e3r4t5 testtest prueba`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// common reports whether a squeezed password is a common root with digits around
// it, one sign or a short pattern over and over, or a run such as 1234567890.
func common(plain string) bool {
	root := strings.Trim(plain, "0123456789")
	return root == "" && (isRun(plain) || len(plain) < 12) || commonRoots[plain] || commonRoots[root] || repeats(plain)
}

// repeats reports whether s is a piece of at most four bytes over and over.
func repeats(s string) bool {
	for size := 1; size <= 4; size++ {
		if len(s) >= 2*size && strings.Repeat(s[:size], len(s)/size+1)[:len(s)] == s {
			return true
		}
	}
	return false
}

// isRun reports whether the digits of s count up or down, 9 and 0 side by side.
func isRun(s string) bool {
	for _, step := range []byte{1, 9} {
		run := len(s) > 1
		for i := 1; i < len(s) && run; i++ {
			run = (s[i-1]-'0'+step)%10 == s[i]-'0'
		}
		if run {
			return true
		}
	}
	return false
}

// random fills b; crypto/rand never fails, it ends the process.
func random(b []byte) { _, _ = rand.Read(b) }
