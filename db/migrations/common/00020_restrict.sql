-- +goose Up
-- Articles for named people only; readers is a JSON list of person ids.
ALTER TABLE articles ADD COLUMN restricted BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE articles ADD COLUMN readers TEXT NOT NULL DEFAULT '[]';
CREATE INDEX articles_restricted ON articles (id) WHERE restricted;
