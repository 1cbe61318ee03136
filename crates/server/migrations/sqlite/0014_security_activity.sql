-- What happened to the ways to log in to an account, by the words of `domain::activity`. It is kept as it
-- was written for 180 days by the database's clock: nothing changes it, and a sweep deletes what is older.
-- It outlives the account, which stands there by the hash of its id.
CREATE TABLE activity (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    browser TEXT,
    system TEXT,
    country TEXT
);
CREATE INDEX activity_by_account ON activity (account, at, id);
CREATE INDEX activity_by_at ON activity (at, id);
CREATE TRIGGER activity_stays_as_it_is BEFORE UPDATE ON activity BEGIN
    SELECT RAISE(ABORT, 'the security activity is append-only');
END;
-- A row that takes the place of another (`REPLACE`) deletes it without a word to the trigger below.
CREATE TRIGGER activity_is_not_replaced BEFORE INSERT ON activity
WHEN EXISTS (SELECT 1 FROM activity WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the security activity is append-only');
END;
CREATE TRIGGER activity_is_kept BEFORE DELETE ON activity
WHEN OLD.at >= (CAST(strftime('%s', 'now') AS INTEGER) - 15552000) * 1000 BEGIN
    SELECT RAISE(IGNORE);
END;
