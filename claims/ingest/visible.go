package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	"golang.org/x/net/html"
)

// visible is what the lines of a page say about the article to people only.
type visible struct {
	title   string   // the part of <title> that stands on a line of its own
	dates   []string // as claims.Date
	authors []string
}

// Bounds of the search among lines: how many of them, and how long a line may be
// that dates or signs the article.
const (
	visibleReach = 400
	aboutReach   = 12 // lines on either side of the title
	maxAboutLine = 120
)

// visible reads the lines of the page: the title among them, then a date and a byline
// near it.
func (p *page) visible(doc *html.Node) visible {
	var v visible
	lines := linesOf(doc, nil, nil)
	lines = lines[:min(len(lines), visibleReach)]
	at := 0
	v.title, at = standingTitle(p.title, lines)
	if v.title == "" {
		for i, l := range lines {
			if len(p.headings) > 0 && l.text == p.headings[0].text {
				at = i
				break
			}
		}
	}
	for _, l := range lines[at:min(len(lines), at+aboutReach)] {
		v.look(l, p.lang)
	}
	for i := at - 1; i >= 0 && i > at-aboutReach; i-- {
		v.look(lines[i], p.lang)
	}
	return v
}

func (v *visible) look(l line, lang string) {
	for text := range strings.SplitSeq(l.text, "\n") {
		if utf8.RuneCountInString(text) > maxAboutLine || l.linked == l.letters || datelineShape.MatchString(text) {
			continue
		}
		if day, ok := dateWithin(text, lang); ok {
			v.dates = append(v.dates, string(day))
		}
		front, _, cut := strings.Cut(strings.NewReplacer("|", "·").Replace(text), "·")
		switch {
		case len(v.authors) > 0:
		case bylineShape.MatchString(text):
			v.authors = authorsOf([]string{text})
		case cut && len(v.dates) > 0 && wordsIn(front) > 1 && looksNamed(strings.TrimSpace(front)):
			v.authors = authorsOf([]string{strings.TrimSpace(front)})
		}
	}
}

// titleTail cuts a <title> where outlets add their name.
var titleTail = regexp.MustCompile(`\s+[-–—|·:»]+\s+|:\s+|\s*\|\s*`)

// minTitle is the shortest part of a <title>, in code points, that may be the title.
const minTitle = 12

// standingTitle is the longest part of <title>, from its beginning or to its end,
// that stands on a line of its own; "" where none does. At is the line.
func standingTitle(title string, lines []line) (part string, at int) {
	standing := map[string]int{}
	for i := len(lines) - 1; i >= 0; i-- {
		standing[letters(lines[i].text)] = i
		for part := range strings.SplitSeq(lines[i].text, "\n") {
			standing[letters(part)] = i
		}
	}
	title = oneLine(title)
	parts := []string{title}
	for _, cut := range titleTail.FindAllStringIndex(title, 16) {
		parts = append(parts, title[:cut[0]], title[cut[1]:])
	}
	slices.SortStableFunc(parts, func(a, b string) int { return len(b) - len(a) })
	for _, part := range parts {
		if i, ok := standing[letters(part)]; ok && utf8.RuneCountInString(part) >= minTitle {
			return asStanding(lines[i].text, part), i
		}
	}
	return "", 0
}

// asStanding gives the part of a line that has the same letters, as it is written there.
func asStanding(text, part string) string {
	for own := range strings.SplitSeq(text, "\n") {
		if letters(own) == letters(part) {
			return oneLine(own)
		}
	}
	return oneLine(text)
}

// bylineShape is a line that begins as bylines do and goes on with a name.
var bylineShape = regexp.MustCompile(`^(?i:by|words by|words:|text by|text:|texto:|por|publicado por|posted by|written by|submitted by|escribe|par|di|von)[: ]+(?:\p{Lu}|\p{Lo})`)

var (
	bylineStart = regexp.MustCompile(`(?i)^(?:by|words by|words|text by|text|texto|fotos?|por|publicado por|posted by|written by|submitted by|escribe|redacción:|par|di|von)(?:\s*:\s*|\s+)`)
	bylineEnd   = regexp.MustCompile(`\s*(?:[·|•–—\n\t(]|\s-\s|,?\s+\d|,\s*(?i:\pL+ correspondent|corresponsal|enviad[oa] especial|staff writer)|,\s*(?:\pL+ )?\d).*$`)
	nameCut     = regexp.MustCompile(`\s*[,;/&]\s*|\s+(?i:and|y|e|et|und|i)\s+`)
)

// authorsOf reads names out of bylines: "Por Ana Paz y Luis Gil | 3 de mayo". The
// first byline that holds a name is believed.
func authorsOf(bylines []string) []string {
	for _, byline := range bylines {
		byline, _, _ = strings.Cut(strings.TrimSpace(byline), "\n")
		byline = bylineStart.ReplaceAllString(oneLine(byline), "")
		byline = bylineEnd.ReplaceAllString(byline, "")
		var names []string
		for _, name := range nameCut.Split(byline, maxAuthors) {
			if looksNamed(name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// looksNamed reports whether s may be somebody's name: two to six words that begin
// large, small words between them allowed.
func looksNamed(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || utf8.RuneCountInString(s) > 60 || strings.ContainsAny(s, "@:/0123456789") {
		return false
	}
	large := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r) {
			large++
		}
	}
	return large >= 1 && (len(words) > 1 || large == 1)
}

// Dates inside a line, in words, with short months, in figures.
var (
	dayFirstWithin   = regexp.MustCompile(`(?i)(?:^|[^\d.,])(\d{1,2})(?:º|st|nd|rd|th)?(?: de |[ -/]|\. )(\pL{3,12})\.?(?:,| del? |[ -/]|, )\s?(\d{4})(?:\D|$)`)
	monthFirstWithin = regexp.MustCompile(`(?i)(?:^|\P{L})(\pL{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:\D|$)`)
	isoWithin        = regexp.MustCompile(`(?:^|\D)(\d{4})[-/](\d{2})[-/](\d{2})(?:\D|$)`)
	figuresWithin    = regexp.MustCompile(`(?:^|[^\d/.])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[^\d/.]|$)`)
	urlDate          = regexp.MustCompile(`/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)`)
)

// dateWithin finds a date in a line. Figures with the day and the month in doubt are
// read as the language writes them; in English they are left alone.
func dateWithin(s, lang string) (claims.Date, bool) {
	if m := isoWithin.FindStringSubmatch(s); m != nil {
		if day, ok := isoDate(m[1] + "-" + m[2] + "-" + m[3]); ok {
			return day, true
		}
	}
	for _, m := range dayFirstWithin.FindAllStringSubmatch(s, 4) {
		if day, ok := dayOf(m[1], m[2], m[3]); ok {
			return day, true
		}
	}
	for _, m := range monthFirstWithin.FindAllStringSubmatch(s, 4) {
		if day, ok := dayOf(m[2], m[1], m[3]); ok {
			return day, true
		}
	}
	if m := figuresWithin.FindStringSubmatch(s); m != nil {
		english := strings.HasPrefix(strings.ToLower(lang), "en") || lang == ""
		switch {
		case len(m[1]) == 2 && m[1] > "12" || !english:
			return isoDate(m[3] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[1]))
		case len(m[2]) == 2 && m[2] > "12":
			return isoDate(m[3] + "-" + twoDigits(m[1]) + "-" + twoDigits(m[2]))
		}
	}
	return "", false
}

func datesInURLs(addresses ...string) []string {
	for _, a := range addresses {
		if m := urlDate.FindStringSubmatch(a); m != nil {
			return []string{m[1] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[3])}
		}
	}
	return nil
}
