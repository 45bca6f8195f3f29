package compare

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/extract/lang"
)

// reader knows which words of two texts turn what a sentence says.
type reader struct {
	kinds         map[string]claims.WarningKind // lower-case words
	endings       []string                      // of negated words: "n't"
	weak          map[string]bool               // "one" is a figure beside others only
	common        map[string]bool               // words that open sentences with a capital and are no names
	names         map[string]bool               // words that have a capital within a sentence of either text
	before, after []word
}

func newReader(before, after, code string) *reader {
	r := &reader{kinds: map[string]claims.WarningKind{}, weak: map[string]bool{}, common: map[string]bool{}, names: map[string]bool{}, before: scan(before), after: scan(after)}
	codes := []string{code}
	if _, ok := lang.For(code); !ok {
		codes = lang.Codes() // better a warning too many
	}
	for _, code := range codes {
		if pack, ok := lang.For(code); ok {
			r.read(pack)
		}
	}
	r.readNumerals(lang.Neutral())
	for _, text := range [][]word{r.before, r.after} {
		for _, w := range text {
			switch {
			case !capital(w.text):
				r.common[strings.ToLower(w.text)] = true
			case !w.opens:
				r.names[w.text] = true
			}
		}
	}
	return r
}

func (r *reader) read(pack *lang.Pack) {
	for _, row := range pack.Rows("sentence_starters") {
		for _, w := range strings.Fields(row.Cell(0)) {
			r.common[w] = true
		}
	}
	r.readNumerals(pack)
	for _, row := range pack.Rows("calendar") {
		switch row.Cell(1) {
		case "month", "capmonth", "weekday":
			r.kinds[row.Cell(0)] = claims.WarnDate
		}
	}
	for _, row := range pack.Rows("negations") {
		for _, w := range strings.Fields(row.Cell(1)) {
			if row.Cell(0) == "ending" {
				r.endings = append(r.endings, w)
				continue
			}
			r.kinds[w] = claims.WarnNegation
		}
	}
}

func (r *reader) readNumerals(pack *lang.Pack) {
	for _, row := range pack.Rows("numerals") {
		switch word := row.Cell(0); row.Cell(2) {
		case "unit", "ten", "hundred", "scale", "times", "ordinal", "part", "about":
			r.kinds[word] = claims.WarnFigure
			if row.Cell(1) == "1" {
				r.weak[word] = true
			}
		}
	}
}

// word is a word of a text; opens says that a sentence begins with it, glued that no
// blank space stands before it.
type word struct {
	text         string
	at           int // in code points
	opens, glued bool
}

// scan gives the words of a text, blank space left out.
func scan(text string) (out []word) {
	at, opens, glued := 0, true, false
	for _, w := range words(text) {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case first == '\n':
			opens, glued = true, false
		case unicode.IsSpace(first):
			glued = false
		default:
			out = append(out, word{text: w, at: at, opens: opens, glued: glued})
			opens, glued = !letter(first) && (opens || strings.ContainsRune(".!?…:;¿¡“«\"–—", first)), true
		}
		at += utf8.RuneCountInString(w)
	}
	return out
}

// within gives the words of a stretch.
func within(list []word, s claims.Span) []word {
	from := sort.Search(len(list), func(i int) bool { return list[i].at >= s.Start })
	until := sort.Search(len(list), func(i int) bool { return list[i].at >= s.End })
	return list[from:until]
}

// kind says what a word is, "" for one that turns nothing by itself.
func (r *reader) kind(w word) claims.WarningKind {
	if strings.ContainsFunc(w.text, unicode.IsDigit) || strings.Contains("%‰€$£¥", w.text) {
		return claims.WarnFigure
	}
	lower := strings.ToLower(strings.ReplaceAll(w.text, "’", "'"))
	if kind, ok := r.kinds[lower]; ok {
		return kind
	}
	for _, ending := range r.endings {
		if strings.HasSuffix(lower, ending) {
			return claims.WarnNegation
		}
	}
	if capital(w.text) && (!w.opens || r.names[w.text] || !r.common[lower]) {
		return claims.WarnName
	}
	return ""
}

func capital(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(first) || unicode.IsTitle(first)
}

// warn puts warnings on the changes that turn something. Paragraphs that came or went
// as a whole turn nothing within a sentence.
func (r *reader) warn(changes []claims.Change) {
	for i, c := range changes {
		if c.Same() || wholeParagraphs(changes, i) {
			continue
		}
		sentences := (c.Before == "" || c.After == "") && strings.ContainsAny(c.Before+c.After, ".!?…")
		gone, strong := r.sorted(within(r.before, c.BeforeSpan), sentences)
		come, too := r.sorted(within(r.after, c.AfterSpan), sentences)
		if !strong && !too {
			delete(gone, claims.WarnFigure)
			delete(come, claims.WarnFigure)
		}
		for _, kind := range claims.WarningKinds {
			changes[i].Warnings = append(changes[i].Warnings, paired(kind, gone[kind], come[kind])...)
		}
	}
}

// sorted sorts words by what they are; neighbours of one kind are told together. strong
// says that a figure is more than the word "one". Of whole sentences a capital at the
// beginning is no name for that alone.
func (r *reader) sorted(list []word, sentences bool) (out map[claims.WarningKind][]string, strong bool) {
	out = map[claims.WarningKind][]string{}
	last := claims.WarningKind("")
	for _, w := range list {
		kind := r.kind(w)
		if kind == claims.WarnName && sentences && w.opens && !r.names[w.text] {
			kind = ""
		}
		strong = strong || kind == claims.WarnFigure && !r.weak[strings.ToLower(w.text)]
		run := out[kind]
		switch {
		case kind == "":
		case kind != last || kind == claims.WarnNegation:
			out[kind] = append(run, w.text)
		case w.glued:
			run[len(run)-1] += w.text
		default:
			run[len(run)-1] += " " + w.text
		}
		last = kind
	}
	return out, strong
}

// paired sets what went beside what came, in order; what is on both sides in the same
// order turned nothing.
func paired(kind claims.WarningKind, gone, come []string) (out []claims.Warning) {
	for len(gone) > 0 && len(come) > 0 && alike(kind, gone[0], come[0]) {
		gone, come = gone[1:], come[1:]
	}
	for len(gone) > 0 && len(come) > 0 && alike(kind, gone[len(gone)-1], come[len(come)-1]) {
		gone, come = gone[:len(gone)-1], come[:len(come)-1]
	}
	if len(gone) == len(come) {
		for i := range gone {
			if !alike(kind, gone[i], come[i]) {
				out = append(out, claims.Warning{Kind: kind, Before: gone[i], After: come[i]})
			}
		}
		return out
	}
	return []claims.Warning{{Kind: kind, Before: strings.Join(gone, ", "), After: strings.Join(come, ", ")}}
}

// alike reports whether two words say the same: a capital is nothing of a figure's.
func alike(kind claims.WarningKind, a, b string) bool {
	return a == b || kind != claims.WarnName && strings.EqualFold(a, b)
}

// wholeParagraphs reports whether a change puts in or takes out paragraphs, and nothing else.
func wholeParagraphs(changes []claims.Change, i int) bool {
	c := changes[i]
	if c.Before != "" && c.After != "" {
		return false
	}
	text := c.Before + c.After
	begins := i == 0 || strings.HasSuffix(changes[i-1].Before, "\n") && strings.HasSuffix(changes[i-1].After, "\n")
	ends := i == len(changes)-1 || strings.HasPrefix(changes[i+1].Before, "\n") && strings.HasPrefix(changes[i+1].After, "\n")
	return begins && (ends || strings.HasSuffix(text, "\n")) || ends && strings.HasPrefix(text, "\n")
}
