-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER events_update BEFORE UPDATE OR DELETE ON events
FOR EACH ROW EXECUTE FUNCTION refuse_change('events are append-only');
CREATE TRIGGER events_truncate BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('events are append-only');
CREATE TRIGGER history_values_update BEFORE UPDATE ON history_values
FOR EACH ROW EXECUTE FUNCTION refuse_change('values of the history never change');
CREATE TRIGGER claims_delete BEFORE DELETE ON claims
FOR EACH ROW EXECUTE FUNCTION refuse_change('claims are never deleted');
CREATE TRIGGER snapshots_update BEFORE UPDATE OF article, n, sha256, raw_sha256, media_type, encoding, notice, fetched_at ON snapshots
FOR EACH ROW EXECUTE FUNCTION refuse_change('snapshots can only be erased');
CREATE TRIGGER snapshots_erase BEFORE UPDATE ON snapshots
FOR EACH ROW WHEN (NOT NEW.erased OR NEW.text <> '') EXECUTE FUNCTION refuse_change('snapshots can only be erased');
CREATE TRIGGER snapshots_delete BEFORE DELETE ON snapshots
FOR EACH ROW EXECUTE FUNCTION refuse_change('snapshots can only be erased');
CREATE TRIGGER publications_update BEFORE UPDATE OF claim, n, document, sha256, effect, notice, published_by, approved_by, published_at ON publications
FOR EACH ROW EXECUTE FUNCTION refuse_change('publications are frozen');
CREATE TRIGGER publications_delete BEFORE DELETE ON publications
FOR EACH ROW EXECUTE FUNCTION refuse_change('publications are frozen');
CREATE TRIGGER check_publications_update BEFORE UPDATE OR DELETE ON check_publications
FOR EACH ROW EXECUTE FUNCTION refuse_change('publications are frozen');

CREATE VIEW history AS
SELECT seq, to_char(to_timestamp(at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at_time, actor, act, noun, noun_id, article, claim, hash FROM events;
CREATE VIEW articles_readable AS
SELECT id, title, outlet, authors, url, published, language,
	to_char(to_timestamp(created_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_time FROM articles;
CREATE VIEW claims_readable AS
SELECT id, article, state, standalone, verdict_content, verdict_attribution, rationale, what_is_true, assignee, tags,
	to_char(to_timestamp(created_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_time,
	to_char(to_timestamp(updated_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS updated_time FROM claims;
CREATE VIEW publications_readable AS
SELECT claim, n, sha256, effect, notice, withdrawn, withdrawn_reason,
	to_char(to_timestamp(published_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS published_time FROM publications;
