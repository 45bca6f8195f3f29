package desk

import (
	"maps"
	"math"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Drawing is a picture of numbers: shapes whose places are attributes and whose
// colours are classes, which the page's style sheet knows. Alone in a file it
// carries its colours itself.
type Drawing struct {
	Name          string // of the file, and the beginning of ids
	Title, Desc   string
	Width, Height float64
	shapes        []shape
}

// shape is one element of a drawing; tip is what a pointer that rests on it reads.
type shape struct {
	kind, class, text, tip string
	at                     templ.Attributes
}

// drawingWidth is that of every drawing: on a phone its words can still be read,
// and on a wide screen they do not shout.
const (
	drawingWidth = 460.0
	rowHeight    = 20.0
	letter       = 6.9 // about how wide a letter is
	boldLetter   = 7.8
)

func newDrawing(name, title, desc string) *Drawing {
	return &Drawing{Name: name, Title: title, Desc: desc, Width: drawingWidth}
}

// coordinate writes a number as SVG has it.
func coordinate(f float64) string {
	return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64)
}

func (d *Drawing) add(kind, class, tip string, at map[string]float64) {
	s := shape{kind: kind, class: class, tip: tip, at: templ.Attributes{}}
	for name, value := range at {
		s.at[name] = coordinate(value)
	}
	d.shapes = append(d.shapes, s)
}

func (d *Drawing) rect(class, tip string, x, y, width, height float64) {
	d.add("rect", class, tip, map[string]float64{"x": x, "y": y, "width": max(width, 0), "height": height})
}

func (d *Drawing) line(class string, x1, y1, x2, y2 float64) {
	d.add("line", class, "", map[string]float64{"x1": x1, "y1": y1, "x2": x2, "y2": y2})
}

func (d *Drawing) circle(class, tip string, x, y, r float64) {
	d.add("circle", class, tip, map[string]float64{"cx": x, "cy": y, "r": r})
}

func (d *Drawing) path(class, tip string, steps ...string) {
	d.shapes = append(d.shapes, shape{kind: "path", class: class, tip: tip, at: templ.Attributes{"d": strings.Join(steps, "")}})
}

// words writes text; anchor is where x stands in it: "start", "middle" or "end".
func (d *Drawing) words(class, anchor string, x, y float64, text string) {
	d.shapes = append(d.shapes, shape{kind: "text", class: class, text: text, at: templ.Attributes{"x": coordinate(x), "y": coordinate(y), "text-anchor": anchor}})
}

// step writes one step of a path: "M", "L" and what they lead to.
func step(letter string, numbers ...float64) string {
	parts := make([]string, len(numbers))
	for i, n := range numbers {
		parts[i] = coordinate(n)
	}
	return letter + strings.Join(parts, " ")
}

// series is one kind of what is counted, by the class of its colour.
type series struct{ class, label string }

// legend names the series, two beside each other, and gives where it ends.
func (d *Drawing) legend(y float64, all []series) float64 {
	for i, s := range all {
		x := float64(i%2) * drawingWidth / 2
		if i%2 == 0 {
			y += rowHeight
		}
		d.rect(s.class, "", x, y-10, 12, 12)
		d.words("t", "start", x+18, y, fitting(s.label, drawingWidth/2-22))
	}
	return y + 8
}

// fitting cuts words to about a width.
func fitting(s string, width float64) string {
	runes := []rune(s)
	if most := int(width / letter); len(runes) > most && most > 1 {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return s
}

// bar is one row of a bar chart: how many of each series, and all in words.
type bar struct {
	label, total string
	values       []float64
	tips         []string
}

// bars draws rows of stacked bars, each under its label.
func bars(d *Drawing, all []series, rows []bar, shown func(float64) string) *Drawing {
	most := 1.0
	for _, r := range rows {
		most = max(most, sum(r.values))
	}
	y, room := 0.0, drawingWidth-60
	for _, r := range rows {
		y += 16
		if sum(r.values) == 0 {
			d.words("t", "start", 0, y, fitting(r.label, drawingWidth-60)+": "+r.total)
			y += 6
			continue
		}
		d.words("t strong", "start", 0, y, fitting(r.label, drawingWidth))
		x := 0.0
		for i, v := range r.values {
			width := v / most * room
			if v == 0 {
				continue
			}
			d.rect(all[i].class, r.tips[i], x, y+6, max(width, 1.5), 16)
			if number := shown(v); width > float64(len(number))*letter+8 {
				d.words("t on", "middle", x+width/2, y+18.5, number)
			}
			x += max(width, 1.5) + 1
		}
		d.words("t", "start", x+5, y+18.5, r.total)
		y += 28
	}
	if len(all) > 1 {
		y = d.legend(y+4, all)
	}
	d.Height = y
	return d
}

func sum(list []float64) (total float64) {
	for _, v := range list {
		total += v
	}
	return total
}

// areas draws how much there was of each series, one upon the other, over time.
// values are by step and series.
func areas(d *Drawing, all []series, values [][]float64, from, to string, shown func(float64) string) *Drawing {
	const left, top, bottom = 40.0, 10.0, 200.0
	most := 1.0
	for _, v := range values {
		most = max(most, sum(v))
	}
	tick := niceStep(most / 4)
	most = math.Ceil(most/tick) * tick
	at := func(i int) float64 { return left + (drawingWidth-left-1)*float64(i)/float64(max(len(values)-1, 1)) }
	height := func(v float64) float64 { return bottom - (bottom-top)*v/most }
	for v := 0.0; v <= most+tick/2; v += tick {
		d.line("grid", left, height(v), drawingWidth, height(v))
		d.words("t", "end", left-6, height(v)+4, shown(v))
	}
	below := make([]float64, len(values))
	for s := range all {
		d.area(all[s], s, values, below, at, height)
	}
	d.words("t", "start", left, bottom+18, from)
	d.words("t", "end", drawingWidth, bottom+18, to)
	d.Height = d.legend(bottom+24, all)
	return d
}

// area draws one series above what is below it, and raises that.
func (d *Drawing) area(of series, s int, values [][]float64, below []float64, at func(int) float64, height func(float64) float64) {
	over, under, any := make([]string, 0, len(values)), make([]string, 0, len(values)), false
	for i, v := range values {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		n := v[s]
		any = any || n > 0
		over = append(over, step(letter, at(i), height(below[i]+n)))
		under = append([]string{step("L", at(i), height(below[i]))}, under...)
		if len(values) == 1 { // one step is still something to see
			over = append(over, step("L", drawingWidth-1, height(below[i]+n)))
			under = append([]string{step("L", drawingWidth-1, height(below[i]))}, under...)
		}
		below[i] += n
	}
	if any {
		d.path("area "+of.class, of.label, strings.Join(over, ""), strings.Join(under, ""), "Z")
	}
}

// niceStep rounds up to 1, 2 or 5 of a power of ten, 1 at least.
func niceStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(least, 1))))
	for _, n := range []float64{1, 2, 5, 10} {
		if n*power >= least {
			return n * power
		}
	}
	return 10 * power
}

// tie is a strand between somebody on one side and somebody on the other.
type tie struct {
	from, to string
	n        float64
	tip      string
}

// strands draws who is tied to whom, as thick as there is much of it.
func strands(d *Drawing, ties []tie, head [2]string, shown func(float64) string) *Drawing {
	const left, right, gap, top = 185.0, drawingWidth - 185.0, 12.0, 30.0
	total := 0.0
	for _, t := range ties {
		total += t.n
	}
	sides := [2]*side{newSide(), newSide()}
	for _, t := range ties {
		sides[0].add(t.from, t.n)
		sides[1].add(t.to, t.n)
	}
	places := max(len(sides[0].names), len(sides[1].names))
	scale := max(float64(places)*30, 120) / max(total, 1)
	d.words("t strong", "end", left-8, 14, fitting(head[0], left-20))
	d.words("t strong", "start", right+8, 14, fitting(head[1], left-20))
	bottom := max(sides[0].lay(top, scale, gap), sides[1].lay(top, scale, gap))
	for _, t := range ties {
		width := t.n * scale
		a, b, middle := sides[0].take(t.from, width), sides[1].take(t.to, width), (left+right)/2
		d.path("strand", t.tip, step("M", left, a), step("C", middle, a, middle, b, right, b), step("L", right, b+width), step("C", middle, b+width, middle, a+width, left, a+width), "Z")
	}
	for i, x := range []float64{left, right} {
		for _, name := range sides[i].names {
			p := sides[i].at[name]
			anchor, to := "end", x-8
			if i == 1 {
				anchor, to = "start", x+8
			}
			d.rect("node", "", x-3, p.y, 6, p.n*scale)
			d.words("t strong", anchor, to, p.y+p.n*scale/2+1, fitting(name, left-30))
			d.words("t", anchor, to, p.y+p.n*scale/2+15, shown(p.n))
		}
	}
	d.Height = bottom
	return d
}

// side is one side of what is tied, in order.
type side struct {
	names []string
	at    map[string]*place
}

type place struct{ n, y, used float64 }

func newSide() *side { return &side{at: map[string]*place{}} }

func (s *side) add(name string, n float64) {
	if s.at[name] == nil {
		s.at[name] = &place{}
		s.names = append(s.names, name)
	}
	s.at[name].n += n
}

// lay gives each a place of its own, high enough for its words, and says where the
// last one ends.
func (s *side) lay(y, scale, gap float64) float64 {
	for _, name := range s.names {
		p := s.at[name]
		height := p.n * scale
		p.y = y + max(0, (30-height)/2)
		y += max(height, 30) + gap
	}
	return y
}

// take gives where the next strand of a width begins.
func (s *side) take(name string, width float64) float64 {
	p := s.at[name]
	y := p.y + p.used
	p.used += width
	return y
}

// inks are the colours of a drawing in a file of its own: those of a light page, as
// base.css has them under the tokens that the classes of stats.css name.
var inks = map[string]templ.Attributes{
	"t": {"fill": "#565d66"}, "strong": {"fill": "#1b1f24"}, "on": {"fill": "#ffffff"},
	"grid": {"stroke": "#dcd8cd"}, "axis": {"stroke": "#8a8778"}, "area": {"stroke": "#ffffff"}, "dot": {"stroke": "#ffffff"},
	"strand": {"fill": "#0b5c66", "fill-opacity": ".35"}, "node": {"fill": "#0b5c66"},
	"f-machine": {"fill": "#5b4bb0"}, "f-warn": {"fill": "#7d5200"}, "f-accent": {"fill": "#0b5c66"}, "f-line": {"fill": "#8a8778"},
	"f-good": {"fill": "#1d6a3b"}, "f-bad": {"fill": "#a3231d"}, "f-ink": {"fill": "#565d66"},
	"f-true": {"fill": "#17673a"}, "f-mostly-true": {"fill": "#4a6a0a"}, "f-half-true": {"fill": "#7a5600"}, "f-misleading": {"fill": "#9a4a00"},
	"f-false": {"fill": "#a3231d"}, "f-unproven": {"fill": "#4d5a86"}, "f-not-checkable": {"fill": "#5a5f66"},
}

// attributes are those of a shape: its place, and its class or, alone, its colours.
func (s shape) attributes(alone bool) templ.Attributes {
	out := templ.Attributes{}
	for name, value := range s.at {
		out[name] = value
	}
	if !alone {
		out["class"] = s.class
		return out
	}
	for _, class := range strings.Fields(s.class) {
		for name, value := range inks[class] {
			out[name] = value
		}
	}
	if strings.Contains(" "+s.class+" ", " strong ") || strings.Contains(" "+s.class+" ", " on ") {
		out["font-weight"] = "600"
	}
	return out
}

// box is the drawing's viewBox.
func (d Drawing) box() string { return "0 0 " + coordinate(d.Width) + " " + coordinate(d.Height) }

// Inks gives the colours of drawings in files by class.
func Inks() map[string]templ.Attributes { return maps.Clone(inks) }
