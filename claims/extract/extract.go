// Package extract turns an article's text into checkable claims with their
// sources, figures and dates: text in, structure out, with no database, clock or
// network. The same input gives the same output on every machine.
package extract

import (
	"context"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/quantity"
	"cotejo/claims/extract/quote"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
)

// Schema names the shape of Result.
const Schema = "cotejo.extract/1"

// MaxInput is the longest text that Run takes, in bytes.
const MaxInput = 10 << 20

// NoticeNoPack is the notice of a text in a language without a pack.
const NoticeNoPack = "language.no_pack"

// Input is an article, already normalised: valid UTF-8, LF line ends, no date line.
type Input struct {
	Text      string
	Language  string       // an ISO 639 code; required
	Published *claims.Date // what relative dates resolve against
	Title     string
}

// Article is what the claims' offsets point into.
type Article struct {
	Text      string       `json:"text"`
	Language  string       `json:"language"`
	Published *claims.Date `json:"published"`
	Title     *string      `json:"title"`
}

// Result is the answer of Run. Quantities and Quotes are given, be they empty,
// only where the language has no pack and so no claims; else they are nil.
type Result struct {
	Schema     string             `json:"schema"`
	Article    Article            `json:"article"`
	Claims     []claims.Assertion `json:"claims"`
	Notice     string             `json:"notice,omitempty"`
	Quantities []claims.Quantity  `json:"quantities,omitzero"`
	Quotes     []claims.Fragment  `json:"quotes,omitzero"`
}

// Run extracts the claims of one article, in article order. It never changes the text.
func Run(ctx context.Context, in Input) (Result, error) {
	if err := check(in); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	out := Result{Schema: Schema, Article: Article{Text: in.Text, Language: in.Language, Published: in.Published}, Claims: []claims.Assertion{}}
	if in.Title != "" {
		out.Article.Title = &in.Title
	}
	doc := segment.Split(in.Text, in.Language)
	if _, ok := reading.LexiconFor(in.Language); !ok {
		out.Notice, out.Quantities, out.Quotes = NoticeNoPack, quantity.Find(doc), fragments(doc, quote.Find(doc))
		return out, nil
	}
	r, err := reading.Of(doc, in.Published)
	if err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	idx := names.Find(r)
	reports := attribute.Find(r, idx)
	b := builder{r: r, names: idx, reports: reports.Reports, quantities: quantity.FindWith(doc, r.Times), times: r.Times}
	for _, c := range clause.Find(r, reports) {
		out.Claims = append(out.Claims, b.assertion(c))
	}
	return out, nil
}

func check(in Input) error {
	switch {
	case in.Language == "":
		return claims.Invalid("language", "language.missing")
	case len(in.Text) > MaxInput:
		return claims.Refuse(claims.KindTooLarge, "article.too_large", MaxInput>>20)
	case !utf8.ValidString(in.Text):
		return claims.Refuse(claims.KindUnsupported, "article.not_utf8")
	}
	return nil
}

func fragments(doc *segment.Document, quotes []quote.Quote) []claims.Fragment {
	out := []claims.Fragment{}
	for _, q := range quotes {
		out = append(out, claims.Fragment{Span: q.Inner, Text: doc.Slice(q.Inner)})
	}
	return out
}
