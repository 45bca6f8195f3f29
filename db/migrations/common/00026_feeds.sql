-- +goose Up
-- Feeds that are watched, and what was seen in them.
CREATE TABLE feeds (
	id TEXT PRIMARY KEY,
	url TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	outlet TEXT NOT NULL,
	language TEXT NOT NULL,
	include TEXT NOT NULL,
	exclude TEXT NOT NULL,
	every_minutes BIGINT NOT NULL,
	take_first BIGINT NOT NULL,
	state TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	tag TEXT NOT NULL,
	modified TEXT NOT NULL,
	tried_at BIGINT,
	read_at BIGINT,
	next_at BIGINT NOT NULL,
	fails BIGINT NOT NULL,
	problem TEXT NOT NULL,
	job TEXT NOT NULL
);
CREATE INDEX feeds_due ON feeds (next_at) WHERE state = 'watched';
CREATE TABLE feed_items (
	feed TEXT NOT NULL REFERENCES feeds (id),
	item_key TEXT NOT NULL,
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	published BIGINT NOT NULL,
	fate TEXT NOT NULL,
	article TEXT NOT NULL,
	job TEXT NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (feed, item_key)
);
CREATE INDEX feed_items_newest ON feed_items (feed, seen_at, published, item_key);
CREATE INDEX feed_items_url ON feed_items (url) WHERE url <> '';
