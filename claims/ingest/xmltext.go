package ingest

import "regexp"

var xmlEncoding = regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// DecodeXML gives the text of XML or JSON as UTF-8, whatever encoding its server or
// its first line says, and also where they say a wrong one. What the first line says
// is not changed. Refusals are those of Read.
func DecodeXML(raw []byte, contentType string) (string, error) {
	if err := checkSize(raw); err != nil {
		return "", err
	}
	declared := declaredCharset(contentType)
	if m := xmlEncoding.FindSubmatch(raw); declared == "" && m != nil {
		declared = string(m[1])
	}
	text, _, err := decode(raw, declared)
	return text, err
}
