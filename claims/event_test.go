package claims_test

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
)

// sealed gives two events in a chain.
func sealed(t *testing.T) (first, second claims.Event) {
	t.Helper()
	value := func(side claims.Side, name string, v any) claims.Value {
		out, err := claims.NewValue(rand.Reader, side, name, v)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	at := time.Date(2025, 10, 28, 9, 0, 0, 1000, time.UTC)
	first = claims.Event{ID: "E1", At: at, Actor: "P1", Act: "claim.open", Noun: "claim", NounID: "7F3K9Q", Claim: "7F3K9Q", Article: "A1",
		Values: []claims.Value{value(claims.SideBefore, "state", "suggested"), value(claims.SideAfter, "state", "open")}}
	second = claims.Event{ID: "E2", At: at.Add(time.Second), Actor: "P1", Act: "claim.take", Noun: "claim", NounID: "7F3K9Q",
		Values: []claims.Value{value(claims.SideReason, "reason", "mine")}}
	if err := first.Seal(claims.Event{}); err != nil {
		t.Fatal(err)
	}
	if err := second.Seal(first); err != nil {
		t.Fatal(err)
	}
	return first, second
}

func TestSealChains(t *testing.T) {
	first, second := sealed(t)
	if first.Seq != 1 || second.Seq != 2 || first.PrevHash != "" || second.PrevHash != first.Hash {
		t.Errorf("seq %d, %d; prev %q, %q", first.Seq, second.Seq, first.PrevHash, second.PrevHash)
	}
	if !first.Sound() || !second.Sound() {
		t.Error("a sealed event is not sound")
	}
	local := first
	local.At = first.At.In(time.FixedZone("elsewhere", 7200))
	if !local.Sound() {
		t.Error("the hash depends on the zone in which the time is told")
	}
}

// TestEveryFieldIsUnderTheHash changes each field in turn.
func TestEveryFieldIsUnderTheHash(t *testing.T) {
	for name, tamper := range map[string]func(*claims.Event){
		"seq":      func(e *claims.Event) { e.Seq++ },
		"id":       func(e *claims.Event) { e.ID = "X" },
		"at":       func(e *claims.Event) { e.At = e.At.Add(time.Microsecond) },
		"actor":    func(e *claims.Event) { e.Actor = "P2" },
		"act":      func(e *claims.Event) { e.Act = "claim.dismiss" },
		"noun":     func(e *claims.Event) { e.Noun = "check" },
		"noun id":  func(e *claims.Event) { e.NounID = "000000" },
		"article":  func(e *claims.Event) { e.Article = "A2" },
		"claim":    func(e *claims.Event) { e.Claim = "" },
		"prev":     func(e *claims.Event) { e.PrevHash = "00" },
		"side":     func(e *claims.Event) { e.Values[0].Side = claims.SideAfter },
		"name":     func(e *claims.Event) { e.Values[0].Name = "kind" },
		"digest":   func(e *claims.Event) { e.Values[0].Digest = e.Values[1].Digest },
		"no value": func(e *claims.Event) { e.Values = e.Values[:1] },
		"order":    func(e *claims.Event) { e.Values[0], e.Values[1] = e.Values[1], e.Values[0] },
	} {
		e, _ := sealed(t)
		tamper(&e)
		if e.Sound() {
			t.Errorf("%s can be changed unseen", name)
		}
	}
}

// TestErasingKeepsTheHash deletes a value: the digest stays, and so the chain.
func TestErasingKeepsTheHash(t *testing.T) {
	e, _ := sealed(t)
	v := &e.Values[1]
	v.JSON, v.Salt, v.Erased = "", "", true
	if !e.Sound() || !v.Intact() {
		t.Error("an erased value breaks its event")
	}
	v.Erased = false
	if v.Intact() {
		t.Error("an emptied value passes for a whole one")
	}
}

func TestValuesAreSalted(t *testing.T) {
	a, _ := claims.NewValue(rand.Reader, claims.SideAfter, "name", "Ana")
	b, _ := claims.NewValue(rand.Reader, claims.SideAfter, "name", "Ana")
	if a.Digest == b.Digest || a.Salt == b.Salt {
		t.Error("the same value has the same digest twice: it can be guessed once it is erased")
	}
	if len(a.Salt) != 32 || a.JSON != `"Ana"` || !a.Intact() {
		t.Errorf("value %+v", a)
	}
	b.JSON = `"Eva"`
	if b.Intact() {
		t.Error("a changed value passes for the one written")
	}
	if _, err := claims.NewValue(rand.Reader, claims.SideAfter, "f", func() {}); err == nil {
		t.Error("a function has a JSON form")
	}
	if _, err := claims.NewValue(bytes.NewReader(nil), claims.SideAfter, "f", 1); err == nil {
		t.Error("a value without a salt")
	}
}

func TestErrorsNameWhatIsWrong(t *testing.T) {
	err := &claims.Error{Kind: claims.KindInvalid, Key: "invalid", Args: []any{3}, Fields: []claims.FieldError{{Field: "title", Key: "text.too_long", Args: []any{501, 500}}}}
	for _, part := range []string{"invalid", "title: text.too_long [501 500]", "[3]"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err.Error(), part)
		}
	}
}
