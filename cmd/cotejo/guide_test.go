package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"golang.org/x/image/draw"

	"cotejo/docs/guide"
)

// guidePictures says which picture of BrowserScreens each one of the guide is made
// from, what of its height is kept, in picture points, and its height left out above.
var guidePictures = map[string]struct {
	from        string
	top, height int
}{
	"desk":    {from: "desk", height: 1100},
	"article": {from: "article", height: 1100},
	"claim":   {from: "claim-in-check", height: 1300},
	"check":   {from: "check-waits", height: 1200},
	"public":  {from: "public-claim", height: 1100},
}

// guideBytes is what one picture of the guide may weigh.
const guideBytes = 60 << 10

// keepForGuide keeps what a picture of the guide is made from, where COTEJO_GUIDE names a folder.
func (p *person) keepForGuide(name string, l look) {
	p.t.Helper()
	dir := os.Getenv("COTEJO_GUIDE")
	if dir == "" || l.name != "desktop" && l.name != "desktop-es" {
		return
	}
	for _, g := range guidePictures {
		if g.from == name {
			p.keepIn(dir, name+"-"+l.name+".png", pagePicture(l, sharp))
		}
	}
}

// With COTEJO_GUIDE naming the folder that BrowserScreens filled, the pictures of the guide
// are made anew.
func TestGuidePictures(t *testing.T) {
	for name, p := range guidePictures {
		for lang, look := range map[string]string{"en": "desktop", "es": "desktop-es"} {
			if dir := os.Getenv("COTEJO_GUIDE"); dir != "" {
				raw := smallPicture(t, filepath.Join(dir, p.from+"-"+look+".png"), p.top, p.height)
				if err := os.WriteFile(filepath.Join("../../docs/guide/img", name+"-"+lang+".png"), raw, 0o644); err != nil { //nolint:gosec // a picture of the repository
					t.Fatal(err)
				}
				continue
			}
			if raw, ok := guide.Picture(name + "-" + lang + ".png"); !ok || len(raw) > guideBytes {
				t.Errorf("%s in %s: there %v, %d bytes", name, lang, ok, len(raw))
			}
		}
	}
	if got, want := len(guide.Pictures()), 2*len(guidePictures); got != want && os.Getenv("COTEJO_GUIDE") == "" {
		t.Errorf("%d pictures, %d of them said where from", got, want)
	}
}

// smallPicture cuts, scales to 880 points and takes fewer colours until the bytes do.
func smallPicture(t *testing.T, file string, top, height int) []byte {
	t.Helper()
	raw, err := os.ReadFile(file) //nolint:gosec // named by who makes the pictures
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	b := whole.Bounds()
	cut := image.Rect(b.Min.X, b.Min.Y+top, b.Max.X, min(b.Max.Y, b.Min.Y+top+height))
	small := image.NewRGBA(image.Rect(0, 0, 880, cut.Dy()*880/cut.Dx()))
	draw.CatmullRom.Scale(small, small.Bounds(), whole, cut, draw.Src, nil)
	for colors := 64; colors >= 4; colors -= 4 {
		paletted := image.NewPaletted(small.Bounds(), commonColors(small, colors))
		draw.Draw(paletted, paletted.Bounds(), small, image.Point{}, draw.Src)
		var out bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, paletted); err != nil {
			t.Fatal(err)
		}
		if out.Len() <= guideBytes {
			t.Logf("%s: %d colours, %d bytes", file, colors, out.Len())
			return out.Bytes()
		}
	}
	t.Fatalf("%s cannot be made small enough", file)
	return nil
}

// commonColors are the colours that cover most of a picture, near ones taken as one.
// Half of them are kept for bright ones: a verdict's mark is small and must keep its own.
func commonColors(m *image.RGBA, n int) color.Palette {
	count, first := map[[3]uint8]int{}, map[[3]uint8]color.RGBA{}
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			c := m.RGBAAt(x, y)
			key := [3]uint8{c.R >> 4, c.G >> 4, c.B >> 4}
			if count[key] == 0 {
				first[key] = c
			}
			count[key]++
		}
	}
	keys := make([][3]uint8, 0, len(count))
	for k := range count {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if count[keys[i]] != count[keys[j]] {
			return count[keys[i]] > count[keys[j]]
		}
		return string(keys[i][:]) < string(keys[j][:])
	})
	left := map[bool]int{true: n / 2, false: n - n/2} // by whether a colour is bright
	var out color.Palette
	for _, k := range keys {
		if of := bright(first[k]); left[of] > 0 {
			out = append(out, first[k])
			left[of]--
		}
	}
	return out
}

// bright tells a colour from what is nearly grey.
func bright(c color.RGBA) bool {
	return max(c.R, c.G, c.B)-min(c.R, c.G, c.B) >= 64
}
