-- +goose Up
-- Checks pass a second pair of eyes, keep saying whether they stand published
-- while they are written on, and can be published at a set time.
ALTER TABLE checks ADD COLUMN related TEXT NOT NULL DEFAULT '[]';
ALTER TABLE checks ADD COLUMN image TEXT NOT NULL DEFAULT '';
ALTER TABLE checks ADD COLUMN submitted_by TEXT NOT NULL DEFAULT '';
ALTER TABLE checks ADD COLUMN submitted_at BIGINT;
ALTER TABLE checks ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE checks ADD COLUMN approved_at BIGINT;
ALTER TABLE checks ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE checks ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '';
ALTER TABLE checks ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE checks ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
UPDATE checks SET changed_by = created_by;
UPDATE checks SET withdrawn_at = updated_at WHERE state = 'withdrawn';
ALTER TABLE check_publications ADD COLUMN related TEXT NOT NULL DEFAULT '[]';
ALTER TABLE check_publications ADD COLUMN image TEXT NOT NULL DEFAULT '';
ALTER TABLE check_publications ADD COLUMN claim_versions TEXT NOT NULL DEFAULT '{}';
ALTER TABLE check_publications ADD COLUMN effect TEXT NOT NULL DEFAULT '';
ALTER TABLE check_publications ADD COLUMN notice TEXT NOT NULL DEFAULT '';
ALTER TABLE check_publications ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';

CREATE TABLE schedules (
	id TEXT PRIMARY KEY,
	noun TEXT NOT NULL,
	noun_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	embargo BOOLEAN NOT NULL,
	input TEXT NOT NULL,
	state TEXT NOT NULL,
	problem TEXT NOT NULL,
	job TEXT NOT NULL,
	person TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	ended_at BIGINT
);
CREATE UNIQUE INDEX schedules_waiting ON schedules (noun, noun_id) WHERE state = 'waiting';
CREATE INDEX schedules_noun ON schedules (noun, noun_id, created_at, id);
CREATE INDEX schedules_at ON schedules (at, id) WHERE state = 'waiting';
