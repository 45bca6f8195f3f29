-- +goose Up
-- Who has which claim open now; rows live for a minute and are in no backup of PostgreSQL.
CREATE TABLE presence (
	claim TEXT NOT NULL,
	person TEXT NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (claim, person)
);
