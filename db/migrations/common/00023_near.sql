-- +goose Up
-- What near copies of a text find it by (claims/text/near.go); derived as the index of searches is.
CREATE TABLE search_bands (
	band BIGINT NOT NULL,
	article TEXT NOT NULL,
	PRIMARY KEY (band, article)
);
CREATE INDEX search_bands_article ON search_bands (article);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_canonical ON articles (canonical_url);
