-- Links that move to another account of the same owner, once nobody has stopped it. An account takes part in one. The
-- accounts may go while it waits, deleted by a release that doesn't know of it.
SET LOCAL lock_timeout = '5s';
CREATE TABLE transfers (
    from_account TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    to_account TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    open_id TEXT COLLATE "C" NOT NULL,
    due BIGINT NOT NULL
);
CREATE INDEX transfers_by_due ON transfers (due, from_account);
