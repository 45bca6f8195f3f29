-- +goose Up
-- What the desk counts about itself looks at a stretch of time.
CREATE INDEX events_at ON events (at, claim);
CREATE INDEX claims_created ON claims (created_at, state);
CREATE INDEX claims_reviewed ON claims (reviewed_at, state);
