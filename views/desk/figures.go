package desk

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/views"
)

// FiguresPage is the ledger of figures.
type FiguresPage struct {
	views.Frame
	Filter      FiguresFilter
	Things      []claims.Thing
	Single      []claims.Thing
	Doubts      []claims.ArticleDoubt
	Claims      int
	Cut         bool
	Scales      claims.Scales
	First, Next string
	SingleLeft  int // things of one figure that are not shown
	MayAdd      bool
}

// FiguresFilter is the ledger's filter as typed.
type FiguresFilter struct {
	Query, About, Thing string
	Doubt               bool
}

// Narrowed reports whether the filter leaves anything out.
func (f FiguresFilter) Narrowed() bool { return f != FiguresFilter{} }

// Path is the ledger's address under a filter, from the given thing on.
func (f FiguresFilter) Path(skip int) string {
	q := url.Values{}
	for key, value := range map[string]string{"q": f.Query, "about": f.About, "thing": f.Thing} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if f.Doubt {
		q.Set("doubt", "1")
	}
	if skip > 0 {
		q.Set("skip", strconv.Itoa(skip))
	}
	if len(q) == 0 {
		return "/figures"
	}
	return "/figures?" + q.Encode()
}

// figuresAbout is the ledger of what an article or a claim gives figures of.
func figuresAbout(id string) string { return FiguresFilter{About: id}.Path(0) }

// empty reports whether there is nothing to show.
func (p FiguresPage) empty() bool { return len(p.Things)+len(p.Single)+len(p.Doubts) == 0 }

// thingName calls a thing by its unit and the words that its figures share.
func (p FiguresPage) thingName(t claims.Thing) string {
	words := strings.Join(t.Words, " ")
	switch {
	case t.Unit == "":
		if words == "" {
			return p.Words.T("figures.unnamed")
		}
		return words
	case words == "":
		return t.Unit
	}
	return t.Unit + " · " + words
}

func thingID(t claims.Thing) string { return "thing-" + t.Key }

// by is who gives a figure: its sources, else the article.
func (p FiguresPage) by(f claims.FigureRow) string {
	if len(f.By) > 0 {
		return strings.Join(f.By, ", ")
	}
	if f.Row.ArticleOutlet != "" {
		return f.Row.ArticleOutlet
	}
	return p.Words.T("figures.article")
}

func (p FiguresPage) figure(f claims.FigureRow) string { return figure(p.Words, f.Quantity) }

// about is the time that a figure is about.
func (p FiguresPage) about(f claims.Figure) string {
	if f.From == nil && f.To == nil {
		return ""
	}
	return timeReading(p.Words, claims.Time{From: f.From, To: f.To})
}

// verdictClass is the colour of the verdict that stands on a figure's claim.
func (p FiguresPage) verdictClass(f claims.FigureRow) string {
	if step, ok := p.verdictStep(f); ok {
		return "f-" + step.Color
	}
	return "f-accent"
}

// verdictStep is the step of a verdict that a second person approved.
func (p FiguresPage) verdictStep(f claims.FigureRow) (claims.Step, bool) {
	if f.Row.Verdict == nil || !f.Row.State.Decided() {
		return claims.Step{}, false
	}
	return p.Scales.Step(claims.LayerContent, f.Row.Verdict.Content)
}

// Chart plots a thing's figures, and gives its table.
func (p FiguresPage) Chart(t claims.Thing) Chart {
	name := p.thingName(t)
	var said []string
	table := Table{Caption: name}
	for _, key := range []string{"figure", "by", "said", "about", "claim", "article", "state", "verdict"} {
		table.Head = append(table.Head, p.Words.T("figures.col."+key))
	}
	for _, f := range t.Figures {
		said = append(said, p.Words.T("figures.said", p.figure(f), p.by(f), p.Words.Calendar(f.Said)))
		verdict := ""
		if step, ok := p.verdictStep(f); ok {
			verdict = step.Label(p.Words.Lang())
		}
		table.Rows = append(table.Rows, []Cell{
			textCell(p.figure(f)), textCell(p.by(f)), textCell(string(f.Said)), textCell(p.about(f.Figure)),
			{Text: f.Row.Standalone, Href: "/claims/" + f.Claim, Lang: f.Row.Language}, {Text: rowTitle(p.Words, f.Row), Href: "/articles/" + f.Article, Lang: f.Row.Language},
			textCell(p.Words.T("state." + string(f.Row.State))), textCell(verdict),
		})
	}
	d := newDrawing("figures-"+t.Key, name, strings.Join(said, " "))
	p.plot(d, t)
	return Chart{*d, table}
}

const (
	plotLeft  = 8.0
	plotRight = drawingWidth - 8
	plotRow   = 38.0
)

// scale says where values stand between the edges of a plot.
type scale struct{ low, high float64 }

// scaleOf covers all that the figures can mean; it begins with zero unless they are
// so near to one another that nothing could be told apart.
func scaleOf(figures []claims.FigureRow) scale {
	s := scale{math.Inf(1), math.Inf(-1)}
	for _, f := range figures {
		low, high, _ := f.Reach()
		for _, v := range []float64{low, high} {
			if !math.IsInf(v, 0) {
				s.low, s.high = min(s.low, v), max(s.high, v)
			}
		}
	}
	if s.low > 0 && s.low < .8*s.high {
		s.low = 0
	}
	if s.high < 0 && s.high > .8*s.low {
		s.high = 0
	}
	if s.low == s.high {
		pad := max(math.Abs(s.low)*.1, 1)
		s.low, s.high = s.low-pad, s.high+pad
	}
	return s
}

func (s scale) at(v float64) float64 {
	return plotLeft + 14 + (plotRight-plotLeft-28)*min(max((v-s.low)/(s.high-s.low), -.03), 1.03)
}

// plot draws a row a figure, in the order of time: a dot for a value, a bar for what
// it can mean, an arrow where it is open.
func (p FiguresPage) plot(d *Drawing, t claims.Thing) {
	s := scaleOf(t.Figures)
	bottom := float64(len(t.Figures))*plotRow + 6
	for _, v := range ticks(s) {
		d.line("grid", s.at(v), 0, s.at(v), bottom)
		d.words("t", "middle", s.at(v), bottom+16, amount(p.Words, v))
	}
	var shown []series
	for i, f := range t.Figures {
		y := float64(i)*plotRow + 14
		class := p.verdictClass(f)
		said := p.Words.Calendar(f.Said)
		room := plotRight - plotLeft - letter*float64(utf8.RuneCountInString(said)) - 12
		d.words("t strong", "start", plotLeft, y, fitting(p.figure(f)+" · "+p.by(f), room*letter/boldLetter))
		d.words("t", "end", plotRight, y, said)
		p.interval(d, class, f, s, y+14)
		label := p.Words.T("figures.no_verdict")
		if step, ok := p.verdictStep(f); ok {
			label = step.Label(p.Words.Lang())
		}
		if one := (series{class, label}); !contains(shown, one) {
			shown = append(shown, one)
		}
	}
	d.Height = d.legend(bottom+24, shown)
}

func contains(list []series, s series) bool {
	for _, known := range list {
		if known == s {
			return true
		}
	}
	return false
}

// interval draws what one figure can mean.
func (p FiguresPage) interval(d *Drawing, class string, f claims.FigureRow, s scale, y float64) {
	low, high, _ := f.Reach()
	tip := p.Words.T("figures.said", p.figure(f), p.by(f), p.Words.Calendar(f.Said))
	from, to := s.at(low), s.at(high)
	if math.IsInf(low, -1) {
		from = plotLeft
		d.path(class, "", step("M", from, y), step("L", from+8, y-5), step("L", from+8, y+5), "Z")
		from += 6
	}
	if math.IsInf(high, 1) {
		to = plotRight
		d.path(class, "", step("M", to, y), step("L", to-8, y-5), step("L", to-8, y+5), "Z")
		to -= 6
	}
	if to > from+1 {
		d.rect(class, tip, from, y-1.5, to-from, 3)
	}
	for i, v := range []float64{low, high} {
		if edge := s.at(v); !math.IsInf(v, 0) && (f.Value == nil || i == 0 && f.Bound == claims.BoundMin || i == 1 && f.Bound == claims.BoundMax || f.Approx) {
			d.rect(class, "", edge-1, y-6, 2, 12)
		}
	}
	if f.Value != nil && f.Bound != claims.BoundMin && f.Bound != claims.BoundMax {
		d.circle(class+" dot", tip, s.at(*f.Value), y, 5.5)
	}
}

// ticks are a few round values within a scale.
func ticks(s scale) (out []float64) {
	size := roundStep((s.high - s.low) / 3)
	for v := math.Ceil(s.low/size) * size; v <= s.high+size/1e6 && len(out) < 6; v += size {
		out = append(out, v)
	}
	return out
}

// roundStep rounds up to 1, 2 or 5 of a power of ten, below 1 too.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= least {
			return n * power
		}
	}
	return 10 * power
}

// clash words two figures that cannot both hold.
func (p FiguresPage) clash(t claims.Thing, c claims.FigureClash) string {
	a, b := t.Figures[c.A], t.Figures[c.B]
	return p.Words.T("figures.clash."+string(c.Doubt), p.figure(a), p.by(a), p.figure(b), p.by(b), p.about(a.Figure))
}

// doubt words what does not fit within an article.
func (p FiguresPage) doubt(d claims.ArticleDoubt) string {
	parts := make([]string, len(d.Figures))
	for i, f := range d.Figures {
		parts[i] = p.figure(f)
	}
	switch d.Doubt {
	case claims.FigureSum:
		return p.Words.T("figures.doubt.sum", parts[0], strings.Join(parts[1:], " + "))
	case claims.FigurePercent:
		return p.Words.T("figures.doubt.percent", strings.Join(parts, " + "))
	}
	return p.Words.T("figures.doubt."+string(d.Doubt), parts[0], parts[1])
}

// shownClashes are as many as a page says.
func shownClashes(t claims.Thing) []claims.FigureClash { return t.Clashes[:min(len(t.Clashes), 6)] }

// doubtClaims are the claims that a doubt is about, once each.
func doubtClaims(d claims.ArticleDoubt) (ids []string) {
	for _, f := range d.Figures {
		if !slices.Contains(ids, f.Claim) {
			ids = append(ids, f.Claim)
		}
	}
	return ids
}

// singleTable lists the figures that stand alone.
func (p FiguresPage) singleTable() Table {
	t := Table{Caption: p.Words.T("figures.single")}
	for _, key := range []string{"thing", "figure", "by", "said", "claim"} {
		t.Head = append(t.Head, p.Words.T("figures.col."+key))
	}
	for _, thing := range p.Single {
		f := thing.Figures[0]
		t.Rows = append(t.Rows, []Cell{
			{Text: p.thingName(thing), Lang: f.Row.Language}, textCell(p.figure(f)), textCell(p.by(f)), textCell(string(f.Said)),
			{Text: f.Row.Standalone, Href: "/claims/" + f.Claim, Lang: f.Row.Language},
		})
	}
	return t
}
