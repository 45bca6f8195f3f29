// Command cotejo-train fits the engine's models to corpora. It is for the
// builders: the product carries its results and does not need it.
//
//	cotejo-train syntax --lang es --data DIR --out DIR
package main

import (
	"fmt"
	"os"
)

const usage = `usage: cotejo-train syntax --lang es|en --data DIR --out DIR

  syntax   fits tagger, lemmatizer and parser to the treebanks DIR/treebanks/LANG
           and writes OUT/LANG/syntax.model and OUT/LANG/syntax.manifest.json`

func main() {
	if len(os.Args) < 2 || os.Args[1] != "syntax" {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	if err := trainSyntax(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "cotejo-train syntax:", err)
		os.Exit(1)
	}
}
