-- +goose Up
-- The transparency log over the events: a leaf each, the hashes of the tree by their places, the signed heads.
CREATE TABLE log_leaves (
	seq BIGINT PRIMARY KEY REFERENCES events (seq),
	record TEXT NOT NULL,
	publication TEXT NOT NULL
);
CREATE INDEX log_leaves_publication ON log_leaves (publication) WHERE publication <> '';
CREATE TABLE log_hashes (
	place BIGINT PRIMARY KEY,
	hash TEXT NOT NULL
);
CREATE TABLE checkpoints (
	size BIGINT PRIMARY KEY,
	root TEXT NOT NULL,
	key TEXT NOT NULL,
	note TEXT NOT NULL,
	at BIGINT NOT NULL
);
