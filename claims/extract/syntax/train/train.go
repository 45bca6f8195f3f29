package train

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"cotejo/claims/extract/syntax/model"
)

// Least says how often a feature must occur in training to be kept.
type Least struct{ Tag, Action, Label uint8 }

// Prune says which weights are dropped at the end, in units of one update.
type Prune struct{ Tag, Action, Label float64 }

// Options steer a training run. The same options and sentences give the same model.
type Options struct {
	Lang        string
	Domain      string // the treebank assumed at run time
	Mixed       bool   // the treebanks differ in scheme
	Least       Least
	Single      int // sightings that hold a word of one class to it
	Prune       Prune
	TagEpochs   int
	ParseEpochs int
	ActionDoubt float64 // the share of actions that early features may take otherwise
	Step        int     // of the byte scale of the parser's weights
	MaxBytes    int     // of the model as stored
	Runs        int     // trained apart, in different orders; the model is their mean
	Folds       int     // parts for tagging the parser's training data
	Seed        uint64
	Text        []Sentence // without annotation, for word clusters
	Log         io.Writer
}

// Defaults gives the options that the committed model of a language was trained with.
func Defaults(lang string) Options {
	o := Options{Lang: lang, Domain: "gum", Least: Least{2, 4, 3}, Single: closedCount, Prune: Prune{1, 3, 3}, ActionDoubt: 0.001,
		TagEpochs: 8, ParseEpochs: 10, Runs: 3, Step: 1, MaxBytes: 4_900_000, Folds: 5, Seed: 1, Log: io.Discard}
	if lang == "es" {
		o.Domain, o.Mixed = "ancora", true
		o.Prune, o.ActionDoubt = Prune{1, 1.5, 1.5}, 0.0004
		o.Single = 5                        // costs no class there; in English the parser loses by it
		o.Least, o.Runs = Least{2, 3, 2}, 6 // fewer sentences: their tables stay small, and chance weighs more
	}
	return o
}

// Run trains a model.
func Run(sentences []Sentence, o Options) (*model.Model, error) {
	m := &model.Model{Lang: o.Lang, Domains: Domains(sentences)}
	at := slices.Index(m.Domains, o.Domain)
	if at < 0 {
		return nil, fmt.Errorf("no sentence of the treebank %q among the training data (%v)", o.Domain, m.Domains)
	}
	m.Domain = model.Domain{Treebank: uint32(at), Mixed: o.Mixed}
	set := newTagset(sentences)
	if len(set.classes) > model.MaxClasses || len(set.bundles) > model.MaxClasses {
		return nil, fmt.Errorf("%d classes and %d bundles, more than %d", len(set.classes), len(set.bundles), model.MaxClasses)
	}
	examples := prepare(sentences, set, m)
	m.Lemmatizer = trainLemmatizer(sentences, o.Lang)
	m.Tagger = trainTagger(examples, clusterAll(examples, o), set, o)
	fmt.Fprintf(o.Log, "tagger: %d classes, %d bundles, %d words in the lexicon\n", len(set.classes), len(set.bundles), len(m.Tagger.Lexicon.Entries))
	labels := relations(sentences)
	attach(examples, sentences, m, labels, set, o)
	if err := fit(m, labels, trainParser(examples, labels, o), o); err != nil {
		return nil, err
	}
	sample := sentences
	if len(o.Text) > 0 { // which training has not seen
		sample = o.Text
	}
	setLeads(m, sample, o.ActionDoubt)
	fmt.Fprintf(o.Log, "leads: class %d, action %d, label %d\n", m.Tagger.Class.Lead, m.Parser.Action.Lead, m.Parser.Label.Lead)
	fmt.Fprintf(o.Log, "weights: class %d, bundle %d, action %d, label %d\n", m.Tagger.Class.Len(), m.Tagger.Bundle.Len(), m.Parser.Action.Len(), m.Parser.Label.Len())
	return m, nil
}

// fit gives the model its parser, and raises the parser's pruning by quarters
// until the file keeps its limit.
func fit(m *model.Model, labels []string, runs parserRuns, o Options) error {
	for p := o.Prune; p.Action < 100; p.Action, p.Label = p.Action*1.25, p.Label*1.25 {
		m.Parser = runs.parser(labels, p, o.Step)
		var file bytes.Buffer
		if err := m.Write(&file); err != nil {
			return err
		}
		fmt.Fprintf(o.Log, "parser: weights up to %.2f and %.2f dropped, %d bytes\n", p.Action, p.Label, file.Len())
		if file.Len() <= o.MaxBytes {
			return nil
		}
	}
	return fmt.Errorf("the model does not fit into %d bytes", o.MaxBytes)
}

// Domains names the treebanks of the sentences, sorted.
func Domains(sentences []Sentence) []string {
	c := counter[string]{}
	for _, s := range sentences {
		c.add(s.Domain)
	}
	names := make([]string, 0, len(c))
	for d := range c {
		names = append(names, d)
	}
	slices.Sort(names)
	return names
}

func prepare(sentences []Sentence, set *tagset, m *model.Model) []example {
	out := make([]example, len(sentences))
	for i := range sentences {
		s := &sentences[i]
		ex := &out[i]
		ex.domain = m.DomainOf(s.Domain)
		ex.forms = model.Forms(s.Forms(), nil)
		for j := range s.Words {
			ex.tags = append(ex.tags, set.tag(&s.Words[j]))
		}
	}
	return out
}

// clusterAll clusters the words of the examples and of the text; where there is
// no text there are no clusters, for words that the examples alone place are known.
func clusterAll(examples []example, o Options) []model.Clustered {
	if len(o.Text) == 0 {
		return nil
	}
	var all [][]model.Form
	for i := range examples {
		all = append(all, examples[i].forms)
	}
	for i := range o.Text {
		all = append(all, model.Forms(o.Text[i].Forms(), nil))
	}
	return trainClusters(all, clusterCount)
}
