package auth_test

import (
	"regexp"
	"strings"
	"testing"

	"cotejo/claims/auth"
)

func TestTokens(t *testing.T) {
	shape := regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]{31,}$`)
	hex := regexp.MustCompile(`^[0-9a-f]{64}$`)
	seen := map[string]bool{}
	for range 1000 {
		token, hash := auth.NewToken()
		if !shape.MatchString(token) || !auth.TokenShaped(token) || seen[token] {
			t.Fatalf("token %q is ill-shaped or came twice", token)
		}
		if !hex.MatchString(hash) || hash != auth.HashToken(token) || strings.Contains(hash, token) {
			t.Fatalf("hash %q does not belong to the token", hash)
		}
		seen[token] = true
	}
	if got := auth.HashToken("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("HashToken is not SHA-256: %s", got)
	}
	for _, s := range []string{"", "short", strings.Repeat("a", 31), strings.Repeat("a", 129), strings.Repeat("ñ", 40), strings.Repeat("a", 40) + "\n"} {
		if auth.TokenShaped(s) {
			t.Errorf("TokenShaped(%q)", s)
		}
	}
}

func TestSessions(t *testing.T) {
	id, key := auth.NewSession()
	other, _ := auth.NewSession()
	if len(id) != 43 || id == other || key != auth.SessionKey(id) || key == auth.SessionKey(other) {
		t.Errorf("sessions %q and %q, key %q", id, other, key)
	}
}

func TestSetupCode(t *testing.T) {
	code := auth.NewSetupCode()
	if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(code) || code == auth.NewSetupCode() {
		t.Fatalf("code %q is ill-shaped or came twice", code)
	}
	spoken := strings.NewReplacer("0", "o", "1", "L", "-", " ").Replace(strings.ToLower(code))
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + spoken + "\n"} {
		if !auth.SameCode(typed, code) {
			t.Errorf("SameCode(%q, %q) is false", typed, code)
		}
	}
	for _, typed := range []string{"", "-", code[:len(code)-1], code + "0", auth.NewSetupCode()} {
		if auth.SameCode(typed, code) {
			t.Errorf("SameCode(%q, %q) is true", typed, code)
		}
	}
	if auth.SameCode("", "") || auth.SameCode("-", "") {
		t.Error("no code at all is accepted")
	}
}
