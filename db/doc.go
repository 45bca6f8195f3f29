// Package db keeps the desk: claims.Store on SQLite (the default) and on
// PostgreSQL. One SQL text serves both, a file a noun; sqlite.go and postgres.go
// hold all that differs, and the contract suite in claims/claimstest runs on
// each.
//
// Columns hold times as UTC microseconds (NULL for "never"), dates as ISO 8601
// text, lists and maps as JSON text. A column that people search has a _fold
// twin, written by text.Fold, because the engines fold case differently.
package db
