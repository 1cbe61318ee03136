-- Passkeys: the credential's id and its public key (SubjectPublicKeyInfo) in base64url, its algorithm by COSE's
-- number, and what its authenticator says of itself. They go with their account, whichever release deletes it.
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    algorithm BIGINT NOT NULL,
    public_key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    backup_eligible BIGINT NOT NULL,
    backed_up BIGINT NOT NULL,
    created BIGINT NOT NULL,
    used BIGINT
);
CREATE INDEX passkeys_by_account ON passkeys (account, created, id);

-- The challenge that each browser was last given, with the account of whoever is logged in, with which it goes. No
-- foreign key: the account may go while the challenge is drawn.
CREATE TABLE ceremonies (
    browser TEXT PRIMARY KEY NOT NULL,
    ceremony TEXT NOT NULL,
    account TEXT,
    begun BIGINT NOT NULL
);
CREATE INDEX ceremonies_by_account ON ceremonies (account);
CREATE INDEX ceremonies_by_begun ON ceremonies (begun);
