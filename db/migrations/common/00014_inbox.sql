-- +goose Up
-- What people should know of. event is the id of the act, due the date that a claim is due by (0 for acts).
CREATE TABLE inbox (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES persons (id),
	kind TEXT NOT NULL,
	claim TEXT NOT NULL REFERENCES claims (id),
	event TEXT NOT NULL,
	due BIGINT NOT NULL,
	at BIGINT NOT NULL,
	read_at BIGINT
);
CREATE UNIQUE INDEX inbox_once ON inbox (claim, person, kind, event, due);
CREATE INDEX inbox_person ON inbox (person, at, id);
CREATE INDEX inbox_unread ON inbox (person) WHERE read_at IS NULL;
CREATE INDEX inbox_event ON inbox (event);
