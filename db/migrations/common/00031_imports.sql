-- +goose Up
-- What was taken in by the row: a second run passes over it.
CREATE TABLE imports (
	mark TEXT PRIMARY KEY,
	article TEXT NOT NULL,
	claim TEXT NOT NULL,
	job TEXT NOT NULL,
	at BIGINT NOT NULL
);
