// Package ledger is the transparency log over the history: a Merkle tree after
// RFC 6962, one leaf an event, whose signed checkpoints let anybody prove that a
// publication stands in it and that nothing before a checkpoint was rewritten.
// It holds the mathematics only; leaves, hashes and checkpoints are the store's.
package ledger

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"cotejo/claims"
)

// Record is the leaf of an event: what it is, its hash, and what it published.
// p is the publication that the event tells of, nil for none.
func Record(e claims.Event, p *claims.Publication) claims.LogLeaf {
	leaf := claims.LogLeaf{Seq: e.Seq, Record: fmt.Sprintf("cotejo history %d\n%s\n", e.Seq, e.Hash)}
	if p != nil {
		leaf.Publication = PublicationName(p.Claim, p.N)
		leaf.Record += "publication " + leaf.Publication + " " + p.SHA256 + "\n"
	}
	return leaf
}

// PublicationName names version n of a claim in the log: "7F3K9Q@2".
func PublicationName(claim string, n int) string { return claim + "@" + strconv.Itoa(n) }

// HashReader reads stored hashes by their places, as hex.
type HashReader func(at []int64) ([]string, error)

// ReadHashes implements tlog.HashReader.
func (read HashReader) ReadHashes(at []int64) ([]tlog.Hash, error) {
	texts, err := read(at)
	if err != nil {
		return nil, err
	}
	if len(texts) != len(at) {
		return nil, fmt.Errorf("ledger: %d hashes of %d are there", len(texts), len(at))
	}
	out := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		if out[i], err = readHash(text); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readHash(text string) (h tlog.Hash, err error) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(h) {
		return h, fmt.Errorf("ledger: %q is no hash", text)
	}
	copy(h[:], raw)
	return h, nil
}

// Places is how many hashes a log of size leaves stores.
func Places(size int64) int64 { return tlog.StoredHashCount(size) }

// Extend gives the hashes (hex) to be stored, and the place of the first, when
// leaves follow a log of size leaves.
func Extend(size int64, leaves []claims.LogLeaf, stored HashReader) (first int64, hashes []string, err error) {
	first = tlog.StoredHashCount(size)
	read := HashReader(func(at []int64) ([]string, error) {
		out := make([]string, len(at))
		var old, where []int64
		for i, n := range at {
			if n >= first {
				out[i] = hashes[n-first]
				continue
			}
			old, where = append(old, n), append(where, int64(i))
		}
		if len(old) == 0 {
			return out, nil
		}
		texts, err := stored(old)
		if err != nil || len(texts) != len(old) {
			return nil, errors.Join(err, fmt.Errorf("ledger: %d hashes of %d are stored", len(texts), len(old)))
		}
		for i, text := range texts {
			out[where[i]] = text
		}
		return out, nil
	})
	for i, leaf := range leaves {
		added, err := tlog.StoredHashes(size+int64(i), []byte(leaf.Record), read)
		if err != nil {
			return 0, nil, err
		}
		for _, h := range added {
			hashes = append(hashes, hex.EncodeToString(h[:]))
		}
	}
	return first, hashes, nil
}

// Root is the root (hex) of the log's first size leaves.
func Root(size int64, stored HashReader) (string, error) {
	h, err := tlog.TreeHash(size, stored)
	return hex.EncodeToString(h[:]), err
}

// Tree computes roots while leaves go by, in memory that grows with the
// logarithm of their number: for verifying a whole log.
type Tree struct {
	size  int64
	peaks []tlog.Hash // of the full subtrees, the largest first
}

// Add puts a leaf behind the others and gives the hashes (hex) that storing it adds.
func (t *Tree) Add(record string) []string {
	h := tlog.RecordHash([]byte(record))
	added := []string{hex.EncodeToString(h[:])}
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.peaks) - 1
		h = tlog.NodeHash(t.peaks[last], h)
		t.peaks = t.peaks[:last]
		added = append(added, hex.EncodeToString(h[:]))
	}
	t.peaks = append(t.peaks, h)
	t.size++
	return added
}

// Size is the number of leaves so far.
func (t *Tree) Size() int64 { return t.size }

// Root is the root (hex) of the leaves so far; "" where there is none.
func (t *Tree) Root() string {
	if t.size == 0 {
		return ""
	}
	h := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.peaks[i], h)
	}
	return hex.EncodeToString(h[:])
}

// Proof shows, to whoever trusts the signing key, that a record stands in the log.
type Proof struct {
	Record     string   `json:"record"`
	Index      int64    `json:"index"` // of the leaf, from 0
	Hashes     []string `json:"hashes"`
	Checkpoint string   `json:"checkpoint"` // the signed note
	Key        string   `json:"key"`        // what verifies it; compare it with the one the newsroom gives out
}

// Prove makes the proof that a leaf stands in the log as of a checkpoint.
func Prove(leaf claims.LogLeaf, c claims.Checkpoint, stored HashReader) (Proof, error) {
	path, err := tlog.ProveRecord(c.Size, leaf.Seq-1, stored)
	if err != nil {
		return Proof{}, err
	}
	p := Proof{Record: leaf.Record, Index: leaf.Seq - 1, Hashes: []string{}, Checkpoint: c.Note, Key: c.Key}
	for _, h := range path {
		p.Hashes = append(p.Hashes, hex.EncodeToString(h[:]))
	}
	return p, nil
}

// Check reports why the proof shows nothing, nil where it holds: the checkpoint
// is signed by key ("" takes the proof's own), the record stands under its root,
// and it names the SHA-256 of the published bytes.
func (p Proof) Check(key, sha256 string) error {
	if key == "" {
		key = p.Key
	}
	c, err := Open(p.Checkpoint, key)
	if err != nil {
		return err
	}
	root, err := readHash(c.Root)
	if err != nil {
		return err
	}
	path := make(tlog.RecordProof, len(p.Hashes))
	for i, text := range p.Hashes {
		if path[i], err = readHash(text); err != nil {
			return err
		}
	}
	if err := tlog.CheckRecord(path, c.Size, root, p.Index, tlog.RecordHash([]byte(p.Record))); err != nil {
		return errors.New("the record does not stand in the log of this checkpoint")
	}
	if sha256 != "" && !strings.HasSuffix(p.Record, " "+sha256+"\n") {
		return errors.New("the record is about other bytes")
	}
	return nil
}

func rootText(root string) (string, error) {
	h, err := readHash(root)
	return base64.StdEncoding.EncodeToString(h[:]), err
}
