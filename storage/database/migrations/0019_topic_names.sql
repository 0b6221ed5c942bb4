-- What a tag is: a hashtag, or a topic of the vocabulary. Topics have names in other languages, as
-- JSON by the codes of these.
ALTER TABLE tags ADD COLUMN is_topic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN names TEXT NOT NULL DEFAULT '{}';
UPDATE tags SET is_topic = 1, names = json_object('en', english) WHERE english IS NOT NULL;
DROP INDEX tags_by_posts;
CREATE INDEX tags_by_posts ON tags (posts = 1 AND NOT is_topic, posts DESC, name) WHERE posts > 0;
ALTER TABLE tags DROP COLUMN english;

-- The vocabulary in use, so that nothing is tagged anew for this alone.
UPDATE meta SET value = json_object(
    'rules', json_extract(value, '$.rules'),
    'topics', (
        SELECT json_group_array(json_object(
            'topic', json_object(
                'name', json_extract(entry.value, '$.topic.name'),
                'names', json_object('en', json_extract(entry.value, '$.topic.english'))),
            'aliases', json_extract(entry.value, '$.aliases'),
            'exceptions', json_extract(entry.value, '$.exceptions')))
        FROM json_each(meta.value, '$.topics') AS entry))
WHERE name = 'vocabulary' AND json_valid(value);
