-- Posts that come in together are counted together: one by one, that took half as long as storing
-- them. What is removed is still counted by triggers, because it may take any way.
DROP TRIGGER post_tags_count_up;
DROP TRIGGER post_topics_count_up;
DROP TRIGGER post_links_count_up;
CREATE TRIGGER links_count_new AFTER INSERT ON links WHEN new.shares > 0 BEGIN
    INSERT INTO link_hosts VALUES (new.host, 1) ON CONFLICT (host) DO UPDATE SET links = links + 1;
    INSERT INTO link_kinds VALUES (new.kind, 1) ON CONFLICT (kind) DO UPDATE SET links = links + 1;
END;
DROP TRIGGER meaning_of_new_post;

-- One index finds posts by their openings and by their texts. Posts without messages, which alone a
-- post with messages may be a copy of, have one of their own: exports hold none.
DROP INDEX posts_by_fingerprint;
DROP INDEX posts_by_opening;
CREATE INDEX posts_by_text ON posts (source_id, opening, fingerprint);
CREATE INDEX posts_unnumbered ON posts (source_id, fingerprint) WHERE message_id IS NULL;
