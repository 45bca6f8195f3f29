package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax"
	"cotejo/claims/extract/syntax/model"
	"cotejo/claims/extract/syntax/train"
)

// corpus says where training data came from and on what terms.
type corpus struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Licence string `json:"licence"`
	Source  string `json:"source"`
	Words   int    `json:"training_words"`
	Use     string `json:"use"`
}

// textKey is the key of unannotated text in a pack's corpora.tsv; the other rows
// are treebanks.
const textKey = "text"

// corpora reads a pack's corpora.tsv: what is known of each corpus by its key, the
// treebank that is assumed at run time, and the file of unannotated text, "" for none.
func corpora(code string) (known map[string]corpus, assumed, text string, err error) {
	pack, ok := lang.For(code)
	if !ok {
		return nil, "", "", fmt.Errorf("no language pack %q: begin its folder", code)
	}
	known = map[string]corpus{}
	for _, r := range pack.Rows("corpora") {
		if assumed == "" {
			assumed = r.Cell(0)
		}
		if r.Cell(0) == textKey {
			text = r.Cell(1)
		}
		known[r.Cell(0)] = corpus{Name: r.Cell(2), Version: r.Cell(3), Licence: r.Cell(4), Source: r.Cell(5)}
	}
	if assumed == "" {
		return nil, "", "", fmt.Errorf("language pack %q has no corpora.tsv, which credits its corpora", code)
	}
	return known, assumed, text, nil
}

// manifest is written beside a model.
type manifest struct {
	Model      string           `json:"model"`
	SHA256     string           `json:"sha256"`
	Bytes      int              `json:"bytes"`
	Language   string           `json:"language"`
	Command    string           `json:"command"`
	Seed       uint64           `json:"seed"`
	Runs       int              `json:"runs_averaged"`
	Step       int              `json:"step_of_byte_scale"`
	MaxBytes   int              `json:"bytes_at_most"`
	TagEpochs  int              `json:"tagger_epochs"`
	Epochs     int              `json:"parser_epochs"`
	Least      train.Least      `json:"features_seen_at_least"`
	Single     int              `json:"sightings_that_hold_a_word_to_its_only_class"`
	Prune      train.Prune      `json:"weights_dropped_below_at_least"` // the parser's rise until the file fits
	Treebank   string           `json:"treebank_assumed_at_run_time"`
	Corpora    []corpus         `json:"corpora"`
	TestScores train.Scores     `json:"scores_on_test"`
	TextScores train.TextScores `json:"scores_on_test_from_raw_text"`
}

func trainSyntax(args []string) error {
	flags := flag.NewFlagSet("syntax", flag.ExitOnError)
	code := flags.String("lang", "", "language: a folder of the language packs")
	data := flags.String("data", "", "folder of the corpora, with treebanks/LANG/train.conllu and test.conllu")
	out := flags.String("out", "", "folder of the language packs to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *code == "" || *data == "" || *out == "" {
		return fmt.Errorf("give --lang, --data and --out\n%s", usage)
	}
	known, assumed, text, err := corpora(*code)
	if err != nil {
		return err
	}
	training, err := readTraining(filepath.Join(*data, "treebanks", *code), *code)
	if err != nil {
		return err
	}
	test, err := train.ReadTreebank(filepath.Join(*data, "treebanks", *code, "test.conllu"), *code)
	if err != nil {
		return err
	}
	options := train.Defaults(*code)
	options.Domain, options.Log = assumed, os.Stderr
	if text != "" {
		raw, err := os.ReadFile(filepath.Join(*data, text))
		if err != nil {
			return err
		}
		options.Text = train.ReadText(string(raw), *code)
	}
	fitted, err := train.Run(training, options)
	if err != nil {
		return err
	}
	return store(filepath.Join(*out, *code), fitted, manifest{
		Language: *code, Command: "go run ./cmd/cotejo-train syntax --lang " + *code + " --data DIR --out claims/extract/lang",
		Seed: options.Seed, Runs: options.Runs, Step: options.Step, MaxBytes: options.MaxBytes, TagEpochs: options.TagEpochs, Epochs: options.ParseEpochs,
		Least: options.Least, Single: options.Single, Prune: options.Prune, Treebank: options.Domain, Corpora: credits(known, training, options.Text),
		TestScores: train.Score(fitted, test), TextScores: train.ScoreText(syntax.New(fitted), *code, test),
	})
}

// readTraining reads the training part of a language's treebanks and, where there
// is one, the part for development, on which nothing is tuned.
func readTraining(folder, code string) ([]train.Sentence, error) {
	training, err := train.ReadTreebank(filepath.Join(folder, "train.conllu"), code)
	if err != nil {
		return nil, err
	}
	more, err := train.ReadTreebank(filepath.Join(folder, "dev.conllu"), code)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return append(training, more...), nil
}

// store writes a model and its manifest into the folder.
func store(folder string, fitted *model.Model, about manifest) error {
	var file bytes.Buffer
	if err := fitted.Write(&file); err != nil {
		return err
	}
	sum := sha256.Sum256(file.Bytes())
	about.Model, about.SHA256, about.Bytes = syntax.ModelFile, hex.EncodeToString(sum[:]), file.Len()
	note, err := json.MarshalIndent(about, "", "  ")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%+v\n%+v\n", about.TestScores, about.TextScores)
	if err := os.WriteFile(filepath.Join(folder, syntax.ModelFile), file.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "syntax.manifest.json"), append(note, '\n'), 0o644)
}

// credits lists the corpora that the sentences come from, in the order of their
// names, and that of the unannotated text.
func credits(known map[string]corpus, sentences, text []train.Sentence) []corpus {
	words := map[string]int{}
	for _, s := range sentences {
		words[s.Domain] += len(s.Words)
	}
	var out []corpus
	for _, domain := range train.Domains(sentences) {
		c := known[domain]
		c.Words, c.Use = words[domain], "tagger, lemmatizer, parser, word clusters"
		out = append(out, c)
	}
	if len(text) > 0 {
		c := known[textKey]
		c.Use = "word clusters"
		for _, s := range text {
			c.Words += len(s.Words)
		}
		out = append(out, c)
	}
	return out
}
