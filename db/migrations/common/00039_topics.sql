-- +goose Up
-- What public lists are about: tags, sources (key is the record that stands for them) and languages. A slug is given once and for all.
CREATE TABLE topics (
	kind TEXT NOT NULL,
	key TEXT NOT NULL,
	slug TEXT NOT NULL,
	name TEXT NOT NULL,
	claims BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (kind, key)
);
CREATE UNIQUE INDEX topics_slug ON topics (kind, slug);
CREATE INDEX topics_most ON topics (kind, claims, slug);
-- In which lists the newest publication of a claim stands; kind '' is the list of all. It follows from publications, claims and sources.
CREATE TABLE listings (
	kind TEXT NOT NULL,
	slug TEXT NOT NULL,
	claim TEXT NOT NULL REFERENCES claims (id),
	n BIGINT NOT NULL,
	published_at BIGINT NOT NULL,
	month TEXT NOT NULL,
	PRIMARY KEY (kind, slug, claim)
);
CREATE INDEX listings_newest ON listings (kind, slug, published_at, claim);
CREATE INDEX listings_claim ON listings (claim);
CREATE TABLE listing_months (
	kind TEXT NOT NULL,
	slug TEXT NOT NULL,
	month TEXT NOT NULL,
	claims BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (kind, slug, month)
);
CREATE TABLE listing_state (
	id BIGINT PRIMARY KEY,
	analysis BIGINT NOT NULL
);
