-- +goose Up
-- What people should know of can be about a check and no claim at all. SQLite
-- drops no constraint: the table is made anew, and what hangs on it set aside meanwhile.
CREATE TABLE mails_aside AS SELECT * FROM mails;
DELETE FROM mails;
CREATE TABLE inbox_new (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES persons (id),
	kind TEXT NOT NULL,
	claim TEXT NOT NULL,
	event TEXT NOT NULL,
	due BIGINT NOT NULL,
	at BIGINT NOT NULL,
	read_at BIGINT,
	check_id TEXT NOT NULL DEFAULT ''
);
INSERT INTO inbox_new (id, person, kind, claim, event, due, at, read_at) SELECT id, person, kind, claim, event, due, at, read_at FROM inbox;
DROP TABLE inbox;
ALTER TABLE inbox_new RENAME TO inbox;
CREATE UNIQUE INDEX inbox_once ON inbox (claim, person, kind, event, due);
CREATE INDEX inbox_person ON inbox (person, at, id);
CREATE INDEX inbox_unread ON inbox (person) WHERE read_at IS NULL;
CREATE INDEX inbox_event ON inbox (event);
INSERT INTO mails SELECT * FROM mails_aside;
DROP TABLE mails_aside;
