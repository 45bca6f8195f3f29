package workflow

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/sheet"
)

// Claim adds a claim of a table to its article, which is fetched where the desk has none
// at that address. An error ends the whole import.
//
// A row that names a claim of this desk's is passed over: what it changes is for a round
// trip to tell.
func (im *Importer) Claim(ctx context.Context, row sheet.Row) (ImportOutcome, error) {
	out := ImportOutcome{Line: row.Line, What: named(row.Cells["quote"])}
	if row.Problem != nil {
		out.Fate, out.Problem = ImportRefused, row.Problem
		return out, nil
	}
	known, err := im.knownClaim(ctx, row.Cells)
	if known || err != nil {
		if known {
			out.Fate, out.Claim = ImportKnown, plainID(row.Cells["claim_id"])
		}
		return im.settle(ctx, out, err)
	}
	article, err := im.articleOf(ctx, row.Cells, &out)
	if err == nil && article == "" {
		err = im.beforeFetching(ctx, row.Cells)
	}
	if err != nil || article == "" {
		return im.settle(ctx, out, err)
	}
	out.Article = article
	return im.settle(ctx, out, im.claimIn(ctx, article, row.Cells, &out))
}

func plainID(s string) string {
	id, _ := claims.PlainID(s)
	return id
}

// knownClaim reports whether a row names a claim that is here.
func (im *Importer) knownClaim(ctx context.Context, c sheet.Cells) (known bool, err error) {
	id, ok := claims.PlainID(c["claim_id"])
	if !ok {
		return false, nil
	}
	err = im.desk.view(ctx, im.actor, func(r claims.Reader) error {
		_, err := r.Claim(ctx, id)
		known = err == nil
		if missing(err) {
			return nil
		}
		return err
	})
	return known, err
}

// articleOf gives the article that a row names by id or address; "" in a dry run that
// would fetch it first.
func (im *Importer) articleOf(ctx context.Context, c sheet.Cells, out *ImportOutcome) (string, error) {
	if id := strings.TrimSpace(c["article_id"]); id != "" {
		var found string
		err := im.desk.view(ctx, im.actor, func(r claims.Reader) error {
			a, err := r.Article(ctx, clip(id, maxName))
			found = a.ID
			return err
		})
		if err == nil || !missing(err) || c["article_url"] == "" {
			return found, err
		}
	}
	address := strings.TrimSpace(c["article_url"])
	if address == "" {
		return "", claims.Refuse(claims.KindInvalid, "import.no_article")
	}
	var f faults
	f.link("url", address)
	if err := f.err(); err != nil {
		return "", err
	}
	if row, ok := im.articles[address]; ok {
		out.Fate, out.Fetches = ImportReady, row.err == nil && row.id == ""
		return row.id, row.err
	}
	id, err := im.articleAtOrFetched(ctx, address, c, out)
	if ctx.Err() == nil {
		im.articles[address] = articleRow{id, err}
	}
	return id, err
}

func (im *Importer) articleAtOrFetched(ctx context.Context, address string, c sheet.Cells, out *ImportOutcome) (string, error) {
	there, err := im.articleAt(ctx, address)
	if there != "" || err != nil {
		return there, err
	}
	if im.dry {
		out.Fetches = true
		return "", im.wouldFetch(ctx, address, out)
	}
	hint := im.options.Hint
	for to, column := range map[*string]string{&hint.Title: "article_title", &hint.Outlet: "article_outlet", &hint.Published: "article_published_at", &hint.Language: "language"} {
		if c[column] != "" {
			*to = c[column]
		}
	}
	made := ImportOutcome{}
	err = im.fetch(ctx, address, hint, &made)
	if like, ok := duplicateIn(err); ok {
		return like, nil // the same text under another address
	}
	return made.Article, err
}

// claimIn adds the claim of a row to its article, or says whether it would.
func (im *Importer) claimIn(ctx context.Context, article string, c sheet.Cells, out *ImportOutcome) error {
	a, snap, err := im.desk.placeOf(ctx, im.actor, NewClaim{Article: article})
	if err != nil {
		return err
	}
	text := []rune(snap.Text)
	marked, err := locateAll(text, c)
	if err != nil {
		return err
	}
	in := NewClaim{Article: a.ID, Fragments: marked, Standalone: c["claim_text"], Kind: claims.Kind(strings.TrimSpace(c["claim_kind"])), Attributions: attributionsOf(c)}
	assertion, err := in.assertion(ctx, a, text)
	if err != nil {
		return err
	}
	key := "claim:" + digest([]byte(strings.Join([]string{a.ID, strconv.Itoa(marked[0].Start), assertion.Quote(), assertion.Standalone}, "\x00")))
	if over, err := im.before(ctx, key, out); over || err != nil {
		return err
	}
	if twin, err := im.twin(ctx, a, snap, marked); twin != "" || err != nil {
		out.Fate, out.Claim = ImportDuplicate, twin
		return err
	}
	if im.dry {
		out.Fate = ImportReady
		return im.desk.view(ctx, im.actor, func(r claims.Reader) error { return checkCells(ctx, r, c) })
	}
	return im.desk.act(ctx, im.actor, func(t *tx) error {
		if err := t.may(claims.ActClaimSuggest); err != nil {
			return err
		}
		made, err := t.addClaim(ctx, a, snap, assertion, func(made *claims.Claim) error { return t.cellsOf(ctx, made, c) })
		if err != nil {
			return err
		}
		out.Fate, out.Claim = ImportTaken, made.ID
		return im.mark(ctx, t, key, a.ID, made.ID)
	})
}

// beforeFetching says what is wrong with a row before its article is there to look at.
func (im *Importer) beforeFetching(ctx context.Context, c sheet.Cells) error {
	if len(c.Quotes()) == 0 {
		return claims.Invalid("quote", "claim.quote_missing")
	}
	return im.desk.view(ctx, im.actor, func(r claims.Reader) error { return checkCells(ctx, r, c) })
}

// twin gives the claim of people that stands on the same words, "" where there is none.
func (im *Importer) twin(ctx context.Context, a claims.Article, snap claims.Snapshot, marked []claims.Fragment) (id string, err error) {
	err = im.desk.view(ctx, im.actor, func(r claims.Reader) error {
		id = ""
		return r.EachClaim(ctx, claims.ClaimFilter{Article: a.ID}, func(row claims.ClaimRow) error {
			if id == "" && row.Snapshot == snap.N && (row.Origin.By == claims.ByPerson || row.Origin.Accepted) && slices.EqualFunc(row.Fragments, marked, func(f, g claims.Fragment) bool { return f.Span == g.Span }) {
				id = row.ID
			}
			return nil
		})
	})
	return id, err
}

// locateAll finds the fragments of a row one after the other. Where the first stood
// decides only among several places: the text may be another one by now.
func locateAll(text []rune, c sheet.Cells) ([]claims.Fragment, error) {
	quotes := c.Quotes()
	if len(quotes) == 0 {
		return nil, claims.Invalid("quote", "claim.quote_missing")
	}
	var start *int
	if n, ok := c.Start(); ok {
		start = &n
	}
	first, err := locate(text, quotes[0], start)
	if err != nil && start != nil {
		first, err = locate(text, quotes[0], nil)
	}
	if err != nil && len(quotes) == 1 {
		return nil, err
	}
	if err != nil { // the further fragments may decide
		if first, err = locate(text, quotes[0], firstPlace(text, quotes[0])); err != nil {
			return nil, err
		}
	}
	out := first
	for _, quote := range quotes[1:] {
		from := out[len(out)-1].End
		places := occurrences(text[from:], []rune(strings.Join(strings.Fields(quote), " ")))
		if len(places) == 0 {
			return nil, quoteError("claim.quote_not_found", clip(quote, maxLine))
		}
		span := claims.Span{Start: places[0].Start + from, End: places[0].End + from}
		words, _ := claims.Slice(text, span)
		out = append(out, claims.Fragment{Span: span, Text: words})
	}
	return out, nil
}

// firstPlace is where words stand first, nil where they do not.
func firstPlace(text []rune, words string) *int {
	places := occurrences(text, []rune(strings.Join(strings.Fields(words), " ")))
	if len(places) == 0 {
		return nil
	}
	return &places[0].Start
}

// attributionsOf is the chain of a row: one, as a table has no place for more.
func attributionsOf(c sheet.Cells) []claims.Attribution {
	mode := claims.Mode(strings.TrimSpace(c["attribution_mode"]))
	sources := c.Sources()
	if len(sources) == 0 {
		return nil
	}
	if mode == "" || mode == claims.ModeNone {
		mode = claims.ModeIndirect
	}
	out := claims.Attribution{Mode: mode, Sources: []claims.Link{}, Via: []claims.Link{}}
	for _, s := range sources {
		link := claims.Link{Name: s.Name, Text: s.Name, Kind: claims.SourceKind(s.Kind)}
		switch {
		case s.Role == "via":
			out.Via = append(out.Via, link)
		case s.Role == "original" && out.Original == nil:
			out.Original = &link
		default:
			out.Sources = append(out.Sources, link)
		}
	}
	return []claims.Attribution{out}
}

// verdictOfCells is the verdict of a row; not ok where it has none.
func verdictOfCells(c sheet.Cells) (in VerdictInput, ok bool) {
	in = VerdictInput{Content: strings.TrimSpace(c["verdict_code"]), Attribution: strings.TrimSpace(c["attribution_verdict"]), Rationale: c["rationale"], WhatIsTrue: c["what_is_true"], AsOf: c["as_of"]}
	return in, in.Content != "" || in.Attribution != "" || in.Rationale != "" || in.WhatIsTrue != ""
}

// checkCells says what is wrong with the cells beside a row's words.
func checkCells(ctx context.Context, r claims.Reader, c sheet.Cells) error {
	var f faults
	f.date("made_on", c["claim_made_on"])
	f.list("tags", tidy(c.List("tags")), maxTags, maxTag)
	if in, ok := verdictOfCells(c); ok {
		scale, err := r.Scale(ctx, 0)
		if err != nil {
			return err
		}
		if _, err := in.verdict(scale); f.take(err) != nil {
			return err
		}
	}
	return f.err()
}

// cellsOf puts on a new claim what a row says beside its words. A verdict is a proposal
// of whoever imports it: somebody else has to approve it here.
func (t *tx) cellsOf(ctx context.Context, made *claims.Claim, c sheet.Cells) error {
	if err := checkCells(ctx, t, c); err != nil {
		return err
	}
	var f faults
	made.MadeOn, made.Tags = f.date("made_on", c["claim_made_on"]), tidy(c.List("tags"))
	if len(made.Tags) > 0 {
		if err := t.may(claims.ActClaimTriage); err != nil {
			return err
		}
	}
	if in, ok := verdictOfCells(c); ok {
		return t.judge(ctx, made, in)
	}
	return nil
}
