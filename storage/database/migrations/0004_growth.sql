-- Archives that grow: channels by id, what Telegram tells of a post, albums, searches that watch.

ALTER TABLE sources ADD COLUMN channel_id INTEGER;
ALTER TABLE sources ADD COLUMN live_at INTEGER;

CREATE UNIQUE INDEX sources_by_channel ON sources (channel_id) WHERE channel_id IS NOT NULL;

-- reply_to: the message that is answered. hidden_urls, media_names: JSON lists.
ALTER TABLE posts ADD COLUMN edited INTEGER;
ALTER TABLE posts ADD COLUMN reply_to INTEGER;
ALTER TABLE posts ADD COLUMN views INTEGER;
ALTER TABLE posts ADD COLUMN hidden_urls TEXT;
ALTER TABLE posts ADD COLUMN media_kind TEXT;
ALTER TABLE posts ADD COLUMN media_names TEXT;

CREATE INDEX posts_unanswered_message ON posts (source_id, reply_to)
WHERE reply_to IS NOT NULL AND reply_post_id IS NULL;

-- An album is one post. Live, its messages come one by one, of one media_group, and which of them
-- brings the caption, and so makes the album a post, is not known before.
CREATE TABLE album_messages (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    message_id INTEGER NOT NULL,
    post_id INTEGER REFERENCES posts (id) ON DELETE CASCADE,
    media_group TEXT,
    caption TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (source_id, message_id)
) WITHOUT ROWID;

CREATE INDEX album_messages_by_post ON album_messages (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX album_messages_by_group ON album_messages (source_id, media_group)
WHERE media_group IS NOT NULL;

CREATE TABLE watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    query TEXT NOT NULL,
    UNIQUE (chat_id, query)
);
