package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract"
	"cotejo/claims/extract/eval"
	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax"
	"cotejo/claims/extract/syntax/model"
	"cotejo/claims/extract/syntax/train"
	"cotejo/claims/ingest"
)

var goldCommand = command{
	name: "gold", usage: "[--shared DIR] [--calibration] [--baseline FILE [--update]]",
	summary: "measure the engine on annotated articles and treebanks, beside null baselines", run: runGold,
}

// measures are the engine's scores by name ("claims.es.joint_f1"), 0 to 1.
type measures map[string]float64

func runGold(ctx context.Context, p *process, fs *flag.FlagSet, args []string) error {
	shared := fs.String("shared", sharedFolder(p), "folder that holds gold/ and data/")
	file := fs.String("baseline", "", "compare with the scores written down in this file, and fail where they differ")
	calibration := fs.Bool("calibration", false, "also print how often people agree where the engine is that sure")
	update := fs.Bool("update", false, "write the scores down in the baseline file instead")
	if err := parseNone(fs, args); err != nil {
		return err
	}
	if *update && *file == "" {
		return wrongUse("--update writes into the file that --baseline names; it is missing")
	}
	got, err := measureAll(ctx, p.stdout, *shared)
	if err != nil {
		return err
	}
	if *calibration {
		if err := printCalibration(ctx, p.stdout, *shared); err != nil {
			return err
		}
	}
	switch {
	case *update:
		return writeBaseline(*file, got)
	case *file != "":
		return compareBaseline(*file, got)
	}
	return nil
}

func sharedFolder(p *process) string {
	for _, pair := range p.env {
		if dir, ok := strings.CutPrefix(pair, "COTEJO_SHARED="); ok && dir != "" {
			return dir
		}
	}
	return filepath.Join("..", "shared")
}

// measureAll prints every table and gathers what the ratchet holds.
func measureAll(ctx context.Context, w io.Writer, shared string) (measures, error) {
	got := measures{}
	for _, part := range []func(context.Context, io.Writer, string, measures) error{goldClaims, goldAttribution, goldWorth, goldRecognizers, goldSyntax} {
		if err := part(ctx, w, shared, got); err != nil {
			return nil, err
		}
		fmt.Fprintln(w)
	}
	return got, nil
}

// goldClaims compares the engine and the null baselines with the annotated
// articles.
func goldClaims(ctx context.Context, w io.Writer, shared string, got measures) error {
	articles, err := eval.Load(filepath.Join(shared, "gold", "dev"), cleanText)
	if err != nil {
		return err
	}
	if len(articles) == 0 {
		return fmt.Errorf("no annotated articles in %s (say --shared)", filepath.Join(shared, "gold", "dev"))
	}
	fmt.Fprintf(w, "%-28s %9s %6s %6s %6s %6s %6s %6s %6s %6s\n", "claims", "precision", "recall", "F1", "strict", "source", "named", "joint", "figure", "time")
	propose := func(a eval.Article) ([]claims.Assertion, error) {
		result, err := extract.Run(ctx, extract.Input{Text: a.Text, Language: a.Language, Published: a.Published})
		return result.Claims, err
	}
	totals, err := compareAll(articles, propose)
	if err != nil {
		return err
	}
	for _, group := range sortedKeys(totals) {
		f := totals[group].Figures()
		printFigures(w, "engine "+group, f)
		got.add("claims."+group, map[string]float64{"f1": f.F1, "strict_f1": f.Strict, "source": f.Source, "named_source": f.Named,
			"joint_f1": f.Joint, "quantity_f1": f.Quantity, "time_f1": f.Time})
	}
	for _, b := range eval.Baselines {
		totals, err := compareAll(articles, func(a eval.Article) ([]claims.Assertion, error) { return b.Propose(a), nil })
		if err != nil {
			return err
		}
		printFigures(w, b.Name, totals["all"].Figures())
	}
	return nil
}

func cleanText(raw string) string {
	text, _ := ingest.Clean(raw)
	return text
}

// compareAll adds the counts up by language, and all together.
func compareAll(articles []eval.Article, propose func(eval.Article) ([]claims.Assertion, error)) (map[string]eval.Counts, error) {
	totals := map[string]eval.Counts{}
	for _, a := range articles {
		proposed, err := propose(a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		n := eval.Compare(a, proposed)
		totals[a.Language] = totals[a.Language].Add(n)
		totals["all"] = totals["all"].Add(n)
	}
	return totals, nil
}

func printFigures(w io.Writer, name string, f eval.Figures) {
	fmt.Fprintf(w, "%-28s %9.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f\n", name,
		f.Precision, f.Recall, f.F1, f.Strict, f.Source, f.Named, f.Joint, f.Quantity, f.Time)
}

// goldAttribution looks for attributions that were read off gold trees; the
// null baseline proposes every sentence and so finds none.
func goldAttribution(ctx context.Context, w io.Writer, shared string, got measures) error {
	texts, err := eval.LoadSaid(filepath.Join(shared, "data", "attribution", "es-ancora.jsonl"))
	if err != nil {
		return err
	}
	var total eval.SaidCounts
	for _, t := range texts {
		result, err := extract.Run(ctx, extract.Input{Text: t.Text, Language: "es"})
		if err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		total = total.Add(eval.CompareSaid(t, result.Claims))
	}
	cue, source, content := total.Recall()
	fmt.Fprintf(w, "%-28s %9s %6s %7s\n", "attributions (recall)", "cue", "source", "content")
	fmt.Fprintf(w, "%-28s %9.3f %6.3f %7.3f\n", "engine es", cue, source, content)
	fmt.Fprintf(w, "%-28s %9.3f %6.3f %7.3f\n", "every sentence", 0.0, 0.0, 0.0)
	got.add("attribution.es", map[string]float64{"cue": cue, "source": source, "content": content})
	return nil
}

// goldSyntax scores tagger, lemmatizer and parser on the test treebanks' words.
func goldSyntax(_ context.Context, w io.Writer, shared string, got measures) error {
	fmt.Fprintf(w, "%-28s %9s %6s %6s %6s %6s\n", "syntax", "UPOS", "feats", "lemma", "UAS", "LAS")
	for _, code := range lang.Codes() {
		folder := filepath.Join(shared, "data", "treebanks", code)
		training, err := train.ReadTreebank(filepath.Join(folder, "train.conllu"), code)
		if err != nil {
			return err
		}
		test, err := train.ReadTreebank(filepath.Join(folder, "test.conllu"), code)
		if err != nil {
			return err
		}
		m, err := readModel(code)
		if err != nil {
			return err
		}
		s := train.Score(m, test)
		printSyntax(w, "model "+code, s)
		printSyntax(w, "most frequent reading "+code, train.Baseline(training, test))
		got.add("syntax."+code, map[string]float64{"upos": s.UPOS, "feats": s.Feats, "lemma": s.Lemma, "uas": s.UAS, "las": s.LAS})
	}
	return nil
}

func readModel(code string) (*model.Model, error) {
	pack, ok := lang.For(code)
	if !ok {
		return nil, fmt.Errorf("no language pack %s", code)
	}
	f, err := pack.Open(syntax.ModelFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return model.Read(f)
}

func printSyntax(w io.Writer, name string, s train.Scores) {
	fmt.Fprintf(w, "%-28s %9.3f %6.3f %6.3f %6.3f %6.3f\n", name, s.UPOS, s.Feats, s.Lemma, s.UAS, s.LAS)
}

// add notes scores to four places, which is what the ratchet compares.
func (m measures) add(prefix string, scores map[string]float64) {
	for name, v := range scores {
		m[prefix+"."+name] = math.Round(v*1e4) / 1e4
	}
}

func writeBaseline(file string, got measures) error {
	raw, err := json.MarshalIndent(got, "", "  ") // keys come out sorted
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o644)
}

// compareBaseline is the ratchet: a fall is refused, and a rise must be written
// down, so that it cannot be lost again unseen.
func compareBaseline(file string, got measures) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var want measures
	if err := json.Unmarshal(raw, &want); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	var problems []error
	for _, name := range sortedKeys(want) {
		if v, ok := got[name]; !ok {
			problems = append(problems, fmt.Errorf("%s is not measured any more", name))
		} else if v < want[name] {
			problems = append(problems, fmt.Errorf("%s fell from %.4f to %.4f", name, want[name], v))
		}
	}
	for _, name := range sortedKeys(got) {
		if got[name] > want[name] {
			problems = append(problems, fmt.Errorf("%s rose from %.4f to %.4f: write it down with cotejo gold --baseline %s --update", name, want[name], got[name], file))
		}
	}
	return errors.Join(problems...)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
