// Package export writes what leaves the desk: publication documents,
// ClaimReview and CSV. It only writes; it reads no store.
package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"cotejo/claims"
)

// DocumentSchema names the form of a publication document.
const DocumentSchema = "cotejo.publication/2"

// Document is what the public sees of a claim at one version: the body of
// /c/ID@N.json, frozen at publication in RFC 8785 form.
type Document struct {
	Schema      string           `json:"schema"`
	ID          string           `json:"id"`
	URL         string           `json:"url"`
	Version     int              `json:"version"`
	Language    string           `json:"language"`
	PublishedAt time.Time        `json:"published_at"`
	FirstAt     time.Time        `json:"first_published_at"`
	Effect      claims.Effect    `json:"effect,omitempty"`
	Notice      string           `json:"notice,omitempty"`
	Corrections int              `json:"correction_count"`
	Claim       DocumentClaim    `json:"claim"`
	Article     DocumentArticle  `json:"article"`
	Verdict     DocumentVerdict  `json:"verdict"`
	Evidence    []DocumentSource `json:"evidence"`
	Replies     []string         `json:"replies,omitempty"` // what came of asking those concerned, a sentence each
	Review      DocumentReview   `json:"review"`
	ClaimReview ClaimReview      `json:"claim_review"`
}

// DocumentClaim is the claim as it was published.
type DocumentClaim struct {
	Version      int64                `json:"version"`
	Quote        string               `json:"quote"`
	Fragments    []claims.Fragment    `json:"fragments"`
	Prefix       string               `json:"prefix"`
	Suffix       string               `json:"suffix"`
	Standalone   string               `json:"standalone"`
	Kind         claims.Kind          `json:"kind"`
	Attributions []claims.Attribution `json:"attributions"`
	Quantities   []claims.Quantity    `json:"quantities"`
	Times        []claims.Time        `json:"times"`
	Tags         []string             `json:"tags"`
	MadeOn       *claims.Date         `json:"made_on"`
}

// DocumentArticle says where the claim stands.
type DocumentArticle struct {
	ID             string       `json:"id"`
	Title          string       `json:"title"`
	Outlet         string       `json:"outlet"`
	Authors        []string     `json:"authors"`
	URL            string       `json:"url"`
	Published      *claims.Date `json:"published"`
	SnapshotSHA256 string       `json:"snapshot_sha256"`
}

// DocumentVerdict is the two-layer verdict in the words of its scale.
type DocumentVerdict struct {
	Content     DocumentStep  `json:"content"`
	Attribution *DocumentStep `json:"attribution"`
	Rationale   string        `json:"rationale"`
	WhatIsTrue  string        `json:"what_is_true"`
	AsOf        *claims.Date  `json:"as_of"`
	Scale       int64         `json:"scale"`
}

// DocumentStep is a step of a scale in the claim's language. Worst and Best
// are there where the step has a number.
type DocumentStep struct {
	Code   string `json:"code"`
	Label  string `json:"label"`
	Shape  string `json:"shape"`
	Color  string `json:"color"`
	Number *int   `json:"number"`
	Worst  *int   `json:"worst"`
	Best   *int   `json:"best"`
}

// DocumentSource is a piece of evidence as the public sees it.
type DocumentSource struct {
	URL       string        `json:"url"`
	Title     string        `json:"title"`
	Publisher string        `json:"publisher"`
	Stance    claims.Stance `json:"stance"`
	Grade     claims.Grade  `json:"grade"`
	Quote     string        `json:"quote"`
	Locator   string        `json:"locator"`

	FileSHA256 string            `json:"file_sha256,omitempty"` // of a file that the desk keeps and does not publish
	Archived   *DocumentArchived `json:"archived,omitempty"`    // the copy that the desk keeps
}

// DocumentArchived says that the address was fetched, and what it then gave.
type DocumentArchived struct {
	SHA256 string    `json:"sha256"`
	At     time.Time `json:"at"`
}

// DocumentReview says how many eyes saw it, and whose: by their roles, and by
// name where the newsroom names them. Documents before cotejo.publication/2 tell
// of neither.
type DocumentReview struct {
	Single     bool            `json:"single"`
	ReviewedAt time.Time       `json:"reviewed_at"`
	Judged     *DocumentPerson `json:"judged_by,omitempty"`
	Approved   *DocumentPerson `json:"approved_by,omitempty"`
}

// DocumentPerson is somebody of the desk as the public may know of them.
type DocumentPerson struct {
	Role claims.Role `json:"role"`
	Name string      `json:"name,omitempty"`
}

// DocumentInput is all that a publication document is made from.
type DocumentInput struct {
	Row         claims.ClaimRow // the claim as approved
	Evidence    []claims.Evidence
	Contacts    []claims.Contact // those with a Public sentence are printed
	Scale       claims.Scale     // the version that the verdict was given on
	Settings    claims.Settings
	BaseURL     *url.URL
	Version     int
	PublishedAt time.Time
	FirstAt     time.Time // of version 1; PublishedAt where this is it
	Effect      claims.Effect
	Notice      string
	Corrections int
	Single      bool                // one person judged and approved
	SameAs      map[string][]string // where else a source can be found, by the id in a link

	Judged, Approved *claims.Person // nil where it is not known who
}

// NewDocument puts a publication together. The claim must have a complete
// verdict whose codes are steps of the scale.
func NewDocument(in DocumentInput) Document {
	row, v := in.Row, in.Row.Verdict
	d := Document{
		Schema: DocumentSchema, ID: row.ID, URL: in.BaseURL.JoinPath("c", row.ID).String(), Version: in.Version,
		Language: row.Language, PublishedAt: in.PublishedAt.UTC(), FirstAt: in.FirstAt.UTC(),
		Effect: in.Effect, Notice: in.Notice, Corrections: in.Corrections,
		Claim: DocumentClaim{
			Version: row.Version, Quote: row.Quote(), Fragments: some(row.Fragments), Prefix: row.Prefix, Suffix: row.Suffix,
			Standalone: row.Standalone, Kind: row.Kind, Attributions: some(row.Attributions),
			Quantities: some(row.Quantities), Times: some(row.Times), Tags: some(row.Tags), MadeOn: row.MadeOn,
		},
		Article: DocumentArticle{
			ID: row.Article, Title: row.ArticleTitle, Outlet: row.ArticleOutlet, Authors: some(row.ArticleAuthors),
			URL: articleURL(row), Published: row.ArticlePublished, SnapshotSHA256: row.SnapshotSHA256,
		},
		Verdict: DocumentVerdict{
			Content: step(in.Scale.ContentStep, v.Content, row.Language, in.Scale), Rationale: v.Rationale,
			WhatIsTrue: v.WhatIsTrue, AsOf: v.AsOf, Scale: v.Scale,
		},
		Evidence: documentSources(in.Evidence),
		Replies:  replies(in.Contacts),
		Review:   DocumentReview{Single: in.Single, Judged: documentPerson(in.Judged, in.Settings), Approved: documentPerson(in.Approved, in.Settings)},
	}
	if row.ReviewedAt != nil {
		d.Review.ReviewedAt = row.ReviewedAt.UTC()
	}
	if v.Attribution != "" {
		s := step(in.Scale.AttributionStep, v.Attribution, row.Language, in.Scale)
		d.Verdict.Attribution = &s
	}
	d.ClaimReview = newClaimReview(d, in.Settings, in.SameAs, in.BaseURL.JoinPath("methodology").String())
	return d
}

// documentPerson says who somebody is. A sign-in name is never told, nor a name
// that is an e-mail address.
func documentPerson(p *claims.Person, s claims.Settings) *DocumentPerson {
	if p == nil {
		return nil
	}
	out := &DocumentPerson{Role: p.Role}
	if s.NameReviewers && !strings.Contains(p.Display, "@") {
		out.Name = p.Display
	}
	return out
}

func articleURL(row claims.ClaimRow) string {
	if row.ArticleCanonical != "" {
		return row.ArticleCanonical
	}
	return row.ArticleURL
}

func step(find func(string) (claims.Step, bool), code, lang string, scale claims.Scale) DocumentStep {
	s, ok := find(code)
	if !ok {
		return DocumentStep{Code: code, Label: code}
	}
	out := DocumentStep{Code: s.Code, Label: s.Label(lang), Shape: s.Shape, Color: s.Color, Number: s.Number}
	if worst, best, ok := scale.Range(); ok && s.Number != nil {
		out.Worst, out.Best = &worst, &best
	}
	return out
}

// replies are the sentences about asking those concerned that are to be printed.
func replies(all []claims.Contact) (out []string) {
	for _, c := range all {
		if c.Public != "" {
			out = append(out, c.Public)
		}
	}
	return out
}

func documentSources(all []claims.Evidence) []DocumentSource {
	out := make([]DocumentSource, len(all))
	for i, e := range all {
		out[i] = DocumentSource{URL: e.URL, Title: e.Title, Publisher: e.Publisher, Stance: e.Stance, Grade: e.Grade, Quote: e.Quote, Locator: e.Locator,
			FileSHA256: e.File.SHA256}
		if e.HasCopy() && e.Copy.At != nil {
			out[i].Archived = &DocumentArchived{SHA256: e.Copy.SHA256, At: e.Copy.At.UTC()}
		}
	}
	return out
}

// some gives an empty list for nil, so that JSON says [] and never null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Canonical gives the RFC 8785 form of v.
func Canonical(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	value := jsontext.Value(raw)
	if err := value.Canonicalize(); err != nil {
		return nil, err
	}
	return value, nil
}

// Freeze gives the document's canonical bytes and their SHA-256 in hex.
func (d Document) Freeze() (document []byte, sha string, err error) {
	document, err = Canonical(d)
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(document)
	return document, hex.EncodeToString(sum[:]), nil
}

// ReadDocument reads a frozen document back.
func ReadDocument(raw []byte) (Document, error) {
	var d Document
	err := json.Unmarshal(raw, &d)
	return d, err
}
