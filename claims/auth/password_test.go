package auth_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"cotejo/claims"
	"cotejo/claims/auth"
)

func TestHashAndVerify(t *testing.T) {
	ctx := t.Context()
	h := auth.NewHasher(2)
	encoded, err := h.Hash(ctx, "caña y papel")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(encoded, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash is %q, not the PHC string of the agreed cost", encoded)
	}
	if again, _ := h.Hash(ctx, "caña y papel"); again == encoded {
		t.Error("two hashes of one password are equal: no salt")
	}
	tests := map[string]bool{
		"caña y papel":             true,
		"can\u0303a y papel":       true, // the same keys on another keyboard
		"cana y papel":             false,
		"Caña y papel":             false,
		"caña y papel ":            false,
		"":                         false,
		strings.Repeat("x", 10000): false,
	}
	for password, want := range tests {
		ok, rehash, err := h.Verify(ctx, encoded, password)
		if ok != want || rehash || err != nil {
			t.Errorf("Verify(%.20q) = %v, %v, %v; want %v, false, nil", password, ok, rehash, err, want)
		}
	}
	if err := h.VerifyNobody(ctx, "caña y papel"); err != nil {
		t.Errorf("VerifyNobody: %v", err)
	}
}

func TestVerifyAsksForRehash(t *testing.T) {
	// "correct horse" at m=64, t=1, p=1: an older, cheaper cost.
	const old = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
	h := auth.NewHasher(1)
	encoded := old + auth.DeriveForTest("correct horse", "somesaltsomesalt", 64, 1)
	ok, rehash, err := h.Verify(t.Context(), encoded, "correct horse")
	if !ok || !rehash || err != nil {
		t.Errorf("Verify = %v, %v, %v; want true, true, nil", ok, rehash, err)
	}
	if ok, rehash, _ := h.Verify(t.Context(), encoded, "wrong horse"); ok || rehash {
		t.Errorf("a wrong password: %v, %v; want false, false", ok, rehash)
	}
}

func TestVerifyRefusesBrokenHashes(t *testing.T) {
	h := auth.NewHasher(1)
	key := "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, encoded := range []string{
		"", "secret", "$2a$10$abcdefghijklmnopqrstuv",
		"$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + key,
		"$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$" + key,
		"$argon2id$v=19$m=99999999,t=1,p=1$c29tZXNhbHQ$" + key,
		"$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$" + key,
		"$argon2id$v=19$m=64,t=1,p=1x$c29tZXNhbHQ$" + key,
		"$argon2id$v=19$m=64,t=1,p=1$!!$" + key,
		"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$",
		"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + key + "$",
	} {
		ok, _, err := h.Verify(t.Context(), encoded, "secret")
		if ok || err == nil {
			t.Errorf("Verify(%q) = %v, %v; want an error", encoded, ok, err)
		} else if len(encoded) > 3 && strings.Contains(err.Error(), encoded) {
			t.Errorf("the error holds the hash: %v", err)
		}
	}
}

func TestHasherIsBounded(t *testing.T) {
	h := auth.NewHasher(1)
	release := h.OccupyForTest()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "caña y papel"); claims.KindOf(err) != claims.KindBusy || !errors.Is(err, context.Canceled) {
		t.Errorf("all slots taken: %v, want busy, caused by the context", err)
	}
	release()
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if _, err := h.Hash(t.Context(), "caña y papel"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestCheckPassword(t *testing.T) {
	tests := map[string]string{
		"caña y papel":               "",
		"quince mil grúas azules":    "",
		"9F!kz_2pQw":                 "",
		strings.Repeat("ñandú ", 33): "",
		"corta":                      "auth.password_short",
		"ñññññññññ":                  "auth.password_short", // nine letters, eighteen bytes
		strings.Repeat("a b", 67):    "auth.password_long",
		"Password123":                "auth.password_common",
		"Contraseña2025":             "auth.password_common",
		"123456789012":               "auth.password_common",
		"9876543210":                 "auth.password_common",
		"6541239874":                 "auth.password_common",
		"aaaaaaaaaaaa":               "auth.password_common",
		"abcabcabcabc":               "auth.password_common",
		"qwertyuiop":                 "auth.password_common",
		"Ana María López":            "auth.password_is_name",
		"ana.maria.lopez1":           "auth.password_is_name",
		"una clave \xff rota":        "auth.password_unreadable",
	}
	for password, want := range tests {
		err := auth.CheckPassword("password", password, "ana", "Ana María López")
		got := ""
		var refusal *claims.Error
		if errors.As(err, &refusal) && len(refusal.Fields) == 1 && refusal.Fields[0].Field == "password" {
			got = refusal.Fields[0].Key
		}
		if got != want {
			t.Errorf("CheckPassword(%q) = %v, want %q", password, err, want)
		}
		if err != nil && strings.Contains(err.Error(), password) {
			t.Errorf("the refusal holds the password: %v", err)
		}
	}
}

// TestNobodyCostsAsMuch: the hash checked for unknown names has the cost of real
// ones, so that the time does not tell them apart.
func TestNobodyCostsAsMuch(t *testing.T) {
	h := auth.NewHasher(1)
	real, err := h.Hash(t.Context(), "caña y papel")
	if err != nil {
		t.Fatal(err)
	}
	dummy := h.DummyForTest()
	if len(dummy) != len(real) || strings.Split(dummy, "$")[3] != strings.Split(real, "$")[3] {
		t.Errorf("the dummy hash %q costs other than a real one", dummy)
	}
}
