package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"cotejo/claims"
)

// Said is one annotated attribution: where the cue, the source and what is said
// stand, each in one piece or more.
type Said struct {
	Cue     []claims.Span
	Source  []claims.Span
	Content []claims.Span
}

// SaidText is a text with the attributions that stand in it. They are not all
// that stand there, so only what is found of them can be counted.
type SaidText struct {
	Name string
	Text string
	Said []Said
}

// LoadSaid reads a file of annotated attributions, a JSON object a line.
func LoadSaid(path string) ([]SaidText, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []SaidText
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var raw struct {
			Doc          string
			Text         string
			Attributions []struct{ Cue, Source, Content [][2]int }
		}
		if err := json.Unmarshal(lines.Bytes(), &raw); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, len(out)+1, err)
		}
		t := SaidText{Name: raw.Doc, Text: raw.Text}
		for _, a := range raw.Attributions {
			t.Said = append(t.Said, Said{spans(a.Cue), spans(a.Source), spans(a.Content)})
		}
		out = append(out, t)
	}
	return out, lines.Err()
}

func spans(pairs [][2]int) []claims.Span {
	out := make([]claims.Span, len(pairs))
	for i, p := range pairs {
		out[i] = claims.Span{Start: p[0], End: p[1]}
	}
	return out
}

// SaidCounts are the counts of a comparison: attributions annotated, and how many
// of these name their source in the sentence; those whose cue was found; of
// these the ones with the right source (where one is named) and with the right
// content (half of the code points in common).
type SaidCounts struct{ Gold, Sourced, Cue, Source, Content int }

// Add sums counts.
func (c SaidCounts) Add(o SaidCounts) SaidCounts {
	return SaidCounts{c.Gold + o.Gold, c.Sourced + o.Sourced, c.Cue + o.Cue, c.Source + o.Source, c.Content + o.Content}
}

// Recall gives the shares of what is annotated that was found: cues, sources of
// those that name one, and contents.
func (c SaidCounts) Recall() (cue, source, content float64) {
	return ratio(c.Cue, c.Gold), ratio(c.Source, c.Sourced), ratio(c.Content, c.Gold)
}

// CompareSaid counts which attributions of a text the proposed claims bear.
func CompareSaid(t SaidText, proposed []claims.Assertion) SaidCounts {
	n := SaidCounts{Gold: len(t.Said)}
	for _, gold := range t.Said {
		if len(gold.Source) > 0 {
			n.Sourced++
		}
		found, sources, content := bearing(proposed, gold.Cue)
		if !found {
			continue
		}
		n.Cue++
		if sharedPoints(sources, gold.Source) > 0 {
			n.Source++
		}
		if agreement(content, gold.Content) >= loose {
			n.Content++
		}
	}
	return n
}

// bearing gathers the claims that a cue bears: what is said may be more than
// one of them.
func bearing(proposed []claims.Assertion, cue []claims.Span) (found bool, sources, content []claims.Span) {
	for _, p := range proposed {
		for _, a := range p.Attributions {
			if a.Cue == nil || sharedPoints([]claims.Span{a.Cue.Span}, cue) == 0 {
				continue
			}
			found = true
			for _, l := range a.Sources {
				sources = append(sources, l.Span)
			}
			for _, f := range p.Fragments {
				content = append(content, f.Span)
			}
			break
		}
	}
	return found, sources, content
}

// sharedPoints counts the code points that two sets of spans share; neither set
// overlaps itself.
func sharedPoints(a, b []claims.Span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				n += min(x.End, y.End) - max(x.Start, y.Start)
			}
		}
	}
	return n
}

func agreement(a, b []claims.Span) float64 {
	both := sharedPoints(a, b)
	return ratio(both, length(a)+length(b)-both)
}

func length(all []claims.Span) int {
	n := 0
	for _, s := range all {
		n += s.Len()
	}
	return n
}
