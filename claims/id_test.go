package claims_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"cotejo/claims"
)

func TestPlainID(t *testing.T) {
	for in, want := range map[string]string{
		"7F3K9Q": "7F3K9Q", "7f3k-9q": "7F3K9Q", " 7F3K 9Q ": "7F3K9Q", "OIL00l": "011001", "7f3k--9q": "7F3K9Q",
		"": "", "-": "", "7F3K9U": "", "ÑANDÚ0": "", "7F3K9Q\n": "7F3K9Q", "7F_K9Q": "",
	} {
		got, ok := claims.PlainID(in)
		if got != want || ok != (want != "") {
			t.Errorf("PlainID(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestShowIDReadsBack(t *testing.T) {
	if got := claims.ShowID("7F3K9Q"); got != "7F3K-9Q" {
		t.Errorf("ShowID gives %q", got)
	}
	if got := claims.ShowID("short"); got != "short" {
		t.Errorf("ShowID of another id gives %q", got)
	}
	if got, _ := claims.PlainID(claims.ShowID("7F3K9Q")); got != "7F3K9Q" {
		t.Errorf("what is shown reads back as %q", got)
	}
}

func TestNewID(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id, err := claims.NewID(rand.Reader, claims.IDLen)
		if err != nil {
			t.Fatal(err)
		}
		plain, ok := claims.PlainID(id)
		if !ok || plain != id || len(id) != claims.IDLen || seen[id] {
			t.Fatalf("NewID gave %q (plain %q, seen %v)", id, plain, seen[id])
		}
		seen[id] = true
	}
	if _, err := claims.NewID(bytes.NewReader([]byte{1, 2}), claims.IDLen); err == nil {
		t.Error("an id of too little randomness")
	}
}

// TestIDsHaveNoBias draws every byte once: each letter must come equally often.
func TestIDsHaveNoBias(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	id, err := claims.NewID(bytes.NewReader(all), len(all))
	if err != nil {
		t.Fatal(err)
	}
	for _, letter := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
		if n := strings.Count(id, string(letter)); n != 8 {
			t.Errorf("%c comes %d times in 256, want 8", letter, n)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, good := range []string{"2025", "2025-09", "2025-09-28", "2024-02-29"} {
		if d, err := claims.ParseDate("published", good); err != nil || string(d) != good {
			t.Errorf("%s: %q, %v", good, d, err)
		}
	}
	for bad, key := range map[string]string{
		"": "date.malformed", "28/09/2025": "date.malformed", "2025-13": "date.malformed", "2025-9-1": "date.malformed",
		"2025-02-30": "date.impossible", "2025-02-29": "date.impossible", "ayer": "date.malformed", "2025-09-28T00:00": "date.malformed",
	} {
		_, err := claims.ParseDate("published", bad)
		var refusal *claims.Error
		if !errors.As(err, &refusal) || refusal.Kind != claims.KindInvalid || refusal.Fields[0].Field != "published" || refusal.Fields[0].Key != key {
			t.Errorf("%q: %v, want %s at published", bad, err, key)
		}
	}
	if _, ok := claims.Date("2025-09").Day(); ok {
		t.Error("a month has a day")
	}
}

func TestSlice(t *testing.T) {
	text := []rune("año ¿qué?")
	if s, ok := claims.Slice(text, claims.Span{Start: 4, End: 8}); !ok || s != "¿qué" {
		t.Errorf("slice gives %q, %v", s, ok)
	}
	for _, bad := range []claims.Span{{Start: -1, End: 2}, {Start: 0, End: 10}, {Start: 5, End: 4}} {
		if _, ok := claims.Slice(text, bad); ok {
			t.Errorf("%v lies inside a text of %d", bad, len(text))
		}
	}
}
