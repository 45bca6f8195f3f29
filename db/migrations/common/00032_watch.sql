-- +goose Up
-- Articles whose pages are fetched again by the program. A watch is looked at again at next_at, never where that is NULL.
ALTER TABLE articles ADD COLUMN watch_mode TEXT NOT NULL DEFAULT 'house';
ALTER TABLE articles ADD COLUMN watch_every BIGINT NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN watch_days BIGINT NOT NULL DEFAULT 0;
CREATE TABLE watches (
	article TEXT PRIMARY KEY REFERENCES articles (id),
	next_at BIGINT,
	asked_at BIGINT,
	seen_at BIGINT,
	not_before BIGINT,
	tag TEXT NOT NULL,
	modified TEXT NOT NULL,
	failures BIGINT NOT NULL,
	problem TEXT NOT NULL,
	gone_since BIGINT
);
CREATE INDEX watches_next ON watches (next_at, article);
INSERT INTO watches (article, next_at, tag, modified, failures, problem) SELECT id, created_at, '', '', 0, '' FROM articles;
-- What the desk decided about a claim whose words do not stand in the newest snapshot as they did.
ALTER TABLE claims ADD COLUMN anchor TEXT NOT NULL DEFAULT '';
CREATE INDEX claims_orphan ON claims (article) WHERE anchor = 'orphan';
