package ingest

import (
	"bytes"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// minChardet is the confidence below which a detected encoding is a mere guess.
const minChardet = 0.5

// decode turns raw bytes into UTF-8 and names the encoding they were in. A byte
// order mark decides; else bytes that are valid UTF-8 are UTF-8, whatever they
// were declared to be; else the declaration; else what the bytes look like.
func decode(raw []byte, declared string) (text, name string, err error) {
	if bytes.HasPrefix(raw, []byte("\xFF\xFE\x00\x00")) { // else taken for UTF-16 full of NULs
		return "", "", claims.Refuse(claims.KindUnsupported, "ingest.encoding", "utf-32")
	}
	if enc, name := byteOrder(raw); enc != nil {
		return transcode(raw, enc, name)
	}
	enc, name := charset.Lookup(declared)
	switch {
	case name == "replacement": // the web's answer to encodings that hide markup
		return "", "", claims.Refuse(claims.KindUnsupported, "ingest.encoding", clip(declared, 40))
	case enc != nil && !asciiBased(name):
		return transcode(raw, enc, name)
	case mostlyUTF8(raw):
		return repairUTF8(string(raw)), "utf-8", nil
	case enc != nil && name != "utf-8":
		return transcode(raw, enc, labelLatin(raw, name))
	case looksWestern(raw):
		enc, _ := charset.Lookup("windows-1252")
		return transcode(raw, enc, labelLatin(raw, "windows-1252"))
	}
	return detect(raw)
}

// detect asks the statistics of the bytes and refuses where they do not tell.
func detect(raw []byte) (text, name string, err error) {
	found := chardet.Detect(raw[:min(len(raw), sampleBytes)])
	enc, name := charset.Lookup(found.Encoding)
	if enc == nil || name == "replacement" || found.Confidence < minChardet {
		guess := found.Encoding
		if guess == "" {
			guess = "?"
		}
		return "", "", claims.Refuse(claims.KindUnsupported, "ingest.encoding", guess)
	}
	return transcode(raw, enc, labelLatin(raw, name))
}

func transcode(raw []byte, enc encoding.Encoding, name string) (string, string, error) {
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		refusal := claims.Refuse(claims.KindUnsupported, "ingest.encoding", name)
		refusal.Cause = err
		return "", "", refusal
	}
	return string(text), name, nil
}

// byteOrder recognises the marks of UTF-8 and UTF-16.
func byteOrder(raw []byte) (encoding.Encoding, string) {
	for mark, label := range map[string]string{"\xEF\xBB\xBF": "utf-8", "\xFF\xFE": "utf-16le", "\xFE\xFF": "utf-16be"} {
		if bytes.HasPrefix(raw, []byte(mark)) {
			return charset.Lookup(label)
		}
	}
	return nil, ""
}

// asciiBased reports whether ASCII bytes mean ASCII in the named encoding, so
// that valid UTF-8 can be told from it.
func asciiBased(name string) bool {
	return !strings.HasPrefix(name, "utf-16") && name != "iso-2022-jp"
}

// mostlyUTF8 reports whether raw is UTF-8, a few broken sequences allowed: at
// most one to every four whole ones beyond ASCII.
func mostlyUTF8(raw []byte) bool {
	if utf8.Valid(raw) {
		return true
	}
	whole, broken := 0, 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 {
			broken++
		} else if size > 1 {
			whole++
		}
		raw = raw[size:]
	}
	return whole >= 4*broken
}

// labelLatin calls Windows-1252 by the narrower name Latin-1 where no byte
// tells them apart. The web decodes both alike.
func labelLatin(raw []byte, name string) string {
	if name != "windows-1252" {
		return name
	}
	for _, b := range raw {
		if b >= 0x80 && b <= 0x9F {
			return name
		}
	}
	return "iso-8859-1"
}

// unusedCP1252 are the bytes Windows-1252 leaves undefined.
const unusedCP1252 = "\x81\x8D\x8F\x90\x9D"

// looksWestern reports whether bytes beyond ASCII stand as in a Western European
// text: accented letters one or two at a time among plain ones, never in long
// runs as in Cyrillic or Greek, and never an undefined byte.
func looksWestern(raw []byte) bool {
	plain, accented, run := 0, 0, 0
	for _, b := range raw {
		switch {
		case b < 0x80:
			if unicode.IsLetter(rune(b)) {
				plain++
			}
			run = 0
		case strings.IndexByte(unusedCP1252, b) >= 0:
			return false
		case b >= 0xC0 && b != 0xD7 && b != 0xF7:
			accented++
			if run++; run > 2 {
				return false
			}
		default:
			run = 0
		}
	}
	return plain >= 3*accented
}

// declaredCharset is the charset of an HTTP content type, "" where it has none.
func declaredCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}
