// Command cotejo-train fits the engine's models to corpora. It is for the
// builders: the product carries its results and does not need it.
//
//	cotejo-train syntax --lang es --data DIR --out DIR
//	cotejo-train worth --data DIR
package main

import (
	"fmt"
	"os"
)

const usage = `usage: cotejo-train syntax --lang LANG --data DIR --out DIR
       cotejo-train worth --data DIR [--out DIR]

  syntax   fits tagger, lemmatizer and parser to the treebanks DIR/treebanks/LANG
           and writes OUT/LANG/syntax.model and OUT/LANG/syntax.manifest.json
  worth    fits the weights of checkability and check-worthiness to the graded
           sentences DIR/worth and writes OUT/weights.tsv and OUT/weights.manifest.json`

var parts = map[string]func(args []string) error{"syntax": trainSyntax, "worth": trainWorth}

func main() {
	if len(os.Args) < 2 || parts[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	if err := parts[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "cotejo-train %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
