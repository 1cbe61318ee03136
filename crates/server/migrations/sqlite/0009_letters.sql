-- Letters on their way, from the transaction of what they tell until a mail server has taken them.
-- `due` is when one is to be sent next; one without can't be sent, and `why` says it.
CREATE TABLE letters (
    id TEXT PRIMARY KEY NOT NULL,
    letter TEXT NOT NULL,
    asked_for BIGINT NOT NULL,
    written BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    due BIGINT,
    why TEXT
);
CREATE INDEX letters_by_turn ON letters (asked_for, due);
CREATE INDEX letters_by_due ON letters (due);
