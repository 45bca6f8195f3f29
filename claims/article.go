package claims

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Article is a work that makes claims.
type Article struct {
	ID           string
	Title        string
	Outlet       string
	Authors      []string
	URL          string // where it came from
	CanonicalURL string
	Published    *Date
	Language     string // ISO 639-1
	CreatedBy    string // person id
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      int64
	SignOff      SignOff
	Watch        ArticleWatch
	Restricted   bool     // it and all that hangs on it are for Readers and admins only
	Readers      []string // person ids
	CopyOf       string   // the article whose text this is a copy of, never a copy itself
	Erased       bool     // what it said was erased by an admin; its frame stays
}

// ErasedWords stand where words were erased.
const ErasedWords = "[…]"

// ShownTo reports whether a person may know of the article.
func (a Article) ShownTo(p Person) bool {
	return !a.Restricted || SeesRestricted(p.Role) || slices.Contains(a.Readers, p.ID)
}

// Snapshot is an article's text as it stood at one fetch: immutable, numbered
// from 1. SHA256 is the hex digest of Text's UTF-8 bytes, RawSHA256 that of the
// bytes as received, which are kept as a Blob.
type Snapshot struct {
	Article   string
	N         int
	Text      string
	SHA256    string
	RawSHA256 string
	MediaType string // of the raw bytes
	Encoding  string // of the raw bytes
	Notice    string // what the engine had to say ("no pack for this language")
	FetchedAt time.Time
	Erased    bool // the text was erased by an admin; the hashes stay
	Meta      SnapshotMeta
}

// SnapshotMeta is what reading the bytes told beside the text: it is erased with it.
// Origins says where each field of the article came from when it was taken in, as
// ingest.Page has it; Barrier why the text may be less than the article.
type SnapshotMeta struct {
	Blocks      []TextBlock       `json:"blocks,omitempty"`
	Cues        []Timecode        `json:"cues,omitempty"`
	Origins     map[string]string `json:"origins,omitempty"`
	Modified    *Date             `json:"modified,omitempty"`
	Image       string            `json:"image,omitempty"` // address of the lead image
	Attachments []string          `json:"attachments,omitempty"`
	Barrier     string            `json:"barrier,omitempty"`
	Pages       []PageMark        `json:"pages,omitempty"`  // of a paginated document
	Answer      *Answer           `json:"answer,omitempty"` // nil where no server was asked
}

// Answer is how a server answered when the bytes were fetched. Asked is the address
// from which redirects led to URL. What names a session is left out of Header.
type Answer struct {
	Asked  string      `json:"asked,omitempty"`
	URL    string      `json:"url"`
	Proto  string      `json:"proto"`  // "HTTP/1.1"
	Status string      `json:"status"` // "200 OK"
	Header [][2]string `json:"header"` // names and values, by name
	Sent   [][2]string `json:"sent"`   // of the request, likewise
	At     time.Time   `json:"at"`
}

// PageMark says which page of a document a stretch of its text stands on.
type PageMark struct {
	Span
	Page int `json:"page"` // from 1
}

// Locator says where in a document or recording a stretch of the text stands: "p. 3",
// "1:02"; "" for texts that have no such places.
func (m SnapshotMeta) Locator(s Span) string {
	if page := m.PageOf(s); page > 0 {
		return "p. " + strconv.Itoa(page)
	}
	if ms, ok := m.SpokenAt(s); ok {
		return PlayTime(ms)
	}
	return ""
}

// PlayTime writes milliseconds as players do: 1:02, 1:00:02.
func PlayTime(ms int64) string {
	s := ms / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// PageOf gives the page on which a stretch of the text begins, 0 where there are none.
func (m SnapshotMeta) PageOf(s Span) int {
	for _, p := range m.Pages {
		if p.End > s.Start && p.Start < s.End {
			return p.Page
		}
	}
	return 0
}

// SpokenAt gives the moment, in milliseconds, at which a stretch of a transcript begins.
func (m SnapshotMeta) SpokenAt(s Span) (ms int64, ok bool) {
	for _, c := range m.Cues {
		if c.End > s.Start && c.Start < s.End {
			return c.From, true
		}
	}
	return 0, false
}

// Blob is a run of bytes kept by its SHA-256 (hex).
type Blob struct {
	SHA256    string
	MediaType string
	Data      []byte
}

// ArticleRow is an article as lists show it.
type ArticleRow struct {
	Article
	SHA256 string // of the newest snapshot
	Claims int
	Left   int // claims still suggested
}

// ArticleFilter narrows a list of articles.
type ArticleFilter struct {
	Query string // words in title or outlet, folded
	Page
}

// Page asks for a page of a list: at most Limit rows after Cursor, which is ""
// for the first page and else what the page before gave as next.
type Page struct {
	Limit  int
	Cursor string
}

// BlockKind says what a stretch of an article's text is beside a paragraph.
type BlockKind string

// The kinds of blocks.
const (
	BlockHeading BlockKind = "heading" // Level 1 to 6
	BlockItem    BlockKind = "item"    // of a list; Level is how deep, from 1
	BlockQuote   BlockKind = "quote"
	BlockRow     BlockKind = "row" // of a table, cells set apart by tabs
)

// TextBlock is a stretch of an article's text that is no plain paragraph. Span counts
// code points of the snapshot's text, as everywhere.
type TextBlock struct {
	Span
	Kind  BlockKind `json:"kind"`
	Level int       `json:"level,omitempty"`
}

// Timecode says when a stretch of a transcript is spoken, in milliseconds.
type Timecode struct {
	Span
	From int64 `json:"from"`
	To   int64 `json:"to"`
}
