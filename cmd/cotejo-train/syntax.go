package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

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
}

// corpora of each language by the domain that the reader gives their sentences.
var corpora = map[string]map[string]corpus{
	"es": {
		"ancora": {Name: "UD_Spanish-AnCora (part)", Version: "2025-05", Licence: "CC BY 4.0", Source: "https://github.com/UniversalDependencies/UD_Spanish-AnCora"},
		"gsd":    {Name: "UD_Spanish-GSD (part)", Version: "2025-05", Licence: "CC BY-SA", Source: "https://github.com/UniversalDependencies/UD_Spanish-GSD"},
		"pud":    {Name: "UD_Spanish-PUD", Version: "2025-05", Licence: "CC BY-SA", Source: "https://github.com/UniversalDependencies/UD_Spanish-PUD"},
	},
	"en": {
		"ewt": {Name: "UD_English-EWT", Version: "2025-05", Licence: "CC BY-SA 4.0", Source: "https://github.com/UniversalDependencies/UD_English-EWT"},
		"gum": {Name: "UD_English-GUM (news, interview and speech)", Version: "2025-05", Licence: "CC BY 4.0", Source: "https://github.com/UniversalDependencies/UD_English-GUM"},
	},
}

// manifest is written beside a model.
type manifest struct {
	Model      string       `json:"model"`
	SHA256     string       `json:"sha256"`
	Bytes      int          `json:"bytes"`
	Language   string       `json:"language"`
	Command    string       `json:"command"`
	Seed       uint64       `json:"seed"`
	TagEpochs  int          `json:"tagger_epochs"`
	Epochs     int          `json:"parser_epochs"`
	Least      train.Least  `json:"features_seen_at_least"`
	Prune      train.Prune  `json:"weights_dropped_below"`
	Treebank   string       `json:"treebank_assumed_at_run_time"`
	Corpora    []corpus     `json:"corpora"`
	TestScores train.Scores `json:"scores_on_test"`
}

func trainSyntax(args []string) error {
	flags := flag.NewFlagSet("syntax", flag.ExitOnError)
	code := flags.String("lang", "", "language: es or en")
	data := flags.String("data", "", "folder of the corpora, with treebanks/LANG/train.conllu and test.conllu")
	out := flags.String("out", "", "folder of the language packs to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if corpora[*code] == nil || *data == "" || *out == "" {
		return fmt.Errorf("give --lang es or en, --data and --out\n%s", usage)
	}
	training, err := train.ReadTreebank(filepath.Join(*data, "treebanks", *code, "train.conllu"), *code)
	if err != nil {
		return err
	}
	test, err := train.ReadTreebank(filepath.Join(*data, "treebanks", *code, "test.conllu"), *code)
	if err != nil {
		return err
	}
	options := train.Defaults(*code)
	options.Log = os.Stderr
	fitted, err := train.Run(training, options)
	if err != nil {
		return err
	}
	scores := train.Score(fitted, test)
	fmt.Fprintf(os.Stderr, "%+v\n", scores)
	return store(filepath.Join(*out, *code), fitted, options, credits(*code, training), scores)
}

// store writes a model and its manifest into the folder.
func store(folder string, fitted *model.Model, o train.Options, from []corpus, scores train.Scores) error {
	var file bytes.Buffer
	if err := fitted.Write(&file); err != nil {
		return err
	}
	sum := sha256.Sum256(file.Bytes())
	note, err := json.MarshalIndent(manifest{
		Model: syntax.ModelFile, SHA256: hex.EncodeToString(sum[:]), Bytes: file.Len(), Language: o.Lang,
		Command: "go run ./cmd/cotejo-train syntax --lang " + o.Lang + " --data DIR --out claims/extract/lang",
		Seed:    o.Seed, TagEpochs: o.TagEpochs, Epochs: o.ParseEpochs, Least: o.Least, Prune: o.Prune,
		Treebank: o.Domain, Corpora: from, TestScores: scores,
	}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, syntax.ModelFile), file.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "syntax.manifest.json"), append(note, '\n'), 0o644)
}

// credits lists the corpora that the sentences come from, in the order of their names.
func credits(code string, sentences []train.Sentence) []corpus {
	words := map[string]int{}
	for _, s := range sentences {
		words[s.Domain] += len(s.Words)
	}
	var out []corpus
	for _, domain := range train.Domains(sentences) {
		c := corpora[code][domain]
		c.Words = words[domain]
		out = append(out, c)
	}
	return out
}
