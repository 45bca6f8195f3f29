-- +goose Up
-- Ways in: invite links, one-time codes, OpenID Connect. Of tokens and recovery codes only hashes are kept.
CREATE TABLE invites (
	id TEXT PRIMARY KEY,
	hash TEXT NOT NULL UNIQUE,
	role TEXT NOT NULL,
	name TEXT NOT NULL,
	display TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	revoked_at BIGINT,
	used_at BIGINT,
	person TEXT NOT NULL
);
CREATE INDEX invites_created ON invites (created_at, id);

CREATE TABLE second_factors (
	person TEXT PRIMARY KEY REFERENCES persons (id),
	secret TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	confirmed_at BIGINT,
	last_step BIGINT NOT NULL,
	recovery TEXT NOT NULL
);

CREATE TABLE identities (
	person TEXT PRIMARY KEY REFERENCES persons (id),
	issuer TEXT NOT NULL,
	subject TEXT NOT NULL,
	email TEXT NOT NULL,
	linked_at BIGINT
);
CREATE UNIQUE INDEX identities_subject ON identities (issuer, subject) WHERE subject <> '';
CREATE UNIQUE INDEX identities_email ON identities (email) WHERE email <> '';

-- A session whose second factor is still to come.
ALTER TABLE sessions ADD COLUMN half BOOLEAN NOT NULL DEFAULT FALSE;
