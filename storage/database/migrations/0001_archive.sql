-- Sources, posts and what is found in their texts; stored searches; languages.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    username TEXT,
    about TEXT,
    subscribers INTEGER,
    photos INTEGER,
    videos INTEGER,
    files INTEGER,
    links INTEGER
);

-- AUTOINCREMENT: the id of a removed post is never given to another, because old buttons hold it.
CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    message_id INTEGER,
    fingerprint BLOB NOT NULL,
    opening INTEGER,
    text TEXT NOT NULL,
    original_text TEXT,
    date INTEGER,
    ordinal INTEGER NOT NULL,
    forwarded_from TEXT,
    reply_snippet TEXT,
    reply_post_id INTEGER REFERENCES posts (id) ON DELETE SET NULL,
    reactions INTEGER NOT NULL,
    document TEXT,
    first_line INTEGER,
    last_line INTEGER
);

CREATE UNIQUE INDEX posts_by_message ON posts (source_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX posts_by_fingerprint ON posts (source_id, fingerprint);
-- opening: a hash, so that a reply finds the few posts that its snippet may be the beginning of.
CREATE INDEX posts_by_opening ON posts (source_id, opening) WHERE opening IS NOT NULL;
CREATE INDEX posts_unanswered ON posts (source_id)
WHERE reply_snippet IS NOT NULL AND reply_post_id IS NULL;
CREATE INDEX posts_repaired ON posts (source_id) WHERE original_text IS NOT NULL;
CREATE INDEX posts_by_time ON posts (ordinal, id);
CREATE INDEX posts_by_reply ON posts (reply_post_id) WHERE reply_post_id IS NOT NULL;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

CREATE TABLE post_tags (
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (post_id, position)
) WITHOUT ROWID;

CREATE INDEX post_tags_by_tag ON post_tags (tag_id, post_id);

CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    kind TEXT NOT NULL,
    truncated INTEGER NOT NULL
);

CREATE INDEX links_by_host ON links (host);

CREATE TABLE post_links (
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    link_id INTEGER NOT NULL REFERENCES links (id),
    raw TEXT NOT NULL,
    PRIMARY KEY (post_id, position)
) WITHOUT ROWID;

CREATE INDEX post_links_by_link ON post_links (link_id, post_id);

CREATE TABLE searches (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    query TEXT NOT NULL,
    used_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX searches_by_use ON searches (used_at);

CREATE TABLE languages (
    user_id INTEGER PRIMARY KEY,
    language TEXT NOT NULL
);
