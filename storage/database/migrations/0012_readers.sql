-- What readers keep: posts to read later, the digests that a chat wants by the clock. What an admin
-- removed is kept for a day, so that it can be undone.

CREATE TABLE saved_posts (
    user_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, post_id)
) WITHOUT ROWID;

CREATE INDEX saved_posts_by_post ON saved_posts (post_id);

-- weekday: 0 is Monday, NULL every day; minute: of the day, in the zone.
CREATE TABLE schedules (
    chat_id INTEGER PRIMARY KEY,
    weekday INTEGER,
    minute INTEGER NOT NULL,
    zone TEXT NOT NULL,
    language TEXT NOT NULL
);

-- stored: the post's columns, as JSON; messages: those of its album.
CREATE TABLE removed_posts (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    removed_at INTEGER NOT NULL,
    stored TEXT NOT NULL,
    messages TEXT NOT NULL
);
