-- +goose Up
-- What reviewers made of a submitted claim by themselves, beside what was proposed.
CREATE TABLE opinions (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	claim_version BIGINT NOT NULL,
	submitted_at BIGINT NOT NULL,
	person TEXT NOT NULL,
	content TEXT NOT NULL,
	attribution TEXT NOT NULL,
	note TEXT NOT NULL,
	waived BOOLEAN NOT NULL,
	at BIGINT NOT NULL,
	proposed_content TEXT NOT NULL,
	proposed_attribution TEXT NOT NULL,
	proposed_scale BIGINT NOT NULL,
	withheld BOOLEAN NOT NULL,
	seen_already BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX opinions_one ON opinions (claim, person, submitted_at);
