-- Addresses that accounts had, until when they are of no use any more (`domain::former_email`). The id is
-- SHA-256 of the address.
SET LOCAL lock_timeout = '5s';
CREATE TABLE former_emails (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    replaced BIGINT NOT NULL
);
CREATE INDEX former_emails_by_account ON former_emails (account, replaced);
CREATE INDEX former_emails_by_replaced ON former_emails (replaced);
