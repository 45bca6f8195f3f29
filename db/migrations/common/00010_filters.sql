-- +goose Up
-- Filters of the list of claims that people keep under a name.
CREATE TABLE filters (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	shared BOOLEAN NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE INDEX filters_of ON filters (created_by, id);
CREATE INDEX filters_shared ON filters (id) WHERE shared;
