-- What a list shows of a draft: the beginning of its name, and its stage. A list of drafts reads the
-- index alone, and none of what is typed into them. The server fills it in for the rows before it.
ALTER TABLE drafts ADD COLUMN summary TEXT;
DROP INDEX drafts_by_account;
CREATE INDEX drafts_by_account ON drafts (account, changed DESC, id, summary);
