-- What filters of searches ask of all posts in time stands in indexes.

DROP INDEX posts_by_time;
CREATE INDEX posts_by_time ON posts (ordinal, id, source_id);
CREATE INDEX posts_forwarded ON posts (ordinal, id, forwarded_from) WHERE forwarded_from IS NOT NULL;
CREATE INDEX posts_with_media ON posts (ordinal, id, media_kind) WHERE media_kind IS NOT NULL;
