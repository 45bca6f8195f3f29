package desk

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// StatsPage is the desk in numbers.
type StatsPage struct {
	views.Frame
	Period               claims.Period
	Now                  time.Time
	Ladder               claims.Ladder
	States               []map[claims.State]int
	Sources, Outlets     []claims.VerdictTally
	Untied               int
	Times                claims.Durations
	Ages                 []claims.AgeCount
	Waits                []claims.Wait
	Suggestions          []claims.SuggestionTally
	Missed               int
	Content, Attribution claims.Agreement
	Opinions             int // that are counted
	Withheld             int // of them, given while the proposal was kept back
	Scales               claims.Scales
	People               map[string]claims.Person
	MayAdd               bool
}

// StatCharts are the names of the charts, in the order of the page.
var StatCharts = []string{"states", "sources", "outlets", "times", "ages", "waits", "suggestions", "agreement"}

// Chart gives a chart by its name; false where there is none, or nothing on it.
func (p StatsPage) Chart(name string) (Chart, bool) {
	make, known := map[string]func() Chart{
		"states": p.statesChart, "times": p.timesChart, "ages": p.agesChart, "waits": p.waitsChart,
		"suggestions": p.suggestionsChart, "agreement": p.agreementChart,
		"sources": func() Chart { return p.verdictsChart("sources", p.Sources) },
		"outlets": func() Chart { return p.verdictsChart("outlets", p.Outlets) },
	}[name]
	if !known {
		return Chart{}, false
	}
	c := make()
	return c, len(c.Rows) > 0
}

// empty reports whether there is nothing to count at all.
func (p StatsPage) empty() bool { return p.Ladder.N == 0 }

func (p StatsPage) drawing(name, desc string) *Drawing {
	return newDrawing(name, p.Words.T("stats."+name+".title"), desc)
}

func (p StatsPage) table(name string, head ...string) Table {
	t := Table{Caption: p.Words.T("stats." + name + ".title")}
	for _, key := range head {
		t.Head = append(t.Head, p.Words.T("stats.col."+key))
	}
	return t
}

func (p StatsPage) number(f float64) string { return p.Words.Number(f) }

// file is the address of a chart in a file of its own.
func (p StatsPage) file(name, ending string) string {
	return "/stats/" + name + "." + ending + "?period=" + url.QueryEscape(string(p.Period))
}

// band is some states that are drawn as one.
type band struct {
	series
	states []claims.State
}

func (p StatsPage) bands() []band {
	one := func(class string, s claims.State) band {
		return band{series{class, p.Words.T("states." + string(s))}, []claims.State{s}}
	}
	return []band{
		one("f-good", claims.StatePublished), one("f-mostly-true", claims.StateApproved), one("f-unproven", claims.StateSubmitted),
		one("f-accent", claims.StateInCheck),
		{series{"f-warn", p.Words.T("stats.band.todo")}, []claims.State{claims.StateOpen, claims.StateHelpNeeded, claims.StateReturned, claims.StateReopened}},
		one("f-machine", claims.StateSuggested),
		{series{"f-line", p.Words.T("stats.band.aside")}, []claims.State{claims.StateDismissed, claims.StateWithdrawn}},
	}
}

func (b band) count(in map[claims.State]int) (n float64) {
	for _, s := range b.states {
		n += float64(in[s])
	}
	return n
}

func seriesOf(bands []band) []series {
	out := make([]series, len(bands))
	for i, b := range bands {
		out[i] = b.series
	}
	return out
}

// stepDay is the last day of a step of the ladder, the present one for the last.
func (p StatsPage) stepDay(i int) time.Time {
	end := p.Ladder.End(i).Add(-time.Second)
	if end.After(p.Now) {
		return p.Now
	}
	return end
}

func (p StatsPage) statesChart() Chart {
	bands := p.bands()
	values := make([][]float64, len(p.States))
	t := p.table("states", "day")
	for _, s := range claims.States {
		t.Head = append(t.Head, p.Words.T("states."+string(s)))
	}
	for i, in := range p.States {
		row := []Cell{textCell(p.stepDay(i).Format(time.DateOnly))}
		for _, s := range claims.States {
			row = append(row, countCell(in[s]))
		}
		t.Rows = append(t.Rows, row)
		for _, b := range bands {
			values[i] = append(values[i], b.count(in))
		}
	}
	if len(values) == 0 {
		return Chart{}
	}
	var last []string
	for i, b := range bands {
		last = append(last, b.label+": "+p.number(values[len(values)-1][i]))
	}
	from, to := p.Words.Date(p.stepDay(0)), p.Words.Date(p.stepDay(len(values)-1))
	d := p.drawing("states", p.Words.T("stats.states.desc", from, to, strings.Join(last, ", ")))
	return Chart{*areas(d, seriesOf(bands), values, from, to, p.number), t}
}

// stepSeries are the steps of the newest scale, and those of old ones that still occur.
func (p StatsPage) stepSeries(layer claims.Layer, occur []string) (codes []string, all []series) {
	newest := p.Scales.Newest().Content
	if layer == claims.LayerAttribution {
		newest = p.Scales.Newest().Attribution
	}
	for _, s := range newest {
		codes = append(codes, s.Code)
	}
	for _, code := range slices.Sorted(slices.Values(occur)) {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	for _, code := range codes {
		class := "f-not-checkable"
		if s, ok := p.Scales.Step(layer, code); ok {
			class = "f-" + s.Color
		}
		all = append(all, series{class, views.StepWord(p.find(layer), code, p.Words)})
	}
	return codes, all
}

func (p StatsPage) verdictsChart(name string, tallies []claims.VerdictTally) Chart {
	var occur []string
	for _, v := range tallies {
		occur = append(occur, slices.Collect(maps.Keys(v.Steps))...)
	}
	codes, all := p.stepSeries(claims.LayerContent, occur)
	t := p.table(name, name, "total")
	for _, s := range all {
		t.Head = append(t.Head, s.label)
	}
	var rows []bar
	for _, v := range tallies {
		label, b := v.Name, bar{total: p.number(float64(v.N))}
		if label == "" {
			label = p.Words.T("stats.outlets.unnamed")
		}
		b.label = label
		row := []Cell{{Text: label}, countCell(v.N)}
		if v.ID != "" {
			row[0].Href = "/sources/" + v.ID
		}
		for i, code := range codes {
			n := float64(v.Steps[code])
			b.values = append(b.values, n)
			b.tips = append(b.tips, label+" · "+all[i].label+": "+p.number(n))
			row = append(row, numberCell(n))
		}
		rows, t.Rows = append(rows, b), append(t.Rows, row)
	}
	d := p.drawing(name, p.Words.T("stats.verdicts.desc", totals(rows)))
	return Chart{*bars(d, all, rows, p.number), t}
}

// totals says each row with its number.
func totals(rows []bar) string {
	parts := make([]string, len(rows))
	for i, r := range rows {
		parts[i] = r.label + ": " + r.total
	}
	return strings.Join(parts, ", ")
}

func (p StatsPage) timesChart() Chart {
	if p.Times.N == 0 {
		return Chart{}
	}
	t := p.table("times", "took", "claims")
	var rows []bar
	for i, n := range p.Times.Counts {
		label := p.Words.T("stats.duration." + strconv.Itoa(i))
		rows = append(rows, bar{label: label, total: p.number(float64(n)), values: []float64{float64(n)}, tips: []string{label + ": " + p.number(float64(n))}})
		t.Rows = append(t.Rows, []Cell{textCell(label), countCell(n)})
	}
	d := p.drawing("times", p.timesSaid()+" "+totals(rows))
	return Chart{*bars(d, []series{{"f-accent", ""}}, rows, none), t}
}

// none leaves bars without numbers in them, where the one beside says the same.
func none(float64) string { return strings.Repeat(" ", 99) }

func (p StatsPage) timesSaid() string {
	return p.Words.T("stats.times.said", lasted(p.Words, p.Times.Median), lasted(p.Words, p.Times.NinetiethOf))
}

// lasted words how long something took, in the largest unit of which there are two.
func lasted(w *i18n.Words, d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return w.N("stats.lasted.minutes", max(int(d/time.Minute), 1))
	case d < 48*time.Hour:
		return w.N("stats.lasted.hours", int(d/time.Hour))
	}
	return w.N("stats.lasted.days", int(d/(24*time.Hour)))
}

func (p StatsPage) agesChart() Chart {
	bands := p.bands()[1:6]
	slices.Reverse(bands)
	ages := make([]map[claims.State]int, len(claims.AgeSteps)+1)
	any := false
	for _, a := range p.Ages {
		if ages[a.Age] == nil {
			ages[a.Age] = map[claims.State]int{}
		}
		ages[a.Age][a.State] += a.N
		any = true
	}
	if !any {
		return Chart{}
	}
	t := p.table("ages", "age", "total")
	for _, b := range bands {
		t.Head = append(t.Head, b.label)
	}
	var rows []bar
	for i, in := range ages {
		r := bar{label: p.Words.T("stats.age." + strconv.Itoa(i))}
		row := []Cell{textCell(r.label), {}}
		for _, b := range bands {
			n := b.count(in)
			r.values, r.tips = append(r.values, n), append(r.tips, r.label+" · "+b.label+": "+p.number(n))
			row = append(row, numberCell(n))
		}
		row[1], r.total = numberCell(sum(r.values)), p.number(sum(r.values))
		rows, t.Rows = append(rows, r), append(t.Rows, row)
	}
	d := p.drawing("ages", p.Words.T("stats.ages.desc", totals(rows)))
	return Chart{*bars(d, seriesOf(bands), rows, p.number), t}
}

// party is how the page calls who waits, or is waited for.
func (p StatsPage) party(id string) string {
	if name, nobody := strings.CutPrefix(id, "~"); nobody {
		return p.Words.T("stats.party." + name)
	}
	return called(p.People, id, p.Words)
}

func (p StatsPage) waitsChart() Chart {
	if len(p.Waits) == 0 {
		return Chart{}
	}
	t := p.table("waits", "who", "whom", "claims", "since")
	var ties []tie
	var said []string
	for _, w := range p.Waits {
		who, whom := p.party(w.Who), p.party(w.Whom)
		words := p.Words.N("stats.waits.tie", w.N, who, whom)
		ties, said = append(ties, tie{who, whom, float64(w.N), words}), append(said, words)
		t.Rows = append(t.Rows, []Cell{textCell(who), textCell(whom), countCell(w.N), textCell(w.Since.UTC().Format(time.DateOnly))})
	}
	d := p.drawing("waits", strings.Join(said, " "))
	head := [2]string{t.Head[0], t.Head[1]}
	return Chart{*strands(d, ties, head, func(n float64) string { return p.Words.N("stats.claims", int(n)) }), t}
}

// rule is what the page calls who suggested.
func (p StatsPage) rule(s claims.SuggestionTally) string {
	by := s.By
	if key := "stats.by." + s.By; p.Words.Has(key) {
		by = p.Words.T(key)
	}
	return strings.TrimSpace(by + " " + s.Rule)
}

func (p StatsPage) suggestionsChart() Chart {
	if len(p.Suggestions) == 0 {
		return Chart{}
	}
	t := p.table("suggestions", "rule", "suggested", "accepted", "edited", "dismissed", "waiting", "share")
	for _, reason := range claims.DismissReasons {
		t.Head = append(t.Head, p.Words.T("stats.col.dismissed")+": "+p.Words.T("dismiss."+string(reason)))
	}
	all := []series{
		{"f-good", p.Words.T("stats.fate.accepted")}, {"f-accent", p.Words.T("stats.fate.edited")}, {"f-bad", p.Words.T("stats.fate.dismissed")}, {"f-line", p.Words.T("stats.fate.waiting")},
	}
	var rows []bar
	for _, s := range p.Suggestions {
		r := bar{label: p.rule(s), total: p.number(float64(s.N)), values: []float64{float64(s.Accepted - s.Edited), float64(s.Edited), float64(s.Refused()), float64(s.Waiting)}}
		for i, of := range all {
			r.tips = append(r.tips, of.label+": "+p.number(r.values[i]))
		}
		row := []Cell{textCell(r.label), countCell(s.N), countCell(s.Accepted), countCell(s.Edited), countCell(s.Refused()), countCell(s.Waiting), {}}
		if share, ok := s.Share(); ok {
			row[6] = textCell(percent(p.Words, share))
		}
		for _, reason := range claims.DismissReasons {
			row = append(row, countCell(s.Dismissed[reason]))
		}
		rows, t.Rows = append(rows, r), append(t.Rows, row)
	}
	missed := []Cell{textCell(p.Words.T("stats.suggestions.missed")), countCell(p.Missed)}
	for len(missed) < len(t.Head) {
		missed = append(missed, Cell{})
	}
	t.Rows = append(t.Rows, missed)
	d := p.drawing("suggestions", p.Words.T("stats.suggestions.desc", totals(rows))+" "+p.Words.N("stats.missed", p.Missed))
	return Chart{*bars(d, all, rows, p.number), t}
}

func (p StatsPage) agreementChart() Chart {
	t := p.table("agreement", "layer", "step", "proposed", "agreed")
	all := []series{{"f-good", p.Words.T("stats.fate.agreed")}, {"f-warn", p.Words.T("stats.fate.other")}}
	var rows []bar
	for _, a := range []claims.Agreement{p.Content, p.Attribution} {
		layer := p.Words.T("verdict." + string(a.Layer))
		for _, s := range a.Steps {
			r := bar{label: layer + " · " + views.StepWord(p.find(a.Layer), s.Step, p.Words), total: p.Words.T("agreement.of", strconv.Itoa(s.Agreed), strconv.Itoa(s.N)),
				values: []float64{float64(s.Agreed), float64(s.N - s.Agreed)}}
			for i, of := range all {
				r.tips = append(r.tips, of.label+": "+p.number(r.values[i]))
			}
			rows = append(rows, r)
			t.Rows = append(t.Rows, []Cell{textCell(layer), textCell(views.StepWord(p.find(a.Layer), s.Step, p.Words)), countCell(s.N), countCell(s.Agreed)})
		}
	}
	return Chart{*bars(p.drawing("agreement", totals(rows)), all, rows, p.number), t}
}

func (p StatsPage) timesLine() string {
	if p.Times.N == 0 {
		return ""
	}
	return p.timesSaid()
}

func (p StatsPage) untiedLine() string {
	if p.Untied == 0 {
		return ""
	}
	return p.Words.N("stats.untied", p.Untied)
}

func (p StatsPage) missedLine() string { return p.Words.N("stats.missed", p.Missed) }
