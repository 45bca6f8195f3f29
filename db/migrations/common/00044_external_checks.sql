-- +goose Up
-- Fact checks of others that rest on claims of ours, and whether their pages link to us.
CREATE TABLE external_checks (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	outlet TEXT NOT NULL,
	published TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	link TEXT NOT NULL,
	seen_at BIGINT,
	asked_at BIGINT,
	next_at BIGINT,
	failures BIGINT NOT NULL,
	problem TEXT NOT NULL
);
CREATE UNIQUE INDEX external_checks_once ON external_checks (claim, url);
CREATE INDEX external_checks_next ON external_checks (next_at, id);
