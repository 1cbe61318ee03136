-- Requests that may come again, and what they were answered. Whose they are is in `keyed`, and
-- nothing goes with an account: they are kept for ten minutes.
CREATE TABLE keyed_requests (
    id TEXT PRIMARY KEY NOT NULL,
    browser TEXT NOT NULL,
    begun BIGINT NOT NULL,
    keyed TEXT NOT NULL
);
CREATE INDEX keyed_requests_by_browser ON keyed_requests (browser, begun);
CREATE INDEX keyed_requests_by_begun ON keyed_requests (begun);
