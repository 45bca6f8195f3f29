-- +goose Up
-- The step of the first-run tour that somebody is at; 0 for none. Who was here before it knows the way.
ALTER TABLE persons ADD COLUMN tour BIGINT NOT NULL DEFAULT 0;
