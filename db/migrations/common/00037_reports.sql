-- +goose Up
-- Errors that readers report on published claims, and what the desk made of them; outcome is '' while a report is open.
CREATE TABLE reports (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	n BIGINT NOT NULL,
	body TEXT NOT NULL,
	url TEXT NOT NULL,
	contact TEXT NOT NULL,
	language TEXT NOT NULL,
	added_by TEXT NOT NULL,
	received_at BIGINT NOT NULL,
	due_at BIGINT NOT NULL,
	assignee TEXT NOT NULL,
	outcome TEXT NOT NULL,
	note TEXT NOT NULL,
	public_text TEXT NOT NULL,
	answered_by TEXT NOT NULL,
	answered_at BIGINT,
	reminded BOOLEAN NOT NULL,
	erased BOOLEAN NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX reports_claim ON reports (claim, received_at, id);
CREATE INDEX reports_newest ON reports (received_at, id);
CREATE INDEX reports_open ON reports (due_at, id) WHERE outcome = '';
-- Secrets that all nodes share and that no person knows.
CREATE TABLE shared_keys (
	name TEXT PRIMARY KEY,
	secret TEXT NOT NULL
);
