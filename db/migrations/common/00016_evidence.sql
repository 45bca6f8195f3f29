-- +goose Up
-- Evidence that is a file, copies of what was fetched, and finding a document again on other claims. url_key is
-- claims.URLKey of the address; of older rows it and words_fold are worked out when the index of searches is next made anew.
ALTER TABLE evidence ADD COLUMN url_key TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN words_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_name TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_type TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_size BIGINT NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN copy_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN copy_type TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN copy_size BIGINT NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN copy_url TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN copy_at BIGINT;
ALTER TABLE evidence ADD COLUMN copy_problem TEXT NOT NULL DEFAULT '';
UPDATE evidence SET url_key = url, words_fold = trim(lower(title || ' ' || publisher || ' ' || url || ' ' || quote));
CREATE INDEX evidence_url ON evidence (url_key) WHERE url_key <> '';
CREATE INDEX evidence_file ON evidence (file_sha256) WHERE file_sha256 <> '';
CREATE INDEX evidence_copy ON evidence (copy_sha256) WHERE copy_sha256 <> '';
CREATE INDEX evidence_newest ON evidence (added_at, id);

ALTER TABLE blobs ADD COLUMN erased BOOLEAN NOT NULL DEFAULT FALSE;
