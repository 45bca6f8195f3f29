package ingest

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Bounds on letters: parts within parts, parts in all, names of attachments.
const (
	maxMailDepth   = 8
	maxMailParts   = 200
	maxAttachments = 50
)

// readMail is the reader of letters: subject, sender and date from the headers, the
// text from the body; attachments are named and not read.
func readMail(ctx context.Context, src source) (content, error) {
	return bounded(ctx, func() (content, error) {
		message, err := mail.ReadMessage(bytes.NewReader(src.raw))
		if err != nil || !isLetter(message.Header) {
			return content{}, brokenFile(err)
		}
		letter := letter{}
		letter.part(headerOf(message.Header), message.Body, 0)
		lines := letter.lines()
		out := content{text: textOf(lines), blocks: blocksOf(lines), attachments: letter.attachments}
		words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
		subject, err := words.DecodeHeader(message.Header.Get("Subject"))
		if err != nil {
			subject = message.Header.Get("Subject")
		}
		out.findings = append(out.findings, finding{"title", []string{subject}, FromFile})
		addresses := mail.AddressParser{WordDecoder: &words}
		if from, err := addresses.ParseList(message.Header.Get("From")); err == nil {
			var names []string
			for _, a := range from {
				names = append(names, a.Name) // an address without a name is nobody's byline
			}
			out.findings = append(out.findings, finding{"authors", names, FromFile})
		}
		if at, err := message.Header.Date(); err == nil {
			out.findings = append(out.findings, finding{"published", []string{at.Format(time.DateOnly)}, FromFile})
		}
		return out, nil
	})
}

// isLetter reports whether the headers are those of a letter, not the first words of a
// text that happen to have a colon.
func isLetter(h mail.Header) bool {
	for _, name := range []string{"From", "Subject", "Date", "Content-Type"} {
		if h.Get(name) != "" {
			return true
		}
	}
	return false
}

// partHeader is the part of a MIME header that tells how to read a body.
type partHeader struct{ contentType, transfer, disposition string }

func headerOf(h interface{ Get(string) string }) partHeader {
	return partHeader{h.Get("Content-Type"), h.Get("Content-Transfer-Encoding"), h.Get("Content-Disposition")}
}

// letter gathers the bodies of a message.
type letter struct {
	plain, page []string // what can be read, in order
	attachments []string
	parts       int
}

func (l *letter) part(h partHeader, body io.Reader, depth int) {
	if l.parts++; l.parts > maxMailParts || depth > maxMailDepth {
		return
	}
	media, params, err := mime.ParseMediaType(h.contentType)
	if err != nil {
		media = typeText
	}
	disposition, placed, _ := mime.ParseMediaType(h.disposition)
	name := placed["filename"]
	if name == "" {
		name = params["name"]
	}
	switch {
	case disposition == "attachment" || name != "" && !strings.HasPrefix(media, "multipart/"):
		l.attach(name, media)
	case strings.HasPrefix(media, "multipart/"):
		l.multipart(body, params["boundary"], depth)
	case media == typeText || media == typeHTML:
		l.body(media, params, decodeTransfer(body, h.transfer))
	default:
		l.attach(name, media)
	}
}

func (l *letter) attach(name, media string) {
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if decoded, err := words.DecodeHeader(name); err == nil {
		name = decoded
	}
	if name = clip(oneLine(name), maxField); name == "" {
		name = media
	}
	if len(l.attachments) < maxAttachments {
		l.attachments = append(l.attachments, name)
	}
}

func (l *letter) multipart(body io.Reader, boundary string, depth int) {
	if boundary == "" {
		return
	}
	parts := multipart.NewReader(body, boundary)
	for l.parts <= maxMailParts {
		part, err := parts.NextRawPart()
		if err != nil {
			return // the end, or as far as it can be read
		}
		l.part(headerOf(part.Header), part, depth+1)
	}
}

func (l *letter) body(media string, params map[string]string, body io.Reader) {
	raw, err := io.ReadAll(io.LimitReader(body, MaxBytes))
	if err != nil && len(raw) == 0 {
		return
	}
	text, _, err := decode(raw, params["charset"])
	if err != nil {
		return
	}
	if media == typeHTML {
		l.page = append(l.page, text)
		return
	}
	if strings.EqualFold(params["format"], "flowed") {
		text = unflow(text)
	}
	l.plain = append(l.plain, text)
}

// unflow joins the lines of a flowed text: those that end with a blank go on.
func unflow(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(line)
		if !strings.HasSuffix(line, " ") || line == "-- " {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func decodeTransfer(body io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body) // it passes over line ends
	}
	return body
}

// lines are the letter's text: of the page where there is one, for it knows
// paragraphs, else of the plain body.
func (l *letter) lines() []line {
	var lines []line
	for _, page := range l.page {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			continue
		}
		prepare(doc)
		lines = append(lines, linesOf(doc, nil, nil)...)
	}
	if hasWord(textOf(lines)) {
		return lines
	}
	lines = nil
	for _, plain := range l.plain {
		plain = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(plain)
		for paragraph := range strings.SplitSeq(plain, paragraphBreak) {
			if paragraph = strings.Trim(paragraph, "\n"); strings.TrimSpace(paragraph) != "" {
				lines = append(lines, line{text: paragraph, letters: len(paragraph)})
			}
		}
	}
	return lines
}
