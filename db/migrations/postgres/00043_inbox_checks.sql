-- +goose Up
-- What people should know of can be about a check and no claim at all.
ALTER TABLE inbox DROP CONSTRAINT inbox_claim_fkey;
ALTER TABLE inbox ADD COLUMN check_id TEXT NOT NULL DEFAULT '';
