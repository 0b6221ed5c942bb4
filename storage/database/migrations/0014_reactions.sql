-- Which reactions a post has, and a small picture for it where its page shows one.

-- reacted: a JSON list of [emoji, count]; `reactions` counts those without a known emoji as well.
ALTER TABLE posts ADD COLUMN reacted TEXT;
ALTER TABLE posts ADD COLUMN thumbnail TEXT;
