-- +goose Up
-- Sentences in which somebody found nothing to check, and who is done with an article.
CREATE TABLE skips (
	id TEXT PRIMARY KEY,
	article TEXT NOT NULL REFERENCES articles (id),
	snapshot BIGINT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at BIGINT NOT NULL,
	reason TEXT NOT NULL,
	note TEXT NOT NULL,
	by_person TEXT NOT NULL,
	at BIGINT NOT NULL
);
CREATE INDEX skips_article ON skips (article, at);
ALTER TABLE articles ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN signed_at BIGINT;
ALTER TABLE articles ADD COLUMN signed_snapshot BIGINT NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN signed_left BIGINT NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN signed_why TEXT NOT NULL DEFAULT '';
