-- How posts look: which parts of their texts are bold, quoted, links; what is shown beside them.

-- entities, cards: JSON lists of lists. details: what readers see of a post besides its text, such
-- as names of files, a line each.
ALTER TABLE posts ADD COLUMN entities TEXT;
ALTER TABLE posts ADD COLUMN cards TEXT;
ALTER TABLE posts ADD COLUMN details TEXT;
ALTER TABLE album_messages ADD COLUMN entities TEXT;

-- What a search looks into. The index is made anew when the archive is opened.
ALTER TABLE posts ADD COLUMN searched TEXT
GENERATED ALWAYS AS (text || coalesce(char(10) || char(10) || details, '')) VIRTUAL;
UPDATE posts SET details = (
    SELECT group_concat(value, char(10)) FROM json_each(media_names)
    WHERE instr(posts.text, value) = 0
) WHERE media_names IS NOT NULL;
DELETE FROM meta WHERE name = 'normal_form';
