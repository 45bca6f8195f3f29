-- +goose Up
-- Agency copies name the article that they are a copy of; of an erased article only its frame is left.
ALTER TABLE articles ADD COLUMN copy_of TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN erased BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX articles_copy_of ON articles (copy_of) WHERE copy_of <> '';
