-- The keys that have sealed something, by their ids: each with a value that it sealed, by which it is
-- known again.
CREATE TABLE keys_that_sealed (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    probe TEXT COLLATE "C" NOT NULL
);
