// Package extract turns an article's text into checkable claims with their
// sources, figures and dates: text in, structure out, with no database, clock or
// network. The same input gives the same output on every machine.
package extract

import (
	"context"
	"slices"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/quantity"
	"cotejo/claims/extract/quote"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/score"
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
	b, found, err := assemble(ctx, doc, in.Published)
	if err != nil {
		return Result{}, err
	}
	out.Claims = slices.Grow(out.Claims, len(found))
	for _, c := range found {
		claim, _ := b.rated(c)
		out.Claims = append(out.Claims, claim)
	}
	return out, nil
}

// assemble reads a document and finds its clauses.
func assemble(ctx context.Context, doc *segment.Document, published *claims.Date) (*builder, []clause.Clause, error) {
	r, err := reading.Of(doc, published)
	if err != nil {
		return nil, nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	idx := names.Find(r)
	reports := attribute.Find(r, idx)
	b := &builder{r: r, names: idx, reports: reports.Reports, quantities: quantity.FindWith(doc, r.Times), times: r.Times}
	return b, clause.Find(r, reports), nil
}

// Verdicts gives what the score says of each claim of an article, with what it
// saw; it is for fitting the weights and measuring them.
func Verdicts(ctx context.Context, in Input) ([]score.Verdict, error) {
	if err := check(in); err != nil {
		return nil, err
	}
	b, found, err := assemble(ctx, segment.Split(in.Text, in.Language), in.Published)
	if err != nil {
		return nil, err
	}
	out := make([]score.Verdict, len(found))
	for i, c := range found {
		_, out[i] = b.rated(c)
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
