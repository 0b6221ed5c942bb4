-- Who is still to be told of a new post: written with the post, removed when told, so that no alert
-- is lost if the program ends in between.
CREATE TABLE alerts (
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    watch_id INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, watch_id)
) WITHOUT ROWID;

CREATE INDEX alerts_by_watch ON alerts (watch_id);
