-- What a sweep deletes is found by these, without what stands beside it: those whose `open_id` is
-- missing are nearly all of a day, and those whose `due` is missing all that are kept of a month.
CREATE INDEX authorizations_by_pending ON authorizations (begun) WHERE pending = 1;
CREATE INDEX authorizations_by_open_id_and_begun ON authorizations (open_id, begun);
DROP INDEX authorizations_by_open_id;
CREATE INDEX letters_by_due_and_written ON letters (due, written, id);
DROP INDEX letters_by_due;

-- 1 where a sweep found that a grant isn't to be revoked yet, and nothing has changed since of what
-- that depends on: whether a link or a waiting proof holds one of the same TikTok account, and how many
-- newer ones there are. What comes to an end is noted here, whichever release ends it; what is added,
-- by whoever adds it.
ALTER TABLE unneeded_grants ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
CREATE INDEX unneeded_grants_by_turn ON unneeded_grants (since, id) WHERE kept = 0;

CREATE TRIGGER link_ends AFTER DELETE ON links BEGIN
    UPDATE unneeded_grants SET kept = 0 WHERE open_id = OLD.open_id AND kept = 1;
END;
CREATE TRIGGER link_changes AFTER UPDATE OF open_id ON links WHEN NEW.open_id <> OLD.open_id BEGIN
    UPDATE unneeded_grants SET kept = 0 WHERE open_id = OLD.open_id AND kept = 1;
END;
CREATE TRIGGER waiting_proof_ends AFTER UPDATE OF open_id ON authorizations
WHEN OLD.open_id IS NOT NULL AND NEW.open_id IS NOT OLD.open_id BEGIN
    UPDATE unneeded_grants SET kept = 0 WHERE open_id = OLD.open_id AND kept = 1;
END;
CREATE TRIGGER waiting_proof_goes AFTER DELETE ON authorizations WHEN OLD.open_id IS NOT NULL BEGIN
    UPDATE unneeded_grants SET kept = 0 WHERE open_id = OLD.open_id AND kept = 1;
END;
