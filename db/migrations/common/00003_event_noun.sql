-- +goose Up
-- What happened to one thing, for undoing.
CREATE INDEX events_noun ON events (noun, noun_id, seq);
