package card

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// pen draws shapes on a square of 24 by 24, which it makes as large as it is told.
type pen struct {
	img   draw.Image
	at    image.Point
	size  int
	color color.Color
}

// drawMark draws the shape of a step; shapes differ, so that no meaning hangs on
// colour. What stands inside a filled one is cut out in the colour of the ground.
func drawMark(img draw.Image, shape string, at image.Point, size int, tone, ground color.Color) {
	p := pen{img, at, size, tone}
	cut := pen{img, at, size, ground}
	switch shape {
	case "check":
		p.disc(12, 12, 10)
		cut.line(2.2, 7.2, 12.4, 10.5, 15.7, 16.9, 8.7)
	case "check-minus":
		p.ring(12, 12, 9, 2.2)
		p.line(2.2, 7.6, 11, 10.3, 13.7, 15.9, 7.8)
		p.line(2.2, 8, 17, 16, 17)
	case "half":
		p.ring(12, 12, 9, 2.2)
		p.pie(12, 12, 9, -90, 90)
	case "warning":
		p.line(2.2, 12, 3.5, 22, 20.5, 2, 20.5, 12, 3.5)
		p.line(2.2, 12, 10, 12, 14.5)
		p.disc(12, 17.4, 1.2)
	case "cross":
		p.box(2, 2, 22, 22, 4)
		cut.line(2.2, 8, 8, 16, 16)
		cut.line(2.2, 16, 8, 8, 16)
	case "question":
		for a := 0.0; a < 360; a += 40 {
			p.arc(12, 12, 9, a, a+22, 2.2)
		}
		p.arc(12, 9.8, 2.6, 180, 420, 2.2)
		p.line(2.2, 13.3, 12, 12, 13.3)
		p.disc(12, 16.6, 1.2)
	default:
		p.box(1.4, 3.9, 22.6, 20.1, 8.1)
		cut.box(3.6, 6.1, 20.4, 17.9, 5.9)
		p.line(2.2, 8, 12, 16, 12)
	}
}

// fill fills a closed path of points.
func (p pen) fill(points []float64) {
	scale := float64(p.size) / 24
	r := vector.NewRasterizer(p.size, p.size)
	for i := 0; i+1 < len(points); i += 2 {
		x, y := float32(points[i]*scale), float32(points[i+1]*scale)
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
	r.Draw(p.img, image.Rectangle{p.at, p.at.Add(image.Pt(p.size, p.size))}, image.NewUniform(p.color), image.Point{})
}

// round are the points of an arc from one angle to another, in degrees.
func round(x, y, radius, from, to float64) (points []float64) {
	const step = 4
	for a := from; a < to; a += step {
		points = append(points, polar(x, y, radius, a)...)
	}
	return append(points, polar(x, y, radius, to)...)
}

func polar(x, y, radius, degrees float64) []float64 {
	a := degrees * math.Pi / 180
	return []float64{x + radius*math.Cos(a), y + radius*math.Sin(a)}
}

func (p pen) disc(x, y, radius float64) { p.fill(round(x, y, radius, 0, 360)) }

func (p pen) ring(x, y, radius, width float64) { p.arc(x, y, radius, 0, 360, width) }

// arc is a stroke along a circle.
func (p pen) arc(x, y, radius, from, to, width float64) {
	outer := round(x, y, radius+width/2, from, to)
	inner := round(x, y, radius-width/2, from, to)
	for i := len(inner) - 2; i >= 0; i -= 2 {
		outer = append(outer, inner[i], inner[i+1])
	}
	p.fill(outer)
}

func (p pen) pie(x, y, radius, from, to float64) {
	p.fill(append(round(x, y, radius, from, to), x, y))
}

// box is a rectangle with round corners.
func (p pen) box(x0, y0, x1, y1, r float64) {
	points := round(x1-r, y0+r, r, -90, 0)
	points = append(points, round(x1-r, y1-r, r, 0, 90)...)
	points = append(points, round(x0+r, y1-r, r, 90, 180)...)
	p.fill(append(points, round(x0+r, y0+r, r, 180, 270)...))
}

// line is a stroke through points, with round ends.
func (p pen) line(width float64, points ...float64) {
	for i := 0; i+3 < len(points); i += 2 {
		x0, y0, x1, y1 := points[i], points[i+1], points[i+2], points[i+3]
		a := math.Atan2(y1-y0, x1-x0)
		dx, dy := -math.Sin(a)*width/2, math.Cos(a)*width/2
		p.fill([]float64{x0 + dx, y0 + dy, x1 + dx, y1 + dy, x1 - dx, y1 - dy, x0 - dx, y0 - dy})
		p.disc(x0, y0, width/2)
		p.disc(x1, y1, width/2)
	}
}
