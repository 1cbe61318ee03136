-- The tables as SQLite has them after its migrations up to 0007. Text is compared by its bytes
-- (COLLATE "C"), as everywhere else in the portal: an order by a language would be another one on
-- another machine, and another one after an upgrade of its C library, which spoils indexes.

CREATE TABLE accounts (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    -- In lower case, verified.
    email TEXT COLLATE "C" UNIQUE,
    password_hash TEXT COLLATE "C",
    name TEXT COLLATE "C",
    region TEXT COLLATE "C",
    language TEXT COLLATE "C" NOT NULL,
    ads_account TEXT COLLATE "C" NOT NULL,
    created BIGINT NOT NULL,
    -- When an account that had none at first got its address.
    email_added BIGINT
);

-- Invariant 1: either side at most once.
CREATE TABLE links (
    account TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES accounts (id),
    open_id TEXT COLLATE "C" NOT NULL UNIQUE,
    union_id TEXT COLLATE "C",
    face TEXT COLLATE "C" NOT NULL,
    tokens TEXT COLLATE "C" NOT NULL,
    linked BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    begun BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    authenticated BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_seen ON sessions (seen);

CREATE TABLE authorizations (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    begun BIGINT NOT NULL,
    stored TEXT COLLATE "C" NOT NULL,
    -- 1 while nobody has come back from TikTok.
    pending BIGINT NOT NULL,
    -- Of whom the grant is that waits with a proof, and since when.
    open_id TEXT COLLATE "C",
    proven BIGINT
);
CREATE INDEX authorizations_by_begun ON authorizations (begun);
CREATE INDEX authorizations_by_open_id ON authorizations (open_id);
CREATE INDEX authorizations_by_proven ON authorizations (proven);

-- The authorization that each browser began last.
CREATE TABLE last_authorizations (
    browser TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    authorization_id TEXT COLLATE "C" NOT NULL REFERENCES authorizations (id) ON DELETE CASCADE
);
CREATE INDEX last_authorizations_by_id ON last_authorizations (authorization_id);

CREATE TABLE sign_ups (
    browser TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    sign_up TEXT COLLATE "C" NOT NULL,
    put BIGINT NOT NULL,
    -- The address that is to be proven, which `sign_up` holds too.
    email TEXT COLLATE "C"
);
CREATE INDEX sign_ups_by_put ON sign_ups (put);
CREATE INDEX sign_ups_by_email ON sign_ups (email);

CREATE TABLE drafts (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    draft TEXT COLLATE "C" NOT NULL,
    changed BIGINT NOT NULL,
    -- What a list shows of a draft: the beginning of its name, and its stage. A list of drafts reads
    -- the index alone, and none of what is typed into them.
    summary TEXT COLLATE "C"
);
CREATE INDEX drafts_by_account ON drafts (account, changed DESC, id) INCLUDE (summary);

CREATE TABLE counts (
    key TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- When a count says nothing any more.
    ends BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX counts_by_ends ON counts (ends);

-- Requests that may come again, and what they were answered. Whose they are is in `keyed`, and
-- nothing goes with an account: they are kept for ten minutes.
CREATE TABLE keyed_requests (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    browser TEXT COLLATE "C" NOT NULL,
    begun BIGINT NOT NULL,
    keyed TEXT COLLATE "C" NOT NULL
);
CREATE INDEX keyed_requests_by_browser ON keyed_requests (browser, begun);
CREATE INDEX keyed_requests_by_begun ON keyed_requests (begun);

-- Grants that neither a link nor a waiting proof holds, until TikTok has revoked them. The key is a
-- hash of the access token.
CREATE TABLE unneeded_grants (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    open_id TEXT COLLATE "C" NOT NULL,
    tokens TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL
);
CREATE INDEX unneeded_grants_by_open_id ON unneeded_grants (open_id, since);
CREATE INDEX unneeded_grants_by_since ON unneeded_grants (since);
