-- +goose Up
-- What public web archives were asked to keep, and what became of it; evidence is "" for an article's own address.
CREATE TABLE archive_requests (
	id TEXT PRIMARY KEY,
	article TEXT NOT NULL REFERENCES articles (id),
	claim TEXT NOT NULL,
	evidence TEXT NOT NULL,
	url TEXT NOT NULL,
	state TEXT NOT NULL,
	receipt TEXT NOT NULL,
	address TEXT NOT NULL,
	archived_at BIGINT,
	problem TEXT NOT NULL,
	job TEXT NOT NULL,
	asked_by TEXT NOT NULL,
	asked_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL
);
CREATE INDEX archive_requests_article ON archive_requests (article, asked_at, id);
