-- When accounts are deleted whose owners asked for it. It is a table of its own since a release before, which
-- may serve meanwhile, asks for all columns of `accounts`: PostgreSQL refuses what it prepared once there are
-- others (0A000).
SET LOCAL lock_timeout = '5s';
CREATE TABLE deletions (
    account TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES accounts (id),
    due BIGINT NOT NULL
);
CREATE INDEX deletions_by_due ON deletions (due, account);
