-- +goose Up
-- Addresses that are told what happens here, and the messages on their way to them; a message is written in the transaction of the act that it tells of.
CREATE TABLE hooks (
	id TEXT PRIMARY KEY,
	form TEXT NOT NULL,
	name TEXT NOT NULL,
	url TEXT NOT NULL,
	kinds TEXT NOT NULL,
	state TEXT NOT NULL,
	secret TEXT NOT NULL,
	old_secret TEXT NOT NULL,
	old_until BIGINT,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	fails BIGINT NOT NULL,
	failing_since BIGINT,
	next_at BIGINT NOT NULL,
	delivered_at BIGINT
);
CREATE TABLE deliveries (
	id TEXT PRIMARY KEY,
	hook TEXT NOT NULL REFERENCES hooks (id),
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	claim TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	ended_at BIGINT,
	tries TEXT NOT NULL
);
CREATE INDEX deliveries_hook ON deliveries (hook, created_at, id);
CREATE INDEX deliveries_waiting ON deliveries (hook, next_at, id) WHERE state = 'waiting';
