-- A forgotten post that is let in again gets its id back: old buttons lead to it, and whoever had
-- saved it finds it saved. So it is kept who has saved a post as long as its keys are; of posts that
-- are gone otherwise, nothing is.
ALTER TABLE forgotten ADD COLUMN post_id INTEGER;

CREATE TABLE saves (
    user_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, post_id)
) WITHOUT ROWID;
INSERT INTO saves SELECT user_id, post_id, saved_at FROM saved_posts;
DROP TABLE saved_posts;
ALTER TABLE saves RENAME TO saved_posts;
CREATE INDEX saved_posts_by_post ON saved_posts (post_id);

CREATE TRIGGER saves_of_gone_post AFTER DELETE ON posts
WHEN NOT EXISTS (
    SELECT 1 FROM forgotten WHERE source_id = old.source_id AND post_id = old.id) BEGIN
    DELETE FROM saved_posts WHERE post_id = old.id;
END;
