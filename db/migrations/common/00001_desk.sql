-- +goose Up
-- Times are UTC microseconds, lists and maps JSON in TEXT; the views of 00002 show them to people.
CREATE TABLE persons (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	display TEXT NOT NULL,
	role TEXT NOT NULL,
	language TEXT NOT NULL,
	password TEXT NOT NULL,
	disabled BOOLEAN NOT NULL,
	created_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);

CREATE TABLE sessions (
	key TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES persons (id),
	data BYTEA NOT NULL,
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	agent TEXT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person, seen_at);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE tokens (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES persons (id),
	scope TEXT NOT NULL,
	hash TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL,
	expires_at BIGINT,
	revoked_at BIGINT,
	used_at BIGINT
);
CREATE INDEX tokens_person ON tokens (person, created_at);

CREATE TABLE articles (
	id TEXT PRIMARY KEY,
	title TEXT NOT NULL,
	title_fold TEXT NOT NULL,
	outlet TEXT NOT NULL,
	outlet_fold TEXT NOT NULL,
	authors TEXT NOT NULL,
	url TEXT NOT NULL,
	canonical_url TEXT NOT NULL,
	published TEXT,
	language TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX articles_created ON articles (created_at, id);

CREATE TABLE snapshots (
	article TEXT NOT NULL REFERENCES articles (id),
	n BIGINT NOT NULL,
	text TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	raw_sha256 TEXT NOT NULL,
	media_type TEXT NOT NULL,
	encoding TEXT NOT NULL,
	notice TEXT NOT NULL,
	fetched_at BIGINT NOT NULL,
	erased BOOLEAN NOT NULL,
	PRIMARY KEY (article, n)
);
CREATE INDEX snapshots_sha256 ON snapshots (sha256);
CREATE INDEX snapshots_raw_sha256 ON snapshots (raw_sha256);

CREATE TABLE blobs (
	sha256 TEXT PRIMARY KEY,
	media_type TEXT NOT NULL,
	size BIGINT NOT NULL,
	pieces BIGINT NOT NULL
);
CREATE TABLE blob_pieces (
	sha256 TEXT NOT NULL REFERENCES blobs (sha256),
	n BIGINT NOT NULL,
	data BYTEA NOT NULL,
	PRIMARY KEY (sha256, n)
);

CREATE TABLE claims (
	id TEXT PRIMARY KEY,
	article TEXT NOT NULL,
	snapshot BIGINT NOT NULL,
	article_at BIGINT NOT NULL,
	start_at BIGINT NOT NULL,
	fragments TEXT NOT NULL,
	standalone TEXT NOT NULL,
	words_fold TEXT NOT NULL,
	kind TEXT NOT NULL,
	checkable BOOLEAN NOT NULL,
	worth DOUBLE PRECISION NOT NULL,
	reasons TEXT NOT NULL,
	attributions TEXT NOT NULL,
	quantities TEXT NOT NULL,
	times TEXT NOT NULL,
	prefix TEXT NOT NULL,
	suffix TEXT NOT NULL,
	language TEXT NOT NULL,
	origin_by TEXT NOT NULL,
	origin_rule TEXT NOT NULL,
	origin_accepted BOOLEAN NOT NULL,
	state TEXT NOT NULL,
	priority BIGINT NOT NULL,
	tags TEXT NOT NULL,
	assignee TEXT NOT NULL,
	due BIGINT,
	made_on TEXT,
	dismissed_reason TEXT NOT NULL,
	dismissed_of TEXT NOT NULL,
	dismissed_note TEXT NOT NULL,
	has_verdict BOOLEAN NOT NULL,
	verdict_content TEXT NOT NULL,
	verdict_attribution TEXT NOT NULL,
	rationale TEXT NOT NULL,
	what_is_true TEXT NOT NULL,
	as_of TEXT,
	review_again TEXT,
	scale BIGINT NOT NULL,
	verdict_by TEXT NOT NULL,
	verdict_at BIGINT,
	submitted_by TEXT NOT NULL,
	submitted_at BIGINT,
	reviewed_by TEXT NOT NULL,
	reviewed_at BIGINT,
	approved_by TEXT NOT NULL,
	published_version BIGINT NOT NULL,
	published_at BIGINT,
	corrections BIGINT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	FOREIGN KEY (article, snapshot) REFERENCES snapshots (article, n)
);
CREATE INDEX claims_order ON claims (article_at, article, start_at, id);
CREATE INDEX claims_updated ON claims (updated_at, id);
CREATE INDEX claims_worth ON claims (priority, worth, id);
CREATE INDEX claims_article ON claims (article, start_at, id);
CREATE INDEX claims_article_state ON claims (article, state);
CREATE INDEX claims_state ON claims (state, article_at, article, start_at, id);
CREATE INDEX claims_state_updated ON claims (state, updated_at, id);
CREATE INDEX claims_state_worth ON claims (state, priority, worth, id);
CREATE INDEX claims_assignee ON claims (assignee, article_at, article, start_at, id);
CREATE INDEX claims_verdict ON claims (verdict_content, article_at, article, start_at, id);
CREATE INDEX claims_language ON claims (language, article_at, article, start_at, id);
CREATE INDEX claims_published ON claims (article_at, article, start_at, id) WHERE published_version > 0;

-- Who is named by a claim's attributions, and its tags: derived from claims, for filters.
CREATE TABLE claim_sources (
	claim_id TEXT NOT NULL REFERENCES claims (id),
	n BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	role TEXT NOT NULL,
	PRIMARY KEY (claim_id, n)
);
CREATE INDEX claim_sources_name ON claim_sources (name_fold, claim_id);
CREATE TABLE claim_tags (
	claim_id TEXT NOT NULL REFERENCES claims (id),
	tag TEXT NOT NULL,
	PRIMARY KEY (claim_id, tag)
);
CREATE INDEX claim_tags_tag ON claim_tags (tag, claim_id);

CREATE TABLE evidence (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	publisher TEXT NOT NULL,
	stance TEXT NOT NULL,
	grade TEXT NOT NULL,
	quote TEXT NOT NULL,
	locator TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_at BIGINT NOT NULL
);
CREATE INDEX evidence_claim ON evidence (claim, added_at, id);

CREATE TABLE notes (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	author TEXT NOT NULL,
	text TEXT NOT NULL,
	at BIGINT NOT NULL
);
CREATE INDEX notes_claim ON notes (claim, at, id);

CREATE TABLE reviews (
	id TEXT PRIMARY KEY,
	claim TEXT NOT NULL REFERENCES claims (id),
	claim_version BIGINT NOT NULL,
	reviewer TEXT NOT NULL,
	outcome TEXT NOT NULL,
	reason TEXT NOT NULL,
	at BIGINT NOT NULL,
	single BOOLEAN NOT NULL
);
CREATE INDEX reviews_claim ON reviews (claim, at, id);

CREATE TABLE publications (
	claim TEXT NOT NULL REFERENCES claims (id),
	n BIGINT NOT NULL,
	document TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	effect TEXT NOT NULL,
	notice TEXT NOT NULL,
	published_by TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	published_at BIGINT NOT NULL,
	withdrawn BOOLEAN NOT NULL,
	withdrawn_by TEXT NOT NULL,
	withdrawn_at BIGINT,
	withdrawn_reason TEXT NOT NULL,
	PRIMARY KEY (claim, n)
);
CREATE INDEX publications_published ON publications (published_at, claim);

CREATE TABLE checks (
	id TEXT PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	summary TEXT NOT NULL,
	body TEXT NOT NULL,
	language TEXT NOT NULL,
	authors TEXT NOT NULL,
	state TEXT NOT NULL,
	published BIGINT NOT NULL,
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX checks_created ON checks (created_at, id);

CREATE TABLE check_publications (
	check_id TEXT NOT NULL REFERENCES checks (id),
	n BIGINT NOT NULL,
	slug TEXT NOT NULL,
	title TEXT NOT NULL,
	summary TEXT NOT NULL,
	body TEXT NOT NULL,
	language TEXT NOT NULL,
	authors TEXT NOT NULL,
	claims TEXT NOT NULL,
	published_by TEXT NOT NULL,
	published_at BIGINT NOT NULL,
	PRIMARY KEY (check_id, n)
);
CREATE INDEX check_publications_published ON check_publications (published_at, check_id);
CREATE TABLE check_citations (
	check_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	claim TEXT NOT NULL REFERENCES claims (id),
	PRIMARY KEY (check_id, n, claim),
	FOREIGN KEY (check_id, n) REFERENCES check_publications (check_id, n)
);
CREATE INDEX check_citations_claim ON check_citations (claim, check_id, n);

CREATE TABLE settings (
	id BIGINT PRIMARY KEY CHECK (id = 1),
	json TEXT NOT NULL
);
CREATE TABLE scales (
	version BIGINT PRIMARY KEY,
	json TEXT NOT NULL
);

-- The history: what happened stands in events for ever, the values in rows that an erase may delete.
CREATE TABLE events (
	seq BIGINT PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	act TEXT NOT NULL,
	noun TEXT NOT NULL,
	noun_id TEXT NOT NULL,
	article TEXT NOT NULL,
	claim TEXT NOT NULL,
	digests TEXT NOT NULL,
	prev_hash TEXT NOT NULL,
	hash TEXT NOT NULL
);
CREATE INDEX events_claim ON events (claim, seq);
CREATE INDEX events_article ON events (article, seq);
CREATE INDEX events_actor ON events (actor, seq);
CREATE TABLE history_values (
	seq BIGINT NOT NULL REFERENCES events (seq),
	side TEXT NOT NULL,
	name TEXT NOT NULL,
	salt TEXT NOT NULL,
	json TEXT NOT NULL,
	PRIMARY KEY (seq, side, name)
);
CREATE TABLE chain_head (
	id BIGINT PRIMARY KEY CHECK (id = 1),
	seq BIGINT NOT NULL,
	hash TEXT NOT NULL
);
INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, '');

CREATE TABLE replies (
	person TEXT NOT NULL,
	key TEXT NOT NULL,
	request TEXT NOT NULL,
	status BIGINT NOT NULL,
	header TEXT NOT NULL,
	body BYTEA NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (person, key)
);
CREATE INDEX replies_at ON replies (at);
