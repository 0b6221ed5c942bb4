-- What links stand in, and the tags that a vocabulary gives to posts.

-- The words around the link in that post. Those of older posts are filled in when the archive is
-- next opened.
ALTER TABLE post_links ADD COLUMN context TEXT NOT NULL DEFAULT '';

CREATE INDEX links_by_kind ON links (kind);

-- Only a topic, a tag of the vocabulary, has an English name. Its key begins with a blank, as no
-- hashtag's does: so both kinds can bear one name, and share the ids that buttons hold.
ALTER TABLE tags ADD COLUMN english TEXT;

CREATE TABLE post_topics (
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (post_id, position)
) WITHOUT ROWID;

CREATE INDEX post_topics_by_tag ON post_topics (tag_id, post_id);

-- Which posts carry which tags, whoever gave them.
CREATE VIEW tagged_posts AS
SELECT post_id, tag_id FROM post_tags
UNION ALL
SELECT post_id, tag_id FROM post_topics;
