package export

import (
	"strconv"

	"cotejo/claims"
)

// LinkProfile is a row a link of an attribution chain.
var LinkProfile = Profile{Name: "sources", Key: []string{"claim_id", "attribution", "role", "position"}, En: "Who said each claim and who relayed it", Es: "Quién dijo cada afirmación y quién la transmitió", Columns: columns(`
schema_version      | integer! | Schema version                | Versión del esquema
claim_id            | text!    | Claim                         | Afirmación
claim_url           | address! | Permanent link                | Enlace permanente
claim_version       | integer! | Version of the claim          | Versión de la afirmación
state               | text!    | State                         | Estado
article_id          | text!    | Article                       | Artículo
article_url         | address  | Address of the article        | Dirección del artículo
attribution         | integer! | Number of the chain           | Número de la cadena
attribution_mode    | text     | How it is attributed          | Cómo se atribuye
basis               | text     | Basis                         | Base
role                | text!    | Role                          | Papel
position            | integer! | Place in the role             | Lugar en el papel
name                | text     | Name                          | Nombre
kind                | text     | Kind                          | Tipo
code                | text     | Country                       | País
text                | text     | Words in the article          | Palabras en el artículo
cue                 | text     | Cue                           | Señal
saw_original        | boolean! | We saw the original           | Vimos el original
source_id           | text     | Source                        | Fuente
source_name         | text     | Name of the source            | Nombre de la fuente
source_kind         | text     | Kind of source                | Tipo de fuente
source_same_as      | urls     | The source elsewhere          | La fuente en otros sitios
attribution_verdict | text     | Did they say it?              | ¿Lo dijeron?
verdict_code        | text     | Verdict                       | Veredicto
language            | text     | Language                      | Idioma
`)}

// EvidenceProfile is a row a document on a claim.
var EvidenceProfile = Profile{Name: "evidence", Key: []string{"claim_id", "evidence_id"}, En: "Evidence on each claim", Es: "Pruebas de cada afirmación", Columns: columns(`
schema_version  | integer! | Schema version                | Versión del esquema
claim_id        | text!    | Claim                         | Afirmación
claim_url       | address! | Permanent link                | Enlace permanente
claim_version   | integer! | Version of the claim          | Versión de la afirmación
state           | text!    | State                         | Estado
article_id      | text!    | Article                       | Artículo
claim_text      | text     | Claim in its own words        | Afirmación por sí sola
evidence_id     | text!    | Evidence                      | Prueba
url             | address  | Address                       | Dirección
title           | text     | Title                         | Título
publisher       | text     | Publisher                     | Editor
stance          | text     | For, against or for context   | A favor, en contra o de contexto
grade           | text     | Primary or secondary          | Primaria o secundaria
quote           | text     | Passage                       | Pasaje
locator         | text     | Place in the document         | Lugar en el documento
file_name       | text     | Name of the file              | Nombre del archivo
file_type       | text     | Type of the file              | Tipo del archivo
file_sha256     | text     | SHA-256 of the file           | SHA-256 del archivo
archived_sha256 | text     | SHA-256 of the archived copy  | SHA-256 de la copia archivada
archived_at     | instant  | Archived at                   | Archivada el
archived_url    | address  | Address of the archived copy  | Dirección de la copia archivada
added_by        | text     | Added by                      | Añadida por
added_at        | instant! | Added at                      | Añadida el
language        | text     | Language                      | Idioma
`)}

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

func linkCells(r LinkRow) cells {
	out := cells{}
	claimCells(r.ClaimRow, r.URL, out)
	a := r.Attributions[r.Attribution-1]
	out.set("article_url", articleURL(r.ClaimRow))
	out.set("attribution", strconv.Itoa(r.Attribution))
	out.set("attribution_mode", string(a.Mode))
	out.set("basis", string(a.Basis))
	out.set("role", r.Role)
	out.set("position", strconv.Itoa(r.Position))
	out.set("name", linkName(r.Link))
	out.set("kind", string(r.Link.Kind))
	out.set("code", r.Link.Code)
	out.set("text", r.Link.Text)
	out.set("cue", r.Link.Cue)
	out.set("saw_original", strconv.FormatBool(r.SawOriginal))
	out.set("source_id", r.Source.ID)
	out.set("source_name", r.Source.Name)
	out.set("source_kind", string(r.Source.Kind))
	out.urls("source_same_as", r.Source.SameAs)
	if v := r.Verdict; v != nil {
		out.set("attribution_verdict", v.Attribution)
		out.set("verdict_code", v.Content)
	}
	return out
}

func evidenceCells(r EvidenceRow) cells {
	out := cells{}
	claimCells(r.ClaimRow, r.URL, out)
	e := r.Document
	out.set("claim_text", r.Standalone)
	out.set("evidence_id", e.ID)
	out.set("url", e.URL)
	out.set("title", e.Title)
	out.set("publisher", e.Publisher)
	out.set("stance", string(e.Stance))
	out.set("grade", string(e.Grade))
	out.set("quote", e.Quote)
	out.set("locator", e.Locator)
	out.set("file_name", e.File.Name)
	out.set("file_type", e.File.MediaType)
	out.set("file_sha256", e.File.SHA256)
	out.set("archived_sha256", e.Copy.SHA256)
	out.set("archived_at", instant(e.Copy.At))
	out.set("archived_url", e.Copy.URL)
	out.set("added_by", r.AddedBy)
	out.set("added_at", instant(&e.AddedAt))
	return out
}

// claimCells say which claim a row belongs to.
func claimCells(c claims.ClaimRow, url string, out cells) {
	out.set("schema_version", verdictSchema)
	out.set("claim_id", c.ID)
	out.set("claim_url", url)
	out.set("claim_version", strconv.FormatInt(c.Version, 10))
	out.set("state", string(c.State))
	out.set("article_id", c.Article)
	out.set("language", c.Language)
}
