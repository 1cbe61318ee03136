-- Passkeys: the credential's id and its public key (SubjectPublicKeyInfo) in base64url, its algorithm by COSE's
-- number, and what its authenticator says of itself. They go with their account, whichever release deletes it.
SET LOCAL lock_timeout = '5s';
CREATE TABLE passkeys (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT COLLATE "C" NOT NULL,
    algorithm BIGINT NOT NULL,
    public_key TEXT COLLATE "C" NOT NULL,
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
    browser TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    ceremony TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C",
    begun BIGINT NOT NULL
);
CREATE INDEX ceremonies_by_account ON ceremonies (account);
CREATE INDEX ceremonies_by_begun ON ceremonies (begun);
