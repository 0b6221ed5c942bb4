-- What a stored search is for: words of a query, tags (ids as JSON), or a digest's days and last day.
ALTER TABLE searches ADD COLUMN tag_ids TEXT NOT NULL DEFAULT '[]';
ALTER TABLE searches ADD COLUMN days INTEGER;
ALTER TABLE searches ADD COLUMN until TEXT;
-- Before, all of that stood in the query: '3 7', '30 2024-01-31 7'.
UPDATE searches SET query = '', tag_ids = '[' || replace(query, ' ', ',') || ']'
WHERE kind = 'tag';
UPDATE searches SET
    query = '',
    days = CAST(query AS INTEGER),
    until = substr(query, instr(query, ' ') + 1, 10),
    tag_ids = '[' || trim(substr(query, instr(query, ' ') + 11)) || ']'
WHERE kind = 'digest';
