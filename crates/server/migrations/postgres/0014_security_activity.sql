-- What happened to the ways to log in to an account, by the words of `domain::activity`. It is kept as it
-- was written for 180 days by the database's clock: nothing changes it, and a sweep deletes what is older.
-- It outlives the account, which stands there by the hash of its id.
SET LOCAL lock_timeout = '5s';
CREATE TABLE activity (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    browser TEXT COLLATE "C",
    system TEXT COLLATE "C",
    country TEXT COLLATE "C"
);
CREATE INDEX activity_by_account ON activity (account, at, id);
CREATE INDEX activity_by_at ON activity (at, id);
CREATE FUNCTION refuse_to_change_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the security activity is append-only';
END
$$;
CREATE FUNCTION keep_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at >= (floor(extract(epoch FROM now()))::BIGINT - 15552000) * 1000 THEN
        RETURN NULL;
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER activity_stays_as_it_is BEFORE UPDATE ON activity
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_activity();
CREATE TRIGGER activity_is_not_emptied BEFORE TRUNCATE ON activity
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_activity();
CREATE TRIGGER activity_is_kept BEFORE DELETE ON activity
FOR EACH ROW EXECUTE FUNCTION keep_activity();
