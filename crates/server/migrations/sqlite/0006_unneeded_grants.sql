-- Grants that neither a link nor a waiting proof holds, until TikTok has revoked them. The key is a
-- hash of the access token.
CREATE TABLE unneeded_grants (
    id TEXT PRIMARY KEY NOT NULL,
    open_id TEXT NOT NULL,
    tokens TEXT NOT NULL,
    since BIGINT NOT NULL
);
CREATE INDEX unneeded_grants_by_open_id ON unneeded_grants (open_id, since);
CREATE INDEX unneeded_grants_by_since ON unneeded_grants (since);

-- Of whom the grant is that waits with a proof, and since when.
ALTER TABLE authorizations ADD COLUMN open_id TEXT;
ALTER TABLE authorizations ADD COLUMN proven BIGINT;
CREATE INDEX authorizations_by_open_id ON authorizations (open_id);
CREATE INDEX authorizations_by_proven ON authorizations (proven);
