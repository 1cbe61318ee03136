-- When a count says nothing any more. Those before lasted an hour at most.
ALTER TABLE counts ADD COLUMN ends BIGINT NOT NULL DEFAULT 0;
DROP INDEX counts_by_since;
CREATE INDEX counts_by_ends ON counts (ends);

-- The address that is to be proven, which `sign_up` holds too. Sign-ups before have none, and last
-- ten minutes.
ALTER TABLE sign_ups ADD COLUMN email TEXT;
CREATE INDEX sign_ups_by_email ON sign_ups (email);

-- 1 while nobody has come back from TikTok.
ALTER TABLE authorizations ADD COLUMN pending BIGINT NOT NULL DEFAULT 0;
