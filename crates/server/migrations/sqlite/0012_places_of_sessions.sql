-- From where a session was seen last: the browser and its system by the words of `domain::device`, and
-- the country by its code. It is a table of its own since a release before, which serves meanwhile, asks
-- for all columns of `sessions`: PostgreSQL refuses what it prepared once there are others (0A000).
CREATE TABLE session_places (
    token_hash TEXT PRIMARY KEY NOT NULL REFERENCES sessions (token_hash) ON DELETE CASCADE,
    browser TEXT,
    system TEXT,
    country TEXT
);
