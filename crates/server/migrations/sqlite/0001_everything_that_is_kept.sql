-- Ids are TEXT, times BIGINT in milliseconds since 1970, compound values JSON in TEXT, and
-- parameters $1: the same text is to work in PostgreSQL as well.

CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    -- In lower case, verified.
    email TEXT UNIQUE,
    password_hash TEXT,
    name TEXT,
    region TEXT,
    language TEXT NOT NULL,
    ads_account TEXT NOT NULL,
    created BIGINT NOT NULL
);

-- Rule 1: either side at most once.
CREATE TABLE links (
    account TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    open_id TEXT NOT NULL UNIQUE,
    union_id TEXT,
    face TEXT NOT NULL,
    tokens TEXT NOT NULL,
    linked BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    begun BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    authenticated BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_seen ON sessions (seen);

CREATE TABLE authorizations (
    id TEXT PRIMARY KEY NOT NULL,
    begun BIGINT NOT NULL,
    stored TEXT NOT NULL
);
CREATE INDEX authorizations_by_begun ON authorizations (begun);

-- The authorization that each browser began last.
CREATE TABLE last_authorizations (
    browser TEXT PRIMARY KEY NOT NULL,
    authorization_id TEXT NOT NULL REFERENCES authorizations (id) ON DELETE CASCADE
);
CREATE INDEX last_authorizations_by_id ON last_authorizations (authorization_id);

CREATE TABLE sign_ups (
    browser TEXT PRIMARY KEY NOT NULL,
    sign_up TEXT NOT NULL,
    put BIGINT NOT NULL
);
CREATE INDEX sign_ups_by_put ON sign_ups (put);

CREATE TABLE drafts (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    draft TEXT NOT NULL,
    changed BIGINT NOT NULL
);
CREATE INDEX drafts_by_account ON drafts (account, changed);

CREATE TABLE counts (
    key TEXT PRIMARY KEY NOT NULL,
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX counts_by_since ON counts (since);
