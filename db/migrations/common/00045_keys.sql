-- +goose Up
-- Which keys of the keyboard do what for somebody, where not the standard ones; "off" among them for none.
ALTER TABLE persons ADD COLUMN keys TEXT NOT NULL DEFAULT '';
