-- +goose Up
-- Who claims come from, across articles. root is the record that stands for one that was merged, else its own id;
-- sort_key the folded name, compared byte by byte on either engine.
CREATE TABLE sources (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	sort_key BYTEA NOT NULL,
	kind TEXT NOT NULL,
	aliases TEXT NOT NULL,
	code TEXT NOT NULL,
	same_as TEXT NOT NULL,
	note TEXT NOT NULL,
	protected BOOLEAN NOT NULL,
	readers TEXT NOT NULL,
	merged_into TEXT NOT NULL,
	root TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX sources_sort ON sources (sort_key, id);
CREATE INDEX sources_root ON sources (root);
CREATE INDEX sources_protected ON sources (id) WHERE protected;

CREATE TABLE source_names (
	source_id TEXT NOT NULL REFERENCES sources (id),
	name_fold TEXT NOT NULL,
	PRIMARY KEY (source_id, name_fold)
);
CREATE INDEX source_names_name ON source_names (name_fold, source_id);

-- What a claim's links are tied to now stands in claim_sources, what they ever were tied to in claim_ties: that is
-- whose names its history may hold.
ALTER TABLE claim_sources ADD COLUMN source_id TEXT NOT NULL DEFAULT '';
CREATE INDEX claim_sources_source ON claim_sources (source_id, claim_id);
CREATE TABLE claim_ties (
	claim_id TEXT NOT NULL REFERENCES claims (id),
	source_id TEXT NOT NULL,
	PRIMARY KEY (claim_id, source_id)
);
CREATE INDEX claim_ties_source ON claim_ties (source_id, claim_id);

CREATE INDEX claims_dismissed_of ON claims (dismissed_of, article_at, article, start_at, id) WHERE dismissed_of <> '';
