package train

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax/model"
)

// Word is one annotated word. Its span lies in the sentence's text; the words of
// one written word share it.
type Word struct {
	claims.Span
	Form, Lemma, POS string
	Feats            map[string]string
	Head             int // index into the sentence, -1 for the root
	Rel              string
}

// Sentence is one annotated sentence; Domain is the treebank it comes from.
// Opens says that it begins a document or a paragraph.
type Sentence struct {
	ID     string
	Domain string
	Text   string // as written
	Opens  bool
	Words  []Word
}

// Forms lists the words as written.
func (s *Sentence) Forms() []string {
	out := make([]string, len(s.Words))
	for i, w := range s.Words {
		out[i] = w.Form
	}
	return out
}

// ReadTreebank reads a CoNLL-U file and brings it to the words that the program
// sees at run time: written words stay whole unless the language's rules split
// them, and hyphenated ones are joined.
func ReadTreebank(path, code string) ([]Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sentences, err := parse(f, model.NewSplitter(code))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if pack, ok := lang.For(code); ok {
		for i := range sentences {
			sentences[i].Domain = domain(pack.Rows("corpora"), sentences[i].ID)
		}
	}
	return sentences, nil
}

func parse(r io.Reader, splitter *model.Splitter) ([]Sentence, error) {
	var (
		out []Sentence
		cur rawSentence
		sc  = bufio.NewScanner(r)
		n   int
	)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		n++
		line := sc.Text()
		if id, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			cur.id = id
		}
		if strings.HasPrefix(line, "# newdoc") || strings.HasPrefix(line, "# newpar") {
			cur.opens = true
		}
		switch {
		case line == "":
			if len(cur.rows) > 0 {
				out = append(out, cur.sentence(splitter))
			}
			cur = rawSentence{}
		case line[0] != '#':
			if err := cur.add(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	if len(cur.rows) > 0 {
		out = append(out, cur.sentence(splitter))
	}
	return out, sc.Err()
}

// rawSentence is a sentence as it stands in the file; heads count from 1.
type rawSentence struct {
	id     string
	opens  bool
	rows   []rawWord
	tokens []rawToken
}

type rawWord struct {
	Word
	spaceAfter bool
}

// rawToken is a written word that holds the words [first, last].
type rawToken struct {
	first, last int
	form        string
	spaceAfter  bool
}

func (s *rawSentence) add(line string) error {
	cells := strings.Split(line, "\t")
	if len(cells) != 10 {
		return fmt.Errorf("%d columns, not 10", len(cells))
	}
	space := !strings.Contains(cells[9], "SpaceAfter=No")
	if strings.Contains(cells[0], ".") {
		return nil // an empty node
	}
	if from, to, ok := strings.Cut(cells[0], "-"); ok {
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil {
			return fmt.Errorf("bad range %q", cells[0])
		}
		s.tokens = append(s.tokens, rawToken{a - 1, b - 1, cells[1], space})
		return nil
	}
	head, err := strconv.Atoi(cells[6])
	if err != nil {
		return fmt.Errorf("bad head %q", cells[6])
	}
	s.rows = append(s.rows, rawWord{spaceAfter: space, Word: Word{
		Form: cells[1], Lemma: cells[2], POS: cells[3], Feats: feats(cells[5]), Head: head - 1, Rel: cells[7]}})
	return nil
}

// keptFeats are the features that the program keeps.
var keptFeats = []string{"VerbForm", "Mood", "Tense", "Person", "Number", "Gender", "PronType"}

func feats(cell string) map[string]string {
	out := map[string]string{}
	for _, kv := range strings.Split(cell, "|") {
		if k, v, ok := strings.Cut(kv, "="); ok && slices.Contains(keptFeats, k) {
			out[k] = v
		}
	}
	return out
}

// sentence groups the rows into the words seen at run time.
func (s *rawSentence) sentence(splitter *model.Splitter) Sentence {
	for i := range s.rows {
		s.rows[i].Head = min(s.rows[i].Head, len(s.rows)-1)
	}
	text := s.write()
	group := make([]int, len(s.rows)) // row → first row of its group
	for i := range group {
		group[i] = i
	}
	for _, t := range s.tokens {
		parts := splitter.Split(t.form)
		s.rows[t.last].spaceAfter = t.spaceAfter
		for i := t.first; i < t.last; i++ {
			s.rows[i].spaceAfter = false
		}
		if len(parts) == t.last-t.first+1 {
			for i, p := range parts {
				s.rows[t.first+i].Form = p
			}
			continue
		}
		s.join(group, t.first, t.last, t.form)
	}
	s.joinHyphens(group)
	out := s.gather(group)
	out.Text = text
	return out
}

// write gives the sentence as written and notes where in it each row stands.
func (s *rawSentence) write() string {
	var (
		text strings.Builder
		at   int
		next = 0 // token
	)
	for i := 0; i < len(s.rows); i++ {
		form, last, space := s.rows[i].Form, i, s.rows[i].spaceAfter
		if next < len(s.tokens) && s.tokens[next].first == i {
			t := s.tokens[next]
			form, last, space = t.form, t.last, t.spaceAfter
			next++
		}
		end := at + utf8.RuneCountInString(form)
		for ; i < last; i++ {
			s.rows[i].Span = claims.Span{Start: at, End: end}
		}
		s.rows[last].Span = claims.Span{Start: at, End: end}
		text.WriteString(form)
		at = end
		if space {
			text.WriteByte(' ')
			at++
		}
	}
	return text.String()
}

func (s *rawSentence) join(group []int, first, last int, form string) {
	s.rows[first].Form = form
	s.rows[first].spaceAfter = s.rows[last].spaceAfter
	for i := first; i <= last; i++ {
		group[i] = group[first]
	}
}

// joinHyphens joins "well", "-", "known", written without spaces.
func (s *rawSentence) joinHyphens(group []int) {
	for i := 0; i+2 < len(s.rows); i++ {
		start := group[i]
		form := s.rows[start].Form
		hyphen, after := s.rows[i+1], s.rows[i+2]
		if s.rows[i].spaceAfter || hyphen.Form != "-" || hyphen.spaceAfter || group[i+2] != i+2 || !beginsWord(form, false) || !beginsWord(after.Form, true) {
			continue
		}
		s.join(group, start, i+2, form+"-"+after.Form)
		i++
	}
}

func beginsWord(form string, digits bool) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsLetter(r) || digits && unicode.IsDigit(r)
}

// gather makes one word of each group. The word whose head lies outside speaks
// for the group: a hyphenated word is what its head is, while a written word
// that the rules leave whole is what its first part is.
func (s *rawSentence) gather(group []int) Sentence {
	out := Sentence{ID: s.id, Opens: s.opens}
	place := make([]int, len(s.rows))
	var firsts []int
	for i, g := range group {
		if g == i {
			firsts = append(firsts, i)
		}
		place[i] = len(firsts) - 1
	}
	for _, first := range firsts {
		out.Words = append(out.Words, s.merged(group, first, place))
	}
	harmonise(out.Words)
	for i := range out.Words {
		if w := &out.Words[i]; w.POS == "PROPN" && strings.EqualFold(w.Form, w.Lemma) {
			w.Lemma = w.Form // some treebanks write the lemmas of names small
		}
	}
	return out
}

func (s *rawSentence) merged(group []int, first int, place []int) Word {
	w := s.rows[first].Word
	speaker := first
	for i := first; i < len(group) && group[i] == first; i++ {
		w.End = s.rows[i].End
	}
	for i := first; i < len(group) && group[i] == first; i++ {
		if s.leaves(group, i) {
			speaker = i
			break
		}
	}
	chosen := s.rows[speaker].Word
	if speaker != first {
		w.POS, w.Feats = chosen.POS, chosen.Feats
		w.Lemma = strings.ToLower(w.Form)
		if base := strings.ToLower(chosen.Form); strings.HasSuffix(w.Lemma, base) {
			w.Lemma = strings.TrimSuffix(w.Lemma, base) + chosen.Lemma
		}
	}
	w.Rel, w.Head = chosen.Rel, -1
	if chosen.Head >= 0 {
		w.Head = place[chosen.Head]
	}
	return w
}

// leaves says whether the way from row i to the root leaves its group for good.
func (s *rawSentence) leaves(group []int, i int) bool {
	at := s.rows[i].Head
	for range s.rows {
		if at < 0 {
			return true
		}
		if group[at] == group[i] {
			return false
		}
		at = s.rows[at].Head
	}
	return false
}

// domain names the treebank of a sentence by how its id begins, after the pack's
// corpora.tsv; "" where no row knows it.
func domain(rows []lang.Row, id string) string {
	rest := ""
	for _, r := range rows {
		for _, begin := range strings.Fields(r.Cell(1)) {
			switch {
			case begin == "*":
				rest = r.Cell(0)
			case strings.HasPrefix(id, begin):
				return r.Cell(0)
			}
		}
	}
	return rest
}

// harmonise names relative clauses alike in all treebanks: AnCora has plain acl
// where the others write acl:relcl.
func harmonise(words []Word) {
	for i := range words {
		w := &words[i]
		if w.Rel != "acl" || w.Head < 0 || w.Head > i || !finite(words, i) {
			continue
		}
		for j := w.Head + 1; j < i; j++ {
			if relative(&words[j]) && under(words, j, i) {
				w.Rel = "acl:relcl"
				break
			}
		}
	}
}

func relative(w *Word) bool {
	return strings.Contains(w.Feats["PronType"], "Rel") && w.POS != "SCONJ"
}

func finite(words []Word, i int) bool {
	if words[i].Feats["VerbForm"] == "Fin" {
		return true
	}
	for j := range words {
		if words[j].Head == i && words[j].POS == "AUX" && words[j].Feats["VerbForm"] == "Fin" {
			return true
		}
	}
	return false
}

// under says whether word j depends on word i, through any number of words.
func under(words []Word, j, i int) bool {
	for range words {
		if j == i {
			return true
		}
		if j < 0 {
			return false
		}
		j = words[j].Head
	}
	return false
}
