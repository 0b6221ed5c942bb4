-- Links know the newest post that shares them, hosts and kinds how many links they have, and links
-- are found by the words of their addresses: so that no list of links has to visit all of them.

-- newest: of the post that shares it.
ALTER TABLE links ADD COLUMN newest_ordinal INTEGER;
ALTER TABLE links ADD COLUMN newest_post_id INTEGER;
ALTER TABLE links ADD COLUMN newest_position INTEGER;

DROP INDEX post_links_by_link;
DROP INDEX post_links_by_time;
CREATE INDEX post_links_by_link ON post_links (link_id, ordinal DESC, post_id DESC, position);

DROP TRIGGER post_links_count_up;
DROP TRIGGER post_links_count_down;
UPDATE links SET (newest_ordinal, newest_post_id, newest_position) = (
    SELECT ordinal, post_id, position FROM post_links WHERE link_id = links.id
    ORDER BY ordinal DESC, post_id DESC, position LIMIT 1);
CREATE TRIGGER post_links_count_up AFTER INSERT ON post_links BEGIN
    UPDATE links SET shares = shares + 1, (newest_ordinal, newest_post_id, newest_position) = (
        SELECT ordinal, post_id, position FROM post_links WHERE link_id = new.link_id
        ORDER BY ordinal DESC, post_id DESC, position LIMIT 1)
    WHERE id = new.link_id;
END;
CREATE TRIGGER post_links_count_down AFTER DELETE ON post_links BEGIN
    UPDATE links SET shares = shares - 1, (newest_ordinal, newest_post_id, newest_position) = (
        SELECT ordinal, post_id, position FROM post_links WHERE link_id = old.link_id
        ORDER BY ordinal DESC, post_id DESC, position LIMIT 1)
    WHERE id = old.link_id;
END;

DROP INDEX links_by_host;
DROP INDEX links_by_kind;
DROP INDEX links_by_shares;
CREATE INDEX links_by_time ON links (newest_ordinal DESC, newest_post_id DESC, newest_position)
WHERE shares > 0;
CREATE INDEX links_by_shares
ON links (shares DESC, newest_ordinal DESC, newest_post_id DESC, newest_position);
CREATE INDEX links_by_host
ON links (host, newest_ordinal DESC, newest_post_id DESC, newest_position, kind, shares)
WHERE shares > 0;
CREATE INDEX links_by_kind
ON links (kind, newest_ordinal DESC, newest_post_id DESC, newest_position, shares)
WHERE shares > 0;

-- links: how many that some post shares.
CREATE TABLE link_hosts (host TEXT PRIMARY KEY, links INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE link_kinds (kind TEXT PRIMARY KEY, links INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO link_hosts SELECT host, count(*) FROM links WHERE shares > 0 GROUP BY host;
INSERT INTO link_kinds SELECT kind, count(*) FROM links WHERE shares > 0 GROUP BY kind;
CREATE INDEX link_hosts_by_links ON link_hosts (links DESC, host);

CREATE TRIGGER links_count_hosts AFTER UPDATE OF shares, host, kind ON links
WHEN (old.shares > 0) <> (new.shares > 0) OR old.host <> new.host OR old.kind <> new.kind BEGIN
    UPDATE link_hosts SET links = links - 1 WHERE old.shares > 0 AND host = old.host;
    UPDATE link_kinds SET links = links - 1 WHERE old.shares > 0 AND kind = old.kind;
    DELETE FROM link_hosts WHERE host = old.host AND links = 0;
    DELETE FROM link_kinds WHERE kind = old.kind AND links = 0;
    INSERT INTO link_hosts SELECT new.host, 1 WHERE new.shares > 0
    ON CONFLICT (host) DO UPDATE SET links = links + 1;
    INSERT INTO link_kinds SELECT new.kind, 1 WHERE new.shares > 0
    ON CONFLICT (kind) DO UPDATE SET links = links + 1;
END;

-- The words of addresses; it keeps no copy of them.
CREATE VIRTUAL TABLE link_words USING fts5 (
    url,
    content = 'links',
    content_rowid = 'id',
    detail = none,
    columnsize = 0,
    tokenize = 'ascii'
);
INSERT INTO link_words (link_words) VALUES ('rebuild');
CREATE TRIGGER links_index AFTER INSERT ON links BEGIN
    INSERT INTO link_words (rowid, url) VALUES (new.id, new.url);
END;
CREATE TRIGGER links_unindex AFTER DELETE ON links BEGIN
    INSERT INTO link_words (link_words, rowid, url) VALUES ('delete', old.id, old.url);
END;
