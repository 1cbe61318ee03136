-- When TikTok is asked next about the grant of a link, and why it isn't any more, by the words of
-- `domain::grant`. A link of a release before is due at once. That release, which may serve meanwhile,
-- names the columns that it reads and writes.
ALTER TABLE links ADD COLUMN renewal_due BIGINT NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN grant_fault TEXT;
CREATE INDEX links_by_renewal_due ON links (renewal_due, account) WHERE grant_fault IS NULL;
