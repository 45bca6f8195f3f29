// Package card draws the picture of a published claim that other sites show
// beside a link to it: the verdict by mark, colour and word, the claim, and whose
// check it is. The same input gives the same bytes.
package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Width and Height are those of every card, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Card is what a picture shows. What its typeface has no letters for is left out:
// see Shows.
type Card struct {
	Kicker   string // small, on top: what this is, and its id
	Claim    string
	Verdict  string // the word
	Shape    string // one of claims.StepShapes
	Color    string // one of claims.StepColors
	Newsroom string
	Outlet   string // where the claim stands
}

const (
	margin  = 72
	band    = 24 // of the verdict's colour, on the left
	measure = Width - 2*margin - band
	bottom  = Height - margin
)

var (
	paper = color.RGBA{0xf7, 0xf6, 0xf2, 0xff}
	ink   = color.RGBA{0x1b, 0x1f, 0x24, 0xff}
	ink2  = color.RGBA{0x56, 0x5d, 0x66, 0xff}

	// colors are the design tokens of the light theme.
	colors = map[string]color.RGBA{
		"true": {0x17, 0x67, 0x3a, 0xff}, "mostly-true": {0x4a, 0x6a, 0x0a, 0xff}, "half-true": {0x7a, 0x56, 0x00, 0xff},
		"misleading": {0x9a, 0x4a, 0x00, 0xff}, "false": {0xa3, 0x23, 0x1d, 0xff}, "unproven": {0x4d, 0x5a, 0x86, 0xff},
		"not-checkable": {0x5a, 0x5f, 0x66, 0xff},
	}
)

// Color is the colour of a design token; that of the least telling where there is
// no such token.
func Color(token string) color.RGBA {
	if c, ok := colors[token]; ok {
		return c
	}
	return colors["not-checkable"]
}

// drawing bounds how many pictures are in memory at once, 3 MB each.
var drawing = make(chan struct{}, 2)

// PNG draws the card. The file has no chunk that the picture does not need.
func (c Card) PNG() ([]byte, error) {
	drawing <- struct{}{}
	defer func() { <-drawing }()
	type faces struct{ small, word font.Face }
	var f faces
	var err error
	if f.small, err = face(false, 28); err != nil {
		return nil, err
	}
	if f.word, err = face(true, 60); err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, Width, Height))
	tone := Color(c.Color)
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 0, band, Height), image.NewUniform(tone), image.Point{}, draw.Src)

	left := margin + band
	write(img, f.small, ink2, left, margin+28, fit(f.small, c.Kicker, measure))
	if err := c.claim(img, left); err != nil {
		return nil, err
	}
	const mark = 76
	drawMark(img, c.Shape, image.Pt(left, bottom-mark-62), mark, tone, paper)
	write(img, f.word, tone, left+mark+26, bottom-62-18, fit(f.word, c.Verdict, measure-mark-26))
	write(img, f.small, ink2, left, bottom, fit(f.small, joined(c.Newsroom, c.Outlet), measure))

	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img)
	return out.Bytes(), err
}

// claim writes the claim as large as it fits, and shortens it where even the
// smallest letters do not.
func (c Card) claim(img draw.Image, left int) error {
	const top, room = margin + 62, bottom - 62 - 76 - 40 - (margin + 62)
	words := strings.Fields(shown(c.Claim))
	sizes := []int{60, 52, 46, 40}
	for i, size := range sizes {
		f, err := face(true, float64(size))
		if err != nil {
			return err
		}
		lineHeight := size * 13 / 10
		most := room / lineHeight
		lines := wrap(f, words, measure, most)
		if len(lines) > most && i < len(sizes)-1 {
			continue
		}
		if len(lines) > most {
			lines = lines[:most]
			lines[most-1] = fit(f, lines[most-1]+" …", measure)
			if !strings.HasSuffix(lines[most-1], "…") {
				lines[most-1] += "…"
			}
		}
		for n, line := range lines {
			write(img, f, ink, left, top+size+n*lineHeight, line)
		}
		return nil
	}
	return nil
}

func joined(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p = shown(p); p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, "  ·  ")
}

// wrap breaks words into lines; it stops after one line more than most.
func wrap(f font.Face, words []string, width, most int) (lines []string) {
	line := ""
	for _, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && font.MeasureString(f, longer).Ceil() > width {
			if lines = append(lines, line); len(lines) > most {
				return lines
			}
			longer = word
		}
		line = longer
		for font.MeasureString(f, line).Ceil() > width {
			head, tail := cutAt(f, line, width)
			if lines = append(lines, head); len(lines) > most {
				return lines
			}
			line = tail
		}
	}
	return append(lines, line)
}

// cutAt breaks a word that is wider than a line.
func cutAt(f font.Face, word string, width int) (head, tail string) {
	letters := []rune(word)
	n := 1
	for n < len(letters) && font.MeasureString(f, string(letters[:n+1])).Ceil() <= width {
		n++
	}
	return string(letters[:n]), string(letters[n:])
}

// fit shortens a line to a width.
func fit(f font.Face, s string, width int) string {
	s = shown(s)
	if font.MeasureString(f, s).Ceil() <= width {
		return s
	}
	letters := []rune(s)
	for n := min(len(letters), Width) - 1; n > 0; n-- {
		short := strings.TrimSpace(string(letters[:n])) + "…"
		if font.MeasureString(f, short).Ceil() <= width {
			return short
		}
	}
	return ""
}

func write(img draw.Image, f font.Face, c color.Color, x, y int, s string) {
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(s)
}

var fonts = sync.OnceValues(func() (parsed [2]*opentype.Font, err error) {
	for i, raw := range [][]byte{goregular.TTF, gobold.TTF} {
		if parsed[i], err = opentype.Parse(raw); err != nil {
			return parsed, err
		}
	}
	return parsed, nil
})

// face is the typeface at a size in pixels. A face is not for several goroutines.
func face(bold bool, size float64) (font.Face, error) {
	all, err := fonts()
	if err != nil {
		return nil, err
	}
	f := all[0]
	if bold {
		f = all[1]
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
}
