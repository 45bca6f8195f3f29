package ingest

import (
	"context"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
)

// Bounds on transcripts, and when a paragraph of one ends: at a silence, at another
// voice, or past so many code points, always where a sentence ends if it can be.
const (
	maxCues      = 100_000
	silence      = 2000 // milliseconds
	longSpeech   = 600
	longestPause = 10 * longSpeech
)

var (
	cueTime   = regexp.MustCompile(`^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})`)
	cueVoice  = regexp.MustCompile(`<v(?:\.[^ >]*)?\s+([^>]+)>`)
	cueTag    = regexp.MustCompile(`</?[a-zA-Z0-9][^>]*>|\{\\[^}]*\}`)
	beginsSRT = regexp.MustCompile(`^\x{FEFF}?\s*\d{1,6}\s*\r?\n\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}\s*-->`)
)

// readTranscript is the reader of subtitles (SubRip and WebVTT): the words as running
// text, and when each stretch of it is spoken.
func readTranscript(ctx context.Context, src source) (content, error) {
	return bounded(ctx, func() (content, error) {
		cues := cuesOf(src.text)
		if len(cues) == 0 {
			return content{}, brokenFile(nil)
		}
		var t transcript
		for _, c := range cues {
			t.add(c)
		}
		return content{text: t.text.String(), cues: t.codes}, nil
	})
}

// cue is one subtitle.
type cue struct {
	from, to    int64
	voice, text string
}

func cuesOf(text string) []cue {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(strings.TrimPrefix(text, byteOrderMark))
	var cues []cue
	var now *cue
	for row := range strings.SplitSeq(text, "\n") {
		m := cueTime.FindStringSubmatch(row)
		switch {
		case m != nil && len(cues) < maxCues:
			cues = append(cues, cue{from: moment(m[1:5]), to: moment(m[5:9])})
			now = &cues[len(cues)-1]
		case strings.TrimSpace(row) == "":
			now = nil
		case now != nil:
			now.say(row)
		}
	}
	return cues
}

// say adds a row of words to a cue.
func (c *cue) say(row string) {
	if m := cueVoice.FindStringSubmatch(row); m != nil {
		c.voice = oneLine(html.UnescapeString(m[1]))
	}
	row = oneLine(html.UnescapeString(cueTag.ReplaceAllString(row, "")))
	if c.text != "" && row != "" {
		c.text += " "
	}
	c.text += row
}

// moment reads hours, minutes, seconds and thousandths as milliseconds.
func moment(parts []string) int64 {
	var n [4]int64
	for i, p := range parts {
		n[i], _ = strconv.ParseInt(p, 10, 64)
	}
	for len(parts[3]) < 3 {
		n[3], parts[3] = n[3]*10, parts[3]+"0"
	}
	return ((n[0]*60+n[1])*60+n[2])*1000 + n[3]
}

// transcript is running text on its way.
type transcript struct {
	text      strings.Builder
	codes     []claims.Timecode
	at        int // code points written
	paragraph int // where the paragraph began
	last      cue
}

func (t *transcript) add(c cue) {
	if c.text == "" || c.text == t.last.text && c.from-t.last.to < silence {
		return // rolling captions say a row twice
	}
	dashed := strings.HasPrefix(c.text, "- ") || strings.HasPrefix(c.text, "– ") || strings.HasPrefix(c.text, ">> ")
	newVoice := c.voice != t.last.voice || dashed
	switch {
	case t.at == 0:
	case newVoice, c.from-t.last.to >= silence && endsSentence(t.last.text),
		t.at-t.paragraph > longSpeech && endsSentence(t.last.text), t.at-t.paragraph > longestPause:
		t.write(paragraphBreak)
		t.paragraph = t.at
	default:
		t.write(" ")
	}
	if c.voice != "" && newVoice {
		t.write(c.voice + ": ")
	}
	start := t.at
	t.write(c.text)
	t.codes = append(t.codes, claims.Timecode{Span: claims.Span{Start: start, End: t.at}, From: c.from, To: max(c.from, c.to)})
	t.last = c
}

func (t *transcript) write(s string) {
	t.text.WriteString(s)
	t.at += utf8.RuneCountInString(s)
}
