-- Tags and links know how many posts have them, and which are the newest: so that no answer about a
-- tag, a host or links has to visit all posts.

ALTER TABLE tags ADD COLUMN posts INTEGER NOT NULL DEFAULT 0;
UPDATE tags SET posts = (SELECT count(*) FROM tagged_posts WHERE tag_id = tags.id);
CREATE INDEX tags_by_posts ON tags (posts = 1 AND english IS NULL, posts DESC, name) WHERE posts > 0;

CREATE TRIGGER post_tags_count_up AFTER INSERT ON post_tags BEGIN
    UPDATE tags SET posts = posts + 1 WHERE id = new.tag_id;
END;
CREATE TRIGGER post_tags_count_down AFTER DELETE ON post_tags BEGIN
    UPDATE tags SET posts = posts - 1 WHERE id = old.tag_id;
END;
CREATE TRIGGER post_topics_count_up AFTER INSERT ON post_topics BEGIN
    UPDATE tags SET posts = posts + 1 WHERE id = new.tag_id;
END;
CREATE TRIGGER post_topics_count_down AFTER DELETE ON post_topics BEGIN
    UPDATE tags SET posts = posts - 1 WHERE id = old.tag_id;
END;

-- ordinal: that of the post.
DROP VIEW tagged_posts;
DROP INDEX post_tags_by_tag;
DROP INDEX post_topics_by_tag;
ALTER TABLE post_tags ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE post_topics ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
UPDATE post_tags SET ordinal = (SELECT ordinal FROM posts WHERE id = post_id);
UPDATE post_topics SET ordinal = (SELECT ordinal FROM posts WHERE id = post_id);
CREATE INDEX post_tags_by_tag ON post_tags (tag_id, ordinal, post_id);
CREATE INDEX post_topics_by_tag ON post_topics (tag_id, ordinal, post_id);
CREATE VIEW tagged_posts AS
SELECT post_id, tag_id, ordinal FROM post_tags
UNION ALL
SELECT post_id, tag_id, ordinal FROM post_topics;

-- shares: how often posts have the link.
ALTER TABLE links ADD COLUMN shares INTEGER NOT NULL DEFAULT 0;
UPDATE links SET shares = (SELECT count(*) FROM post_links WHERE link_id = links.id);
DROP INDEX links_by_host;
DROP INDEX links_by_kind;
CREATE INDEX links_by_host ON links (host) WHERE shares > 0;
CREATE INDEX links_by_kind ON links (kind) WHERE shares > 0;
CREATE INDEX links_by_shares ON links (shares);

CREATE TRIGGER post_links_count_up AFTER INSERT ON post_links BEGIN
    UPDATE links SET shares = shares + 1 WHERE id = new.link_id;
END;
CREATE TRIGGER post_links_count_down AFTER DELETE ON post_links BEGIN
    UPDATE links SET shares = shares - 1 WHERE id = old.link_id;
END;

ALTER TABLE post_links ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
UPDATE post_links SET ordinal = (SELECT ordinal FROM posts WHERE id = post_id);
CREATE INDEX post_links_by_time ON post_links (ordinal DESC, post_id DESC, position, link_id);

-- What digests and sizes are made of, without reading the posts.
DROP INDEX posts_by_date;
CREATE INDEX posts_by_date ON posts (date, reactions, views);
CREATE INDEX posts_by_source_date ON posts (source_id, date);
