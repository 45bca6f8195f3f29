-- +goose Up
-- What reading an article told beside its text: structure, timecodes, where each field came from (JSON).
ALTER TABLE snapshots ADD COLUMN meta TEXT NOT NULL DEFAULT '{}';
