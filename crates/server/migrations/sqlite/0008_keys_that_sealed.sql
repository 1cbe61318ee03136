-- The keys that have sealed something, by their ids: each with a value that it sealed, by which it is
-- known again.
CREATE TABLE keys_that_sealed (
    id TEXT PRIMARY KEY NOT NULL,
    probe TEXT NOT NULL
);
