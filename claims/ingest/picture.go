package ingest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"cotejo/claims"
)

// Bounds of pictures for readers: what is taken in, in pixels, so that a small file
// cannot fill the memory, and how wide it becomes.
const (
	maxPixels  = 24 << 20
	maxSide    = 12_000
	shownWidth = 1600
	jpegShown  = 85 // quality
)

// Picture is a picture for readers.
type Picture struct {
	Data          []byte
	Type          string
	Width, Height int // pixels
}

// ReadPicture makes a picture for readers of a file: decoded, turned as its camera says,
// made no wider than pages show it, and encoded anew, so that nothing but its pixels is
// left of it.
func ReadPicture(raw []byte, name, declared string) (Picture, error) {
	media, err := FileType(raw, name, declared)
	if err != nil {
		return Picture{}, err
	}
	if media != "image/jpeg" && media != "image/png" {
		return Picture{}, claims.Invalid("file", "picture.type", media)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return Picture{}, claims.Invalid("file", "picture.broken")
	}
	if size.Width < 1 || size.Height < 1 || size.Width > maxSide || size.Height > maxSide || size.Width*size.Height > maxPixels {
		return Picture{}, claims.Invalid("file", "picture.too_large", size.Width, size.Height, maxPixels>>20)
	}
	decoded, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Picture{}, claims.Invalid("file", "picture.broken")
	}
	flat := turned(narrowed(plain(decoded)), orientation(raw))
	out := Picture{Type: media, Width: flat.Bounds().Dx(), Height: flat.Bounds().Dy()}
	var b bytes.Buffer
	if media == "image/png" {
		err = png.Encode(&b, flat)
	} else {
		err = jpeg.Encode(&b, flat, &jpeg.Options{Quality: jpegShown})
	}
	out.Data = b.Bytes()
	return out, err
}

// plain is a picture as its pixels, from the origin on.
func plain(img image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Src)
	return out
}

// narrowed makes a picture as wide as pages show it; each pixel is the mean of those
// that it stands for.
func narrowed(img *image.NRGBA) *image.NRGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if w <= shownWidth {
		return img
	}
	nw, nh := shownWidth, max(1, h*shownWidth/w)
	out := image.NewNRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		for x := range nw {
			out.SetNRGBA(x, y, mean(img, image.Rect(x*w/nw, y*h/nh, (x+1)*w/nw, (y+1)*h/nh)))
		}
	}
	return out
}

func mean(img *image.NRGBA, r image.Rectangle) color.NRGBA {
	var red, green, blue, alpha, n int
	for y := r.Min.Y; y < max(r.Max.Y, r.Min.Y+1); y++ {
		for x := r.Min.X; x < max(r.Max.X, r.Min.X+1); x++ {
			c := img.NRGBAAt(x, y)
			a := int(c.A)
			red, green, blue, alpha, n = red+int(c.R)*a, green+int(c.G)*a, blue+int(c.B)*a, alpha+a, n+1
		}
	}
	if alpha == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(red / alpha), uint8(green / alpha), uint8(blue / alpha), uint8(alpha / n)}
}

// turned turns and mirrors a picture as the Exif orientation (1 to 8) says.
func turned(img *image.NRGBA, how int) *image.NRGBA {
	if how < 2 || how > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	nw, nh := w, h
	if how >= 5 {
		nw, nh = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		for x := range nw {
			from := [9]image.Point{2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y}, 5: {y, x}, 6: {y, h - 1 - x}, 7: {w - 1 - y, h - 1 - x}, 8: {w - 1 - y, x}}[how]
			out.SetNRGBA(x, y, img.NRGBAAt(from.X, from.Y))
		}
	}
	return out
}

// orientation reads how the camera was held from the Exif block of a JPEG; 1 where
// nothing is said.
func orientation(raw []byte) int {
	for at := 2; at+4 <= len(raw) && raw[at] == 0xff && raw[at+1] != 0xda; {
		length := int(binary.BigEndian.Uint16(raw[at+2:]))
		if at+2+length > len(raw) {
			return 1
		}
		part := raw[at+4 : max(at+4, at+2+length)]
		if raw[at+1] == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return exifOrientation(part[6:])
		}
		at += 2 + max(length, 2)
	}
	return 1
}

// exifOrientation looks for tag 0x0112 in the first directory of a TIFF block.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range int(order.Uint16(tiff[at:])) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 0x0112 {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}
