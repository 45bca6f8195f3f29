-- +goose Up
-- Where people want to be sent what comes into their inbox, and what is on its way.
ALTER TABLE persons ADD COLUMN mail TEXT NOT NULL DEFAULT '';
ALTER TABLE persons ADD COLUMN mail_kinds TEXT NOT NULL DEFAULT '[]';
CREATE TABLE mails (
	item TEXT PRIMARY KEY REFERENCES inbox (id),
	person TEXT NOT NULL REFERENCES persons (id),
	attempts BIGINT NOT NULL,
	next_at BIGINT NOT NULL,
	gave_up BOOLEAN NOT NULL,
	problem TEXT NOT NULL
);
CREATE INDEX mails_next ON mails (next_at) WHERE NOT gave_up;
