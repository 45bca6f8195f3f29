// Package train fits the models of package model to treebanks in CoNLL-U and
// scores them. Only the training command and tests import it.
package train
