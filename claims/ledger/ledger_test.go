package ledger_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ledger"
)

// memory keeps the hashes of a log.
type memory []string

func (m memory) read(at []int64) ([]string, error) {
	out := make([]string, len(at))
	for i, place := range at {
		if place >= int64(len(m)) {
			return nil, fmt.Errorf("no hash at %d", place)
		}
		out[i] = m[place]
	}
	return out, nil
}

func leaf(n int) claims.LogLeaf {
	e := claims.Event{Seq: int64(n), Hash: fmt.Sprintf("%064x", n)}
	if n%3 == 0 {
		return ledger.Record(e, &claims.Publication{Claim: "7F3K9Q", N: n / 3, SHA256: fmt.Sprintf("%064x", n*7)})
	}
	return ledger.Record(e, nil)
}

// grown is a log of n leaves, added in uneven batches.
func grown(t *testing.T, n int) (memory, []claims.LogLeaf) {
	t.Helper()
	var m memory
	var all []claims.LogLeaf
	for len(all) < n {
		var batch []claims.LogLeaf
		for range min(1+len(all)%5, n-len(all)) {
			batch = append(batch, leaf(len(all)+len(batch)+1))
		}
		first, hashes, err := ledger.Extend(int64(len(all)), batch, m.read)
		if err != nil || first != int64(len(m)) {
			t.Fatalf("%d leaves, first hash at %d of %d: %v", len(all), first, len(m), err)
		}
		m, all = append(m, hashes...), append(all, batch...)
	}
	return m, all
}

func signer(t *testing.T) *ledger.Signer {
	t.Helper()
	secret, err := ledger.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ledger.NewSigner(secret + "\n")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTreeAgreesWithTheStoredLog: two ways to the same roots and hashes.
func TestTreeAgreesWithTheStoredLog(t *testing.T) {
	m, all := grown(t, 77)
	var tree ledger.Tree
	var hashes []string
	for i, l := range all {
		hashes = append(hashes, tree.Add(l.Record)...)
		root, err := ledger.Root(int64(i+1), m.read)
		if err != nil || root != tree.Root() {
			t.Fatalf("root of %d leaves: %s and %s, %v", i+1, root, tree.Root(), err)
		}
		if int64(len(hashes)) != ledger.Places(tree.Size()) {
			t.Fatalf("%d hashes after %d leaves", len(hashes), tree.Size())
		}
	}
	if strings.Join(hashes, "") != strings.Join(m, "") {
		t.Error("the hashes differ")
	}
}

func TestProofsHoldAndOnlyForWhatTheySay(t *testing.T) {
	m, all := grown(t, 40)
	s, other := signer(t), signer(t)
	root, err := ledger.Root(40, m.read)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Sign(40, root)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		p, err := ledger.Prove(l, c, m.read)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(s.Key(), ""); err != nil {
			t.Errorf("leaf %d: %v", l.Seq, err)
		}
	}
	good, err := ledger.Prove(all[8], c, m.read) // seq 9 published version 3
	if err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%064x", 9*7)
	if err := good.Check("", sum); err != nil {
		t.Errorf("%v", err)
	}
	if good.Check(s.Key(), strings.Repeat("0", 64)) == nil {
		t.Error("a proof was taken for other bytes")
	}
	if good.Check(other.Key(), sum) == nil {
		t.Error("a proof was taken under another key")
	}
	for name, spoil := range map[string]func(*ledger.Proof){
		"record":     func(p *ledger.Proof) { p.Record = strings.Replace(p.Record, "7F3K9Q@3", "7F3K9Q@4", 1) },
		"index":      func(p *ledger.Proof) { p.Index++ },
		"hash":       func(p *ledger.Proof) { p.Hashes = append([]string{m[0]}, p.Hashes[1:]...) },
		"no hash":    func(p *ledger.Proof) { p.Hashes = append([]string{"xyz"}, p.Hashes[1:]...) },
		"checkpoint": func(p *ledger.Proof) { p.Checkpoint = strings.Replace(p.Checkpoint, "\n40\n", "\n41\n", 1) },
		"key":        func(p *ledger.Proof) { p.Key = "nonsense" },
	} {
		p := good
		spoil(&p)
		if p.Check("", "") == nil {
			t.Errorf("a proof with another %s holds", name)
		}
	}
}

func TestCheckpointsAreReadOnlyAsSigned(t *testing.T) {
	s := signer(t)
	root := fmt.Sprintf("%064x", 5)
	c, err := s.Sign(3, root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ledger.Open(c.Note, s.Key())
	if err != nil || got.Size != 3 || got.Root != root {
		t.Errorf("%+v, %v", got, err)
	}
	for _, text := range []string{"", "x", strings.Replace(c.Note, "3", "4", 1), c.Note[:len(c.Note)-10]} {
		if _, err := ledger.Open(text, s.Key()); err == nil {
			t.Errorf("%q was taken for a checkpoint", text)
		}
	}
	if _, err := ledger.NewSigner("PRIVATE+KEY+x+00000000+AAAA"); err == nil || strings.Contains(err.Error(), "AAAA") {
		t.Errorf("a wrong key: %v", err)
	}
}
