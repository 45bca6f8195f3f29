package workflow

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cotejo/claims"
	"cotejo/claims/extract"
	"cotejo/claims/text"
)

// Bounds of the ledger of figures.
const (
	maxFigureClaims = 2000 // claims whose figures are looked at, those changed last
	nearby          = 160  // code points between shares of one whole
	leastLetters    = 3    // of a word that says what is counted
)

// FigureFilter narrows the ledger; zero fields do not narrow.
type FigureFilter struct {
	Query string // words of the claims
	About string // id of an article or a claim: the things that it gives figures of
	Thing string // key of any figure of a thing
	Doubt bool   // only what does not fit together
}

// FiguresView is the ledger of figures.
type FiguresView struct {
	Things []claims.Thing        // with two figures or more
	Single []claims.Thing        // with one
	Doubts []claims.ArticleDoubt // within articles
	Claims int                   // that were looked at
	Cut    bool                  // there are older ones that were not
	Scales claims.Scales
}

// Figures gathers every figure that is claimed, but by claims that were set aside, by
// the thing that it is about.
func (d *Desk) Figures(ctx context.Context, actor claims.Actor, f FigureFilter) (FiguresView, error) {
	var v FiguresView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		var wrong faults
		wrong.text("q", f.Query, maxLine)
		if err := wrong.err(); err != nil {
			return err
		}
		v = FiguresView{}
		if v.Scales, err = r.Scales(ctx); err != nil {
			return err
		}
		rows, cut, err := figureClaims(ctx, r, f.Query)
		if err != nil {
			return err
		}
		v.Claims, v.Cut = len(rows), cut
		v.gather(rows, f)
		return nil
	})
	return v, err
}

// saying are the states of claims that still say something.
var saying = slices.DeleteFunc(slices.Clone(claims.States), func(s claims.State) bool {
	return s == claims.StateDismissed || s == claims.StateWithdrawn
})

// figureClaims reads the claims with figures, those changed last.
func figureClaims(ctx context.Context, r claims.ClaimReader, query string) (rows []claims.ClaimRow, cut bool, err error) {
	f := claims.ClaimFilter{States: saying, Figures: true, Query: query, Order: claims.OrderUpdated, Page: claims.Page{Limit: maxLimit}}
	for {
		page, next, err := r.Claims(ctx, f)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, page...)
		if next == "" {
			return rows, false, nil
		}
		if len(rows) >= maxFigureClaims {
			return rows, true, nil
		}
		f.Cursor = next
	}
}

// gather puts the figures of claims together as the filter asks.
func (v *FiguresView) gather(rows []claims.ClaimRow, f FigureFilter) {
	figures := figuresOf(rows)
	about, _ := claims.PlainID(f.About)
	wanted := func(t claims.Thing) bool {
		return (f.Thing == "" || t.HasKey(f.Thing)) && (f.About == "" || t.Holds(about)) && (!f.Doubt || len(t.Clashes) > 0)
	}
	for _, t := range claims.ThingsOf(figures) {
		switch {
		case !wanted(t):
		case len(t.Figures) > 1:
			v.Things = append(v.Things, t)
		default:
			v.Single = append(v.Single, t)
		}
	}
	if f.Thing != "" {
		return
	}
	for _, d := range doubtsIn(figures) {
		if f.About == "" || slices.ContainsFunc(d.Figures, func(r claims.FigureRow) bool { return r.Claim == about || r.Article == about }) {
			v.Doubts = append(v.Doubts, d)
		}
	}
}

// FigureDoubts gives what does not fit together among the figures of some claims:
// sums, shares, and figures of one article that contradict one another.
func FigureDoubts(rows []claims.ClaimRow) []claims.ArticleDoubt {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r claims.ClaimRow) bool { return !slices.Contains(saying, r.State) || len(r.Quantities) == 0 })
	if len(rows) == 0 {
		return nil
	}
	figures := figuresOf(rows)
	out := doubtsIn(figures)
	for _, t := range claims.ThingsOf(figures) {
		for _, c := range t.Clashes {
			if a, b := t.Figures[c.A], t.Figures[c.B]; a.Article == b.Article {
				out = append(out, claims.ArticleDoubt{Doubt: c.Doubt, Figures: []claims.FigureRow{a, b}})
			}
		}
	}
	return out
}

// figureReader reads figures out of claims, with the words of their languages.
type figureReader struct {
	words map[string]extract.FigureWords
}

func (r *figureReader) of(lang string) extract.FigureWords {
	w, known := r.words[lang]
	if !known {
		w = extract.FigureWordsOf(lang)
		r.words[lang] = w
	}
	return w
}

func figuresOf(rows []claims.ClaimRow) (out []claims.FigureRow) {
	r := figureReader{map[string]extract.FigureWords{}}
	for _, row := range rows {
		for i, q := range row.Quantities {
			if _, _, ok := q.Reach(); !ok {
				continue
			}
			out = append(out, r.figure(row, i))
		}
	}
	return out
}

// figure reads one figure of a claim.
func (r *figureReader) figure(row claims.ClaimRow, i int) claims.FigureRow {
	q := row.Quantities[i]
	f := claims.FigureRow{Figure: claims.Figure{Quantity: q, Claim: row.ID, Article: row.Article, Place: i}, Row: row, Said: saidOn(row)}
	f.From, f.To = aboutTime(row, q, f.Said)
	for _, l := range claims.SaidBy(row.Attributions) {
		if name := linkName(l); name != "" && !slices.Contains(f.By, name) {
			f.By = append(f.By, name)
		}
	}
	words := r.of(row.Language)
	f.Topic, f.Words = topicOf(row, q, f.By, words)
	f.Share = shareOf(row, q, words)
	return f
}

func linkName(l claims.Link) string {
	if l.Name != "" {
		return l.Name
	}
	return l.Text
}

// saidOn is when a claim was made, as far as the desk knows.
func saidOn(row claims.ClaimRow) claims.Date {
	switch {
	case row.MadeOn != nil:
		return *row.MadeOn
	case row.ArticlePublished != nil:
		return *row.ArticlePublished
	}
	return claims.Date(row.CreatedAt.UTC().Format(time.DateOnly))
}

// aboutTime is the time that a figure is about: that of the expression nearest to it,
// or, where the claim gives none, the month in which it was said.
func aboutTime(row claims.ClaimRow, q claims.Quantity, said claims.Date) (from, to *claims.Date) {
	if len(row.Times) == 0 {
		month := said[:min(len(said), len("2006-01"))]
		return &month, &month
	}
	nearest, least := row.Times[0], -1
	for _, t := range row.Times {
		gap := max(t.Start-q.End, q.Start-t.End, 0)
		if least < 0 || gap < least {
			nearest, least = t, gap
		}
	}
	return nearest.From, nearest.To
}

// topicOf reads what a figure is about from the wording of its claim.
func topicOf(row claims.ClaimRow, q claims.Quantity, by []string, known extract.FigureWords) (claims.About, []string) {
	stem := func(word string) string { return text.Fold(text.Stem(word, row.Language)) }
	t := claims.About{Language: row.Language, Measure: known.Measures[text.Fold(q.Unit)] || !lettered(q.Unit)}
	var units []string
	for _, word := range text.Words(q.Unit) {
		units = append(units, stem(word))
	}
	if t.Unit = strings.Join(units, " "); t.Unit == "" {
		t.Unit = strings.TrimSpace(q.Unit)
	}
	leave := map[string]bool{}
	for _, words := range append([]string{q.Text, q.Unit}, timeTexts(row.Times)...) {
		for _, word := range text.Words(words) {
			leave[stem(word)] = true
		}
	}
	said := map[string]bool{}
	for _, name := range by {
		for _, word := range text.Words(name) {
			said[stem(word)] = true
		}
	}
	var written []string
	for i, word := range text.Words(withoutSupplied(row.Standalone)) {
		term := stem(word)
		if leave[term] || said[term] || known.Function[text.Fold(word)] || len([]rune(word)) < leastLetters || strings.ContainsAny(word, "0123456789") || slices.Contains(t.Terms, term) {
			continue
		}
		t.Terms, written = append(t.Terms, term), append(written, word)
		if i > 0 && unicode.IsUpper([]rune(word)[0]) {
			t.Names = append(t.Names, term)
		}
	}
	return t, written
}

func lettered(unit string) bool { return strings.IndexFunc(unit, unicode.IsLetter) >= 0 }

func timeTexts(times []claims.Time) []string {
	out := make([]string, len(times))
	for i, t := range times {
		out[i] = t.Text
	}
	return out
}

// withoutSupplied leaves out of a wording the dates that stand in square brackets.
func withoutSupplied(s string) string {
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '[')
		end := strings.IndexByte(s, ']')
		if open < 0 || end < open {
			break
		}
		b.WriteString(s[:open])
		if inner := s[open+1 : end]; !strings.ContainsAny(inner, "0123456789") {
			b.WriteString(inner)
		}
		s = s[end+1:]
	}
	return b.String() + s
}

// shareOf is the stem of the whole of which a percentage is a share ("45 % of the
// towns"), "" where the words name none.
func shareOf(row claims.ClaimRow, q claims.Quantity, known extract.FigureWords) string {
	if q.Unit != "%" {
		return ""
	}
	after := text.Words(textBetween(row, q.End, q.End+40))
	if len(after) < 2 || !known.Of[text.Fold(after[0])] {
		return ""
	}
	for _, word := range after[1:] {
		if !known.Function[text.Fold(word)] && !known.Of[text.Fold(word)] {
			return text.Fold(text.Stem(word, row.Language))
		}
	}
	return ""
}

// textBetween is what a claim's words say between two places of the article, "" where
// it does not reach there.
func textBetween(row claims.ClaimRow, from, to int) string {
	for _, f := range row.Fragments {
		if f.Start <= from && from <= f.End {
			words := []rune(f.Text)
			return string(words[min(from-f.Start, len(words)):min(max(to-f.Start, 0), len(words))])
		}
	}
	return ""
}

// doubtsIn looks for sums and shares that do not fit, article by article.
func doubtsIn(figures []claims.FigureRow) (out []claims.ArticleDoubt) {
	r := figureReader{map[string]extract.FigureWords{}}
	byText, order := map[string][]claims.FigureRow{}, []string{}
	for _, f := range figures {
		key := f.Article + "\x00" + strconv.Itoa(f.Row.Snapshot)
		if byText[key] == nil {
			order = append(order, key)
		}
		byText[key] = append(byText[key], f)
	}
	for _, key := range order {
		list := inOrder(byText[key])
		for i := range list {
			if sum := sumAt(list, i, r.of(list[i].Row.Language)); sum != nil && claims.SumDoubt(sum[0].Quantity, quantities(sum[1:])) {
				out = append(out, claims.ArticleDoubt{Doubt: claims.FigureSum, Figures: sum})
			}
		}
		for _, whole := range sharesOf(list) {
			if claims.PercentDoubt(quantities(whole)) {
				out = append(out, claims.ArticleDoubt{Doubt: claims.FigurePercent, Figures: whole})
			}
		}
	}
	return out
}

// inOrder sorts figures as they stand in the text; the same words in two claims are
// one figure.
func inOrder(list []claims.FigureRow) []claims.FigureRow {
	slices.SortStableFunc(list, func(a, b claims.FigureRow) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return slices.CompactFunc(list, func(next, last claims.FigureRow) bool { return next.Start < last.End })
}

func quantities(rows []claims.FigureRow) []claims.Quantity {
	out := make([]claims.Quantity, len(rows))
	for i, r := range rows {
		out[i] = r.Quantity
	}
	return out
}

// sumAt gives the total at a place and its parts ("12, of whom 5 … and 9 …"), the
// total first; nil where there is no such thing.
func sumAt(list []claims.FigureRow, i int, known extract.FigureWords) []claims.FigureRow {
	if i+2 >= len(list) || !divides(list[i], list[i+1], known) {
		return nil
	}
	out := []claims.FigureRow{list[i]}
	for n := i + 1; n < len(list) && sameSentence(list[n-1], list[n]); n++ {
		if (list[n].Unit == "%") == (list[i].Unit == "%") {
			out = append(out, list[n])
		}
	}
	return out
}

// divides reports whether what leads from one figure to the next says that the next is
// a part of it.
func divides(total, part claims.FigureRow, known extract.FigureWords) bool {
	lead := textBetween(part.Row, total.End, part.Start)
	if lead == "" {
		lead = leadTo(part)
	}
	if !sameSentence(total, part) {
		return false
	}
	lead = " " + strings.Join(text.Words(text.Fold(lead)), " ") + " "
	lead += strings.Join(text.Words(text.Fold(part.Text)), " ") + " " // "of whom 5" may be the figure's own words
	return slices.ContainsFunc(known.Partitive, func(cue string) bool { return strings.Contains(lead, " "+cue+" ") })
}

// leadTo is what a claim says before its figure, from its fragment's beginning on.
func leadTo(f claims.FigureRow) string {
	for _, frag := range f.Row.Fragments {
		if frag.Start <= f.Start && f.Start <= frag.End {
			words := []rune(frag.Text)
			return string(words[:min(f.Start-frag.Start, len(words))])
		}
	}
	return ""
}

// sameSentence reports whether no sentence ends between two figures, as far as what
// the claims keep of their surroundings tells.
func sameSentence(a, b claims.FigureRow) bool {
	if b.Start-a.End > nearby {
		return false
	}
	between := textBetween(a.Row, a.End, b.Start)
	if len([]rune(between)) < b.Start-a.End {
		gap := []rune(a.Row.Suffix)
		between += string(gap[:min(len(gap), max(0, b.Start-endOf(a)))]) + leadTo(b)
	}
	return !strings.ContainsAny(between, ".!?\n")
}

// endOf is where the fragment ends in which a figure stands.
func endOf(f claims.FigureRow) int {
	for _, frag := range f.Row.Fragments {
		if frag.Start <= f.Start && f.Start <= frag.End {
			return frag.End
		}
	}
	return f.End
}

// sharesOf gathers the shares of one whole that one and the same says near one another,
// of one time where their claims give times.
func sharesOf(list []claims.FigureRow) (out [][]claims.FigureRow) {
	for _, f := range list {
		if f.Share == "" {
			continue
		}
		i := slices.IndexFunc(out, func(whole []claims.FigureRow) bool {
			last := whole[len(whole)-1]
			return last.Share == f.Share && f.Start-last.End <= nearby && slices.Equal(last.By, f.By) && !otherTime(last, f)
		})
		if i < 0 {
			out = append(out, []claims.FigureRow{f})
		} else {
			out[i] = append(out[i], f)
		}
	}
	return out
}

func otherTime(a, b claims.FigureRow) bool {
	return len(a.Row.Times) > 0 && len(b.Row.Times) > 0 && (dateOf(a.From) != dateOf(b.From) || dateOf(a.To) != dateOf(b.To))
}

func dateOf(d *claims.Date) string {
	if d == nil {
		return ""
	}
	return string(*d)
}
