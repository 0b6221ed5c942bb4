-- Where the date of a post is known, its ordinal is that date: so that the posts of a tag are known
-- by their days.

UPDATE post_tags SET ordinal = (SELECT date FROM posts WHERE id = post_id)
WHERE post_id IN (SELECT id FROM posts WHERE ordinal <> date);
UPDATE post_topics SET ordinal = (SELECT date FROM posts WHERE id = post_id)
WHERE post_id IN (SELECT id FROM posts WHERE ordinal <> date);
UPDATE post_links SET ordinal = (SELECT date FROM posts WHERE id = post_id)
WHERE post_id IN (SELECT id FROM posts WHERE ordinal <> date);
UPDATE posts SET ordinal = date WHERE ordinal <> date;
