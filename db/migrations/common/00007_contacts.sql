-- +goose Up
-- Questions put to people about a claim; claims_due and claims_queue serve the desk's lists.
CREATE TABLE contacts (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	whom TEXT NOT NULL,
	means TEXT NOT NULL,
	question TEXT NOT NULL,
	asked_at BIGINT NOT NULL,
	deadline BIGINT,
	answer TEXT NOT NULL,
	answered_at BIGINT,
	closed BOOLEAN NOT NULL,
	public TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX contacts_claim ON contacts (claim, asked_at, id);
CREATE INDEX contacts_waiting ON contacts (claim) WHERE answered_at IS NULL AND NOT closed;
CREATE INDEX claims_due ON claims (due) WHERE due IS NOT NULL;
CREATE INDEX claims_queue ON claims (state, priority DESC, worth DESC, article_at, id);
