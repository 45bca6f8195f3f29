// Package model holds the linear models behind package syntax: a greedy tagger,
// a lemmatizer of suffix rules and an arc-hybrid dependency parser, all over
// hashed features, and the file that stores them. Package train fits them.
package model
