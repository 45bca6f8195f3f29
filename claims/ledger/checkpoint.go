package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"cotejo/claims"
)

// origin is the first line of every checkpoint, and the name of the keys.
const origin = "cotejo.history"

// NewKey draws a signing key, to be kept secret.
func NewKey(random io.Reader) (string, error) {
	secret, _, err := note.GenerateKey(random, origin)
	return secret, err
}

// Signer signs checkpoints.
type Signer struct {
	signer note.Signer
	public string
}

// NewSigner reads a key that NewKey drew.
func NewSigner(secret string) (*Signer, error) {
	secret = strings.TrimSpace(secret)
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, errors.New("ledger: this is no signing key of a log") // the key itself stays out of messages
	}
	public, err := publicKey(secret, signer)
	return &Signer{signer: signer, public: public}, err
}

// publicKey derives what verifies from what signs.
func publicKey(secret string, signer note.Signer) (string, error) {
	_, encoded, _ := strings.Cut(secret, fmt.Sprintf("+%08x+", signer.KeyHash()))
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return "", errors.New("ledger: this is no signing key of a log")
	}
	public, _ := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(signer.Name(), public)
}

// Key is the public key that verifies what the signer signs.
func (s *Signer) Key() string { return s.public }

// Sign makes the checkpoint of a log's first size leaves, which have this root (hex).
func (s *Signer) Sign(size int64, root string) (claims.Checkpoint, error) {
	text, err := rootText(root)
	if err != nil {
		return claims.Checkpoint{}, err
	}
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", origin, size, text)}, s.signer)
	return claims.Checkpoint{Size: size, Root: root, Key: s.public, Note: string(signed)}, err
}

// Open reads a signed checkpoint and proves that the key's owner signed it.
func Open(signed, key string) (claims.Checkpoint, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		return claims.Checkpoint{}, fmt.Errorf("%.100q is no public key of a log", key)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return claims.Checkpoint{}, errors.New("the checkpoint is not signed by this key")
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 3 || lines[0] != origin {
		return claims.Checkpoint{}, errors.New("this is no checkpoint of a history")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	raw, hashErr := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || hashErr != nil || size < 1 || len(raw) != 32 {
		return claims.Checkpoint{}, errors.New("this is no checkpoint of a history")
	}
	return claims.Checkpoint{Size: size, Root: hex.EncodeToString(raw), Key: key, Note: signed}, nil
}
