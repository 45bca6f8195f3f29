package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"cotejo/claims"
)

// Of one-time codes (RFC 6238): what every authenticator app takes for granted.
const (
	codeStep   = 30 * time.Second
	codeDigits = 6
	// codeDrift is how many steps a telephone's clock may be off, either way.
	codeDrift = 1
)

// RecoveryCodes is how many recovery codes a person gets.
const RecoveryCodes = 10

var base32Secret = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewFactor draws the secret of a second factor and gives it with the
// otpauth:// address that authenticator apps read. issuer is the newsroom's
// name, account the sign-in name.
func NewFactor(issuer, account string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: label(issuer), AccountName: label(account), SecretSize: 20, Rand: rand.Reader})
	if err != nil {
		return "", "", err
	}
	return key.Secret(), key.URL(), nil
}

// FactorAddress is the otpauth:// address of a secret that was drawn before.
func FactorAddress(issuer, account, secret string) (string, error) {
	raw, err := base32Secret.DecodeString(secret)
	if err != nil {
		return "", err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: label(issuer), AccountName: label(account), Secret: raw})
	if err != nil {
		return "", err
	}
	return key.URL(), nil
}

// label is a name as an otpauth address may hold it: a colon would part it.
func label(name string) string {
	name = strings.TrimSpace(strings.ReplaceAll(name, ":", " "))
	if name == "" {
		return "Cotejo"
	}
	return name
}

// CodeStep gives the step of the code that was typed, 0 where it is no code of
// the secret around now or one of lastStep or before, which was used already.
func CodeStep(secret, typed string, now time.Time, lastStep int64) int64 {
	typed = strings.Join(strings.Fields(typed), "")
	if len(typed) != codeDigits {
		return 0
	}
	current := now.Unix() / int64(codeStep/time.Second)
	var found int64
	for step := current - codeDrift; step <= current+codeDrift; step++ {
		code, err := hotp.GenerateCode(secret, uint64(step))
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 && step > lastStep && found == 0 {
			found = step
		}
	}
	return found
}

// NewRecoveryCodes draws recovery codes, shown once, and the hashes kept of them.
func NewRecoveryCodes() (codes, hashes []string) {
	for range RecoveryCodes {
		code := NewSetupCode()
		codes, hashes = append(codes, code), append(hashes, HashRecovery(code))
	}
	return codes, hashes
}

// HashRecovery is what is kept of a recovery code, however it was typed; "" for
// what can be none. Its 80 random bits need no slow hash.
func HashRecovery(typed string) string {
	plain, ok := claims.PlainID(typed)
	if !ok || len(plain) != codeLetters {
		return ""
	}
	return sha256Hex(plain)
}

// QR gives the modules of a QR code, row by row, true for dark; a light margin
// is the caller's.
func QR(text string) ([][]bool, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	size := code.Bounds().Dx()
	rows := make([][]bool, size)
	for y := range rows {
		rows[y] = make([]bool, size)
		for x := range rows[y] {
			r, _, _, _ := code.At(x, y).RGBA()
			rows[y][x] = r == 0
		}
	}
	return rows, nil
}
