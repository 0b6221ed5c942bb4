-- Posts that were removed for good, so that no import brings them back. Nothing is kept of them but
-- their keys: a row for each message of an album, one without a message where none is known; of an
-- album that came live also its group, because more of its messages may come.

CREATE TABLE forgotten (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    message_id INTEGER,
    fingerprint BLOB NOT NULL,
    media_group TEXT
);

CREATE INDEX forgotten_by_source ON forgotten (source_id);
