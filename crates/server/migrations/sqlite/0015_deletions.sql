-- When accounts are deleted whose owners asked for it. It is a table of its own since a release before, which
-- may serve meanwhile, asks for all columns of `accounts`.
CREATE TABLE deletions (
    account TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    due BIGINT NOT NULL
);
CREATE INDEX deletions_by_due ON deletions (due, account);
