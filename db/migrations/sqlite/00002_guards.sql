-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER events_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER history_values_update BEFORE UPDATE ON history_values BEGIN SELECT RAISE(ABORT, 'values of the history never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER claims_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'claims are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER snapshots_update BEFORE UPDATE OF article, n, sha256, raw_sha256, media_type, encoding, notice, fetched_at ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots can only be erased'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER snapshots_erase BEFORE UPDATE ON snapshots WHEN NOT NEW.erased OR NEW.text <> ''
BEGIN SELECT RAISE(ABORT, 'snapshots can only be erased'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER snapshots_delete BEFORE DELETE ON snapshots BEGIN SELECT RAISE(ABORT, 'snapshots can only be erased'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publications_update BEFORE UPDATE OF claim, n, document, sha256, effect, notice, published_by, approved_by, published_at ON publications
BEGIN SELECT RAISE(ABORT, 'publications are frozen'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publications_delete BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'publications are frozen'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER check_publications_update BEFORE UPDATE ON check_publications BEGIN SELECT RAISE(ABORT, 'publications are frozen'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER check_publications_delete BEFORE DELETE ON check_publications BEGIN SELECT RAISE(ABORT, 'publications are frozen'); END;
-- +goose StatementEnd

-- What people who open the file want to read, with the times in words.
CREATE VIEW history AS
SELECT seq, strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000000, 'unixepoch') AS at_time, actor, act, noun, noun_id, article, claim, hash FROM events;
CREATE VIEW articles_readable AS
SELECT id, title, outlet, authors, url, published, language, strftime('%Y-%m-%dT%H:%M:%SZ', created_at / 1000000, 'unixepoch') AS created_time FROM articles;
CREATE VIEW claims_readable AS
SELECT id, article, state, standalone, verdict_content, verdict_attribution, rationale, what_is_true, assignee, tags,
	strftime('%Y-%m-%dT%H:%M:%SZ', created_at / 1000000, 'unixepoch') AS created_time,
	strftime('%Y-%m-%dT%H:%M:%SZ', updated_at / 1000000, 'unixepoch') AS updated_time FROM claims;
CREATE VIEW publications_readable AS
SELECT claim, n, sha256, effect, notice, withdrawn, withdrawn_reason,
	strftime('%Y-%m-%dT%H:%M:%SZ', published_at / 1000000, 'unixepoch') AS published_time FROM publications;
