package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"cotejo/claims/extract/eval"
	"cotejo/claims/extract/score"
)

// The files that the command writes.
const (
	weightsFile         = "weights.tsv"
	weightsManifestFile = "weights.manifest.json"
)

// gradedCorpus is a table of graded sentences and how the fit uses it.
type gradedCorpus struct {
	Name      string  `json:"name"`
	File      string  `json:"file"`
	Language  string  `json:"language"`
	Licence   string  `json:"licence"`
	Source    string  `json:"source"`
	Weight    float64 `json:"weight_of_a_sentence"`
	Sentences int     `json:"sentences"`
	Use       string  `json:"use"`
	part      func(eval.Graded) bool
}

func everySentence(eval.Graded) bool { return true }
func learned(g eval.Graded) bool     { return !g.HeldOut() }

// worthCorpora are what the weights are fitted to.
var worthCorpora = []gradedCorpus{
	{Name: "AnCora newswire, graded for this project", File: "es-news.tsv", Language: "es", Licence: "CC BY 4.0 (texts)",
		Source: "https://github.com/UniversalDependencies/UD_Spanish-AnCora", Weight: 1, Use: "two thirds of its documents", part: learned},
	{Name: "Wikinews, graded for this project", File: "en-news.tsv", Language: "en", Licence: "CC BY (texts)",
		Source: "https://github.com/UniversalDependencies/UD_English-GUM", Weight: 1, Use: "two thirds of its documents", part: learned},
	{Name: "ClaimBuster, train part of CheckThat! 2024", File: "en-claimbuster-train.tsv", Language: "en", Licence: "CC BY 4.0",
		Source: "https://zenodo.org/records/3836810", Weight: 0.2, Use: "all", part: everySentence},
}

const (
	// ridge keeps the weights of rare features small.
	ridge = 2
	// worthySentence is how much more a check-worthy sentence of a debate counts:
	// fewer than one in four are, and to miss one costs a desk more.
	worthySentence = 1.25
	// settledAnyway is the share of a debate's sentences that are facts among those
	// that are not check-worthy, by ClaimBuster's own three classes.
	settledAnyway = 0.14
)

// worthManifest is written beside the weights.
type worthManifest struct {
	Weights  string         `json:"weights"`
	SHA256   string         `json:"sha256"`
	Command  string         `json:"command"`
	Method   string         `json:"method"`
	Seed     string         `json:"seed"`
	Ridge    float64        `json:"ridge"`
	Worthy   float64        `json:"weight_of_a_worthy_sentence_of_debates"`
	Anyway   float64        `json:"checkable_among_the_rest_of_debates"`
	Features int            `json:"features"`
	Corpora  []gradedCorpus `json:"corpora"`
	Scores   []worthScores  `json:"scores_on_held_out"`
}

// worthScores are the fitted models' own, without the rules beside them.
type worthScores struct {
	File           string  `json:"file"`
	Sentences      int     `json:"sentences"`
	BrierWorth     float64 `json:"brier_worth"`
	BrierCheckable float64 `json:"brier_checkable,omitempty"`
}

func trainWorth(args []string) error {
	flags := flag.NewFlagSet("worth", flag.ExitOnError)
	data := flags.String("data", "", "folder of the corpora, with worth/*.tsv")
	out := flags.String("out", filepath.Join("claims", "extract", "score"), "folder to write weights and manifest to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *data == "" {
		return fmt.Errorf("give --data\n%s", usage)
	}
	used := append([]gradedCorpus(nil), worthCorpora...)
	var worth, checkable []eval.Sample
	for i, c := range used {
		w, k, err := c.samples(*data)
		if err != nil {
			return err
		}
		used[i].Sentences = len(w)
		worth, checkable = append(worth, w...), append(checkable, k...)
	}
	fitted := score.Weights{Checkable: eval.Fit(checkable, len(score.Names), ridge), Worth: eval.Fit(worth, len(score.Names), ridge)}
	scores, err := heldOutScores(*data, fitted)
	if err != nil {
		return err
	}
	return storeWorth(*out, fitted, worthManifest{
		Command: "go run ./cmd/cotejo-train worth --data DIR",
		Method:  "two logistic models by Newton's method, each sentence graded by its best claim; the engine reads each sentence alone",
		Seed:    "none: nothing is drawn", Ridge: ridge, Worthy: worthySentence, Anyway: settledAnyway,
		Features: len(score.Names), Corpora: used, Scores: scores,
	})
}

// samples gives the corpus's sentences graded by worth and by checkability.
func (c gradedCorpus) samples(data string) (worth, checkable []eval.Sample, err error) {
	table, err := eval.LoadGraded(filepath.Join(data, "worth", c.File), c.Language)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range table {
		if !c.part(g) {
			continue
		}
		found, err := g.Claims(context.Background())
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.File, err)
		}
		w := eval.Sample{Claims: found, Grade: g.Grade, Weight: c.Weight}
		k := eval.Sample{Claims: found, Grade: g.Settled(settledAnyway), Weight: c.Weight}
		if g.Checkable == nil && g.Grade == 1 {
			w.Weight *= worthySentence
		}
		worth, checkable = append(worth, w), append(checkable, k)
	}
	return worth, checkable, nil
}

// heldOutScores measures the fitted weights on documents that they were not fitted to.
func heldOutScores(data string, fitted score.Weights) ([]worthScores, error) {
	var out []worthScores
	for _, h := range eval.HeldOutTables {
		table, err := eval.LoadHeldOut(data, h)
		if err != nil {
			return nil, err
		}
		var worth, checkable eval.Agreement
		for _, g := range table {
			found, err := g.Claims(context.Background())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", h.File, err)
			}
			p := eval.Sample{Claims: found}.Chance(fitted.Worth)
			worth.Add(p >= 0.5, p, g.Grade == 1, g.Grade)
			if g.Checkable != nil {
				q := eval.Sample{Claims: found}.Chance(fitted.Checkable)
				checkable.Add(q >= 0.5, q, *g.Checkable, g.Settled(0))
			}
		}
		out = append(out, worthScores{h.File, worth.N, places(worth.Brier()), places(checkable.Brier())})
	}
	return out, nil
}

func storeWorth(folder string, fitted score.Weights, about worthManifest) error {
	var table bytes.Buffer
	fmt.Fprint(&table, "# Weights of two logistic models: feature, weight for \"can be checked\", weight for \"is worth checking\".\n"+
		"# Written by cotejo-train worth; weights.manifest.json says from what.\n")
	for i, name := range score.Names {
		fmt.Fprintf(&table, "%s\t%.2f\t%.2f\n", name, fitted.Checkable[i], fitted.Worth[i])
	}
	sum := sha256.Sum256(table.Bytes())
	about.Weights, about.SHA256 = weightsFile, hex.EncodeToString(sum[:])
	note, err := json.MarshalIndent(about, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, weightsFile), table.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, weightsManifestFile), append(note, '\n'), 0o644)
}

func places(v float64) float64 { return math.Round(v*1e4) / 1e4 }
