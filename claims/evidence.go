package claims

import (
	"net/url"
	"strings"
	"time"
)

// Stance says what a piece of evidence does for a claim.
type Stance string

// The stances of evidence.
const (
	StanceFor     Stance = "for"
	StanceAgainst Stance = "against"
	StanceContext Stance = "context"
)

// Grade says how near the evidence is to what it speaks of.
type Grade string

// The grades of evidence.
const (
	GradePrimary   Grade = "primary"
	GradeSecondary Grade = "secondary"
)

// Evidence is a document for, against or for context of one claim: a page by its
// address, a file that was given to the desk, or both.
type Evidence struct {
	ID        string
	Claim     string
	URL       string // "" where there is only a file
	Title     string
	Publisher string
	Stance    Stance
	Grade     Grade
	Quote     string // the passage
	Locator   string // page, timecode
	File      KeptFile
	Copy      KeptCopy
	AddedBy   string
	AddedAt   time.Time
	Guarded   bool // its file and copy are not for the reader: they may name a protected source
}

// KeptFile is a file that was given to the desk; its bytes are a Blob. Its zero
// value is no file.
type KeptFile struct {
	SHA256    string // hex, of the bytes
	Name      string // as its owner called it
	MediaType string // by its content
	Size      int64  // bytes
	Erased    bool   // the bytes were erased by an admin; the hash stays
}

// KeptCopy is what an address gave when the desk fetched it; the bytes are a
// Blob. Problem is the message key of why the last attempt kept nothing.
type KeptCopy struct {
	SHA256    string
	MediaType string // as the server called it
	Size      int64  // bytes
	URL       string // where redirects led
	At        *time.Time
	Problem   string
	Erased    bool
}

// HasFile reports whether a file came with the evidence, erased or not.
func (e Evidence) HasFile() bool { return e.File.SHA256 != "" }

// HasCopy reports whether the address was fetched, the copy erased or not.
func (e Evidence) HasCopy() bool { return e.Copy.SHA256 != "" }

// EvidenceFilter narrows the evidence of the whole desk; zero fields do not narrow.
type EvidenceFilter struct {
	Query string // words of title, publisher, passage, address or file name, folded; or an address
	Blob  string // SHA-256 of a file or copy
	Page
}

// URLKey is by which addresses of the same document are known: scheme and host
// in lower case, no fragment, no default port; what is no address stays as it is.
func URLKey(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if port := u.Port(); port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// defaultMaxFile is in MB.
const defaultMaxFile = 20

// FileBytes is MaxFile in bytes.
func (s Settings) FileBytes() int64 {
	if s.MaxFile <= 0 {
		return defaultMaxFile << 20
	}
	return int64(s.MaxFile) << 20
}
