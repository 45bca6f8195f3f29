-- +goose Up
-- What searches look through; db/search.go fills it, and again for what was there before.
CREATE TABLE search_rows (
	n BIGINT PRIMARY KEY,
	noun TEXT NOT NULL,
	noun_id TEXT NOT NULL,
	claim TEXT NOT NULL,
	at BIGINT NOT NULL,
	head TEXT NOT NULL,
	digest TEXT NOT NULL,
	UNIQUE (noun, noun_id)
);
CREATE TABLE search_state (
	id BIGINT PRIMARY KEY,
	analysis BIGINT NOT NULL
);
CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'");
