package card

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cotejo/claims"
)

var sample = Card{
	Kicker: "Verificación · 7F3K-9Q", Claim: "Unas 1.200 familias de la comarca tendrán cortes de agua desde el lunes, según el alcalde de Riaño",
	Verdict: "Mayormente cierto", Shape: "check-minus", Color: "mostly-true", Newsroom: "Mesa del Río", Outlet: "Diario del Río",
}

func decoded(t *testing.T, c Card) (image.Image, []byte) {
	t.Helper()
	raw, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return img, raw
}

// TestEveryCardIsAWholePicture of the promised size, with nothing in the file but
// the picture, whatever the words. COTEJO_SCREENS keeps them to be looked at.
func TestEveryCardIsAWholePicture(t *testing.T) {
	cards := map[string]Card{"sample": sample, "empty": {}}
	for i, shape := range claims.StepShapes {
		c := sample
		c.Shape, c.Color = shape, claims.StepColors[i]
		cards[shape] = c
	}
	long := sample
	long.Claim, long.Verdict, long.Newsroom = strings.Repeat("Una afirmación muy larga ", 80), strings.Repeat("Veredicto ", 20), strings.Repeat("ñ", 5000)
	cards["long"] = long
	word := sample
	word.Claim = strings.Repeat("W", 900)
	cards["one-word"] = word
	for name, c := range cards {
		img, raw := decoded(t, c)
		if b := img.Bounds(); b.Dx() != Width || b.Dy() != Height {
			t.Errorf("%s: %v", name, b)
		}
		for _, kind := range chunks(t, raw) {
			if kind != "IHDR" && kind != "IDAT" && kind != "IEND" {
				t.Errorf("%s has a chunk %s", name, kind)
			}
		}
		for y := range Height {
			if got := fmt.Sprint(img.At(Width-margin/3, y)); got != fmt.Sprint(paper) {
				t.Errorf("%s: something is drawn over the right margin", name)
				break
			}
		}
		if dir := os.Getenv("COTEJO_SCREENS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "card-"+name+".png"), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, again := decoded(t, c); !bytes.Equal(raw, again) {
			t.Errorf("%s: the same card has other bytes", name)
		}
	}
}

// chunks lists the kinds of chunk of a PNG file.
func chunks(t *testing.T, raw []byte) (kinds []string) {
	t.Helper()
	for raw = raw[8:]; len(raw) >= 12; {
		n := binary.BigEndian.Uint32(raw)
		kinds = append(kinds, string(raw[4:8]))
		raw = raw[12+n:]
	}
	return kinds
}

// TestWhatTheTypefaceLacksIsLeftOut whole, as half a sentence says something else.
func TestWhatTheTypefaceLacksIsLeftOut(t *testing.T) {
	for s, want := range map[string]string{
		"¿Mañana, «agua» – 31 %?": "¿Mañana, «agua» – 31 %?", "Їжак і ёж": "Їжак і ёж", "άλφα": "άλφα",
		"水は足りる": "", "ماء": "", "half 水": "", "party 🎉 now": "party now", " a\n\tb ": "a b",
	} {
		if got := shown(s); got != want {
			t.Errorf("%q is shown as %q", s, got)
		}
	}
	foreign := sample
	foreign.Claim = "水は足りる"
	none := sample
	none.Claim = ""
	_, a := decoded(t, foreign)
	_, b := decoded(t, none)
	if !bytes.Equal(a, b) {
		t.Error("something is drawn of a claim without letters for it")
	}
}

// TestCardsHaveTheColoursOfThePages: each token of the light theme.
func TestCardsHaveTheColoursOfThePages(t *testing.T) {
	css, err := os.ReadFile("../../views/assets/css/base.css")
	if err != nil {
		t.Fatal(err)
	}
	light, _, _ := strings.Cut(string(css), "@media")
	for _, token := range claims.StepColors {
		m := regexp.MustCompile(`--v-` + token + `: #([0-9a-f]{6});`).FindStringSubmatch(light)
		c, ok := colors[token]
		if m == nil || !ok || fmt.Sprintf("%02x%02x%02x", c.R, c.G, c.B) != m[1] {
			t.Errorf("%s: the pages have %v, cards %v", token, m, c)
		}
	}
}

func BenchmarkCard(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sample.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
