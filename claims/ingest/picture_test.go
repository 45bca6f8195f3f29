package ingest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"cotejo/claims"
)

// photo is a JPEG, red on its left and blue on its right, with an Exif block that holds
// an orientation and a secret.
func photo(t *testing.T, w, h, orientation int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{R: 255, A: 255})
			if x >= w/2 {
				img.Set(x, y, color.RGBA{B: 255, A: 255})
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(orientation)) + "\x00\x00\x00\x00\x00\x00SECRETO")
	exif := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

func TestAPictureKeepsItsPixelsAlone(t *testing.T) {
	raw := photo(t, 40, 20, 6)
	if !bytes.Contains(raw, []byte("SECRETO")) {
		t.Fatal("the sample holds no secret")
	}
	p, err := ReadPicture(raw, "a.jpg", "image/jpeg")
	if err != nil || p.Type != "image/jpeg" || p.Width != 20 || p.Height != 40 || bytes.Contains(p.Data, []byte("SECRETO")) {
		t.Fatalf("%s %dx%d, %v", p.Type, p.Width, p.Height, err)
	}
	img, err := jpeg.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, b, _ := img.At(10, 3).RGBA(); r < b { // turned by a quarter, its left is at the top
		t.Error("it stands on its side")
	}
	wide, err := ReadPicture(photo(t, 3200, 100, 1), "a.jpg", "")
	if err != nil || wide.Width != 1600 || wide.Height != 50 {
		t.Errorf("%dx%d, %v", wide.Width, wide.Height, err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	if p, err := ReadPicture(b.Bytes(), "a.png", "image/png"); err != nil || p.Type != "image/png" || p.Width != 3 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestPicturesThatAreRefused(t *testing.T) {
	bomb := func() []byte { // says that it is huge; nothing of it is decoded
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 1, 1))); err != nil {
			t.Fatal(err)
		}
		raw := b.Bytes()
		binary.BigEndian.PutUint32(raw[16:], 60_000)
		binary.BigEndian.PutUint32(raw[20:], 60_000)
		return raw
	}()
	for name, raw := range map[string][]byte{
		"nothing": nil, "text": []byte("hola"), "a page": []byte("<!doctype html><p>x"), "a GIF": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"cut short": photo(t, 40, 20, 1)[:200], "huge": bomb, "a lie": []byte(strings.Repeat("x", 50)),
	} {
		if _, err := ReadPicture(raw, "a.jpg", ""); claims.KindOf(err) != claims.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
