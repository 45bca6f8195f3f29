package export

import (
	"io"
	"strconv"
	"strings"

	"cotejo/claims"
)

// LinkColumns is the fixed header of sources.csv, one row a link of an
// attribution chain; columns are only ever added, at the end.
var LinkColumns = strings.Fields(`schema_version claim_id claim_url claim_version state article_id article_url attribution attribution_mode basis
role position name kind code text cue saw_original source_id source_name source_kind source_same_as attribution_verdict verdict_code language`)

// EvidenceColumns is the fixed header of evidence.csv, one row a document on a
// claim; columns are only ever added, at the end.
var EvidenceColumns = strings.Fields(`schema_version claim_id claim_url claim_version state article_id claim_text evidence_id url title publisher stance
grade quote locator file_name file_type file_sha256 archived_sha256 archived_at archived_url added_by added_at language`)

// LinkRow is one line of sources.csv. Attribution and Position count from 1.
// Source is the record that the link is tied to, the zero value where it is tied
// to none.
type LinkRow struct {
	claims.ClaimRow
	URL         string // permalink of the claim
	Attribution int
	Role        string // source, via or original
	Position    int    // in its role; via: nearest to us first
	claims.Link
	Source claims.Source
}

// EvidenceRow is one line of evidence.csv.
type EvidenceRow struct {
	claims.ClaimRow
	URL      string // permalink of the claim
	Document claims.Evidence
	AddedBy  string // a name
}

// LinkWriter writes sources.csv.
type LinkWriter struct{ *table }

// NewLinkWriter writes the mark (where asked for) and the header.
func NewLinkWriter(w io.Writer, o CSVOptions) (*LinkWriter, error) {
	t, err := newTable(w, LinkColumns, o)
	return &LinkWriter{t}, err
}

// Write writes one link.
func (w *LinkWriter) Write(r LinkRow) error {
	cells := map[string]cell{}
	text := func(name, v string) { cells[name] = cell{v, true} }
	typed := func(name, v string) { cells[name] = cell{v, false} }
	claimCells(r.ClaimRow, r.URL, text, typed)
	a := r.Attributions[r.Attribution-1]
	text("article_url", articleURL(r.ClaimRow))
	typed("attribution", strconv.Itoa(r.Attribution))
	text("attribution_mode", string(a.Mode))
	text("basis", string(a.Basis))
	text("role", r.Role)
	typed("position", strconv.Itoa(r.Position))
	text("name", linkName(r.Link))
	text("kind", string(r.Link.Kind))
	text("code", r.Link.Code)
	text("text", r.Link.Text)
	text("cue", r.Link.Cue)
	typed("saw_original", strconv.FormatBool(r.SawOriginal))
	text("source_id", r.Source.ID)
	text("source_name", r.Source.Name)
	text("source_kind", string(r.Source.Kind))
	text("source_same_as", strings.Join(r.Source.SameAs, " "))
	if v := r.Verdict; v != nil {
		text("attribution_verdict", v.Attribution)
		text("verdict_code", v.Content)
	}
	return w.write(cells)
}

// EvidenceWriter writes evidence.csv.
type EvidenceWriter struct{ *table }

// NewEvidenceWriter writes the mark (where asked for) and the header.
func NewEvidenceWriter(w io.Writer, o CSVOptions) (*EvidenceWriter, error) {
	t, err := newTable(w, EvidenceColumns, o)
	return &EvidenceWriter{t}, err
}

// Write writes one document.
func (w *EvidenceWriter) Write(r EvidenceRow) error {
	cells := map[string]cell{}
	text := func(name, v string) { cells[name] = cell{v, true} }
	typed := func(name, v string) { cells[name] = cell{v, false} }
	claimCells(r.ClaimRow, r.URL, text, typed)
	e := r.Document
	text("claim_text", r.Standalone)
	text("evidence_id", e.ID)
	text("url", e.URL)
	text("title", e.Title)
	text("publisher", e.Publisher)
	text("stance", string(e.Stance))
	text("grade", string(e.Grade))
	text("quote", e.Quote)
	text("locator", e.Locator)
	text("file_name", e.File.Name)
	text("file_type", e.File.MediaType)
	text("file_sha256", e.File.SHA256)
	text("archived_sha256", e.Copy.SHA256)
	typed("archived_at", instant(e.Copy.At))
	text("archived_url", e.Copy.URL)
	text("added_by", r.AddedBy)
	typed("added_at", instant(&e.AddedAt))
	return w.write(cells)
}

// claimCells say which claim a row belongs to.
func claimCells(c claims.ClaimRow, url string, text, typed func(name, v string)) {
	typed("schema_version", verdictSchema)
	text("claim_id", c.ID)
	text("claim_url", url)
	typed("claim_version", strconv.FormatInt(c.Version, 10))
	text("state", string(c.State))
	text("article_id", c.Article)
	text("language", c.Language)
}
