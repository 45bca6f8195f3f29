-- +goose Up
-- What a review went by: the checklist as it was ticked, and why an editor passed over what stood open.
ALTER TABLE reviews ADD COLUMN checklist TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reviews ADD COLUMN override_reason TEXT NOT NULL DEFAULT '';
