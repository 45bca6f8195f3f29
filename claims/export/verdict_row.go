package export

import (
	"io"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
)

const verdictSchema = "1"

// VerdictProfile is a row a claim, with its working verdict; of the public table, a row a
// publication.
var VerdictProfile = Profile{Name: "verdicts", Key: []string{"claim_id"}, En: "Claims and their verdicts", Es: "Afirmaciones y sus veredictos", Columns: columns(`
schema_version          | integer! | Schema version                      | Versión del esquema
claim_id                | text!    | Claim                               | Afirmación
claim_url               | address! | Permanent link                      | Enlace permanente
claim_version           | integer! | Version of the claim                | Versión de la afirmación
article_id              | text!    | Article                             | Artículo
article_title           | text     | Title of the article                | Título del artículo
article_url             | address  | Address of the article              | Dirección del artículo
article_outlet          | text     | Outlet                              | Medio
article_published_at    | day      | Article published on                | Artículo publicado el
article_snapshot_sha256 | text     | SHA-256 of the article's text       | SHA-256 del texto del artículo
quote                   | text     | Words in the article                | Palabras en el artículo
quote_start             | integer  | Words begin at code point           | Las palabras empiezan en el punto de código
quote_end               | integer  | Words end before code point         | Las palabras acaban antes del punto de código
claim_text              | text     | Claim in its own words              | Afirmación por sí sola
claim_kind              | text     | Kind of claim                       | Tipo de afirmación
figure_value            | decimal  | Figure                              | Cifra
figure_low              | decimal  | Figure, at least                    | Cifra, como poco
figure_high             | decimal  | Figure, at most                     | Cifra, como mucho
figure_unit             | text     | Unit                                | Unidad
figure_hedge            | text     | Hedge of the figure                 | Matiz de la cifra
time_text               | text     | When, in the article's words        | Cuándo, con las palabras del artículo
time_from               | day      | From                                | Desde
time_to                 | day      | To                                  | Hasta
sources                 | list     | Who said it and who relayed it      | Quién lo dijo y quién lo transmitió
origin_source           | text     | Where it comes from                 | De dónde viene
attribution_mode        | text     | How it is attributed                | Cómo se atribuye
attribution_verdict     | text     | Did they say it?                    | ¿Lo dijeron?
state                   | text!    | State                               | Estado
verdict_code            | text     | Verdict                             | Veredicto
verdict_label           | text     | Verdict in words                    | Veredicto en palabras
verdict_scale           | integer  | Version of the scale                | Versión de la escala
rating_value            | integer  | Rating                              | Nota
rating_worst            | integer  | Worst rating                        | Peor nota
rating_best             | integer  | Best rating                         | Mejor nota
rationale               | text     | Rationale                           | Razonamiento
what_is_true            | text     | What is true                        | Qué es cierto
as_of                   | day      | As of                               | A fecha de
evidence_count          | integer  | Pieces of evidence                  | Pruebas
evidence_urls           | urls     | Addresses of the evidence           | Direcciones de las pruebas
assigned_to             | text     | Assigned to                         | Asignada a
reviewed_by             | text     | Reviewed by                         | Revisada por
approved_by             | text     | Approved by                         | Aprobada por
reviewed_at             | instant  | Reviewed at                         | Revisada el
published_at            | instant  | Published at                        | Publicada el
last_changed_at         | instant  | Last changed at                     | Último cambio
correction_count        | integer  | Corrections                         | Correcciones
tags                    | list     | Tags                                | Etiquetas
language                | text     | Language                            | Idioma
published_version       | integer  | Published version                   | Versión publicada
figure_bound            | text     | Bound of the figure                 | Límite de la cifra
figure_text             | text     | Figure, in the article's words      | Cifra, con las palabras del artículo
claim_made_on           | day      | Claim made on                       | Afirmación hecha el
quote_locator           | text     | Place in the document               | Lugar en el documento
`)}

// VerdictColumns is the fixed header of verdicts.csv.
var VerdictColumns = VerdictProfile.Names()

// VerdictRow is one line of verdicts.csv before it is written.
type VerdictRow struct {
	claims.ClaimRow
	URL          string // permalink
	Locator      string // where in a document or recording it stands
	Evidence     []claims.Evidence
	Scale        claims.Scale // the version that the verdict was given on
	AssigneeName string
	ReviewerName string
	ApproverName string
}

// VerdictCells gives a row as verdicts.csv has it, before anything is put before cells
// for spreadsheets.
func VerdictCells(r VerdictRow) map[string]string {
	out := map[string]string{}
	for name, c := range verdictCells(r, "") {
		out[name] = c.value
	}
	return out
}

// assertionProfile is what the engine found, as a table.
var assertionProfile = Profile{Name: "claims", Columns: columns(`
file                 | text!    | |
article_published_at | day      | |
language             | text     | |
quote                | text     | |
quote_start          | integer  | |
quote_end            | integer  | |
claim_text           | text     | |
claim_kind           | text     | |
checkable            | boolean  | |
worth                | decimal  | |
reasons              | list     | |
sources              | list     | |
origin_source        | text     | |
attribution_mode     | text     | |
cue                  | text     | |
figure_text          | text     | |
figure_value         | decimal  | |
figure_low           | decimal  | |
figure_high          | decimal  | |
figure_bound         | text     | |
figure_unit          | text     | |
figure_hedge         | text     | |
time_text            | text     | |
time_from            | day      | |
time_to              | day      | |
`)}

// AssertionRow is a claim that the engine found in the article of a file.
type AssertionRow struct {
	File, Language string
	Published      *claims.Date
	claims.Assertion
}

// NewAssertionWriter begins a table of the claims that the engine found in articles.
func NewAssertionWriter(w io.Writer, o Options) (*Writer[AssertionRow], error) {
	return newWriter(w, assertionProfile, o, assertionCells)
}

func assertionCells(a AssertionRow) cells {
	out := cells{}
	row := VerdictRow{ClaimRow: claims.ClaimRow{Claim: claims.Claim{Assertion: a.Assertion, Language: a.Language}, ArticlePublished: a.Published}}
	articleCells(row, out)
	wordingCells(row, out)
	figureCells(row, out)
	attributionCells(row, out)
	out.set("file", a.File)
	out.set("checkable", strconv.FormatBool(a.Checkable))
	out.set("worth", strconv.FormatFloat(a.Worth, 'f', 2, 64))
	out.list("reasons", a.Reasons)
	if len(a.Attributions) > 0 && a.Attributions[0].Cue != nil {
		out.set("cue", a.Attributions[0].Cue.Text)
	}
	return out
}

// sourceItem is an entry of the column sources in JSON Lines.
type sourceItem struct {
	Name string            `json:"name"`
	Kind claims.SourceKind `json:"kind"`
	Role string            `json:"role"` // source, via or original
}

func verdictCells(r VerdictRow, lang string) cells {
	if lang == "" {
		lang = r.Language
	}
	out := cells{}
	out.set("schema_version", verdictSchema)
	out.set("claim_id", r.ID)
	out.set("claim_url", r.URL)
	out.set("claim_version", strconv.FormatInt(r.Version, 10))
	articleCells(r, out)
	wordingCells(r, out)
	figureCells(r, out)
	attributionCells(r, out)
	judgementCells(r, lang, out)
	workCells(r, out)
	return out
}

func articleCells(r VerdictRow, out cells) {
	out.set("article_id", r.Article)
	out.set("article_title", r.ArticleTitle)
	out.set("article_url", articleURL(r.ClaimRow))
	out.set("article_outlet", r.ArticleOutlet)
	out.set("article_published_at", date(r.ArticlePublished))
	out.set("article_snapshot_sha256", r.SnapshotSHA256)
}

func wordingCells(r VerdictRow, out cells) {
	out.set("quote", r.Quote())
	if n := len(r.Fragments); n > 0 {
		out.set("quote_start", strconv.Itoa(r.Fragments[0].Start))
		out.set("quote_end", strconv.Itoa(r.Fragments[n-1].End))
	}
	out.set("quote_locator", r.Locator)
	out.set("claim_text", r.Standalone)
	out.set("claim_kind", string(r.Kind))
	out.list("tags", r.Tags)
	out.set("language", r.Language)
	out.set("claim_made_on", date(r.MadeOn))
}

func figureCells(r VerdictRow, out cells) {
	if len(r.Quantities) > 0 {
		q := r.Quantities[0]
		out.set("figure_value", number(q.Value))
		out.set("figure_low", number(q.Low))
		out.set("figure_high", number(q.High))
		out.set("figure_unit", q.Unit)
		out.set("figure_hedge", q.Hedge)
		out.set("figure_bound", string(q.Bound))
		out.set("figure_text", q.Text)
	}
	if len(r.Times) > 0 {
		t := r.Times[0]
		out.set("time_text", t.Text)
		out.set("time_from", date(t.From))
		out.set("time_to", date(t.To))
	}
}

func attributionCells(r VerdictRow, out cells) {
	var sources []string
	var items []sourceItem
	origin, mode := "", claims.ModeNone
	add := func(l claims.Link, role string) {
		sources = append(sources, escape(linkName(l))+"|"+escape(string(l.Kind))+"|"+role)
		items = append(items, sourceItem{linkName(l), l.Kind, role})
	}
	for i, a := range r.Attributions {
		if i == 0 {
			mode = a.Mode
		}
		for _, l := range a.Sources {
			add(l, "source")
			if origin == "" {
				origin = linkName(l)
			}
		}
		for _, l := range a.Via {
			add(l, "via")
		}
		if a.Original != nil {
			add(*a.Original, "original")
			origin = linkName(*a.Original)
		}
	}
	out["sources"] = cell{strings.Join(sources, "; "), items}
	out.set("origin_source", origin)
	out.set("attribution_mode", string(mode))
}

func judgementCells(r VerdictRow, lang string, out cells) {
	v := r.Verdict
	if v == nil {
		return
	}
	out.set("attribution_verdict", v.Attribution)
	out.set("verdict_code", v.Content)
	if s, ok := r.Scale.ContentStep(v.Content); ok {
		out.set("verdict_label", s.Label(lang))
		if worst, best, ranged := r.Scale.Range(); ranged && s.Number != nil {
			out.set("rating_value", strconv.Itoa(*s.Number))
			out.set("rating_worst", strconv.Itoa(worst))
			out.set("rating_best", strconv.Itoa(best))
		}
	}
	out.set("verdict_scale", strconv.FormatInt(v.Scale, 10))
	out.set("rationale", v.Rationale)
	out.set("what_is_true", v.WhatIsTrue)
	out.set("as_of", date(v.AsOf))
}

func workCells(r VerdictRow, out cells) {
	out.set("state", string(r.State))
	var urls []string
	for _, e := range r.Evidence {
		if e.URL != "" { // a file has none
			urls = append(urls, e.URL)
		}
	}
	out.set("evidence_count", strconv.Itoa(len(r.Evidence)))
	out.urls("evidence_urls", urls)
	out.set("assigned_to", r.AssigneeName)
	out.set("reviewed_by", r.ReviewerName)
	out.set("approved_by", r.ApproverName)
	out.set("reviewed_at", instant(r.ReviewedAt))
	out.set("published_at", instant(r.PublishedAt))
	out.set("last_changed_at", instant(&r.UpdatedAt))
	out.set("correction_count", strconv.Itoa(r.Corrections))
	out.set("published_version", strconv.Itoa(r.PublishedVersion))
}

func date(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
