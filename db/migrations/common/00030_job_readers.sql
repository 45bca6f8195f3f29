-- +goose Up
-- Jobs that only named people may know of, as articles; readers is a JSON list of person ids, empty for everybody.
ALTER TABLE jobs ADD COLUMN readers TEXT NOT NULL DEFAULT '[]';
CREATE INDEX jobs_readers ON jobs (id) WHERE readers <> '[]';
