package desk

import (
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ChangesPage shows what became of an article's text from one snapshot to another.
type ChangesPage struct {
	views.Frame
	Article   claims.Article
	Snapshots []claims.Snapshot
	From, To  claims.Snapshot // From.N is 0 where there is nothing to compare with
	Changes   []claims.Change
	Erased    bool
	Claims    []claims.ClaimRow // that do not stand in the newest snapshot
}

// piece is a part of a paragraph: the same on both sides, or what it was and became.
type piece struct {
	Before, After string
	Warnings      []claims.Warning
	N             int // of its first warning on the page
}

func (p piece) same() bool { return p.Before == p.After }

// passage is paragraphs that are shown, or unchanged ones that are folded away.
type passage struct {
	Paragraphs [][]piece
	Folded     bool
}

// pilcrow stands for a line end that came or went.
const pilcrow = "¶"

// setter sets changes into paragraphs.
type setter struct {
	done   [][]piece
	now    []piece
	warned int
}

// setPieces cuts changes into paragraphs.
func setPieces(changes []claims.Change) [][]piece {
	var s setter
	for _, c := range changes {
		switch {
		case c.Same():
			s.lines(c.Before, func(words string) piece { return piece{Before: words, After: words} })
		case strings.TrimSpace(c.Before+c.After) == "":
			s.now = append(s.now, piece{Before: breaks(c.Before), After: breaks(c.After)})
		case strings.Contains(c.Before+c.After, "\n"):
			s.lines(c.Before, func(words string) piece { return piece{Before: words} })
			s.lines(c.After, func(words string) piece { return piece{After: words} })
			s.warn(c.Warnings)
		default:
			s.now = append(s.now, piece{Before: c.Before, After: c.After})
			s.warn(c.Warnings)
		}
	}
	s.end()
	return s.done
}

// lines adds text of which every line end ends a paragraph.
func (s *setter) lines(text string, as func(string) piece) {
	for i, words := range strings.Split(text, "\n") {
		if i > 0 {
			s.end()
		}
		if words != "" {
			s.now = append(s.now, as(words))
		}
	}
}

func (s *setter) end() {
	if len(s.now) > 0 {
		s.done = append(s.done, s.now)
	}
	s.now = nil
}

// warn puts warnings behind what was added last.
func (s *setter) warn(list []claims.Warning) {
	if len(list) == 0 {
		return
	}
	last := s.now
	if len(last) == 0 {
		last = s.done[len(s.done)-1]
	}
	last[len(last)-1].Warnings, last[len(last)-1].N = list, s.warned
	s.warned += len(list)
}

// breaks shows that lines end; other blank space is not shown.
func breaks(s string) string {
	if strings.Contains(s, "\n") {
		return pilcrow
	}
	return ""
}

// folding is how many unchanged paragraphs in a row are worth folding.
const folding = 2

// fold puts away what is unchanged and far from any change: a paragraph on each side stays.
func fold(paragraphs [][]piece) (out []passage) {
	shown := make([]bool, len(paragraphs))
	for i, par := range paragraphs {
		if changed(par) {
			for k := max(0, i-1); k <= min(i+1, len(shown)-1); k++ {
				shown[k] = true
			}
		}
	}
	for i := 0; i < len(paragraphs); {
		end := i
		for end < len(paragraphs) && shown[end] == shown[i] {
			end++
		}
		out = append(out, passage{Paragraphs: paragraphs[i:end], Folded: !shown[i] && end-i >= folding})
		i = end
	}
	return out
}

func changed(par []piece) bool {
	for _, p := range par {
		if !p.same() {
			return true
		}
	}
	return false
}

// warningText words a warning: "figure changed: 15,000 → 12,000".
func warningText(w *i18n.Words, x claims.Warning) string {
	kind := w.T("warn.kind." + string(x.Kind))
	switch {
	case x.Before == "":
		return w.T("warn.added", kind, x.After)
	case x.After == "":
		return w.T("warn.gone", kind, x.Before)
	}
	return w.T("warn.changed", kind, x.Before, x.After)
}

func warningID(n int) string { return "w-" + strconv.Itoa(n+1) }

// snapshotOptions lists the snapshots of an article to choose from.
func snapshotOptions(w *i18n.Words, list []claims.Snapshot) []views.Option {
	out := make([]views.Option, len(list))
	for i, s := range list {
		out[i] = views.Option{Value: strconv.Itoa(s.N), Label: w.T("changes.snapshot", s.N, w.DateTime(s.FetchedAt))}
	}
	return out
}

// AnchorPage sets a claim's words beside what became of them, for somebody to decide.
type AnchorPage struct {
	views.Frame
	Row      claims.ClaimRow
	Then     claims.Snapshot
	Now      claims.Snapshot
	Changes  []claims.Change // around its words
	Own      []claims.Change // those of its words
	Offered  []claims.Fragment
	Same     bool // what is offered are the same words
	Erased   bool
	Behind   bool   // it does not stand in the newest snapshot
	Frozen   bool   // only the same words can be taken
	Refused  string // why the reader may not decide, "" where they may
	Form     AnchorForm
	Problems views.Problems
}

// AnchorForm is what somebody decided, as typed.
type AnchorForm struct {
	Quote, Reason string
	Places        []QuotePlace // where the words stand, to choose from
}

// warnedBefore counts the warnings that stand on the page before those of its own words.
func (p AnchorPage) warnedBefore() (n int) {
	for _, c := range p.Changes {
		if len(p.Own) > 0 && c.BeforeSpan.End >= p.Own[0].BeforeSpan.Start {
			break
		}
		n += len(c.Warnings)
	}
	return n
}

// spans writes places as the form carries them.
func (p AnchorPage) spans() string {
	var out []string
	for _, f := range p.Offered {
		out = append(out, strconv.Itoa(f.Start)+"-"+strconv.Itoa(f.End))
	}
	return strings.Join(out, ",")
}

// offeredWords is the quote of what is offered.
func (p AnchorPage) offeredWords() string {
	var out []string
	for _, f := range p.Offered {
		out = append(out, f.Text)
	}
	return strings.Join(out, " […] ")
}

// keptKey and dismissKey tell the reasons of several forms on one page apart.
const (
	keptKey    = "-kept"
	dismissKey = "-dismiss"
)

func anchorPath(claim string) string { return "/claims/" + claim + "/place" }

// public reports whether readers see a claim.
func public(c claims.Claim) bool { return c.PublishedVersion > 0 && c.State != claims.StateWithdrawn }

// anchorTone is how loudly a claim says that its words changed.
func anchorTone(c claims.Claim) string {
	switch {
	case c.Anchor != "":
		return ""
	case public(c):
		return "bad"
	}
	return "warn"
}

// anchorText says what the desk decided about words that changed.
func anchorText(w *i18n.Words, c claims.Claim) string {
	switch {
	case c.Anchor != "":
		return w.T("anchor.is." + string(c.Anchor))
	case public(c):
		return w.T("anchor.is.public")
	}
	return w.T("anchor.is.open")
}

// WatchState is how an article's page is watched.
type WatchState struct {
	claims.Watch
	Rule  claims.WatchRule // that holds now
	House claims.HouseWatch
	Off   bool // this desk fetches nothing
	May   bool // the reader may change it
}

// failed reports whether there is a failure to tell of.
func (s WatchState) failed() bool { return s.Problem != nil && !s.Gone() }

// line says in a line how the page is watched.
func (s WatchState) line(w *i18n.Words) string {
	switch {
	case s.NextAt.IsZero():
		return w.T("watch.not")
	case s.SeenAt.IsZero():
		return w.T("watch.soon", w.N("watch.hours", s.Rule.Every), w.DateTime(s.NextAt))
	}
	return w.T("watch.is", w.N("watch.hours", s.Rule.Every), w.DateTime(s.SeenAt), w.DateTime(s.NextAt))
}

// WatchPage is how an article's page is watched, and the form that says so.
type WatchPage struct {
	views.Frame
	Article   claims.Article
	Snapshots []claims.Snapshot
	State     WatchState
	Version   int64
	Form      WatchForm
	Stands    *WatchForm // what somebody else made of it meanwhile; nil where nobody did
	Problems  views.Problems
}

// WatchForm is the rule as typed.
type WatchForm struct{ Mode, Every, Days string }

// WatchFormOf is the rule as it is kept; of a rule that is not its own, what one could be.
func WatchFormOf(a claims.ArticleWatch, house claims.HouseWatch) WatchForm {
	if a.Every == 0 {
		a.Every, a.Days = house.Every, house.Days
	}
	if a.Every == 0 {
		a.Every = 6
	}
	return WatchForm{Mode: string(a.Mode), Every: strconv.Itoa(a.Every), Days: strconv.Itoa(a.Days)}
}

func watchModes(w *i18n.Words) []views.Option { return worded(w, "watch.mode.", claims.WatchModes...) }

func (p WatchPage) clash() Clash {
	return Clash{Title: p.Words.T("stale.article"), Again: "/articles/" + p.Article.ID + "/watch", Fields: differing(
		ClashField{Label: p.Words.T("watch.mode"), Name: "mode", Typed: p.Form.Mode, Stands: p.Stands.Mode, Said: under(p.Words, "watch.mode.")},
		ClashField{Label: p.Words.T("watch.every"), Name: "every", Typed: p.Form.Every, Stands: p.Stands.Every},
		ClashField{Label: p.Words.T("watch.days"), Name: "days", Typed: p.Form.Days, Stands: p.Stands.Days},
	)}
}

// houseRule words the default of the house.
func houseRule(w *i18n.Words, h claims.HouseWatch) string {
	switch {
	case h.Paused:
		return w.T("watch.house_paused")
	case h.Every == 0:
		return w.T("watch.house_off")
	}
	text := w.T("watch.house_is", w.N("watch.hours", h.Every), w.N("watch.for_days", h.Days))
	if h.Published {
		text += " " + w.T("watch.house_published")
	}
	return text
}
