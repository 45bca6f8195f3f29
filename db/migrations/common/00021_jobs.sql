-- +goose Up
-- Work that waits for no person. next_at is when a waiting job may be begun, or when the lease of a running one ends.
CREATE TABLE jobs (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL,
	article TEXT NOT NULL,
	person TEXT NOT NULL,
	input TEXT NOT NULL,
	result TEXT NOT NULL,
	state TEXT NOT NULL,
	step TEXT NOT NULL,
	done BIGINT NOT NULL,
	total BIGINT NOT NULL,
	attempt BIGINT NOT NULL,
	max_attempts BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	problem TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	ended_at BIGINT
);
CREATE INDEX jobs_next ON jobs (next_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_newest ON jobs (created_at, id);
CREATE INDEX jobs_article ON jobs (article, created_at, id) WHERE article <> '';
